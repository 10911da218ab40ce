"""The demo country as declared: what it has, how much of it, and who is silent.

Everything that is drawn follows these tables; what is wrong on purpose is listed in
:mod:`geo.synthetic.faults`, how a file looks in :mod:`geo.synthetic.layouts`.
"""

from typing import NamedTuple

import numpy as np

from geo.synthetic.streams import Ints
from geo.types import FacilityKind, Kind

FOLDER = "demo"
#: user-assigned code of ISO 3166: belongs to no country
ISO_CODE = "XD"
COUNTRY_EN = "Demonland"
COUNTRY_RU = "Демонстрация (вымышленная страна)"
COUNTRY_BE = "Дэманстрацыя (выдуманая краіна)"
CAPITAL_PREFIX = "г. "
#: names of towns, ``+`` after the stressed vowel: the capital, and the town at the
#: middle of each raion (the first is the centre of the oblast)
CAPITAL = "Приме+ровск"
RAION_TOWNS = (
    *("Демогра+д", "Кромза+льск", "Вежбу+нск", "Ламидо+рск", "Тузгра+льск"),
    *("Хлундо+вск", "Шмерали+нск", "Жвалки+нск", "Пуршо+нск", "Дромня+нск"),
    *("Глузе+дск", "Мряги+нск"),
)

CITIES = (Kind.CAPITAL, Kind.OBLAST_CITY)
TOWNS = (*CITIES, Kind.RAION_CITY)
#: types before the names of places; villages have one of four, with these chances
TYPES = dict.fromkeys(TOWNS, "г") | {
    Kind.URBAN_SETTLEMENT: "гп",
    Kind.AGROGORODOK: "аг",
}
VILLAGE_TYPES = {"д": 0.91, "п": 0.06, "х": 0.02, "с": 0.01}

#: change of residents since the census: towns grow, villages empty
CHANGE = dict.fromkeys(TOWNS, 1.02) | {
    Kind.URBAN_SETTLEMENT: 0.96,
    Kind.AGROGORODOK: 0.98,
    Kind.RURAL: 0.9,
}
AGES = ("all", "below_working_age", "working_age", "above_working_age")
#: shares below and of working age
AGE_SHARES = {"urban": (0.19, 0.59), "rural": (0.16, 0.5)}
#: share of the residents who are of age
ADULTS = 0.81


class Supply(NamedTuple):
    """Supply points of one kind.

    Attributes
    ----------
    whole_of_twelve
        So many of twelve raions, from the first, have a whole list.
    residents
        Residents of a town per point; a town of fewer than ``smallest`` has none.
    name, hours, services
        What the register says of a point.
    """

    whole_of_twelve: int
    residents: int
    smallest: int
    name: str
    hours: str
    services: str


_ALWAYS = "круглосуточно"
SUPPLY = {
    FacilityKind.HOSPITAL: Supply(
        12, 80_000, 5_800, "Больница", _ALWAYS, "стационар; приёмное отделение"
    ),
    FacilityKind.AMBULANCE_STATION: Supply(
        12, 60_000, 5_800, "Подстанция скорой помощи", _ALWAYS, "выездные бригады"
    ),
    FacilityKind.PRIMARY_CARE: Supply(
        *(9, 20_000, 0, "Врачебная амбулатория", "пн–пт 08:00–17:00"),
        "приём; вызов на дом; телемедицина",
    ),
    FacilityKind.POST_OFFICE: Supply(
        *(8, 12_000, 0, "Отделение почтовой связи", "вт–сб 08:30–16:30"),
        "почта; пенсии; платежи",
    ),
    FacilityKind.PHARMACY: Supply(6, 5_000, 0, "Аптека", "пн–сб 08:00–20:00", ""),
    FacilityKind.SHOP: Supply(
        0, 4_000, 0, "Магазин", "09:00–19:00", "продукты; приём заказов"
    ),
}
#: primary care of a place of fewer people is no doctor's practice but a feldsher's
SMALL_PRACTICE, AMBULATORY_FROM = "Фельдшерско-акушерский пункт", 700
#: share of the points that an incomplete list leaves out, and that have no coordinates
LEFT_OUT, UNLOCATED = 0.4, 0.03


