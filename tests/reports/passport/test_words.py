"""Every word stands in three languages, with the same holes to fill."""

import string
from pathlib import Path

import pytest
import yaml

from geo.reports.passport.sentences import SENTENCES
from geo.reports.passport.words import REASONS, UNITS, WORDS, text_of
from geo.reports.words import KIND_WORDS, STATUS_WORDS, VERDICT_WORDS
from geo.types import Kind, Reason, Status, Verdict

LANGUAGES = ("ru", "be", "en")
DATA = Path(__file__).resolve().parents[3] / "data"


def holes(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    "words", [WORDS, SENTENCES, KIND_WORDS, UNITS, REASONS, VERDICT_WORDS, STATUS_WORDS]
)
def test_three_languages_say_the_same(words):
    assert tuple(words) == LANGUAGES
    for language in ("be", "en"):
        assert words[language].keys() == words["ru"].keys()
        for key, text in words["ru"].items():
            assert holes(words[language][key]) == holes(text), (language, key)
            assert words[language][key].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_vocabulary_has_words(language):
    assert set(KIND_WORDS[language]) == set(Kind)
    assert set(REASONS[language]) == set(Reason)
    assert set(VERDICT_WORDS[language]) == set(Verdict)
    assert set(STATUS_WORDS[language]) == set(Status)


def test_a_text_falls_back_to_one_that_is_there():
    assert text_of({"kk": "Пошта"}, "be") == "Пошта"
    assert text_of({"ru": "", "en": "Post"}, "ru") == "Post"
    assert text_of(None, "ru") == ""


def test_every_unit_of_the_indicators_has_a_word():
    declared = yaml.safe_load((DATA / "indicators.yaml").read_text("utf-8"))
    units = {row["unit"] for row in declared["indicators"]}
    assert units <= set(UNITS["ru"])
