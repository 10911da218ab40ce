"""Settlements and facilities out of the objects of an OpenStreetMap file."""

from collections import Counter
from typing import Any

import pandas as pd
from pyproj import Geod

from geo.sources.country import Country
from geo.sources.readers.base import Reading
from geo.sources.readers.osm_lifecycle import gone, refuse
from geo.sources.readers.osm_scan import OsmObject
from geo.sources.readers.osm_tags import (
    OTHER_PLACES,
    TOWER_REMARK,
    names,
    populations,
    serving,
)
from geo.sources.result import Rejections
from geo.types import Status

_GEOD = Geod(ellps="WGS84")
_SAME_PLACE_M = 1000.0


def _point(item: OsmObject) -> dict[str, Any]:
    inside = item.point
    # As text, like every reader's input: seven decimals are what OSM stores.
    return {"_row": item.ref, "lon": f"{inside.x:.7f}", "lat": f"{inside.y:.7f}"}


def in_use(
    objects: list[OsmObject], wanted: tuple[str, ...], day: str, refused: Rejections
) -> list[OsmObject]:
    """Return the objects without the settlements that are refused: none lives there.

    Parameters
    ----------
    objects
        Of the whole file.
    wanted
        Values of place=* that are settlements.
    day
        Day of the file (ISO).
    refused
        Takes the settlements that are abandoned, in ruins or only planned.
    """
    kept = []
    for item in objects:
        is_place = item.tags.get("place") in wanted
        ceased = gone(item.tags, "place", day) if is_place else None
        if ceased is None:
            kept.append(item)
        else:
            refuse(refused, item.ref, ceased)
    return kept


def settlements(
    objects: list[OsmObject],
    at: Reading[Any],
    wanted: tuple[str, ...],
    year: int | None,
) -> pd.DataFrame:
    """Return one row per settlement (text coordinates).

    Parameters
    ----------
    objects
        Of the whole file.
    at
        The languages of its country choose the names; refuses outlines that repeat a
        node, and bad populations.
    wanted
        Values of place=* that are settlements.
    year
        Year of populations that carry none.
    """
    items = [item for item in objects if item.tags.get("place") in wanted]
    items = _without_repeats(items, at.country, at.refused)
    rows = [
        {
            **_point(item),
            **names(item.tags, at.country.languages),
            "place_id": f"osm:{item.ref}",
            "place_type": item.tags["place"],
            "population": item.tags.get("population"),
            "_population_date": item.tags.get("population:date"),
            "raion_name": item.tags.get("addr:district"),
            "oblast_name": item.tags.get("addr:region"),
            "code_wikidata": item.tags.get("wikidata"),
        }
        for item in items
    ]
    table = _text_table(
        rows, ("place_id", "population", "_population_date", "lon", "lat", "_row")
    )
    table = populations(table, at, year)
    others = [value for value in OTHER_PLACES if value not in wanted]
    left = Counter(item.tags.get("place", "") for item in objects)
    listed = [f"{left[value]} {value}" for value in others if left[value]]
    if listed:
        at.notes.append(f"not taken for settlements: {', '.join(listed)}")
    return table


def _text_table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    known = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
    return pd.DataFrame(rows, columns=known, dtype="str")


def _without_repeats(
    items: list[OsmObject], country: Country, refused: Rejections
) -> list[OsmObject]:
    """Refuse outlines of settlements that have a node of the same name."""
    first = f"name_{country.languages[0]}"

    def key(item: OsmObject) -> str:
        return names(item.tags, country.languages).get(first, "").casefold()

    nodes: dict[str, list[OsmObject]] = {}
    for item in items:
        if item.is_node and key(item):
            nodes.setdefault(key(item), []).append(item)
    kept = []
    for item in items:
        same = None if item.is_node else _node_of(item, nodes.get(key(item), []))
        if same is None:
            kept.append(item)
        else:
            refused.add(
                row=item.ref,
                field="place",
                value=item.tags.get("name"),
                reason=f"outline of the settlement that node {same.ref} stands for",
            )
    return kept


def _node_of(area: OsmObject, nodes: list[OsmObject]) -> OsmObject | None:
    inside = area.point
    for node in nodes:
        far = _GEOD.inv(inside.x, inside.y, node.point.x, node.point.y)[2]
        if far <= _SAME_PLACE_M or area.shape.contains(node.shape):
            return node
    return None


def facilities(
    objects: list[OsmObject], country: Country, day: str, refused: Rejections
) -> pd.DataFrame:
    """Return one row per facility (text coordinates), status measured.

    Parameters
    ----------
    objects
        Of the whole file.
    country
        Its languages choose the names.
    day
        Day of the file (ISO).
    refused
        Takes what is not in use, and what serves animals or is another service.
    """
    first = f"name_{country.languages[0]}"
    rows = []
    for item in objects:
        tags = item.tags
        named = names(tags, country.languages)
        for nth, kind in enumerate(serving(tags, day, item.ref, refused)):
            ref = f"{item.ref}#{kind.value}" if nth else item.ref
            untold = tags.get("man_made") == "tower" and "tower:type" not in tags
            rows.append(
                {
                    **_point(item),
                    **named,
                    "facility_id": f"osm:{ref}",
                    "kind": kind.value,
                    "name": named.get(first) or next(iter(named.values()), None),
                    "hours": tags.get("opening_hours"),
                    "services": tags.get("healthcare:speciality"),
                    "remark": TOWER_REMARK if untold else None,
                }
            )
    table = _text_table(rows, ("facility_id", "kind", "lon", "lat", "_row"))
    return table.assign(status=Status.MEASURED.value, located=True)
