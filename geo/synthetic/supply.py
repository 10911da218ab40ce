"""Invented supply points: hospitals, FAPs, pharmacies, post, ambulance, shops.

The register of facilities is whole for some kinds and raions and leaves points out
for others; :func:`complete_raions` says which, and ``country.yaml`` of the demo
states the same.
"""

import numpy as np
import pandas as pd

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Flags, Floats, Ints, lon_lat
from geo.types import FacilityKind, Kind

#: how many of twelve raions, from the first, have a whole list of this kind
COMPLETE_OF_TWELVE = {
    FacilityKind.HOSPITAL: 12,
    FacilityKind.AMBULANCE_STATION: 12,
    FacilityKind.PRIMARY_CARE: 9,
    FacilityKind.POST_OFFICE: 8,
    FacilityKind.PHARMACY: 6,
    FacilityKind.SHOP: 0,
}
FAULTY = "строка с ошибкой"
#: share of the points that an incomplete list leaves out
LEFT_OUT = 0.4

#: residents from which an agrogorodok may have a ward, and a doctor's practice
_WITH_WARD, _AMBULATORY_FROM = 1_200, 700

FACILITY_COLUMNS = [
    "id",
    "kind",
    "name",
    "lon",
    "lat",
    "settlement",
    "address",
    "hours",
    "staff_days",
    "services",
    "remark",
]

_NAMES = {
    FacilityKind.HOSPITAL: "Больница",
    FacilityKind.AMBULANCE_STATION: "Подстанция скорой помощи",
    FacilityKind.PRIMARY_CARE: "Врачебная амбулатория",
    FacilityKind.PHARMACY: "Аптека",
    FacilityKind.POST_OFFICE: "Отделение почтовой связи",
    FacilityKind.SHOP: "Магазин",
}
_HOURS = {
    FacilityKind.HOSPITAL: "круглосуточно",
    FacilityKind.AMBULANCE_STATION: "круглосуточно",
    FacilityKind.PRIMARY_CARE: "пн–пт 08:00–17:00",
    FacilityKind.PHARMACY: "пн–сб 08:00–20:00",
    FacilityKind.POST_OFFICE: "вт–сб 08:30–16:30",
    FacilityKind.SHOP: "09:00–19:00",
}
_SERVICES = {
    FacilityKind.HOSPITAL: "стационар; приёмное отделение",
    FacilityKind.AMBULANCE_STATION: "выездные бригады",
    FacilityKind.PRIMARY_CARE: "приём; вызов на дом; телемедицина",
    FacilityKind.POST_OFFICE: "почта; пенсии; платежи",
    FacilityKind.SHOP: "продукты; приём заказов",
}


def complete_raions(kind: FacilityKind, count: int) -> Ints:
    """Return the numbers of the raions whose list of this kind is whole.

    Examples
    --------
    >>> complete_raions(FacilityKind.PHARMACY, 12).tolist()
    [0, 1, 2, 3, 4, 5]
    """
    return np.arange(round(count * COMPLETE_OF_TWELVE[kind] / 12))


def true_sites(seed: int, settlements: Settlements) -> pd.DataFrame:
    """Return all supply points that exist: ``kind``, row of the ``place``, ``x, y``."""
    rng = random_stream(seed, Stream.FACILITIES)
    rows: dict[FacilityKind, Ints] = {
        kind: _sited(rng, settlements, kind) for kind in COMPLETE_OF_TWELVE
    }
    sites = pd.concat(
        [pd.DataFrame({"kind": kind, "place": place}) for kind, place in rows.items()],
        ignore_index=True,
    )
    spread = np.array(
        [_spread(settlements, int(place)) for place in sites["place"]], dtype="float64"
    )
    angle = rng.uniform(0, 2 * np.pi, len(sites))
    away = spread * np.sqrt(rng.random(len(sites)))
    points = settlements.points[sites["place"]]
    sites["x"] = points[:, 0] + away * np.cos(angle)
    sites["y"] = points[:, 1] + away * np.sin(angle)
    return sites


def _sited(
    rng: np.random.Generator, settlements: Settlements, kind: FacilityKind
) -> Ints:
    """Return the places of all points of one kind; a town holds several."""
    places = settlements.places
    people = places["population"].to_numpy()
    several = _town_points(kind, people, (places["selsovet"] < 0).to_numpy())
    chance = _village_chance(kind, places)
    village = drawn(rng, chance, len(places)) & (places["selsovet"] >= 0)
    out: Ints = np.repeat(np.arange(len(places)), several + village)
    return out


