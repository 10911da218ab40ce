"""The areas of the invented country: their polygons, names and residents."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import shapely

from geo.synthetic import declared
from geo.synthetic.names import with_stress
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Flags, Ints
from geo.synthetic.territory import Territory, to_degrees
from geo.types import Kind

_OBLAST_ID, _CAPITAL_ID = 9_900_000_001, 9_900_000_091
_OSM_BASE = 99_000_000_000


def oblast_name(number: int) -> str:
    """Return the Russian name of an oblast.

    Examples
    --------
    >>> oblast_name(0), oblast_name(1)
    ('Демонстрационная область', 'Демонстрационная-2 область')
    """
    return f"Демонстрационная{_suffix(number)} область"


def _suffix(number: int) -> str:
    return f"-{number + 1}" if number else ""


def town_polygons(settlements: Settlements, territory: Territory) -> pd.DataFrame:
    """Return raions without their towns, and the towns.

    Returns
    -------
    pandas.DataFrame
        ``be, ru``, ``adults`` (residents of age), ``kind`` and ``shape`` (degrees).
    """
    places, raions = settlements.places, settlements.raions
    ground = np.array(list(settlements.ground.values()), dtype=object)
    cut = shapely.intersection(ground, territory.outline)
    rest = shapely.difference(territory.raions, shapely.union_all(ground))
    rural = places["population"].mask(places["urban"], 0).groupby(places["raion"]).sum()
    towns = places.iloc[list(settlements.ground)]
    people = [*towns["population"], *rural.reindex(raions.index, fill_value=0)]
    return pd.DataFrame(
        {
            "be": [*towns["be"], *(raions["be"] + " раён")],
            "ru": [*towns["ru"], *(raions["ru"] + " район")],
            "adults": [int(number * declared.ADULTS) for number in people],
            "kind": ["urban_settlement"] * len(towns) + ["raion_rest"] * len(raions),
            "shape": to_degrees(np.r_[cut, rest]),
        }
    )


def oblast_polygons(settlements: Settlements, territory: Territory) -> pd.DataFrame:
    """Return the oblasts and the capital: ``wof_id, en, ru`` and ``shape``."""
    row = int(settlements.of_kind(Kind.CAPITAL)[0])
    capital, ground = settlements.places.iloc[row], settlements.ground[row]
    numbers = np.unique(territory.oblast).tolist()
    whole = [
        shapely.union_all(territory.raions[territory.oblast == n]) for n in numbers
    ]
    shapes = [*(shapely.difference(one, ground) for one in whole), ground]
    return pd.DataFrame(
        {
            "wof_id": [*(_OBLAST_ID + n for n in numbers), _CAPITAL_ID],
            "en": [*(f"Demonstration{_suffix(n)}" for n in numbers), capital["en"]],
            "ru": [*map(oblast_name, numbers), capital["ru"]],
            "shape": to_degrees(np.array(shapes, dtype=object)),
        }
    )


def area_names(settlements: Settlements) -> pd.DataFrame:
    """Return the names of oblasts, raions and selsovets, stress marks inside.

    Returns
    -------
    pandas.DataFrame
        ``element``, ``parent`` (its row), ``osm_id``, ``be``, ``ru``, and of the
        country and the oblasts their codes.
    """
    columns = ("element", "parent", "osm_id", "be", "ru", "en", "country", "oblast")
    rows: list[dict[str, object]] = []

    def add(element: str, parent: int, number: int | None, *names: str) -> int:
        osm_id = "" if number is None else f"r{_OSM_BASE + number}"
        values = (element, parent, osm_id, *names)
        rows.append(dict(zip(columns, values, strict=False)))
        return len(rows) - 1

    country = (declared.COUNTRY_BE, declared.COUNTRY_RU, declared.COUNTRY_EN)
    add("Kraina", 0, 0, *country, declared.ISO_CODE)
    for number in np.unique(settlements.raions["oblast"]).tolist():
        names = [f"Дэманстрацыйная{_suffix(number)} вобласць", oblast_name(number)]
        code = f"{declared.ISO_CODE}-D{number}"
        oblast = add("Voblasc", 0, 1 + number, *names, "", "", code)
        for raion in np.flatnonzero(settlements.raions["oblast"] == number).tolist():
            be, ru = settlements.raions[["be", "ru"]].iloc[raion]
            parent = add("Rajon", oblast, 1_000 + raion, f"{be} раён", f"{ru} район")
            inside = settlements.selsovets["raion"] == raion
            forms = settlements.selsovets.loc[inside, ["marked", "be", "ru"]]
            for marked, *spelled in forms.to_numpy().tolist():
                stressed = [f"{with_stress(marked, one)} с/с" for one in spelled]
                add("Vojtaustva", parent, None, *stressed)
    return pd.DataFrame(rows)


def residents_now(settlements: Settlements) -> Ints:
    """Return today's residents of each settlement, some years after the census."""
    change = settlements.places["kind"].map(declared.CHANGE)
    out: Ints = np.round(settlements.people * change.to_numpy("float64"))
    return out.astype(np.int64)


def residents_of_areas(settlements: Settlements) -> pd.DataFrame:
    """Return country, oblasts, cities of their own, raions and towns."""
    urban = settlements.places["urban"].to_numpy()
    people = residents_now(settlements)
    rows = [
        {"level": level, "oblast": oblast, "raion": raion, "name": name}
        | _ages(int(people[mask & urban].sum()), int(people[mask & ~urban].sum()))
        for level, oblast, raion, name, mask in _areas(settlements)
    ]
    return pd.DataFrame(rows)


def _areas(settlements: Settlements) -> Iterator[tuple[str, str, str, str, Flags]]:
    """Yield level, oblast, raion and name of each area, and which places it holds."""
    places, number = settlements.places, np.arange(settlements.count)
    capital = settlements.is_kind(Kind.CAPITAL)
    own = settlements.is_kind(*declared.CITIES)
    urban = places["urban"].to_numpy()
    yield "country", "", "", declared.COUNTRY_RU, number >= 0
    for one in np.unique(settlements.raions["oblast"]).tolist():
        oblast = oblast_name(one)
        inside = (places["oblast"] == one).to_numpy() & ~capital
        yield "oblast", oblast, "", oblast, inside
        for city in number[inside & own]:
            name = f"{declared.CAPITAL_PREFIX}{places['ru'].iloc[city]}"
            yield "city", oblast, "", name, number == city
        for raion in np.unique(places["raion"].to_numpy()[inside]).tolist():
            name = f"{settlements.raions['ru'].iloc[raion]} район"
            members = inside & ~own & settlements.in_raion(raion)
            yield "raion", oblast, name, name, members
            for town in number[members & urban]:
                short = "г." if places["type"].iloc[town] == "г" else "г.п."
                label = f"{short} {places['ru'].iloc[town]}"
                yield "town", oblast, name, label, number == town
    name = f"{declared.CAPITAL_PREFIX}{places['ru'].to_numpy()[capital][0]}"
    yield "city", name, "", name, capital


def _ages(urban: int, rural: int) -> dict[str, int]:
    """Split residents into three ages; the parts add up exactly."""
    out: dict[str, int] = {}
    for sort, people in (("urban", urban), ("rural", rural)):
        young, working = (round(people * share) for share in declared.AGE_SHARES[sort])
        ages = (people, young, working, people - young - working)
        for age, count in zip(declared.AGES, ages, strict=True):
            out[f"{age}_{sort}"] = count
            out[f"{age}_total"] = out.get(f"{age}_total", 0) + count
    return out
