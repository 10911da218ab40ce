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
    rows = np.repeat(np.arange(count), k)
    best, km = _first(rows, listed.ravel(), origins, targets)
    if k < len(targets[0]):
        # where the whole shortlist is within the margin, look beyond it
        more = np.flatnonzero(chords[:, -1] <= _chord(km * _MARGIN) + _NOISE)
        if len(more):
            balls = tree.query_ball_point(
                here[more], _chord(km[more] * _MARGIN) + _NOISE
            )
            rows = np.repeat(more, [len(ball) for ball in balls])
            best[more], km[more] = _first(
                rows, np.concatenate(balls).astype(np.int64), origins, targets
            )
    return best, km


def _first(
    rows: Indices,
    index: Indices,
    origins: tuple[Floats, Floats],
    targets: tuple[Floats, Floats],
) -> tuple[Indices, Floats]:
    """Return the nearest of the candidates of each row; ``rows`` in blocks."""
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
    balls = KDTree(unit_vectors(*targets)).query_ball_point(
        unit_vectors(*origins), _chord(reach * _MARGIN) + _NOISE
    )
    rows = np.repeat(np.arange(len(index)), [len(ball) for ball in balls])
    other = np.concatenate(balls).astype(np.int64)
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
