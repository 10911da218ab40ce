"""Centres of raions and oblasts: declared facts, joined to settlements by name."""

import pandas as pd

from geo.layers.areas import Territory
from geo.layers.names import area_key, likeness
from geo.sources.country import Country, read_table
from geo.types import Tristate

CENTRE_COLUMNS = ("level", "area", "centre", "source")
_ALIKE = 0.85


def mark_centres(
    places: pd.DataFrame, territory: Territory, country: Country
) -> pd.DataFrame:
    """Add ``raion_centre``, ``oblast_centre`` and ``selsovet_id``.

    ``centres.csv`` of the country names the centre of an area. Where the centre of an
    area was found, every other place of that area is none; elsewhere it is unknown.

    Parameters
    ----------
    places
        Settlements with names, ``raion_id``, ``oblast_id``, ``town``, ``urban``.
    """
    out = places.copy()
    code = out["selsovet_code"]
    out["selsovet_id"] = (country.code_scheme + ":" + code.astype("str")).where(
        code.notna() & out["raion_id"].notna()
    )
    for level in ("raion", "oblast"):
        out[f"{level}_centre"] = Tristate.UNKNOWN.value
    for path in country.files("centres.csv"):
        for line in read_table(path, CENTRE_COLUMNS):
            _mark(out, territory, line)
    return out


def _mark(out: pd.DataFrame, territory: Territory, line: dict[str, str]) -> None:
    level = line["level"]
    areas = territory.areas[territory.areas["level"] == level]
    hits = areas[areas["name_ru"].map(area_key) == area_key(line["area"])]
    if level == "raion":
        hits = hits[~hits["city"].fillna(value=False).astype(bool)]
    if hits.empty:
        return
    area = hits["id"].iloc[0]
    place = find_centre(out, line["centre"], area, level)
    if place is None:
        return
    column = f"{level}_centre"
    inside = out[f"{level}_id"] == area
    out.loc[inside & out[column].ne(Tristate.YES.value), column] = Tristate.NO.value
    out.loc[place, column] = Tristate.YES.value


def find_centre(
    places: pd.DataFrame, name: str, area: str, level: str
) -> object | None:
    """Return the index of the place that is the centre of an area.

    Inside the area first; a raion may also be run from the city that it surrounds.
    Towns come before villages, then the more alike name, then more people.
    """
    own = places[places["duplicate_of"].isna()]
    inside = own[own[f"{level}_id"] == area]
    towns = inside[inside["urban"].eq("yes") | inside["town"].notna()]
    cities = own[own["city"] & own["urban"].eq("yes")]
    for group in (towns, cities, inside):
        ranked = group.assign(
            _alike=[
                max(likeness(ru, name), likeness(be, name))
                for ru, be in zip(group["name_ru"], group["name_be"], strict=True)
            ],
            _urban=group["urban"].eq("yes"),
            _people=group["population"].astype("float64").fillna(0.0),
        ).sort_values(
            ["_urban", "_alike", "_people", "id"], ascending=[False, False, False, True]
        )
        good = ranked[ranked["_alike"] >= _ALIKE]
        if len(good):
            return good.index[0]
    return None
