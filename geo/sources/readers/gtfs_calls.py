"""The calls of a GTFS feed: stop_times joined with trips, 1 million in seconds."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.sources.readers.fields import refuse
from geo.sources.readers.gtfs_archive import Archive
from geo.sources.readers.gtfs_frequencies import repeated
from geo.sources.readers.gtfs_values import (
    LATEST_HOUR,
    by_value,
    codes,
    seconds,
    whole,
)
from geo.sources.result import Rejections, canonical

_TRIP_COLUMNS = [
    "trip_id", "carrier", "route", "direction", "service", "weekdays", "first_day",
    "last_day",
]  # fmt: skip
_WEEK = 7
#: a line of them that cannot be read may add to any trip
_SPEAK_OF_TRIPS = frozenset({"stop_times", "calendar", "calendar_dates", "frequencies"})
_SERVED = ("pickup_type", "drop_off_type")
_REGULARLY, _NOT_SERVED = 0, 1
#: regularly, not at all, by phone, by asking the driver
_WAYS = range(4)


@dataclass(frozen=True)
class Known:
    """What stop_times may refer to.

    ``trips`` has one row per usable trip and ``stops`` the ids of usable stops;
    ``every_trip`` and ``every_stop`` are all ids that the feed names. ``doubtful`` are
    usable trips that may run more often than they are read to, ``idle`` those that
    never run by a sound calendar.
    """

    trips: pd.DataFrame
    every_trip: AbstractSet[str]
    stops: AbstractSet[str]
    every_stop: AbstractSet[str]
    doubtful: AbstractSet[str]
    idle: AbstractSet[str]


@dataclass(frozen=True)
class Calls:
    """The calls of a feed.

    ``table`` is canonical; so is ``lost`` (``timetable_lost``), what there may be
    beside it because rows were refused. ``notes`` are sentences for the report.
    """

    table: pd.DataFrame
    lost: pd.DataFrame
    notes: list[str]


def calls(archive: Archive, known: Known) -> Calls:
    """Return the calls of all usable trips, and which may be missing.

    Parameters
    ----------
    archive
        The feed; refused calls go to its ``refused``.
    known
        Trips and stops of the feed.

    Raises
    ------
    SourceFormatError
        If stop_times.txt or a column of it is missing.
    """
    table = archive.table(
        "stop_times",
        ("trip_id", "departure_time", "stop_id", "stop_sequence"),
        ("arrival_time", *_SERVED),
    )
    notes: list[str] = []
    served, read = _served(table, archive, notes)
    table = _referring(served, archive, known)
    unusable = ~table["stop_id"].isin(known.stops)
    if unusable.any():
        notes.append(
            f"{int(unusable.sum())} calls at stops that are refused go with their stop"
        )
    table = _timed(table[~unusable], archive.refused)
    blank = int(table["departure_s"].isna().sum())
    if blank:
        notes.append(f"{blank} calls have no time of their own")
    # A map by category is several times faster than a join on a million texts.
    trips = known.trips
    place = pd.Index(trips["trip_id"]).get_indexer(table["trip_id"])
    for column in _TRIP_COLUMNS[1:]:
        table[column] = trips[column].take(place).array
    gone = ~read.index.isin(table.index)
    out, doubtful = repeated(table, archive, notes)
    lost = _lost(read, gone, archive, known, known.doubtful | doubtful)
    if len(lost):
        notes.append(
            f"{len(lost)} calls may be missing: nobody knows how often a bus comes at"
            " most where they may stop"
        )
    return Calls(out, lost, notes)


def _lost(
    read: pd.DataFrame,
    gone: NDArray[np.bool_],
    archive: Archive,
    known: Known,
    doubtful: AbstractSet[str],
) -> pd.DataFrame:
    """Return the calls that may be missing: canonical ``timetable_lost``.

    Those that are ``gone``, and further ones of ``doubtful`` trips. A trip runs on
    seven days a week at most, but with frequencies.txt it may run any number of times,
    and so may what names no trip. A refused line that might speak of any trip is a call
    without trip and stop.
    """
    lost = read[gone | read["trip_id"].isin(doubtful).to_numpy(bool)]
    lost = lost[~lost["trip_id"].isin(known.idle)]
    counted = lost["trip_id"].notna() & (not archive.has("frequencies"))
    lost = lost.assign(
        stop_id=lost["stop_id"].where(lost["stop_id"].isin(known.stops)),
        runs=counted.map({True: _WEEK, False: pd.NA}).astype("Int64"),
    )
    strange = not doubtful <= set(read["trip_id"].dropna())
    if strange or archive.unread & _SPEAK_OF_TRIPS:
        nobody_knows = pd.DataFrame([dict.fromkeys(lost.columns, pd.NA)])
        lost = pd.concat([lost.astype("object"), nobody_knows])
    return canonical("timetable_lost", lost).drop_duplicates(ignore_index=True)


def _served(
    table: pd.DataFrame, archive: Archive, notes: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out calls at which nobody gets on or off, and refuse unknown codes.

    Return what is left, and ``trip_id`` and ``stop_id`` of what is left or refused.
    """
    read = table[["trip_id", "stop_id"]]
    stated = [name for name in _SERVED if table[name].notna().any()]
    for name in stated:
        rows = _with_rows(table)
        number = codes(rows, name, _WAYS, archive.refused, blank=_REGULARLY)
        table = table.assign(**{name: number})[number.notna()]
    if len(stated) == len(_SERVED):
        passed = (table[list(_SERVED)] == _NOT_SERVED).all(axis=1)
        if passed.any():
            notes.append(
                f"{int(passed.sum())} calls without getting on or off are left out"
            )
        read, table = read.drop(index=table.index[passed]), table[~passed]
    return table.drop(columns=list(_SERVED)), read


