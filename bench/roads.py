"""Road search at country size against scipy, pandana, networkit, igraph, networkx.

    paritet bench roads [--json]

Some 1.4 million nodes (bench/roads_country.py; the mirror is PARITET_MIRROR, by default
../shared/data), 23,000 origins and 3,000 facilities at random nodes, by car. All search
the same full graph, and every answer is compared with scipy's. Contraction is ours and
is told apart, with what it costs. The peers need `uv sync --group bench`.
"""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from bench.roads_country import country, spots
from geo.standards.gaps import gap
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph
from geo.travel.roads.components import islands
from geo.travel.roads.graph import RoadGraph
from geo.travel.roads.kernels.jit import kernel
from geo.travel.roads.matrix import matrix
from geo.travel.roads.nearest import nearest
from geo.travel.roads.places import Places
from geo.travel.roads.route import one_place
from geo.travel.roads.scenario import Scenario

ORIGINS, TARGETS, RUNS = 23_000, 3_000, 5
LIMIT_S, MATRIX_TARGETS, ADDED = 3600.0, 60, 300
NORM_MIN = 30.0
Table = dict[str, object]


@kernel
def touch(first: np.ndarray, node: np.ndarray, seconds: np.ndarray) -> float:
    """Look once at every arc and at the node it leads to: the least any search does."""
    seen = np.zeros(len(first) - 1)
    for v in range(len(first) - 1):
        for a in range(first[v], first[v + 1]):
            seen[node[a]] += seconds[a]
    return float(seen.sum())


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of some runs after one to warm up."""
    run()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def say(words: str) -> None:
    """Tell progress."""
    print(words, file=sys.stderr, flush=True)


@contextmanager
def one_core() -> Iterator[None]:
    """Keep this thread, and those it starts, on one core: scipy has only one."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def peak_gb() -> float:
    """Return the peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def main() -> None:
    """Measure and print."""
    mirror = Path(os.environ.get("PARITET_MIRROR", "../shared/data"))
    if not (mirror / "osm").is_dir():
        sys.exit(f"{mirror}/osm is missing; set PARITET_MIRROR to a mirror that has it")
    say("making the country")
    roads, weights, copies = country(mirror)
    nobody = np.zeros(len(roads.lon), bool)
    start = time.perf_counter()
    small = build_graph(roads, weights.seconds, nobody)
    contracting = time.perf_counter() - start
    start = time.perf_counter()
    full = build_graph(roads, weights.seconds, nobody, contracted=False)
    building = time.perf_counter() - start
    # both ways open: whoever stands at the end of a one-way street has arrived, for a
    # peer that knows only nodes
    both = np.isfinite(weights.seconds).all(axis=0)
    usable = np.flatnonzero(both & ~islands(small, roads, 5.0))
    homes = spots(roads, usable, ORIGINS, 2)
    clinics = spots(roads, usable, TARGETS, 3)
    result: Table = {
        "copies_of_two_extracts": copies,
        "road_nodes": len(roads.lon),
        "full_nodes": full.nodes,
        "full_arcs": len(full.leaving.node),
        "contracted_nodes": small.nodes,
        "contracted_arcs": len(small.leaving.node),
        "origins": ORIGINS,
        "facilities": TARGETS,
        "build_full_seconds": round(building, 2),
        "build_contracted_seconds": round(contracting, 2),
    }
    ours, more = measured(full, small, homes, clinics)
    result |= more | edits(small, homes, clinics)
    result["peak_gb_of_ours"] = round(peak_gb(), 2)
    result |= peers(full, ours, homes, clinics)
    if "--json" in sys.argv:
        print(json.dumps(result))
        return
    for key, value in result.items():
        print(f"{key:<46} {value}")


def measured(
    full: RoadGraph, small: RoadGraph, homes: Places, clinics: Places
) -> tuple[dict[str, float], Table]:
    """Return our seconds, and the table of them."""
    say("our searches")
    seconds, table = {}, {}
    answers = {}
    for name, graph in (("full", full), ("contracted", small)):
        here, there = attach(graph, homes), attach(graph, clinics)
        seconds[name] = best(partial(nearest, graph, here, there))
        answers[name] = nearest(graph, here, there).seconds[:, 0]
        arcs = graph.arriving
        floor = best(partial(touch, arcs.first, arcs.node, arcs.seconds))
        table[f"nearest_{name}_seconds"] = round(seconds[name], 4)
        table[f"touch_each_arc_{name}_seconds"] = round(floor, 4)
        table[f"nearest_{name}_over_touch"] = round(seconds[name] / floor, 1)
        some = attach(graph, part(clinics, MATRIX_TARGETS))
        seconds[f"matrix_{name}"] = best(
            partial(matrix, graph, here, some, cutoff=LIMIT_S), 3
        )
    both = np.isfinite(answers["full"])
    np.testing.assert_array_equal(both, np.isfinite(answers["contracted"]))
    one, other = answers["full"][both], answers["contracted"][both]
    table["origins_that_reach"] = int(both.sum())
    table["contracted_against_full_worst_relative"] = float(
        (np.abs(one - other) / np.maximum(one, 1.0)).max()
    )
    say("our whole matrix")
    start = time.perf_counter()
    whole = matrix(small, attach(small, homes), attach(small, clinics), cutoff=LIMIT_S)
    table["whole_matrix_contracted_seconds"] = round(time.perf_counter() - start, 2)
    table["whole_matrix_pairs"] = len(whole.target)
    return seconds, table


def first_node(graph: RoadGraph, places: Places) -> np.ndarray:
    """Return the node at the start of each place's segment, in a full graph."""
    edge = graph.segment_edge[places.segment]
    turned = graph.chain_reversed[graph.chain_first[edge]]
    return np.where(turned, graph.head[0, edge], graph.tail[0, edge])


