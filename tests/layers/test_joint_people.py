"""Draws of all people at once, on countries that can be checked on paper."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geo.layers.change import ENOUGH, Spread, fit_spread
from geo.layers.joint_people import JointPeople, Lone, RaionPeople
from geo.layers.rural_model import Fit, Sizes
from geo.layers.settled_sizes import DRAWS, settled_sizes
from tests.layers import toy

EXACT = Fit(
    decline=0.5,
    exponent=0.0,
    raions=2,
    resampled=np.array([[0.5, 0.0]]),
    apart=0.0,
)
NO_SPREAD = Spread.assumed(1.0, 10)
#: all but nobody: mean and spread of a size that is 10 people
TEN = Sizes(mu=np.log(10), sigma=1e-9, z0=5.0)
NOBODY = Lone(np.array([], int), np.array([]), np.array([]), np.array([]))


def raion(listed=(), counted=(), small=(), lost=(), people=100.0) -> RaionPeople:
    return RaionPeople(
        listed=np.array(listed, int),
        counted=np.array(counted, float),
        small=np.array(small, int),
        lost=np.array(lost, float),
        sizes=TEN,
        people=people,
        yearly=np.full(len(listed), np.log(0.5) / 10),
        yearly_lost=np.full(len(lost), np.log(0.5) / 10),
        yearly_small=np.log(0.5) / 10,
    )


def country(*raions, lone=NOBODY, size=4, **changes) -> JointPeople:
    whole = JointPeople(
        ids=pd.Index([f"p{number}" for number in range(size)]),
        raions=raions,
        lone=lone,
        fit=EXACT,
        spread=NO_SPREAD,
        until=10,
        since=0,
        floor=100,
    )
    return replace(whole, **changes)


def test_without_spread_a_raion_is_shared_by_what_was_counted():
    # 300 and 100 declined to 150 and 50, two small places 10 each declined to 5: of 210
    # people the raion has 420 today
    drawn = country(raion([0, 1], [300, 100], [2, 3], people=420)).official(3, seed=1)
    assert drawn == pytest.approx(np.tile([300, 100, 10, 10], (3, 1)))


def test_larger_places_decline_less():
    # 600 and 300 decline to 600 x 0.5 x 2^0.5 and to 150
    bent = replace(EXACT, resampled=np.array([[0.5, 0.5]]), exponent=0.5)
    one = country(raion([0, 1], [600, 300], people=1000), fit=bent, size=2)
    parts = np.array([600 * 2**0.5, 300])
    assert one.official(2, seed=1) == pytest.approx(
        np.tile(1000 * parts / parts.sum(), (2, 1))
    )
    assert bent.by_size(np.array([600.0, 300.0])) == pytest.approx([2**0.5, 1])


def test_a_lost_row_is_each_small_place_as_often():
    one = country(raion(small=[0, 1, 2, 3], lost=[2000], people=1030))
    drawn = one.official(4000, seed=1)
    # the row's 2,000 declined to 1,000, three places of 5: 1,015 people of 1,030
    assert np.sort(drawn, axis=1) == pytest.approx(
        np.tile(np.array([5, 5, 5, 1000]) * 1030 / 1015, (4000, 1))
    )
    assert (drawn > 500).mean(axis=0) == pytest.approx([0.25] * 4, abs=0.03)


def test_every_lost_row_has_a_place_of_its_own():
    one = country(raion(small=[0, 1, 2, 3], lost=[4000, 2000, 1000], people=3505))
    drawn = one.official(500, seed=3)
    assert np.sort(drawn, axis=1) == pytest.approx(
        np.tile([5, 500, 1000, 2000], (500, 1))
    )


def test_a_spread_moves_people_within_the_raion_only():
    wide = Spread(scale=0.3, exponent=0.3, freedom=3.0, years=10, places=200)
    first, second = raion([0, 1], [300, 100], people=200), raion([2, 3], [500, 400])
    drawn = country(first, second, spread=wide).official(500, seed=1)
    assert drawn[:, :2].sum(axis=1) == pytest.approx(200)
    assert drawn[:, 2:].sum(axis=1) == pytest.approx(100)
    assert drawn.std(axis=0).min() > 1


def test_draws_are_the_same_for_the_same_seed_and_whatever_else_is_drawn():
    wide = Spread(scale=0.3, exponent=0.3, freedom=3.0, years=10, places=200)
    first, second = raion([0, 1], [300, 100]), raion([2], [500], [3])
    both = country(first, second, spread=wide).official(20, seed=1)
    alone = country(first, spread=wide).official(20, seed=1)
    assert (both[:, :2] == alone[:, :2]).all()
    assert (both != country(first, second, spread=wide).official(20, seed=2)).any()


def test_on_the_day_part_of_the_decline_has_gone_on():
    # halved in ten years, and ten years on: between 100 and 50 people, each as likely
    one = country(raion([0], [200], people=100), since=10, size=1)
    ((_, _), (rows, drawn)) = one.today(2000, seed=1)
    assert rows.tolist() == [0]
    assert drawn.min() == pytest.approx(50, abs=0.1)
    assert drawn.max() == pytest.approx(100, abs=0.1)
    assert np.log2(drawn / 100).mean() == pytest.approx(-0.5, abs=0.02)
    # the official people are those of the count
    assert one.official(2, seed=1) == pytest.approx(np.full((2, 1), 100))


def test_a_town_has_its_count_in_every_draw_and_a_range_on_the_day():
    town = Lone(np.array([0]), np.array([1000.0]), np.array([10.0]), np.array([0.0]))
    normal = Spread.assumed(1.5, 10)
    one = country(lone=town, spread=normal, size=1)
    assert one.official(3, seed=1).tolist() == [[1000]] * 3
    settled = settled_sizes(one, [500, 1000, 2000], 0.99, seed=1)
    low, high = settled.ranges.loc["p0"]
    # 98 in 100 within the factor 1.5
    assert (low, high) == pytest.approx((1000 / 1.5, 1500), rel=0.03)
    assert settled.reached.loc["p0"].tolist() == pytest.approx([1, 0.5, 0], abs=0.03)
    assert settled.table[["settlement_id", "threshold"]].to_numpy().tolist() == [
        ["p0", 1000]
    ]


def test_the_settled_ends_are_those_that_the_level_allows():
    # one in four is the lost row: 3 in 4 are small, so at 0.7 the place is small
    one = country(raion(small=[0, 1, 2, 3], lost=[2000], people=1015))
    ranges = settled_sizes(one, [300], 0.7, seed=1).ranges
    assert ranges.to_numpy() == pytest.approx(np.full((4, 2), 5))
    ranges = settled_sizes(one, [300], 0.9, seed=1).ranges
    assert ranges.to_numpy() == pytest.approx(np.tile([5, 1000], (4, 1)))
    found = settled_sizes(one, [300], 0.9, seed=1)
    again = settled_sizes(one, [300], 0.9, seed=1)
    pd.testing.assert_frame_equal(found.table, again.table)
    assert found.reached[300].sum() == pytest.approx(1)


def test_where_nothing_is_modelled_nothing_is_settled():
    found = settled_sizes(None, [300], 0.99, seed=1)
    assert found.table.empty
    settlements = toy.whole().settlements
    assert found.onto(settlements)["population_settled_low"].isna().all()


def test_what_is_not_modelled_has_no_settled_range():
    # a raion has declared the people of one village, a duplicate has none
    declared = toy.places(
        population={"ty:lipki": 120}, population_year={"ty:lipki": 2025}
    )
    built = toy.layers(places=declared.assign(declared=True))
    settled = settled_sizes(built.people, [100], 0.99, seed=1)
    assert "ty:sosny" in settled.ranges.index
    assert "ty:sosny-again" not in settled.ranges.index
    assert DRAWS >= 1000


def test_the_spread_is_found_again():
    rng = np.random.default_rng(5)
    before = np.exp(rng.uniform(np.log(300), np.log(50_000), 4000))
    scale = 0.1 * (before / 1000) ** -0.3
    after = before * np.exp(-0.05 + scale * rng.standard_t(4, len(before)))
    spread = fit_spread(before, after, 10)
    assert spread.scale == pytest.approx(0.1, rel=0.05)
    assert spread.exponent == pytest.approx(0.3, abs=0.03)
    assert spread.freedom == pytest.approx(4, rel=0.15)
    # the root of the years; as the floor below it
    assert spread.of(np.array([1000.0]), 40, 100) == pytest.approx(2 * spread.scale)
    few = spread.of(np.array([5.0, 100.0]), 10, 100)
    assert few[0] == few[1] == pytest.approx(0.1 * 10**0.3, rel=0.1)


def test_too_few_places_leave_the_convention():
    many = np.full(ENOUGH - 1, 500.0)
    assert fit_spread(many, many, 10) is None
    assert toy.whole().people.spread == Spread.assumed(1.5**2, 2)
    # 1 and 99 in 100 lie at the ends of the drift
    spread = Spread.assumed(1.5**2, 2)
    end = stats.norm.ppf(0.99) * spread.of(np.array([50.0]), 2, 100)
    assert np.exp(end) == pytest.approx(2.25)
    assert len(spread.deviates) == 200


def with_rural_people(people: int) -> toy.Layers:
    rows = [
        (*row[:4], 0, people) if row[2] == "Алый район" else row for row in toy.OFFICIAL
    ]
    third = ("raion", None, "Третий район", 10, 0, 10)
    return toy.layers(area_population=toy.official([*rows, third]))


def test_a_raion_total_below_its_census_places_is_refused():
    # 200 + 120 + 150 + 110 people in 2024 are 386.7 in 2025 after the largest decline
    built = with_rural_people(386)
    refused = built.rejected[built.rejected["field"] == "rural"]
    assert refused[["source", "value"]].to_numpy().tolist() == [
        ["toy-area_population", "386"]
    ]
    assert "Алый район has 580 people in rural places" in refused["reason"].iloc[0]
    # nothing is lost: the census stands
    assert built.settlements.loc["ty:dubrava", "population"] == 200


def test_a_raion_total_just_above_is_believed():
    assert not (with_rural_people(387).rejected["field"] == "rural").any()
