"""What the exported page draws: areas as GeoJSON, settlements as short columns.

Columns instead of one object per settlement keep a page of 25,000 places small
enough for a USB stick and an old browser.
"""

import string
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.release.read import Release
from maps.theme import class_index, radius

#: 0.0005° are some 50 m, less than a pixel of the page's first picture.
TOLERANCE_DEGREES = 0.0005
DECIMALS = 5
GAP_DECIMALS = 3
DIGITS = string.digits + string.ascii_lowercase
#: Layer of areas -> column of ``area_scores`` and classes of the theme.
AREA_VIEWS = {"scores": ("score", "gap"), "evidence": ("coverage", "share_known")}
AREA_LEVELS = ("raion", "grid", "oblast")


def area_features(release: Release) -> list[dict[str, Any]]:
    """Return the areas to colour as GeoJSON features.

    Raions where they have a polygon, else the analytic grid, else oblasts; empty
    where no area has one. Properties: names, level, analytic, ``score`` and
    ``coverage`` (0…1 or null) of all standards together, and ``population``.
    """
    areas = release.table("areas")
    areas = areas.filter(pc.is_valid(areas["geometry"]))
    held = set(areas["level"].to_pylist())
    level = next((one for one in AREA_LEVELS if one in held), None)
    areas = areas.filter(pc.equal(areas["level"], pa.scalar(level, pa.string())))
    scores = _overall(release)
    shapes = _simplified(areas["geometry"])
    columns = ["id", "level", "name", *_names(areas), "analytic"]
    rows = areas.select(columns).to_pylist()
    return [
        {
            "type": "Feature",
            "id": row["id"],
            "properties": row | scores.get(row["id"], NOTHING_KNOWN),
            "geometry": orjson.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(rows, shapes, strict=True)
    ]


NOTHING_KNOWN = {"score": None, "coverage": None, "population": None}


def _overall(release: Release) -> dict[str, dict[str, Any]]:
    table = release.table("area_scores", ["area_id", "subgroup", "subject", *MEASURES])
    whole = pc.and_(
        pc.equal(table["subgroup"], "all"), pc.equal(table["subject"], "overall")
    )
    rows = table.filter(whole).to_pylist()
    return {row["area_id"]: {name: row[name] for name in MEASURES} for row in rows}


MEASURES = ("score", "coverage", "population")


def _simplified(geometry: pa.ChunkedArray) -> np.ndarray:
    """Simplify common borders once, so that neighbours keep touching."""
    shapes = shapely.from_wkb(geometry.to_numpy(zero_copy_only=False))
    thin = shapely.coverage_simplify(shapes, TOLERANCE_DEGREES)
    rounded: np.ndarray = shapely.transform(thin, lambda xy: np.round(xy, DECIMALS))
    return rounded


def area_style(
    theme: Mapping[str, Any], view: str, properties: Mapping[str, Any]
) -> dict[str, Any]:
    """Return Leaflet's path options of one area.

    Parameters
    ----------
    theme
        From :func:`maps.theme.theme`.
    view
        A key of :data:`AREA_VIEWS`.
    properties
        Of the area's feature.
    """
    measure, classes = AREA_VIEWS[view]
    chosen = theme["classes"][classes]
    index = class_index(properties[measure], chosen["breaks"])
    fill = "url(#paritet-hatch)" if index is None else chosen["colours"][index]
    return {
        "color": theme["colours"]["area_border"],
        "weight": 1,
        "fillColor": fill,
        "fillOpacity": 0.8,
    }


def settlement_columns(
    release: Release, standards: Mapping[str, str], verdicts: Sequence[str]
) -> dict[str, Any]:
    """Return the settlements that are counted and have a point, column by column.

    Parameters
    ----------
    release
        The opened release.
    standards
        Standard -> its indicator, in the order of the columns.
    verdicts
        Marks whose positions stand for the verdicts, at most ten; ``kept:assumed``
        is that of the verdict ``kept`` on an assumed value.

    Returns
    -------
    dict
        ``id, lon, lat`` (degrees), ``population``, ``radius`` (pixels at map zoom 8),
        ``kind``, ``names`` (language -> names, null where equal to ``name``),
        ``area`` (name of raion or oblast), ``verdict`` (standard -> one digit per
        settlement) and ``gap`` (standard -> 0…1 or null).
    """
    table = release.table("settlements")
    table = table.filter(pc.and_(release.counted, pc.is_valid(table["geometry"])))
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
        **_judged(release, table["id"], standards, verdicts),
    }


