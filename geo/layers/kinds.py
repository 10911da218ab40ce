"""Classes of settlements: what is certain, and what else is possible.

A missing agrogorodok flag is "unknown", never "no": the flag comes only from a
source that says so, and a source that leaves it out says nothing.
"""

import pandas as pd

from geo.sources.country import Country
from geo.types import URBAN_KINDS, Kind, Tristate


def classify(places: pd.DataFrame, country: Country) -> pd.DataFrame:
    """Return kind, kinds_possible, kind_status and urban of each place.

    Parameters
    ----------
    places
        Columns ``kind`` (of a source that knows it), ``place_type``, ``city`` (the
        place is a city beside the raions), ``name_ru``.
    country
        ``kinds`` maps a place type to one class or several (``a|b``); the class
        ``city`` is resolved to capital, oblast or raion city.

    Returns
    -------
    DataFrame
        Same index. ``kinds_possible`` is a sorted tuple; ``kind`` is null where it
        has more than one member.
    """
    possible = [
        _possible(kind, place_type, bool(city), name, country)
        for kind, place_type, city, name in zip(
            places["kind"],
            places["place_type"],
            places["city"],
            places["name_ru"],
            strict=True,
        )
    ]
    urban_values = {str(kind) for kind in URBAN_KINDS}
    urban = [
        Tristate.YES.value
        if set(kinds) <= urban_values
        else Tristate.NO.value
        if not set(kinds) & urban_values
        else Tristate.UNKNOWN.value
        for kinds in possible
    ]
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
            "urban": pd.Series(urban, index=places.index, dtype="str"),
        }
    )


def _possible(
    kind: object, place_type: object, city: bool, name: object, country: Country
) -> tuple[str, ...]:
    if isinstance(kind, str) and kind:
        return (kind,)
    if isinstance(place_type, str) and place_type in country.kinds:
        kinds = country.kinds[place_type].split("|")
        if kinds == ["city"]:
            return (_city(city, name, country),)
        return tuple(sorted(kinds))
    return tuple(sorted(country.kind_default))


def _city(city: bool, name: object, country: Country) -> str:
    if country.capital and name == country.capital:
        return Kind.CAPITAL.value
    return (Kind.OBLAST_CITY if city else Kind.RAION_CITY).value
