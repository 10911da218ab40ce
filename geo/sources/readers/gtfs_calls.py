"""The calls of a GTFS feed: stop_times joined with trips, 1 million in seconds."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pandas as pd

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
from geo.sources.result import Rejections

_TRIP_COLUMNS = [
    "trip_id", "carrier", "route", "direction", "service", "weekdays", "first_day",
    "last_day",
]  # fmt: skip
_SERVED = ("pickup_type", "drop_off_type")
_REGULARLY, _NOT_SERVED = 0, 1
#: regularly, not at all, by phone, by asking the driver
_WAYS = range(4)


@dataclass(frozen=True)
class Known:
    """What stop_times may refer to.

    ``trips`` has one row per usable trip and ``stops`` the ids of usable stops;
    ``every_trip`` and ``every_stop`` are all ids that the feed names.
    """

    trips: pd.DataFrame
    every_trip: AbstractSet[str]
    stops: AbstractSet[str]
    every_stop: AbstractSet[str]


def calls(archive: Archive, known: Known) -> tuple[pd.DataFrame, list[str]]:
    """Return the canonical calls, and sentences for the report.

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
    table = _referring(_served(table, archive, notes), archive, known)
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
    return repeated(table, archive, notes), notes


def _served(table: pd.DataFrame, archive: Archive, notes: list[str]) -> pd.DataFrame:
    """Leave out calls at which nobody gets on or off."""
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
        table = table[~passed]
    return table.drop(columns=list(_SERVED))


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
