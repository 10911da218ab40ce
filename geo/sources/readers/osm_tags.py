"""What OpenStreetMap tags mean here: settlements, facilities, names, populations."""

from collections.abc import Iterable, Mapping

import pandas as pd

from geo.sources.readers.fields import INHABITANTS, counts, refuse
from geo.sources.result import Rejections
from geo.sources.text import clean_text
from geo.types import FacilityKind

Tags = Mapping[str, str]

#: Values of place=* that are settlements; a feed may add isolated_dwelling.
SETTLEMENTS = ("city", "town", "village", "hamlet")
#: Values that are parts of settlements or none at all: only counted.
OTHER_PLACES = (
    "isolated_dwelling",
    "farm",
    "locality",
    "suburb",
    "quarter",
    "neighbourhood",
    "island",
    "allotments",
)
#: Tag -> kind of facility.
FACILITY_TAGS: dict[tuple[str, str], FacilityKind] = {
    ("amenity", "hospital"): FacilityKind.HOSPITAL,
    ("healthcare", "hospital"): FacilityKind.HOSPITAL,
    ("amenity", "clinic"): FacilityKind.PRIMARY_CARE,
    ("amenity", "doctors"): FacilityKind.PRIMARY_CARE,
    ("healthcare", "clinic"): FacilityKind.PRIMARY_CARE,
    ("healthcare", "centre"): FacilityKind.PRIMARY_CARE,
    ("healthcare", "doctor"): FacilityKind.PRIMARY_CARE,
    ("amenity", "pharmacy"): FacilityKind.PHARMACY,
    ("healthcare", "pharmacy"): FacilityKind.PHARMACY,
    ("emergency", "ambulance_station"): FacilityKind.AMBULANCE_STATION,
    ("amenity", "post_office"): FacilityKind.POST_OFFICE,
    ("shop", "convenience"): FacilityKind.SHOP,
    ("shop", "supermarket"): FacilityKind.SHOP,
    ("shop", "general"): FacilityKind.SHOP,
    ("highway", "bus_stop"): FacilityKind.BUS_STOP,
    ("amenity", "bus_station"): FacilityKind.BUS_STOP,
    ("railway", "station"): FacilityKind.RAIL_STOP,
    ("railway", "halt"): FacilityKind.RAIL_STOP,
    ("man_made", "mast"): FacilityKind.MAST,
    ("man_made", "tower"): FacilityKind.MAST,
    ("man_made", "communications_tower"): FacilityKind.MAST,
}
_YEAR = r"(?:^|[^0-9])((?:19|20)[0-9]{2})"
TOWER_REMARK = "man_made=tower: what it carries is not known"
_NO_TRAIN = frozenset({"subway", "light_rail", "monorail", "funicular", "miniature"})


def facility_kinds(tags: Tags) -> list[FacilityKind]:
    """Return the kinds of facility that an object is; often none.

    A village shop with a post counter is two facilities. What is tagged as disused or
    abandoned is none. A tower that does not say what for counts as a mast.

    Examples
    --------
    >>> [str(k) for k in facility_kinds({"amenity": "doctors", "healthcare": "doctor"})]
    ['primary_care']
    >>> facility_kinds({"man_made": "tower", "tower:type": "observation"})
    []
    """
    if "yes" in (tags.get("disused"), tags.get("abandoned")):
        return []
    found = dict.fromkeys(
        kind for (key, value), kind in FACILITY_TAGS.items() if tags.get(key) == value
    )
    if tags.get("station") in _NO_TRAIN:
        found.pop(FacilityKind.RAIL_STOP, None)
    if tags.get("tower:type", "communication") != "communication":
        found.pop(FacilityKind.MAST, None)
    return list(found)


def names(tags: Tags, languages: Iterable[str]) -> dict[str, str]:
    """Return ``name_<language>`` of the tags.

    ``name`` without a language is taken for the country's first one.

    Examples
    --------
    >>> names({"name": "Vilnius", "name:ru": "Вильнюс"}, ["lt", "ru"])
    {'name_ru': 'Вильнюс', 'name_lt': 'Vilnius'}
    """
    wanted = list(dict.fromkeys([*languages, "en"]))
    found = {
        f"name_{language}": clean_text(tags[f"name:{language}"])
        for language in wanted
        if tags.get(f"name:{language}")
    }
    if tags.get("name"):
        found.setdefault(f"name_{wanted[0]}", clean_text(tags["name"]))
    return found


def populations(
    table: pd.DataFrame, refused: Rejections, year: int | None
) -> tuple[pd.DataFrame, list[str]]:
    """Turn the text column ``population`` into people, with ``population_year``.

    0 stands for unknown: mappers write it for want of a number. The year is the one of
    ``_population_date`` where that column has one, else ``year``; a number whose date
    names no year since 1900 is refused.
    """
    out = counts(table, "population", refused, most=INHABITANTS)
    zero = (out["population"] == 0).fillna(value=False)
    out["population"] = out["population"].mask(zero)
    years = pd.Series(year or pd.NA, index=out.index, dtype="Int64")
    if "_population_date" in out:
        dated = out["_population_date"]
        told = dated.str.extract(_YEAR, expand=False).astype("str")
        bad = dated.notna() & told.isna() & out["population"].notna()
        reason = "no year since 1900 in population:date (field left empty, row kept)"
        refuse(
            refused,
            out[bad],
            field="population:date",
            value="_population_date",
            reason=reason,
        )
        out["population"] = out["population"].mask(bad)
        years = pd.to_numeric(told).astype("Int64").fillna(years)
    out["population_year"] = years.where(out["population"].notna())
    told_zero = f"{int(zero.sum())} settlements give the population 0, that is unknown"
    return out, [told_zero] if zero.any() else []
