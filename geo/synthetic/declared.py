"""Invented statements of offices: vehicles, telemedicine, telephones, fibre, water.

One file per office in the form that a real one would send. Each has its omissions: a
raion that sent nothing, a raion whose statement is years old, some statements that are
only a bound ("not less than").
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.synthetic.places import Settlements
from geo.synthetic.registers import OBSERVATION_COLUMNS, silent_raion, stale_raion
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Flags, Floats
from geo.types import URBAN_KINDS, FacilityKind, Kind, Status

Texts = npt.NDArray[np.object_]

#: residents of a household, and places too small for anyone to count theirs
_HOUSEHOLD, _COUNTED_FROM = 2.4, 60
#: shares of the statements that are only a bound, and that are missing
_BOUND_SHARE, _MISSING_SHARE = 0.06, 0.05
#: of five towns by size two have vehicles enough, one too few, of one nobody stated
#: them, and of one two counts disagree
_SUPPLY = np.array([0.75, 1.3, 0.9, 1.0, 1.0])
_SILENT_TOWN, _DISPUTED_TOWN = 3, 4
#: people from which a town has fewer residents per vehicle
_MIDDLE_TOWN, _LARGE_TOWN = 30_000, 50_000
#: people from which fibre is everywhere, nearly everywhere, and here and there
_ALL_FIBRE, _MOST_FIBRE, _SOME_FIBRE = 2_000, 240, 100
_HEALTH = (FacilityKind.HOSPITAL, FacilityKind.PRIMARY_CARE)


def declared_tables(
    seed: int, settlements: Settlements, sites: pd.DataFrame, ids: pd.Series
) -> dict[str, pd.DataFrame]:
    """Return one table of observations per office, by the name of its file.

    Parameters
    ----------
    seed, settlements
        The invented country.
    sites
        From :func:`geo.synthetic.supply.true_sites`.
    ids
        Settlement id (``demo:…``) by row in ``places``.
    """
    rng = random_stream(seed, Stream.DECLARED)
    office = _Office(rng, settlements, ids)
    tables = {
        "vehicles": _vehicles(office),
        "health_points": _health_points(office, sites),
        "fibre": _fibre(office),
        "water": _water(office),
        "school_transport": _school_transport(office, sites),
    }
    return {
        name: table[OBSERVATION_COLUMNS].reset_index(drop=True)
        for name, table in tables.items()
    }


class _Office:
    """What all statements share: who says nothing, whose word is old, whose a bound."""

    def __init__(
        self, rng: np.random.Generator, settlements: Settlements, ids: pd.Series
    ) -> None:
        self.rng, self.places, self.ids = rng, settlements.places, ids
        raion = self.places["raion"].to_numpy()
        self.silent: Flags = raion == silent_raion(len(settlements.raions))
        self.stale: Flags = raion == stale_raion(len(settlements.raions))

    def table(self, indicator: str, values: Floats, supplier: str) -> pd.DataFrame:
        """Return exact statements for all places; NaN is ``not_applicable``."""
        days = self.rng.integers(0, 300, len(values))
        asked = ~np.isnan(values)
        text = np.array([f"{value:.6g}" for value in values], dtype=object)
        text[~asked] = ""
        return pd.DataFrame(
            {
                "settlement": self.ids.to_numpy(),
                "indicator": indicator,
                "value": text,
                "low": text,
                "high": text,
                "status": np.where(
                    asked, Status.DECLARED.value, Status.NOT_APPLICABLE.value
                ),
                "date": _days("2025-02-01", days, self.stale),
                "supplier": f"{supplier} (вымышленное)",
                "remark": np.where(asked, "", "нет предмета оценки"),
            }
        )

    def told(self, table: pd.DataFrame) -> pd.DataFrame:
        """Leave out what nobody stated; the large towns always send theirs."""
        large = self.places["population"].to_numpy() >= _LARGE_TOWN
        missing = drawn(self.rng, _MISSING_SHARE, len(table)) & ~large
        left: pd.DataFrame = table.loc[~(self.silent | missing)]
        return left

    def bounded(self, table: pd.DataFrame) -> pd.DataFrame:
        """Make some statements a bound: not less than a tenth below the value."""
        out = table.copy()
        stated = out["status"].eq(Status.DECLARED.value).to_numpy()
        some = stated & drawn(self.rng, _BOUND_SHARE, len(out))
        least = np.array([float(text or 0) for text in out["value"]]) * 0.9
        out.loc[some, "low"] = np.array([f"{x:.6g}" for x in least], object)[some]
        out.loc[some, ["value", "high"]] = ""
        out.loc[some, "remark"] = "не менее"
        return out


def _days(first: str, offsets: npt.NDArray[np.int64], old: Flags) -> Texts:
    """Return dates from ``first`` on; where the word is old, of seven years before."""
    start = np.datetime64(first) - np.where(old, 2557, 0).astype("timedelta64[D]")
    return np.array(
        [str(day) for day in start + offsets.astype("timedelta64[D]")], object
    )


def _vehicles(office: _Office) -> pd.DataFrame:
    """Return residents per vehicle of the towns."""
    people = office.places["population"].to_numpy(dtype="float64")
    usual = np.select([people < _MIDDLE_TOWN, people < _LARGE_TOWN], [8e3, 4e3], 2e3)
    towns = np.flatnonzero(office.places["kind"].isin(URBAN_KINDS))
    towns = towns[np.argsort(-people[towns], kind="stable")]
    turn = np.arange(len(towns)) % len(_SUPPLY)
    value = usual * office.rng.uniform(0.95, 1.05, len(people))
    value[towns] = value[towns] * _SUPPLY[turn]
    value = np.round(value)
    table = office.table("transport.residents_per_vehicle", value, "Автобусный парк")
    disputed = towns[turn == _DISPUTED_TOWN]
    spread = np.array([f"{x:.6g}" for x in value * 0.5], object)
    table.loc[disputed, "low"] = spread[disputed]
    spread = np.array([f"{x:.6g}" for x in value * 1.6], object)
    table.loc[disputed, "high"] = spread[disputed]
    table.loc[disputed, "remark"] = "парк и город считают по-разному"
    stated: pd.DataFrame = table.loc[towns[turn != _SILENT_TOWN]]
    return stated


def _health_points(office: _Office, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of health points with telemedicine and with a telephone."""
    points = np.bincount(
        sites.loc[sites["kind"].isin(_HEALTH), "place"], minlength=len(office.places)
    )
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


