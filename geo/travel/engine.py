"""The one interface of travel engines: minutes to the nearest supply point.

The straight line stands behind it, and the road network of
:mod:`geo.travel.road_engine`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.geodesy import geodesic_km, least_shifted, nearest, within
from geo.sources.country import TravelParameters
from geo.types import Kind

#: half the way round the earth
_ANYWHERE_KM = 20_000.0


class Way(StrEnum):
    """Whether an engine found a way."""

    FOUND = "found"
    UNSNAPPED = "unsnapped"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Walk:
    """On foot in the straight line: seconds = km x ``detour`` / ``kmh`` x 3600."""

    kmh: float
    detour: float

    def seconds(self, km: np.ndarray) -> np.ndarray:
        """Return the seconds of geodesic km, any shape."""
        return np.asarray(km * self.detour / self.kmh * 3600)


class TravelEngine(Protocol):
    """Finds the nearest target of each origin."""

    @property
    def method(self) -> str:
        """Name of the method, as published with each value."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what was met on the way, for the end of a build."""

    def nearest(
        self,
        origins: gpd.GeoDataFrame,
        targets: gpd.GeoDataFrame,
        kind: str = "",
        *,
        lines: bool = False,
    ) -> pd.DataFrame:
        """Return the way from each origin to its nearest target.

        Parameters
        ----------
        origins
            Settlements: ``lon``, ``lat`` and what :func:`extent_km` looks at.
        targets
            ``lon``, ``lat``; a column ``spread_km`` says how far from its point each
            may stand, NaN where not known; the bounds hold wherever they stand.
        kind
            Kind of the targets; it decides who travels, and in which direction.
        lines
            Whether the ways are wanted as lines.

        Returns
        -------
        DataFrame
            Index as ``origins``. ``target`` (position, -1 for none), ``way`` (a
            :class:`Way`), ``method``, ``km`` along the way, ``geodesic_km`` to the same
            target, ``leg_m`` (on foot from the origin's point to the road),
            ``minutes``, ``minutes_high``; whatever the way: ``km_low`` and
            ``minutes_low``, which nobody can undercut, and ``straight_minutes``, what
            the straight line says to ``straight_target``.
            With ``lines``: ``line`` in degrees (None without one) and ``ferry``.
        """

    def fastest_minutes(self, km: np.ndarray, legal_kmh: float) -> np.ndarray:
        """Return minutes that no journey of ``km`` geodesic can undercut."""

    def walks(
        self, origins: pd.DataFrame, targets: pd.DataFrame, *, km: float, walk: "Walk"
    ) -> pd.DataFrame:
        """Return all pairs that are a walk apart.

        Parameters
        ----------
        origins, targets
            ``lon``, ``lat``.
        km
            How far one walks: along the ways where there are roads, else as the crow
            flies.
        walk
            How, where no network of ways is known.

        Returns
        -------
        DataFrame
            ``origin`` and ``target`` (positions), ``seconds`` on foot, sorted.
        """


def extent_km(settlements: pd.DataFrame, parameters: TravelParameters) -> pd.Series:
    """Return how far from its point a settlement may reach, in km.

    See :func:`peopled_km`; where nothing is known of the people it is the largest
    extent that is stated for a class which the settlement may have.

    Parameters
    ----------
    settlements
        As there, and ``kinds_possible``.
    parameters
        Densities per km2 and extents by class.

    Returns
    -------
    Series
        NaN where nothing is known or stated: then nothing bounds the way.
    """
    radius, stated = peopled_km(settlements, parameters), parameters.extent_km
    if not stated or radius.notna().all():
        return radius
    widest = {
        kinds: max(stated[Kind(kind)] for kind in kinds)
        for kinds in set(settlements["kinds_possible"].map(tuple))
        if kinds and stated.keys() >= set(kinds)
    }
    return radius.fillna(settlements["kinds_possible"].map(tuple).map(widest))


