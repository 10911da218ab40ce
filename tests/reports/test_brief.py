"""The one sentence that a card opens with."""

import pytest

from geo.reports.explain.story import explain
from tests.release.pair import TRIPS, known, norm, place
from tests.reports.explain_cases import CASES, FROM, bus


def told(made, language="ru"):
    standard = made.manifest["standards"][0]["id"]
    said = explain(made, "toy:0", standard, language)["brief"]
    return said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "ru",
            (
                "Норма нарушена: 15 рейсов в неделю (измерено); норма: не менее 20 "
                "рейсов в неделю, действует с 1 января 2026 года; Реестр, 10 января "
                "2026 года."
            ),
        ),
        (
            "be",
            (
                "Норма парушана: 15 рэйсаў на тыдзень (вымерана); норма: не менш за "
                "20 рэйсаў на тыдзень, дзейнічае з 1 студзеня 2026 года; Реестр, 10 "
                "студзеня 2026 года."
            ),
        ),
        (
            "en",
            (
                "The norm is breached: 15 trips a week (measured); norm: at least 20 "
                "trips a week, in force from 1 January 2026; Реестр, 10 January 2026."
            ),
        ),
    ],
)
def test_a_breach_with_value_norm_source_and_day(language, sentence):
    assert told(bus(known(15), FROM), language) == sentence


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (
            "no_value",
            (
                "The answer is unknown: nothing is known of the indicator; norm: at "
                "least 20 trips a week, in force from 1 January 2026; figures could "
                "come from: carriers."
            ),
        ),
        (
            "class",
            (
                "The answer is unknown: 10 trips a week (measured); it depends on the"
                " class of the settlement or on whether it is a selsovet centre, and "
                "that is not known for certain; norm: at least 20 trips a week or at "
                "least 8 trips a week; Реестр, 10 January 2026."
            ),
        ),
        (
            "population",
            (
                "The answer is unknown: 10 trips a week (measured); it depends on the"
                " population, which is not known exactly; norm: at least 20 trips a "
                "week or none; Реестр, 10 January 2026."
            ),
        ),
        (
            "not_due",
            (
                "The norm is not due yet: 8 trips a week (measured); norm: at least "
                "20 trips a week; due: 31 December 2030; Реестр, 10 January 2026."
            ),
        ),
        (
            "not_due_and_stale",
            (
                "The norm is not due yet: 8 trips a week (measured); the figure of 1 "
                "May 2023 is out of date: it serves for 2 years at most; norm: at "
                "least 20 trips a week; due: 31 December 2030; Реестр, 1 May 2023."
            ),
        ),
        (
            "unreachable",
            (
                "The norm is breached: there is no way; norm: at most 30 minutes; "
                "Реестр, 10 January 2026."
            ),
        ),
        (
            "assumed",
            (
                "The answer is unknown: 10 minutes, but possibly up to 25, the lower "
                "end unknown (assumed); the value rests on an assumption or on a "
                "convention of ours, and these prove nothing; norm: at most 30 "
                "minutes; 10 January 2026."
            ),
        ),
    ],
)
def test_what_is_not_known_has_its_reason_and_only_who_could_tell_it(case, sentence):
    assert told(CASES[case][0], "en") == sentence


def test_without_a_norm_there_is_nothing_to_compare():
    made = bus(known(3), norm("ty.trips.b", 8, applies={"population": ">50"}),
               where=place(population=10))  # fmt: skip
    assert told(made) == "Нормы нет."
    assert explain(made, "toy:0", TRIPS)["judgement"]["verdict"] == "no_norm"
