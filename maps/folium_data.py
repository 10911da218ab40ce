"""What the exported page draws: areas as GeoJSON, settlements as short columns.

Columns instead of one object per settlement keep a page of 25,000 places small
enough for a USB stick and an old browser.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.release.columns import Positions
from geo.release.read import Release
from maps.folium_pictures import area_values
from maps.theme import radius

#: 0.0005° are some 50 m, less than a pixel of the page's first picture.
TOLERANCE_DEGREES = 0.0005
DECIMALS = 5
GAP_DECIMALS = 3
AREA_LEVELS = ("raion", "grid", "oblast")


def area_features(release: Release, raion: str = "") -> list[dict[str, Any]]:
    """Return the areas to colour as GeoJSON features.

    Raions where they have a polygon, else the analytic grid, else oblasts; empty
    where no area has one. Of a raion, given by its id, that alone. Properties: names,
    level, analytic, ``population`` and ``values`` (subject -> 0…1 or null).
    """
    areas = release.table("areas")
    areas = areas.filter(pc.is_valid(areas["geometry"]))
    held = set(areas["level"].to_pylist())
    level = next((one for one in AREA_LEVELS if one in held), None)
    areas = areas.filter(pc.equal(areas["level"], pa.scalar(level, pa.string())))
    # Borders are simplified together, or a raion would no longer touch its neighbours.
    shapes = _simplified(areas["geometry"])
    columns = ["id", "level", "name", *_names(areas), "analytic"]
    rows = areas.select(columns).to_pylist()
    return [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": row
            | {"population": _people(release, row["id"])}
            | {"values": area_values(release, row["id"])},
            "geometry": orjson.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(rows, shapes, strict=True)
        if raion in ("", row["id"])
    ]


def _people(release: Release, area: str) -> float | None:
    for row in release.rows("area_scores", area):
        if (row["subgroup"], row["subject"]) == ("all", "overall"):
            people: float | None = row["population"]
            return people
    return None


def _simplified(geometry: pa.ChunkedArray) -> np.ndarray:
    """Simplify common borders once, so that neighbours keep touching."""
    shapes = shapely.from_wkb(geometry.to_numpy(zero_copy_only=False))
    thin = shapely.coverage_simplify(shapes, TOLERANCE_DEGREES)
    rounded: np.ndarray = shapely.transform(thin, lambda xy: np.round(xy, DECIMALS))
    return rounded


def drawn(release: Release, raion: str = "") -> Positions:
    """Return the rows of the settlements that are counted and have a point."""
    located = release.table("settlements", ["geometry"])["geometry"]
    rows = release.listed & np.array(pc.is_valid(located).to_pylist(), bool)
    if raion:
        rows &= release.column("raion_id") == raion
    return np.flatnonzero(rows)


def settlement_columns(
    release: Release, at: Positions, standards: Sequence[str]
) -> dict[str, Any]:
    """Return settlements, column by column.

    Parameters
    ----------
    release
        The opened release.
    at
        Their rows (:func:`drawn`).
    standards
        Of which the gaps are told.

    Returns
    -------
    dict
        ``id, lon, lat`` (degrees), ``population``, ``radius`` (pixels at map zoom 8),
        ``kind``, ``names`` (language -> names, null where equal to ``name``),
        ``area`` (name of raion or oblast) and ``gap`` (standard -> 0…1 or null).
    """
    table = release.table("settlements").take(pa.array(at))
    names = table["name"].to_pylist()
    # tenths stay, or thousands of modelled villages would be rounded the same way
    population = table["population"].to_pylist()
    return {
        "id": table["id"].to_pylist(),
        "lon": _rounded(table["lon"], DECIMALS),
        "lat": _rounded(table["lat"], DECIMALS),
        "population": [None if n is None else round(n, 1) for n in population],
        "radius": [round(radius(n), 1) for n in population],
        "kind": table["kind"].to_pylist(),
        "name": names,
        "names": {
            column.removeprefix("name_"): [
                None if other == name else other
                for other, name in zip(table[column].to_pylist(), names, strict=True)
            ]
            for column in _names(table)
        },
        "area": _area_of(release, table),
        "gap": {standard: _gaps(release, at, standard) for standard in standards},
    }


def _gaps(release: Release, at: Positions, standard: str) -> list[float | None]:
    gaps = release.told("judgements", standard, "gap")[at]
    return [None if np.isnan(gap) else round(float(gap), GAP_DECIMALS) for gap in gaps]


def unlocated(release: Release) -> int:
    """Return how many settlements have no point and so stand on no map."""
    return int(release.table("settlements", ["geometry"])["geometry"].null_count)


def _area_of(release: Release, table: pa.Table) -> list[str | None]:
    areas = release.table("areas", ["id", "name"])
    nearest = pc.coalesce(table["raion_id"], table["oblast_id"])
    named: list[str | None] = (
        areas["name"].take(pc.index_in(nearest, value_set=areas["id"])).to_pylist()
    )
    return named


def _names(table: pa.Table) -> list[str]:
    """Return the columns of names by language that hold any name."""
    columns = [name for name in table.column_names if name.startswith("name_")]
    return [name for name in columns if table[name].null_count < table.num_rows]


def _rounded(column: pa.ChunkedArray, digits: int) -> list[float | None]:
    numbers: list[float | None] = pc.round(column, digits).to_pylist()
    return numbers