def _fibre(office: _Office) -> pd.DataFrame:
    """Return where fibre is laid, and how many households the operator counts."""
    people = office.places["population"].to_numpy(dtype="float64")
    chance = np.select(
        [people >= _ALL_FIBRE, people >= _MOST_FIBRE, people >= _SOME_FIBRE],
        [1.0, 0.85, 0.3],
    )
    laid = drawn(office.rng, chance, len(people)).astype(np.float64)
    fibre = office.told(office.table("digital.fibre", laid, "Предприятие связи"))
    homes = np.round(people / _HOUSEHOLD)
    counted = office.told(
        office.table("population.households", homes, "Предприятие связи")
    )
    large = office.places["population"].ge(_COUNTED_FROM)
    return pd.concat([fibre, counted[large.loc[counted.index]]])


def _water(office: _Office) -> pd.DataFrame:
    """Return the share of residents with central water in towns and agrogorodki."""
    kinds = office.places["kind"]
    town = kinds.isin(URBAN_KINDS).to_numpy()
    share = np.where(
        town,
        office.rng.uniform(80, 100, len(town)),
        office.rng.uniform(62, 100, len(town)),
    )
    table = office.table(
        "utilities.water_share", np.round(share * 10) / 10, "Водоканал"
    )
    told = office.told(office.bounded(table))
    asked = pd.Series(town | kinds.eq(Kind.AGROGORODOK), index=office.places.index)
    return told[asked.loc[told.index]]


def _school_transport(office: _Office, sites: pd.DataFrame) -> pd.DataFrame:
    """Return where pupils are driven; not applicable in towns and beside a school."""
    places = office.places
    rural = ~places["kind"].isin(URBAN_KINDS).to_numpy()
    shops = np.isin(
        np.arange(len(places)),
        sites.loc[sites["kind"].eq(FacilityKind.SHOP), "place"],
    )
    # an invented school stands in most agrogorodki and in some villages with a shop
    school = drawn(
        office.rng,
        np.where(places["kind"].eq(Kind.AGROGORODOK), 0.8, np.where(shops, 0.1, 0.0)),
        len(places),
    )
    driven = drawn(office.rng, 0.9, len(places)).astype(np.float64)
    table = office.table(
        "education.school_transport",
        np.where(school, np.nan, driven),
        "Управление образования",
    )
    told = office.told(table)
    return told[pd.Series(rural, index=places.index).loc[told.index]]
