"""The scorecard as text: «по сообщению», our reading, both lists, levels in words."""

from dataclasses import replace
from pathlib import Path

import pytest

from geo.layers.schema import TABLES
from geo.release.manifest import build_manifest
from geo.release.read import Release
from geo.release.tables import arrow_table
from geo.reports.scorecard import scorecard
from tests.release import toy

READING = {"ru": "так прочитали мы", "be": "так прачыталі мы", "en": "so we read it"}


def _row(number, **more):
    act = {"act": "toy1", "title": f"Акт {number}", "revision": "2025"}
    return {
        "id": f"{toy.TRIPS}.{number}",
        "applies": {},
        "op": ">=",
        "value": 16,
        "confidence": "reported",
        "source": act,
    } | more


def _unwritten(manifest, frames):
    """Return a release without files."""
    held = {name: arrow_table(frame, TABLES[name]) for name, frame in frames.items()}
    return Release(Path("/nowhere"), manifest | {"release": "ty/2026-11-22.1"}, held)


@pytest.fixture
def card():
    """Return the scorecard of the first settlement, given rows and a judgement."""

    def make(*rows, judged=None, language="ru", levels=None, possible=None):
        tables = toy.tables()
        mine = (tables["judgements"]["settlement_id"] == "toy:1") & (
            tables["judgements"]["standard"] == toy.TRIPS
        )
        for column, value in (judged or {}).items():
            tables["judgements"].loc[mine, column] = value
        held = [possible if one else None for one in mine]
        tables["judgements"]["norms_possible"] = held
        declared = toy.inputs()
        trips, *rest = declared.standards
        declared = replace(
            declared,
            standards=[{**trips, "norms": list(rows)}, *rest],
            indicators=[
                {**entry, "levels": levels or {}} for entry in declared.indicators
            ],
        )
        release = _unwritten(build_manifest(declared, tables), tables)
        return scorecard(release, "toy:1", language)

    return make


@pytest.mark.parametrize(
    ("language", "word"),
    [("ru", "по сообщению"), ("be", "паводле паведамлення"), ("en", "as reported")],
)
def test_a_reported_norm_says_so(card, language, word):
    text = card(_row(1), judged={"norm_id": f"{toy.TRIPS}.1"}, language=language)
    assert f"Акт 1, {word}" in text


def test_a_verified_norm_says_nothing_of_the_kind(card):
    rows = _row(1, confidence="verified"), _row(2)
    text = card(*rows, judged={"norm_id": f"{toy.TRIPS}.1"})
    assert "Акт 1\n" in text or "Акт 1;" in text
    assert "Акт 1, по сообщению" not in text


def test_where_no_row_decided_all_must_be_verified(card):
    verified = _row(1, confidence="verified")
    assert "Акт 1, по сообщению" in card(verified, _row(2))
    assert "Акт 1, по сообщению" not in card(verified, _row(2, confidence="verified"))


def test_what_the_judge_ruled_out_is_not_cited(card):
    rows = _row(1, reading=READING), _row(2, confidence="verified")
    text = card(*rows, possible=[f"{toy.TRIPS}.2"])
    assert "Акт 2\n" in text
    assert "Акт 1" not in text
    assert "прочтение" not in text


def test_our_reading_is_shown_as_ours_and_once(card):
    text = card(_row(1, reading=READING), _row(2, reading=READING))
    assert text.count("наше прочтение: так прочитали мы") == 1
    decided = {"norm_id": f"{toy.TRIPS}.2"}
    text = card(_row(1, reading=READING), _row(2), judged=decided)
    assert "прочтение" not in text
    text = card(_row(1, reading=READING), language="en")
    assert "our reading: so we read it" in text


def test_a_norm_that_does_not_apply_needs_no_reading(card):
    text = card(_row(1, reading=READING), judged={"verdict": "no_norm"})
    assert "прочтение" not in text


def test_both_lists_are_shown_where_the_oblast_has_one(card):
    text = card(_row(1), judged={"norm_national": 16.0, "norm_oblast": 21.0})
    assert "норма республики 16, норма области 21" in text
    assert "норма области" not in card(_row(1), judged={"norm_national": 16.0})


def test_a_level_is_said_in_words(card):
    levels = {"16": {"ru": "врачебная амбулатория", "en": "ambulatory"}}
    text = card(_row(1), levels=levels)
    assert "16 (врачебная амбулатория): выполнено" in text


def test_who_cannot_get_there_is_told_so_in_words(card):
    # the first value of the toy release is unreachable, with an infinite bound
    (line,) = [one for one in card(_row(1)).splitlines() if "недостижимо" in one]
    assert "inf" not in line
    assert line.split()[-3:-1] == ["trips/week", "недостижимо,"]
    assert "—" in line
    assert "[" not in line
