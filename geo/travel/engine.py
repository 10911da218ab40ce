"""The one interface of travel engines: minutes to the nearest supply point.

The straight line stands behind it now; a road network fills the same table.
"""

from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.geodesy import nearest
from geo.sources.country import TravelParameters


class TravelEngine(Protocol):
    """Finds the nearest target of each origin."""

    @property
    def method(self) -> str:
        """Name of the method, as published with each value."""

    def nearest(
        self, origins: gpd.GeoDataFrame, targets: gpd.GeoDataFrame
    ) -> pd.DataFrame:
        """Return the way from each origin to its nearest target.

        Columns ``target`` (position, -1 for none), ``km``, ``minutes``,
        ``minutes_low`` and ``minutes_high``; index as ``origins``.
        """

    def fastest_minutes(self, km: np.ndarray, legal_kmh: float) -> np.ndarray:
        """Return minutes that no journey of ``km`` geodesic can undercut."""


def extent_km(settlements: pd.DataFrame, parameters: TravelParameters) -> pd.Series:
    """Return how far from its point a settlement may reach, in km.

    The radius of a disc that holds its people (the high end of their range) at the
    least density of a town or a village: r = sqrt(people / (pi x density)).

    Parameters
    ----------
    settlements
        ``population``, ``population_high``, ``urban``.
    parameters
        Densities per km2; without them every settlement is its point.

    Returns
    -------
    Series
        NaN where nothing is known of the population: then nothing bounds the way.
    """
    town, village = parameters.density_town_per_km2, parameters.density_village_per_km2
    if town is None or village is None:
        return pd.Series(0.0, index=settlements.index)
    people = settlements["population_high"].fillna(settlements["population"])
    density = settlements["urban"].eq("yes").map({True: town, False: village})
    radius = np.sqrt(people.to_numpy(float) / (np.pi * density.to_numpy(float)))
    return pd.Series(radius, index=settlements.index)


class StraightLine:
    """Geodesic distance times a detour factor, at a typical speed.

    minutes = km x detour / speed x 60; the low bound takes no detour and the highest
    legal speed. The high bound takes the slow detour and speed of the country's
    parameters, from the far edge of the settlement: km + :func:`extent_km`.
    """

    method = "straight line"

    def __init__(self, parameters: TravelParameters) -> None:
        self._parameters = parameters

    def nearest(
        self, origins: gpd.GeoDataFrame, targets: gpd.GeoDataFrame
    ) -> pd.DataFrame:
        """Return the nearest target by geodesic distance, see :class:`TravelEngine`."""
        p = self._parameters
        target, km = nearest(
            (origins["lon"].to_numpy(float), origins["lat"].to_numpy(float)),
            (targets["lon"].to_numpy(float), targets["lat"].to_numpy(float)),
        )
        far = km + extent_km(origins, p).to_numpy(float)
        return pd.DataFrame(
            {
                "target": target,
                "km": km,
                "minutes": km * p.detour / p.speed_kmh * 60,
                "minutes_low": self.fastest_minutes(km, p.speed_legal_kmh),
                "minutes_high": far * p.detour_slow / p.speed_slow_kmh * 60,
            },
            index=origins.index,
        )

    def fastest_minutes(self, km: np.ndarray, legal_kmh: float) -> np.ndarray:
        """Return km / legal speed, in minutes."""
        return km / legal_kmh * 60
