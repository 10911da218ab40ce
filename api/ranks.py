"""Ranks of settlements and raions over all draws, as the release holds them."""

from typing import Any

import numpy as np

from api.store import Store
from geo.release.columns import Objects

SETTLEMENT, RAION = "settlement", "raion"
TIERS = ("tier", "tier_low", "tier_high")


def rank_of(store: Store, unit: str, id_: str) -> dict[str, Any] | None:
    """Return the row of ``ranks`` of one unit; None where it is not ranked."""
    for row in store.rows("ranks", id_):
        if row["unit"] == unit:
            return {k: held for k, held in row.items() if k not in ("unit", "id")}
    return None


def tiers(store: Store) -> dict[str, Objects]:
    """Return tier, tier_low and tier_high, one place per settlement; None: unranked."""
    if "tiers" not in store.made:
        store.made["tiers"] = _tiers(store)
    made: dict[str, Objects] = store.made["tiers"]
    return made


def robustness(store: Store) -> dict[str, Any]:
    """Return parameters, and counts as the manifest holds them."""
    return {
        "parameters": store.manifest.get("parameters", {}).get("robustness"),
        "units": store.manifest.get("robustness", {}),
    }


def _tiers(store: Store) -> dict[str, Objects]:
    found = {name: np.full(store.count, None, dtype=object) for name in TIERS}
    for row in store.table("ranks", ["unit", "id", *TIERS]).to_pylist():
        place = store.position.get(row["id"]) if row["unit"] == SETTLEMENT else None
        if place is not None:
            for name in TIERS:
                found[name][place] = row[name]
    return found
