"""Trips that frequencies.txt gives as a headway, written out one by one."""

import numpy as np
import pandas as pd

from geo.sources.readers.fields import refuse
from geo.sources.readers.gtfs_archive import Archive
from geo.sources.readers.gtfs_values import LATEST_HOUR, by_value, seconds, whole

#: of one row: one every 20 seconds for a whole service day of 28 hours
_MOST_DEPARTURES = 5_000
#: of one feed: more than twice all calls of a country of 60,000 trips
_MOST_CALLS = 4_000_000
_CLOCKS = ("start_time", "end_time")


def repeated(
    table: pd.DataFrame, archive: Archive, notes: list[str]
) -> tuple[pd.DataFrame, frozenset[str]]:
    """Return the calls with one trip per departure where a headway is given.

    With them come the ids of trips of which a row was refused: they may leave more
    often.

    Parameters
    ----------
    table
        Calls with ``arrival_s`` and ``departure_s``.
    archive
        The feed; refused rows of frequencies.txt go to its ``refused``. Their trips
        stay as stop_times.txt writes them.
    notes
        Takes a sentence for the report.
    """
    if not archive.has("frequencies"):
        return table, frozenset()
    copies, lost = _departures(archive, table)
    if copies.empty:
        return table, lost
    pattern = table["trip_id"].isin(copies["trip_id"])
    start = table[pattern].groupby("trip_id")["departure_s"].min().rename("start")
    out = table[pattern].merge(copies, on="trip_id").join(start, on="trip_id")
    for column in ("arrival_s", "departure_s"):
        out[column] = out[column] - out["start"] + out["leaves"]
    out["trip_id"] = out["trip_id"] + "@" + out["leaves"].astype("str")
    notes.append(f"{len(copies)} trips are written out from frequencies.txt")
    out = out.drop(columns=["leaves", "start"])
    return pd.concat([table[~pattern], out], ignore_index=True), lost


def _departures(
    archive: Archive, table: pd.DataFrame
) -> tuple[pd.DataFrame, frozenset[str]]:
    """Return one row per departure: ``trip_id`` and ``leaves``, in seconds.

    With them come the trips of refused rows.
    """
    read, given = _headways(archive)
    known = given["trip_id"].isin(table["trip_id"].unique())
    reason = "no call of this trip can be used"
    refuse(archive.refused, given[~known], field="trip_id", reason=reason)
    given = _within_caps(given[known], table, archive)
    lost = archive.left_out("frequencies", "trip_id", read, given)
    times = given["count"].to_numpy(np.int64)
    row = np.repeat(np.arange(len(given)), times)
    number = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    first, gap = (given[name].to_numpy(np.int64)[row] for name in ("first", "gap"))
    trip = given["trip_id"].take(row).reset_index(drop=True)
    leaves = pd.DataFrame({"trip_id": trip, "leaves": first + number * gap})
    return leaves.drop_duplicates(), lost


def _headways(archive: Archive) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return all rows; those with whole ``first``, ``last`` and ``gap`` in seconds."""
    given = archive.table("frequencies", ("trip_id", *_CLOCKS, "headway_secs"))
    given["_row"] = "frequencies.txt:" + given["_row"].astype("str")
    given["first"], given["last"] = (by_value(given[one], seconds) for one in _CLOCKS)
    given["gap"] = by_value(given["headway_secs"], whole)
    no_clock = f"not a time of the form HH:MM:SS up to {LATEST_HOUR}:00:00"
    good = pd.Series(data=True, index=given.index)
    for field, fault, reason in (
        ("start_time", given["first"].isna(), no_clock),
        ("end_time", given["last"].isna(), no_clock),
        (
            "headway_secs",
            given["gap"].isna() | (given["gap"] < 1),
            "the headway must be a whole number of seconds, 1 or more",
        ),
        (
            "end_time",
            given["last"] <= given["first"],
            "it ends before it begins: no departure",
        ),
    ):
        bad = fault.fillna(value=False).astype(bool) & good
        refuse(archive.refused, given[bad], field=field, reason=reason)
        good &= ~bad
    whole_numbers = dict.fromkeys(("first", "last", "gap"), "int64")
    return given, given[good].astype(whole_numbers)


def _within_caps(
    given: pd.DataFrame, table: pd.DataFrame, archive: Archive
) -> pd.DataFrame:
    """Return the rows with their ``count`` of departures; refuse what no bus runs by.

    Nothing is written out before.
    """
    given = given.assign(count=-((given["first"] - given["last"]) // given["gap"]))
    crowd = given["count"] > _MOST_DEPARTURES
    for row in given[crowd].to_dict("records"):
        archive.refused.add(
            row=row["_row"],
            field="headway_secs",
            value=row["headway_secs"],
            reason=f"{row['count']} departures of one row, more than"
            f" {_MOST_DEPARTURES}: check headway and times",
        )
    given = given[~crowd]
    each = given["trip_id"].map(table["trip_id"].value_counts()).astype("int64")
    calls = (given["count"] * each).cumsum()
    beyond = calls > _MOST_CALLS
    refuse(
        archive.refused,
        given[beyond],
        field="headway_secs",
        reason=f"the departures of all rows are {calls.max()} calls at stops, more than"
        f" {_MOST_CALLS}; from this row on they are left out",
    )
    return given[~beyond]
