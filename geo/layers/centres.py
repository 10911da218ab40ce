"""Centres of raions and oblasts: declared facts, joined to settlements by name."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from geo.layers.areas import Territory
from geo.layers.counted import MARKS, counted
from geo.layers.names import area_key, best_likeness
from geo.sources.country import Country
from geo.sources.declared_csv import read_table
from geo.sources.result import Rejections
from geo.sources.vocabulary import strange_word
from geo.types import Level, Tristate

CENTRE_COLUMNS = ("level", "area", "centre", "source")
_ALIKE = 0.85
_LEVELS = (Level.RAION, Level.OBLAST)
_COLUMNS = (
    "id",
    "name_ru",
    "name_be",
    "urban",
    "town",
    "city",
    "population",
    *MARKS,
)


def mark_centres(
    places: pd.DataFrame, territory: Territory, country: Country
) -> tuple[pd.DataFrame, dict[str, str], pd.DataFrame]:
    """Add ``raion_centre`` and ``oblast_centre``.

    ``centres.csv`` of the country names the centre of an area. Where the centre of an
    area was found, every other place of that area is none; elsewhere it is unknown.

    Parameters
    ----------
    places
        Settlements with names, ``raion_id``, ``oblast_id``, ``town``, ``urban``.

    Returns
    -------
    tuple
        The places, area id -> id of its centre, and the declared lines whose area or
        centre was not found.
    """
    out = places.copy()
    levels = {level.value: _areas(territory, level) for level in _LEVELS}
    for level in levels:
        out[f"{level}_centre"] = Tristate.UNKNOWN.value
    refused = Rejections("declared", "centres.csv")
    columns = [*_COLUMNS, "raion_id", "oblast_id"]
    candidates = _candidates(places[columns])
    centre_of: dict[str, str] = {}
    for path in country.files("centres.csv"):
        for number, line in read_table(path, CENTRE_COLUMNS):
            level = line["level"]
            area = levels.get(level, {}).get(area_key(line["area"]))
            found = (
                None if area is None else candidates.find(line["centre"], area, level)
            )
            if area is None or found is None:
                field, reason = _unfound(line, levels, area)
                refused.add(row=number, field=field, value=line[field], reason=reason)
                continue
            column = f"{level}_centre"
            others = (out[f"{level}_id"] == area) & out[column].ne(Tristate.YES.value)
            out.loc[others, column] = Tristate.NO.value
            out.loc[found, column] = Tristate.YES.value
            centre_of[area] = str(places.at[found, "id"])
    return out, centre_of, refused.frame()


def _unfound(
    line: dict[str, str], levels: dict[str, dict[str, str]], area: str | None
) -> tuple[str, str]:
    """Return the column of a line that names nothing there is, and the reason."""
    level = line["level"]
    if level not in levels:
        return "level", strange_word(level, levels, what="level")
    if area is None:
        return "area", strange_word(area_key(line["area"]), levels[level], what=level)
    return "centre", "no settlement of this name in or around the area"


def _areas(territory: Territory, level: Level) -> dict[str, str]:
    """Return the ids of the areas of a level by name; a city is run by itself."""
    areas = territory.level(level)
    if level == Level.RAION:
        areas = areas[~areas["city"].fillna(value=False).astype(bool)]
    return {
        area_key(name): area
        for name, area in zip(areas["name_ru"][::-1], areas["id"][::-1], strict=True)
    }


@dataclass(frozen=True)
class _Candidates:
    """Places among which centres are looked for, each group once."""

    everywhere: pd.DataFrame
    towns: pd.DataFrame
    cities: pd.DataFrame

    def find(self, name: str, area: str, level: str) -> Hashable | None:
        """Return the index of the place that is the centre of an area.

        Inside the area first; a raion may also be run from the city that it surrounds.
        Towns come before villages, then the more alike name, then more people.
        """
        column = f"{level}_id"
        towns = _most_alike(self.towns[self.towns[column] == area], name)
        if towns is not None:
            return towns
        city = _most_alike(self.cities, name)
        if city is not None:
            return city
        return _most_alike(self.everywhere[self.everywhere[column] == area], name)


def _candidates(places: pd.DataFrame) -> _Candidates:
    own = places[counted(places)]
    own = own.assign(
        _urban=own["urban"].eq("yes"),
        _people=own["population"].astype("Float64").fillna(0.0),
    )
    towns = own[own["_urban"] | own["town"].notna()]
    return _Candidates(own, towns, towns[towns["_urban"] & towns["city"]])


def _most_alike(places: pd.DataFrame, name: str) -> Hashable | None:
    """Return the index of the place that best bears the name, None if none does."""
    alike = [
        best_likeness((ru, be), name)
        for ru, be in zip(places["name_ru"], places["name_be"], strict=True)
    ]
    ranked = places.assign(_alike=alike)
    ranked = ranked[ranked["_alike"] >= _ALIKE].sort_values(
        ["_urban", "_alike", "_people", "id"], ascending=[False, False, False, True]
    )
    best: Hashable | None = next(iter(ranked.index), None)
    return best
