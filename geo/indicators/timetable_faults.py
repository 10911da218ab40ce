"""What was wrong with the timetables: the release table `timetable_faults`.

Rows that a reader refused are counted as such; what follows the GTFS reference or a
rule of :func:`geo.travel.timetable.calls.day_of_calls` is mended for the search of
journeys, and counted here over the whole timetable.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.indicators.regular_weeks import FeedWeeks
from geo.layers.schema import TABLES

REFUSED, MENDED, COUNTED = "refused", "mended", "counted"
_KEYS = ["source", "fault", "field"]
_CALLS = ["_source", "trip_id", "sequence", "stop_id", "arrival_s", "departure_s"]


def faults_table(measuring: Measuring) -> pd.DataFrame:
    """Return the release table ``timetable_faults``: how often what was wrong."""
    layers = measuring.layers
    columns = TABLES["timetable_faults"].schema.names
    both = (layers.calls["_source"], layers.stops["_source"])
    sources = {source for column in both for source in column.unique()}
    refused = layers.rejected[layers.rejected["source"].isin(sources)]
    rows = [
        {
            "source": source, "fault": reason, "field": field, "count": len(own),
            "done": REFUSED, "example": f"{own['file'].iloc[0]}:{own['row'].iloc[0]}",
        }
        for (source, reason, field), own in refused.fillna("").groupby(
            ["source", "reason", "field"], sort=True
        )
    ]  # fmt: skip
    for source, calls in layers.calls[_CALLS].groupby("_source", sort=True):
        stops = set(layers.stops.loc[layers.stops["_source"] == source, "stop_id"])
        found = [*_of_calls(calls, stops), *_of_weeks(measuring.feeds[str(source)])]
        rows += [{"source": source, **vars(fault)} for fault in found]
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values(_KEYS, ignore_index=True)


@dataclass(frozen=True)
class _Fault:
    fault: str
    field: str
    count: int
    done: str
    example: str


def _of_calls(calls: pd.DataFrame, stops: set[str]) -> Iterator[_Fault]:
    """Yield the faults of one timetable, each with the trip of the first."""
    trip, _ = pd.factorize(calls["trip_id"], sort=True)
    order = np.lexsort((calls["sequence"], trip))
    table, trip = calls.iloc[order], trip[order]
    first = np.r_[True, trip[1:] != trip[:-1]]
    leaves, comes = (
        table[f"{name}_s"].to_numpy(np.float64, na_value=np.nan)
        for name in ("departure", "arrival")
    )
    blank = np.isnan(leaves)
    before = np.r_[np.nan, leaves[:-1]]
    falls = ~first & (comes < before) | (leaves < comes)
    known = pd.Series(~blank).groupby(np.cumsum(first))
    seen = known.cumsum().to_numpy()
    total = known.transform("sum").to_numpy()
    inside = blank & (seen > 0) & (seen < total)
    alone = first & np.r_[first[1:], True]
    lost = ~table["stop_id"].isin(stops).to_numpy()
    for what, field, done, at in (
        ("a blank time between two times: spread evenly over the hops",
         "departure_s", MENDED, inside),
        ("a blank time at an end of a trip: the trip counts, nobody is taken there",
         "departure_s", COUNTED, blank & ~inside),
        ("a time that goes backwards: the trip is cut there",
         "arrival_s", MENDED, falls),
        ("a trip with one call goes nowhere", "trip_id", COUNTED, alone),
        ("a call at a stop without a place", "stop_id", COUNTED, lost),
    ):  # fmt: skip
        if at.any():
            yield _Fault(what, field, int(at.sum()), done, _first(table["trip_id"], at))


def _of_weeks(weeks: FeedWeeks) -> Iterator[_Fault]:
    """Yield which weeks of one timetable do not count, and which trips not in all."""
    for why, starts in weeks.left_out.items():
        example = f"week of {starts[0]}"
        yield _Fault(why, "date", len(starts), COUNTED, example)
    masks = weeks.running.masks[:, weeks.regular]
    changes = (masks != masks[:, :1]).any(axis=1)[weeks.running.pattern]
    if changes.any():
        yield _Fault(
            "a trip that is not the same in all regular weeks: of each settlement the"
            " week with the fewest trips counts",
            "service_id",
            int(changes.sum()),
            COUNTED,
            _first(weeks.trips["trip_id"], changes),
        )


def _first(trip: "pd.Series[str]", at: NDArray[np.bool_]) -> str:
    return f"trip {trip.iloc[int(np.argmax(at))]}"
