"""Means over people of whom some are not counted: coverage, bounds, estimates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo.scores.areas import area_scores
from geo.scores.matrix import OVERALL
from geo.scores.poverty import People, coverage, estimate, mean_bounds
from geo.scores.scores import settlement_scores
from tests.standards import country, toy

NAN, INF = float("nan"), float("inf")
LIMIT = toy.standard("toy.wait", country.WAIT, {"op": "<=", "value": 20})
TWO = toy.standard("toy.net", country.NET, {"op": "has"})


def group(*numbers: float) -> np.ndarray:
    return np.array(numbers, float)


def people(*known: float, least=None, most=None) -> People:
    nothing = np.zeros(len(known))
    return People(
        group(*known),
        nothing if least is None else group(*least),
        nothing if most is None else group(*most),
    )


def all_of(size: int) -> csr_array:
    return csr_array(np.ones((1, size)))


@pytest.mark.parametrize(
    ("known", "most", "share"),
    [
        ((1, 1), (0, 0), 1.0),  # all is known
        ((1, 0), (0, 300), 100 / 400),  # up to 300 people of whom nothing is
        ((0, 1), (0, 300), 10 / 110),  # at least 10 of whom it is known
        ((1, 0.5), (0, 300), 105 / 255),
        ((1, 0), (0, INF), 1 / 2),  # any number: one of two settlements
        ((0.2, 1), (0, INF), 30 / 110),  # fewer are covered than settlements
        ((1, NAN), (0, INF), 1.0),  # nothing is asked of it
    ],
)
def test_coverage_counts_who_may_live_there(known, most, share):
    whom = people(100, 0, least=(0, 10), most=most)
    if most == (0, 0):
        whom = people(100, 10)
    found = coverage(all_of(2), whom, group(*known))
    assert found.tolist() == pytest.approx([share])


def test_nobody_is_no_coverage():
    assert np.isnan(coverage(all_of(1), people(0), group(1))).all()


@pytest.mark.parametrize(
    ("low", "high", "most", "ends"),
    [
        ((0.2, 0.2), (0.4, 0.4), (0, 0), (0.2, 0.4)),
        # 100 people more, of any gap
        ((0.2, 0), (0.4, 1), (0, 100), (20 / 200, 140 / 200)),
        # of a gap of 1/2: as 50 without one, as 50 with a gap of 1
        ((0.2, 0.5), (0.4, 0.5), (0, 100), (20 / 150, 90 / 150)),
        ((0.2, 0), (0.4, 0), (0, INF), (0, 0.4)),
        ((0.2, 1), (0.4, 1), (0, INF), (0.2, 1)),
        ((0.2, NAN), (0.4, NAN), (0, INF), (0.2, 0.4)),
    ],
)
def test_bounds_hold_for_any_number_of_people(low, high, most, ends):
    found = mean_bounds(all_of(2), people(100, 0, most=most), group(*low), group(*high))
    expected = ends if most != (0, 0) else (0.2, 0.4)
    assert [one.item() for one in found] == pytest.approx(expected)


SHARES = st.floats(0, 1)


@given(
    st.lists(st.tuples(st.floats(1, 1e4), SHARES), min_size=1, max_size=4),
    st.lists(st.tuples(st.floats(0, 1e4), SHARES, SHARES), max_size=4),
)
def test_no_population_that_is_possible_leaves_the_bounds(known, open_):
    gaps = [gap for _, gap in known] + [gap for _, _, gap in open_]
    most = [0.0] * len(known) + [most for most, _, _ in open_]
    counted = [n for n, _ in known] + [0.0] * len(open_)
    low, high = mean_bounds(
        all_of(len(gaps)), people(*counted, most=most), group(*gaps), group(*gaps)
    )
    true = counted + group(*(0.0 for _ in known), *(n * at for n, at, _ in open_))
    mean = (true * gaps).sum() / true.sum()
    assert low[0] - 1e-9 <= mean <= high[0] + 1e-9


def test_an_estimate_takes_the_unknown_as_the_known_as_far_as_it_can_be():
    half = group(0.5)
    assert estimate(half, group(0.4), half) == pytest.approx(0.8)  # the mean of known
    assert estimate(half, group(0.4), group(0.1)) == pytest.approx(0.48)
    assert np.isnan(estimate(group(0), group(0), group(1)))


def scored(*rows: dict, wait: list, net: list, floor: float = 0.0):
    places = toy.settlements(*({"country_id": "ty"} | row for row in rows))
    values = toy.values(
        *((f"toy:{n}", country.WAIT, x) for n, x in enumerate(wait)),
        *((f"toy:{n}", country.NET, x) for n, x in enumerate(net)),
    )
    made = country.given(places, values, standards=[LIMIT, TWO], floor=floor)
    own = settlement_scores(
        made, made.judgements.assign(parity_gap=NAN, norm_gap=NAN), country.DOMAINS
    )
    areas = area_scores(made, country.DOMAINS).set_index(
        ["area_id", "subgroup", "subject"]
    )
    return own[own["group"] == OVERALL], areas.loc[("ty", "all", OVERALL)]


def test_the_best_estimate_of_a_settlement_is_not_its_worst_case():
    # no network: gap 1; 20 to 25 minutes of 20: at most 1/5
    wait = {"low": 20, "high": 25, "value": 22}
    own, _ = scored({"population": 100}, wait=[wait], net=[0])
    row = own.iloc[0]
    assert (row["score_low"], row["score_high"]) == (0.5, 0.6)
    assert row["score"] == pytest.approx(0.5 + 1 * 0.1)
    own, _ = scored({"population": 100}, wait=[{"low": 20, "high": 40}], net=[None])
    assert np.isnan(own.iloc[0]["score"])  # nothing is known


def test_score_and_coverage_of_an_area_speak_of_the_same_people():
    # half of the weight of 0 is known, below its own floor: it counts with that half
    own, area = scored(
        {"population": 300}, {"population": 100},
        wait=[None, 40], net=[0, 1], floor=0.6,
    )  # fmt: skip
    assert np.isnan(own["score"].iloc[0])
    assert area["coverage"] == pytest.approx((150 + 100) / 400)
    assert area["score"] == pytest.approx((150 * 1 + 100 * 0.25) / 250)


def test_settlements_without_a_population_lower_the_coverage_of_their_area():
    one = {"population": 300}
    wide = {"population_low": 0.0, "population_high": 100.0}
    _, area = scored(one, wide, wait=[10, None], net=[1, None])
    assert area["coverage"] == 300 / 400
    assert (area["score_low"], area["score_high"]) == (0, 100 / 400)
    _, area = scored(one, {}, {}, wait=[10, None, 10], net=[1, None, 1])
    assert area["coverage"] == pytest.approx(2 / 3)
    assert (area["score_low"], area["score_high"]) == (0, 1)