def _town_points(kind: FacilityKind, people: Ints, town: Flags) -> Ints:
    """Return how many points of a kind a town of so many people has."""
    per_point, from_size = {
        FacilityKind.HOSPITAL: (80_000, 5_800),
        FacilityKind.AMBULANCE_STATION: (60_000, 5_800),
        FacilityKind.PRIMARY_CARE: (20_000, 0),
        FacilityKind.PHARMACY: (5_000, 0),
        FacilityKind.POST_OFFICE: (12_000, 0),
        FacilityKind.SHOP: (4_000, 0),
    }[kind]
    counted = np.maximum(1, np.round(people / per_point)).astype(np.int64)
    out: Ints = np.where(town & (people >= from_size), np.minimum(counted, 40), 0)
    return out


def _village_chance(kind: FacilityKind, places: pd.DataFrame) -> Floats:
    """Return the chance that a rural place has a point of this kind."""
    people = places["population"].to_numpy(dtype="float64")
    agro = (places["kind"] == Kind.AGROGORODOK).to_numpy()
    centre = places["centre"].to_numpy(dtype=bool)
    if kind == FacilityKind.PRIMARY_CARE:
        return np.where(
            agro, 0.97, np.where(centre, 0.85, np.clip(people / 500, 0, 0.6))
        )
    if kind == FacilityKind.PHARMACY:
        return np.where(agro, np.clip(people / 1_100, 0.2, 0.95), 0.0)
    if kind == FacilityKind.POST_OFFICE:
        return np.where(centre, 0.92, np.where(agro, 0.6, people / 2_500))
    if kind == FacilityKind.SHOP:
        return np.where(agro | centre, 1.0, np.clip((people - 30) / 250, 0, 0.9))
    if kind == FacilityKind.HOSPITAL:
        return np.where(agro & (people > _WITH_WARD), 0.2, 0.0)
    return np.zeros(len(places))


def _spread(settlements: Settlements, place: int) -> float:
    """Return how far (km) from the middle of its place a point may lie."""
    ground = settlements.ground.get(place)
    return 0.5 * float(np.sqrt(ground.area / np.pi)) if ground else 0.3


def register(
    seed: int, settlements: Settlements, sites: pd.DataFrame, ids: pd.Series
) -> pd.DataFrame:
    """Return the facility register, with its omissions and faulty rows.

    Parameters
    ----------
    sites
        From :func:`true_sites`.
    ids
        Settlement id (``demo:…``) by row in ``places``.
    """
    rng = random_stream(seed, Stream.REGISTER)
    listed = sites[_listed(rng, settlements, sites)].reset_index(drop=True)
    places = settlements.places.iloc[listed["place"]].reset_index(drop=True)
    kinds = listed["kind"]
    degrees = lon_lat(listed[["x", "y"]].to_numpy())
    small = kinds.eq(FacilityKind.PRIMARY_CARE) & (
        places["population"] < _AMBULATORY_FROM
    )
    title = kinds.map(_NAMES).mask(small, "Фельдшерско-акушерский пункт")
    staff = rng.choice(["пн, ср, пт", "вт, чт", "пн–пт"], len(listed))
    table = pd.DataFrame(
        {
            "id": [f"demo-f{number:05}" for number in range(1, len(listed) + 1)],
            "kind": kinds.astype("str"),
            "name": title + " " + places["ru"],
            "lon": degrees[:, 0].astype("str"),
            "lat": degrees[:, 1].astype("str"),
            "settlement": ids.iloc[listed["place"]].to_numpy(),
            "address": places["type"] + " " + places["ru"],
            "hours": kinds.map(_HOURS),
            "staff_days": np.where(small, staff, ""),
            "services": kinds.map(_SERVICES).fillna(""),
            "remark": "",
        }
    )
    return _spoilt(rng, table)


def _listed(
    rng: np.random.Generator, settlements: Settlements, sites: pd.DataFrame
) -> pd.Series:
    raion = settlements.places["raion"].to_numpy()[sites["place"]]
    whole = np.zeros(len(sites), dtype=bool)
    for kind in COMPLETE_OF_TWELVE:
        complete = complete_raions(kind, len(settlements.raions))
        whole |= sites["kind"].eq(kind).to_numpy() & np.isin(raion, complete)
    return pd.Series(whole | (rng.random(len(sites)) >= LEFT_OUT), index=sites.index)


def _spoilt(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Drop some coordinates (the settlement stands for them) and add bad rows."""
    out = table.copy()
    blank = drawn(rng, 0.03, len(out))
    out.loc[blank, ["lon", "lat"]] = ""
    out.loc[blank, "remark"] = "координаты не указаны"
    bad = out.iloc[:3].assign(
        id=["demo-f90001", "demo-f90002", "demo-f90003"],
        kind=["hospital", "поликлиника?", "hospital"],
        lon=["0", "28.25", "7.5"],
        lat=["0", "53.75", "51.2"],
        settlement="",
        remark=FAULTY,
    )
    return pd.concat([out, bad], ignore_index=True)[FACILITY_COLUMNS]
