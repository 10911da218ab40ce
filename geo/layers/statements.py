"""Statements of completeness that no list, carrier or area answers to.

Such a statement has no effect, so a slip in a name must not go unseen.
"""

from collections.abc import Iterator

import pandas as pd

from geo.layers.completeness import area_ids
from geo.sources.country import Completeness, Country
from geo.sources.result import Rejections
from geo.sources.vocabulary import strange_word
from geo.types import FacilityKind

_ALL = "*"


def void_statements(country: Country, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the refused statements of ``completeness`` and ``carriers``.

    Parameters
    ----------
    country
        Declarations and what raions have stated.
    areas
        Layer.
    """
    refused = Rejections("declared", "country.yaml")
    raions = areas[areas["level"] == "raion"]
    names = [*raions["name_ru"].dropna(), *raions["name_be"].dropna()]

    def unknown_areas(where: str, stated: tuple[str, ...]) -> None:
        for area in stated:
            if area_ids(areas, (area,)) == set():
                reason = strange_word(area, names, what="raion")
                refused.add(row=where, field="area", value=area, reason=reason)

    for number, said in enumerate(country.completeness, start=1):
        where = f"completeness {number}"
        unknown_areas(where, (said.area,))
        for reason in _strange_kind(said, country):
            refused.add(row=where, field="kind", value=said.kind, reason=reason)
    for carrier in country.carriers:
        unknown_areas(f"carrier {carrier.name}", carrier.areas)
    return refused.frame()


def _strange_kind(said: Completeness, country: Country) -> Iterator[str]:
    """Yield why the kind of a statement means nothing."""
    known = {
        "facilities": ("kind", [kind.value for kind in FacilityKind]),
        "timetable": ("carrier", [carrier.name for carrier in country.carriers]),
    }
    if said.kind != _ALL and said.layer in known:
        what, words = known[said.layer]
        if said.kind not in words:
            yield strange_word(said.kind, words, what=what)
