"""The judge again, written plainly: try every combination, one settlement at a time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from geo.standards.model import Norm, Standard
from geo.types import Kind

FLAGS = ("selsovet_centre", "raion_centre", "oblast_centre")


@dataclass(frozen=True)
class Outcome:
    verdict: str
    gap_low: float
    gap_high: float
    national: frozenset[float | None]
    oblast: frozenset[float | None]


def _worlds(row: dict) -> Iterator[tuple[Kind, dict[str, bool], int, str]]:
    """Every class, head count and oblast that the settlement may have."""
    flags = [
        {"yes": [True], "no": [False]}.get(row.get(name, "unknown"), [True, False])
        for name in FLAGS
    ]
    people = range(row["population_low"], row["population_high"] + 1)
    oblasts = [row["oblast_id"]] if row.get("oblast_id") else ["a", "b", "elsewhere"]
    for kind, *chosen, count, oblast in product(
        row["kinds_possible"], *flags, people, oblasts
    ):
        yield Kind(kind), dict(zip(FLAGS, chosen, strict=True)), count, oblast


def _binds(
    norm: Norm, kind: Kind, flags: dict[str, bool], people: int, oblast: str
) -> bool:
    wanted = norm.applies
    if wanted.territory is not None and oblast not in wanted.territory:
        return False
    if wanted.kind is not None and kind not in wanted.kind:
        return False
    if wanted.population is not None and not wanted.population.holds(people):
        return False
    return all(
        getattr(wanted, name) is None or getattr(wanted, name) == flags[name]
        for name in FLAGS
    )


def _gap(value: float, limit: float | None, better: str) -> float:
    if limit is None:
        return 0.0
    if better == "higher":
        return max(0.0, 1 - value / limit)
    return 0.0 if value <= limit else 1 - limit / value


def outcome(
    standard: Standard, row: dict, low: float | None, high: float | None
) -> Outcome:
    """Judge one settlement by all its worlds and both ends of its value."""
    better = standard.better
    strictest = min if better == "lower" else max
    least = 0.0 if low is None else low
    most = math.inf if high is None else high
    verdicts, gaps = set(), set()
    lists: dict[str, set[float | None]] = {"national": set(), "oblast": set()}
    for world in _worlds(row):
        own = {
            name: [
                n.value for n in standard.norms if n.list == name and _binds(n, *world)
            ]
            for name in lists
        }
        for name, found in own.items():
            lists[name].add(strictest(found) if found else None)
        # an oblast's own list takes the place of the national one
        limits = own["oblast"] or own["national"]
        limit = strictest(limits) if limits else None
        for value in (least, most):
            kept = limit is None or (
                value <= limit if better == "lower" else value >= limit
            )
            verdicts.add("no_norm" if limit is None else "kept" if kept else "breached")
            gaps.add(_gap(value, limit, better))
    both = frozenset(lists["national"]), frozenset(lists["oblast"])
    if verdicts == {"no_norm"}:
        return Outcome("no_norm", math.nan, math.nan, *both)
    if verdicts <= {"no_norm", "kept"}:
        verdict = "kept"
    else:
        verdict = "breached" if verdicts == {"breached"} else "unknown"
    return Outcome(verdict, min(gaps), max(gaps), *both)
