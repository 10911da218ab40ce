"""Quantities, acts and declared texts, in the words of a language."""

import re
from collections.abc import Mapping
from typing import Any, Final

from geo.reports.counting import SPACE, counted, figure
from geo.sources.indicators import figures
from geo.texts import noun_forms, wording

VOWELS: Final = "аеёіоуыэюяиАЕЁІОУЫЭЮЯИ"


def text_of(texts: Mapping[str, Any] | str | None, language: str) -> str:
    """Return a declared text in one language, else Russian, English, or any.

    >>> text_of({"ru": "Почта", "en": "Post"}, "be")
    'Почта'
    """
    if isinstance(texts, str):
        return texts
    given = {key: str(text) for key, text in (texts or {}).items() if text}
    order = (language, "ru", "en", *given)
    return next((given[key] for key in order if key in given), "")


def name_of(row: Mapping[str, Any], language: str) -> str:
    """Return the name of a place or area in one language, else its main name or id."""
    return str(row.get(f"name_{language}") or row.get("name") or row["id"])


def quantity(number: float, unit: str, language: str) -> str:
    r"""Return a number with its unit in words; yes and no stand alone.

    Examples
    --------
    >>> quantity(22, "trips/week", "ru").replace("\xa0", " ")
    '22 рейса в неделю'
    >>> quantity(1, "yes/no", "be"), quantity(4, "G", "en")
    ('так', '4G')
    """
    return _quantity(number, unit, language, "units.counted")


def each_figure(entry: Mapping[str, Any], language: str) -> list[str]:
    """Return the words of the only figures that there can be; empty: there are more.

    Parameters
    ----------
    entry
        Of an indicator: its ``levels``, else the figures of its ``unit``.
    language
        Of the words.

    Examples
    --------
    >>> each_figure({"unit": "yes/no"}, "en"), each_figure({"unit": "km"}, "en")
    (['no', 'yes'], [])
    """
    levels: dict[str, Any] = entry.get("levels") or {}
    if levels:
        return [text_of(levels[one], language) for one in sorted(levels, key=int)]
    unit = entry.get("unit", "")
    if unit == "G":
        words = wording("workbook.generations", language)
        return [words[f"{one:g}"] for one in sorted(figures(unit))]
    return [quantity(one, unit, language) for one in sorted(figures(unit))]


def bounded(number: float, unit: str, language: str) -> str:
    r"""Return a number with its unit as it stands after "at least" or "at most".

    Russian has the genitive there, Belarusian (за) the accusative.

    Examples
    --------
    >>> bounded(22, "trips/week", "ru"), bounded(21, "min", "be")
    ('22\xa0рейсов в неделю', '21\xa0хвіліну')
    """
    return _quantity(number, unit, language, "units.bounded")


def _quantity(number: float, unit: str, language: str, section: str) -> str:
    if unit == "yes/no" and number in (0, 1):
        return wording("tristate", language)["yes" if number else "no"]
    if unit == "G":
        return f"{figure(number, language)}G"
    if unit not in noun_forms(section, language):
        return f"{figure(number, language)}{SPACE}{unit}"
    return counted(number, language, unit, section)


def bare(number: float, unit: str, language: str) -> str:
    """Return a number without its unit; yes and no as words."""
    if unit == "yes/no":
        return quantity(number, unit, language)
    return figure(number, language)


def limit_of(norm: Mapping[str, Any], unit: str, language: str) -> str:
    """Return what a row of a standard asks for: "at least 20 trips a week"."""
    if norm["op"] == "has":
        return wording("explain.say", language)["has"]
    limit = bounded(float(norm["value"]), unit, language)
    return wording("explain.limit", language)[norm["op"]].format(limit=limit)


def fitted(text: str, language: str) -> str:
    r"""Return a sentence with the preposition "in" as it sounds after a vowel.

    Only where no stop stands between: Belarusian «у» is «ў» there.

    >>> fitted("2 чалавекі у 3 вёсках, 5 чалавек у 1", "be")
    '2 чалавекі ў 3 вёсках, 5 чалавек у 1'
    """
    grammar = wording("grammar", language)
    plain, short = grammar["in"], grammar["in_after_vowel"]
    return re.sub(rf"(?<=[{VOWELS}])(\s){plain}(?=\s)", rf"\1{short}", text)


def capital(text: str) -> str:
    """Return a text that begins with a capital letter.

    >>> capital("до больницы"), capital("")
    ('До больницы', '')
    """
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Return a text as it stands within a sentence; abbreviations stay.

    >>> small("Недостижимо"), small("LTE")
    ('недостижимо', 'LTE')
    """
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def act_of(norm: Mapping[str, Any], language: str) -> str:
    """Return act, item and revision of a norm, and who says so."""
    source = norm["source"]
    said = [str(source.get("act") or source.get("title") or "")]
    item, revision = source.get("item"), source.get("revision")
    words = wording("acts", language)
    if item:
        said.append(f"{words['item']} {item}")
    if revision and str(revision) not in said[0]:
        said.append(f"{words['revision']} {revision}")
    said.append(confidence_of(norm, language))
    return ", ".join(part for part in said if part)


def confidence_of(norm: Mapping[str, Any], language: str) -> str:
    """Return «по сообщению», or by whom and when the norm was checked."""
    checked = norm.get("verified")
    if norm.get("confidence") != "verified" or not checked:
        return wording("confidences", language)["reported"]
    by, day = checked.get("by", ""), checked.get("date", "")
    return wording("acts", language)["verified"].format(by=by, day=day)
