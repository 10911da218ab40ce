"""Invented statements of offices and operators, of settlements and of whole units.

One table per office in the form that a real one would send. Each has its omissions: a
raion that sent nothing, a raion whose statement is years old, some statements that are
only a bound ("not less than").
"""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic import declared
from geo.synthetic.areas import oblast_name
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Flags, Floats, Ints, Stream, drawn
from geo.types import URBAN_KINDS, AssessedUnit, FacilityKind, Kind, Status

#: share of the settlements with a counted ambulance arrival, and with a speed test
_AMBULANCE_SHARE, _SPEED_SHARE = 0.70, 1 / 3
#: share of the settlements of which an operator states service, and how near LTE is
_SERVICE_SHARE, _SERVED_KM = 0.4, 12.0
#: km/h of an ambulance along the straight line, and minutes until it leaves
_AMBULANCE_SPEED, _LEAVING = 48.0, 4.0
#: a town with a station this near is reached along its streets
_TOWN_KM = 8.0
#: smaller villages may lie behind a closed bridge
_CUT_OFF_BELOW = 200
#: residents -> chance of a fixed line, and of fibre instead of copper
_LINES = {2_000: (1.0, 1.0), 300: (0.86, 0.8), 100: (0.4, 0.3), 0: (0.0, 0.3)}
#: from so many people on, nearly every place is in the list of lines
_TOLD_FROM = 300
#: residents -> chance that the post's network of fibre reaches the place
_FIBRE = {2_000: 1.0, 240: 0.85, 100: 0.3, 0: 0.0}
#: residents of a household, and places too small for anyone to count theirs
_HOUSEHOLD, _COUNTED_FROM = 2.4, 60
#: shares of the statements that are only a bound, and that are missing
_BOUND_SHARE, _MISSING_SHARE = 0.06, 0.05
#: residents -> residents per vehicle that are usual in a town
_PER_VEHICLE = {50_000: 2e3, 30_000: 4e3, 0: 8e3}
#: the large towns always send theirs
_LARGE_TOWN = 50_000
#: of five towns by size two have vehicles enough, one too few, of one nobody stated
#: them, and of one two counts disagree
_VEHICLES = np.array([0.75, 1.3, 0.9, 1.0, 1.0])
_SILENT_TOWN, _DISPUTED_TOWN = 3, 4
_HEALTH = (FacilityKind.HOSPITAL, FacilityKind.PRIMARY_CARE)
_OLD_DAY = "2018-02-01"
#: days of the statements of units, and of one that is too old
_UNIT_DAY, _OLD_UNIT_DAY = "2025-10-01", "2023-04-01"
_QUEUE, _CENTRES = "digital.telephone_queue", "health.interdistrict_centres"
#: share of the raions in which somebody has waited for a telephone for over a year
_WAITING_SHARE = 0.3


def _by_size(people: Floats, steps: "dict[int, float]") -> Floats:
    """Return what holds for places of at least so many people (largest step first)."""
    return np.select([people >= least for least in steps], list(steps.values()))


def _days(first: str, offsets: Ints, old: Flags | None = None) -> pd.Series:
    """Return dates from ``first`` on; where the word is old, from years before."""
    start = np.full(len(offsets), first, dtype="datetime64[D]")
    start[old if old is not None else []] = np.datetime64(_OLD_DAY)
    return pd.Series((start + offsets.astype("timedelta64[D]")).astype("str"))


def _exact(settlements: Settlements, indicator: str, values: Floats) -> pd.DataFrame:
    """Return one statement per place: ``low``, ``high`` and ``value`` are the same."""
    table = settlements.places[["id"]].assign(indicator=indicator, remark="")
    return table.assign(value=values, low=values, high=values)


