"""The outline, raions and towns' ground of the invented country.

All shapes are made in a plane of kilometres east and north of :data:`CENTRE`;
:func:`lon_lat` turns them into degrees. Whatever is called a distance here is a
straight line in this plane; :mod:`geo.synthetic.roads` comes after everything else.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import KDTree

from geo.synthetic.streams import Floats, Geometries, Ints, Stream, random_stream

CENTRE = (28.25, 53.75)
KM_PER_DEGREE = (111.32 * math.cos(math.radians(CENTRE[1])), 111.2)
#: half width and height of the country of 1,200 settlements, km
HALF_EXTENT = (80.0, 81.0)
RAIONS_PER_OBLAST = 20
#: as many as there are digits for them in the codes
MOST_OBLASTS = 8
_ON_OUTLINE_KM = 0.01


@dataclass(frozen=True)
class Territory:
    """Raions of the country and the ground of its towns (plane, km).

    Attributes
    ----------
    outline
        The whole country.
    seeds
        A point inside each raion; the first raion of an oblast is its middle one.
    raions
        One polygon per raion, towns not yet cut out; neighbours share their border.
    oblast
        Number of the oblast of each raion.
    """

    outline: shapely.Polygon
    seeds: Floats
    raions: Geometries
    oblast: Ints


def raion_count(settlements: int) -> int:
    """Return how many raions a country of so many settlements has.

    Examples
    --------
    >>> raion_count(1200), raion_count(23_000)
    (12, 120)
    """
    return max(4, round(12 * math.pow(settlements / 1200, 0.78)))


def bounds(settlements: int) -> tuple[float, float, float, float]:
    """Return the box (west, south, east, north; degrees) that holds the country.

    Examples
    --------
    >>> bounds(1200)
    (27.0, 53.0, 29.5, 54.5)
    """
    width, height = _half_extent(settlements)
    east, north = (width + 2) / KM_PER_DEGREE[0], (height + 2) / KM_PER_DEGREE[1]
    return (
        math.floor(10 * (CENTRE[0] - east)) / 10,
        math.floor(10 * (CENTRE[1] - north)) / 10,
        math.ceil(10 * (CENTRE[0] + east)) / 10,
        math.ceil(10 * (CENTRE[1] + north)) / 10,
    )


def lon_lat(points: Floats) -> Floats:
    """Turn points of the plane (km) into degrees, to five decimals (about 1 m)."""
    degrees = np.asarray(points) / KM_PER_DEGREE + CENTRE
    return np.round(degrees, 5)


def to_degrees(shapes: Geometries) -> Geometries:
    """Turn shapes of the plane into longitude and latitude."""
    moved: Geometries = shapely.transform(shapes, lon_lat)
    return moved


def make_territory(seed: int, settlements: int) -> Territory:
    """Draw the outline and divide it into raions of about the same size."""
    rng = random_stream(seed, Stream.TERRITORY)
    outline = _outline(rng, *_half_extent(settlements))
    seeds = _spread(rng, outline, raion_count(settlements))
    oblast = _oblasts(seeds)
    centres = np.array([seeds[oblast == number].mean(axis=0) for number in oblast])
    order = np.lexsort((np.hypot(*(seeds - centres).T), oblast))
    seeds, oblast = seeds[order], oblast[order]
    return Territory(outline, seeds, _raions(rng, outline, seeds), oblast)


def blob(rng: np.random.Generator, centre: Floats, radius: float) -> shapely.Polygon:
    """Return an irregular round shape: the ground of a town."""
    angles = np.linspace(0, 2 * math.pi, 19)[:-1]
    radii = radius * rng.uniform(0.82, 1.12, angles.size)
    ring = centre + np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    return shapely.Polygon(ring)


def radius_km(ground: shapely.Polygon) -> float:
    """Return the radius of a circle as large as the ground of a town."""
    return math.sqrt(ground.area / math.pi)


def _half_extent(settlements: int) -> tuple[float, float]:
    scale = math.sqrt(raion_count(settlements) / raion_count(1200))
    return HALF_EXTENT[0] * scale, HALF_EXTENT[1] * scale


def _outline(rng: np.random.Generator, width: float, height: float) -> shapely.Polygon:
    angles = np.linspace(0, 2 * math.pi, 73)[:-1]
    cosine, sine = np.cos(angles), np.sin(angles)
    round_box = (np.abs(cosine) ** 5 + np.abs(sine) ** 5) ** (-1 / 5)
    dents = 1 - 0.09 * np.convolve(rng.random(74), np.ones(3) / 3, "valid")
    radii = round_box * dents
    return shapely.Polygon(
        np.column_stack([width * radii * cosine, height * radii * sine])
    )


def _spread(rng: np.random.Generator, outline: shapely.Polygon, count: int) -> Floats:
    """Return evenly spread points inside the outline (Lloyd's relaxation)."""
    west, south, east, north = outline.bounds
    cloud = rng.uniform((west, south), (east, north), (count * 150, 2))
    cloud = cloud[shapely.contains_xy(outline, cloud)]
    seeds = cloud[:count]
    for _ in range(12):
        _, nearest = KDTree(seeds).query(cloud)
        members = np.bincount(nearest, minlength=count)[:, None]
        sums = np.column_stack(
            [np.bincount(nearest, cloud[:, axis], count) for axis in (0, 1)]
        )
        seeds = sums / np.maximum(members, 1)
    return seeds


def _oblasts(seeds: Floats) -> Ints:
    """Return the oblast of each raion: strips from west to east, cut in two."""
    count = min(MOST_OBLASTS, max(1, round(len(seeds) / RAIONS_PER_OBLAST)))
    out = np.zeros(len(seeds), dtype=np.int64)
    strips = max(1, math.ceil(count / 2))
    number = 0
    for position, strip in enumerate(np.array_split(np.argsort(seeds[:, 0]), strips)):
        halves = 2 if 2 * position + 1 < count else 1
        for part in np.array_split(strip[np.argsort(seeds[strip, 1])], halves):
            out[part] = number
            number += 1
    return out


def _raions(
    rng: np.random.Generator, outline: shapely.Polygon, seeds: Floats
) -> Geometries:
    """Divide the outline by nearest seed, with borders bent like those of raions."""
    cells = shapely.voronoi_polygons(shapely.MultiPoint(seeds), extend_to=outline)
    clipped = shapely.intersection(shapely.get_parts(cells), outline)
    lines = shapely.get_parts(
        shapely.line_merge(shapely.node(shapely.multilinestrings(_rings(clipped))))
    )
    start = rng.integers(2**31)
    for bend in (0.14, 0.08, 0.04, 0.0):
        again = np.random.Generator(np.random.PCG64(start))
        bent = [_bent(again, line, outline, bend) for line in lines]
        polygons = shapely.get_parts(shapely.polygonize([shapely.union_all(bent)]))
        owner = shapely.STRtree(polygons).query(shapely.points(seeds), "within")
        if len(polygons) == len(seeds) and len(set(owner[1])) == len(seeds):
            break
    found: Geometries = polygons[owner[1][np.argsort(owner[0])]]
    return found


def _rings(polygons: Geometries) -> list[shapely.LineString]:
    return [shapely.LineString(shapely.get_coordinates(shape)) for shape in polygons]


def _bent(
    rng: np.random.Generator,
    line: shapely.LineString,
    outline: shapely.Polygon,
    bend: float,
) -> shapely.LineString:
    """Displace the middles of a border, half as far at each finer level."""
    points = shapely.get_coordinates(line)
    if (
        shapely.distance(line.interpolate(0.5, normalized=True), outline.exterior)
        < _ON_OUTLINE_KM
    ):
        return line
    for level in range(4):
        along = np.diff(points, axis=0)
        aside = np.column_stack([-along[:, 1], along[:, 0]])
        shift = rng.uniform(-bend, bend, (len(along), 1)) * 0.8**level
        middles = points[:-1] + along / 2 + aside * shift
        merged = np.empty((len(points) + len(middles), 2))
        merged[0::2], merged[1::2] = points, middles
        points = merged
    return shapely.LineString(points)
