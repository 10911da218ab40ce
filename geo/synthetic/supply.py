"""Invented supply points, the lists that name them, postal codes and rail stations."""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic import declared
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Floats, Ints, Stream, drawn
from geo.synthetic.territory import lon_lat
from geo.types import FacilityKind, Kind

#: residents from which an agrogorodok may have a ward
_WITH_WARD = 1_200
_MOST_POINTS = 40
#: accuracy of a postal code's point; a village of so many people once had an office
_EXACT, _ROUGH, _ESTIMATED = 4, 3, 1
_LARGE = 150
_STATION_EVERY_KM = 6.5
_NODE_BASE = 99_000_000_000


def true_sites(settlements: Settlements) -> pd.DataFrame:
    """Return all supply points that exist: ``kind``, row of the ``place``, ``x, y``."""
    rng = settlements.stream(Stream.FACILITIES)
    rows = {kind: _sited(rng, settlements, kind) for kind in declared.SUPPLY}
    sites = pd.concat(
        [pd.DataFrame({"kind": kind, "place": place}) for kind, place in rows.items()],
        ignore_index=True,
    )
    spread = np.where(settlements.places["urban"], 0.5 * settlements.radii, 0.3)
    angle = rng.uniform(0, 2 * np.pi, len(sites))
    away = spread[sites["place"]] * np.sqrt(rng.random(len(sites)))
    points = settlements.points[sites["place"]]
    sites["x"] = points[:, 0] + away * np.cos(angle)
    sites["y"] = points[:, 1] + away * np.sin(angle)
    return sites


def _sited(
    rng: np.random.Generator, settlements: Settlements, kind: FacilityKind
) -> Ints:
    """Return the places of all points of one kind; a town holds several."""
    people, supply = settlements.people, declared.SUPPLY[kind]
    town = settlements.places["urban"].to_numpy()
    several = np.clip(np.round(people / supply.residents), 1, _MOST_POINTS)
    several = np.where(town & (people >= supply.smallest), several, 0)
    village = drawn(rng, _village_chance(kind, settlements), len(people)) & ~town
    return np.repeat(np.arange(len(people)), several.astype(np.int64) + village)


def _village_chance(kind: FacilityKind, settlements: Settlements) -> Floats:
    """Return the chance that a rural place has a point of this kind."""
    people = settlements.people
    agro = settlements.is_kind(Kind.AGROGORODOK)
    centre = settlements.places["centre"].to_numpy(dtype=bool)
    one_of: dict[FacilityKind, Floats] = {
        FacilityKind.PRIMARY_CARE: np.select(
            [agro, centre], [0.97, 0.85], np.clip(people / 500, 0, 0.6)
        ),
        FacilityKind.PHARMACY: np.where(agro, np.clip(people / 1_100, 0.2, 0.95), 0.0),
        FacilityKind.POST_OFFICE: np.select(
            [centre, agro], [0.92, 0.6], people / 2_500
        ),
        FacilityKind.SHOP: np.where(
            agro | centre, 1.0, np.clip((people - 30) / 250, 0, 0.9)
        ),
        FacilityKind.HOSPITAL: np.where(agro & (people > _WITH_WARD), 0.2, 0.0),
    }
    return one_of.get(kind, np.zeros(len(people)))


def register(settlements: Settlements, sites: pd.DataFrame) -> pd.DataFrame:
    """Return the register of facilities, with its omissions."""
    rng = settlements.stream(Stream.REGISTER)
    raions = len(settlements.raions)
    raion = settlements.places["raion"].to_numpy()[sites["place"]]
    last = sites["kind"].map(lambda kind: len(declared.complete_raions(kind, raions)))
    told = (raion < last.to_numpy()) | (rng.random(len(sites)) >= declared.LEFT_OUT)
    listed = sites[told].reset_index(drop=True)
    places = settlements.places.iloc[listed["place"]].reset_index(drop=True)
    supply = listed["kind"].map(declared.SUPPLY)
    small = listed["kind"].eq(FacilityKind.PRIMARY_CARE) & (
        places["population"] < declared.AMBULATORY_FROM
    )
    title = supply.map(lambda one: one.name).mask(small, declared.SMALL_PRACTICE)
    staff = rng.choice(["пн, ср, пт", "вт, чт", "пн–пт"], len(listed))
    unlocated = drawn(rng, declared.UNLOCATED, len(listed))
    degrees = lon_lat(listed[["x", "y"]].to_numpy())
    degrees[unlocated] = np.nan
    return pd.DataFrame(
        {
            "id": [f"demo-f{number:05}" for number in range(1, len(listed) + 1)],
            "kind": listed["kind"].astype("str"),
            "name": title + " " + places["ru"],
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
            "settlement": places["id"],
            "address": places["type"] + " " + places["ru"],
            "hours": supply.map(lambda one: one.hours),
            "staff_days": np.where(small, staff, ""),
            "services": supply.map(lambda one: one.services),
            "remark": np.where(unlocated, "координаты не указаны", ""),
        }
    )


