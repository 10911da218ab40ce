"""The drop-downs of the form: code, Russian and Belarusian words."""

from collections.abc import Iterable

from geo.sources.workbook.model import Choice
from geo.texts import wording
from geo.types import FacilityKind, Kind


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(*row) for row in rows)


def _worded(codes: Iterable[str], section: str) -> tuple[Choice, ...]:
    ru, be = wording(section, "ru"), wording(section, "be")
    return tuple(Choice(code, ru[code], be[code]) for code in codes)


YES_NO = _choices(("yes", "да", "так"), ("no", "нет", "не"))
TRISTATE = (*YES_NO, Choice("unknown", "неизвестно", "невядома"))
KINDS = _worded(Kind, "settlement_kinds.choice")
FACILITY_KINDS = _worded(FacilityKind, "facility_kinds.choice")
STATES = _choices(("open", "работает", "працуе"), ("closed", "закрыт", "зачынены"))
DIRECTIONS = _choices(("0", "туда", "туды"), ("1", "обратно", "назад"))
GENERATIONS = _choices(
    ("0", "нет связи", "няма сувязі"),
    ("2", "2G", "2G"),
    ("3", "3G", "3G"),
    ("4", "4G", "4G"),
    ("5", "5G", "5G"),
)
TECHNOLOGIES = _choices(
    ("fibre", "оптика", "оптыка"),
    ("dsl", "xDSL", "xDSL"),
    ("cable", "кабель", "кабель"),
    ("radio", "радио", "радыё"),
    ("other", "другое", "іншае"),
)
TOPICS = _choices(
    ("settlements", "населённые пункты", "населеныя пункты"),
    ("facilities", "объекты", "аб'екты"),
    ("timetable", "транспорт", "транспарт"),
    ("mobile", "мобильная связь", "мабільная сувязь"),
    ("fixed", "интернет", "інтэрнэт"),
    ("other", "прочее", "іншае"),
)
