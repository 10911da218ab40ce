"""GeoJSON files of polygons, feature by feature: a bad one costs no other.

What is wrong with the file as a whole is a :class:`SourceFormatError`; what is wrong
with one feature is a :class:`FeatureFault`, and the others stay.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import SourceFormatError
from geo.sources.readers.files import read_text

#: Five million positions with twenty digits each, and as much again for the rest.
MOST_BYTES = 256 * 2**20
#: Positions and objects of a file: the finest layers of a country have some millions.
MOST_POSITIONS = 5_000_000
#: Positions of one feature: a national border has 56,405, Norway's with its fjords ten
#: times that at the most.
MOST_VERTICES = 500_000

_DEGREES = ("CRS84", ":4326", "WGS84", "WGS 84")
_REPROJECT = "Convert it first: ogr2ogr -t_srs EPSG:4326 out.geojson in.geojson."
#: What comes of coordinates that are no numbers, too few, too deep or missing.
_BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    OverflowError,
    shapely.errors.ShapelyError,
)
_PLANE = 2


class FeatureFault(Exception):  # noqa: N818 - becomes a refused row, never shown as it is
    """Why one feature cannot be used: the field, its bad value, and the reason."""

    def __init__(self, field: str, reason: str, value: object = "") -> None:
        self.field = field
        self.reason = reason
        self.value = value
        super().__init__(reason)


class _Object(dict[str, Any]):
    """A JSON object that knows which of its keys stood twice."""

    twice: str = ""


def read_features(path: Path) -> list[Any]:
    """Return what stands in the list of features, whatever it is.

    Raises
    ------
    SourceFormatError
        If the file is no GeoJSON feature collection, is in another coordinate system
        than longitude and latitude, or is too large.
    """
    content = _parsed(_text(path), path)
    features = content.get("features") if isinstance(content, _Object) else None
    if not isinstance(features, list) or not features:
        raise SourceFormatError(
            "no GeoJSON feature collection with features in it",
            where=str(path),
            remedy="Export the layer as GeoJSON (RFC 7946).",
        )
    if content.twice:
        raise SourceFormatError(
            f"the key {content.twice!r} stands twice",
            where=str(path),
            remedy="Export the layer anew: which of the two holds cannot be told.",
        )
    _require_degrees(content.get("crs"), path)
    return features


def properties_of(feature: Any) -> dict[str, Any]:
    """Return the properties of a feature; none are an empty mapping.

    Raises
    ------
    FeatureFault
        If the feature or its properties are no JSON objects, or a key stands twice.
    """
    if not isinstance(feature, _Object):
        raise FeatureFault("", "no feature: a JSON object is expected", _short(feature))
    properties = feature.get("properties")
    if properties is None:
        properties = _Object()
    if not isinstance(properties, _Object):
        reason = "the properties are no JSON object"
        raise FeatureFault("properties", reason, _short(properties))
    for item in (feature, properties):
        if item.twice:
            raise FeatureFault(item.twice, "the key stands twice", _short(feature))
    return properties


def shape_of(feature: Any) -> shapely.Polygon | shapely.MultiPolygon:
    """Return the outline of a feature in degrees, of two dimensions, as it is drawn.

    Parameters
    ----------
    feature
        A feature whose properties could be read.

    Raises
    ------
    FeatureFault
        If it has no outline, its positions are no numbers, or are too many.
    """
    geometry = feature.get("geometry")
    if not geometry:
        raise FeatureFault("geometry", "no geometry")
    kind = geometry.get("type") if isinstance(geometry, _Object) else None
    if not isinstance(kind, str) or geometry.twice:
        reason = "the geometry is broken (it has no type, or a key twice)"
        raise FeatureFault("geometry", reason, _short(geometry))
    if kind not in ("Polygon", "MultiPolygon"):
        raise FeatureFault("geometry", f"a {kind:.40} is no area")
    try:
        drawn = geometry["coordinates"]
        parts = [drawn] if kind == "Polygon" else drawn
        count = sum(len(ring) for part in parts for ring in part)
        if count > MOST_VERTICES:
            raise FeatureFault(
                "geometry",
                f"{count:,} positions, {MOST_VERTICES:,} at most can be used: "
                "simplify the outline",
            )
        polygons = [_polygon(part) for part in parts if part and part[0]]
    except _BROKEN as error:
        raise FeatureFault("geometry", f"the geometry is broken ({error})") from error
    if not polygons:
        raise FeatureFault("geometry", "the geometry is empty")
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _polygon(rings: list[Any]) -> shapely.Polygon:
    shell, *holes = [shapely.LinearRing(_positions(ring)) for ring in rings if ring]
    return shapely.Polygon(shell, holes)


def _positions(ring: list[Any]) -> NDArray[np.float64]:
    """Return longitude and latitude, shape (n, 2); a height is left out."""
    positions = np.array([position[:_PLANE] for position in ring], dtype=np.float64)
    if positions.ndim != _PLANE or positions.shape[1] != _PLANE:
        raise ValueError("a position is no pair of numbers")
    if not np.isfinite(positions).all():
        raise ValueError("a coordinate is no finite number")
    return positions


def _text(path: Path) -> str:
    """Return the text of a file, if it can be taken into memory."""
    try:
        size = path.stat().st_size
    except OSError:
        size = 0  # reading says what is wrong
    text = read_text(path) if size <= MOST_BYTES else ""
    if max(size, len(text)) > MOST_BYTES:
        raise SourceFormatError(
            f"the file is larger than {MOST_BYTES:,} bytes",
            where=str(path),
            remedy="Simplify the outlines, or round the coordinates to six digits.",
        )
    # every position and every object opens one bracket
    if text.count("[") + text.count("{") > MOST_POSITIONS:
        raise SourceFormatError(
            f"the file has more than {MOST_POSITIONS:,} positions and objects",
            where=str(path),
            remedy="Simplify the outlines.",
        )
    return text


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        where = f"{path}, line {error.lineno}"
        what = f"{error.msg}); the file may be cut short"
        cause: Exception = error
    except RecursionError as error:
        where, what, cause = str(path), "it nests too deep)", error
    except ValueError as error:  # an integer of more digits than Python reads
        where, what, cause = str(path), f"{error!s:.60})", error
    raise SourceFormatError(
        f"not valid JSON ({what}", where=where, remedy="Fetch it again."
    ) from cause


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        made.twice = next(key for key in keys if keys.count(key) > 1)
    return made


def _require_degrees(crs: Any, path: Path) -> None:
    """Refuse a file that names another coordinate system, in whatever form."""
    if crs is None:
        return
    held = crs.get("properties") if isinstance(crs, dict) else crs
    name = held.get("name") if isinstance(held, dict) else held
    known = tuple(degrees.upper() for degrees in _DEGREES)
    if not (isinstance(name, str) and name.upper().endswith(known)):
        said = name if isinstance(name, str) else _short(crs)
        raise SourceFormatError(
            f"the coordinate system is {said}, GeoJSON must be longitude and latitude",
            where=str(path),
            remedy=_REPROJECT,
        )


def _short(value: Any) -> str:
    """Return the beginning of a bad value, as JSON writes it."""
    return json.dumps(value, ensure_ascii=False)[:80] if value is not None else "null"
