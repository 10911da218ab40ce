"""Nearest points and points within a radius, by geodesic distance.

A KD-tree on the unit sphere gives a shortlist, ``pyproj.Geod`` (WGS 84) the
distance. The chord and the geodesic differ by the flattening, at most 0.56 %, so the
shortlist is taken wide enough to hold the true nearest point.
"""

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import KDTree

WGS84 = Geod(ellps="WGS84")
_EARTH_KM = 6371.0088
#: chord on the sphere against the geodesic on the ellipsoid: relative margin
_MARGIN = 1.0075
#: rounding error of a chord (6 micrometres)
_NOISE = 1e-12
#: targets that are looked at first
_SHORTLIST = 4

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]


def unit_vectors(lon: Floats, lat: Floats) -> Floats:
    """Return points on the unit sphere, shape (n, 3), from degrees."""
    lam, phi = np.radians(lon), np.radians(lat)
    return np.column_stack(
        (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    )


def geodesic_km(lon1: Floats, lat1: Floats, lon2: Floats, lat2: Floats) -> Floats:
    """Return geodesic distances in km of point pairs in degrees (equal shapes)."""
    _, _, metres = WGS84.inv(lon1, lat1, lon2, lat2)
    return np.asarray(metres, dtype=np.float64) / 1000.0


def _chord(km: Floats) -> Floats:
    """Return chords on the unit sphere of arcs on the mean earth radius."""
    return np.asarray(2 * np.sin(np.minimum(km / _EARTH_KM, np.pi) / 2))


def nearest(
    origins: tuple[Floats, Floats], targets: tuple[Floats, Floats]
) -> tuple[Indices, Floats]:
    """Return index of and geodesic km to the nearest target of each origin.

    Parameters
    ----------
    origins, targets
        Longitudes and latitudes in degrees.

    Returns
    -------
    tuple
        Indices (-1 where there is no target) and km (NaN likewise), shape (n,).
        Of equally near targets the first wins.
    """
    count = len(origins[0])
    if len(targets[0]) == 0 or count == 0:
        return np.full(count, -1, dtype=np.int64), np.full(count, np.nan)
    here = unit_vectors(*origins)
    tree = KDTree(unit_vectors(*targets))
    k = min(_SHORTLIST, len(targets[0]))
    found = tree.query(here, k=[*range(1, k + 1)])
    chords, listed = np.asarray(found[0]), np.asarray(found[1], dtype=np.int64)
    best = listed[:, 0].copy()
    km = geodesic_km(*origins, targets[0][best], targets[1][best])
    # only what lies within the margin of the first can be nearer
    limit = _chord(km * _MARGIN) + _NOISE
    rivals = chords <= limit[:, None]
    # where the whole shortlist does, look beyond it
    beyond = rivals[:, -1] & (k < len(targets[0]))
    few = np.flatnonzero(rivals[:, 1:].any(axis=1) & ~beyond)
    row, place = np.nonzero(rivals[few])
    more = np.flatnonzero(beyond)
    balls = tree.query_ball_point(here[more], limit[more])
    rows = np.concatenate((few[row], np.repeat(more, [*map(len, balls)])))
    index = np.concatenate((listed[few[row], place], *balls)).astype(np.int64)
    again = np.union1d(few, more)
    best[again], km[again] = _first(rows, index, origins, targets)
    return best, km


def _first(
    rows: Indices,
    index: Indices,
    origins: tuple[Floats, Floats],
    targets: tuple[Floats, Floats],
) -> tuple[Indices, Floats]:
    """Return the nearest of the candidates of each row, the rows rising."""
    km = geodesic_km(
        origins[0][rows], origins[1][rows], targets[0][index], targets[1][index]
    )
    order = np.lexsort((index, np.round(km, 9), rows))
    starts = np.flatnonzero(np.diff(rows[order], prepend=-1))
    chosen = order[starts]
    return index[chosen], km[chosen]


def least_shifted(
    origins: tuple[Floats, Floats],
    targets: tuple[Floats, Floats],
    shift: Floats,
) -> Floats:
    """Return the least of geodesic km + shift over the targets, for each origin.

    Parameters
    ----------
    origins, targets
        Longitudes and latitudes in degrees.
    shift
        Km added to the way to each target, of either sign.

    Returns
    -------
    array
        Km, shape (n,); NaN where there is no target.
    """
    index, km = nearest(origins, targets)
    if len(index) == 0 or len(targets[0]) == 0:
        return km
    best: Floats = km + shift[index]
    # a better target lies no farther than this
    reach = np.maximum(best - shift.min(), 0.0)
    here, there = unit_vectors(*origins), unit_vectors(*targets)
    balls = KDTree(there).query_ball_point(here, _chord(reach * _MARGIN) + _NOISE)
    rows = np.repeat(np.arange(len(index)), [*map(len, balls)])
    other = np.concatenate(balls).astype(np.int64)
    # of these, one that is shifted less must lie nearer
    nearer = np.flatnonzero(
        np.linalg.norm(here[rows] - there[other], axis=1)
        <= _chord(np.maximum(best[rows] - shift[other], 0.0) * _MARGIN) + _NOISE
    )
    rows, other = rows[nearer], other[nearer]
    found = geodesic_km(
        origins[0][rows], origins[1][rows], targets[0][other], targets[1][other]
    )
    np.minimum.at(best, rows, found + shift[other])
    return best


def within(
    origins: tuple[Floats, Floats], targets: tuple[Floats, Floats], km: float
) -> tuple[Indices, Indices]:
    """Return the positions of all origins and targets at most ``km`` apart (geodesic).

    Returns
    -------
    tuple
        Positions in ``origins`` and in ``targets``, pair by pair, sorted by both.
    """
    if len(origins[0]) == 0 or len(targets[0]) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    left, right = KDTree(unit_vectors(*origins)), KDTree(unit_vectors(*targets))
    sure, possible = _chord(np.array([km / _MARGIN, km * _MARGIN]))
    pairs: NDArray[np.void] = np.asarray(
        left.sparse_distance_matrix(right, possible + _NOISE, output_type="ndarray")
    )
    # only where chord and geodesic may disagree is the geodesic needed
    kept = pairs["v"] <= sure - _NOISE
    shell = np.flatnonzero(~kept)
    i, j = pairs["i"][shell], pairs["j"][shell]
    kept[shell] = (
        geodesic_km(origins[0][i], origins[1][i], targets[0][j], targets[1][j]) <= km
    )
    size = len(targets[0])
    key = pairs["i"][kept].astype(np.int64) * size + pairs["j"][kept]
    key.sort()
    return key // size, key % size
