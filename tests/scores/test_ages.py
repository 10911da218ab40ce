"""Gaps by age of the toy country: the town is younger than the villages of raion a."""

import numpy as np
import pytest

from geo.scores.ages import age_gaps, age_shares
from geo.scores.areas import area_scores
from geo.scores.matrix import OVERALL
from tests.standards import country

KEYS = ["area_id", "subgroup", "subject", "age"]
WAIT = "standard:toy.wait"


@pytest.fixture(scope="module")
def table():
    return age_gaps(country.given(floor=0.0), country.DOMAINS).set_index(KEYS)


def test_a_settlement_has_the_ages_of_its_side_of_its_raion():
    shares = age_shares(country.given())
    assert shares["below_working"][:4].tolist() == [0.2, 0.1, 0.1, 0.1]
    assert shares["above_working"][:4].tolist() == [0.25, 0.4, 0.4, 0.4]
    assert shares["working"][:4].tolist() == pytest.approx([0.55, 0.5, 0.5, 0.5])
    assert np.isnan(shares["working"][4:]).all()  # nothing is known of raion b


def test_whether_a_place_is_a_town_decides_its_ages():
    rows = country.settlements()
    rows.loc["toy:1", "urban"] = "unknown"
    assert np.isnan(age_shares(country.given(rows))["below_working"][1])


def test_the_old_wait_longer_for_they_live_in_villages(table):
    # town 10,000 gap 0; villages 1,000 gap 1/2, 100 gap 1/5, 400 gap 0
    old = table.loc[("ty", "all", WAIT, "above_working")]
    assert old["population"] == 2500 + 600
    assert old["score"] == pytest.approx(0.4 * (500 + 20) / 3100)
    young = table.loc[("ty", "all", WAIT, "below_working")]
    assert young["population"] == 2000 + 150
    assert young["score"] == pytest.approx(0.1 * (500 + 20) / 2150)
    town = table.loc[("ty", "small_town", WAIT, "above_working")]
    assert (town["population"], town["score"]) == (2500, 0)
    village = table.loc[("ty", "village", WAIT)]
    # one raion: all ages of its villages have the same
    assert village["score"].tolist() == pytest.approx([520 / 1500] * 3)


def test_the_ages_add_up_to_those_whose_ages_are_known(table):
    places = country.settlements()
    places.loc[places["raion_id"] == "b", "population"] = 0.0
    areas = area_scores(country.given(places, floor=0.0), country.DOMAINS)
    whole = areas.set_index(KEYS[:3])
    for subject in (WAIT, OVERALL, "domain:digital"):
        parts = table.loc[("o", "all", subject)]
        row = whole.loc[("a", "all", subject)]
        assert parts["population"].sum() == pytest.approx(11500)
        if subject == OVERALL:
            weight = parts["population"] * parts["coverage"]
            score = (weight * parts["score"]).sum() / weight.sum()
            assert score == pytest.approx(row["score"])
    assert set(table.index.get_level_values("area_id")) == {"ty", "o"}


def test_no_ages_no_rows():
    areas = country.areas()
    areas.loc[areas["id"] == "a", areas.columns[2:]] = None
    assert age_gaps(country.given(within=areas), country.DOMAINS).empty
