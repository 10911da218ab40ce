"""Which values an equality filter of a collection may have."""

from collections.abc import Iterable

from api.errors import ParameterError
from api.features import Collection
from api.query import one_of
from geo.release.read import TABLES
from geo.types import Level

#: Filter -> the levels of the areas whose ids it takes, and what they are called.
_AREAS = {
    "raion_id": ((Level.RAION,), "a raion"),
    "oblast_id": ((Level.OBLAST,), "an oblast"),
    "parent": (tuple(Level), "an area"),
}


def check_filter(held: Collection, name: str, value: str) -> None:
    """Check that a filter asks for something that there can be.

    A word is allowed if it is declared or stands in the collection, an id if the
    release holds it; a slip of the pen would otherwise be a confident nothing.

    Raises
    ------
    ParameterError
        Naming what would have been accepted.
    """
    store = held.store
    if name in _AREAS:
        levels, called = _AREAS[name]
        area = store.areas.get(value)
        if area is None or area["level"] not in levels:
            raise ParameterError(name, value, f"the id of {called}, see /v1/areas")
    elif name == "settlement_id":
        if value not in store.position:
            expected = "the id of a settlement, see /v1/settlements"
            raise ParameterError(name, value, expected)
    else:
        one_of(name, value, [*_declared(held, name), *held.words(name)])


def _declared(held: Collection, name: str) -> Iterable[str]:
    if name == "destination":
        transit = held.store.manifest["parameters"].get("transit", {})
        return [one["id"] for one in transit.get("destinations", [])]
    return TABLES[held.kind].column(name).words