def ambulance(settlements: Settlements, sites: pd.DataFrame) -> pd.DataFrame:
    """Return minutes from call to arrival, most counted, some as a range or a bound."""
    rng = settlements.stream(Stream.AMBULANCE)
    urban, count = settlements.places["urban"].to_numpy(), settlements.count
    stations = sites[sites["kind"] == FacilityKind.AMBULANCE_STATION]
    away, _ = KDTree(stations[["x", "y"]].to_numpy()).query(settlements.points)
    town_way = rng.uniform(5, 19, count)
    country_way = away / _AMBULANCE_SPEED * 60 * rng.uniform(0.85, 1.25, count)
    minutes = _LEAVING + np.where(urban & (away < _TOWN_KM), town_way, country_way)
    cut_off = drawn(rng, 0.02, count) & (settlements.people < _CUT_OFF_BELOW)
    arrival = minutes * np.where(cut_off, rng.uniform(2.5, 6, count), 1.0)
    measured = drawn(rng, _AMBULANCE_SHARE, count)
    old = settlements.in_raion(declared.stale_raion(len(settlements.raions)))
    days = rng.integers(0, 500, count)
    plain, wide, upper = range(3)
    form = rng.choice([plain, wide, upper], count, p=[0.88, 0.08, 0.04])
    ranged, bounded = form == wide, form == upper
    table = _exact(settlements, "health.ambulance_minutes", arrival).assign(
        low=np.select([ranged, bounded], [arrival * 0.8, np.nan], arrival),
        high=np.select(
            [ranged, bounded], [arrival * 1.25, np.ceil(arrival / 5) * 5], arrival
        ),
        status=np.where(bounded, Status.DECLARED.value, Status.MEASURED.value),
        date=_days("2024-06-01", days, old),
        supplier="Станция скорой помощи (вымышленная)",
        remark=np.select(
            [ranged, bounded, cut_off],
            ["разброс по журналу вызовов", "не более", "в объезд: мост закрыт"],
            "",
        ),
    )
    table["value"] = table["value"].mask(bounded)
    return table[measured]


def mobile_speed(settlements: Settlements, lte_km: Floats) -> pd.DataFrame:
    """Return mean download speeds, and whether there is service at all.

    ``lte_km`` is how far the next LTE mast is. Service is stated on days before and
    after the promise of December 2025, which only the later ones can keep.
    """
    rng = settlements.stream(Stream.SPEED)
    count = settlements.count
    best = np.where(settlements.places["urban"], 65.0, 42.0) * np.exp(-lte_km / 9)
    speed = np.maximum(0.3, best * rng.lognormal(0, 0.35, count))
    table = _exact(settlements, "digital.mobile_mbps", speed).assign(
        status=Status.MEASURED.value,
        date=_days("2025-03-01", rng.integers(0, 270, count)),
        supplier="Замеры оператора (вымышленные)",
    )
    tested = drawn(rng, _SPEED_SHARE, count) | settlements.is_kind(Kind.OBLAST_CITY)
    served = (lte_km < _SERVED_KM).astype(np.float64)
    service = _exact(settlements, "digital.cellular_service", served).assign(
        status=Status.DECLARED.value,
        date=_days("2025-09-01", rng.integers(0, 400, count)),
        supplier="Сведения оператора (вымышленные)",
    )
    return pd.concat([table[tested], service[drawn(rng, _SERVICE_SHARE, count)]])


def fixed_lines(settlements: Settlements) -> pd.DataFrame:
    """Return where a fixed broadband line can be had; one raion is missing."""
    rng = settlements.stream(Stream.FIXED)
    people, count = settlements.people, settlements.count
    line, glass = (
        _by_size(people, {least: chance[which] for least, chance in _LINES.items()})
        for which in (0, 1)
    )
    yes = drawn(rng, line, count)
    fibre = yes & drawn(rng, glass, count)
    speed = np.where(fibre, rng.choice([100, 200, 500], count), 12)
    told = drawn(rng, np.where(people >= _TOLD_FROM, 0.95, 0.35), count)
    told &= ~settlements.in_raion(declared.silent_raion(len(settlements.raions)))
    table = settlements.places[["id"]].assign(
        available=np.where(yes, "yes", "no"),
        technology=np.where(yes, np.where(fibre, "gpon", "adsl"), ""),
        mbps=np.where(yes, speed.astype("str"), ""),
        date=_days("2025-01-15", 30 * rng.integers(0, 10, count)),
        operator=np.where(yes, "alfa", ""),
    )
    return table[told]


