"""Classes of settlements: what is certain, and what else is possible.

A missing agrogorodok flag is "unknown", never "no": the flag comes only from a
source that says so, and a source that leaves it out says nothing.
"""

import pandas as pd

from geo.layers.counted import counted
from geo.layers.names import NAME_COLUMNS, name_key
from geo.sources.country import Country
from geo.types import URBAN_KINDS, Kind, Tristate

_URBAN = frozenset(kind.value for kind in URBAN_KINDS)


def classify(places: pd.DataFrame, country: Country) -> pd.DataFrame:
    """Return kind, kinds_possible, kind_status and urban of each place.

    Parameters
    ----------
    places
        Columns ``kind`` (of a source that knows it), ``place_type``, ``city`` (the
        place is a city beside the raions), ``population``, ``duplicate_of`` and names.
    country
        ``kinds`` maps a place type to one class or several (``a|b``); the class
        ``city`` is resolved to oblast or raion city. ``capital`` names the capital in
        any language.

    Returns
    -------
    DataFrame
        Same index. ``kinds_possible`` is a sorted tuple; ``kind`` is null where it
        has more than one member.
    """
    possible = [
        _possible(kind, place_type, country, of_its_own=city)
        for kind, place_type, city in zip(
            places["kind"], places["place_type"], places["city"], strict=True
        )
    ]
    capital = _capital(places, possible, country)
    if capital is not None:
        possible[capital] = (Kind.CAPITAL.value,)
    return pd.DataFrame(
        {
            "kinds_possible": pd.Series(possible, index=places.index, dtype="object"),
            "kind": pd.Series(
                [kinds[0] if len(kinds) == 1 else None for kinds in possible],
                index=places.index,
                dtype="str",
            ),
            "kind_status": pd.Series(
                ["declared" if len(kinds) == 1 else "unknown" for kinds in possible],
                index=places.index,
                dtype="str",
            ),
            "urban": pd.Series(
                [_urban(kinds) for kinds in possible], index=places.index, dtype="str"
            ),
        }
    )


def _urban(kinds: tuple[str, ...]) -> str:
    """Tell whether all, none or some of the possible classes are towns."""
    towns = sum(kind in _URBAN for kind in kinds)
    if towns == len(kinds):
        return Tristate.YES.value
    return Tristate.UNKNOWN.value if towns else Tristate.NO.value


def _possible(
    kind: object, place_type: object, country: Country, *, of_its_own: bool
) -> tuple[str, ...]:
    if isinstance(kind, str) and kind:
        return (kind,)
    if isinstance(place_type, str) and place_type in country.kinds:
        kinds = country.kinds[place_type].split("|")
        if kinds == ["city"]:
            return ((Kind.OBLAST_CITY if of_its_own else Kind.RAION_CITY).value,)
        return tuple(sorted(kinds))
    return tuple(sorted(kind.value for kind in country.kind_default))


def _capital(
    places: pd.DataFrame, possible: list[tuple[str, ...]], country: Country
) -> int | None:
    """Return the position of the capital, None where it is not declared or not found.

    A village may bear its name: towns come first, then more people, then the lower id.
    A class that a source states stays.
    """
    wanted = name_key(country.capital)
    if not wanted:
        return None
    same = pd.Series(data=False, index=places.index)
    for name in NAME_COLUMNS:
        if name in places:
            same |= places[name].map(name_key).eq(wanted)
    same &= places["kind"].isna() & counted(places)
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
