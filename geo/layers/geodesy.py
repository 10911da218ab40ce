"""Nearest points and points within a radius, by geodesic distance.

A KD-tree on the unit sphere gives a shortlist, ``pyproj.Geod`` (WGS 84) the
distance. The chord and the geodesic differ by the flattening, at most 0.56 %, so the
shortlist is taken wide enough to hold the true nearest point.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pyproj import Geod
from scipy.spatial import KDTree

WGS84 = Geod(ellps="WGS84")
_EARTH_KM = 6371.0088
#: chord on the sphere against the geodesic on the ellipsoid: relative margin
_MARGIN = 1.0075

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


def _chord(km: float) -> float:
    return float(2 * np.sin(min(km * _MARGIN / _EARTH_KM, np.pi) / 2))


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
    tree = KDTree(unit_vectors(*targets))
    k = min(4, len(targets[0]))
    chords, index = tree.query(unit_vectors(*origins), k=k)
    index = index.reshape(count, k).astype(np.int64)
    chords = chords.reshape(count, k)
    rows = np.repeat(np.arange(count), k)
    flat = index.ravel()
    km = geodesic_km(
        origins[0][rows], origins[1][rows], targets[0][flat], targets[1][flat]
    ).reshape(count, k)
    # ties and the flattening: order by rounded distance, then by target number
    order = np.lexsort((index, np.round(km, 9)), axis=1)[:, 0]
    every = np.arange(count)
    best, best_km = index[every, order], km[every, order]
    unsure = chords[:, -1] < 2 * np.sin(best_km * _MARGIN / _EARTH_KM / 2)
    for row in np.flatnonzero(unsure) if k < len(targets[0]) else []:
        # more than four targets within the margin: look at all of them
        close = np.sort(
            tree.query_ball_point(
                unit_vectors(origins[0][row : row + 1], origins[1][row : row + 1])[0],
                _chord(best_km[row]),
            )
        )
        distances = geodesic_km(
            np.full(len(close), origins[0][row]),
            np.full(len(close), origins[1][row]),
            targets[0][close],
            targets[1][close],
        )
        chosen = int(np.argmin(np.round(distances, 9)))
        best[row], best_km[row] = close[chosen], distances[chosen]
    return best, best_km


def within(
    origins: tuple[Floats, Floats], targets: tuple[Floats, Floats], km: float
) -> pd.DataFrame:
    """Return all pairs at most ``km`` apart: columns origin, target, km (geodesic).

    Sorted by origin, then target; indices are positions.
    """
    empty = pd.DataFrame(
        {
            "origin": np.empty(0, np.int64),
            "target": np.empty(0, np.int64),
            "km": np.empty(0),
        }
    )
    if len(origins[0]) == 0 or len(targets[0]) == 0:
        return empty
    left = KDTree(unit_vectors(*origins))
    right = KDTree(unit_vectors(*targets))
    pairs = left.sparse_distance_matrix(right, _chord(km), output_type="ndarray")
    if len(pairs) == 0:
        return empty
    origin, target = pairs["i"].astype(np.int64), pairs["j"].astype(np.int64)
    distance = geodesic_km(
        origins[0][origin], origins[1][origin], targets[0][target], targets[1][target]
    )
    found = pd.DataFrame({"origin": origin, "target": target, "km": distance})
    return (
        found[found["km"] <= km]
        .sort_values(["origin", "target"])
        .reset_index(drop=True)
    )
