"""Journeys by timetable: earliest arrivals and profiles against a time-expanded search.

    paritet bench timetable [--json]

The Minsk feed of the mirror (PARITET_MIRROR, by default ../shared/data), Wednesday
5 March 2014, with ways on foot of up to ten minutes between stops; 2,000 random
queries, each answered by both and compared stop by stop. The feed names no hospital,
so stops named after one stand for them, and every stop for a home. Then a made-up
timetable of national size (bench/timetable_national.py): the way from all 23,000
stops to the nearest of 118 centres, setting out at every minute of 06:00–10:00, and
from each of them the longest stay at any centre with the way home the same day.
"""

import json
import os
import resource
import sys
import time
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pandas as pd

from bench.timetable_national import CENTRES, STOPS, TRIPS, national
from bench.timetable_peer import TimeExpanded
from geo.sources.country import load_country
from geo.sources.readers import gtfs
from geo.sources.readers.base import SourceInfo
from geo.travel.timetable.calls import day_of_calls
from geo.travel.timetable.day import DayTimetable, Ints
from geo.travel.timetable.footpaths import straight_footpaths
from geo.travel.timetable.returns import Visit, Ways, longest_stays
from geo.travel.timetable.search import arrivals_at, earliest_arrivals, profile_to
from geo.travel.timetable.windows import journey_minutes

FEED = "transit/minsktrans_2014_gtfs.zip"
ON, SEED = date(2014, 3, 5), 1
QUERIES, PROFILES = 2_000, 20
MORNING = (6 * 3600, 10 * 3600)
HOSPITAL = "больниц|поликлиник"


def minsk(path: Path) -> tuple[DayTimetable, pd.DataFrame]:
    """Return the timetable of the day, and the stops."""
    source = cast("SourceInfo", SimpleNamespace(id="minsk", date="2014-02-24"))
    tables = gtfs.read(path, source, load_country("by"), {}).tables
    stops = tables["timetable_stops"].assign(_source="minsk")
    calls = tables["timetable_calls"].assign(_source="minsk")
    lon, lat = (stops[axis].to_numpy(float) for axis in ("lon", "lat"))
    walks = straight_footpaths(lon, lat, longest_s=600, kmh=4.5, detour=1.3)
    return day_of_calls(stops, calls, ON, change_s=60, footpaths=walks).day, stops


def queries(day: DayTimetable) -> dict[str, object]:
    """Ask both the same random questions, and compare every answer."""
    start = time.perf_counter()
    peer = TimeExpanded(day)
    built = time.perf_counter() - start
    rng = np.random.default_rng(SEED)
    _warm(day)
    ours = theirs = 0.0
    unequal = 0
    for stop, at in zip(
        rng.integers(0, day.stops, QUERIES),
        rng.integers(0, 86_400, QUERIES),
        strict=True,
    ):
        start = time.perf_counter()
        found = earliest_arrivals(day, np.array([stop]), np.array([at])).seconds
        middle = time.perf_counter()
        expected = peer.arrivals(int(stop), int(at))
        theirs += time.perf_counter() - middle
        ours += middle - start
        unequal += not np.array_equal(found, expected, equal_nan=True)
    return {
        "one_to_all_queries": QUERIES,
        "unequal_to_peer": unequal,
        "peer": "time-expanded graph, breadth-first search of scipy",
        "peer_nodes": peer.graph.shape[0],
        "peer_arcs": peer.graph.nnz,
        "peer_build_seconds": round(built, 2),
        "ours_queries_per_second": round(QUERIES / ours, 1),
        "peer_queries_per_second": round(QUERIES / theirs, 1),
        "one_to_all_peer_over_ours": round(theirs / ours, 1),
    }


def profiles(day: DayTimetable, stops: pd.DataFrame) -> dict[str, object]:
    """Compute whole days to single stops, and from all stops to all hospitals."""
    rng = np.random.default_rng(SEED)
    none = np.zeros(1, np.int32)
    targets = rng.integers(0, day.stops, PROFILES).astype(np.int32)
    start = time.perf_counter()
    for target in targets:
        profile_to(day, np.array([target]), none)
    one = (time.perf_counter() - start) / PROFILES
    named = stops["name"].str.contains(HOSPITAL, case=False).to_numpy(bool)
    hospitals = np.flatnonzero(named).astype(np.int32)
    start = time.perf_counter()
    for target in hospitals:
        profile_to(day, np.array([target]), none)
    every = time.perf_counter() - start
    return {
        "profile_of_a_day_seconds": round(one, 4),
        "stops_named_after_a_hospital": len(hospitals),
        "all_stops_to_all_of_them_whole_day_seconds": round(every, 2),
        "profile_minutes_unequal_to_earliest_arrival": _unequal(day, int(targets[0])),
    }


