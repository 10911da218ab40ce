"""The toy country of eight settlements: every number here was computed by hand."""

import math

import pandas as pd
import pyarrow as pa
import pytest

from geo.errors import LayerError
from geo.layers.schema import TABLES
from geo.scores.areas import area_scores
from geo.scores.comparison import compare
from geo.scores.matrix import OVERALL
from geo.scores.parity import parity
from tests.standards import country


@pytest.fixture(scope="module")
def judged():
    return country.judged()


@pytest.fixture(scope="module")
def given(judged):
    return country.given(judgements=judged)


@pytest.fixture(scope="module")
def scored(given):
    return country.scored(given)


@pytest.fixture(scope="module")
def areas(given):
    table = area_scores(given, country.DOMAINS)
    return table.set_index(["area_id", "subgroup", "subject"])


@pytest.fixture(scope="module")
def levels(given):
    return parity(given).set_index(["area_id", "indicator", "group"])


def _column(judged: pd.DataFrame, standard: str, name: str) -> list:
    return judged.loc[judged["standard"] == standard, name].tolist()


def test_the_judge_says_what_the_table_says(judged):
    kept, breached, unknown, none = "kept", "breached", "unknown", "no_norm"
    assert _column(judged, "toy.trips", "verdict") == [
        none, breached, kept, unknown, breached, kept, kept, breached,
    ]  # fmt: skip
    assert _column(judged, "toy.wait", "verdict") == [
        kept, breached, breached, kept, unknown, breached, kept, breached,
    ]  # fmt: skip
    assert _column(judged, "toy.net", "verdict") == [
        kept, breached, none, kept, unknown, none, unknown, none,
    ]  # fmt: skip
    assert _column(judged, "toy.speed", "verdict") == ["not_due"] * 8
    nan = math.nan
    assert _column(judged, "toy.trips", "gap") == pytest.approx(
        [nan, 0.25, 0, nan, 0.5, 0, 0, 1], nan_ok=True
    )
    assert _column(judged, "toy.wait", "gap") == pytest.approx(
        [0, 0.5, 0.2, 0, nan, 1, 0, 0.6], nan_ok=True
    )
    assert _column(judged, "toy.speed", "progress") == pytest.approx(
        [1, 0.5, 1, nan, nan, nan, nan, nan], nan_ok=True
    )


def test_settlements_are_scored_with_bounds_and_floor(scored):
    overall = scored[scored["group"] == OVERALL].set_index("settlement_id")
    expected = {
        "score": [0, 1.75 / 3, 0.1, 0, math.nan, 0.5, 0, 0.8],
        "score_low": [0, 1.75 / 3, 0.1, 0, 0.5 / 3, 0.5, 0, 0.8],
        "score_high": [0, 1.75 / 3, 0.1, 1 / 3, 2.5 / 3, 0.5, 1 / 3, 0.8],
        "coverage": [1, 1, 1, 2 / 3, 1 / 3, 1, 2 / 3, 1],
        "kept": [2, 0, 1, 2, 0, 1, 2, 0],
        "breached": [0, 3, 1, 0, 1, 1, 0, 2],
        "unknown": [0, 0, 0, 1, 2, 0, 1, 0],
        "no_norm": [1, 0, 1, 0, 0, 1, 0, 1],
        "not_due": [1] * 8,
    }
    for column, numbers in expected.items():
        assert overall[column].tolist() == pytest.approx(numbers, nan_ok=True), column
    transport = scored[scored["group"] == "transport"].set_index("settlement_id")
    assert transport["score"].tolist() == pytest.approx(
        [math.nan, 0.25, 0, math.nan, 0.5, 0, 0, 1], nan_ok=True
    )
    assert math.isnan(transport["coverage"].iloc[0])  # no norm: nothing to cover
    post = scored[scored["group"] == "post"]
    assert len(post) == 8
    assert post["score"].isna().all()


def test_parity_gap_and_norm_gap_stand_beside(given, scored):
    compared = compare(given).set_index(["settlement_id", "standard"])
    # the one town has 40 trips, 10 minutes and broadband
    assert compared.loc[("toy:1", "toy.trips"), "parity_gap"] == pytest.approx(0.625)
    assert compared.loc[("toy:1", "toy.wait"), "parity_gap"] == pytest.approx(0.875)
    assert compared.loc[("toy:5", "toy.wait"), "parity_gap"] == 1.0
    assert math.isnan(compared.loc[("toy:3", "toy.trips"), "parity_gap"])
    # a village that keeps 40 minutes still has half the promise of a town
    assert compared.loc[("toy:3", "toy.wait"), "norm_gap"] == 0.5
    assert math.isnan(compared.loc[("toy:1", "toy.trips"), "norm_gap"])
    rows = scored.set_index(["settlement_id", "group"])
    assert rows.loc[("toy:1", "digital"), "parity_gap"] == pytest.approx((1 + 0.7) / 2)
    assert rows.loc[("toy:1", OVERALL), "parity_gap"] == pytest.approx(
        (0.625 + 0.875 + 0.85) / 3
    )
    assert rows.loc[("toy:1", OVERALL), "norm_gap"] == pytest.approx(0.25)


