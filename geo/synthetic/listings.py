"""How sources tell of the settlements: the place list, the census, the residents.

The truth of :mod:`geo.synthetic.places` passes through the faults that real lists
have: missing and Latin names, ё written as е, unlisted villages, census rows that
found no point, city districts instead of cities, doubled and misplaced points.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.synthetic.area_files import oblast_name
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Ints, bounds, lon_lat
from geo.types import Kind

PLACE_COLUMNS = [
    "wof_id",
    "name_en",
    "name_ru",
    "name_be",
    "lat",
    "lon",
    "raion",
    "oblast",
    "gn_id",
    "wd_id",
    "type",
    "selsovet",
    "soato_selsovet",
    "pop2009",
    "match",
    "match_candidates",
    "gn_population",
    "possible_dup_of",
    "selsovet_centre",
]
CENSUS_COLUMNS = [
    "soato",
    "raion",
    "selsovet",
    "place_raw",
    "type",
    "name",
    "pop2009",
    "match",
    "match_candidates",
    "wof_id",
    "lat",
    "lon",
]
#: id schemes that belong to nobody else start far above the real ones
_GEONAMES_BASE = 990_000_000
#: villages of more people are never missed by the census
SMALL = 95
#: one raion in so many has census rows that found no point
LOST_RAIONS = 4
_DISTRICTS = ("Первый", "Второй", "Третий", "Заречный")
#: columns that are empty where the census row is missing
_UNLISTED = [
    "type",
    "selsovet",
    "soato_selsovet",
    "pop2009",
    "match",
    "match_candidates",
    "gn_population",
    "selsovet_centre",
]
_DUPLICATE_BASE = 9_800_000_009


@dataclass(frozen=True)
class Listing:
    """What the lists know of each settlement (masks by row in ``places``).

    Attributes
    ----------
    listed
        The census lists it and its row found the point.
    lost
        The census lists it but its row found no point.
    flagged
        Its type is written down; else both lists leave it empty.
    centre_known
        Whether it is a selsovet centre is written down.
    """

    listed: pd.Series
    lost: pd.Series
    flagged: pd.Series
    centre_known: pd.Series


def make_listing(seed: int, settlements: Settlements) -> Listing:
    """Draw which settlements the lists miss; only small ones are missed entirely."""
    rng = random_stream(seed, Stream.SOURCE_FAULTS)
    places = settlements.places
    village = places["kind"] == Kind.RURAL
    small = village & ~places["centre"] & (places["population"] < SMALL)
    missed = small & drawn(rng, 0.08, len(places))
    # lost rows only in every fourth raion: elsewhere a missing value means "small"
    larger = village & ~places["centre"] & (places["population"] > SMALL)
    lost = (
        larger
        & (places["raion"] % LOST_RAIONS == LOST_RAIONS - 1)
        & drawn(rng, 0.12, len(places))
    )
    agro = places["kind"] == Kind.AGROGORODOK
    silent = drawn(rng, 0.07, len(settlements.selsovets))
    listed = ~missed & ~lost
    flagged = listed & ~(agro & drawn(rng, 0.1, len(places)))
    rural = places["selsovet"] >= 0
    known = rural & ~pd.Series(silent[places["selsovet"].clip(lower=0)])
    return Listing(listed, lost, flagged, known & (listed | lost))


def place_list(seed: int, settlements: Settlements, listing: Listing) -> pd.DataFrame:
    """Return the rows of ``places.csv``, its faulty rows at the end."""
    rng = random_stream(seed, Stream.PLACE_LIST)
    places = settlements.places
    table = _spelled(rng, places)
    degrees = lon_lat(settlements.points)
    raions = settlements.raions.iloc[places["raion"]].reset_index(drop=True)
    listed = listing.listed
    capital = places["kind"] == Kind.CAPITAL
    city = places["kind"].isin([Kind.CAPITAL, Kind.OBLAST_CITY])
    oblast = raions["oblast"].map(oblast_name)
    table = table.assign(
        wof_id=places["place_id"].astype("str"),
        lat=degrees[:, 1].astype("str"),
        lon=degrees[:, 0].astype("str"),
        raion=(raions["ru"] + " р-н").mask(capital, "г " + places["ru"]),
        oblast=oblast.mask(capital, places["ru"]),
        gn_id=_floats(_GEONAMES_BASE + 7 * np.arange(len(places))),
        wd_id="",
        type=places["type"].where(listing.flagged, ""),
        selsovet=_selsovet_names(settlements).where(listed & ~city, ""),
        soato_selsovet=(places["code"] + ".0").where(listed, ""),
        pop2009=_floats(places["population"]).where(listed, ""),
        match=pd.Series("exact", places.index)
        .mask(city, "sum of city districts")
        .where(listed, ""),
        match_candidates=pd.Series("1.0", places.index).where(listed & ~city, ""),
        gn_population=_floats((places["population"] * 1.04).round()).where(
            places["selsovet"] < 0, ""
        ),
        possible_dup_of="",
        selsovet_centre=pd.Series(np.where(places["centre"], "yes", "no")).where(
            listing.centre_known, ""
        ),
    )
    table = pd.concat([table, _doubled(rng, table), _misplaced(table)])
    return table[PLACE_COLUMNS].reset_index(drop=True)


def _floats(
    numbers: "pd.Series | Ints",
) -> pd.Series:
    """Write whole numbers as the provider does, with ``.0``."""
    return pd.Series(numbers).astype("int64").astype("str") + ".0"


def _spelled(rng: np.random.Generator, places: pd.DataFrame) -> pd.DataFrame:
    """Spoil names: missing, Latin or Belarusian where Russian is due, with a prefix."""
    town = places["selsovet"] < 0
    size = len(places)
    right, missing, latin, other = range(4)
    fault_ru = rng.choice(4, size, p=[0.945, 0.03, 0.015, 0.01])
    fault_be = rng.choice(4, size, p=[0.48, 0.15, 0.12, 0.25])
    fault_ru = np.where(town, right, fault_ru)
    fault_be = np.where(town & (fault_be == missing), right, fault_be)
    ru = places["ru"].mask(fault_ru == missing, "")
    ru = ru.mask(fault_ru == latin, places["en"])
    ru = ru.mask(fault_ru == other, places["be"])
    be = places["be"].mask(fault_be == missing, "")
    be = be.mask(fault_be == latin, places["en"])
    for prefix, sort in (("Горад ", "г"), ("Аграгарадок ", "аг")):
        prefixed = (fault_be == other) & (places["type"] == sort)
        be = be.mask(prefixed, prefix + places["be"])
    return pd.DataFrame({"name_en": places["en"], "name_ru": ru, "name_be": be})


def _selsovet_names(settlements: Settlements) -> pd.Series:
    places = settlements.places
    names = settlements.selsovets["ru"] + " сельсовет"
    rural = names.reindex(places["selsovet"]).reset_index(drop=True)
    return rural.fillna(places["type"] + " " + places["ru"])


def _doubled(rng: np.random.Generator, table: pd.DataFrame) -> pd.DataFrame:
    """Return flagged second points of some villages, with nothing but a name."""
    count = max(3, len(table) // 300)
    chosen = np.sort(
        rng.choice(np.arange(len(table) // 10, len(table)), count, replace=False)
    )
    out = table.iloc[chosen].copy()
    out[_UNLISTED] = ""
    out["possible_dup_of"] = out["wof_id"] + ".0"
    out["wof_id"] = [str(_DUPLICATE_BASE + 11 * number) for number in range(count)]
    out["lat"] = [f"{float(lat) + 0.003:.5f}" for lat in out["lat"]]
    return out


def _misplaced(table: pd.DataFrame) -> pd.DataFrame:
    """Return rows that a reader must refuse: no place is where they say."""
    west, south, _, _ = bounds(len(table))
    spots = [
        ("0", "0"),
        ("52.52", "13.405"),
        ("", ""),
        (f"{south + 0.02:.5f}", f"{west + 0.02:.5f}"),
    ]
    out = table.iloc[[-1] * len(spots)].copy()
    out["wof_id"] = [str(_DUPLICATE_BASE + 90_001 + n) for n in range(len(spots))]
    out["name_en"] = [f"Nowhere {number}" for number in range(1, len(spots) + 1)]
    out["name_ru"] = [f"Нигде {number}" for number in range(1, len(spots) + 1)]
    out["name_be"] = ""
    out[["lat", "lon"]] = spots
    out[_UNLISTED] = ""
    return out


def census_list(seed: int, settlements: Settlements, listing: Listing) -> pd.DataFrame:
    """Return the rows of ``census.csv``: places, city districts, lost rows, a fault."""
    rng = random_stream(seed, Stream.CENSUS_LIST)
    places = settlements.places
    city = places["kind"].isin([Kind.CAPITAL, Kind.OBLAST_CITY])
    rows = (listing.listed | listing.lost) & ~city
    found = listing.listed
    name = places["ru"].str.replace("ё", "е")
    sort = places["type"].where(listing.flagged | listing.lost, "")
    degrees = lon_lat(settlements.points)
    raion = settlements.raions["ru"].reindex(places["raion"]).reset_index(drop=True)
    table = pd.DataFrame(
        {
            "soato": places["code"],
            "raion": raion + " р-н",
            "selsovet": _selsovet_names(settlements),
            "place_raw": sort.str.cat(name, sep=" ").str.strip(),
            "type": sort,
            "name": name,
            "pop2009": places["population"].astype("str"),
            "match": pd.Series(
                np.where(drawn(rng, 0.8, len(places)), "exact", "fuzzy100")
            ).where(found, ""),
            "match_candidates": pd.Series(np.where(found, "1", "0")),
            "wof_id": _floats(places["place_id"]).where(found, ""),
            "lat": degrees[:, 1].astype("str"),
            "lon": degrees[:, 0].astype("str"),
        }
    )
    table[["lat", "lon"]] = table[["lat", "lon"]].where(found, "")
    table = pd.concat([table[rows], _city_districts(settlements)])
    table = table.sort_values("soato", kind="stable", ignore_index=True)
    fault = table.iloc[[0]].assign(pop2009="-5", name="Нигде", wof_id="", match="")
    return pd.concat([table, fault], ignore_index=True)[CENSUS_COLUMNS]


def _city_districts(settlements: Settlements) -> pd.DataFrame:
    """Return the districts in whose place the census has no row for the city."""
    places = settlements.places
    parts = []
    for city in places[places["kind"] == Kind.OBLAST_CITY].itertuples():
        people = int(str(city.population))
        first = [people * share // 100 for share in (34, 29, 22)]
        for district, count in zip(
            _DISTRICTS, [*first, people - sum(first)], strict=True
        ):
            parts.append(
                {
                    "soato": city.code,
                    "raion": f"{_council(str(city.ru))} горсовет",
                    "selsovet": f"г {city.ru}",
                    "place_raw": district,
                    "type": "",
                    "name": district,
                    "pop2009": str(count),
                }
            )
    return pd.DataFrame(parts).reindex(columns=CENSUS_COLUMNS, fill_value="")


def _council(city: str) -> str:
    return f"{city.removesuffix('ск')}ский"
