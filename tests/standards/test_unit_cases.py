"""Runs tests/cases/units.yaml: cases of norms of raions, oblasts and operators."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from geo.layers.schema import TABLES
from geo.layers.units import COLUMNS
from geo.standards.units import judge_units
from geo.types import Force
from tests.standards import toy

FILE = Path(__file__).resolve().parents[1] / "cases" / "units.yaml"
KEYS = {"case", "standard", "unit", "value", "when", "expect"}
NUMBERS = {
    "norm": "norm",
    "gap": "gap",
    "gap_low": "gap_low",
    "gap_high": "gap_high",
    "progress": "progress",
    "pace": "required_pace",
}
WORDS = {
    "verdict": "verdict",
    "row": "norm_id",
    "reason": "reason",
    "if_fresh": "verdict_if_fresh",
}
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="module")
def standards():
    return {standard.id: standard for standard in toy.declared_unit_standards()}


def _units(level: str) -> pd.DataFrame:
    row = {"unit_of_assessment": level, "unit_id": "x"}
    table = pd.DataFrame([row]).reindex(columns=list(COLUMNS))
    counts = ["population_low", "population_high"]
    table[counts] = table[counts].astype("float64")
    return table


def _values(level: str, indicator: str, value: Any, when: date) -> pd.DataFrame:
    """Return what is known, of the day of the case unless it says another."""
    known = value
    if value == "unknown":
        known = None
    elif value == "not_applicable":
        known = {"status": value}
    elif isinstance(value, dict):
        both = (
            dict.fromkeys(("low", "high"), value["value"]) if "value" in value else {}
        )
        known = {"date": str(when)} | both | value
    else:
        both = dict.fromkeys(("value", "low", "high"), float(value))
        known = {"date": str(when)} | both
    table = toy.values(("x", indicator, known))
    table = table.rename(columns={"settlement_id": "unit_id"})
    table = table.assign(unit_of_assessment=level)
    return table.reindex(columns=TABLES["unit_values"].schema.names)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_case(case, standards):
    assert set(case) == KEYS
    standard = standards[case["standard"]]
    assert standard.unit_of_assessment == case["unit"]
    judged = judge_units(
        _units(case["unit"]),
        _values(case["unit"], standard.indicator, case["value"], case["when"]),
        [standard],
        case["when"],
        toy.freshness(),
    )
    assert len(judged) == 1
    row, expect = judged.iloc[0], dict(case["expect"])
    for key in NUMBERS.keys() & expect.keys():
        wanted, found = expect.pop(key), row[NUMBERS[key]]
        if wanted is None:
            assert pd.isna(found), f"{key} is {found}"
        else:
            assert found == pytest.approx(wanted, abs=0.0005), key
    for key in WORDS.keys() & expect.keys():
        wanted, found = expect.pop(key), row[WORDS[key]]
        assert (None if pd.isna(found) else found) == wanted, key
    if "due" in expect:
        assert row["due"].date() == expect.pop("due")
    assert not expect, f"unknown keys {sorted(expect)}"


@pytest.mark.parametrize("verdict", ["kept", "breached", "unknown", "no_norm"])
def test_every_standard_has_a_case_of_each_verdict(verdict, standards):
    found = {c["standard"] for c in CASES if c["expect"]["verdict"] == verdict}
    assert found == set(standards)


def test_every_target_has_a_case_before_its_day(standards):
    waiting = {c["standard"] for c in CASES if c["expect"]["verdict"] == "not_due"}
    targets = {key for key, s in standards.items() if s.force is Force.TARGET}
    assert waiting == targets


def test_every_row_decides_a_case(standards):
    named = {case["expect"].get("row") for case in CASES} - {None}
    assert named == {norm.id for one in standards.values() for norm in one.norms}


def test_the_names_of_the_cases_are_distinct():
    names = [case["case"] for case in CASES]
    assert len(set(names)) == len(names)
