"""Invented postal codes (GeoNames format) and rail stations (a list made by hand)."""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.supply import complete_raions
from geo.synthetic.territory import Floats, Ints, lon_lat
from geo.types import FacilityKind

RAIL_COLUMNS = (
    "Вобласьць",
    "Раён",
    "Код",
    "OSM:NodeID",
    "Тып",
    "Па-расейску старое",
    "Па-расейску правільнае",
    "osm:name:ru force",
    "Па-беларуску правільнае",
    "lat",
    "lon",
    "comment",
)
#: user-assigned country code of ISO 3166: belongs to no country
POSTAL_COUNTRY = "XD"
EXACT, ROUGH, ESTIMATED = 4, 3, 1
_STATION_EVERY_KM = 6.5
#: a village of more people once had a post office of its own
_LARGE = 150
_NODE_BASE = 99_000_000_000


def post_codes(
    seed: int, settlements: Settlements, sites: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows of the postal-code file, without a header.

    A code stands for each post office. Some lie on an estimated point only; where no
    whole list of offices exists, some belong to offices that are closed by now.
    """
    rng = random_stream(seed, Stream.POST_CODES)
    places = settlements.places
    offices = sites[sites["kind"] == FacilityKind.POST_OFFICE]
    whole = complete_raions(FacilityKind.POST_OFFICE, len(settlements.raions))
    fit = ~places["raion"].isin(whole) & (places["population"] > _LARGE)
    closed = np.flatnonzero(fit & drawn(rng, 0.04, len(places)))
    rows = np.r_[offices["place"].to_numpy(), closed]
    points = settlements.points[rows]
    accuracy = rng.choice([EXACT, ROUGH, ESTIMATED], len(rows), p=[0.87, 0.01, 0.12])
    shift = rng.normal(0, 4, points.shape) * (accuracy == ESTIMATED)[:, None]
    degrees = np.round(lon_lat(points + shift), 4)
    raions = settlements.raions.iloc[places["raion"].to_numpy()[rows]]
    town = places["en"].to_numpy()[raions["town"]]
    codes = 900_000 + rng.permutation(np.arange(1, len(rows) + 1) * 3)
    table = pd.DataFrame(
        {
            "country": POSTAL_COUNTRY,
            "code": codes,
            "name": places["ru"].to_numpy()[rows],
            "admin1": "Demo",
            "code1": "",
            "admin2": town,
            "code2": "",
            "admin3": "",
            "code3": "",
            "lat": degrees[:, 1],
            "lon": degrees[:, 0],
            "accuracy": accuracy,
        }
    )
    return table.sort_values("code", ignore_index=True)


def rail_stations(seed: int, settlements: Settlements) -> pd.DataFrame:
    """Return stations and halts along lines from town to town.

    One is written at 0,0, one is closed, one has no place name, as in the real table.
    """
    rng = random_stream(seed, Stream.RAILWAY)
    points = np.vstack([_stations(line) for line in _lines(settlements)])
    nearest = np.asarray(KDTree(settlements.points).query(points)[1], dtype="int64")
    table = _station_table(rng, settlements, points, nearest)
    table = table.drop_duplicates("Па-расейску старое", ignore_index=True)
    table.loc[1, ["lat", "lon"]] = "0"
    table.loc[2, "Раён"] = ""
    table.loc[2, "comment"] = "Остановочный пункт ликвидирован"
    return table[list(RAIL_COLUMNS)]


def _station_table(
    rng: np.random.Generator,
    settlements: Settlements,
    points: Floats,
    nearest: Ints,
) -> pd.DataFrame:
    places = settlements.places.iloc[nearest].reset_index(drop=True)
    shaken = points + rng.normal(0, 0.4, points.shape)
    degrees = lon_lat(shaken)
    town = places["selsovet"] < 0
    return pd.DataFrame(
        {
            "Вобласьць": "Демо",
            "Раён": settlements.raions["ru"].to_numpy()[places["raion"]],
            "Код": [str(990_001 + number) for number in range(len(points))],
            "OSM:NodeID": [str(_NODE_BASE + number) for number in range(len(points))],
            "Тып": np.where(town | drawn(rng, 0.3, len(points)), "ст", "оп"),
            "Па-расейску старое": places["ru"],
            "Па-расейску правільнае": places["ru"],
            "osm:name:ru force": "",
            "Па-беларуску правільнае": places["be"],
            "lat": degrees[:, 1].astype("str"),
            "lon": degrees[:, 0].astype("str"),
            "comment": "",
        }
    )


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
