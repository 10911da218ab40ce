"""Plural forms, thousands, and the Belarusian «ў», number by number."""

import pytest

from geo.reports.passport.grammar import (
    counted,
    people_in,
    percent,
    rounded_percent,
)

SPACE = "\u00a0"


def plain(text):
    return text.replace(SPACE, " ")


@pytest.mark.parametrize(
    ("n", "russian", "belarusian", "english"),
    [
        (0, "0 деревень", "0 вёсак", "0 villages"),
        (1, "1 деревня", "1 вёска", "1 village"),
        (2, "2 деревни", "2 вёскі", "2 villages"),
        (4, "4 деревни", "4 вёскі", "4 villages"),
        (5, "5 деревень", "5 вёсак", "5 villages"),
        (11, "11 деревень", "11 вёсак", "11 villages"),
        (12, "12 деревень", "12 вёсак", "12 villages"),
        (21, "21 деревня", "21 вёска", "21 villages"),
        (22, "22 деревни", "22 вёскі", "22 villages"),
        (111, "111 деревень", "111 вёсак", "111 villages"),
        (212, "212 деревень", "212 вёсак", "212 villages"),
        (1001, "1 001 деревня", "1 001 вёска", "1,001 villages"),
    ],
)
def test_a_number_takes_its_form(n, russian, belarusian, english):
    said = [plain(counted(language, "villages", n)) for language in ("ru", "be", "en")]
    assert said == [russian, belarusian, english]


@pytest.mark.parametrize(
    ("language", "people", "places", "text"),
    [
        ("ru", 18_400, 212, "18 400 человек в 212 деревнях"),
        ("ru", 1, 1, "1 человек в 1 деревне"),
        ("ru", 3, 21, "3 человека в 21 деревне"),
        ("be", 18_400, 212, "18 400 чалавек у 212 вёсках"),
        ("be", 3, 1, "3 чалавекі ў 1 вёсцы"),
        ("en", 18_400, 212, "18,400 people in 212 villages"),
        ("en", 1, 1, "1 person in 1 village"),
    ],
)
def test_people_come_before_settlements(language, people, places, text):
    assert plain(people_in(language, people, places, "villages")) == text


def test_numbers_never_break_from_their_noun():
    assert counted("ru", "people", 18_400) == f"18{SPACE}400{SPACE}человек"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (1e-9, "0,1 %"),
        (0.2145, "21,4 %"),
        (1 - 1e-9, "99,9 %"),
        (1, "100 %"),
    ],
)
def test_only_all_is_a_hundred_and_only_none_is_zero(share, text):
    assert plain(percent("ru", share)) == text


def test_rounding_is_never_past_the_ends():
    shares = [n / 9973 for n in range(9974)]
    rounded = [rounded_percent(share) for share in shares]
    assert rounded == sorted(rounded)
    assert (rounded[0], rounded[1], rounded[-2], rounded[-1]) == (0.0, 0.1, 99.9, 100.0)
