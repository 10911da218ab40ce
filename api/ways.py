"""Ways to facilities as the JSON of /v1."""

from typing import Any

import orjson
import shapely

from api.store import Store

_LEFT_OUT = ("settlement_id", "geometry")


def ways(store: Store, row: int) -> list[dict[str, Any]]:
    """Return the ways of the settlement in a row, without their lines."""
    return [
        {name: value for name, value in held.items() if name not in _LEFT_OUT}
        | {"facility": store.facilities.get(held["facility_id"] or "")}
        for held in store.rows_of("access", row)
    ]


def lines(store: Store, row: int) -> list[Any]:
    """Return the lines of the same ways as GeoJSON, None where there is none."""
    shapes = [
        shapely.from_wkb(held["geometry"]) for held in store.rows_of("access", row)
    ]
    return [
        None if shape is None else orjson.Fragment(shapely.to_geojson(shape))
        for shape in shapes
    ]
