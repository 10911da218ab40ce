"""Values and norms in words: the unit takes the form that the number asks for."""

import pytest

from geo.reports.passport.amounts import Scale, gap


def scale(unit, language="ru", better="higher", **rest):
    return Scale(language, unit, better, **rest)


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "value", "text", "limit"),
    [
        ("ru", 1, "1 рейс в неделю", "не менее 1 рейса в неделю"),
        ("ru", 22, "22 рейса в неделю", "не менее 22 рейсов в неделю"),
        ("ru", 28, "28 рейсов в неделю", "не менее 28 рейсов в неделю"),
        ("ru", 21.5, "21,5 рейса в неделю", "не менее 21,5 рейса в неделю"),
        ("be", 22, "22 рэйсы на тыдзень", "не менш за 22 рэйсы на тыдзень"),
        ("be", 21.5, "21,5 рэйса на тыдзень", "не менш за 21,5 рэйса на тыдзень"),
        ("en", 1, "1 trip a week", "at least 1 trip a week"),
    ],
)
def test_a_counted_unit_takes_its_form(language, value, text, limit):
    said = scale("trips/week", language)
    assert plain(said.amount(value)) == text
    assert plain(said.limit(value).text) == limit


def test_yes_no_and_generations():
    assert (scale("yes/no").amount(1), scale("yes/no").amount(0)) == ("есть", "нет")
    assert scale("yes/no").limit(1).text == "должно быть"
    assert scale("G").amount(4) == "4G"
    assert not scale("G").counts
    assert not scale("yes/no").counts
    assert scale("min").counts


def test_lower_is_better_is_at_most():
    assert plain(scale("min", better="lower").limit(1500).text) == "не более 1 500 мин"


def test_an_unknown_unit_shows_as_it_is():
    assert plain(scale("furlongs").amount(2)) == "2 furlongs"


@pytest.mark.parametrize(
    ("low", "value", "high", "text"),
    [
        (5.0, 5.0, 5.0, "5 мин, измерено"),
        (1.0, 5.0, 1500.0, "5 мин (от 1 до 1 500 мин), измерено"),
        (None, 5.0, 5.0, "не более 5 мин, измерено"),
        (5.0, 5.0, None, "не менее 5 мин, измерено"),
        (None, 5.0, 9.0, "5 мин (не более 9 мин), измерено"),
        (2.0, None, None, "не менее 2 мин, измерено"),
        (None, 5.0, None, "5 мин, измерено"),
        (None, None, None, "неизвестно, измерено"),
    ],
)
def test_a_value_shows_the_bounds_that_are_known(low, value, high, text):
    row = {"value": value, "low": low, "high": high, "status": "measured"}
    assert plain(scale("min").actual(row).text) == text


def test_a_value_beside_its_norm_is_never_rounded_onto_it():
    row = dict.fromkeys(("value", "low", "high"), 35.04) | {"status": "measured"}
    assert plain(scale("min").actual(row, 35.0).text) == "35,04 мин, измерено"
    assert plain(scale("min").actual(row, 30.0).text) == "35 мин, измерено"


def test_where_the_oblast_is_open_its_place_holds_what_is_possible():
    standard = {"norms": [{"list": "national"}, {"list": "oblast"}]}
    judged = {"norm": None, "norm_national": 8.0, "norm_oblast": None,
              "norm_low": 8.0, "norm_high": 14.0}  # fmt: skip
    national, oblast = scale("trips/week").norms(standard, judged)
    assert plain(national.text) == "не менее 8 рейсов в неделю"
    assert plain(oblast.text) == "от 8 до 14 рейсов в неделю, по классам"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"gap": 0.0, "gap_low": 0.0, "gap_high": 0.0}, "0 %"),
        (
            {"gap": None, "gap_low": 0.2, "gap_high": 0.4},
            "неизвестно (от 20 % до 40 %)",
        ),
        ({"gap": None, "gap_low": None, "gap_high": None}, "—"),
    ],
)
def test_gap(row, text):
    assert plain(gap("ru", row).text) == text
