"""Polygons of areas from GeoJSON (longitude, latitude in degrees)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import geopandas as gpd
import pandas as pd
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    parse_options,
    read_text,
    refusals,
)
from geo.sources.readers.fields import bounds_text, refuse
from geo.sources.result import ReadResult, Rejections, canonical

_DEGREES = ("CRS84", ":4326", "WGS84", "WGS 84")
_LON_LIMIT, _LAT_LIMIT = 180.0, 90.0
_REPROJECT = "Convert it first: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson."
#: What shapely raises for coordinates that are no numbers, too few, or missing.
_BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    shapely.errors.ShapelyError,
)
AreaKind = Literal["country", "oblast", "raion", "selsovet", "town"]


class PolygonOptions(Options):
    """Which property says what.

    Attributes
    ----------
    kind
        Kind of all areas, or None if a property tells.
    kind_property, kinds
        Property with the provider's kind, and its value -> our area kind.
    names
        Language -> property.
    id, code, parent
        Property with the id (else the number of the feature), the official code, and
        the name of the area above.
    """

    kind: AreaKind | None = None
    kind_property: str | None = None
    kinds: dict[str, AreaKind] = Field(default_factory=dict)
    names: dict[str, str] = Field(default_factory=dict)
    id: str | None = None
    code: str | None = None
    parent: str | None = None

    @property
    def properties(self) -> dict[str, str]:
        """Our column -> the file's property."""
        named = {f"name_{language}": key for language, key in self.names.items()}
        single = {
            "area_id": self.id,
            "code": self.code,
            "parent_name": self.parent,
            "_kind": self.kind_property,
        }
        return named | {column: key for column, key in single.items() if key}


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read polygons into ``areas`` (GeoDataFrame, EPSG:4326).

    A polygon that crosses itself is repaired and named in the notes; one that is
    empty, no polygon or wholly outside the country is refused. ``row`` is the number
    of the feature, from 1.

    Raises
    ------
    SourceFormatError
        If the file is no GeoJSON, is in another coordinate system, or lacks a property.
    """
    chosen = parse_options(PolygonOptions, options)
    refused = refusals(path, source)
    features = _features(path)
    _require_properties(features, chosen, path)
    table = pd.DataFrame(
        _row(number, f, chosen) for number, f in enumerate(features, 1)
    )
    shapes = [_geometry(f, number, refused) for number, f in enumerate(features, 1)]
    table = table.assign(geometry=pd.Series(shapes, dtype="object"))
    table = table[[shape is not None for shape in shapes]]
    _check_degrees(table, country, path)
    table, notes = _repaired(table, refused, path.name)
    table = _placed(table, chosen, country, refused)
    table["area_id"] = [f"{source.id}:{key}" for key in table["area_id"]]
    areas = gpd.GeoDataFrame(
        canonical("areas", table), geometry="geometry", crs="EPSG:4326"
    )
    return ReadResult({"areas": areas}, refused.frame(), notes=tuple(notes))


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise SourceFormatError(
            f"not valid JSON ({error.msg}); the file may be cut short",
            where=f"{path}, line {error.lineno}",
            remedy="Fetch it again.",
        ) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not features:
        raise SourceFormatError(
            "no GeoJSON feature collection with features in it",
            where=str(path),
            remedy="Export the layer as GeoJSON (RFC 7946).",
        )
    crs = content.get("crs") or {}
    name = str((crs.get("properties") or {}).get("name", "")) if crs else ""
    if name and not name.upper().endswith(tuple(d.upper() for d in _DEGREES)):
        raise SourceFormatError(
            f"the coordinate system is {name}, GeoJSON must be longitude and latitude",
            where=str(path),
            remedy=_REPROJECT,
        )
    return features


def _require_properties(
    features: list[dict[str, Any]], chosen: PolygonOptions, path: Path
) -> None:
    found = {key for f in features for key in (f.get("properties") or {})}
    for key in chosen.properties.values():
        if key not in found:
            raise SourceFormatError(
                f"no feature has the property {key!r}; found are "
                f"{', '.join(sorted(found)) or 'none'}",
                where=str(path),
                remedy="Name another property in the options of the feed.",
            )


def _row(
    number: int, feature: dict[str, Any], chosen: PolygonOptions
) -> dict[str, Any]:
    properties = feature.get("properties") or {}
    row: dict[str, Any] = {"_row": number, "area_id": str(number)}
    for column, key in chosen.properties.items():
        value = properties.get(key)
        row[column] = None if value in (None, "") else str(value)
    return row


def _geometry(
    feature: dict[str, Any], number: int, refused: Rejections
) -> BaseGeometry | None:
    shape: BaseGeometry | None = None
    reason = "no geometry"
    if feature.get("geometry"):
        try:
            shape = shapely.geometry.shape(feature["geometry"])
        except _BROKEN as error:
            reason = f"the geometry is broken ({error})"
    if shape is not None:
        if shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty:
            return shape
        empty = "the geometry is empty"
        reason = empty if shape.is_empty else f"a {shape.geom_type} is no area"
    refused.add(row=number, field="geometry", value="", reason=reason)
    return None


def _check_degrees(table: pd.DataFrame, country: Country, path: Path) -> None:
    if table.empty:
        return
    west, south, east, north = shapely.total_bounds(table["geometry"].to_numpy())
    biggest = max(abs(west), abs(east)), max(abs(south), abs(north))
    if biggest[0] > _LON_LIMIT or biggest[1] > _LAT_LIMIT:
        raise SourceFormatError(
            f"coordinates up to {biggest[0]:.0f}, {biggest[1]:.0f} are no longitude "
            "and latitude in degrees",
            where=str(path),
            remedy=_REPROJECT,
        )
    frame = shapely.box(*country.bounds)
    if not frame.intersects(shapely.box(west, south, east, north)) and frame.intersects(
        shapely.box(south, west, north, east)
    ):
        raise SourceFormatError(
            f"longitude and latitude are swapped: the areas lie at lon {west:.1f}, "
            f"lat {south:.1f}",
            where=str(path),
            remedy="Write each position as [longitude, latitude].",
        )


def _repaired(
    table: pd.DataFrame, refused: Rejections, name: str
) -> tuple[pd.DataFrame, list[str]]:
    notes: list[str] = []
    shapes = table["geometry"].to_numpy().copy()
    for position in (~shapely.is_valid(shapes)).nonzero()[0]:
        why = shapely.is_valid_reason(shapes[position])
        row = table["_row"].iloc[position]
        shapes[position] = _polygonal(shapely.make_valid(shapes[position]))
        if shapes[position].is_empty:
            refused.add(
                row=row, field="geometry", value=why, reason="no area is left of it"
            )
        else:
            notes.append(f"{name}, feature {row}: {why}; the polygon was repaired")
    kept = ~shapely.is_empty(shapes)
    return table.assign(geometry=shapes)[kept], notes


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of what ``make_valid`` returned (it may add loose lines)."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    areas = [part for part in parts if part.geom_type == "Polygon"]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _placed(
    table: pd.DataFrame, chosen: PolygonOptions, country: Country, refused: Rejections
) -> pd.DataFrame:
    """Give each polygon its kind; refuse foreign ones, unknown kinds, second ids."""
    frame = shapely.box(*country.bounds)
    boxes = shapely.box(*shapely.bounds(table["geometry"].to_numpy()).T)
    away = pd.Series(~shapely.intersects(boxes, frame), index=table.index)
    refuse(
        refused,
        table[away],
        field="geometry",
        value="area_id",
        reason=f"outside the bounds of {bounds_text(country)}",
    )
    out = table[~away].copy()
    kinds = out["_kind"].map(chosen.kinds) if chosen.kind_property else chosen.kind
    out["area_kind"] = kinds
    unknown = out["area_kind"].isna()
    refuse(
        refused,
        out[unknown],
        field=chosen.kind_property or "kind",
        value="_kind",
        reason=f"no area kind; known are {', '.join(chosen.kinds) or 'none'}",
    )
    out = out[~unknown]
    again = out.duplicated("area_id") | out["area_id"].isna()
    refuse(
        refused,
        out[again],
        field=chosen.id or "id",
        value="area_id",
        reason="the id is missing or appears again",
    )
    return out[~again]
