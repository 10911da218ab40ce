"""How two sources tell of the settlements: the place list and the census.

The truth of :mod:`geo.synthetic.places` passes through what real lists lack: missing
and Latin names, ё written as е, unlisted villages, census rows that found no point,
city districts instead of cities, doubled points.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.synthetic.areas import oblast_name
from geo.synthetic.declared import CITIES, LOST_RAIONS, SMALL
from geo.synthetic.faults import UNLISTED, Fault
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Flags, Stream, drawn
from geo.types import Kind

#: id schemes that belong to nobody else start far above the real ones
_GEONAMES_BASE, _DUPLICATE_BASE = 990_000_000, 9_800_000_009
#: a town beyond the border, which ``foreign.csv`` of the demo names
_ABROAD = Fault(
    file="places.csv",
    what="a town of the neighbour country with a point on this side of the border",
    put=UNLISTED
    | {
        "wof_id": "9800090021",
        "name_en": "Zamiezza",
        "name_ru": "Замежжа",
        "name_be": "Замежжа",
    },
    said="",
    row=-1,
)
#: share of the residents in each district of the oblast's city, percent
_DISTRICTS = {"Первый": 34, "Второй": 29, "Третий": 22, "Заречный": 15}


@dataclass(frozen=True)
class Listing:
    """What the lists know of each settlement (by row in ``places``).

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

    listed: Flags
    lost: Flags
    flagged: Flags
    centre_known: Flags


def make_listing(settlements: Settlements) -> Listing:
    """Draw which settlements the lists miss; only small ones are missed entirely."""
    rng = settlements.stream(Stream.SOURCE_FAULTS)
    places, count = settlements.places, settlements.count
    village = settlements.is_kind(Kind.RURAL) & ~places["centre"].to_numpy(bool)
    missed = village & (settlements.people < SMALL) & drawn(rng, 0.08, count)
    loses = (places["raion"] % LOST_RAIONS == LOST_RAIONS - 1).to_numpy()
    lost = village & (settlements.people > SMALL) & loses & drawn(rng, 0.12, count)
    silent = drawn(rng, 0.07, len(settlements.selsovets))
    untyped = settlements.is_kind(Kind.AGROGORODOK) & drawn(rng, 0.1, count)
    listed = ~missed & ~lost
    told = ~places["urban"].to_numpy() & ~silent[places["selsovet"].clip(lower=0)]
    return Listing(listed, lost, listed & ~untyped, told & ~missed)


def place_list(
    settlements: Settlements, listing: Listing
) -> tuple[pd.DataFrame, list[Fault]]:
    """Return the place list, and what is in it that is not counted."""
    rng = settlements.stream(Stream.PLACE_LIST)
    places, listed = settlements.places, listing.listed
    city, capital = settlements.is_kind(*CITIES), settlements.is_kind(Kind.CAPITAL)
    table = _spelled(rng, places).assign(
        raion=_raions(settlements).mask(capital, "г " + places["ru"]),
        oblast=places["oblast"].map(oblast_name).mask(capital, places["ru"]),
        geonames=_GEONAMES_BASE + 7 * np.arange(len(places)),
        geonames_population=(places["population"] * 1.04)
        .round()
        .where(places["urban"]),
        type=places["type"].where(listing.flagged, ""),
        selsovet=_selsovets(settlements).where(listed & ~city, ""),
        code=places["code"].where(listed),
        population=places["population"].where(listed),
        match=np.select([~listed, city], ["", "sum of city districts"], "exact"),
        candidates=np.where(listed & ~city, 1, np.nan),
        centre=np.where(places["centre"], "yes", "no"),
    )
    table["centre"] = table["centre"].where(listing.centre_known, "")
    return table, [*_doubled(rng, table), _ABROAD]


def _spelled(rng: np.random.Generator, places: pd.DataFrame) -> pd.DataFrame:
    """Spoil names: missing, Latin or Belarusian where Russian is due, with a prefix."""
    town, size = places["urban"].to_numpy(), len(places)
    right, missing, latin, other = range(4)
    fault_ru = rng.choice(4, size, p=[0.945, 0.03, 0.015, 0.01])
    fault_be = rng.choice(4, size, p=[0.48, 0.15, 0.12, 0.25])
    fault_ru[town] = right
    fault_be[town & (fault_be == missing)] = right
    ru, be = (
        places[language].mask(fault == missing, "").mask(fault == latin, places["en"])
        for language, fault in (("ru", fault_ru), ("be", fault_be))
    )
    ru = ru.mask(fault_ru == other, places["be"])
    for prefix, sort in (("Горад ", "г"), ("Аграгарадок ", "аг")):
        prefixed = (fault_be == other) & (places["type"] == sort)
        be = be.mask(prefixed, prefix + places["be"])
    return places[["place_id", "en", "lon", "lat"]].assign(ru=ru, be=be)


