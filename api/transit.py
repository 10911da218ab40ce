"""Service and journeys of settlements as the JSON of /v1."""

from typing import Any

from api.store import Store


def parameters(store: Store) -> dict[str, Any]:
    """Return how journeys were searched; empty in an older release."""
    declared: dict[str, Any] = store.release.manifest["parameters"]
    found: dict[str, Any] = declared.get("transit", {})
    return found


def service(store: Store, row: int) -> list[dict[str, Any]]:
    """Return how often a bus comes to the settlement in a row, by period."""
    return [_own(held) for held in store.rows_of("service", row)]


def journeys(store: Store, row: int) -> list[dict[str, Any]]:
    """Return the journeys of the settlement in a row, in the declared order."""
    declared = {one["id"]: one for one in parameters(store).get("destinations", [])}
    order = {id_: place for place, id_ in enumerate(declared)}
    found = [
        _own(held)
        | {
            "label": declared.get(held["destination"], {}).get("label", {}),
            "facility": store.facilities.get(held["facility_id"] or ""),
        }
        for held in store.rows_of("journeys", row)
    ]
    return sorted(found, key=lambda one: order.get(one["destination"], len(order)))


def _own(held: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in held.items() if name != "settlement_id"}