def test_fgt_of_a_standard(areas):
    row = areas.loc[("a", "all", "standard:toy.trips")]
    assert row["settlements"] == 4
    assert row["population"] == 11500
    people = {v: row[f"population_{v}"] for v in ("kept", "breached", "unknown")}
    assert people == {"kept": 100, "breached": 1000, "unknown": 400}
    assert row["population_no_norm"] == 10000
    assert row["coverage"] == pytest.approx(1100 / 1500)
    expected = {
        "fgt0": (1000 / 1100, 1000 / 1500, 1400 / 1500),
        "fgt1": (250 / 1100, 250 / 1500, 650 / 1500),
        "fgt2": (62.5 / 1100, 62.5 / 1500, 462.5 / 1500),
    }
    for name, numbers in expected.items():
        found = [row[name], row[f"{name}_low"], row[f"{name}_high"]]
        assert found == pytest.approx(numbers), name
    assert row["score"] == row["fgt1"]


def test_below_the_floor_an_area_has_bounds_and_no_central_figure(areas):
    row = areas.loc[("b", "all", "standard:toy.wait")]
    assert row["coverage"] == pytest.approx(30 / 630)
    assert math.isnan(row["fgt1"])
    # how many live in 6, where the norm is kept, nobody knows
    assert [row["fgt1_low"], row["fgt1_high"]] == pytest.approx([0, 1.0])
    overall = areas.loc[("b", "all", OVERALL)]
    assert math.isnan(overall["m0"])
    assert math.isnan(overall["score"])


def test_overall_score_and_alkire_foster(areas):
    row = areas.loc[("a", "all", OVERALL)]
    # over exactly what the coverage counts
    assert row["score"] == pytest.approx((1750 / 3 + 10) / (11100 + 800 / 3))
    assert row["score_high"] == pytest.approx((1750 / 3 + 10 + 400 / 3) / 11500)
    assert row["coverage"] == pytest.approx((11100 + 800 / 3) / 11500)
    assert row["h"] == pytest.approx(1100 / 11500)
    assert row["a"] == pytest.approx(1050 / 1100)
    assert row["m0"] == pytest.approx(1050 / 11500)
    west = areas.loc[("b", "all", OVERALL)]
    bounds = {name: (west[f"{name}_low"], west[f"{name}_high"]) for name in ("h", "m0")}
    # place 5 is deprived for certain at 1/2, place 4 between not at all and 1; 6 is
    # not deprived, and any number may live there
    assert bounds["h"] == pytest.approx((0, 1.0))
    assert bounds["m0"] == pytest.approx((0, 615 / 630))
    whole = areas.loc[("ty", "all", OVERALL)]
    assert whole["h"] == pytest.approx(1730 / 12130)
    assert whole["m0"] == pytest.approx(1665 / 12130)
    assert whole["a"] == pytest.approx(1665 / 1730)


def test_who_is_counted(areas):
    row = areas.loc[("b", "all", OVERALL)]
    assert row["settlements"] == 3  # not the twin
    assert row["population"] == 630
    assert row["settlements_breached"] == 2
    assert row["population_breached"] == 630
    assert row["settlements_unknown"] == 1  # place 6, nobody counted
    assert row["population_unknown"] == 0


def test_towns_villages_and_kinds_are_told_apart(areas):
    assert areas.loc[("a", "town", OVERALL), "population"] == 10000
    assert areas.loc[("a", "village", OVERALL), "population"] == 1500
    assert areas.loc[("a", "kind:agrogorodok", OVERALL), "m0"] == 1.0
    assert ("b", "town", OVERALL) not in areas.index
    assert areas.index.is_monotonic_increasing


def test_m0_decomposes_by_area_and_by_standard():
    rows, values = country.settlements().drop("toy:6"), country.values()
    given = country.given(rows, values[values["settlement_id"] != "toy:6"])
    table = area_scores(given, country.DOMAINS)
    areas = table.set_index(["area_id", "subgroup", "subject"])

    def people(area):
        row = areas.loc[(area, "all", OVERALL)]
        return sum(row[f"population_{v}"] for v in ("kept", "breached", "unknown"))

    for name in ("m0_low", "m0_high", "h_low", "h_high"):
        parts = sum(people(a) * areas.loc[(a, "all", OVERALL), name] for a in "ab")
        whole = areas.loc[("ty", "all", OVERALL), name]
        assert abs(parts / people("ty") - whole) < 1e-12
    matrix, (_, low, _) = given.matrix, given.counts
    weight = matrix.weights(OVERALL) * matrix.breached * (low >= 0.5)[:, None]
    by_standard = weight.T @ [10000, 1000, 100, 400, 600, 30, 0] / 12130
    assert abs(by_standard.sum() - areas.loc[("ty", "all", OVERALL), "m0_low"]) < 1e-12


