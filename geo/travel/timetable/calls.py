"""From the calls of timetables to the connections of one day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.travel.timetable.day import DayTimetable, Footpaths, Ints, no_footpaths

_DAY = np.timedelta64(1, "D")
DAY_S = 86_400
#: 1970-01-01, day 0 of numpy, was a Thursday
_EPOCH_WEEKDAY = 3
_WEEK = 7
_KEYS = ["_source", "trip_id"]
_SERVICE = ["_source", "service"]


@dataclass(frozen=True)
class Called:
    """The timetable of one day, and what its positions stand for.

    Attributes
    ----------
    day
        The connections.
    trips
        ``_source``, ``trip_id`` and ``yesterday`` (the trip belongs to the day before)
        of each trip, in the order of their positions.
    faults
        What was mended or left out -> how often.
    """

    day: DayTimetable
    trips: pd.DataFrame
    faults: dict[str, int]


def day_of_calls(
    stops: pd.DataFrame,
    calls: pd.DataFrame,
    on: date,
    *,
    change_s: int,
    footpaths: Footpaths | None = None,
    exceptions: pd.DataFrame | None = None,
) -> Called:
    """Return all trips of one day, and those of the day before after midnight.

    A blank time between two times is spread evenly over the hops, as the GTFS
    reference asks; blank calls at either end of a trip are left out. Where a time goes
    backwards, the trip ends and another one begins.

    Parameters
    ----------
    stops
        ``_source`` and ``stop_id``; their order is that of the positions.
    calls
        Canonical ``timetable_calls`` with ``_source``.
    on
        The day.
    change_s
        Seconds from one vehicle to another at the same stop, at least 1.
    footpaths
        Ways on foot between the stops, closed; none by default.
    exceptions
        Canonical ``timetable_exceptions`` with ``_source``; none by default.
    """
    today = np.datetime64(on, "D")
    faults: dict[str, int] = {}
    parts = [
        _running(calls, day, exceptions).assign(yesterday=bool(day < today))
        for day in (today - _DAY, today)
    ]
    table = _placed(pd.concat(parts, ignore_index=True), stops)
    table = _timed(table, faults)
    hops, trips = _hops(table, faults)
    rows = hops.sort_values(["departure", "trip", "place"], kind="stable")
    count = len(stops)
    day_table = DayTimetable(
        from_stop=_ints(rows["from"]),
        to_stop=_ints(rows["to"]),
        departure=_ints(rows["departure"]),
        arrival=_ints(rows["arrival"]),
        trip=_ints(rows["trip"]),
        stops=count,
        trips=len(trips),
        change=np.full(count, max(change_s, 1), np.int32),
        footpaths=no_footpaths(count) if footpaths is None else footpaths,
    )
    return Called(day_table, trips, faults)


def _running(
    calls: pd.DataFrame, day: np.datetime64, exceptions: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the calls of the trips that run on a day."""
    weekday = int(day.astype(np.int64) + _EPOCH_WEEKDAY) % _WEEK
    mask = calls["weekdays"].to_numpy(np.int64, na_value=0)
    runs = (mask >> weekday) & 1 == 1
    first, last = calls["first_day"], calls["last_day"]
    at = pd.Timestamp(day)
    valid = ~(first > at).to_numpy() & ~(last < at).to_numpy()
    chosen = runs & valid
    if exceptions is not None:
        that_day = exceptions[exceptions["day"] == at].set_index(_SERVICE)["runs"]
        place = that_day.index.get_indexer(pd.MultiIndex.from_frame(calls[_SERVICE]))
        told = np.append(that_day.to_numpy(bool), False)[place]
        chosen = np.where(place >= 0, told, chosen)
    running: pd.DataFrame = calls.loc[chosen]
    return running


def _placed(table: pd.DataFrame, stops: pd.DataFrame) -> pd.DataFrame:
    """Give stops and trips numbers, and put the calls of each trip in order."""
    known = pd.MultiIndex.from_frame(stops[["_source", "stop_id"]])
    table["stop"] = known.get_indexer(
        pd.MultiIndex.from_frame(table[["_source", "stop_id"]])
    )
    keys = [*_KEYS, "yesterday"]
    table["trip"] = table.groupby(keys, sort=True).ngroup()
    table = table[table["stop"] >= 0]
    return table.sort_values(["trip", "sequence"], kind="stable", ignore_index=True)


def _timed(table: pd.DataFrame, faults: dict[str, int]) -> pd.DataFrame:
    """Fill blank times inside trips, drop those at the ends."""
    place = np.arange(len(table))
    trip = table["trip"].to_numpy()
    known = table["departure_s"].notna().to_numpy()
    before = _last_known(place, known, trip)
    after = len(table) - 1 - _last_known(place, known[::-1], trip[::-1])[::-1]
    inside = (before >= 0) & (after < len(table))
    arrival, departure = (
        table[f"{end}_s"].to_numpy(np.float64, na_value=np.nan)
        for end in ("arrival", "departure")
    )
    low, high = departure[before], arrival[np.minimum(after, len(table) - 1)]
    share = (place - before) / np.maximum(after - before, 1)
    between = np.floor(low + (high - low) * share)
    shift = np.where(table["yesterday"], DAY_S, 0)
    out = table[[*_KEYS, "yesterday", "trip", "stop"]].assign(
        arrival=np.where(known, arrival, between) - shift,
        departure=np.where(known, departure, between) - shift,
    )
    _count(faults, "blank times interpolated", (inside & ~known).sum())
    _count(faults, "blank times at an end of a trip left out", (~inside).sum())
    return out[inside]


def _last_known(
    place: NDArray[np.int64], known: NDArray[np.bool_], trip: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the last row up to each that has a time, -1 for none in the trip."""
    last = np.maximum.accumulate(np.where(known, place, -1))
    return np.where((last >= 0) & (trip[last] == trip), last, -1)


def _hops(
    table: pd.DataFrame, faults: dict[str, int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the connections, and one row per trip."""
    trip = table["trip"].to_numpy()
    same = trip[1:] == trip[:-1]
    leaves = table["departure"].to_numpy()[:-1]
    comes = table["arrival"].to_numpy()[1:]
    stop = table["stop"].to_numpy()
    turned = table["departure"].to_numpy() < table["arrival"].to_numpy()
    backwards = same & ((comes < leaves) | turned[:-1] | turned[1:])
    _count(faults, "times that go backwards: the trip is cut there", backwards.sum())
    piece = np.append([0], np.cumsum(~same | backwards))
    keep = same & ~backwards & (leaves >= 0) & (stop[1:] != stop[:-1])
    rows = np.flatnonzero(keep)
    pieces, number = np.unique(piece[rows], return_inverse=True)
    hops = pd.DataFrame(
        {
            "from": stop[rows],
            "to": stop[rows + 1],
            "departure": leaves[rows],
            "arrival": comes[rows],
            "trip": number,
            "place": rows,
        }
    )
    begins = np.searchsorted(piece, pieces)
    trips = table[[*_KEYS, "yesterday"]].iloc[begins].reset_index(drop=True)
    return hops, trips


def _count(faults: dict[str, int], what: str, number: np.integer) -> None:
    if number:
        faults[what] = int(number)


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy().astype(np.int32)
