"""Classes of settlements: what is certain, and what else is possible.

A missing agrogorodok flag is "unknown", never "no": the flag comes only from a
source that says so, and a source that leaves it out says nothing.
"""

import pandas as pd

from geo.layers.class_statements import Statement, settled
from geo.layers.counted import counted
from geo.layers.names import NAME_COLUMNS, name_key
from geo.sources.country import Country
from geo.types import URBAN_KINDS, Kind, Tristate

_URBAN = frozenset(kind.value for kind in URBAN_KINDS)


def classify(
    places: pd.DataFrame, statements: dict[str, list[Statement]], country: Country
) -> pd.DataFrame:
    """Return the class of each place, what it rests on, and whether it is a town.

    Parameters
    ----------
    places
        Columns ``id``, ``population``, ``duplicate_of`` and names.
    statements
        By settlement (:mod:`geo.layers.class_statements`); outcomes are set here.
    country
        ``kind_default`` is what a place may be of which nobody says anything;
        ``capital`` names the capital in any language.

    Returns
    -------
    DataFrame
        Same index: ``kinds_possible`` (a sorted tuple), ``kind`` (null where there are
        more than one), ``kind_status``, ``kind_source`` (ids of the sources that the
        class rests on, comma-separated), ``kind_date`` (of the newest of them; ISO) and
        ``urban``.
    """
    default = tuple(kind.value for kind in country.kind_default)
    found = [settled(statements.get(place, []), default) for place in places["id"]]
    possible = [kinds for kinds, _ in found]
    capital = _capital(places, possible, statements, country)
    if capital is not None:
        possible[capital] = (Kind.CAPITAL.value,)
    one = [len(kinds) == 1 for kinds in possible]
    texts: dict[str, list[str | None]] = {
        "kind": [kinds[0] if len(kinds) == 1 else None for kinds in possible],
        "kind_status": ["declared" if known else "unknown" for known in one],
        "kind_source": [
            ",".join(sorted({said.source for said in rests})) or None
            for _, rests in found
        ],
        "kind_date": [
            max((said.date for said in rests), default="") or None for _, rests in found
        ],
        "urban": [_urban(kinds) for kinds in possible],
    }
    out = pd.DataFrame(texts, index=places.index, dtype="str")
    out["kinds_possible"] = pd.Series(possible, index=places.index, dtype="object")
    return out


def _urban(kinds: tuple[str, ...]) -> str:
    """Tell whether all, none or some of the possible classes are towns."""
    towns = sum(kind in _URBAN for kind in kinds)
    if towns == len(kinds):
        return Tristate.YES.value
    return Tristate.UNKNOWN.value if towns else Tristate.NO.value


def _capital(
    places: pd.DataFrame,
    possible: list[tuple[str, ...]],
    statements: dict[str, list[Statement]],
    country: Country,
) -> int | None:
    """Return the position of the capital, None where it is not declared or not found.

    A village may bear its name: towns come first, then more people, then the lower id.
    A class that the list of places or a raion states stays.
    """
    wanted = name_key(country.capital)
    if not wanted:
        return None
    same = pd.Series(data=False, index=places.index)
    for name in NAME_COLUMNS:
        if name in places:
            same |= places[name].map(name_key).eq(wanted)
    told = {
        place
        for place, found in statements.items()
        if any(one.office or one.origin == "kind" for one in found)
    }
    same &= counted(places) & ~places["id"].isin(told)
    if not same.any():
        return None
    positions = same.to_numpy().nonzero()[0]
    people = places["population"].astype("Float64").fillna(0.0).to_numpy(float)
    ids = places["id"].to_numpy()
    return int(
        min(
            positions,
            key=lambda at: (_urban(possible[at]) != "yes", -people[at], ids[at]),
        )
    )
