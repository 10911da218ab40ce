"""Runs tests/cases/*.yaml: cases of the law that need no Python to read."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from geo.errors import DeclarationError
from geo.standards.judge import judge
from geo.standards.model import Standard
from geo.types import Kind
from tests.standards import toy
from tests.standards.case_files import FLAGS, FOLDER, NUMBERS, WORDS, read_cases


def _cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}: {case['case']}")
        for path in sorted(set(FOLDER.glob("*.yaml")) - {FOLDER / "units.yaml"})
        for case in read_cases(path)
    ]


CASES = _cases()
STANDARDS = {s.id: s for s in toy.declared_standards() if s.for_settlements}


def _contents() -> list[dict[str, Any]]:
    return [case for parameter in CASES for case in parameter.values]  # noqa: PD011


def _counts(name: str, known: Any) -> dict[str, float]:
    """Return a count as given: a number, a range such as 0-99, or unknown."""
    if isinstance(known, int):
        exact = {f"{name}_low": float(known), f"{name}_high": float(known)}
        return exact | ({name: float(known)} if name == "population" else {})
    if known == "unknown":
        return {}
    low, high = known.split("-")
    return {f"{name}_low": float(low), f"{name}_high": float(high)}


def _settlement(given: dict[str, Any]) -> pd.DataFrame:
    row: dict[str, Any] = {}
    kind = given.get("kind")
    if kind is not None:
        row["kinds_possible"] = kind if isinstance(kind, list) else [kind]
        row["kind"] = None if isinstance(kind, list) else kind
    for name in ("population", "households"):
        row |= _counts(name, given.get(name, "unknown"))
    for flag in FLAGS:
        row[flag] = {True: "yes", False: "no", None: "unknown"}[given.get(flag)]
    oblast = given.get("oblast", "unknown")
    row["oblast_id"] = None if oblast == "unknown" else oblast
    return toy.settlements(row)


def _areas(case: dict[str, Any]) -> pd.DataFrame:
    """Return the oblasts that the law and the case name, the name being the id."""
    standard = STANDARDS[case["standard"]]
    names = {
        name for norm in standard.norms for name in norm.applies.territory or ()
    } | {case["given"].get("oblast", "unknown")}
    rows = [{"id": name, "level": "oblast", "name": name} for name in sorted(names)]
    return pd.DataFrame(rows)


def _value(indicator: str, value: Any, when: date) -> pd.DataFrame:
    """Return what is known, of the day of the case unless it says another."""
    if value == "unreachable":
        known = {"status": "unreachable", "low": float("inf")}
    elif value == "not_applicable":
        known = {"status": "not_applicable"}
    elif value == "unknown":
        known = None
    elif isinstance(value, dict):
        known = {"date": str(when)} | value
    else:
        known = {"date": str(when)} | dict.fromkeys(("value", "low", "high"), value)
    return toy.values(("toy:0", indicator, known))


def _judged(case: dict[str, Any]) -> Any:
    standard = STANDARDS[case["standard"]]
    return judge(
        _settlement(case["given"]),
        _value(standard.indicator or "", case["value"], case["when"]),
        [standard],
        case["when"],
        toy.freshness(),
        _areas(case),
    ).iloc[0]


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    judged, expect = _judged(case), dict(case["expect"])
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


def _decided() -> set[tuple[str, Any, str]]:
    """Return (row, first day of its revision, verdict) of every case with a row."""
    found = set()
    for case in _contents():
        judged = _judged(case)
        for norm in STANDARDS[case["standard"]].norms:
            if norm.id == judged["norm_id"] and norm.in_force(case["when"]):
                found.add((norm.id, norm.valid_from, judged["verdict"]))
    return found


def test_there_are_enough_cases_and_every_row_is_kept_breached_and_unknown():
    assert len(_contents()) >= 150
    wanted = {
        (norm.id, norm.valid_from, verdict)
        for standard in STANDARDS.values()
        for norm in standard.norms
        for verdict in ("kept", "breached", "unknown")
    }
    assert wanted - _decided() == set()


def test_every_standard_says_to_whom_it_does_not_apply():
    silent = {
        case["standard"]
        for case in _contents()
        if case["expect"]["verdict"] == "no_norm"
    }
    bound = {key for key, standard in STANDARDS.items() if not _binds_all(standard)}
    assert bound - silent == set()


def _binds_all(standard: Standard) -> bool:
    """Return whether every kind has a norm, or one that was not read, on every day."""
    by_kind_alone = [
        row.applies.kind or tuple(Kind)
        for row in (*standard.norms, *standard.unread)
        if not set(row.applies.model_dump(exclude_none=True)) - {"kind"}
    ]
    since_ever = any(
        row.valid_from is None for row in (*standard.norms, *standard.unread)
    )
    asked = standard.unit_of_assessment == "settlement"
    return asked and since_ever and {k for one in by_kind_alone for k in one} == {*Kind}


def test_targets_have_cases_before_their_day():
    waiting = {
        case["standard"]
        for case in _contents()
        if case["expect"]["verdict"] == "not_due"
    }
    targets = {
        key
        for key, s in STANDARDS.items()
        if any(n.due and n.known_from < n.due for n in s.norms)
    }
    assert waiting == targets


def test_the_case_ids_are_distinct():
    ids = [parameter.id for parameter in CASES]
    assert len(set(ids)) == len(ids)


GOOD = """\
standard: by.transport.trips
cases:
- case: one
  given: {kind: rural, population: 60}
  value: 8
  when: 2026-11-22
  expect: {verdict: kept}
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("cases:", "case:", "must hold the keys 'standard' and 'cases'"),
        ("  value: 8\n", "", "case 'one': key 'value': is missing"),
        ("kind: rural", "kinds: rural", "key 'given.kinds': ?"),
        ("rural", "village", "key 'given.kind': 'village' is no kind"),
        ("verdict: kept", "verdict: fine", "'fine' is no verdict. Known: kept, "),
        ("verdict: kept", "verdict: unknown, reason: why", "'why' is no reason"),
        ("verdict: kept", "verdict: kept, gaps: 0", "key 'expect.gaps': ?"),
        ("value: 8", "value: eight", "key 'value': 'eight' is no value"),
        ("value: 8", "value: {least: 8}", "key 'value.least': ?. Known: value, low"),
        ("2026-11-22", "soon", "key 'when': 'soon' is no day"),
        ("- case: one", "- 3\n- case: one", "number 1"),
        ("- case: one", "- case: one: two", "not valid YAML"),
    ],
)
def test_a_case_that_says_something_else_is_refused(old, new, words, tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert len(read_cases(path)) == 1
    assert old in GOOD
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_cases(path)
    assert words in str(caught.value)
    assert "own.yaml" in caught.value.where