def statements(
    settlements: Settlements, sites: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return what offices state of settlements, one table per office, by file.

    Columns are ``id, indicator, value, low, high, status, date, supplier, remark``.
    """
    office = _Offices(settlements.stream(Stream.DECLARED), settlements)
    return {
        "vehicles.csv": _vehicles(office),
        "health_points.csv": _health_points(office, sites),
        "fibre.csv": _fibre(office),
        "water.csv": _water(office),
        "school_transport.csv": _school_transport(office, sites),
    }


class _Offices:
    """What all offices share: who says nothing, whose word is old, whose a bound."""

    def __init__(self, rng: np.random.Generator, settlements: Settlements) -> None:
        self.rng, self.settlements = rng, settlements
        self.people, self.count = settlements.people, settlements.count
        raions = len(settlements.raions)
        self.silent = settlements.in_raion(declared.silent_raion(raions))
        self.stale = settlements.in_raion(declared.stale_raion(raions))

    def table(self, indicator: str, values: Floats, supplier: str) -> pd.DataFrame:
        """Return exact statements for all places; NaN is ``not_applicable``."""
        days, asked = self.rng.integers(0, 300, self.count), ~np.isnan(values)
        return _exact(self.settlements, indicator, values).assign(
            status=np.where(asked, Status.DECLARED.value, Status.NOT_APPLICABLE.value),
            date=_days("2025-02-01", days, self.stale),
            supplier=f"{supplier} (вымышленное)",
            remark=np.where(asked, "", "нет предмета оценки"),
        )

    def told(self, table: pd.DataFrame, of: Flags | None = None) -> pd.DataFrame:
        """Leave out what nobody stated, and what nobody is asked for."""
        missing = drawn(self.rng, _MISSING_SHARE, self.count)
        missing &= self.people < _LARGE_TOWN
        left = ~self.silent & ~missing
        out: pd.DataFrame = table[left if of is None else left & of]
        return out

    def bounded(self, table: pd.DataFrame) -> pd.DataFrame:
        """Make some statements a bound: not less than a tenth below the value."""
        some = drawn(self.rng, _BOUND_SHARE, self.count)
        some &= table["value"].notna().to_numpy()
        return table.assign(
            value=table["value"].mask(some),
            low=table["low"].mask(some, table["value"] * 0.9),
            high=table["high"].mask(some),
            remark=table["remark"].mask(some, "не менее"),
        )


def _vehicles(office: _Offices) -> pd.DataFrame:
    """Return residents per vehicle of the towns."""
    people = office.people
    towns = office.settlements.of_kind(*URBAN_KINDS)
    towns = towns[np.argsort(-people[towns], kind="stable")]
    turn = np.arange(len(towns)) % len(_VEHICLES)
    usual = _by_size(people, _PER_VEHICLE)
    value = usual * office.rng.uniform(0.95, 1.05, office.count)
    value[towns] = value[towns] * _VEHICLES[turn]
    value = np.round(value)
    table = office.table("transport.residents_per_vehicle", value, "Автобусный парк")
    disputed = towns[turn == _DISPUTED_TOWN]
    table.loc[disputed, "low"] = value[disputed] * 0.5
    table.loc[disputed, "high"] = value[disputed] * 1.6
    table.loc[disputed, "remark"] = "парк и город считают по-разному"
    stated: pd.DataFrame = table.loc[towns[turn != _SILENT_TOWN]]
    return stated


def _health_points(office: _Offices, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of health points with telemedicine and with a telephone."""
    at = sites.loc[sites["kind"].isin(_HEALTH), "place"]
    points = np.bincount(at, minlength=office.count)
    parts = []
    for indicator, chance in (
        ("health.telemedicine_share", 0.82),
        ("digital.health_point_phone_share", 0.95),
    ):
        having = office.rng.binomial(points, chance).astype(np.float64)
        share = np.where(points > 0, having / np.maximum(points, 1), np.nan)
        share = np.round(share * 1000) / 10
        table = office.table(indicator, share, "Управление здравоохранения")
        parts.append(office.told(office.bounded(table)))
    return pd.concat(parts)


def _fibre(office: _Offices) -> pd.DataFrame:
    """Return where fibre is laid, and how many households the operator counts."""
    supplier = "Предприятие связи"
    chance = _by_size(office.people, _FIBRE)
    laid = drawn(office.rng, chance, office.count).astype(np.float64)
    fibre = office.told(office.table("digital.fibre", laid, supplier))
    homes = np.round(office.people / _HOUSEHOLD)
    counted = office.table("population.households", homes, supplier)
    return pd.concat([fibre, office.told(counted, office.people >= _COUNTED_FROM)])


def _water(office: _Offices) -> pd.DataFrame:
    """Return the share of residents with central water in towns and agrogorodki."""
    town = office.settlements.is_kind(*URBAN_KINDS)
    of_towns = office.rng.uniform(80, 100, office.count)
    of_villages = office.rng.uniform(62, 100, office.count)
    share = np.round(np.where(town, of_towns, of_villages) * 10) / 10
    table = office.bounded(office.table("utilities.water_share", share, "Водоканал"))
    return office.told(table, town | office.settlements.is_kind(Kind.AGROGORODOK))


def _school_transport(office: _Offices, sites: pd.DataFrame) -> pd.DataFrame:
    """Return where pupils are driven; not applicable in towns and beside a school."""
    shop = np.isin(
        np.arange(office.count), sites.loc[sites["kind"] == FacilityKind.SHOP, "place"]
    )
    # an invented school stands in most agrogorodki and in some villages with a shop
    agro = office.settlements.is_kind(Kind.AGROGORODOK)
    school = drawn(office.rng, np.select([agro, shop], [0.8, 0.1], 0.0), office.count)
    driven = drawn(office.rng, 0.9, office.count).astype(np.float64)
    values = np.where(school, np.nan, driven)
    table = office.table("education.school_transport", values, "Управление образования")
    return office.told(table, ~office.settlements.is_kind(*URBAN_KINDS))


def unit_register(settlements: Settlements) -> pd.DataFrame:
    """Return what offices state of raions, oblasts and operators.

    One raion is silent, one has sent nothing for years, one only an upper bound; one
    oblast has too few centres and the capital needs none; one operator is silent.
    """
    rows = [*_queues(settlements), *_centres(settlements), *_offers()]
    usual = {"status": Status.DECLARED.value, "date": _UNIT_DAY}
    usual |= {"supplier": "Оператор связи (вымышленный)", "low": "", "high": ""}
    return pd.DataFrame([usual | {"remark": ""} | row for row in rows])


def _unit(unit: AssessedUnit, name: str, indicator: str, **rest: str) -> dict[str, str]:
    subject = {"unit_of_assessment": unit.value, "unit": name}
    return subject | {"indicator": indicator} | rest


def _queues(settlements: Settlements) -> list[dict[str, str]]:
    """Return how many applications for a telephone are older than a year."""
    rng = settlements.stream(Stream.UNITS)
    raions, places = settlements.raions["ru"], settlements.places
    count = len(raions)
    waiting = drawn(rng, _WAITING_SHARE, count) * rng.integers(1, 12, count)
    waiting[0], waiting[1] = 0, 7
    special = {
        declared.silent_raion(count): None,
        declared.stale_raion(count): {"date": _OLD_UNIT_DAY},
        count - 1: {"value": "", "low": "0", "high": "3", "remark": "не более трёх"},
    }
    cities = places["ru"].iloc[settlements.of_kind(*declared.CITIES)]
    stated = [(f"{declared.CAPITAL_PREFIX}{name}", {"value": "0"}) for name in cities]
    for raion, (name, number) in enumerate(zip(raions, waiting, strict=True)):
        more = special.get(raion, {})
        if more is not None:
            stated.append((f"{name} район", {"value": str(number)} | more))
    return [_unit(AssessedUnit.RAION, name, _QUEUE, **row) for name, row in stated]


def _centres(settlements: Settlements) -> list[dict[str, str]]:
    """Return the centres of specialised care of each oblast; the capital is none."""
    supplier = "Министерство здравоохранения (вымышленное)"
    capital = settlements.places["ru"].iloc[settlements.of_kind(Kind.CAPITAL)[0]]
    no_norm = {"status": Status.NOT_APPLICABLE.value, "remark": "город не область"}
    stated = [
        (oblast_name(number), {"value": str(1 + number % 3)})
        for number in np.unique(settlements.raions["oblast"]).tolist()
    ]
    return [
        _unit(AssessedUnit.OBLAST, name, _CENTRES, supplier=supplier, **row)
        for name, row in [*stated, (capital, {"value": "", **no_norm})]
    ]


def _offers() -> list[dict[str, str]]:
    """Return what operators offer; a bound where no value is told."""
    bound = {"value": "", "low": declared.LTE_AT_LEAST, "remark": "не менее"}
    return [
        _unit(AssessedUnit.OPERATOR, operator, f"digital.{indicator}", **row)
        for operator, values in declared.OFFERS.items()
        for indicator, value in zip(declared.OFFERED, values, strict=True)
        for row in [{"value": value} if value else bound]
    ]
