"""The roads of a file or a country as one profile travels them: the Python API.

A worked example stands in docs/roads.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layers.geodesy import Floats
from geo.layers.roads import Roads
from geo.layers.roads_build import read_roads
from geo.sources.country import load_country
from geo.travel.roads.attach import attach
from geo.travel.roads.build import build_graph, reweighted
from geo.travel.roads.graph import Bools, RoadGraph
from geo.travel.roads.isochrones import isochrones
from geo.travel.roads.matrix import matrix
from geo.travel.roads.nearest import nearest
from geo.travel.roads.parallel import Client
from geo.travel.roads.places import Places
from geo.travel.roads.profiles import Snap
from geo.travel.roads.route import Route
from geo.travel.roads.snap import SnapIndex
from geo.travel.roads.speeds import load_speeds
from geo.travel.roads.tags import TravelProfile
from geo.travel.roads.turns import holding
from geo.travel.roads.ways import Ground, Ways
from geo.travel.roads.weigh import weigh
from geo.types import Status

if TYPE_CHECKING:
    import networkx as nx

#: longitude and latitude in degrees
Spot = tuple[float, float]


@dataclass(frozen=True)
class RoadNetwork:
    """Roads, as one profile travels them.

    Attributes
    ----------
    ground
        Roads and graph, in typical seconds and in metres.
    slow
        The same graph on a bad day.
    index
        Where places are snapped.
    snap
        How far, and how one walks there.
    crs_metric
        For areas on the map.
    """

    ground: Ground
    slow: RoadGraph
    index: SnapIndex
    snap: Snap
    crs_metric: str

    @classmethod
    def read(cls, path: Path, country: str, profile: str = "car") -> "RoadNetwork":
        """Read an OSM file (PBF or XML), with the speeds of a country.

        Nothing is known of settlements, so only the tags tell what is built up.

        Raises
        ------
        SourceFormatError
            If the file cannot be read or holds no road.
        DeclarationError
            If the country has no speeds.yaml.
        """
        declared = load_country(country)
        speeds = load_speeds(declared)
        roads = read_roads(path)
        return cls.of(
            roads,
            speeds.profile(profile),
            speeds.snap,
            declared.crs_metric,
            np.zeros(len(roads.segment_m), bool),
        )

    @classmethod
    def of(
        cls,
        roads: Roads,
        profile: TravelProfile,
        snap: Snap,
        crs_metric: str,
        built_up: Bools,
    ) -> "RoadNetwork":
        """Return the network of roads for a profile.

        Parameters
        ----------
        built_up
            Which segments lie in built-up areas, shape (m,).
        """
        weights = weigh(roads, profile, built_up)
        turns = (
            holding(roads, profile.turn_words)
            if profile.turn_words
            else np.zeros(len(roads.restrictions), bool)
        )
        graph = build_graph(roads, weights.seconds, weights.impassable, turns=turns)
        metres = np.where(np.isfinite(weights.seconds), roads.segment_m, np.inf)
        return cls(
            Ground(roads, graph, reweighted(graph, metres)),
            reweighted(graph, weights.slow),
            SnapIndex(roads, graph, crs_metric, snap.island_km),
            snap,
            crs_metric,
        )

    def places(self, lon: Floats, lat: Floats, max_m: float | None = None) -> Places:
        """Snap points to the nearest usable road within ``max_m`` metres."""
        return self.index.snap(
            np.asarray(lon, float),
            np.asarray(lat, float),
            max_m=self.snap.max_m if max_m is None else max_m,
            walk_kmh=self.snap.walk_kmh,
        )

    def bad_day(self, places: Places) -> Places:
        """Return places whose walks take as long as on a bad day."""
        factor = self.snap.walk_kmh / self.snap.walk_slow_kmh
        return replace(places, leg_seconds=places.leg_seconds * factor)

    def nearest(
        self, origins: Places, targets: Places, *, k: int = 1, towards: bool = True
    ) -> pd.DataFrame:
        """Return the k nearest targets of each origin.

        Returns
        -------
        DataFrame
            ``origin``, ``rank`` (1 is the nearest), ``target`` (position, NA without
            one), ``minutes`` (NaN) and ``status``: modelled, unsnapped, unreachable.
            An origin with fewer than k targets has fewer rows, but always one.
        """
        graph = self.ground.graph
        found = nearest(
            graph, attach(graph, origins), attach(graph, targets), k=k, towards=towards
        )
        shape = found.target.shape
        table = pd.DataFrame(
            {
                "origin": np.repeat(np.arange(shape[0]), k),
                "rank": np.tile(np.arange(1, k + 1), shape[0]),
                "target": found.target.ravel(),
                "minutes": found.seconds.ravel() / 60,
            }
        )
        kept = (table["target"] >= 0) | (table["rank"] == 1)
        table = table[kept].reset_index(drop=True)
        lost = table["target"] < 0
        unsnapped = lost & origins.unsnapped[table["origin"]]
        table["status"] = np.select(
            [unsnapped, lost],
            [Status.UNSNAPPED.value, Status.UNREACHABLE.value],
            Status.MODELLED.value,
        )
        table["minutes"] = table["minutes"].mask(lost)
        table["target"] = table["target"].astype("Int64").mask(lost)
        return table

    def matrix(
        self,
        origins: Places,
        targets: Places,
        *,
        minutes: float,
        towards: bool = True,
        client: Client | None = None,
    ) -> pd.DataFrame:
        """Return all pairs within so many minutes: ``from_id``, ``to_id``, ``minutes``.

        As :mod:`geo.travel.roads.catchments` takes it; a pair that is not there is
        farther, or has no way.
        """
        graph = self.ground.graph
        found = matrix(
            graph,
            attach(graph, origins),
            attach(graph, targets),
            cutoff=minutes * 60,
            towards=towards,
            client=client,
        )
        return pd.DataFrame(
            {
                "from_id": found.origin,
                "to_id": found.target,
                "minutes": found.seconds / 60,
            }
        )

    def route(self, start: Spot, end: Spot) -> Route | None:
        """Return the quickest way from one spot to another, None without one."""
        one, other = (self.places(*np.array([spot]).T) for spot in (start, end))
        return Ways(self.ground, one, other).route(0)

    def isochrones(
        self, spot: Spot, minutes: Sequence[float], *, towards: bool = False
    ) -> gpd.GeoDataFrame:
        """Return what is reached from a spot (or reaches it) within minutes.

        See :func:`geo.travel.roads.isochrones.isochrones`.
        """
        place = self.places(*np.array([spot]).T)
        return isochrones(self.ground, place, minutes, self.crs_metric, towards=towards)

    def to_osmnx(self) -> "nx.MultiDiGraph":
        """Return the graph as osmnx and networkx know it."""
        # networkx is wanted by few
        from geo.travel.roads.osmnx_bridge import to_osmnx  # noqa: PLC0415

        return to_osmnx(self.ground)