def peopled_km(settlements: pd.DataFrame, parameters: TravelParameters) -> pd.Series:
    """Return how far from its point a settlement reaches by its people, in km.

    The radius of a disc that holds them (the high end of their range) at the least
    density of a town or a village: r = sqrt(people / (pi x density)).

    Parameters
    ----------
    settlements
        ``population``, ``population_high``, ``urban``.
    parameters
        Densities per km2; without them every settlement is its point.

    Returns
    -------
    Series
        NaN where nothing is known of the population.
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
    parameters, from the far edge of the settlement: km + :func:`extent_km`. A target
    that may stand ``spread_km`` from its point is that much nearer in the low bound
    and farther in the high one.
    """

    method = "straight line"
    notes: tuple[str, ...] = ()

    def __init__(self, parameters: TravelParameters) -> None:
        self._parameters = parameters

    def nearest(
        self,
        origins: gpd.GeoDataFrame,
        targets: gpd.GeoDataFrame,
        kind: str = "",  # noqa: ARG002 - everybody travels alike
        *,
        lines: bool = False,
    ) -> pd.DataFrame:
        """Return the nearest target by geodesic distance, see :class:`TravelEngine`.

        ``km_high``: how far it is at most, from the far edge of the settlement.
        """
        p = self._parameters
        target, km = nearest(_points(origins), _points(targets))
        reach = extent_km(origins, p).to_numpy(float)
        near, far = _spread_bounds(origins, targets, km, widest=_widest(reach))
        far += reach
        minutes = km * p.detour / p.speed_kmh * 60
        table = pd.DataFrame(
            {
                "target": target,
                "way": np.where(target >= 0, Way.FOUND, Way.UNREACHABLE),
                "method": self.method,
                "km": km,
                "geodesic_km": km,
                "leg_m": np.nan,
                "km_low": near,
                "km_high": far,
                "minutes": minutes,
                "straight_minutes": minutes,
                "straight_target": target,
                "minutes_low": self.fastest_minutes(near, p.speed_legal_kmh),
                "minutes_high": far * p.detour_slow / p.speed_slow_kmh * 60,
            },
            index=origins.index,
        )
        return table.assign(line=None, ferry=False) if lines else table

    def fastest_minutes(self, km: np.ndarray, legal_kmh: float) -> np.ndarray:
        """Return km / legal speed, in minutes."""
        return km / legal_kmh * 60

    def walks(
        self, origins: pd.DataFrame, targets: pd.DataFrame, *, km: float, walk: Walk
    ) -> pd.DataFrame:
        """Return the pairs within ``km``, see :class:`TravelEngine`."""
        here, there = _points(origins), _points(targets)
        origin, target = within(here, there, km)
        away = geodesic_km(
            *(axis[origin] for axis in here), *(axis[target] for axis in there)
        )
        table = pd.DataFrame(
            {"origin": origin, "target": target, "seconds": walk.seconds(away)}
        )
        return table.sort_values(["origin", "target"], ignore_index=True)


def _spread_bounds(
    origins: gpd.GeoDataFrame,
    targets: gpd.GeoDataFrame,
    km: np.ndarray,
    *,
    widest: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Return km that the nearest target is away at least and at most.

    With d to the point of a target that stands up to s from it, the nearest is
    between min(d - s) and min(d + s) away. A target of unknown s proves no nearness,
    and may stand as far from its point as the ``widest`` settlement of the country
    reaches.
    """
    if "spread_km" not in targets or not len(targets):
        return km.copy(), km.copy()
    spread = targets["spread_km"].to_numpy(float)
    known = np.isfinite(spread)
    here, there = _points(origins), _points(targets)
    near = least_shifted(here, there, -np.where(known, spread, widest))
    far = least_shifted(here, _points(targets[known]), spread[known])
    return np.maximum(near, 0.0), far


def _widest(reach: np.ndarray) -> float:
    """Return the farthest that any settlement of known people reaches, in km."""
    return float(np.nanmax(reach)) if np.isfinite(reach).any() else _ANYWHERE_KM


def _points(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return table["lon"].to_numpy(float), table["lat"].to_numpy(float)
