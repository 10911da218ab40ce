"""The calls of a GTFS feed: stop_times joined with trips, 1 million in seconds."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.sources.readers.fields import numbers, refuse
from geo.sources.readers.gtfs_archive import Archive
from geo.sources.result import Rejections

_CLOCK = re.compile(r"^\s*(\d{1,3}):([0-5]\d):([0-5]\d)\s*$")
_TRIP_COLUMNS = [
    "trip_id", "carrier", "route", "direction", "weekdays", "first_day", "last_day",
]  # fmt: skip
_NOT_SERVED = "1"


def seconds(text: str) -> int | None:
    """Return seconds after the start of the service day, None for no time.

    Examples
    --------
    >>> seconds("25:10:00"), seconds("7:05"), seconds(" 7:05:30")
    (90600, None, 25530)
    """
    found = _CLOCK.match(text)
    if not found:
        return None
    hours, minutes, rest = (int(part) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


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
        ("arrival_time", "pickup_type", "drop_off_type"),
    )
    notes: list[str] = []
    passed = (table[["pickup_type", "drop_off_type"]] == _NOT_SERVED).all(axis=1)
    if passed.any():
        notes.append(
            f"{int(passed.sum())} calls without getting on or off are left out"
        )
    table = table[~passed].drop(columns=["pickup_type", "drop_off_type"])
    table = _referring(table, archive, known)
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
    return _repeated(table, archive, notes), notes


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


def _refuse_calls(
    refused: Rejections, table: pd.DataFrame, field: str, reason: str
) -> None:
    if len(table):
        rows = table.assign(_row="stop_times.txt:" + table["_row"].astype("str"))
        refuse(refused, rows, field=field, reason=reason)


def _timed(table: pd.DataFrame, refused: Rejections) -> pd.DataFrame:
    """Turn times into seconds (one stands for the other), sequences into numbers."""
    order = _by_value(table["stop_sequence"], _whole)
    out, bad = table.assign(sequence=order), pd.Series(data=False, index=table.index)
    for name, other in (("departure", "arrival"), ("arrival", "departure")):
        clock = table[f"{name}_time"].fillna(table[f"{other}_time"])
        out[f"{name}_s"] = parsed = _by_value(clock, seconds)
        wrong = clock.notna() & parsed.isna() & ~bad
        reason = "not a time of the form HH:MM:SS"
        field = f"{name}_time"
        _refuse_calls(refused, out.assign(**{field: clock})[wrong], field, reason)
        bad |= wrong
    unordered = order.isna() & ~bad
    _refuse_calls(refused, out[unordered], "stop_sequence", "not a whole number")
    kept = out[~bad & ~unordered]
    return kept.drop(columns=["departure_time", "arrival_time", "stop_sequence"])


def _whole(text: str) -> int | None:
    stripped = text.strip()
    return int(stripped) if stripped.isdecimal() else None


def _by_value(column: pd.Series, parse: Callable[[str], int | None]) -> pd.Series:
    """Parse each different text once: a feed has few clock times, used very often."""
    coded = pa.array(column, from_pandas=True).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    values = [parse(text) for text in coded.dictionary.to_pylist()]
    lookup = pd.array([*values, None], dtype="Int64")
    index = coded.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
    return pd.Series(lookup.take(index), index=column.index)


def _repeated(table: pd.DataFrame, archive: Archive, notes: list[str]) -> pd.DataFrame:
    """Write out the trips that frequencies.txt only gives as a headway."""
    if not archive.has("frequencies"):
        return table
    copies = _departures(archive, table)
    if copies.empty:
        return table
    pattern = table["trip_id"].isin(copies["trip_id"])
    start = table[pattern].groupby("trip_id")["departure_s"].min().rename("start")
    out = table[pattern].merge(copies, on="trip_id").join(start, on="trip_id")
    for column in ("arrival_s", "departure_s"):
        out[column] = out[column] - out["start"] + out["leaves"]
    out["trip_id"] = out["trip_id"] + "@" + out["leaves"].astype("str")
    notes.append(f"{len(copies)} trips are written out from frequencies.txt")
    out = out.drop(columns=["leaves", "start"])
    return pd.concat([table[~pattern], out], ignore_index=True)


def _departures(archive: Archive, table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per departure: ``trip_id`` and ``leaves``, in seconds."""
    given = archive.table(
        "frequencies", ("trip_id", "start_time", "end_time", "headway_secs")
    )
    given["_row"] = "frequencies.txt:" + given["_row"].astype("str")
    first = _by_value(given["start_time"], seconds)
    last = _by_value(given["end_time"], seconds)
    headway = numbers(given["headway_secs"])
    good = (first.notna() & last.notna() & (headway >= 1)).astype(bool)
    refuse(
        archive.refused,
        given[~good],
        field="headway_secs",
        reason="start, end or headway is no time; the headway must be 1 s or more",
    )
    good &= given["trip_id"].isin(table["trip_id"])
    parts = [
        pd.DataFrame({"trip_id": trip, "leaves": np.arange(begin, end, int(gap))})
        for trip, begin, end, gap in zip(
            given["trip_id"][good], first[good], last[good], headway[good], strict=True
        )
    ]
    if not parts:
        return pd.DataFrame({"trip_id": [], "leaves": []})
    return pd.concat(parts, ignore_index=True).drop_duplicates()
