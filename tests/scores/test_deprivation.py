"""Alkire-Foster of the toy country for several k: every number computed by hand.

Weighted counts of breaches of the places 0 ... 5 (people 10,000, 1,000, 100, 400, 600,
30; places 6 and 7 count no people), see ``country.py``:

=======  ====  ====  ====  ====  ====  ====
place     0     1     2     3     4     5
=======  ====  ====  ====  ====  ====  ====
known     0     1    1/2    0     1    1/2
lowest    0     1    1/2    0    1/3   1/2
highest   0     1    1/2   1/3    1    1/2
=======  ====  ====  ====  ====  ====  ====
"""

import math

import pytest

from geo.scores.decomposition import decomposition
from geo.scores.deprivation import deprivation, deprivation_curve
from tests.standards import country

BANDS = (0, 50, 1000)
CUTOFFS = (0.0, 0.5, 0.75, 1.0)
PEOPLE = 12130


@pytest.fixture(scope="module")
def given():
    return country.given(bands=BANDS, curve=CUTOFFS)


@pytest.fixture(scope="module")
def curve(given):
    return deprivation_curve(given).set_index(["area_id", "subgroup", "k"])


@pytest.fixture(scope="module")
def standards(given):
    return deprivation(given).set_index(["area_id", "subgroup", "standard"])


def _parts(given):
    table = decomposition(given, country.scored(given))
    return table.set_index(["area_id", "partition", "member"])


@pytest.fixture(scope="module")
def parts(given):
    return _parts(given)


@pytest.mark.parametrize(
    ("k", "h", "a", "m0"),
    [
        # places 1, 2, 4, 5 have a breach, and half the weight in breach
        (0.0, 1730 / PEOPLE, 1665 / 1730, 1665 / PEOPLE),
        (0.5, 1730 / PEOPLE, 1665 / 1730, 1665 / PEOPLE),
        # only 1 and 4 count more
        (0.75, 1600 / PEOPLE, 1.0, 1600 / PEOPLE),
        (1.0, 1600 / PEOPLE, 1.0, 1600 / PEOPLE),
    ],
)
def test_the_curve_of_the_country(curve, k, h, a, m0):
    row = curve.loc[("ty", "all", k)]
    assert [row["h"], row["a"], row["m0"]] == pytest.approx([h, a, m0], abs=1e-12)
    assert row["population"] == row["population_counted"] == PEOPLE
    covered = 10000 + 1000 + 100 + 400 * 2 / 3 + 600 / 3 + 30
    assert row["coverage"] == pytest.approx(covered / PEOPLE)


def test_bounds_of_the_curve(curve):
    union = curve.loc[("ty", "all", 0.0)]
    # place 3 may break one of three; place 4 breaks one of three at least
    assert union["h_low"] == pytest.approx(1730 / PEOPLE)
    assert union["h_high"] == pytest.approx(2130 / PEOPLE)
    assert union["m0_low"] == pytest.approx((1000 + 50 + 200 + 15) / PEOPLE)
    assert union["m0_high"] == pytest.approx((1665 + 400 / 3) / PEOPLE)
    # least intensity: place 3 in with its one unknown, place 4 with its one breach
    assert union["a_low"] == pytest.approx((1265 + 400 / 3) / 2130)
    assert union["a_high"] == pytest.approx(1665 / 1730)
    strict = curve.loc[("ty", "all", 0.75)]
    assert (strict["h_low"], strict["h_high"]) == pytest.approx(
        (1000 / PEOPLE, 1600 / PEOPLE)
    )
    # if place 4 is deprived at all, it counts 3/4 or more
    assert strict["a_low"] == pytest.approx((1000 + 600 * 0.75) / 1600)


def test_settlements_stand_beside(curve):
    counts = ["settlements", "settlements_deprived", "settlements_undetermined"]
    # 1, 2, 4, 5 and the twin 7 have a breach; 3 and 6 may have one
    assert curve.loc[("ty", "all", 0.0), counts].tolist() == [8, 5, 2]
    # place 4 alone is open at one half
    assert curve.loc[("ty", "all", 0.5), counts].tolist() == [8, 4, 1]


def test_below_the_floor_there_are_bounds_only(curve):
    row = curve.loc[("b", "all", 0.5)]
    assert row["coverage"] == pytest.approx((600 / 3 + 30) / 630)
    assert row[["h", "a", "m0"]].isna().all()
    assert row["h_high"] == 1.0


