"""Census rows to settlements: every row accounted for, none given to two places."""

import geopandas as gpd
import pandas as pd

from geo.layers.names import area_key, likeness, name_key, town_key
from geo.sources.country import Country, read_table

CORRECTION_COLUMNS = ("table", "key", "field", "value", "reason", "source")
#: census types that are towns or urban-type settlements
TOWN_TYPES = frozenset({"г", "гп", "рп", "кп"})
#: letters that an adjective shares with the name it is made from
STEM = 5
#: likeness of spellings above which a town's row is given to a place in its polygon
ALIKE = 0.8


def account(
    census: pd.DataFrame, places: gpd.GeoDataFrame, country: Country
) -> pd.DataFrame:
    """Say of every census row what became of it.

    Parameters
    ----------
    census
        Canonical table ``census``; ``place_id`` is the provider's match.
    places
        Settlements with ``id``, ``raion_id``, ``raion_key`` (set of matching keys of
        the raion's names), ``town`` (official name of the town polygon around the
        point, or NA), names and ``duplicate_of``.
    country
        For ``corrections.csv`` (table ``census``, key ``<code>|<name>``).

    Returns
    -------
    DataFrame
        Release table ``census``; outcome is ``matched``, ``corrected`` (another place
        than the provider's), ``part_of_city``, ``contested`` (another row has the
        better claim to the only point), ``misplaced`` (the point lies in another
        raion) or ``unmatched``.
    """
    rows = census.reset_index(drop=True).copy()
    rows["outcome"] = "unmatched"
    rows["note"] = ""
    rows["settlement_id"] = rows["place_id"].where(
        rows["place_id"].isin(places["id"]), None
    )
    rows.loc[rows["settlement_id"].notna(), "outcome"] = "matched"
    _misplaced(rows, places)
    _towns_by_polygon(rows, places)
    _by_name_in_raion(rows, places)
    _corrected(rows, country, places)
    _contested(rows, places)
    _parts_of_cities(rows, country)
    columns = ["row", "code", "raion_name", "selsovet_name", "place_type", "name"]
    rows["settlement_id"] = rows["settlement_id"].astype("str")
    return rows[[*columns, "population", "year", "outcome", "settlement_id", "note"]]


def _give(
    rows: pd.DataFrame, index: object, place: str, outcome: str, note: str
) -> None:
    rows.loc[index, ["settlement_id", "outcome", "note"]] = [place, outcome, note]  # type: ignore[index]


def _refuse(rows: pd.DataFrame, chosen: pd.Series, outcome: str, note: str) -> None:
    rows.loc[chosen, "settlement_id"] = None
    rows.loc[chosen, "outcome"] = outcome
    rows.loc[chosen, "note"] = note


def _misplaced(rows: pd.DataFrame, places: gpd.GeoDataFrame) -> None:
    """Refuse matches whose point lies in another raion than the census says."""
    where = places.drop_duplicates("id").set_index("id")["raion_key"]
    known = set().union(*where.dropna()) if len(where) else set()
    found = rows["settlement_id"].map(where)
    wrong = [
        isinstance(keys, frozenset) and not _may_be_of(name, keys, known)
        for name, keys in zip(rows["raion_name"], found, strict=True)
    ]
    note = "the matched point lies in another raion"
    _refuse(rows, pd.Series(wrong, index=rows.index), "misplaced", note)


def _may_be_of(raion_name: object, keys: frozenset[str], known: set[str]) -> bool:
    """Tell whether a census raion may be the area of a point.

    A city council ("Витебский горсовет") bears the adjective of its city: its places
    lie in the city or in the raion of the same stem.
    """
    key = area_key(raion_name)
    if isinstance(raion_name, str) and "горсовет" in raion_name:
        return any(other[:STEM] == key[:STEM] for other in keys)
    return key not in known or key in keys


