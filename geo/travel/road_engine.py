"""Travel over the road network, behind the interface of travel engines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import simplify

from geo.layers.geodesy import Floats, geodesic_km
from geo.layers.model import Layers
from geo.layers.roads import Roads
from geo.sources.country import Country
from geo.travel.engine import (
    StraightLine,
    TravelEngine,
    Walk,
    Way,
    extent_km,
    peopled_km,
)
from geo.travel.roads.attach import attach
from geo.travel.roads.graph import Bools
from geo.travel.roads.nearest import nearest
from geo.travel.roads.network import RoadNetwork
from geo.travel.roads.places import Places
from geo.travel.roads.speeds import Speeds, load_speeds
from geo.travel.roads.ways import Ways
from geo.travel.roads.weigh import built_up_segments

#: about 10 m, in degrees: finer bends are not published
_SIMPLE_DEG = 1e-4
_FERRY = "ferry"
_FOOT = "foot"


def engine_for(
    layers: Layers, country: Country, tell: Callable[[str], None] | None = None
) -> TravelEngine:
    """Return the road network where the country has roads, else the straight line.

    Parameters
    ----------
    layers
        Settlements and roads.
    country
        Declarations.
    tell
        Is told what takes its time.

    Raises
    ------
    DeclarationError
        If there are roads but no ``speeds.yaml``.
    """
    if layers.roads is None:
        return StraightLine(country.parameters.travel)
    return RoadEngine(
        layers.roads, load_speeds(country), layers.settlements, country, tell
    )


@dataclass(frozen=True)
class _Network:
    """The roads as one profile uses them.

    ``home`` are the settlements, snapped; ``outside`` are those where the extract has
    ended.
    """

    roads: RoadNetwork
    home: Places
    outside: Bools


class RoadEngine:
    """The quickest way over the roads, with the walks between points and roads.

    The low bound is the geodesic one of the straight line: the network may lack a
    road. The high bound takes the roads of a bad day from the far edge of the
    settlement to the far edge of where the target may stand. Who is nearer to the
    target than a place may lie from a road also may walk straight, with the detour of
    the country's parameters. Where the extract has ended, the straight line stands.

    Parameters
    ----------
    roads, speeds, settlements, country
        What is travelled on, how, and by whom.
    tell
        Is told what takes its time.
    """

    method = "road network"
    on_foot = "on foot, straight line"

    def __init__(
        self,
        roads: Roads,
        speeds: Speeds,
        settlements: gpd.GeoDataFrame,
        country: Country,
        tell: Callable[[str], None] | None = None,
    ) -> None:
        self._roads, self._speeds = roads, speeds
        self._settlements, self._country = settlements, country
        self._parameters = country.parameters.travel
        self._straight = StraightLine(self._parameters)
        self._tell = tell or (lambda _detail: None)
        self._networks: dict[str, _Network] = {}

    def fastest_minutes(self, km: np.ndarray, legal_kmh: float) -> np.ndarray:
        """Return km / legal speed, in minutes."""
        return self._straight.fastest_minutes(km, legal_kmh)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what could not be placed on the network, per profile."""
        return tuple(
            f"roads ({name}): {int(net.home.unsnapped.sum() - net.outside.sum())}"
            f" settlements have no road within {self._speeds.snap.max_m:g} m,"
            f" {int(net.outside.sum())} lie beyond the extract,"
            f" {int(net.roads.index.islands.sum())} segments are cut off"
            for name, net in sorted(self._networks.items())
        )

    def nearest(
        self,
        origins: gpd.GeoDataFrame,
        targets: gpd.GeoDataFrame,
        kind: str = "",
        *,
        lines: bool = False,
    ) -> pd.DataFrame:
        """Return the quickest way over the roads, see :class:`TravelEngine`."""
        straight = self._straight.nearest(origins, targets, lines=lines)
        if not len(targets):
            return straight
        journey = self._speeds.journey(kind)
        net = self._network(journey.profile)
        home, outside = net.home, net.outside
        if origins is not self._settlements:
            home, outside = self._snapped(net.roads, origins)
        there, _ = self._snapped(net.roads, targets)
        ways = Ways(net.roads.ground, home, there, journey.towards)
        target = ways.nearest.target[:, 0].astype(np.int64)
        found = target >= 0
        table = straight.assign(
            target=target,
            way=np.select(
                [found, home.unsnapped], [Way.FOUND, Way.UNSNAPPED], Way.UNREACHABLE
            ),
            method=self.method,
            km=ways.km,
            geodesic_km=_apart(origins, targets, target),
            leg_m=home.leg_m,
            minutes=np.where(found, ways.nearest.seconds[:, 0] / 60, np.nan),
            minutes_high=self._high(net, origins, targets, (home, there), ways),
        )
        if lines:
            drawn, table["ferry"] = ways.lines(self._ferries)
            plain = simplify(drawn, _SIMPLE_DEG)
            table["line"] = pd.Series(plain, table.index, "object")
        return self._else_straight(self._or_on_foot(table, straight), straight, outside)

    def walks(
        self, origins: pd.DataFrame, targets: pd.DataFrame, *, km: float, walk: Walk
    ) -> pd.DataFrame:
        """Return the pairs within ``km`` along the ways, see :class:`TravelEngine`.

        As for facilities: near ones may be walked to straight, with the detour, and
        where the extract has ended the straight line stands.
        """
        snap = self._speeds.snap
        net = self._network(_FOOT)
        (home, beyond), (there, outside) = (
            self._snapped(net.roads, table) for table in (origins, targets)
        )
        found = net.roads.matrix(home, there, minutes=km / snap.walk_kmh * 60)
        ways = pd.DataFrame(
            {
                "origin": found["from_id"].astype("int64"),
                "target": found["to_id"].astype("int64"),
                "seconds": found["minutes"] * 60,
            }
        )
        straight = self._straight.walks(origins, targets, km=km, walk=walk)
        seconds = straight["seconds"].to_numpy()
        lost = beyond[straight["origin"]] | outside[straight["target"]]
        longest = min(
            float(walk.seconds(np.array(snap.max_m / 1000))), km / walk.kmh * 3600
        )
        pairs = pd.concat([ways, straight[lost | (seconds <= longest)]])
        keys = ["origin", "target"]
        return pairs.groupby(keys, sort=True)["seconds"].min().reset_index()

    def _high(
        self,
        net: _Network,
        origins: gpd.GeoDataFrame,
        targets: gpd.GeoDataFrame,
        places: tuple[Places, Places],
        ways: Ways,
    ) -> Floats:
        """Return minutes on a bad day, edge to edge; NaN where nothing bounds them."""
        p = self._parameters
        home, there = places
        spread = np.zeros(len(targets))
        if "spread_km" in targets:
            spread = targets["spread_km"].to_numpy(float)
        # who may stand anywhere proves no nearness
        known = replace(there, segment=np.where(np.isnan(spread), -1, there.segment))
        slow = net.roads.slow
        here, near = (attach(slow, net.roads.bad_day(side)) for side in (home, known))
        slow_s = p.detour_slow / p.speed_slow_kmh * 3600
        extra = np.nan_to_num(spread) * slow_s
        seconds = nearest(slow, here, near, towards=ways.towards, extra=extra).seconds[
            :, 0
        ]
        reach = extent_km(origins, p).to_numpy(float)
        minutes = (seconds + reach * slow_s) / 60
        return np.where(np.isfinite(minutes), minutes, np.nan)

    def _or_on_foot(self, table: pd.DataFrame, straight: pd.DataFrame) -> pd.DataFrame:
        """Let those walk straight who are quicker so and nearer than a walk may be."""
        p, snap = self._parameters, self._speeds.snap
        km, far = straight["km"], straight["km_high"]
        walk = (km * p.detour / snap.walk_kmh * 60).where(km * 1000 <= snap.max_m)
        high = far * p.detour_slow / snap.walk_slow_kmh * 60
        high = high.where(far * 1000 <= snap.max_m)
        out = table.copy()
        out["minutes_high"] = np.fmin(out["minutes_high"], high)
        walks = walk.notna() & ~(out["minutes"] <= walk)
        own = ["target", "geodesic_km", "way"]
        out.loc[walks, own] = straight.loc[walks, own]
        out.loc[walks, "km"] = km[walks] * p.detour
        out.loc[walks, "minutes"] = walk[walks]
        out.loc[walks, "method"] = self.on_foot
        if "line" in out:
            out.loc[walks, "line"] = None
            out.loc[walks, "ferry"] = False
        return out

    def _else_straight(
        self, table: pd.DataFrame, straight: pd.DataFrame, outside: Bools
    ) -> pd.DataFrame:
        """Put the straight line where the extract has ended."""
        alone = outside & ~table["way"].eq(Way.FOUND).to_numpy(bool)
        shared = [name for name in table if name in straight]
        out = table.copy()
        out.loc[alone, shared] = straight.loc[alone, shared]
        return out

    def _network(self, name: str) -> _Network:
        """Return the network of a profile, made when it is first asked for."""
        if name not in self._networks:
            self._tell(f"road graph: {name}")
            self._networks[name] = self._built(name)
        return self._networks[name]

    def _built(self, name: str) -> _Network:
        roads, profile = self._roads, self._speeds.profile(name)
        places = self._settlements
        network = RoadNetwork.of(
            roads,
            profile,
            self._speeds.snap,
            self._country.crs_metric,
            built_up_segments(
                roads,
                places["lon"].to_numpy(float),
                places["lat"].to_numpy(float),
                peopled_km(places, self._parameters).to_numpy(float),
            ),
        )
        return _Network(network, *self._snapped(network, places))

    def _snapped(
        self, network: RoadNetwork, table: pd.DataFrame
    ) -> tuple[Places, Bools]:
        """Return places on the network, and which lie beyond it."""
        snap = self._speeds.snap
        places = network.places(
            table["lon"].to_numpy(float),
            table["lat"].to_numpy(float),
            max(snap.beyond_km * 1000, snap.max_m),
        )
        outside = places.unsnapped
        far = ~(places.leg_m <= snap.max_m)
        nothing = {
            name: np.where(far, np.nan, getattr(places, name))
            for name in ("fraction", "road_lon", "road_lat", "leg_m", "leg_seconds")
        }
        segment = np.where(far, -1, places.segment).astype(np.int32)
        return replace(places, segment=segment, **nothing), outside

    @cached_property
    def _ferries(self) -> Bools:
        """Tell which segments are ferries."""
        roads = self._roads
        ferry = np.array([tags.get("route") == _FERRY for tags in roads.tag_sets], bool)
        return np.asarray(ferry[roads.way_tags[roads.segment_way]])


def _apart(
    origins: gpd.GeoDataFrame, targets: gpd.GeoDataFrame, target: np.ndarray
) -> Floats:
    """Return geodesic km to the target of each origin, NaN without one."""
    rows = np.flatnonzero(target >= 0)
    out = np.full(len(target), np.nan)
    one, other = origins.iloc[rows], targets.iloc[target[rows]]
    out[rows] = geodesic_km(
        *(
            table[axis].to_numpy(float)
            for table in (one, other)
            for axis in ("lon", "lat")
        )
    )
    return out
