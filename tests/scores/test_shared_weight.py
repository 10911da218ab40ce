"""Standards that look at one indicator share one weight, by hand.

====  ==========  =====================================  ========  ======
no.   kind        ambulance, 50 minutes                  hospital  trips
====  ==========  =====================================  ========  ======
0     raion_city  of 20: 3/5, of 40: 1/5, of 60: kept    kept      kept
1     rural       no norm of 20; of 40: 1/5, of 60 kept  kept      kept
====  ==========  =====================================  ========  ======
"""

import numpy as np
import pytest

from geo.scores.comparison import compare
from geo.scores.draws.drawn import pattern_weights
from geo.scores.draws.factors import central_factors
from geo.scores.draws.uncertain import uncertain_gaps
from geo.scores.matrix import OVERALL
from geo.scores.scores import settlement_scores
from tests.standards import country, toy

WAIT, HOSPITAL, TRIPS = (
    "health.ambulance_minutes",
    "health.hospital_minutes",
    "transport.trips_per_week",
)
TOWN = {"kind": ["raion_city"]}
STANDARDS = [
    toy.standard("a.wait", WAIT, {"op": "<=", "value": 20, "applies": TOWN}),
    toy.standard("b.wait", WAIT, {"op": "<=", "value": 40}),
    toy.standard("c.wait", WAIT, {"op": "<=", "value": 60}),
    toy.standard("d.hospital", HOSPITAL, {"op": "<=", "value": 60}),
    toy.standard("e.trips", TRIPS, {"value": 8}),
]
BETTER = {WAIT: "lower", HOSPITAL: "lower", TRIPS: "higher"}


@pytest.fixture
def given():
    places = toy.settlements(
        {"kind": "raion_city", "urban": "yes", "population": 100.0},
        {"kind": "rural", "urban": "no", "population": 10.0},
    )
    rows = [
        (f"toy:{place}", indicator, value)
        for indicator, pair in ((WAIT, (50, 50)), (HOSPITAL, (20, 40)), (TRIPS, (8, 8)))
        for place, value in enumerate(pair)
    ]
    return country.given(places, toy.values(*rows), None, STANDARDS, better=BETTER)


def test_three_limits_of_one_number_weigh_as_one(given):
    matrix = given.matrix
    assert matrix.standards == ("a.wait", "b.wait", "c.wait", "d.hospital", "e.trips")
    assert matrix.weights(OVERALL) == pytest.approx(
        np.array([[1 / 12] * 3 + [1 / 4, 1 / 2], [0, 1 / 8, 1 / 8, 1 / 4, 1 / 2]])
    )
    assert matrix.weights("health") == pytest.approx(
        np.array([[1 / 6] * 3 + [1 / 2, 0], [0, 1 / 4, 1 / 4, 1 / 2, 0]])
    )


def test_the_score_is_the_mean_over_the_numbers_and_not_over_the_limits(given):
    scores = settlement_scores(given, compare(given), ("health", "transport"))
    found = scores.set_index(["group", "settlement_id"])["score"]
    # (3/5 + 1/5 + 0) / 3 of the ambulance and 0 of the hospital
    assert found["health"].tolist() == pytest.approx([0.8 / 6, 0.2 / 4])
    assert found[OVERALL].tolist() == pytest.approx([0.8 / 12, 0.2 / 8])


def test_an_indicator_counts_once_in_the_mean_parity_gap(given):
    scores = settlement_scores(given, compare(given), ("health", "transport"))
    found = scores.set_index(["group", "settlement_id"])["parity_gap"]
    # the village waits as long as the town, and is twice as far from the hospital
    assert found["health"]["toy:1"] == pytest.approx((0 + 0.5) / 2)
    assert found[OVERALL]["toy:1"] == pytest.approx(0.25 / 2)


def test_equal_drawn_weights_are_those_of_the_score(given):
    gaps = uncertain_gaps(given)
    factors = central_factors(gaps.size, gaps.indicators, gaps.domain)
    drawn = pattern_weights(gaps, factors)[0][gaps.patterns[1]]
    assert drawn == pytest.approx(given.matrix.weights(OVERALL))