def _towns_by_polygon(rows: pd.DataFrame, places: gpd.GeoDataFrame) -> None:
    """Give a town's row to the place of its name inside its polygon.

    A town's row whose matched point lies outside the town's polygon is moved: the
    provider matched a village of the same name.
    """
    inside = places[places["town"].notna() & places["duplicate_of"].isna()]
    by_town = {
        (raion, town_key(town)): group
        for (raion, town), group in inside.groupby(["raion_id", "town"])
    }
    towns: dict[str, list[pd.DataFrame]] = {}
    for (_, key), group in by_town.items():
        towns.setdefault(key, []).append(group)
    town_of = places.drop_duplicates("id").set_index("id")["town"].map(town_key)
    for index in rows.index[rows["place_type"].isin(TOWN_TYPES)]:
        key = town_key(rows.at[index, "name"])
        here = str(town_of.get(rows.at[index, "settlement_id"], ""))
        groups = towns.get(key, [])
        if here == key or not groups:
            continue
        group = _of_raion(groups, rows.at[index, "raion_name"])
        if group is None:
            continue
        place = _most_alike(group, rows.at[index, "name"])
        if place:
            before = rows.at[index, "settlement_id"]
            note = f"place inside the town's polygon, instead of {before or 'none'}"
            _give(rows, index, place, "corrected", note)


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
        (
            max(likeness(row.name_ru, name), likeness(row.name_be, name)),
            str(row.id),
        )
        for row in group.itertuples()
    ]
    best, place = max(scored, key=lambda pair: (pair[0], pair[1]))
    return place if best >= ALIKE else None


def _by_name_in_raion(rows: pd.DataFrame, places: gpd.GeoDataFrame) -> None:
    """Give a misplaced row to the only free place of its very name in its raion."""
    taken = set(rows["settlement_id"].dropna())
    free = places[~places["id"].isin(taken) & places["duplicate_of"].isna()]
    names = free["name_ru"].map(name_key)
    for index in rows.index[rows["outcome"] == "misplaced"]:
        same = free[names == name_key(rows.at[index, "name"])]
        raion = area_key(rows.at[index, "raion_name"])[:STEM]
        here = [
            place
            for place, keys in zip(same["id"], same["raion_key"], strict=True)
            if any(key[:STEM] == raion for key in keys)
        ]
        if len(here) == 1:
            note = "the only free place of this name in the raion of the census"
            _give(rows, index, here[0], "corrected", note)


def _corrected(rows: pd.DataFrame, country: Country, places: pd.DataFrame) -> None:
    """Apply the declared corrections of census matches."""
    ids = set(places["id"])
    key = rows["code"].astype("str") + "|" + rows["name"].astype("str")
    for path in country.files("corrections.csv"):
        for line in read_table(path, CORRECTION_COLUMNS):
            if line["table"] != "census" or line["value"] not in ids:
                continue
            for index in rows.index[key == line["key"]]:
                note = f"{line['reason']} ({line['source']})"
                _give(rows, index, line["value"], "corrected", note)


def _contested(rows: pd.DataFrame, places: pd.DataFrame) -> None:
    """Leave a point that several rows claim to the row with the best claim.

    A name that is written alike comes before one that is only similar, then the
    larger population: a station or a farm beside the village bears its name.
    """
    claimed = rows[rows["settlement_id"].notna()].copy()
    names = places.drop_duplicates("id").set_index("id")["name_ru"].map(name_key)
    claimed["_exact"] = claimed["settlement_id"].map(names) == claimed["name"].map(
        name_key
    )
    claimed["_corrected"] = claimed["outcome"] == "corrected"
    order = claimed.sort_values(
        ["settlement_id", "_corrected", "_exact", "population", "row"],
        ascending=[True, False, False, False, True],
    )
    losers = order.index[order["settlement_id"].duplicated()]
    note = "another census row has the better claim to the only point of this name"
    _refuse(rows, rows.index.isin(losers), "contested", note)  # type: ignore[arg-type]


def _parts_of_cities(rows: pd.DataFrame, country: Country) -> None:
    """Mark city districts: their people are counted with the city."""
    district = rows["place_type"].isna() & rows["settlement_id"].isna()
    city = rows["raion_name"].str.match(r"^(?:г\.? |.*горсовет)", na=False)
    capital = (
        rows["code"].str[:1].isin({code[:1] for code in country.area_codes.values()})
    )
    chosen = district & (city | capital)
    _refuse(rows, chosen, "part_of_city", "a district of a city, counted with the city")
