"""What a place is told by: people, towns, neighbours, where it lies.

Nothing here is made from cells, facilities or values: a covariate that contains what is
estimated would make every check look good.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from pyproj import Transformer

from geo.layers.geodesy import Floats, geodesic_km, nearest, within
from geo.types import Tristate

#: people from which a settlement is a city here, a convention
_CITY = 100_000
#: how far a larger neighbour is looked for, km
_FAR = 10.0


def covariates(places: pd.DataFrame, wanted: Sequence[str], crs: str) -> Floats:
    """Return the covariates of each place, shape (places, covariates).

    Parameters
    ----------
    places
        Settlements with ``lon, lat, population, urban, raion_centre``.
    wanted
        ``people`` and distances as log(1 + x); ``people_5_km`` and ``places_15_km`` the
        log of what lies around; ``east``, ``north`` in km.
    crs
        Metric coordinate system of the country.

    Returns
    -------
    array
        NaN where a place has no population.
    """
    people = places["population"].to_numpy(float)
    here = np.nan_to_num(people)
    flat = metric_km(places, crs)
    made: dict[str, Callable[[], Floats]] = {
        "people": lambda: np.log1p(people),
        "town_km": lambda: _log_km(places, places["urban"].eq(Tristate.YES)),
        "city_km": lambda: _log_km(places, here >= _CITY),
        "raion_centre_km": lambda: _log_km(
            places, places["raion_centre"].eq(Tristate.YES)
        ),
        "people_5_km": lambda: np.log1p(_around(places, here, 5.0)),
        "places_15_km": lambda: np.log1p(_around(places, np.ones(len(here)), 15.0)),
        "larger_place_km": lambda: np.log1p(_larger_km(places, here)),
        "east": lambda: flat[:, 0],
        "north": lambda: flat[:, 1],
    }
    return np.column_stack([made[name]() for name in wanted])


def metric_km(places: pd.DataFrame, crs: str) -> Floats:
    """Return east and north in km, shape (places, 2)."""
    project = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    east, north = project.transform(places["lon"].to_numpy(), places["lat"].to_numpy())
    return np.column_stack((east, north)) / 1000.0


def _log_km(places: pd.DataFrame, chosen: "pd.Series | np.ndarray") -> Floats:
    """Return the log of km to the nearest chosen place; 0 where there is none."""
    lon, lat = places["lon"].to_numpy(float), places["lat"].to_numpy(float)
    mask = np.asarray(chosen, dtype=bool)
    _, km = nearest((lon, lat), (lon[mask], lat[mask]))
    return np.log1p(np.nan_to_num(km))


def _around(places: pd.DataFrame, weight: Floats, km: float) -> Floats:
    """Return the weight of the other places within ``km``."""
    points = places["lon"].to_numpy(float), places["lat"].to_numpy(float)
    origin, other = within(points, points, km)
    summed = np.bincount(origin, weight[other], minlength=len(places))
    return np.asarray(summed - weight)


def _larger_km(places: pd.DataFrame, people: Floats) -> Floats:
    """Return km to the nearest place with more people, at most :data:`_FAR`."""
    lon, lat = places["lon"].to_numpy(float), places["lat"].to_numpy(float)
    origin, other = within((lon, lat), (lon, lat), _FAR)
    larger = people[other] > people[origin]
    origin, other = origin[larger], other[larger]
    km = np.full(len(places), _FAR)
    apart = geodesic_km(lon[origin], lat[origin], lon[other], lat[other])
    np.minimum.at(km, origin, apart)
    return km
