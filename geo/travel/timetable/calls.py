"""From the calls of timetables to the connections of one day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.travel.timetable.day import DayTimetable, Footpaths, Ints, no_footpaths

Bools = NDArray[np.bool_]
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
    before, runs = (_running(calls, day, exceptions) for day in (today - _DAY, today))
    numbered = NumberedCalls.of(stops, calls)
    return day_of_runs(numbered, before, runs, change_s=change_s, footpaths=footpaths)


@dataclass(frozen=True)
class NumberedCalls:
    """Calls whose stops and trips are numbers: their texts are compared once.

    Attributes
    ----------
    table
        Those at known stops in the order of their trips: ``call``, its position among
        all; ``trip``, its position in ``trips``; ``stop``; ``arrival`` and
        ``departure``, NaN where blank.
    trips
        ``_source`` and ``trip_id``, sorted.
    stops
        How many there are.
    """

    table: pd.DataFrame
    trips: pd.DataFrame
    stops: int

    @classmethod
    def of(cls, stops: pd.DataFrame, calls: pd.DataFrame) -> "NumberedCalls":
        """Return canonical ``timetable_calls`` with ``_source`` as numbers.

        Parameters
        ----------
        stops, calls
            As for :func:`day_of_calls`.
        """
        known = pd.MultiIndex.from_frame(stops[["_source", "stop_id"]])
        asked = pd.MultiIndex.from_frame(calls[["_source", "stop_id"]])
        trip = calls.groupby(_KEYS, sort=True).ngroup().to_numpy()
        _, first = np.unique(trip, return_index=True)
        own = {"call": np.arange(len(calls)), "stop": known.get_indexer(asked)}
        table = calls[["sequence"]].assign(trip=trip, **own).reset_index(drop=True)
        table = table[table["stop"] >= 0].sort_values(
            ["trip", "sequence"], kind="stable", ignore_index=True
        )
        for end in ("arrival", "departure"):
            seconds = calls[f"{end}_s"].to_numpy(np.float64, na_value=np.nan)
            table[end] = seconds[table["call"]]
        trips = calls[_KEYS].iloc[first].reset_index(drop=True)
        return cls(table.drop(columns="sequence"), trips, len(stops))


def day_of_runs(
    calls: NumberedCalls,
    before: Bools,
    runs: Bools,
    *,
    change_s: int,
    footpaths: Footpaths | None = None,
) -> Called:
    """Return the day on which, and after the day on which, these calls run.

    Parameters
    ----------
    calls
        All calls.
    before, runs
        Which of them belong to trips of the day before, and of the day itself.
    change_s, footpaths
        See :func:`day_of_calls`.
    """
    faults: dict[str, int] = {}
    table = _timed(_placed(calls.table, before, runs), faults)
    hops, trips = _hops(table, calls.trips, faults)
    rows = hops.sort_values("departure", kind="stable")
    count = calls.stops
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
) -> Bools:
    """Tell which calls are of trips that run on a day."""
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
    return np.asarray(chosen)


def _placed(calls: pd.DataFrame, before: Bools, runs: Bools) -> pd.DataFrame:
    """Return the calls of both days in the order of their trips.

    A trip of the day before and the same one of the day are two: 2n + 1 and 2n.
    """
    parts = [
        calls[chosen[calls["call"]]].assign(yesterday=yesterday)
        for chosen, yesterday in ((before, True), (runs, False))
    ]
    table = pd.concat(parts, ignore_index=True)
    table["trip"] = 2 * table["trip"] + table["yesterday"]
    return table.sort_values("trip", kind="stable", ignore_index=True)


def _timed(table: pd.DataFrame, faults: dict[str, int]) -> pd.DataFrame:
    """Fill blank times inside trips, drop those at the ends."""
    place = np.arange(len(table))
    trip = table["trip"].to_numpy()
    arrival, departure = (table[end].to_numpy() for end in ("arrival", "departure"))
    known = ~np.isnan(departure)
    before = _last_known(place, known, trip)
    after = len(table) - 1 - _last_known(place, known[::-1], trip[::-1])[::-1]
    inside = (before >= 0) & (after < len(table))
    low, high = departure[before], arrival[np.minimum(after, len(table) - 1)]
    share = (place - before) / np.maximum(after - before, 1)
    between = np.floor(low + (high - low) * share)
    shift = np.where(table["yesterday"], DAY_S, 0)
    out = table[["trip", "stop"]].assign(
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
    table: pd.DataFrame, names: pd.DataFrame, faults: dict[str, int]
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
    number, yesterday = np.divmod(trip[np.searchsorted(piece, pieces)], 2)
    trips = names.iloc[number].reset_index(drop=True)
    return hops, trips.assign(yesterday=yesterday == 1)


def _count(faults: dict[str, int], what: str, number: np.integer) -> None:
    if number:
        faults[what] = int(number)


def _ints(column: pd.Series) -> Ints:
    return column.to_numpy().astype(np.int32)
