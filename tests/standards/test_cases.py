"""Runs tests/cases/*.yaml: cases of the law that need no Python to read."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from geo.standards.judge import judge
from tests.standards import toy

FOLDER = Path(__file__).resolve().parents[1] / "cases"
FLAGS = ("selsovet_centre", "raion_centre", "oblast_centre")
KEYS = {"case", "standard", "given", "value", "when", "expect"}
NUMBERS = {
    "norm": "norm",
    "norm_low": "norm_low",
    "norm_high": "norm_high",
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


def _cases() -> list[Any]:
    found = []
    for path in sorted(set(FOLDER.glob("*.yaml")) - {FOLDER / "units.yaml"}):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in content["cases"]:
            case.setdefault("standard", content["standard"])
            found.append(pytest.param(case, id=f"{path.stem}: {case['case']}"))
    return found


CASES = _cases()


def _contents() -> list[dict[str, Any]]:
    return [case for parameter in CASES for case in parameter.values]  # noqa: PD011


@pytest.fixture(scope="module")
def standards():
    return {standard.id: standard for standard in toy.declared_standards()}


def _settlement(given: dict[str, Any]) -> pd.DataFrame:
    row: dict[str, Any] = {}
    kind = given.get("kind")
    if kind is not None:
        row["kinds_possible"] = kind if isinstance(kind, list) else [kind]
        row["kind"] = None if isinstance(kind, list) else kind
    people = given.get("population", "unknown")
    if isinstance(people, int):
        row["population"] = people
    elif people != "unknown":
        low, high = people.split("-")
        row |= {"population_low": float(low), "population_high": float(high)}
    for flag in FLAGS:
        row[flag] = {True: "yes", False: "no", None: "unknown"}[given.get(flag)]
    assert set(given) <= {"kind", "population", *FLAGS}
    return toy.settlements(row)


def _value(indicator: str, value: Any) -> pd.DataFrame:
    if value == "unreachable":
        known = {"status": "unreachable", "low": float("inf")}
    elif value == "unknown":
        known = None
    elif isinstance(value, bool):
        known = float(value)
    else:
        known = value
    return toy.values(("toy:0", indicator, known))


@pytest.mark.parametrize("case", CASES)
def test_case(case, standards):
    assert set(case) == KEYS
    standard = standards[case["standard"]]
    judged = judge(
        _settlement(case["given"]),
        _value(standard.indicator, case["value"]),
        [standard],
        case["when"],
        toy.freshness(),
    ).iloc[0]
    expect = dict(case["expect"])
    for key, column in NUMBERS.items():
        if key in expect:
            wanted, found = expect.pop(key), judged[column]
            if wanted is None:
                assert pd.isna(found), f"{key} is {found}"
            else:
                assert found == pytest.approx(wanted, abs=0.0005), key
    for key, column in WORDS.items():
        if key in expect:
            wanted, found = expect.pop(key), judged[column]
            assert (None if pd.isna(found) else found) == wanted, key
    if "due" in expect:
        assert judged["due"].date() == expect.pop("due")
    assert not expect, f"unknown keys {sorted(expect)}"


def test_there_are_enough_cases_and_each_row_of_the_law_decides_one(standards):
    cases = _contents()
    assert len(cases) >= 60
    named = {case["expect"].get("row") for case in cases} - {None}
    assert named == {norm.id for one in standards.values() for norm in one.norms}


@pytest.mark.parametrize("verdict", ["kept", "breached", "unknown"])
def test_every_standard_has_a_case_of_each_verdict(verdict, standards):
    cases = _contents()
    found = {c["standard"] for c in cases if c["expect"]["verdict"] == verdict}
    assert found == set(standards)


def test_the_case_ids_are_distinct():
    ids = [parameter.id for parameter in CASES]
    assert len(set(ids)) == len(ids)
