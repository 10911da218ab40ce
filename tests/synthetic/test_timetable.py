"""The timetable is a sound GTFS that keeps and breaks every transport norm."""

import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.synthetic.declared import LEVELS, WEEKS, incomplete_raions
from geo.synthetic.timetable import make_timetable
from geo.types import Kind

SEED = 2026


def gtfs(demo: Path, name: str) -> pd.DataFrame:
    with zipfile.ZipFile(demo / "timetable.zip") as archive:
        return pd.read_csv(io.BytesIO(archive.read(name)), dtype=str)


def test_timetable_is_a_consistent_gtfs(demo):
    calls, trips = gtfs(demo, "stop_times.txt"), gtfs(demo, "trips.txt")
    stops, routes = gtfs(demo, "stops.txt"), gtfs(demo, "routes.txt")
    assert set(calls["trip_id"]) == set(trips["trip_id"])
    assert set(calls["stop_id"]) <= set(stops["stop_id"])
    assert set(trips["route_id"]) <= set(routes["route_id"])
    assert set(trips["service_id"]) == set(gtfs(demo, "calendar.txt")["service_id"])
    assert gtfs(demo, "agency.txt")["agency_timezone"].eq("Europe/Minsk").all()
    assert set(gtfs(demo, "calendar_dates.txt")["exception_type"]) == {"1", "2"}
    assert (calls["departure_time"] >= "24:00:00").any()
    first = calls.drop_duplicates("trip_id")
    assert first["stop_sequence"].eq("1").all()
    later = calls["trip_id"].eq(calls["trip_id"].shift())
    assert (calls["arrival_time"] >= calls["arrival_time"].shift())[later].all()


def test_trips_per_week_of_the_levels():
    weekly = [level.trips_per_week for level in LEVELS]
    # 42 keeps every norm; 20 the centre's of 2026, 16 only the one before
    assert weekly == [42, 20, 16, 10, 4, 0]
    assert all(len(days) == 7 for days in WEEKS.values())


def trips_near(truth: Any) -> pd.Series:
    """Count weekly trips at stops within 1 km of each settlement, plainly."""
    timetable = make_timetable(truth)
    spots = np.array([stop[1:] for stop in timetable.stops])
    weekly = [sum(WEEKS[trip[1]]) for trip in timetable.trips]
    at_stop: list[set[int]] = [set() for _ in timetable.stops]
    for number, (path, _) in enumerate(timetable.calls):
        for stop in path:
            at_stop[int(stop)].add(number)
    out = []
    for point in truth.points:
        near = np.flatnonzero(np.hypot(*(spots - point).T) <= 1.0)
        trips = set().union(*(at_stop[stop] for stop in near))
        out.append(sum(weekly[trip] for trip in trips))
    return pd.Series(out)


def test_every_transport_norm_is_kept_broken_and_left_open(truth):
    trips, places = trips_near(truth), truth.places
    people, rural = places["population"], places["kind"] == Kind.RURAL
    open_ = places["raion"].isin(incomplete_raions(12))
    # population ranges widen with the years: stay clear of the limits
    classes = {
        20: places["centre"],
        28: (places["kind"] == Kind.AGROGORODOK) & (people > 1_250),
        8: rural & (people > 65),
        4: rural & people.between(26, 39),
    }
    for norm, members in classes.items():
        whole, partial = trips[members & ~open_], trips[members & open_]
        assert (whole >= norm).any(), norm
        assert (whole < norm).any(), norm
        assert (partial >= norm).any(), norm
        assert (partial < norm).any(), norm
