"""The straight line: minutes = km x detour / speed x 60."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layers.geodesy import geodesic_km
from geo.sources.country import TravelParameters
from geo.travel.engine import StraightLine, Walk, extent_km, peopled_km
from tests.layers import toy

ENGINE = StraightLine(TravelParameters.model_validate(toy.TRAVEL))


def frame(*points):
    lon, lat = zip(*points, strict=True) if points else ((), ())
    columns = {"lon": list(lon), "lat": list(lat)}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_minutes_to_the_nearest_target():
    origins = frame((27.0, 53.0)).set_axis(["home"])
    found = ENGINE.nearest(origins, frame((27.5, 53.0), (27.1, 53.0)))
    km = geodesic_km(*(np.array([x]) for x in (27.0, 53.0, 27.1, 53.0)))[0]
    assert km == pytest.approx(6.7138, abs=1e-3)
    row = found.loc["home"]
    assert row["target"] == 1
    assert row["km"] == pytest.approx(km)
    assert row["minutes"] == pytest.approx(km * 1.2)  # 60 km/h: a km a minute
    assert row["minutes_low"] == pytest.approx(km / 2)  # no detour at 120 km/h
    assert row["minutes_high"] == pytest.approx(km * 2 * 2)  # twice the way at 30 km/h


def test_no_target_is_no_way():
    found = ENGINE.nearest(frame((27.0, 53.0)), frame())
    assert found["target"].tolist() == [-1]
    assert found[["km", "minutes", "minutes_low", "minutes_high"]].isna().all(axis=None)


DENSE = TravelParameters.model_validate(
    toy.TRAVEL | {"density_town_per_km2": 1500, "density_village_per_km2": 300}
)


def peopled():
    table = frame((27.0, 53.0), (27.0, 53.0), (27.0, 53.0), (27.0, 53.0))
    return table.set_axis(["town", "village", "maybe", "nobody knows"]).assign(
        urban=["yes", "no", "unknown", "no"],
        population=[9000.0, 200.0, 250.0, np.nan],
        population_high=[1500 * np.pi * 4, 300 * np.pi, np.nan, np.nan],
    )


def test_a_settlement_reaches_as_far_as_its_people():
    # a disc of radius r holds pi r2 x density people: r = 2 km and 1 km
    reach = extent_km(peopled(), DENSE)
    assert reach["town"] == pytest.approx(2.0)
    assert reach["village"] == pytest.approx(1.0)
    # an unknown class takes the lower density; without a range the value holds
    assert reach["maybe"] == pytest.approx(np.sqrt(250 / (np.pi * 300)))
    assert np.isnan(reach["nobody knows"])


def test_of_a_place_without_people_the_extent_is_stated_by_class():
    classes = [
        ["raion_city"],
        ["rural"],
        ["agrogorodok", "rural"],
        ["rural", "agrogorodok"],
    ]
    table = peopled().assign(kinds_possible=classes)
    stated = {"rural": 2.0, "agrogorodok": 3.0}
    some = TravelParameters.model_validate(dict(DENSE) | {"extent_km": stated})
    # who has people reaches as far as they need, whatever is stated
    known = ["town", "village", "maybe"]
    assert extent_km(table, some)[known].equals(extent_km(table, DENSE)[known])
    # of several classes the widest counts
    assert extent_km(table, some)["nobody knows"] == 3.0
    found = StraightLine(some).nearest(table, frame((27.0, 53.0)))
    assert found.loc["nobody knows", "minutes_high"] == pytest.approx(3 * 4)
    # a class of which nothing is stated may reach anywhere
    town = table.assign(kinds_possible=[*classes[:3], ["raion_city", "rural"]])
    assert np.isnan(extent_km(town, some)["nobody knows"])
    # how fast one drives in built-up areas does not hang on it
    assert np.isnan(peopled_km(table, some)["nobody knows"])


def test_the_high_bound_starts_at_the_far_edge():
    found = StraightLine(DENSE).nearest(peopled(), frame((27.0, 53.0)))
    assert found["minutes"].tolist() == [0.0] * 4
    assert found["minutes_low"].tolist() == [0.0] * 4
    # twice the way at 30 km/h: four minutes a kilometre
    assert found.loc["town", "minutes_high"] == pytest.approx(8.0)
    assert found.loc["village", "minutes_high"] == pytest.approx(4.0)
    assert np.isnan(found.loc["nobody knows", "minutes_high"])


def test_without_densities_a_settlement_is_its_point():
    assert extent_km(peopled(), TravelParameters.model_validate(toy.TRAVEL)).eq(0).all()


def test_a_target_that_may_stand_anywhere_in_its_settlement_widens_the_bounds():
    origins = frame((27.0, 53.0)).set_axis(["home"])
    targets = frame((27.1, 53.0), (27.15, 53.0)).assign(spread_km=[2.0, 0.0])
    found = ENGINE.nearest(origins, targets).loc["home"]
    first, second = 6.7138, 10.0707  # km to the two points
    assert found["km"] == pytest.approx(first, abs=1e-3)
    # somewhere within 2 km of its point: 2 km nearer in the low bound, and in the
    # high one at first + 2 km, which is nearer than the other's certain 10 km
    assert found["km_low"] == pytest.approx(first - 2, abs=1e-3)
    assert found["minutes_low"] == pytest.approx((first - 2) / 2, abs=1e-3)
    assert found["minutes_high"] == pytest.approx((first + 2) * 4, abs=4e-3)
    # 5 km of doubt: now the second, whose place is certain, bounds the way
    found = ENGINE.nearest(origins, targets.assign(spread_km=[5.0, 0.0])).loc["home"]
    assert found["minutes_high"] == pytest.approx(second * 4, abs=4e-3)
    assert found["km_low"] == pytest.approx(first - 5, abs=1e-3)


def test_a_target_within_ones_own_settlement_may_be_at_the_door():
    targets = frame((27.0, 53.0)).assign(spread_km=[2.0])
    found = StraightLine(DENSE).nearest(peopled(), targets).loc["town"]
    assert found["minutes_low"] == 0.0
    # from one edge of a town of 2 km to the other
    assert found["minutes_high"] == pytest.approx((2 + 2) * 4)


def test_a_target_of_unknown_spread_proves_no_nearness():
    targets = frame((27.1, 53.0)).assign(spread_km=[np.nan])
    found = StraightLine(DENSE).nearest(peopled(), targets)
    assert found["minutes_high"].isna().all()
    # it may be as much nearer as the widest settlement reaches: 2 km
    assert found["km_low"].tolist() == pytest.approx([6.7138 - 2] * 4, abs=1e-3)


PLACES = st.tuples(st.floats(26.0, 28.0), st.floats(52.0, 54.0))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PLACES, min_size=1, max_size=4),
    st.lists(st.tuples(PLACES, st.floats(0, 30)), min_size=1, max_size=8),
)
def test_the_bounds_are_those_of_trying_every_target(homes, supply):
    targets = frame(*(point for point, _ in supply))
    spread = np.array([s for _, s in supply])
    found = ENGINE.nearest(frame(*homes), targets.assign(spread_km=spread))
    for number, home in enumerate(homes):
        way = geodesic_km(
            *(np.full(len(supply), x) for x in home),
            targets["lon"].to_numpy(),
            targets["lat"].to_numpy(),
        )
        row = found.iloc[number]
        assert row["km_low"] == pytest.approx(max((way - spread).min(), 0.0))
        assert row["minutes_high"] == pytest.approx((way + spread).min() * 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(PLACES, st.floats(0, 10), st.floats(0, 5)), min_size=1))
def test_more_doubt_about_a_target_never_narrows_the_bounds(supply):
    targets = frame(*(point for point, _, _ in supply))
    spread = np.array([s for _, s, _ in supply])
    wider = spread + [more for _, _, more in supply]
    one, other = (
        ENGINE.nearest(frame((27.0, 53.0)), targets.assign(spread_km=s)).iloc[0]
        for s in (spread, wider)
    )
    assert other["km_low"] <= one["km_low"] + 1e-9
    assert other["minutes_high"] >= one["minutes_high"] - 1e-9


def test_who_is_a_walk_away_in_the_straight_line():
    # a hundredth of a degree northwards is 1.113 km
    here, there = frame((27.0, 53.0), (27.0, 53.1)), frame((27.0, 53.01), (27.0, 53.0))
    pairs = ENGINE.walks(here, there, km=1.2, walk=Walk(kmh=4.5, detour=1.3))
    assert pairs[["origin", "target"]].to_numpy().tolist() == [[0, 0], [0, 1]]
    assert pairs["seconds"].tolist() == pytest.approx([1113 * 1.3 / 1.25, 0], rel=1e-3)
    assert ENGINE.walks(here, there.iloc[:0], km=9, walk=Walk(4.5, 1.3)).empty
