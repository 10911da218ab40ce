"""Stops that a timetable only names: put at the settlement of that name."""

from collections.abc import Hashable

import pandas as pd

from geo.layers.inputs import Inputs
from geo.layers.names import area_key
from geo.layers.references import Places
from geo.sources.result import REJECTED_COLUMNS

#: no trip runs more often in a week
_WEEK = 7


def placed_stops(
    stops: pd.DataFrame,
    settlements: pd.DataFrame,
    areas: pd.DataFrame,
    places: Places,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return stops with points, and the rows refused.

    A stop without a point stands at the settlement that bears its name, if just one
    does in the areas that its timetable serves.

    Parameters
    ----------
    stops
        Canonical ``timetable_stops`` with ``_source``; ``areas`` are names of raions,
        joined by semicolons, empty for anywhere.
    settlements, areas
        Layers; settlements indexed by id.
    places
        The look-up by name.
    """
    nameless = stops["lon"].isna() & stops["place_ref"].notna()
    if not nameless.any():
        return stops, pd.DataFrame(columns=list(REJECTED_COLUMNS))
    raion = _raion_keys(settlements, areas)
    found: dict[object, str] = {}
    refused = []
    rows = stops[nameless]
    for index, row in zip(rows.index, rows.to_dict("records"), strict=True):
        hits = places.find(str(row["place_ref"]))
        named = str(row["areas"] or "").split(";")
        served = {area_key(name) for name in named if name}
        near = [hit for hit in hits if not served or raion.get(hit, "") in served]
        if len(near) == 1:
            found[index] = near[0]
        else:
            refused.append(_refusal(row, hits, near))
    at = stops.index.to_series().map(found)
    out = stops.assign(
        lon=stops["lon"].fillna(at.map(settlements["lon"])),
        lat=stops["lat"].fillna(at.map(settlements["lat"])),
    )
    kept = ~nameless | at.notna()
    return out[kept].reset_index(drop=True), pd.DataFrame(
        refused, columns=list(REJECTED_COLUMNS)
    )


def lost_calls(inputs: Inputs, stops: pd.DataFrame) -> pd.DataFrame:
    """Return the calls that may be missing, as ``timetable_lost``.

    They are those of the readers, and all at stops that found no place.
    """
    calls = inputs.table("timetable_calls")
    keys = ["_source", "stop_id"]
    placed = pd.MultiIndex.from_frame(stops[keys])
    nowhere = ~pd.MultiIndex.from_frame(calls[keys]).isin(placed)
    found = calls.loc[nowhere, ["_source", "trip_id"]].drop_duplicates()
    return pd.concat([inputs.table("timetable_lost"), found.assign(runs=_WEEK)])


def _raion_keys(settlements: pd.DataFrame, areas: pd.DataFrame) -> dict[str, str]:
    """Return settlement id -> key of its raion, or of the town that is its own."""
    keys = areas.set_index("id")["name_ru"].map(area_key)
    own = settlements["raion_id"].map(keys)
    return {str(id_): str(key) for id_, key in own.dropna().items()}


def _refusal(
    row: dict[Hashable, object], hits: tuple[str, ...], near: list[str]
) -> dict[str, object]:
    shown = ", ".join((near or list(hits))[:5])
    if near:
        reason = f"{len(near)} settlements of the served raions bear this name: {shown}"
    elif hits:
        reason = f"no settlement of the served raions has this name; elsewhere: {shown}"
    else:
        reason = "no settlement has this name"
    return {
        "source": row["_source"],
        "file": "timetable_stops",
        "row": row["stop_id"],
        "field": "place_ref",
        "value": row["place_ref"],
        "reason": reason,
    }