def value_signs(
    release: Release, ids: Sequence[str], theme: Mapping[str, Any]
) -> dict[str, str]:
    """Return how the values of indicators are drawn, one digit per settlement.

    Parameters
    ----------
    release
        The opened release.
    ids
        The settlements, in the order of the digits.
    theme
        From :func:`maps.theme.theme`; its indicators with classes are drawn.

    Returns
    -------
    dict
        Indicator -> digits of base 36: positions among its classes, the same classes of
        what is assumed, the statuses without a value, and last what is out of date.
    """
    columns = ["settlement_id", "indicator", "status", "value", "date"]
    long = release.table("values", columns)
    on, without = pd.Timestamp(theme["on"]), theme["without_value"]
    signs = {}
    for one in theme["indicators"]:
        if not one["classes"]:
            continue
        rows = long.filter(pc.equal(long["indicator"], one["code"]))
        at = pc.index_in(pa.array(ids), value_set=rows["settlement_id"])
        found = rows.select(["status", "value", "date"]).take(at).to_pylist()
        window = one["freshness_years"]
        months = pd.DateOffset(months=round((window or 0) * 12))
        oldest = date.min if window is None else (on - months).date()
        breaks = one["classes"]["breaks"]
        signs[one["code"]] = "".join(
            DIGITS[_position(row, breaks, without, oldest)] for row in found
        )
    return signs


def _position(
    row: Mapping[str, Any], breaks: Sequence[float], without: list[str], oldest: date
) -> int:
    many = len(breaks) + 1
    position = class_index(row["value"], breaks)
    if position is None:
        status = row["status"] if row["status"] in without else "unknown"
        return 2 * many + without.index(status)
    if (row["date"] or oldest) < oldest:
        return 2 * many + len(without)
    return position + many if row["status"] == "assumed" else position


def unlocated(release: Release) -> int:
    """Return how many settlements have no point and so stand on no map."""
    return int(release.table("settlements", ["geometry"])["geometry"].null_count)


def _judged(
    release: Release,
    ids: pa.ChunkedArray,
    standards: Mapping[str, str],
    verdicts: Sequence[str],
) -> dict[str, dict[str, Any]]:
    long = release.table("judgements", ["settlement_id", "standard", "verdict", "gap"])
    digits = pa.array([str(position) for position in range(len(verdicts))])
    unknown = str(verdicts.index("unknown"))
    found: dict[str, dict[str, Any]] = {"verdict": {}, "gap": {}}
    for standard, indicator in standards.items():
        rows = long.filter(pc.equal(long["standard"], standard))
        where = pc.index_in(ids, value_set=rows["settlement_id"])
        words = rows["verdict"].take(where)
        given = pa.array(verdicts)
        marks = pc.binary_join_element_wise(
            words, _statuses(release, ids, indicator), ":"
        )
        own = pc.index_in(marks, value_set=given)
        coded = digits.take(pc.coalesce(own, pc.index_in(words, value_set=given)))
        filled = pc.fill_null(coded, unknown)  # not judged at all
        found["verdict"][standard] = "".join(filled.to_pylist())
        found["gap"][standard] = _rounded(rows["gap"].take(where), GAP_DECIMALS)
    return found


def _statuses(
    release: Release, ids: pa.ChunkedArray, indicator: str
) -> pa.ChunkedArray:
    """Return how the value of an indicator is known, settlement by settlement."""
    long = release.table("values", ["settlement_id", "indicator", "status"])
    rows = long.filter(pc.equal(long["indicator"], indicator))
    return rows["status"].take(pc.index_in(ids, value_set=rows["settlement_id"]))


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
