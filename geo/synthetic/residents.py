"""Official residents of the invented areas and towns, some years after the census."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from geo.synthetic.area_files import CAPITAL_PREFIX, COUNTRY_RU, oblast_name
from geo.synthetic.places import Settlements
from geo.synthetic.territory import Flags, Ints
from geo.types import Kind

_AGES = ("below_working_age", "working_age", "above_working_age")
_SORTS = ("total", "urban", "rural")
POPULATION_COLUMNS = [
    "level",
    "oblast",
    "raion",
    "name",
    *(f"{age}_{sort}" for age in ("all", *_AGES) for sort in _SORTS),
]
#: change since the census: towns grow, agrogorodki hold, villages empty
_CHANGE = {Kind.RURAL: 0.9, Kind.AGROGORODOK: 0.98, Kind.URBAN_SETTLEMENT: 0.96}
_AGE_SHARES = {"urban": (0.19, 0.59), "rural": (0.16, 0.5)}


def residents_now(settlements: Settlements) -> Ints:
    """Return today's residents of each settlement."""
    places = settlements.places
    change = places["kind"].map(_CHANGE).fillna(1.02).to_numpy(dtype="float64")
    out: Ints = np.round(places["population"].to_numpy() * change).astype(np.int64)
    return out


def population_table(settlements: Settlements) -> pd.DataFrame:
    """Return country, oblasts, cities of their own, raions and towns."""
    places = settlements.places
    urban = (places["selsovet"] < 0).to_numpy()
    people = residents_now(settlements)
    own = places["kind"].isin([Kind.CAPITAL, Kind.OBLAST_CITY]).to_numpy()
    capital = places["kind"].eq(Kind.CAPITAL).to_numpy()
    oblast = settlements.raions["oblast"].to_numpy()[places["raion"]]
    everywhere = np.ones(len(places), dtype=bool)

    def row(mask: Flags) -> dict[str, object]:
        return _ages(int(people[mask & urban].sum()), int(people[mask & ~urban].sum()))

    rows = [_named("country", "", COUNTRY_RU) | row(everywhere)]
    city = f"{CAPITAL_PREFIX}{places['ru'].iloc[0]}"
    for number in np.unique(oblast):
        name = oblast_name(int(number))
        inside = (oblast == number) & ~capital
        rows.append(_named("oblast", "", name) | {"oblast": name} | row(inside))
        for label, mask in _parts(settlements, inside, own):
            rows.append(label | {"oblast": name} | row(mask))
    rows.append(_named("city", "", city) | {"oblast": city} | row(capital))
    table = pd.DataFrame(rows)
    return table.assign(oblast=table["oblast"].fillna(""))[POPULATION_COLUMNS]


def _parts(
    settlements: Settlements,
    inside: Flags,
    own: Flags,
) -> Iterator[tuple[dict[str, object], Flags]]:
    """Yield an oblast's cities, then each raion with its towns."""
    places = settlements.places
    number = np.arange(len(places))
    for city in number[inside & own]:
        yield _named("city", "", f"г. {places['ru'].iloc[city]}"), number == city
    for raion in np.unique(places["raion"].to_numpy()[inside]):
        name = f"{settlements.raions['ru'].iloc[raion]} район"
        members = inside & ~own & (places["raion"] == raion).to_numpy()
        yield _named("raion", name, name), members
        for town in number[members & (places["selsovet"] < 0).to_numpy()]:
            short = "г." if places["type"].iloc[town] == "г" else "г.п."
            label = _named("town", name, f"{short} {places['ru'].iloc[town]}")
            yield label, number == town


def _named(level: str, raion: str, name: str) -> dict[str, object]:
    return {"level": level, "raion": raion, "name": name}


def _ages(urban: int, rural: int) -> dict[str, object]:
    """Split residents into three ages; the parts add up exactly."""
    split = {}
    for sort, people in (("urban", urban), ("rural", rural)):
        young, working = (round(people * share) for share in _AGE_SHARES[sort])
        split[sort] = (people, young, working, people - young - working)
    out: dict[str, object] = {}
    for position, age in enumerate(("all", *_AGES)):
        parts = {sort: split[sort][position] for sort in ("urban", "rural")}
        out[f"{age}_total"] = sum(parts.values())
        out |= {f"{age}_{sort}": count for sort, count in parts.items()}
    return out
