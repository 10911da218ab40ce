"""Which settlement a clerk means: by code, or by a name that is the only one.

Same-named settlements are asked for, never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import pandas as pd

from geo.sources.text import clean_text, one_script
from geo.sources.workbook.faults import CellError, listed
from geo.sources.workbook.form import declared
from geo.texts import wording

_NOT_LETTERS = re.compile(r"[^\w]+")
_SHOWN = 8
#: columns of a release with names, the one that is shown first
_NAMES = ("name_ru", "name", "name_be", "name_en")


@dataclass(frozen=True)
class Place:
    """A settlement of the release, as far as the workbook needs it."""

    id: str
    names: tuple[str, ...]
    raion_id: str
    lon: float
    lat: float
    note: str = ""  # what tells it from its namesakes
    duplicate: bool = False

    @property
    def name(self) -> str:
        """The name shown to people."""
        return self.names[0] if self.names else self.id

    def described(self) -> str:
        """Return code, name and what tells the place from its namesakes."""
        spot = f"{self.lat:.4f}, {self.lon:.4f}"
        note = "; ".join(filter(None, (self.note, spot)))
        said = wording("workbook.place", "ru")["described"]
        return said.format(id=self.id, name=self.name, note=note)


@cache
def _type_word() -> re.Pattern[str]:
    words = "|".join(map(re.escape, declared().place_words))
    return re.compile(rf"^(?:{words})(?:\.\s*|\s+)")


def place_key(name: str) -> str:
    """Return the key under which spellings of one name agree.

    Examples
    --------
    >>> place_key("аг. Залёсье") == place_key("залесье")
    True
    """
    plain = one_script(clean_text(name)).casefold()
    text = _type_word().sub("", plain).replace("ё", "е").replace("\u0301", "")
    return _NOT_LETTERS.sub("", text)


class Places:
    """The settlements that a workbook may name; those of its raion come first."""

    def __init__(self, places: Iterable[Place], raion_id: str) -> None:
        self.raion_id = raion_id
        self.by_id = {place.id: place for place in places}
        self._bare: dict[str, list[Place]] = {}
        self._named: dict[str, list[Place]] = {}
        for place in self.by_id.values():
            self._bare.setdefault(place.id.rpartition(":")[2], []).append(place)
            for key in {place_key(name) for name in place.names} - {""}:
                self._named.setdefault(key, []).append(place)

    @property
    def of_raion(self) -> list[Place]:
        """The raion's own settlements without flagged duplicates."""
        return [
            place
            for place in self.by_id.values()
            if place.raion_id == self.raion_id and not place.duplicate
        ]

    def by_code(self, code: str) -> Place:
        """Return the settlement with this code, its scheme may be left out.

        Raises
        ------
        CellError
            If no settlement, or more than one, has it.
        """
        if code in self.by_id:
            return self.by_id[code]
        found = self._bare.get(code, [])
        if len(found) == 1:
            return found[0]
        raise CellError("unknown_code", code=code)

    def by_name(self, name: str) -> Place:
        """Return the only settlement of the raion with this name.

        Raises
        ------
        CellError
            If the raion has none or several; names the candidates with codes.
        """
        found = self._named.get(place_key(name), [])
        own = [place for place in found if place.raion_id == self.raion_id]
        single = [place for place in own if not place.duplicate] or own
        if len(single) == 1:
            return single[0]
        if single:
            count, those = len(single), _listed(single)
            raise CellError("namesakes", name=name, count=count, listed=those)
        if found:
            raise CellError("elsewhere", name=name, listed=_listed(found))
        alike = self._alike(name)
        if alike:
            raise CellError("unknown_place_like", name=name, listed=_listed(alike))
        raise CellError("unknown_place", name=name)

    def called(self, place: Place, name: str) -> bool:
        """Tell whether ``name`` is one of the names of ``place``."""
        return place_key(name) in {place_key(known) for known in place.names}

    def _alike(self, name: str) -> list[Place]:
        """Return the settlements of the raion whose names are nearly this one."""
        near = {
            key: own
            for key, places in self._named.items()
            if (own := [p for p in places if p.raion_id == self.raion_id])
        }
        close = get_close_matches(place_key(name), near, n=3, cutoff=0.75)
        return [place for key in close for place in near[key]]


def _listed(places: list[Place]) -> str:
    return listed([place.described() for place in places], _SHOWN)


def places_of(settlements: pd.DataFrame) -> list[Place]:
    """Return the settlements of a release as places.

    Parameters
    ----------
    settlements
        The table ``settlements`` of a release; at least ``id, name, raion_id, lon,
        lat``; ``name_*``, ``population_census``, ``duplicate_of`` are used where there.
    """
    languages = [name for name in _NAMES if name in settlements.columns]
    return [
        Place(
            id=str(row["id"]),
            names=tuple(
                dict.fromkeys(filter(None, (_text(row[n]) for n in languages)))
            ),
            raion_id=_text(row.get("raion_id")),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            note=_note(row),
            duplicate=bool(_text(row.get("duplicate_of"))),
        )
        for row in settlements.to_dict("records")
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _note(row: Mapping[Any, Any]) -> str:
    counted = row.get("population_census")
    parts = [_text(row.get("place_type"))]
    if counted is not None and not pd.isna(counted):
        said = wording("workbook.place", "ru")["counted"]
        parts.append(said.format(count=int(counted)))
    return ", ".join(filter(None, parts))
