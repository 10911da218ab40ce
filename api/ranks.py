"""Ranks of settlements and raions over all draws, as the release holds them."""

from typing import Any

import numpy as np

from api.store import Store
from geo.release.columns import Objects
from geo.release.read import Release

SETTLEMENT, RAION = "settlement", "raion"
TIERS = ("tier", "tier_low", "tier_high")


def rank_of(store: Store, unit: str, id_: str) -> dict[str, Any] | None:
    """Return the row of ``ranks`` of one unit; None where it is not ranked."""
    row = _positions(store).get((unit, id_))
    if row is None:
        return None
    found: dict[str, Any] = store.tables["ranks"].slice(row, 1).to_pylist()[0]
    return {name: held for name, held in found.items() if name not in ("unit", "id")}


def tiers(store: Store) -> dict[str, Objects]:
    """Return tier, tier_low and tier_high, one place per settlement; None: unranked."""
    if "tiers" not in store.made:
        store.made["tiers"] = _tiers(store)
    made: dict[str, Objects] = store.made["tiers"]
    return made


def robustness(store: Store) -> dict[str, Any]:
    """Return parameters, counts and indices as manifest and tables hold them."""
    release: Release = store.release
    parameters = release.manifest.get("parameters", {}).get("robustness")
    return {
        "parameters": parameters,
        "units": release.manifest.get("robustness", {}),
        "sensitivity": store.tables["sensitivity"].to_pylist(),
    }


def _positions(store: Store) -> dict[tuple[str, str], int]:
    if "ranks" not in store.made:
        held = store.tables["ranks"].select(["unit", "id"]).to_pydict()
        keys = zip(held["unit"], held["id"], strict=True)
        store.made["ranks"] = {key: row for row, key in enumerate(keys)}
    made: dict[tuple[str, str], int] = store.made["ranks"]
    return made


def _tiers(store: Store) -> dict[str, Objects]:
    held = store.tables["ranks"].select([*TIERS]).to_pydict()
    found: dict[str, Objects] = {}
    for name in TIERS:
        found[name] = np.full(store.count, None, dtype=object)
    for (unit, id_), row in _positions(store).items():
        place = store.position.get(id_) if unit == SETTLEMENT else None
        if place is not None:
            for name in TIERS:
                found[name][place] = held[name][row]
    return found
