"""The road network behind the engine, on a road that can be checked on paper."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DeclarationError
from geo.layers.geodesy import geodesic_km
from geo.sources.country import load_country
from geo.travel.engine import StraightLine, Walk, Way
from geo.travel.road_engine import RoadEngine, engine_for
from geo.travel.roads.speeds import load_speeds
from tests.travel.roads.small_roads import roads_of

COUNTRY = load_country("demo")
SPEEDS = load_speeds(COUNTRY)
#: degrees; at 53 N a hundredth is 1.1 km northwards and 0.67 km eastwards
WEST, SOUTH, STEP = 27.0, 53.0, 0.01


def roads(nodes, ways, **changes):
    """Roads through nodes in hundredths of a degree, with geodesic lengths."""
    spots = {
        name: (WEST + x * STEP, SOUTH + y * STEP) for name, (x, y) in nodes.items()
    }
    bare = roads_of(spots, ways)
    a, b = bare.segment_from, bare.segment_to
    metres = 1000 * geodesic_km(bare.lon[a], bare.lat[a], bare.lon[b], bare.lat[b])
    tags = ({}, {"highway": "tertiary", "surface": "asphalt"})
    made = replace(
        bare, segment_m=metres, tag_sets=tags, way_tags=np.ones(len(ways), np.int32)
    )
    return replace(made, **changes)


def frame(*spots, **columns):
    lon = [WEST + x * STEP for x, _ in spots]
    lat = [SOUTH + y * STEP for _, y in spots]
    table = gpd.GeoDataFrame(
        {"lon": lon, "lat": lat}, geometry=gpd.points_from_xy(lon, lat), crs=4326
    )
    return table.assign(**columns)


def villages(*spots, people=0.0):
    return frame(
        *spots, urban="no", population=people, population_high=people
    ).set_axis([f"v{k}" for k in range(len(spots))])


def engine(network, homes):
    return RoadEngine(network, SPEEDS, homes, COUNTRY)


def long_road():
    """A road of 40 km to the north, and one of 20 km to the east at its end."""
    north = {f"n{k}": (0, k) for k in range(37)}
    east = {f"e{k}": (k, 36) for k in range(1, 31)}
    names = [*north, *east]
    return roads(north | east, [names])


def test_minutes_and_km_by_road_on_paper():
    network = long_road()
    homes = villages((0, 10))
    clinic = frame((20, 36))
    found = engine(network, homes).nearest(homes, clinic, lines=True).iloc[0]
    km = network.segment_m[10:56].sum() / 1000
    assert found["way"] == Way.FOUND
    assert found["target"] == 0
    assert found["km"] == pytest.approx(km, rel=1e-9)
    # a tertiary road outside: 58 km/h; the last segment is as long as the others
    assert found["minutes"] == pytest.approx(km / 58 * 60, rel=1e-9)
    # winter takes three quarters of the speed
    assert found["minutes_high"] == pytest.approx(km / 58 / 0.75 * 60, rel=1e-9)
    straight = StraightLine(COUNTRY.parameters.travel).nearest(homes, clinic).iloc[0]
    assert found["minutes_low"] == straight["minutes_low"]
    assert found["straight_minutes"] == straight["minutes"]
    assert found["geodesic_km"] == straight["km"]
    # two straight pieces, simplified
    assert len(found["line"].coords) == 3
    assert not found["ferry"]


def test_the_walk_to_the_road_counts():
    homes = villages((0.5, 10))
    found = engine(long_road(), homes).nearest(homes, frame((20, 36))).iloc[0]
    assert found["leg_m"] == pytest.approx(335, abs=1)
    on_road = villages((0, 10))
    without = engine(long_road(), on_road).nearest(on_road, frame((20, 36))).iloc[0]
    walk = found["leg_m"] / 1000 / 4.5 * 60
    assert found["minutes"] == pytest.approx(without["minutes"] + walk, rel=1e-4)
    slow_walk = found["leg_m"] / 1000 / 3 * 60
    assert found["minutes_high"] == pytest.approx(
        without["minutes_high"] + slow_walk, rel=1e-4
    )


def test_far_from_any_road_is_unsnapped_and_no_number():
    homes = villages((0, 10), (3, 10))  # 2 km from the road
    made = engine(long_road(), homes)
    found = made.nearest(homes, frame((20, 36)), lines=True).loc["v1"]
    assert found["way"] == Way.UNSNAPPED
    assert found["target"] == -1
    assert found[["minutes", "minutes_high", "km", "leg_m"]].isna().all()
    assert found["line"] is None
    assert found["minutes_low"] > 0
    (note,) = made.notes
    assert note.startswith(
        "roads (car): 1 settlements have no road within 1000 m, 0 lie"
    )


def test_beyond_the_extract_the_straight_line_stands():
    homes = villages((0, 10), (-30, 10))  # 20 km from the road
    clinic = frame((20, 36))
    found = engine(long_road(), homes).nearest(homes, clinic)
    straight = StraightLine(COUNTRY.parameters.travel).nearest(homes, clinic)
    assert found["method"].tolist() == ["road network", "straight line"]
    assert found.loc["v1", "minutes"] == straight.loc["v1", "minutes"]


def test_on_the_network_without_a_way_is_unreachable():
    # two roads of 11 km that do not meet; the clinic stands on the other one
    nodes = {"a": (0, 0), "b": (0, 10), "c": (3, 0), "d": (3, 10)}
    homes = villages((0, 5))
    found = engine(roads(nodes, ["ab", "cd"]), homes).nearest(homes, frame((3, 5)))
    assert found["way"].tolist() == [Way.UNREACHABLE]
    assert found[["minutes", "minutes_high", "km"]].isna().all(axis=None)
    assert found["minutes_low"].notna().all()


def test_who_stands_beside_the_facility_walks():
    # 300 m apart, on both sides of a road that is 500 m away
    homes = villages((0.75, 10))
    clinic = frame((0.75, 10.2))
    found = engine(long_road(), homes).nearest(homes, clinic).iloc[0]
    km = 0.2 * STEP * 111.3
    assert found["method"] == "on foot, straight line"
    assert found["km"] == pytest.approx(km * 1.3, rel=1e-3)
    assert found["minutes"] == pytest.approx(km * 1.3 / 4.5 * 60, rel=1e-3)
    # a bad day at 3 km/h with the slow detour
    assert found["minutes_high"] == pytest.approx(km * 1.8 / 3 * 60, rel=1e-3)


def test_an_ambulance_drives_from_the_station():
    tags = ({}, {"highway": "tertiary", "surface": "asphalt", "oneway": "yes"})
    ring = roads(
        {"a": (0, 0), "b": (0, 20), "c": (20, 20), "d": (20, 0)},
        ["abcda"],
        tag_sets=tags,
    )
    homes, facility = villages((0, 5)), frame((0, 15))
    made = engine(ring, homes)
    there = made.nearest(homes, facility, "hospital")["km"].iloc[0]
    back = made.nearest(homes, facility, "ambulance_station")["km"].iloc[0]
    assert there == pytest.approx(10 * STEP * 111.3, rel=1e-3)
    whole = ring.segment_m.sum() / 1000
    # a spot between two nodes divides degrees, not metres
    assert back == pytest.approx(whole - there, rel=1e-5)


def test_a_facility_that_may_stand_anywhere_bounds_nothing():
    homes = villages((0, 10), people=300.0)
    clinics = frame((20, 36), (0, 12)).assign(spread_km=[0.5, np.nan])
    found = engine(long_road(), homes).nearest(homes, clinics).iloc[0]
    assert found["target"] == 1
    # the one of known spread bounds the way: its farthest edge, and the village's own
    km = long_road().segment_m[10:56] / 1000
    # the middle of the first segment lies in the village: 38 km/h
    drive = (km[0] / 38 + km[1:].sum() / 58) / 0.75 * 60
    p = COUNTRY.parameters.travel
    reach = np.sqrt(300 / (np.pi * p.density_village_per_km2))
    extra = (0.5 + reach) * p.detour_slow / p.speed_slow_kmh * 60
    assert found["minutes_high"] == pytest.approx(drive + extra, rel=1e-6)


SPOTS = st.tuples(st.floats(-12, 40), st.floats(-5, 50))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(SPOTS, min_size=1, max_size=6),
    st.lists(SPOTS, min_size=1, max_size=6),
    st.sampled_from(["hospital", "ambulance_station"]),
)
def test_the_bounds_hold_whatever_stands_where(homes, clinics, kind):
    origins = villages(*homes, people=120.0)
    found = engine(long_road(), origins).nearest(origins, frame(*clinics), kind)
    legal = SPEEDS.legal_kmh[kind == "ambulance_station"]
    low = found["km_low"] / legal * 60
    known = found["way"].eq(Way.FOUND)
    assert (found["minutes"] >= low - 1e-9)[known].all()
    bounded = known & found["minutes_high"].notna()
    assert (found["minutes_high"] >= found["minutes"] - 1e-9)[bounded].all()
    assert found.loc[~known, ["minutes", "km"]].isna().all(axis=None)


def test_the_engine_of_a_country():
    homes = villages((0, 10))

    class Layers:
        roads = None
        settlements = homes

    assert isinstance(engine_for(Layers, COUNTRY), StraightLine)
    Layers.roads = long_road()
    assert isinstance(engine_for(Layers, COUNTRY), RoadEngine)
    nowhere = COUNTRY.model_copy(update={"folders": ()})
    with pytest.raises(DeclarationError, match=r"has roads but no speeds\.yaml"):
        engine_for(Layers, nowhere)


def test_no_target_is_no_way():
    homes = villages((0, 10))
    found = engine(long_road(), homes).nearest(homes, frame())
    assert found["target"].tolist() == [-1]
    assert pd.isna(found["minutes"].iloc[0])


def test_walks_follow_the_ways_and_not_the_crow():
    # a stop 1.1 km north as the crow flies; the road there goes 2 x 0.67 km round
    network = roads(
        {"w": (-20, 0), "a": (0, 0), "b": (1, 0), "c": (1, 1), "d": (0, 1)},
        [("w", "a"), ("a", "b"), ("b", "c"), ("c", "d")],
    )
    homes, stops = villages((0, 0)), frame((0, 1), (1, 0))
    walk = Walk(SPEEDS.snap.walk_kmh, 1.3)
    found = engine(network, homes)
    near = found.walks(homes, stops, km=1.0, walk=walk)
    assert near[["origin", "target"]].to_numpy().tolist() == [[0, 1]]
    assert near["seconds"].tolist() == pytest.approx([671 / 1.25], rel=0.01)
    far = found.walks(homes, stops, km=2.6, walk=walk)
    # straight with the detour is 1.45 km, beyond the 1 km that one walks off the road
    assert far["seconds"].tolist() == pytest.approx([2455 / 1.25, 671 / 1.25], rel=0.01)


def test_beyond_the_extract_one_walks_straight():
    network = roads({"a": (0, 0), "b": (1, 0)}, [("a", "b")])
    homes, stops = villages((90, 90)), frame((90, 91))
    walk = Walk(SPEEDS.snap.walk_kmh, 1.3)
    pairs = engine(network, homes).walks(homes, stops, km=1.2, walk=walk)
    assert pairs["seconds"].tolist() == pytest.approx([1113 * 1.3 / 1.25], rel=0.01)
