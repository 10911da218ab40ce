from dataclasses import replace

import numpy as np
import pytest

from geo.layers.geodesy import geodesic_km
from geo.layers.roads_build import read_roads
from geo.travel.roads.weigh import built_up_segments, weigh
from tests.travel.roads.small_roads import roads_of
from tests.travel.roads.test_tags import profile


def tagged(way, **nodes):
    """Two segments of 1,000 m, a -> b -> c, one way; tags of nodes by name."""
    roads = roads_of({"a": (0, 0), "b": (10, 0), "c": (20, 0)}, ["abc"])
    sets = ({}, way, *nodes.values())
    tags = np.zeros(3, np.int32)
    for position, name in enumerate(nodes, start=2):
        tags["abc".index(name)] = position
    return replace(roads, tag_sets=sets, way_tags=np.ones(1, np.int32), node_tags=tags)


def weighed(roads, name="car", inside=(False, False)):
    return weigh(roads, profile(name), np.array(inside))


def test_metres_by_speed_outside_and_inside():
    road = tagged({"highway": "tertiary"})
    found = weighed(road, inside=(False, True))
    both = [1000 * 3.6 / 58, 1000 * 3.6 / 38]
    np.testing.assert_allclose(found.seconds, [both, both])
    # asphalt is not told, but a bad day costs a tertiary road only the winter
    np.testing.assert_allclose(found.slow, np.array([both, both]) / 0.75)
    assert not found.impassable.any()


def test_a_closed_direction_is_infinite():
    found = weighed(tagged({"highway": "tertiary", "oneway": "-1"}))
    assert np.isinf(found.seconds[0]).all()
    assert np.isfinite(found.seconds[1]).all()
    assert (np.isinf(found.slow) == np.isinf(found.seconds)).all()


def test_a_node_is_paid_half_on_each_side():
    gate = {"barrier": "gate"}
    plain, gated = (
        weighed(tagged({"highway": "tertiary"}, **nodes)).seconds
        for nodes in ({}, {"b": gate})
    )
    np.testing.assert_allclose(gated - plain, np.full((2, 2), 15.0))


def test_a_barrier_that_stops_cars_is_impassable_to_them_only():
    road = tagged({"highway": "tertiary"}, b={"barrier": "bollard"})
    assert weighed(road).impassable.tolist() == [False, True, False]
    assert not weighed(road, "foot").impassable.any()


def test_a_ferry_spreads_its_time_over_its_length():
    found = weighed(tagged({"route": "ferry", "duration": "0:30"}))
    np.testing.assert_allclose(found.seconds, np.full((2, 2), 45 * 60 / 2))
    np.testing.assert_allclose(found.slow, np.full((2, 2), 75 * 60 / 2))


def test_nobody_is_faster_than_the_law_and_no_time_is_zero():
    # a ferry that claims a minute for 2 km: 15 minutes of waiting count all the same
    found = weighed(tagged({"route": "ferry", "duration": "0:01"}))
    assert found.seconds[0, 0] == 16 * 60 / 2
    short = tagged({"highway": "tertiary"})
    short = replace(short, segment_m=np.array([1e-9, 1000.0]))
    assert weighed(short).seconds[0, 0] == 1e-3


def test_a_hill_costs_who_walks_by_tobler():
    road = replace(tagged({"highway": "path"}), elevation=np.array([0.0, 50.0, np.nan]))
    found = weighed(road, "foot").seconds
    level = 1000 * 3.6 / 4.5
    # 5 % up: exp(-3.5 x 0.10) against exp(-3.5 x 0.05); 5 % down is the easiest
    assert found[0, 0] == pytest.approx(level * np.exp(3.5 * 0.05))
    assert found[1, 0] == pytest.approx(level * np.exp(-3.5 * 0.05))
    # beyond the void nothing is known of a slope
    assert found[0, 1] == found[1, 1] == pytest.approx(level)
    bridge = replace(road, tag_sets=({}, {"highway": "path", "bridge": "yes"}))
    assert weighed(bridge, "foot").seconds[0, 0] == pytest.approx(level)
    car = replace(road, tag_sets=({}, {"highway": "tertiary"}))
    assert weighed(car).seconds[0, 0] == pytest.approx(1000 * 3.6 / 58)


def test_a_segment_is_built_up_where_its_middle_is():
    road = roads_of({"a": (0, 0), "b": (0.02, 0), "c": (0.04, 0)}, ["abc"])
    near = float(geodesic_km(*map(np.array, (0.0, 0.0, 0.01, 0.0))))
    lon, lat = np.array([0.0, 5.0]), np.array([0.0, 5.0])
    for radius, wanted in ((near * 1.01, True), (near * 0.98, False)):
        found = built_up_segments(road, lon, lat, np.array([radius, np.nan]))
        assert found.tolist() == [wanted, False]


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["car", "ambulance", "foot"])
def test_liechtenstein_has_plausible_speeds(mirror, name):
    roads = read_roads(mirror / "osm/liechtenstein-2015.osm.pbf")
    found = weigh(roads, profile(name, "li"), np.zeros(len(roads.segment_m), bool))
    is_open = np.isfinite(found.seconds)
    share = (is_open * roads.segment_m).sum() / (2 * roads.segment_m.sum())
    kmh = 3.6 * roads.segment_m / found.seconds
    assert kmh.max() <= 160 if name == "ambulance" else kmh.max() <= 80.0001
    assert {"car": 0.6 < share < 0.7, "ambulance": 0.6 < share < 0.7}.get(
        name, share > 0.99
    )
    assert (found.slow >= found.seconds).all()
