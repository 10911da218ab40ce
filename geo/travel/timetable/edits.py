"""What if: stops and trips added, removed, put at other times or on other ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import singledispatch
from itertools import permutations
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import TimetableError
from geo.layers.geodesy import geodesic_km
from geo.travel.timetable.edit_kinds import (
    AddStop,
    AddTrip,
    Calls,
    Edit,
    OnDemandZone,
    RemoveTrip,
    RerouteTrip,
    RetimeTrip,
)

#: trips of vehicles that come when called: they take people, but are no schedule
ON_DEMAND = "on demand"
_MINUTE = 60
#: what a trip on another way keeps, beside its period
_SAME_BUS = ("trip_id", "carrier", "route", "direction", "weekdays", "service")
#: one per pair of stops and step; more is a mistake, or too much for a day's search
_MOST_RIDES = 1_000_000


@dataclass(frozen=True)
class Timetables:
    """Canonical ``timetable_stops`` and ``timetable_calls`` with ``_source``."""

    stops: pd.DataFrame
    calls: pd.DataFrame


def edited(timetables: Timetables, edits: Iterable[Edit]) -> Timetables:
    """Return the timetables after the edits, one after the other.

    Raises
    ------
    TimetableError
        If an edit speaks of a trip, stop or timetable that is not there, or of one that
        already is; names what looks alike.
    """
    for edit in edits:
        timetables = _edited(edit, timetables)
    return timetables


@singledispatch
def _edited(edit: Edit, _timetables: Timetables) -> Timetables:
    raise TypeError(f"no edit: {edit!r}")


@_edited.register
def _(edit: AddStop, timetables: Timetables) -> Timetables:
    source = _source(edit, timetables)
    stops = timetables.stops
    if ((stops["_source"] == source) & (stops["stop_id"] == edit.stop_id)).any():
        raise _wrong(
            edit, f"stop {edit.stop_id!r} is there already", "Take another id."
        )
    said = edit.model_dump(exclude={"source"}) | {"_source": source}
    row = pd.DataFrame([said]).reindex(columns=stops.columns)
    return Timetables(_under(stops, row), timetables.calls)


@_edited.register
def _(edit: AddTrip, timetables: Timetables) -> Timetables:
    calls = timetables.calls
    source = _source_of_stops(edit, [stop for stop, _ in edit.calls], timetables)
    if ((calls["_source"] == source) & (calls["trip_id"] == edit.trip_id)).any():
        raise _wrong(
            edit, f"trip {edit.trip_id!r} is there already", "Take another id."
        )
    facts = {
        "trip_id": edit.trip_id,
        "route": edit.route or edit.trip_id,
        "carrier": edit.carrier,
        "weekdays": edit.days,
    }
    return Timetables(timetables.stops, _with(calls, source, edit.calls, facts))


@_edited.register
def _(edit: RemoveTrip, timetables: Timetables) -> Timetables:
    own = _own(edit, edit.trip_id, timetables)
    return Timetables(timetables.stops, timetables.calls[~own])


@_edited.register
def _(edit: RetimeTrip, timetables: Timetables) -> Timetables:
    own = _own(edit, edit.trip_id, timetables)
    shift = round(edit.minutes * _MINUTE)
    calls = timetables.calls.copy()
    for name in ("arrival_s", "departure_s"):
        moved = calls.loc[own, name] + shift
        if (moved < 0).any():
            raise _wrong(
                edit,
                f"trip {edit.trip_id!r} would leave before the day begins",
                "Remove it and add one that leaves late on the day before.",
            )
        calls.loc[own, name] = moved
    return Timetables(timetables.stops, calls)


@_edited.register
def _(edit: RerouteTrip, timetables: Timetables) -> Timetables:
    calls = timetables.calls
    own = _own(edit, edit.trip_id, timetables)
    first = calls[own].iloc[0]
    _source_of_stops(
        edit, [stop for stop, _ in edit.calls], timetables, str(first["_source"])
    )
    facts = {name: first[name] for name in _SAME_BUS}
    table = _with(calls[~own], str(first["_source"]), edit.calls, facts)
    added = table.index[-len(edit.calls) :]
    for name in ("first_day", "last_day"):
        table.loc[added, name] = first[name]
    return Timetables(timetables.stops, table)


@_edited.register
def _(edit: OnDemandZone, timetables: Timetables) -> Timetables:
    source = _source_of_stops(edit, edit.stops, timetables)
    if edit.last < edit.first:
        raise _wrong(edit, "the zone ends before it begins", "Mend first and last.")
    stops = timetables.stops
    at = stops[stops["_source"] == source].set_index("stop_id")[["lon", "lat"]]
    pairs = list(permutations(dict.fromkeys(edit.stops), 2))
    start, end = (at.loc[[pair[side] for pair in pairs]] for side in (0, 1))
    km = geodesic_km(
        *(t[a].to_numpy(float) for t in (start, end) for a in ("lon", "lat"))
    )
    ride = np.ceil(km * edit.detour / edit.kmh * 3600).astype(np.int64)
    step = max(round(edit.step_minutes * _MINUTE), 1)
    calls_at = np.arange(edit.first, edit.last + 1, step)
    count = len(calls_at)
    if count * len(pairs) > _MOST_RIDES:
        raise _wrong(
            edit,
            f"the zone would be {count * len(pairs)} rides, more than {_MOST_RIDES}",
            "Take fewer stops or a larger step_minutes.",
        )
    leaves = np.tile(calls_at, len(pairs))
    comes = leaves + np.repeat(round(edit.wait_minutes * _MINUTE) + ride, count)
    number = pd.Series(np.arange(len(leaves))).astype("str")
    ends = [
        pd.DataFrame(
            {
                "stop_id": np.repeat([pair[side] for pair in pairs], count),
                "trip_id": f"{ON_DEMAND}:{edit.zone_id}:" + number,
                "sequence": side,
                "arrival_s": at,
                "departure_s": at,
            }
        )
        for side, at in enumerate((leaves, comes))
    ]
    rows = pd.concat(ends, ignore_index=True).assign(
        route=edit.zone_id, carrier=ON_DEMAND, weekdays=edit.days
    )
    return Timetables(stops, _put_under(timetables.calls, source, rows))


def _with(
    calls: pd.DataFrame, source: str, trip: Calls, facts: dict[str, Any]
) -> pd.DataFrame:
    """Return the calls with one trip more."""
    times = [at for _, at in trip]
    rows = pd.DataFrame(
        {
            "stop_id": [stop for stop, _ in trip],
            "sequence": range(len(trip)),
            "arrival_s": times,
            "departure_s": times,
        }
    )
    for name, value in facts.items():
        rows[name] = value
    return _put_under(calls, source, rows)


def _put_under(calls: pd.DataFrame, source: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return calls with rows that hold in the whole period of their timetable."""
    feed = calls[calls["_source"] == source]
    rows = rows.assign(_source=source)
    for name in ("_date", "_supplier"):
        if name in calls:
            rows[name] = feed[name].iloc[0] if len(feed) else None
    # a blank end leaves the period open
    rows["first_day"] = feed["first_day"].min(skipna=False) if len(feed) else pd.NaT
    rows["last_day"] = feed["last_day"].max(skipna=False) if len(feed) else pd.NaT
    return _under(calls, rows.reindex(columns=calls.columns))


