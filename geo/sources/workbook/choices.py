"""The drop-downs of the form: code, Russian and Belarusian words."""

from geo.sources.workbook.model import Choice
from geo.types import FacilityKind, Kind


def _choices(*rows: tuple[str, str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(*row) for row in rows)


YES_NO = _choices(("yes", "да", "так"), ("no", "нет", "не"))
TRISTATE = (*YES_NO, Choice("unknown", "неизвестно", "невядома"))
KINDS = _choices(
    (Kind.CAPITAL, "столица", "сталіца"),
    (
        Kind.OBLAST_CITY,
        "город областного подчинения",
        "горад абласнога падпарадкавання",
    ),
    (Kind.RAION_CITY, "город районного подчинения", "горад раённага падпарадкавання"),
    (Kind.URBAN_SETTLEMENT, "посёлок городского типа", "пасёлак гарадскога тыпу"),
    (Kind.AGROGORODOK, "агрогородок", "аграгарадок"),
    (Kind.RURAL, "иной сельский пункт", "іншы сельскі пункт"),
)
FACILITY_KINDS = _choices(
    (FacilityKind.HOSPITAL, "больница", "бальніца"),
    (FacilityKind.PRIMARY_CARE, "амбулатория или ФАП", "амбулаторыя або ФАП"),
    (FacilityKind.PHARMACY, "аптека", "аптэка"),
    (FacilityKind.AMBULANCE_STATION, "скорая помощь", "хуткая дапамога"),
    (FacilityKind.POST_OFFICE, "отделение почты", "аддзяленне пошты"),
    (FacilityKind.SHOP, "магазин", "крама"),
    (FacilityKind.BUS_STOP, "автобусная остановка", "аўтобусны прыпынак"),
    (FacilityKind.RAIL_STOP, "железнодорожная остановка", "чыгуначны прыпынак"),
    (FacilityKind.MAST, "вышка связи", "вышка сувязі"),
)
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
