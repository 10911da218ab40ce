"""Polygons of areas from GeoJSON (longitude, latitude in degrees)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import shapely
from pydantic import Field
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.fields import bounds_text, refuse
from geo.sources.readers.geojson import (
    FeatureFault,
    properties_of,
    read_features,
    shape_of,
)
from geo.sources.readers.outlines import mended
from geo.sources.result import ReadResult, Rejections

_EARTH = (-180.0, -90.0, 180.0, 90.0)
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


@dataclass(frozen=True)
class _Found:
    """A feature that could be read: its number, our columns, its outline in degrees."""

    number: int
    row: dict[str, Any]
    shape: BaseGeometry


@reader(PolygonOptions)
def read(at: Reading[PolygonOptions]) -> ReadResult:
    """Read polygons into ``areas`` (GeoDataFrame, EPSG:4326).

    A polygon that crosses itself is repaired and named in the notes
    (:mod:`geo.sources.readers.outlines`); one that is empty, no polygon, not clear or
    wholly outside the country is refused. ``row`` is the number of the feature, from 1.

    Raises
    ------
    SourceFormatError
        If the file is no GeoJSON, is in another coordinate system, or lacks a property.
    """
    chosen, refused = at.options, at.refused
    features = read_features(at.path)
    _require_properties(features, chosen, at.path)
    found = _found(features, chosen, refused)
    _require_degrees(found, at.country, at.path)
    shapes, notes = _mended(found, refused, at.path.name)
    at.notes += notes
    lost = [str(n) for n in range(1, len(features) + 1) if n not in shapes]
    if lost:
        at.notes.append(
            f"{at.path.name}: without an outline that can be used are the features "
            f"{', '.join(lost)}; settlements in them are refused as outside all areas"
        )
    rows = {f.number: f.row for f in found}
    table = pd.DataFrame(
        [rows[number] for number in shapes],
        columns=list(dict.fromkeys(["_row", "area_id", *chosen.properties])),
    )
    table["geometry"] = pd.Series(list(shapes.values()), dtype="object")
    table = _placed(table, chosen, at.country, refused)
    table["area_id"] = [f"{at.source.id}:{key}" for key in table["area_id"]]
    return at.result({"areas": table})


def _require_properties(
    features: list[Any], chosen: PolygonOptions, path: Path
) -> None:
    found: set[str] = set()
    for feature in features:
        with suppress(FeatureFault):
            found.update(properties_of(feature))
    for key in chosen.properties.values():
        if key not in found:
            raise SourceFormatError(
                f"no feature has the property {key!r}; found are "
                f"{', '.join(sorted(found)) or 'none'}",
                where=str(path),
                remedy="Name another property in the options of the feed.",
            )


def _found(
    features: list[Any], chosen: PolygonOptions, refused: Rejections
) -> list[_Found]:
    """Return the features that can be read; what they are made of is let go."""
    found = []
    for number, feature in enumerate(features, 1):
        try:
            row = _row(number, properties_of(feature), chosen)
            found.append(_Found(number, row, shape_of(feature)))
        except FeatureFault as fault:
            _refuse(refused, number, fault)
        features[number - 1] = None
    return found


def _refuse(refused: Rejections, number: int, fault: FeatureFault) -> None:
    refused.add(row=number, field=fault.field, value=fault.value, reason=fault.reason)


def _row(
    number: int, properties: Mapping[str, Any], chosen: PolygonOptions
) -> dict[str, Any]:
    row: dict[str, Any] = {"_row": number, "area_id": str(number)}
    for column, key in chosen.properties.items():
        value = properties.get(key)
        if isinstance(value, dict | list) or value != value:  # noqa: PLR0124 - NaN
            raise FeatureFault(key, "the property is no text and no number", value)
        row[column] = None if value in (None, "") else str(value)
    return row


def _require_degrees(found: list[_Found], country: Country, path: Path) -> None:
    """Refuse a file in metres, or with latitude first.

    A feature that has no position in degrees at all tells of the file; a single wild
    position only of its feature.
    """
    if not found:
        return
    boxes = _boxes([feature.shape for feature in found])
    metres = ~shapely.intersects(boxes, shapely.box(*_EARTH))
    if metres.any():
        lon, lat = np.abs(shapely.bounds(boxes[metres])).reshape(-1, 2).max(axis=0)
        raise SourceFormatError(
            f"coordinates up to {lon:.0f}, {lat:.0f} are no longitude "
            "and latitude in degrees",
            where=str(path),
            remedy="Convert it first: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson.",
        )
    frame = shapely.box(*country.bounds)
    turned = shapely.intersects(frame, _boxes(boxes, swapped=True))
    if turned.any() and not shapely.intersects(frame, boxes).any():
        west, south, *_ = shapely.total_bounds(boxes[turned])
        raise SourceFormatError(
            f"longitude and latitude are swapped: the areas lie at lon {west:.1f}, "
            f"lat {south:.1f}",
            where=str(path),
            remedy="Write each position as [longitude, latitude].",
        )


def _boxes(shapes: Any, *, swapped: bool = False) -> Any:
    """Return the box of each shape, on request with latitude for longitude."""
    corners = shapely.bounds(np.asarray(shapes, dtype=object))
    return shapely.box(*corners[:, [1, 0, 3, 2] if swapped else [0, 1, 2, 3]].T)


def _mended(
    found: list[_Found], refused: Rejections, name: str
) -> tuple[dict[int, BaseGeometry], list[str]]:
    """Return the valid outlines by number of the feature, and what was mended."""
    shapes: dict[int, BaseGeometry] = {}
    notes: list[str] = []
    for feature in found:
        try:
            made = mended(_on_earth(feature.shape))
        except FeatureFault as fault:
            _refuse(refused, feature.number, fault)
            continue
        shapes[feature.number] = made.shape
        if made.note:
            notes.append(f"{name}, feature {feature.number}: {made.note}")
    return shapes, notes


def _on_earth(shape: BaseGeometry) -> BaseGeometry:
    """Return the outline if every position of it is one in degrees."""
    if not shapely.box(*_EARTH).covers(shapely.box(*shape.bounds)):
        west, south, east, north = shape.bounds
        raise FeatureFault(
            "geometry",
            f"a position is none on Earth: lon {west:g} to {east:g}, "
            f"lat {south:g} to {north:g}",
        )
    return shape


def _placed(
    table: pd.DataFrame, chosen: PolygonOptions, country: Country, refused: Rejections
) -> pd.DataFrame:
    """Give each polygon its kind; refuse foreign ones, unknown kinds, second ids."""
    frame = shapely.box(*country.bounds)
    boxes = _boxes(table["geometry"])
    away = pd.Series(~shapely.intersects(boxes, frame), index=table.index)
    turned = away & shapely.intersects(_boxes(boxes, swapped=True), frame)
    outside = f"outside the bounds of {bounds_text(country)}"
    for rows, reason in (
        (away & ~turned, outside),
        (turned, f"{outside}: longitude and latitude are swapped"),
    ):
        refuse(refused, table[rows], field="geometry", value="area_id", reason=reason)
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
