"""The parity ladder of the toy country, and what may be said of ten times."""

import math

import pytest

from geo.scores.ladder import ladder
from tests.standards import country, toy

FIGURES = ["ratio_low", "ratio", "ratio_high"]


def _ladder(rows, values, better=country.BETTER, freshness=None):
    given = country.given(
        rows, values, toy_judged(rows), better=better, freshness=freshness or {}
    )
    return ladder(given).set_index(["area_id", "indicator", "rung"])


def toy_judged(rows):
    judged = country.judged()
    first = judged[judged["settlement_id"] == "toy:0"]
    return (
        judged
        if len(rows) == 8
        else first.loc[first.index.repeat(len(rows))].assign(
            settlement_id=sorted(rows.index.tolist() * len(first))
        )
    )


@pytest.fixture(scope="module")
def steps():
    values = country.values()
    values["unit"] = values["unit"].mask(values["indicator"] == country.NET, "yes/no")
    return _ladder(country.settlements(), values, country.BETTER)


def test_rungs_of_the_trips(steps):
    town = steps.loc[("ty", country.TRIPS, "raion_town")]
    assert (town["mean"], town["step"], town["reference"]) == (40, 3, "raion_town")
    assert town[FIGURES].tolist() == [1.0, 1.0, 1.0]
    agro = steps.loc[("ty", country.TRIPS, "agrogorodok")]
    assert agro[FIGURES].tolist() == pytest.approx([15 / 40] * 3)
    assert agro["order_of_magnitude"] == "no"
    village = steps.loc[("ty", country.TRIPS, "village")]
    assert village["settlements"] == 5
    assert village["known_share"] == pytest.approx(730 / 1130)
    assert village["mean"] == pytest.approx(3320 / 730)
    assert village["ratio"] == pytest.approx(3320 / 730 / 40)
    either = steps.loc[("ty", country.TRIPS, "village_any")]
    assert either["mean"] == pytest.approx(18320 / 1730)
    # no capital and no oblast city here: no rows
    rungs = steps.loc[("ty", country.TRIPS)].index
    assert list(rungs) == ["agrogorodok", "raion_town", "village", "village_any"]


def test_a_rung_below_the_floor_has_a_mean_and_no_ratio(steps):
    village = steps.loc[("ty", country.WAIT, "village")]
    assert village["known_share"] == pytest.approx(500 / 1130)
    assert village["mean"] == pytest.approx(21000 / 500)
    assert village["reason"] == "coverage"
    assert village[FIGURES].isna().all()


def test_an_unreachable_place_leaves_the_end_open(steps):
    either = steps.loc[("ty", country.WAIT, "village_any")]
    assert either["ratio"] == pytest.approx(10 / (101000 / 1500))
    assert math.isnan(either["mean_high"])
    assert math.isnan(either["ratio_low"])
    assert either["order_of_magnitude"] == "unknown"


def test_unknown_yes_and_no_count_as_either(steps):
    either = steps.loc[("ty", country.NET, "village_any")]
    # 400 of 1,530 known people have it; of 600 it is not known
    assert either["mean"] == pytest.approx(400 / 1530)
    assert either["mean_low"] == pytest.approx(400 / 2130)
    assert either["mean_high"] == pytest.approx(1000 / 2130)
    assert either["order_of_magnitude"] == "no"
    agro = steps.loc[("ty", country.NET, "agrogorodok")]
    assert agro[FIGURES].tolist() == [0.0, 0.0, 0.0]
    assert agro["order_of_magnitude"] == "yes"


def _two(town: dict, village: dict, unit: str = "min"):
    rows = toy.settlements(
        {
            "kind": "oblast_city",
            "urban": "yes",
            "population": 100.0,
            "country_id": "ty",
        },
        {"kind": "rural", "urban": "no", "population": 10.0, "country_id": "ty"},
    )
    values = toy.values(
        ("toy:0", "health.hospital_minutes", town),
        ("toy:1", "health.hospital_minutes", village),
    ).assign(unit=unit)
    table = _ladder(rows, values, {"health.hospital_minutes": "lower"})
    return table.loc[("ty", "health.hospital_minutes", "village")]