def _referring(table: pd.DataFrame, archive: Archive, known: Known) -> pd.DataFrame:
    """Refuse calls of unknown trips and stops; those of refused trips just go."""
    lost_trip = ~table["trip_id"].isin(known.every_trip)
    lost_stop = ~lost_trip & ~table["stop_id"].isin(known.every_stop)
    for fault, field, name in (
        (lost_trip, "trip_id", "trips"),
        (lost_stop, "stop_id", "stops"),
    ):
        _refuse_calls(
            archive.refused, table[fault], field, f"{name}.txt does not have it"
        )
    usable = table["trip_id"].isin(known.trips["trip_id"])
    return table[usable & ~lost_stop]


def _with_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(_row="stop_times.txt:" + table["_row"].astype("str"))


def _refuse_calls(
    refused: Rejections, table: pd.DataFrame, field: str, reason: str
) -> None:
    if len(table):
        refuse(refused, _with_rows(table), field=field, reason=reason)


def _timed(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Turn times into seconds (one stands for the other), sequences into numbers."""
    order = by_value(table["stop_sequence"], whole)
    out, bad = table.assign(sequence=order), pd.Series(data=False, index=table.index)
    for name, other in (("departure", "arrival"), ("arrival", "departure")):
        clock = table[f"{name}_time"].fillna(table[f"{other}_time"])
        out[f"{name}_s"] = parsed = by_value(clock, seconds)
        wrong = clock.notna() & parsed.isna() & ~bad
        reason = f"not a time of the form HH:MM:SS up to {LATEST_HOUR}:00:00"
        field = f"{name}_time"
        _refuse_calls(refused, out.assign(**{field: clock})[wrong], field, reason)
        bad |= wrong
    unordered = order.isna() & ~bad
    _refuse_calls(refused, out[unordered], "stop_sequence", "not a whole number")
    kept = out[~bad & ~unordered]
    return kept.drop(columns=["departure_time", "arrival_time", "stop_sequence"])