def test_censored_headcounts(standards):
    trips = standards.loc[("ty", "all", "toy.trips")]
    assert trips["headcount"] == pytest.approx(1600 / PEOPLE)  # places 1 and 4
    assert trips["headcount_low"] == pytest.approx(1000 / PEOPLE)
    assert trips["headcount_high"] == pytest.approx(1600 / PEOPLE)
    # place 3's unknown trips can make nobody deprived: all is known that matters
    assert trips["coverage"] == pytest.approx(1.0)
    assert trips["settlements"] == 2  # place 1 and the twin
    wait = standards.loc[("ty", "all", "toy.wait")]
    # all deprived whose wait is known are in breach; of place 4 it is not known
    assert wait["headcount"] == pytest.approx(1730 / PEOPLE)
    assert wait["headcount_low"] == pytest.approx(1130 / PEOPLE)
    assert wait["coverage"] == pytest.approx((PEOPLE - 600) / PEOPLE)
    net = standards.loc[("ty", "all", "toy.net")]
    assert net["headcount"] == pytest.approx(1730 / PEOPLE * 1000 / 1130)
    # nobody is bound by the target of 2030 yet
    assert "toy.speed" not in standards.index.get_level_values("standard")


def test_contributions_sum_to_m0(standards, curve):
    # place 1 a third each, place 2 half for the wait, place 4 all for the trips (only
    # they are known there), place 5 half for the wait
    expected = {
        "toy.trips": (1000 / 3 + 600) / PEOPLE,
        "toy.wait": (1000 / 3 + 50 + 15) / PEOPLE,
        "toy.net": 1000 / 3 / PEOPLE,
    }
    for name, number in expected.items():
        row = standards.loc[("ty", "all", name)]
        assert row["contribution"] == pytest.approx(number, abs=1e-15)
        assert row["share"] == pytest.approx(number * PEOPLE / 1665)
    for key, rows in standards.groupby(["area_id", "subgroup"]):
        whole = curve.loc[(*key, 0.5)]
        for column, figure in (
            ("contribution", "m0"),
            ("contribution_to_low", "m0_low"),
            ("contribution_to_high", "m0_high"),
        ):
            if not math.isnan(whole[figure]):
                assert abs(rows[column].sum() - whole[figure]) < 1e-12


def test_where_all_is_known_and_applies_m0_is_weight_times_headcount(standards):
    # of the one agrogorodok every standard applies, is known, and is broken
    rows = standards.loc[("ty", "kind:agrogorodok")]
    assert rows["headcount"].tolist() == [1.0] * 3
    assert rows["contribution"].tolist() == pytest.approx([1 / 3] * 3)


def test_members_of_a_partition_make_the_whole(parts, curve):
    village = parts.loc[("ty", "town_village", "village")]
    assert village["share_counted"] == pytest.approx(2130 / PEOPLE)
    assert village["m0"] == pytest.approx(1665 / 2130)
    assert village["m0_contribution"] == pytest.approx(1665 / PEOPLE)
    assert village["settlements"] == 7
    assert village["settlements_deprived"] == 4
    assert parts.loc[("ty", "town_village", "town"), "m0"] == 0.0
    # too little is known of the rural places, but their part of the whole stands
    rural = parts.loc[("ty", "kind", "kind:rural")]
    assert math.isnan(rural["m0"])
    assert rural["m0_contribution"] == pytest.approx(665 / PEOPLE)
    assert parts.loc[("o", "areas", "a"), "m0"] == pytest.approx(1050 / 11500)
    assert parts.loc[("o", "areas", "b"), "m0_contribution"] == pytest.approx(
        615 / PEOPLE
    )
    assert parts.loc[("ty", "size", "size:0-49"), "m0"] == pytest.approx(0.5)
    assert parts.loc[("ty", "size", "size:unknown"), "settlements"] == 1
    for (area, partition), rows in parts.groupby(["area_id", "partition"]):
        whole = curve.loc[(area, "all", 0.5)]
        assert rows["share_people"].sum() == pytest.approx(1.0), partition
        for figure in ("m0", "m0_low", "m0_high"):
            if not math.isnan(whole[figure]):
                found = rows[f"{figure}_contribution"].sum()
                assert abs(found - whole[figure]) < 1e-12, (area, partition, figure)


def test_the_score_is_split_where_its_bounds_did_not_move_it(parts):
    # raion a: (1000 x 1.75/3 + 100 x 1/10) / 11500, all of it in the villages
    village = parts.loc[("a", "town_village", "village")]
    assert village["score_contribution"] == pytest.approx((1750 / 3 + 10) / 11500)
    assert parts.loc[("a", "town_village", "town"), "score_contribution"] == 0.0
    # country: the mean over the scored places lies below what is certain of all
    assert parts.loc["ty"]["score_contribution"].isna().all()


def test_what_no_child_area_holds_is_a_member_too():
    rows = country.settlements()
    rows.loc["toy:1", "raion_id"] = None
    table = _parts(country.given(rows, bands=BANDS))
    lost = table.loc[("o", "areas", "unplaced")]
    assert lost["m0_contribution"] == pytest.approx(1000 / PEOPLE)
    found = table.loc[("o", "areas")]["m0_contribution"].sum()
    assert abs(found - 1665 / PEOPLE) < 1e-12
