"""Outlines that cross themselves: mended where the land is clear, else refused.

The land of a feature is the union of its parts, and a part is what lies inside its
shell and in none of its holes. So parts that overlap become one, and a hole outside
its shell takes nothing away and adds nothing. Only a ring that crosses itself leaves
open what is inside. Its lines enclose an area by their direction (loops turned the
other way count against it); the mended ring is compared with that, on the ellipsoid.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geo.sources.readers.geojson import FeatureFault

#: Share of its land that the mending of a feature may guess. A slip of the hand at a
#: border makes loops of some metres; a thousandth of a raion is a village.
MOST_GUESSED = 0.001
#: Pairs of segments near each other. Real borders have three to five per segment;
#: of a scribble each meets each, and every test of it is quadratic.
MOST_CLOSE = 5_000_000
#: Segments that cross. A border drawn in haste has tens; mending takes some tenths of
#: a millisecond for each.
MOST_CROSSINGS = 20_000
#: Below this many positions even a scribble is tested in no time.
_FEW = 2_000
#: Areas are told from this one up (a square metre, in km²).
_SEEN_KM2 = 1e-6
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True)
class Mended:
    """An outline without fault, and what was done, in words ("" if nothing)."""

    shape: BaseGeometry
    note: str = ""


def mended(shape: BaseGeometry) -> Mended:
    """Return a valid outline of the same land.

    Parameters
    ----------
    shape
        Polygon or MultiPolygon in degrees, as it is drawn.

    Raises
    ------
    FeatureFault
        If no area is left, the lines are a tangle, or more than
        :data:`MOST_GUESSED` of the land would be a guess; says so with figures.
    """
    if shapely.get_num_coordinates(shape) > _FEW:
        _crossings(shape, count=False)
    if shapely.is_valid(shape):
        return Mended(shape)
    why = shapely.is_valid_reason(shape)
    if _crossings(shape, count=True) > MOST_CROSSINGS:
        raise FeatureFault(
            "geometry", f"its lines cross in more than {MOST_CROSSINGS:,} places", why
        )
    whole, told = _land(shape, why)
    return Mended(
        whole, "; ".join([why, ", ".join(["the polygon was repaired", *told])])
    )


def area_km2(shape: BaseGeometry) -> float:
    """Return the area of polygons on the ellipsoid.

    >>> round(area_km2(shapely.box(24, 52, 24.4, 52.4)))
    1217
    """
    if shape.is_empty:
        return 0.0
    return abs(_GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def _land(shape: BaseGeometry, why: str) -> tuple[BaseGeometry, list[str]]:
    """Return the union of the parts, and what became of guesses, holes and overlaps."""
    lands, guessed, outside = [], 0.0, 0.0
    for part in shapely.get_parts(shape):
        shell, *holes = [_ring(ring) for ring in shapely.get_rings(part)]
        taken = shapely.union_all([hole for hole, _ in holes])
        guessed += sum(guess for _, guess in (shell, *holes))
        outside += area_km2(_polygonal(shapely.difference(taken, shell[0])))
        lands.append(_polygonal(shapely.difference(shell[0], taken)))
    whole = _polygonal(shapely.union_all(lands))
    total = area_km2(whole)
    if not total:
        raise FeatureFault("geometry", "no area is left of it", why)
    if guessed > MOST_GUESSED * total:
        raise FeatureFault(
            "geometry",
            "a ring crosses itself, and what lies inside is not clear: "
            f"{guessed:.4g} of {total:.4g} km² ({guessed / total:.2%}) would be "
            f"guessed, {MOST_GUESSED:.1%} at most may be",
            why,
        )
    overlap = sum(area_km2(land) for land in lands) - total
    figures = (
        (guessed, f"{guessed:.4g} of its {total:.4g} km² are a guess"),
        (outside, f"{outside:.4g} km² of holes outside of it were left out"),
        (overlap, f"parts that overlap by {overlap:.4g} km² became one"),
    )
    return whole, [text for km2, text in figures if km2 > _SEEN_KM2]


def _ring(ring: shapely.LinearRing) -> tuple[BaseGeometry, float]:
    """Return what a ring encloses, and how many km² of that are a guess."""
    inside = shapely.Polygon(ring)
    if shapely.is_valid(inside):
        return inside, 0.0
    made = _polygonal(
        # the other method takes minutes for 500 lines, and makes overlaps holes
        shapely.make_valid(inside, method="structure", keep_collapsed=False)
    )
    lon, lat = shapely.get_coordinates(ring).T
    turned = abs(_GEOD.polygon_area_perimeter(lon, lat)[0]) / 1e6
    return made, abs(area_km2(made) - turned)


def _polygonal(shape: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a result (it may hold loose lines)."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    areas = [part for part in parts if part.geom_type == "Polygon" and part.area]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _crossings(shape: BaseGeometry, *, count: bool) -> int:
    """Return how many pairs of segments cross, if they are to be counted.

    Raises
    ------
    FeatureFault
        If too many pairs are near each other to test them.
    """
    ends, ring = shapely.get_coordinates(
        shapely.get_rings(shapely.get_parts(shape)), return_index=True
    )
    pairs = np.stack([ends[:-1], ends[1:]], axis=1)[ring[:-1] == ring[1:]]
    lines = shapely.linestrings(pairs)
    tree = shapely.STRtree(lines)
    # so many at a time that even if each meets each it is no more than may be
    step = max(1, MOST_CLOSE // len(lines))
    close = crossing = 0
    for first in range(0, len(lines), step):
        one, other = tree.query(lines[first : first + step])
        close += len(one)
        if close > MOST_CLOSE:
            raise FeatureFault(
                "geometry",
                f"its {len(lines):,} lines are a tangle: more than {MOST_CLOSE:,} "
                "pairs of them are near each other",
            )
        if count:
            crossing += int(shapely.crosses(lines[one + first], lines[other]).sum())
    return crossing // 2