def post_codes(settlements: Settlements, sites: pd.DataFrame) -> pd.DataFrame:
    """Return postal codes, one for each post office.

    Some lie on an estimated point only; where no whole list of offices exists, some
    belong to offices that are closed by now.
    """
    rng = settlements.stream(Stream.POST_CODES)
    places = settlements.places
    offices = sites.loc[sites["kind"] == FacilityKind.POST_OFFICE, "place"]
    whole = declared.complete_raions(FacilityKind.POST_OFFICE, len(settlements.raions))
    fit = ~settlements.in_raion(*whole) & (settlements.people > _LARGE)
    rows = np.r_[offices, np.flatnonzero(fit & drawn(rng, 0.04, len(places)))]
    points = settlements.points[rows]
    accuracy = rng.choice([_EXACT, _ROUGH, _ESTIMATED], len(rows), p=[0.87, 0.01, 0.12])
    shift = rng.normal(0, 4, points.shape) * (accuracy == _ESTIMATED)[:, None]
    degrees = np.round(lon_lat(points + shift), 4)
    towns = settlements.raions["town"].to_numpy()[places["raion"].iloc[rows]]
    table = pd.DataFrame(
        {
            "code": 900_000 + rng.permutation(np.arange(1, len(rows) + 1) * 3),
            "name": places["ru"].to_numpy()[rows],
            "town": places["en"].to_numpy()[towns],
            "lat": degrees[:, 1],
            "lon": degrees[:, 0],
            "accuracy": accuracy,
        }
    )
    return table.sort_values("code", ignore_index=True)


def rail_stations(settlements: Settlements) -> pd.DataFrame:
    """Return stations and halts along lines from town to town; the third is closed."""
    rng = settlements.stream(Stream.RAILWAY)
    points = np.vstack([_stations(line) for line in _lines(settlements)])
    nearest = KDTree(settlements.points).query(points)[1]
    places = settlements.places.iloc[nearest].reset_index(drop=True)
    degrees = lon_lat(points + rng.normal(0, 0.4, points.shape))
    station = places["urban"] | drawn(rng, 0.3, len(points))
    table = pd.DataFrame(
        {
            "raion": places["raion"].map(settlements.raions["ru"]),
            "code": 990_001 + np.arange(len(points)),
            "node": _NODE_BASE + np.arange(len(points)),
            "sort": np.where(station, "ст", "оп"),
            "ru": places["ru"],
            "be": places["be"],
            "lat": degrees[:, 1],
            "lon": degrees[:, 0],
            "comment": "",
        }
    ).drop_duplicates("ru", ignore_index=True)
    table.loc[2, ["raion", "comment"]] = ["", "Остановочный пункт ликвидирован"]
    return table


def _lines(settlements: Settlements) -> list[Floats]:
    """Return two railways per oblast: raion towns in order, west–east, south–north."""
    lines = []
    for _, raions in settlements.raions.groupby("oblast"):
        towns = settlements.points[raions["town"]]
        middle = np.median(towns, axis=0)
        for axis in (0, 1):
            near = np.argsort(np.abs(towns[:, 1 - axis] - middle[1 - axis]))
            chosen = towns[near[: max(3, len(towns) // 3)]]
            lines.append(chosen[np.argsort(chosen[:, axis])])
    return lines


def _stations(line: Floats) -> Floats:
    legs = np.hypot(*np.diff(line, axis=0).T)
    along = np.r_[0, np.cumsum(legs)]
    at = np.linspace(0, along[-1], max(2, round(along[-1] / _STATION_EVERY_KM)))
    return np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
