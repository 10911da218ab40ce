"""What OpenStreetMap tags mean here: settlements, facilities, names, populations."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from geo.sources.facility_kinds import facility_tags
from geo.sources.readers.base import Reading
from geo.sources.readers.fields import INHABITANTS
from geo.sources.readers.fields import refuse as refuse_rows
from geo.sources.readers.osm_lifecycle import (
    NOT_IN_USE,
    Tag,
    former,
    not_in_use,
    refuse,
    values_of,
    words_of,
)
from geo.sources.readers.rules import count
from geo.sources.result import Rejections
from geo.sources.text import clean_text
from geo.types import FacilityKind

Tags = Mapping[str, str]

#: Values of place=* that are settlements; a feed may add isolated_dwelling.
SETTLEMENTS = ("city", "town", "village", "hamlet")
#: Values that are parts of settlements or none at all: only counted.
OTHER_PLACES = (
    "isolated_dwelling", "farm", "locality", "suburb", "quarter", "neighbourhood",
    "island", "allotments",
)  # fmt: skip
_YEAR = r"(?:^|[^0-9])((?:19|20)[0-9]{2})"
_ANIMALS = frozenset({"veterinary", "veterinarian", "vet", "animal", "animals"})
_MEDICAL = frozenset(
    {
        FacilityKind.HOSPITAL,
        FacilityKind.PRIMARY_CARE,
        FacilityKind.PHARMACY,
        FacilityKind.AMBULANCE_STATION,
    }
)


class OtherService(NamedTuple):
    """A tag that says what a facility is instead, where all its values are such."""

    key: str
    words: frozenset[str]
    not_these: frozenset[FacilityKind]
    reason: str


#: ``amenity=doctors`` with ``healthcare=dentist`` is a dentist, and no primary care.
OTHER_SERVICES = (
    OtherService("healthcare", _ANIMALS, _MEDICAL, "medicine for animals"),
    OtherService("healthcare:speciality", _ANIMALS, _MEDICAL, "medicine for animals"),
    OtherService(
        "healthcare",
        words_of("""
            alternative audiologist blood_bank blood_donation dentist laboratory
            occupational_therapist optometrist physiotherapist podiatrist
            psychotherapist sample_collection speech_therapist
            """),
        frozenset({FacilityKind.PRIMARY_CARE}),
        "another service than primary care",
    ),
)
TOWER_REMARK = "man_made=tower: what it carries is not known"
_NO_TRAIN = frozenset({"subway", "light_rail", "monorail", "funicular", "miniature"})


def named_kinds(tags: Tags) -> list[FacilityKind]:
    """Return the kinds of facility that tags name; each of several values counts.

    Examples
    --------
    >>> [str(kind) for kind in named_kinds({"amenity": "clinic; pharmacy;bench"})]
    ['primary_care', 'pharmacy']
    """
    found = (
        kind
        for (key, value), kind in facility_tags().items()
        if key in tags and value in values_of(tags[key])
    )
    return list(dict.fromkeys(found))


def facility_kinds(tags: Tags) -> list[FacilityKind]:
    """Return the kinds of facility that an object is tagged as; often none.

    A village shop with a post counter is two facilities. A tower that does not say what
    for counts as a mast. Whether it serves anybody is asked by :func:`serving`.

    Examples
    --------
    >>> [str(k) for k in facility_kinds({"amenity": "doctors", "healthcare": "doctor"})]
    ['primary_care']
    >>> facility_kinds({"man_made": "tower", "tower:type": "observation"})
    []
    """
    found = named_kinds(tags)
    not_these = {
        FacilityKind.RAIL_STOP: tags.get("station") in _NO_TRAIN,
        FacilityKind.MAST: tags.get("tower:type", "communication") != "communication",
    }
    return [kind for kind in found if not not_these.get(kind)]


def serving(
    tags: Tags, day: str, row: int | str, refused: Rejections
) -> list[FacilityKind]:
    """Return the kinds of facility that an object is in use as, on a day.

    Parameters
    ----------
    tags
        Of one object.
    day
        Day of the file (ISO).
    row
        What the object is called among the refused rows.
    refused
        Takes what is tagged as a facility and is none: not in use, or another service.
    """
    kinds = facility_kinds(tags)
    gone = not_in_use(tags, day) if kinds else None
    if gone:
        refuse(refused, row, gone)
        return []
    kept = []
    for kind in kinds:
        against = _against(kind, tags)
        if against is None:
            kept.append(kind)
        else:
            (key, value), reason = against
            refused.add(row=row, field=key, value=value, reason=reason)
    return kept


def _against(kind: FacilityKind, tags: Tags) -> tuple[Tag, str] | None:
    """Return the tag that speaks against a kind of facility, and what it says."""
    for plain, tag in former(tags).items():
        if kind in named_kinds({plain: tag.value}):
            return tag, NOT_IN_USE
    for other in OTHER_SERVICES:
        said = tags.get(other.key, "")
        words = values_of(said.casefold())
        if kind in other.not_these and other.words.issuperset(words):
            return Tag(other.key, said), other.reason
    return None


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
    table: pd.DataFrame, at: Reading[Any], year: int | None
) -> pd.DataFrame:
    """Turn the text column ``population`` into people, with ``population_year``.

    0 stands for unknown: mappers write it for want of a number. The year is the one of
    ``_population_date`` where that column has one, else ``year``; a number whose date
    names no year since 1900 is refused.
    """
    out = count("population", most=INHABITANTS, keep=True)(table, at)
    zero = (out["population"] == 0).fillna(value=False)
    if zero.any():
        given = "settlements give the population 0, that is unknown"
        at.notes.append(f"{int(zero.sum())} {given}")
    out["population"] = out["population"].mask(zero)
    years = pd.Series(year or pd.NA, index=out.index, dtype="Int64")
    if "_population_date" in out:
        dated = out["_population_date"]
        told = dated.str.extract(_YEAR, expand=False).astype("str")
        bad = dated.notna() & told.isna() & out["population"].notna()
        reason = "no year since 1900 in population:date (field left empty, row kept)"
        refuse_rows(
            at.refused,
            out[bad],
            field="population:date",
            value="_population_date",
            reason=reason,
        )
        out["population"] = out["population"].mask(bad)
        years = pd.to_numeric(told).astype("Int64").fillna(years)
    out["population_year"] = years.where(out["population"].notna())
    return out
