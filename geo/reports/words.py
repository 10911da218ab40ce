"""Words of the release texts in Russian, Belarusian and English, each in one place."""

from collections.abc import Mapping
from typing import Any, Final

from geo.reports.counting import SPACE, counted, figure

LANGUAGES: Final = ("ru", "be", "en")

REPORTED: Final = {
    "ru": "по сообщению",
    "be": "паводле паведамлення",
    "en": "as reported",
}
SYNTHETIC: Final = {
    "ru": "ВЫМЫШЛЕННЫЕ ДАННЫЕ",
    "be": "ВЫДУМАНЫЯ ДАНЫЯ",
    "en": "SYNTHETIC DATA",
}
PEOPLE: Final = {
    "ru": ("человек", "человека", "человек"),
    "be": ("чалавек", "чалавекі", "чалавек", "чалавека"),
    "en": ("person", "people"),
}
#: unit -> language -> forms after 1, 2, 5 and a fraction
UNIT_FORMS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "trips/week": {
        "ru": ("рейс в неделю", "рейса в неделю", "рейсов в неделю"),
        "be": (
            "рэйс на тыдзень",
            "рэйсы на тыдзень",
            "рэйсаў на тыдзень",
            "рэйса на тыдзень",
        ),
        "en": ("trip a week", "trips a week"),
    },
    "days/week": {
        "ru": ("день в неделю", "дня в неделю", "дней в неделю"),
        "be": (
            "дзень на тыдзень",
            "дні на тыдзень",
            "дзён на тыдзень",
            "дня на тыдзень",
        ),
        "en": ("day a week", "days a week"),
    },
    "min": {
        "ru": ("минута", "минуты", "минут"),
        "be": ("хвіліна", "хвіліны", "хвілін", "хвіліны"),
        "en": ("minute", "minutes"),
    },
    "residents/vehicle": {
        "ru": ("житель на машину", "жителя на машину", "жителей на машину"),
        "be": (
            "жыхар на машыну",
            "жыхары на машыну",
            "жыхароў на машыну",
            "жыхара на машыну",
        ),
        "en": ("resident per vehicle", "residents per vehicle"),
    },
    "centres": {
        "ru": ("центр", "центра", "центров"),
        "be": ("цэнтр", "цэнтры", "цэнтраў", "цэнтра"),
        "en": ("centre", "centres"),
    },
    "applications": {
        "ru": ("заявление", "заявления", "заявлений"),
        "be": ("заява", "заявы", "заяў", "заявы"),
        "en": ("application", "applications"),
    },
    "GB/month": {
        "ru": ("ГБ в месяц", "ГБ в месяц", "ГБ в месяц"),
        "be": ("ГБ на месяц", "ГБ на месяц", "ГБ на месяц"),
        "en": ("GB a month", "GB a month"),
    },
    "level": {
        "ru": ("ступень", "ступени", "ступеней"),
        "be": ("ступень", "ступені", "ступеняў", "ступені"),
        "en": ("level", "levels"),
    },
    "km": {"ru": ("км", "км", "км"), "be": ("км", "км", "км"), "en": ("km", "km")},
    "Mbit/s": {
        "ru": ("Мбит/с", "Мбит/с", "Мбит/с"),
        "be": ("Мбіт/с", "Мбіт/с", "Мбіт/с"),
        "en": ("Mbit/s", "Mbit/s"),
    },
}
YES_NO: Final = {"ru": ("нет", "да"), "be": ("не", "так"), "en": ("no", "yes")}


def text_of(texts: Mapping[str, str] | None, language: str) -> str:
    """Return a text in a language, else in Russian, else in English."""
    texts = texts or {}
    return texts.get(language) or texts.get("ru") or texts.get("en") or ""


def quantity(number: float, unit: str, language: str) -> str:
    r"""Return a number with its unit in words; yes and no stand alone.

    Examples
    --------
    >>> quantity(22, "trips/week", "ru").replace("\xa0", " ")
    '22 рейса в неделю'
    >>> quantity(1, "yes/no", "be"), quantity(4, "G", "en")
    ('так', '4G')
    """
    if unit == "yes/no" and number in (0, 1):
        return YES_NO[language][int(number)]
    if unit == "G":
        return f"{figure(number, language)}G"
    forms = UNIT_FORMS.get(unit, {}).get(language)
    if forms is None:
        return f"{figure(number, language)}{SPACE}{unit}"
    return counted(number, language, forms)


def bounded(number: float, unit: str, language: str) -> str:
    r"""Return a number with its unit as it stands after "at least" or "at most".

    Russian has the genitive there, Belarusian (за) the accusative.

    Examples
    --------
    >>> bounded(22, "trips/week", "ru"), bounded(21, "min", "be")
    ('22\xa0рейсов в неделю', '21\xa0хвіліну')
    """
    forms = UNIT_FORMS.get(unit, {}).get(language)
    if forms is None or language not in ("ru", "be"):
        return quantity(number, unit, language)
    if language == "ru":
        return counted(number, language, (forms[1], forms[2], forms[2], forms[1]))
    accusative = forms[0].replace("хвіліна", "хвіліну")
    return counted(number, language, (accusative, *forms[1:]))


def bare(number: float, unit: str, language: str) -> str:
    """Return a number without its unit; yes and no as words."""
    if unit == "yes/no":
        return quantity(number, unit, language)
    return figure(number, language)


def act_of(norm: Mapping[str, Any], language: str) -> str:
    """Return act, item and revision of a norm, and who says so."""
    source = norm["source"]
    said = [str(source.get("act") or source.get("title") or "")]
    item, revision = source.get("item"), source.get("revision")
    words = {
        "ru": ("пункт", "редакция"), "be": ("пункт", "рэдакцыя"),
        "en": ("item", "revision"),
    }[language]  # fmt: skip
    if item:
        said.append(f"{words[0]} {item}")
    if revision and str(revision) not in said[0]:
        said.append(f"{words[1]} {revision}")
    said.append(confidence_of(norm, language))
    return ", ".join(part for part in said if part)


def confidence_of(norm: Mapping[str, Any], language: str) -> str:
    """Return «по сообщению», or by whom and when the norm was checked."""
    checked = norm.get("verified")
    if norm.get("confidence") != "verified" or not checked:
        return REPORTED[language]
    by, day = checked.get("by", ""), checked.get("date", "")
    return {
        "ru": f"сверено с актом: {by}, {day}",
        "be": f"зверана з актам: {by}, {day}",
        "en": f"checked against the act by {by}, {day}",
    }[language]
