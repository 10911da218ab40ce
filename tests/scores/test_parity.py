"""Parity: what no yardstick can be made of."""

import pandas as pd
import pytest

from geo.scores.comparison import compare
from geo.scores.given import Given
from geo.scores.parity import parity
from geo.scores.scores import settlement_scores
from geo.standards.model import Standard
from tests.standards import country, toy

WAIT, GRADE = "health.ambulance_minutes", "digital.best_generation"
LIMIT = toy.standard("toy.wait", WAIT, {"op": "<=", "value": 20})


def _place(kind: str, people: int) -> dict:
    return {
        "kind": kind,
        "population": people,
        "urban": "yes" if kind == "raion_city" else "no",
        "country_id": "ty",
    }


SETTLEMENTS = toy.settlements(_place("raion_city", 900), _place("rural", 100))
AREAS = pd.DataFrame([("ty", "country")], columns=["id", "level"])


def _minutes(town: dict | int) -> pd.DataFrame:
    return toy.values(("toy:0", WAIT, town), ("toy:1", WAIT, 40))


def _given(values: pd.DataFrame, *standards: Standard) -> Given:
    ways = {WAIT: "lower", GRADE: "higher"}
    return country.given(
        SETTLEMENTS, values, standards=standards, within=AREAS, better=ways
    )


def _parity(values: pd.DataFrame) -> pd.DataFrame:
    return parity(_given(values)).set_index("group")


ASSUMED = {"value": 10, "low": 10, "high": 10, "status": "assumed"}


def test_a_measured_town_is_a_yardstick():
    village = _parity(_minutes(10)).loc["village"]
    assert village[["mean", "ratio", "difference"]].tolist() == [40, 0.25, 30]


def test_an_assumed_town_is_none():
    table = _parity(_minutes(ASSUMED))
    assert table.loc["town", "mean"] == 10  # shown, and compared with nothing
    assert table[["ratio", "difference"]].isna().all(axis=None)


@pytest.mark.parametrize(("town", "gap"), [(10, 0.75), (ASSUMED, None)])
def test_the_parity_gap_of_a_settlement_needs_a_stated_town(town, gap):
    found = compare(_given(_minutes(town), LIMIT))
    village = found.set_index("settlement_id").at["toy:1", "parity_gap"]
    assert pd.isna(village) if gap is None else village == gap


UNBOUNDED = {"value": 40, "low": None, "high": None}


@pytest.mark.parametrize("village", [ASSUMED | {"value": 40}, UNBOUNDED])
def test_what_nothing_bounds_is_compared_with_no_town(village):
    """An assumption, and a way by a list that may lack a nearer place."""
    values = toy.values(("toy:0", WAIT, 10), ("toy:1", WAIT, village))
    found = compare(_given(values, LIMIT)).set_index("settlement_id")
    assert pd.isna(found.at["toy:1", "parity_gap"])
    table = _parity(values)
    assert table.loc["village", "mean"] == 40
    assert pd.isna(table.loc["village", "ratio"])
    # nor is it a yardstick
    turned = toy.values(("toy:0", WAIT, village), ("toy:1", WAIT, 10))
    assert compare(_given(turned, LIMIT))["parity_gap"].isna().all()


def test_ordered_grades_have_neither_mean_nor_ratio():
    values = toy.values(("toy:0", GRADE, 4), ("toy:1", GRADE, 2)).assign(unit="G")
    table = _parity(values)
    assert table.loc[["town", "village"], "known_share"].tolist() == [1, 1]
    assert table[["mean", "ratio", "difference"]].isna().all(axis=None)


def test_an_indicator_that_several_standards_look_at_counts_once():
    other = "health.primary_care_minutes"
    limits = [
        *(toy.standard(f"toy.{n}", WAIT, {"op": "<=", "value": n}) for n in (20, 35)),
        toy.standard("toy.care", other, {"op": "<=", "value": 20}),
    ]
    known = [
        (f"toy:{place}", code, minutes)
        for code, both in ((WAIT, (10, 40)), (other, (10, 20)))
        for place, minutes in enumerate(both)
    ]
    given = _given(toy.values(*known), *limits)
    scores = settlement_scores(given, compare(given), ["health"])
    village = scores[scores["settlement_id"] == "toy:1"].set_index("group")
    # 1 - 10/40 twice over one number is one gap; with 1 - 10/20 the mean is 0.625
    assert village["parity_gap"].to_dict() == {"health": 0.625, "overall": 0.625}
