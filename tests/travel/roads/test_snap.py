"""Points on roads: nearest spot, walking leg, and what is refused."""

import numpy as np
import pytest

from geo.errors import RoadError
from geo.layers.geodesy import geodesic_km
from geo.travel.roads.build import build_graph
from geo.travel.roads.snap import SnapIndex
from tests.travel.roads.small_roads import roads_of

#: a road east from (25, 53), 0.02 degrees long; one north from its middle node
NODES = {"a": (25, 53), "b": (25.01, 53), "c": (25.02, 53), "d": (25.01, 53.01)}


def index_of(ways, island_km=0.0, closed=()):
    roads = roads_of(NODES, ways)
    roads.segment_m[:] = 1000 * geodesic_km(
        roads.lon[roads.segment_from],
        roads.lat[roads.segment_from],
        roads.lon[roads.segment_to],
        roads.lat[roads.segment_to],
    )
    seconds = np.full((2, len(roads.segment_way)), 60.0)
    seconds[:, list(closed)] = np.inf
    graph = build_graph(roads, seconds, np.zeros(len(roads.lon), bool))
    return SnapIndex(roads, graph, "EPSG:32635", island_km)


def snap(index, *points, max_m=500.0):
    lon, lat = np.array(points, float).reshape(-1, 2).T
    return index.snap(lon, lat, max_m=max_m, walk_kmh=3.6)


def test_a_point_is_snapped_to_a_spot_on_a_segment_not_to_a_node():
    places = snap(index_of(["abc"]), (25.0025, 53.002))
    assert places.segment.tolist() == [0]
    assert places.fraction[0] == pytest.approx(0.25, abs=1e-4)
    assert places.road_lon[0] == pytest.approx(25.0025, abs=1e-6)
    assert places.road_lat[0] == pytest.approx(53.0)
    # 0.002 degrees of latitude are 222.6 m here; 3.6 km/h is 1 m/s
    assert places.leg_m[0] == pytest.approx(222.6, abs=0.1)
    assert places.leg_seconds[0] == pytest.approx(places.leg_m[0])


def test_of_equally_near_segments_the_lowest_is_taken():
    # south of b, where three segments meet
    for ways in (["abc", "bd"], ["db", "cba"]):
        places = snap(index_of(ways), (25.01, 52.999))
        assert places.segment.tolist() == [0]
        assert places.fraction.tolist() == [1.0]


def test_beyond_the_limit_a_point_stays_unsnapped_without_numbers():
    places = snap(index_of(["abc"]), (25.005, 53.002), (25.005, 53.01))
    assert places.unsnapped.tolist() == [False, True]
    for values in (places.fraction, places.road_lon, places.road_lat, places.leg_m):
        assert np.isfinite(values[0])
        assert np.isnan(values[1])
    assert np.isnan(places.leg_seconds[1])


def test_the_limit_is_geodesic_far_from_the_central_meridian_too():
    # the meridian of zone 38 is 20 degrees off: on its map lengths are 2 % too long
    roads = roads_of(NODES, ["abc"])
    graph = build_graph(roads, np.ones((2, 2)), np.zeros(4, bool))
    index = SnapIndex(roads, graph, "EPSG:32638", 0.0)
    places = index.snap(
        np.array([25.005]), np.array([53.002]), max_m=222.7, walk_kmh=4.0
    )
    assert places.leg_m[0] == pytest.approx(222.6, abs=0.1)


def test_closed_roads_and_islands_are_not_snapped_to():
    near_d = (25.0101, 53.0099)
    assert snap(index_of(["abc", "bd"]), near_d).segment.tolist() == [2]
    closed = snap(index_of(["abc", "bd"], closed=[2]), near_d, max_m=2000)
    assert closed.segment.tolist() == [1]
    assert snap(index_of(["ab", "cd"], island_km=1.0), near_d).segment.tolist() == [1]
    island = index_of(["ab", "cd"], island_km=1.0)
    assert island.islands.tolist() == [True, False]  # 0.67 km and 1.3 km


def test_without_any_road_all_points_are_unsnapped():
    places = snap(index_of(["abc"], closed=[0, 1]), (25, 53))
    assert places.unsnapped.tolist() == [True]
    assert len(snap(index_of(["abc"]))) == 0


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ((np.nan, 53), "point 1: nan is no longitude (1 such points)"),
        ((25, 91), "point 1: 91.0 is no latitude (1 such points)"),
        ((-181, 53), "point 1: -181.0 is no longitude (1 such points)"),
    ],
)
def test_a_point_that_is_no_place_is_named(point, said):
    with pytest.raises(RoadError) as fault:
        snap(index_of(["abc"]), (25, 53), point)
    assert str(fault.value).startswith(said)


def test_limits_must_be_positive():
    with pytest.raises(RoadError, match=r"max_m is 0\.0\. Give a number above 0"):
        snap(index_of(["abc"]), (25, 53), max_m=0.0)


def test_points_need_as_many_latitudes_as_longitudes():
    with pytest.raises(RoadError, match=r"longitudes of shape \(2,\)"):
        index_of(["abc"]).snap(np.zeros(2), np.zeros(1), max_m=1.0, walk_kmh=4.0)