@pytest.mark.parametrize(
    ("town", "village", "ratio", "said"),
    [
        # at most 3 against at least 30 minutes: ten times for certain
        ((1, 2, 3), (30, 40, 50), (1 / 50, 2 / 40, 3 / 30), "yes"),
        ((1, 2, 3), (30, 40, None), (math.nan, 2 / 40, 3 / 30), "yes"),
        ((1, 2, 4), (30, 40, 50), (1 / 50, 2 / 40, 4 / 30), "unknown"),
        ((4, 4, 4), (20, 30, 39), (4 / 39, 4 / 30, 4 / 20), "no"),
        ((None, 2, None), (30, 40, 50), (0, 2 / 40, math.nan), "unknown"),
        # 0 minutes are no yardstick, whatever the other side
        ((0, 0, 4), (30, 40, 50), (0, math.nan, 4 / 30), "unknown"),
    ],
)
def test_ten_times_needs_the_whole_interval(town, village, ratio, said):
    made = [
        {"low": low, "value": value, "high": high}
        for low, value, high in (town, village)
    ]
    row = _two(*made)
    assert row[FIGURES].tolist() == pytest.approx(list(ratio), nan_ok=True)
    assert row["order_of_magnitude"] == said
    assert (row["reason"] == "zero") == math.isnan(ratio[1])


def test_grades_have_neither_mean_nor_ratio():
    exact = {"low": 4, "value": 4, "high": 4}
    row = _two(exact, exact, unit="G")
    assert row["reason"] == "ordinal"
    assert math.isnan(row["ratio"])
    assert row[["mean", "mean_low", "mean_high"]].isna().all()
    assert row["known_share"] == 1


def test_who_may_be_either_stands_on_no_rung_of_the_five():
    rows = country.settlements()
    rows.at["toy:2", "kinds_possible"] = ["agrogorodok", "rural"]
    rows.at["toy:0", "kinds_possible"] = ["raion_city", "urban_settlement"]
    steps = _ladder(rows, country.values(), country.BETTER)
    # both classes of place 0 are the same rung, those of place 2 are two
    assert steps.loc[("ty", country.TRIPS, "raion_town"), "population"] == 10000
    village = steps.loc[("ty", country.TRIPS, "village")]
    assert village["population"] == 1030
    assert village["between_population"] == 100
    assert village["between_share"] == pytest.approx(100 / 12130)
    assert steps.loc[("ty", country.TRIPS, "village_any"), "population"] == 2130


def test_a_rung_that_is_assumed_is_no_yardstick():
    values = country.values()
    mine = (values["settlement_id"] == "toy:0") & (values["indicator"] == country.WAIT)
    values.loc[mine, "status"] = "assumed"
    steps = _ladder(country.settlements(), values, country.BETTER)
    town = steps.loc[("ty", country.WAIT, "raion_town")]
    assert (town["mean"], town["assumed_share"], town["reason"]) == (10, 1, "assumed")
    assert town[FIGURES].isna().all()
    # the next rung with a figure is the top one
    agro = steps.loc[("ty", country.WAIT, "agrogorodok")]
    assert (agro["reference"], agro["ratio"]) == ("agrogorodok", 1.0)


def test_a_stale_value_is_on_no_rung():
    values = country.values()
    values["date"] = values["date"].fillna("2014-02-01").astype("datetime64[s]")
    steps = _ladder(country.settlements(), values, country.BETTER, {country.TRIPS: 2})
    assert steps.loc[("ty", country.TRIPS, "raion_town"), "known_share"] == 0
    assert steps.loc[("ty", country.WAIT, "raion_town"), "known_share"] == 1