def _under(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table, rows.astype(table.dtypes.to_dict())], ignore_index=True)


def _source(edit: Edit, timetables: Timetables) -> str:
    """Return the timetable that an edit means."""
    known = sorted(set(timetables.stops["_source"]) | set(timetables.calls["_source"]))
    if edit.source is None and len(known) == 1:
        return str(known[0])
    if edit.source is None or edit.source not in known:
        what = f"no source {edit.source!r}" if edit.source else "no source is named"
        raise _wrong(edit, what, f"Name one of: {', '.join(known) or 'none'}.")
    return edit.source


def _source_of_stops(
    edit: Edit,
    wanted: Iterable[str],
    timetables: Timetables,
    source: str | None = None,
) -> str:
    """Return the timetable that has all of these stops."""
    stops = timetables.stops
    named = source or edit.source
    names = list(wanted)
    own = stops if named is None else stops[stops["_source"] == named]
    having = own[own["stop_id"].isin(names)].groupby("_source")["stop_id"].nunique()
    whole = sorted(having.index[having == len(set(names))])
    if len(whole) == 1:
        return str(whole[0])
    if whole:
        raise _wrong(
            edit, f"its stops are in {', '.join(whole)}", "Name one as source."
        )
    lost = next((name for name in names if name not in set(own["stop_id"])), names[0])
    raise _wrong(edit, f"no stop {lost!r}", _like(lost, own["stop_id"]))


def _own(edit: Edit, trip_id: str, timetables: Timetables) -> pd.Series:
    """Tell which calls are those of one trip."""
    calls = timetables.calls
    own = calls["trip_id"] == trip_id
    if edit.source is not None:
        own &= calls["_source"] == edit.source
    sources = sorted(set(calls.loc[own, "_source"]))
    if not sources:
        raise _wrong(edit, f"no trip {trip_id!r}", _like(trip_id, calls["trip_id"]))
    if len(sources) > 1:
        raise _wrong(
            edit,
            f"trip {trip_id!r} is in {', '.join(sources)}",
            "Name one as source.",
        )
    return own


def _like(name: str, known: pd.Series) -> str:
    near = get_close_matches(name, sorted(set(known.dropna())), n=3, cutoff=0.3)
    return f"Like it: {', '.join(near)}." if near else "The timetable has none like it."


def _wrong(edit: Edit, what: str, remedy: str) -> TimetableError:
    return TimetableError(what, where=f"edit {type(edit).__name__}", remedy=remedy)
