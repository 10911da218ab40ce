"""Concentration, Erreygers and Theil: by hand, and against PySAL."""

import math

import numpy as np
import pytest
from inequality.gini import Gini
from inequality.theil import Theil, TheilD

from geo.scores import concentration as measure
from geo.scores.inequality import inequality
from tests.standards import country


def _table(values=None, settlements=None):
    given = country.given(settlements, values, country.judged())
    made = inequality(given, country.scored())
    return made.set_index(["area_id", "subject"])


@pytest.fixture(scope="module")
def table():
    return _table()


def test_equal_places_share_their_mean_rank():
    ranks = measure.fractional_rank(np.array([5, 1, 5]), np.array([1.0, 2.0, 1.0]))
    # the first half of the people, then two places that share the second half
    assert ranks.tolist() == [0.75, 0.25, 0.75]


def test_all_of_it_at_the_rural_end():
    # one of four equal people, the last: CI = 2/(1/4) x (1/4)(7/8 - 1/2) = 3/4
    ranks = measure.fractional_rank(np.arange(4), np.ones(4))
    values = np.array([0.0, 0.0, 0.0, 1.0])
    assert measure.concentration(values, ranks, np.ones(4)) == 0.75
    assert measure.erreygers(values, ranks, np.ones(4)) == 0.75  # 4 x 1/4 x 3/4
    turned = measure.concentration(values[::-1], ranks, np.ones(4))
    assert turned == -0.75


def test_nothing_anywhere_is_no_inequality():
    ranks = measure.fractional_rank(np.arange(3), np.ones(3))
    assert math.isnan(measure.concentration(np.zeros(3), ranks, np.ones(3)))
    assert measure.erreygers(np.zeros(3), ranks, np.ones(3)) == 0.0


def test_a_ranking_by_the_value_itself_gives_the_gini_of_pysal():
    values = np.array([3.0, 1.0, 4.0, 1.0, 5.0, 9.0])
    people = np.array([2, 7, 1, 8, 2, 8])
    _, order = np.unique(values, return_inverse=True)
    ranks = measure.fractional_rank(order, people.astype(float))
    found = measure.concentration(values, ranks, people.astype(float))
    assert found == pytest.approx(Gini(np.repeat(values, people)).g, abs=1e-12)


def test_theil_agrees_with_pysal_person_by_person():
    values = np.array([40.0, 15.0, 8.0, 4.0, 4.0, 0.0])
    people = np.array([100, 10, 1, 6, 3, 2])
    member = np.array([0, 1, 1, 1, 1, 1])
    total, between, within = measure.theil(values, member, people.astype(float))
    persons = np.repeat(values, people)
    split = TheilD(persons, np.repeat(member, people))
    assert total == pytest.approx(np.sum(Theil(persons).T), abs=1e-12)
    assert between == pytest.approx(np.sum(split.bg), abs=1e-12)
    assert within == pytest.approx(np.sum(split.wg), abs=1e-12)


def test_the_gap_of_the_wait(table):
    row = table.loc[("ty", "standard:toy.wait")]
    # known: 0 (10,000, gap 0), 1 (1,000, 1/2), 3 (400, 0), 2 (100, 1/5), 5 (30, 1), in
    # this order from the town to the smallest village
    assert row["settlements"] == 5
    assert row["population"] == 11530
    assert row["known_share_village"] == pytest.approx(1530 / 2130)
    mean = 550 / 11530
    assert row["mean"] == pytest.approx(mean)
    # sum w h r with r = 10,500, 11,450 and 11,515 of 11,530
    summed = 500 * 10500 + 20 * 11450 + 30 * 11515
    index = 2 * summed / (550 * 11530) - 1
    assert index == pytest.approx(0.83693, abs=1e-5)
    assert row["concentration"] == pytest.approx(index)
    assert row["erreygers"] == pytest.approx(4 * mean * index)
    assert math.isnan(row["theil"])  # an entropy of gaps is not given


def test_trips_between_and_within(table):
    row = table.loc[("ty", f"indicator:{country.TRIPS}")]
    people, amount = 11730, 418320
    town, village = 400000 / amount, 18320 / amount
    level = 18320 / 1730
    between = town * math.log(40 / (amount / people)) + village * math.log(
        level / (amount / people)
    )
    # 1,000 people with 15, 100 with 8, 630 with 4
    within = village * sum(
        n / 1730 * x / level * math.log(x / level)
        for n, x in ((1000, 15), (100, 8), (630, 4))
    )
    assert row["theil_between"] == pytest.approx(between)
    assert row["theil_within"] == pytest.approx(within)
    assert row["theil"] == pytest.approx(between + within)
    assert math.isnan(row["erreygers"])  # trips have no upper end
    assert row["concentration"] < 0  # fewer in the villages


def test_no_figure_without_both_sides_or_below_the_floor(table):
    for subject in (
        "standard:toy.trips",  # no norm of trips binds the town
        f"indicator:{country.SPEED}",  # half of the villages
    ):
        assert ("ty", subject) not in table.index
    # raion level is not asked: there are two or three towns
    assert set(table.index.get_level_values("area_id")) == {"ty", "o"}


def test_a_town_of_uncertain_kind_is_not_ranked():
    rows = country.settlements()
    rows.loc["toy:0", "kind"] = None
    assert ("ty", "standard:toy.wait") not in _table(settlements=rows).index


def test_grades_are_not_averaged():
    values = country.values()
    values["unit"] = values["indicator"].map({country.TRIPS: "G"})
    assert ("ty", f"indicator:{country.TRIPS}") not in _table(values).index


def test_what_is_assumed_is_compared_with_nothing():
    values = country.values()
    mine = (values["settlement_id"] == "toy:0") & (values["indicator"] == country.WAIT)
    values.loc[mine, "status"] = "assumed"
    assert ("ty", "standard:toy.wait") not in _table(values).index
    values.loc[mine, "status"] = "measured"
    villager = values["settlement_id"] == "toy:3"
    values.loc[villager & (values["indicator"] == country.WAIT), "status"] = "assumed"
    # 400 of 2,130 villagers: enough are known without them
    speed = ("ty", f"indicator:{country.TRIPS}")
    assert _table(values).loc[speed, "assumed_share"] == 0