def complete_raions(kind: FacilityKind, count: int) -> Ints:
    """Return the numbers of the raions whose list of this kind is whole.

    Examples
    --------
    >>> complete_raions(FacilityKind.PHARMACY, 12).tolist()
    [0, 1, 2, 3, 4, 5]
    """
    return np.arange(round(count * SUPPLY[kind].whole_of_twelve / 12))


def incomplete_raions(count: int) -> Ints:
    """Return the numbers of the raions whose timetable misses some routes.

    Examples
    --------
    >>> incomplete_raions(12).tolist()
    [8, 9, 10, 11]
    """
    numbers: Ints = np.arange(count - round(count / 3), count)
    return numbers


#: share of the routes that are missing there
MISSING_ROUTES = 0.35


def stale_raion(count: int) -> int:
    """Return the raion (of ``count``) whose statements are years old."""
    return min(5, count - 1)


def old_raion(count: int) -> int:
    """Return the raion (of ``count``) whose cells nobody has observed for years."""
    return min(6, count - 1)


def silent_raion(count: int) -> int:
    """Return the raion (of ``count``) of which nobody has stated anything."""
    return count - 2


#: one raion in so many has census rows that found no point; elsewhere a missing value
#: means a small place, for villages of more people are never missed by the census
LOST_RAIONS, SMALL = 4, 95

#: radio -> share of the masts with cells of the networks 1, 2 and 4
RADIO_SHARES = {"GSM": (0.95, 0.9, 0.72), "UMTS": (0.85, 0.8, 0.55)}
OPERATOR_NETS = (1, 2, 4)
#: LTE: of the first two operators' own networks, and of the wholesale network of all
OWN_LTE, WHOLESALE_NET, WHOLESALE_LTE = 0.3, 6, 0.95
#: masts in a raion beside those of its town and its selsovet centres
OPEN_COUNTRY_MASTS = 13

#: indicators ``digital.…`` of operators, and their values: empty where only a bound is
#: told; what the third operator offers nobody has told
OFFERED = (
    *("base_tariff", "lte_territory_share", "unlimited_volume"),
    "unlimited_floor_mbps",
)
OFFERS = {"alfa": ("yes", "91.5", "30", "1"), "beta": ("no", "", "20", "0.5")}
LTE_AT_LEAST = "84"

#: validity of the timetable, and days on which the weekend's service runs instead of
#: the workdays'
FIRST_DAY, LAST_DAY = "20251001", "20261231"
HOLIDAYS = ("20251107", "20251225", "20260101", "20260102", "20260107", "20260309")
AGENCIES = {
    "demo-bus": "Вымышленный автопарк",
    "demo-city": "Вымышленный городской транспорт",
}
#: service -> days, Monday first
WEEKS = {
    "daily": (1, 1, 1, 1, 1, 1, 1),
    "workdays": (1, 1, 1, 1, 1, 0, 0),
    "weekend": (0, 0, 0, 0, 0, 1, 1),
    "mon-wed-fri": (1, 0, 1, 0, 1, 0, 0),
    "four-days": (1, 1, 0, 0, 1, 0, 1),
    "market": (0, 1, 0, 0, 0, 1, 0),
    "friday": (0, 0, 0, 0, 1, 0, 0),
}

#: a service and how many round trips it makes on each of its days; None: no bus
Frequency = tuple[str, int] | None


class Level(NamedTuple):
    """How well a share of the selsovets is served: the main line, and its branches.

    Which of the branches' frequencies a branch has is drawn.
    """

    share: float
    main: Frequency
    branches: tuple[Frequency, ...]

    @property
    def trips_per_week(self) -> int:
        """Trips a week on the main line, one to the town and one back being two."""
        return 2 * self.main[1] * sum(WEEKS[self.main[0]]) if self.main else 0


#: from three round trips a day to none at all
LEVELS = (
    Level(0.24, ("daily", 3), (("mon-wed-fri", 2), ("workdays", 1), ("market", 2))),
    Level(0.30, ("workdays", 2), (("market", 2), ("market", 1), ("friday", 1))),
    Level(0.18, ("four-days", 2), (("friday", 1), None)),
    Level(0.16, ("workdays", 1), (("friday", 1), None)),
    Level(0.08, ("market", 1), (None, ("friday", 1))),
    Level(0.04, None, (None,)),
)
