"""Every word stands in three languages, with the same holes to fill."""

import string

import pytest

from geo.reports.passport.sentences import SENTENCES
from geo.reports.passport.words import WORDS, text_of

LANGUAGES = ("ru", "be", "en")


def holes(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("words", [WORDS, SENTENCES])
def test_three_languages_say_the_same(words):
    assert tuple(words) == LANGUAGES
    for language in ("be", "en"):
        assert words[language].keys() == words["ru"].keys()
        for key, text in words["ru"].items():
            assert holes(words[language][key]) == holes(text), (language, key)
            assert words[language][key].strip()


def test_a_text_falls_back_to_one_that_is_there():
    assert text_of({"kk": "Пошта"}, "be") == "Пошта"
    assert text_of({"ru": "", "en": "Post"}, "ru") == "Post"
    assert text_of(None, "ru") == ""
