"""Reads tests/cases/*.yaml and says in words what is wrong with a case."""

from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import DeclarationError
from geo.types import Kind, Reason, Verdict
from geo.yaml_file import read_yaml

FOLDER = Path(__file__).resolve().parents[1] / "cases"
FLAGS = ("selsovet_centre", "raion_centre", "oblast_centre")
GIVEN = ("kind", *FLAGS, "population", "households", "oblast")
KEYS = ("case", "standard", "given", "value", "when", "expect")
#: keys of `expect` -> columns of the judgements
NUMBERS = {
    "norm": "norm",
    "norm_low": "norm_low",
    "norm_high": "norm_high",
    "national": "norm_national",
    "oblast": "norm_oblast",
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
    "status": "status",
    "revision": "revision",
}
EXPECT = (*NUMBERS, *WORDS, "due")
VALUE_WORDS = ("unknown", "unreachable", "not_applicable")
VALUE_KEYS = ("value", "low", "high", "date", "status")


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Return the cases of one file, each with its standard.

    Raises
    ------
    DeclarationError
        If a case does not say what it must; names file, case and key.
    """
    content = read_yaml(path)
    if not isinstance(content, dict) or set(content) != {"standard", "cases"}:
        raise DeclarationError(
            "the file must hold the keys 'standard' and 'cases'",
            where=path.name,
            remedy="tests/cases/transport.yaml shows how.",
        )
    cases = []
    for number, case in enumerate(content["cases"], 1):
        name = case.get("case") if isinstance(case, dict) else None
        where = f"{path.name}, case {name or f'number {number}'!r}"
        if not isinstance(case, dict):
            raise _fault(where, "", "a case is a list of keys", KEYS)
        cases.append({"standard": content["standard"]} | case)
        _check(cases[-1], where)
    return cases


def _fault(where: str, key: str, what: str, allowed: tuple[str, ...]) -> Exception:
    return DeclarationError(
        f"key {key!r}: {what}" if key else what,
        where=where,
        remedy=f"Known: {', '.join(allowed)}.",
    )


def _check(case: dict[str, Any], where: str) -> None:
    for key in KEYS:
        if key not in case:
            raise _fault(where, key, "is missing", KEYS)
    for part, allowed in ((None, KEYS), ("given", GIVEN), ("expect", EXPECT)):
        for key in case if part is None else case[part]:
            if key not in allowed:
                raise _fault(where, f"{part or ''}.{key}".strip("."), "?", allowed)
    if not isinstance(case["when"], date):
        raise _fault(where, "when", f"{case['when']!r} is no day", ("2026-11-22",))
    _check_words(case, where)


def _check_words(case: dict[str, Any], where: str) -> None:
    kinds = case["given"].get("kind") or ()
    known = tuple(kind.value for kind in Kind)
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind not in known:
            raise _fault(where, "given.kind", f"{kind!r} is no kind", known)
    verdicts = tuple(verdict.value for verdict in Verdict)
    if case["expect"].get("verdict") not in verdicts:
        got = case["expect"].get("verdict")
        raise _fault(where, "expect.verdict", f"{got!r} is no verdict", verdicts)
    reasons = tuple(reason.value for reason in Reason)
    if case["expect"].get("reason") not in (None, *reasons):
        got = case["expect"]["reason"]
        raise _fault(where, "expect.reason", f"{got!r} is no reason", reasons)
    value = case["value"]
    if isinstance(value, str) and value not in VALUE_WORDS:
        raise _fault(where, "value", f"{value!r} is no value", VALUE_WORDS)
    for key in value if isinstance(value, dict) else ():
        if key not in VALUE_KEYS:
            raise _fault(where, f"value.{key}", "?", VALUE_KEYS)