def _unequal(day: DayTimetable, target: int) -> int:
    """Count minutes of a morning where profile and earliest arrival differ."""
    rng = np.random.default_rng(SEED)
    walks = day.footpaths
    start = np.repeat(np.arange(day.stops), np.diff(walks.first))
    near = walks.stop == target
    egress = np.append(start[near], target).astype(np.int32)
    profile = profile_to(day, egress, np.append(walks.seconds[near], 0))
    times = np.arange(MORNING[0], MORNING[1], 60)
    wrong = 0
    for stop in rng.choice(np.setdiff1d(np.arange(day.stops), egress), PROFILES):
        leave, arrive = profile.of(np.array([stop]), np.zeros(1, np.int32))
        expected = [
            earliest_arrivals(day, np.array([stop]), np.array([at])).seconds[target]
            for at in times
        ]
        found = arrivals_at(leave, arrive, times)
        wrong += int((~np.isclose(found, expected, equal_nan=True)).sum())
    return wrong


def country() -> dict[str, object]:
    """Take everybody of a made-up country to the nearest centre."""
    made = national()
    day = made.day
    own = np.arange(STOPS, dtype=np.int32)
    homes = Ways(np.arange(STOPS + 1, dtype=np.int32), own, np.zeros(STOPS, np.int32))
    start = time.perf_counter()
    profile = profile_to(day, made.centres, np.zeros(CENTRES, np.int32))
    middle = time.perf_counter()
    table = journey_minutes(profile, homes, MORNING)
    end = time.perf_counter()
    (stays,) = longest_stays(
        day, homes, [_at_centres(made.centres)], leave=5 * 3600, home=22 * 3600
    )
    home_again = time.perf_counter()
    return {
        "national_trips": TRIPS,
        "national_stops": STOPS,
        "national_connections": len(day.trip),
        "national_profile_seconds": round(middle - start, 2),
        "national_percentiles_seconds": round(end - middle, 2),
        "national_stops_that_arrive": int(np.isfinite(table["p50"]).sum()),
        "national_returns_seconds": round(home_again - end, 2),
        "national_returns_feasible": int(stays["feasible"].sum()),
    }


def _at_centres(centres: Ints) -> Visit:
    """Return a visit of an hour at any centre, from 8 to 16."""
    count = len(centres)
    ways = Ways(np.arange(count + 1), centres, np.zeros(count, np.int32))
    opens = np.full(count, 8.0 * 3600)
    return Visit(ways, opens, opens + 8 * 3600, 3600)


def _warm(day: DayTimetable) -> None:
    """Compile before the clock starts."""
    one = np.zeros(1, np.int32)
    earliest_arrivals(day, one, one)
    profile_to(day, one, one)


def main() -> None:
    """Measure and print."""
    path = Path(os.environ.get("PARITET_MIRROR", "../shared/data")) / FEED
    if not path.is_file():
        sys.exit(f"{path} is missing; set PARITET_MIRROR to a mirror that has it")
    print("reading the Minsk feed", file=sys.stderr)
    day, stops = minsk(path)
    result: dict[str, object] = {
        "connections": len(day.trip),
        "trips": day.trips,
        "stops": day.stops,
        "footpaths": len(day.footpaths.stop),
    }
    for words, part in (
        ("2,000 queries of both", lambda: queries(day)),
        ("profiles", lambda: profiles(day, stops)),
        ("the made-up country", country),
    ):
        print(words, file=sys.stderr)
        result |= part()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    result["peak_gb_with_the_peer"] = round(peak, 2)
    if "--json" in sys.argv:
        print(json.dumps(result, ensure_ascii=False))
        return
    for key, value in result.items():
        print(f"{key:<46} {value}")


if __name__ == "__main__":
    main()
