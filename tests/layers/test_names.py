"""Names as keys: what falls together, and what must not."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.names import (
    area_key,
    best_likeness,
    first_name,
    likeness,
    mean_likeness,
    name_key,
    slavic_key,
    town_key,
)

DECOMPOSED = unicodedata.normalize("NFD", "Заречный Ўзда")
WORDS = st.text(alphabet="абвгдеёжзиійклмнопрстуўфхцчшыьэюя'- 12", max_size=14)


@given(WORDS)
def test_a_key_is_its_own_key(name):
    assert name_key(name_key(name)) == name_key(name)


@given(WORDS)
def test_case_and_composition_do_not_count(name):
    assert name_key(name.upper()) == name_key(name)
    for form in ("NFC", "NFD"):
        spelt = unicodedata.normalize(form, name)
        for key in (name_key, area_key, town_key, slavic_key):
            assert key(spelt) == key(name), form


@given(WORDS, WORDS)
def test_likeness_is_a_share(one, other):
    assert 0 <= likeness(one, other) <= 1
    if slavic_key(one):
        assert likeness(one, one) == 1


def test_letters_that_only_look_marked_stay():
    assert name_key("Йод") != name_key("Иод")
    assert name_key("Ўзда") != name_key("Узда")
    assert name_key("Ёлка") == name_key("Елка")
    assert name_key("Лаго́йск") == name_key("Лагойск")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, "", "—"])
def test_a_missing_name_is_like_nothing(missing):
    assert name_key(missing) == ""
    assert likeness(missing, missing) == 0
    assert likeness(missing, "Лида") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кобринский р-н", "Кобринский район"),
        ("Городищенский сельсовет", "Городищенский с/с"),
        ("г. Минск", "Минск"),
        ("Витебская область", "Витебская"),
    ],
)
def test_area_words_do_not_count(one, other):
    assert area_key(one) == area_key(other) != ""


def test_the_type_of_a_town_does_not_count():
    assert town_key("г.п. Городище") == town_key("Городище")
    assert town_key("Городок") == "городок"  # no type before it


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Речица", "Рэчыца"),
        ("Ивацевичи", "Івацэвічы"),
        ("Погост 2-й", "Пагост Другі"),
        ("Петралевичи II", "Петралевичи Вторые"),
        ("Гринки 1", "Hrynki Pyershyya"),
    ],
)
def test_spellings_of_one_name_fall_together(one, other):
    assert slavic_key(one) == slavic_key(other)


def test_ordinals_keep_two_villages_apart():
    assert slavic_key("Вулька-1") != slavic_key("Вулька-2")
    assert slavic_key("Ивань") != slavic_key("1вань")  # no numeral


def test_best_and_mean():
    names = ("Рогозно", "Ленінскі", None)
    assert best_likeness(names, "Рогозно") == 1
    assert mean_likeness(names, "Рогозно") == pytest.approx(
        (1 + likeness("Ленінскі", "Рогозно")) / 2
    )
    assert mean_likeness((None, None), "Рогозно") == 0


def test_first_name_follows_the_countrys_languages():
    table = pd.DataFrame({"name_ru": ["Вильнюс", "Рига"], "name_lt": ["Vilnius", None]})
    assert first_name(table, ("lt", "ru")).tolist() == ["Vilnius", "Рига"]
    assert first_name(table, ("ru", "lt")).tolist() == ["Вильнюс", "Рига"]


def test_the_letters_of_macos_are_the_same_settlement():
    assert DECOMPOSED != "Заречный Ўзда"
    assert name_key(DECOMPOSED) == name_key("Заречный Ўзда") == "заречныйўзда"
    district = unicodedata.normalize("NFD", "Кобринский район")
    assert area_key(district) == area_key("Кобринский р-н")
    town = unicodedata.normalize("NFD", "г.п. Дружный")
    assert town_key(town) == name_key("Дружный")
    assert name_key("Й") != name_key("И")


@pytest.mark.parametrize(
    "written",
    [
        "За\u00adречный",
        "Заречный\u200b",
        "\ufeffЗаречный",
        "Зaрeчный",
        "\u202eЗаречный",
    ],
)
def test_what_is_not_seen_does_not_count(written):
    assert name_key(written) == name_key("Заречный")


def test_a_name_in_latin_stays_latin():
    assert name_key("Oca") == "oca"
    assert name_key("Лаздуны-I") == name_key("лаздуны i")
