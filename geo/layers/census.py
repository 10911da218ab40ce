"""Census rows to settlements: every row accounted for, none given to two places."""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from geo.layers.census_corrections import corrected, give
from geo.layers.counted import counted
from geo.layers.geodesy import geodesic_km
from geo.layers.names import (
    area_key,
    best_likeness,
    mean_likeness,
    name_key,
    slavic_key,
    town_key,
)
from geo.sources.country import Country

#: outcomes of a row whose people have no point on the map
LOST = ("unmatched", "misplaced", "contested")
#: census types that are towns or urban-type settlements
TOWN_TYPES = frozenset({"г", "гп", "рп", "кп"})
#: letters that an adjective shares with the name it is made from
STEM = 5
#: likeness of spellings above which a town's row is given to a place in its polygon
ALIKE = 0.8
#: how far from the other places of its selsovet a place may lie: of the rows that the
#: provider matched, 95 in 100 lie nearer
NEAR_KM = 10.0
_NAMES = ("name_ru", "name_be", "name_en")
Key = Callable[[object], str]


def account(
    census: pd.DataFrame, places: pd.DataFrame, country: Country
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Say of every census row what became of it.

    Parameters
    ----------
    census
        Canonical table ``census``; ``place_id`` is the provider's match.
    places
        Settlements with ``id``, point, ``raion_id``, ``raion_key`` (set of matching
        keys of the raion's names), ``town`` (official name of the town polygon around
        the point, or NA), names and ``duplicate_of``.
    country
        For ``corrections.csv`` (table ``census``, key ``<code>|<name>``).

    Returns
    -------
    tuple
        Release table ``census``; outcome is ``matched``, ``corrected`` (another place
        than the provider's), ``part_of_city``, ``contested`` (another row has the
        better claim to the only point), ``misplaced`` (the point lies in another
        raion) or ``unmatched``. And the declared corrections that found no row or
        place.
    """
    rows = census.reset_index(drop=True).copy()
    known = rows["place_id"].isin(places["id"])
    rows["settlement_id"] = rows["place_id"].where(known).astype("str")
    rows["outcome"] = np.where(known, "matched", "unmatched")
    rows["note"] = ""
    _misplaced(rows, places)
    _towns_by_polygon(rows, places)
    _towns_by_name(rows, places)
    refused = corrected(rows, country, places)
    _contested(rows, places)
    _free_places(rows, places, name_key, ("name_ru", "_name_said"))
    # spelled otherwise: Лаздуны 2 is Лаздуны Другія
    _free_places(rows, places, slavic_key, ("name_ru", "name_be"))
    _parts_of_cities(rows, country)
    columns = ["row", "code", "raion_name", "selsovet_name", "place_type", "name"]
    columns += ["population", "year", "outcome", "settlement_id", "note"]
    return rows[columns], refused


def _refuse(rows: pd.DataFrame, chosen: pd.Series, outcome: str, note: str) -> None:
    rows.loc[chosen, "settlement_id"] = None
    rows.loc[chosen, "outcome"] = outcome
    rows.loc[chosen, "note"] = note


def _misplaced(rows: pd.DataFrame, places: pd.DataFrame) -> None:
    """Refuse matches whose point lies in another raion than the census says."""
    where = dict(zip(places["id"], places["raion_key"], strict=True))
    known: set[str] = set().union(
        *(keys for keys in where.values() if isinstance(keys, frozenset))
    )
    found = rows["settlement_id"].map(where)
    wrong = [
        isinstance(keys, frozenset) and not may_be_of(name, keys, known)
        for name, keys in zip(rows["raion_name"], found, strict=True)
    ]
    note = "the matched point lies in another raion"
    _refuse(rows, pd.Series(wrong, index=rows.index, dtype="bool"), "misplaced", note)


def may_be_of(raion_name: object, keys: frozenset[str], known: set[str]) -> bool:
    """Tell whether a census raion may be the area of a point.

    A city council ("Витебский горсовет") bears the adjective of its city: its places
    lie in the city or in the raion of the same stem.
    """
    key = area_key(raion_name)
    if isinstance(raion_name, str) and "горсовет" in raion_name:
        return any(other[:STEM] == key[:STEM] for other in keys)
    return key not in known or key in keys


def _towns_by_polygon(rows: pd.DataFrame, places: pd.DataFrame) -> None:
    """Give a town's row to the place of its name inside its polygon.

    A town's row whose matched point lies outside the town's polygon is moved: the
    provider matched a village of the same name.
    """
    inside = places[places["town"].notna() & counted(places)]
    towns: dict[str, list[pd.DataFrame]] = {}
    for (_, town), group in inside.groupby(["raion_id", "town"]):
        towns.setdefault(town_key(town), []).append(group)
    town_of = dict(zip(places["id"], places["town"].map(town_key), strict=True))
    for index in rows.index[rows["place_type"].isin(TOWN_TYPES)]:
        name, before = rows.at[index, "name"], rows.at[index, "settlement_id"]
        key = town_key(name)
        if town_of.get(before, "") == key:
            continue
        same = _of_raion(towns.get(key, []), rows.at[index, "raion_name"])
        place = None if same is None else _most_alike(same, name)
        if place:
            instead = before if isinstance(before, str) else "none"
            note = f"place inside the town's polygon, instead of {instead}"
            give(rows, index, place, note)


def _of_raion(groups: list[pd.DataFrame], raion_name: object) -> pd.DataFrame | None:
    if len(groups) == 1:
        return groups[0]
    key = area_key(raion_name)
    for group in groups:
        if key in group["raion_key"].iloc[0]:
            return group
    return None


def _most_alike(group: pd.DataFrame, name: object) -> str | None:
    """Return the place whose name is most alike, None if no name is alike enough."""
    scored = [
        (best_likeness((ru, be), name), str(place))
        for place, ru, be in zip(
            group["id"], group["name_ru"], group["name_be"], strict=True
        )
    ]
    best, place = max(scored)
    return place if best >= ALIKE else None


def _towns_by_name(rows: pd.DataFrame, places: pd.DataFrame) -> None:
    """Give a town's row without a point to the only place of its name in its raion.

    The place may be another row's until the claims are compared: beside a town lies a
    village of its name.
    """
    chosen = rows["place_type"].isin(TOWN_TYPES) & rows["settlement_id"].isna()
    own = _bearing(places[counted(places)], rows.loc[chosen, "name"])
    for index in rows.index[chosen]:
        here = _of_name(own, rows.loc[index])
        if len(here) == 1:
            note = "the only place of this name in the raion of the census"
            give(rows, index, here["id"].iloc[0], note)


def _bearing(
    places: pd.DataFrame,
    names: pd.Series,
    columns: Sequence[str] = ("name_ru",),
    key: Key = name_key,
) -> pd.DataFrame:
    """Return the places that bear one of the names, once for each, with its key."""
    wanted = [key(name) for name in names]
    own = places[["id", "lon", "lat", "raion_key"]]
    keyed = [own.assign(_key=places[column].map(key)) for column in columns]
    found = pd.concat(keyed)
    return found[found["_key"].isin(wanted)].drop_duplicates(["id", "_key"])


def _of_name(keyed: pd.DataFrame, row: pd.Series, key: Key = name_key) -> pd.DataFrame:
    """Return the places of a row's very name in its raion (by the stem of its name)."""
    same = keyed[keyed["_key"] == key(row["name"])]
    stem = area_key(row["raion_name"])[:STEM]
    here = [
        isinstance(keys, frozenset) and any(key[:STEM] == stem for key in keys)
        for keys in same["raion_key"]
    ]
    return same[np.array(here, dtype=bool)]


def _contested(rows: pd.DataFrame, places: pd.DataFrame) -> None:
    """Leave a point that several rows claim to the row with the best claim.

    A corrected row comes first; then the name that is more alike in all languages of
    the place (one of them may be its neighbour's), then the larger population: a
    station or a farm beside the village bears its name.
    """
    claimed = rows["settlement_id"].notna() & rows["settlement_id"].duplicated(
        keep=False
    )
    rivals = rows[claimed]
    own = [name for name in _NAMES if name in places]
    named = places[places["id"].isin(rivals["settlement_id"])].set_index("id")[own]
    claim = [
        round(mean_likeness(named.loc[place], name), 3)
        for place, name in zip(rivals["settlement_id"], rivals["name"], strict=True)
    ]
    order = rivals.assign(
        _claim=claim, _corrected=rivals["outcome"] == "corrected"
    ).sort_values(
        ["settlement_id", "_corrected", "_claim", "population", "row"],
        ascending=[True, False, False, False, True],
    )
    losers = order.index[order["settlement_id"].duplicated()]
    note = "another census row has the better claim to the only point of this name"
    chosen = pd.Series(rows.index.isin(losers), index=rows.index)
    _refuse(rows, chosen, "contested", note)


def _free_places(
    rows: pd.DataFrame, places: pd.DataFrame, key: Key, columns: Sequence[str]
) -> None:
    """Give a row without a point to the only free place of its name near by.

    Free is a place of the raion that no row has; it bears the name in one of the
    columns. It must not lie far from the other places of the row's selsovet; of two
    rows that want it the nearer selsovet has it.
    """
    taken = set(rows["settlement_id"].dropna())
    free = places[~places["id"].isin(taken) & counted(places)]
    lost = rows[rows["outcome"].isin(LOST) & rows["place_type"].notna()]
    free = _bearing(free, lost["name"], columns, key)
    found = [
        (index, row["code"], *place)
        for index, row in lost.iterrows()
        for place in _of_name(free, row, key)[["id", "lon", "lat"]].to_numpy(object)
    ]
    wanted = pd.DataFrame(found, columns=["index", "code", "place", "lon", "lat"])
    centre = selsovet_points(rows, places).reindex(wanted["code"])
    wanted["km"] = geodesic_km(
        *(wanted[name].to_numpy(float) for name in ("lon", "lat")),
        *(centre[name].to_numpy(float) for name in ("lon", "lat")),
    )
    # a selsovet without another place speaks neither for nor against it
    near = wanted[~(wanted["km"] > NEAR_KM)]
    near = near[~near["index"].duplicated(keep=False)].sort_values(["km", "index"])
    note = "the only free place of this name in the raion, near its selsovet"
    for index, place in near.drop_duplicates("place")[["index", "place"]].to_numpy():
        give(rows, index, place, note)


def selsovet_points(rows: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return the mean point of the places of each selsovet code of census rows."""
    point = places.set_index("id")[["lon", "lat"]]
    known = rows[rows["settlement_id"].notna()]
    located = point.reindex(known["settlement_id"]).set_axis(known.index)
    return located.groupby(known["code"]).mean()


def _parts_of_cities(rows: pd.DataFrame, country: Country) -> None:
    """Mark city districts: their people are counted with the city."""
    district = rows["place_type"].isna() & rows["settlement_id"].isna()
    city = rows["raion_name"].str.match(r"^(?:г\.? |.*горсовет)", na=False)
    capitals = {code[:1] for code in country.area_codes.values()}
    chosen = district & (city | rows["code"].str[:1].isin(capitals))
    _refuse(rows, chosen, "part_of_city", "a district of a city, counted with the city")


def raion_of_rows(
    census: pd.DataFrame, settlements: pd.DataFrame, areas: pd.DataFrame
) -> pd.Series:
    """Return the raion of each census row.

    Where most matched rows of its code's raion lie, else the raion (or, for a city
    council, the city) of that name, else the only unit of its oblast.

    Parameters
    ----------
    census, areas
        Release tables.
    settlements
        Columns ``id``, ``raion_id``.
    """
    raion = dict(zip(settlements["id"], settlements["raion_id"], strict=True))
    prefix = census["code"].str[:4]
    pairs = pd.DataFrame(
        {"prefix": prefix, "raion": census["settlement_id"].map(raion)}
    ).dropna()
    counts = pairs.value_counts().rename("rows").reset_index()
    counts = counts.sort_values(
        ["prefix", "rows", "raion"], ascending=[True, False, True]
    )
    usual = counts.drop_duplicates("prefix").set_index("prefix")["raion"]
    units = areas[areas["level"] == "raion"].drop_duplicates("name_ru")
    named = {area_key(n): i for n, i in zip(units["name_ru"], units["id"], strict=True)}
    stems = {key[:STEM]: place for key, place in named.items()}
    by_name = [
        stems.get(area_key(name)[:STEM])
        if isinstance(name, str) and "горсовет" in name
        else named.get(area_key(name))
        for name in census["raion_name"]
    ]
    fallback = pd.Series(by_name, index=census.index, dtype="str")
    # a capital that is an oblast of its own: its rows are its city districts
    alone = units[~units["parent"].duplicated(keep=False)]
    single = dict(zip(alone["parent"].str.split(":").str[-1], alone["id"], strict=True))
    capital = census["code"].str[:1].map(single).astype("str")
    return prefix.map(usual).astype("str").fillna(fallback).fillna(capital)
