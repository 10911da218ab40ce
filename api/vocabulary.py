"""Which values an equality filter of a collection may have."""

from collections.abc import Callable, Iterable

from api.errors import ParameterError
from api.features import Collection
from api.query import one_of
from api.store import Store
from geo.types import FacilityKind, Kind, Level, Status

#: Why a detour is long, as the column ``reason`` of the ways says it.
DETOURS = ("near", "ferry", "around")


def _destinations(store: Store) -> list[str]:
    transit = store.manifest["parameters"].get("transit", {})
    return [one["id"] for one in transit.get("destinations", [])]


#: Collection and filter -> the words that are declared for it.
_WORDS: dict[tuple[str, str], Callable[[Store], Iterable[str]]] = {
    ("settlements", "kind"): lambda _: Kind,
    ("facilities", "kind"): lambda _: FacilityKind,
    ("facilities", "status"): lambda _: Status,
    ("access", "kind"): lambda _: FacilityKind,
    ("access", "status"): lambda _: Status,
    ("access", "reason"): lambda _: DETOURS,
    ("journeys", "status"): lambda _: Status,
    ("journeys", "destination"): _destinations,
}
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
        declared = _WORDS.get((held.kind, name))
        words = declared(store) if declared else ()
        one_of(name, value, [*words, *held.words(name)])