def part(places: Places, count: int) -> Places:
    """Return the first of some places."""
    return Places(**{name: values[:count] for name, values in vars(places).items()})


def edits(graph: RoadGraph, homes: Places, clinics: Places) -> Table:
    """Add facilities one by one to a scenario, each taken back."""
    say("adding facilities")
    made = Scenario(graph, None, homes, part(clinics, TARGETS // 2))
    norm = np.full(ORIGINS, NORM_MIN)
    search, whole = [], []
    for k in range(TARGETS // 2, TARGETS // 2 + ADDED):
        place = one_place(clinics, k)
        start = time.perf_counter()
        made.add_facility(place)
        middle = time.perf_counter()
        gap(made.seconds / 60, norm, "lower")
        end = time.perf_counter()
        search.append(middle - start)
        whole.append(end - start)
        made.undo()
    later = slice(5, None)
    return {
        "facilities_added_one_by_one": ADDED - 5,
        "add_facility_p95_ms": round(1000 * float(np.percentile(search[later], 95)), 3),
        "add_facility_median_ms": round(1000 * float(np.median(search[later])), 3),
        "add_facility_and_gaps_p95_ms": round(
            1000 * float(np.percentile(whole[later], 95)), 3
        ),
    }


def peers(
    full: RoadGraph, ours: dict[str, float], homes: Places, clinics: Places
) -> Table:
    """Run the others and compare."""
    # the peers are no dependency of paritet
    from bench import roads_peers as others  # noqa: PLC0415

    say("scipy")
    turned = others.turned(full.arriving)
    here, there = attach(full, homes), attach(full, clinics)
    home, clinic = (first_node(full, places) for places in (homes, clinics))
    answer = nearest(full, here, there).seconds[:, 0]
    table: Table = {}
    right = others.scipy_nearest(turned, clinic)[1]
    taken = best(partial(others.scipy_nearest, turned, clinic))

    def agreed(name: str, found: np.ndarray, seconds: float, tolerance: float) -> None:
        other, mine = found[home], answer
        both = np.isfinite(other) & np.isfinite(mine)
        gone = int((np.isfinite(other) != np.isfinite(mine)).sum())
        off = np.abs(other[both] - mine[both]) / np.maximum(mine[both], 1.0)
        table[f"{name}_nearest_seconds"] = round(seconds, 3)
        table[f"{name}_worst_relative_difference"] = float(off.max())
        table[f"{name}_share_beyond_tolerance"] = float((off > tolerance).mean())
        table[f"{name}_reach_differs"] = gone
        table[f"{name}_agrees"] = bool(off.max() <= tolerance and not gone)
        table[f"{name}_over_ours_full"] = round(seconds / ours["full"], 2)
        table[f"{name}_over_ours_contracted"] = round(seconds / ours["contracted"], 1)

    agreed("scipy", right, taken, 1e-9)
    table |= matrix_against_scipy(full, turned, ours, (homes, clinics))
    say("networkit")
    agreed("networkit", *others.networkit_nearest(turned, clinic)[::-1], 1e-9)
    say("igraph")
    agreed("igraph", *others.igraph_nearest(turned, clinic)[::-1], 1e-9)
    say("pandana (its preprocessing takes minutes)")
    limit = 1.01 * float(answer[np.isfinite(answer)].max())
    made, seconds, found = others.pandana_nearest(
        turned, clinic, (full.lon, full.lat), limit
    )
    table["pandana_preprocessing_seconds"] = round(made, 1)
    table["pandana_limit_seconds"] = round(limit)
    agreed("pandana", found, seconds, 1e-3)
    say("networkx")
    agreed("networkx", *others.networkx_nearest(turned, clinic)[::-1], 1e-9)
    return table


def matrix_against_scipy(
    full: RoadGraph,
    turned: object,
    ours: dict[str, float],
    places: tuple[Places, Places],
) -> Table:
    """Compare the matrix within an hour with scipy's, facility by facility."""
    from bench import roads_peers as others  # noqa: PLC0415

    homes, clinics = places[0], part(places[1], MATRIX_TARGETS)
    home, clinic = first_node(full, homes), first_node(full, clinics)
    taken, dense = others.scipy_matrix(turned, clinic, home, LIMIT_S)
    here, there = attach(full, homes), attach(full, clinics)
    mine = matrix(full, here, there, cutoff=LIMIT_S)
    with one_core():
        alone = best(partial(matrix, full, here, there, cutoff=LIMIT_S), 3)
    dense = np.where(dense <= LIMIT_S, dense, np.inf)
    close = np.isclose(mine.dense(), dense, rtol=1e-9, atol=1e-9)
    return {
        "matrix_facilities": MATRIX_TARGETS,
        "scipy_matrix_seconds": round(taken, 2),
        "ours_matrix_full_seconds": round(ours["matrix_full"], 2),
        "ours_matrix_contracted_seconds": round(ours["matrix_contracted"], 2),
        "matrix_pairs_unequal": int((~close).sum()),
        "ours_matrix_full_one_core_seconds": round(alone, 2),
        "scipy_matrix_over_ours_full_one_core": round(taken / alone, 1),
        "scipy_matrix_over_ours_full": round(taken / ours["matrix_full"], 1),
        "scipy_matrix_over_ours_contracted": round(
            taken / ours["matrix_contracted"], 1
        ),
    }


if __name__ == "__main__":
    main()