def _raions(settlements: Settlements) -> pd.Series:
    return settlements.places["raion"].map(settlements.raions["ru"]) + " р-н"


def _selsovets(settlements: Settlements) -> pd.Series:
    places = settlements.places
    rural = places["selsovet"].map(settlements.selsovets["ru"] + " сельсовет")
    return rural.fillna(places["type"] + " " + places["ru"])


def _doubled(rng: np.random.Generator, table: pd.DataFrame) -> list[Fault]:
    """Return flagged second points of some villages, with nothing but a name."""
    count = max(3, len(table) // 300)
    rural = np.arange(len(table) // 10, len(table))
    chosen = np.sort(rng.choice(rural, count, replace=False)).tolist()
    return [
        Fault(
            file="places.csv",
            what="a second point of a village",
            put=UNLISTED
            | {
                "possible_dup_of": f"{table['place_id'].iloc[row]}.0",
                "wof_id": str(_DUPLICATE_BASE + 11 * number),
                "lat": f"{table['lat'].iloc[row] + 0.003:.5f}",
            },
            said="",
            row=row,
        )
        for number, row in enumerate(chosen)
    ]


def kind_register(settlements: Settlements, listing: Listing) -> pd.DataFrame:
    """Return a register of kinds: some that the lists know, and of those they do not.

    Of the agrogorodki without a type one is settled by it, of one it says two things,
    and one may be another place of that name.
    """
    agrogorodki = settlements.is_kind(Kind.AGROGORODOK)
    typed = np.flatnonzero(agrogorodki & listing.flagged)[:10]
    settled, twice, weak, *_ = np.flatnonzero(agrogorodki & ~listing.flagged).tolist()
    rows = [(row, "аг", "exact") for row in (*typed, settled, twice)]
    rows += [(twice, "д", "exact"), (weak, "аг", "weak 0.83")]
    told = pd.DataFrame(rows, columns=["row", "kind", "match"])
    places = settlements.places.iloc[told["row"]].reset_index(drop=True)
    return told.assign(id=places["place_id"], ru=places["ru"])


def census_list(settlements: Settlements, listing: Listing) -> pd.DataFrame:
    """Return the census: places, city districts, and rows that found no point."""
    rng = settlements.stream(Stream.CENSUS_LIST)
    places, found = settlements.places, listing.listed
    rows = (found | listing.lost) & ~settlements.is_kind(*CITIES)
    name = places["ru"].str.replace("ё", "е")
    sort = places["type"].where(listing.flagged | listing.lost, "")
    fuzzy = np.where(drawn(rng, 0.8, len(places)), "exact", "fuzzy100")
    table = places[["code", "population"]].assign(
        raion=_raions(settlements),
        selsovet=_selsovets(settlements),
        written=sort.str.cat(name, sep=" ").str.strip(),
        type=sort,
        name=name,
        match=np.where(found, fuzzy, ""),
        candidates=np.where(found, "1", "0"),
        **{one: places[one].where(found) for one in ("place_id", "lat", "lon")},
    )
    table = pd.concat([table[rows], _city_districts(settlements)])
    return table.sort_values("code", kind="stable", ignore_index=True)


def _city_districts(settlements: Settlements) -> pd.DataFrame:
    """Return the districts in whose place the census has no row for the city."""
    parts = []
    for row in settlements.of_kind(Kind.OBLAST_CITY):
        city = settlements.places.iloc[row]
        people = [city["population"] * share // 100 for share in _DISTRICTS.values()]
        people[-1] = city["population"] - sum(people[:-1])
        parts += [
            {
                "code": city["code"],
                "raion": f"{city['ru'].removesuffix('ск')}ский горсовет",
                "selsovet": f"г {city['ru']}",
                "written": district,
                "type": "",
                "name": district,
                "population": count,
            }
            for district, count in zip(_DISTRICTS, people, strict=True)
        ]
    return pd.DataFrame(parts)