def test_parity_of_village_and_town(levels):
    trips = levels.loc[("ty", country.TRIPS, "village")]
    assert trips["settlements"] == 6
    assert trips["population"] == 2130
    assert trips["known_share"] == pytest.approx(1730 / 2130)
    assert trips["mean"] == pytest.approx(18320 / 1730)
    assert trips["ratio"] == pytest.approx(18320 / 1730 / 40)
    assert trips["difference"] == pytest.approx(18320 / 1730 - 40)
    wait = levels.loc[("ty", country.WAIT, "village")]
    # inverted, because a longer wait is worse; the unreachable place has no mean
    assert wait["known_share"] == pytest.approx(1500 / 2130)
    assert wait["mean"] == pytest.approx(101000 / 1500)
    assert wait["ratio"] == pytest.approx(10 / (101000 / 1500))
    assert levels.loc[("ty", country.TRIPS, "town"), "ratio"] == 1.0
    # the one town is small
    assert levels.loc[("ty", country.TRIPS, "small_town"), "mean"] == 40
    # of 1,030 of 2,130 villagers nothing is known of the speed: a mean, no comparison
    speed = levels.loc[("ty", country.SPEED, "village")]
    assert speed["known_share"] == pytest.approx(1100 / 2130)
    assert speed["mean"] == pytest.approx(21000 / 1100)
    assert math.isnan(speed["ratio"])
    assert math.isnan(speed["difference"])
    # raion b has no town: a mean, and nothing to compare it with
    alone = levels.loc[("b", country.TRIPS, "village")]
    assert alone["mean"] == pytest.approx(4)
    assert math.isnan(alone["ratio"])
    assert "all" not in levels.index.get_level_values("group")


def test_towns_of_which_too_little_is_known_are_no_yardstick(judged):
    rows = country.settlements()
    rows.loc["toy:4", ["urban", "population"]] = ["yes", 9000.0]
    for floor, known in ((0.5, True), (0.6, False)):
        compared = compare(country.given(rows, judgements=judged, floor=floor))
        compared = compared.set_index(["settlement_id", "standard"])
        # of the wait 10,000 of 19,000 townspeople are known, of the trips all
        found = compared.loc[("toy:1", "toy.wait"), "parity_gap"]
        assert math.isnan(found) != known
        assert compared.loc[("toy:1", "toy.trips"), "parity_gap"] == pytest.approx(
            1 - 15 / (436000 / 19000)
        )


def test_a_stale_value_is_no_level():
    values = country.values()
    values["date"] = pd.Timestamp("2014-02-01")
    table = parity(country.given(known=values, freshness={country.TRIPS: 2}))
    table = table.set_index(["area_id", "indicator", "group"])
    assert table.loc[("ty", country.TRIPS, "village"), "known_share"] == 0
    assert table.loc[("ty", country.WAIT, "village"), "known_share"] > 0


@pytest.mark.parametrize("name", ["judgements", "scores", "area_scores", "parity"])
def test_tables_fit_the_release_schema(name, judged, scored, areas, levels):
    table = {
        "judgements": judged,
        "scores": scored,
        "area_scores": areas.reset_index(),
        "parity": levels.reset_index(),
    }[name]
    schema = TABLES[name].schema
    assert set(table.columns) == set(schema.names)
    arrow = pa.Table.from_pandas(table[schema.names], schema, preserve_index=False)
    assert arrow.schema.equals(schema)
    keys = table[list(TABLES[name].key)]
    assert not keys.duplicated().any()
    assert keys.equals(keys.sort_values(list(keys)).reset_index(drop=True))


def test_benchmarks_count_only_where_there_is_no_law(judged):
    benchmark = judged.assign(force="benchmark")
    law = judged[judged["standard"] == "toy.trips"]
    rest = benchmark[benchmark["standard"] != "toy.trips"]
    mixed = country.given(judgements=pd.concat([law, rest])).matrix
    assert mixed.standards == ("toy.trips",)
    assert len(country.given(judgements=benchmark).matrix.standards) == 4


def test_judgements_of_other_places_are_refused(judged):
    given = country.given(judgements=judged[judged["settlement_id"] != "toy:0"])
    with pytest.raises(LayerError, match="8 settlements but judgements of 7 places"):
        area_scores(given, country.DOMAINS)
