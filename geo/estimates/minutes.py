"""Minutes to the nearest facility of an incomplete list, as a value with an interval.

The way to the nearest *listed* facility is too long where a nearer one is missing. How
much too long is seen by thinning: facilities are taken out of the list until it holds
the same share of itself that it holds of the country, and the ways to the thinned and
to the whole list are compared. If what is missing is missing at random, the list stands
to the country as the thinned list to the list.

The interval reaches from the value times that ratio's lower quantile to the way at the
slowest speed. Only the first end is checked on held-out blocks: no travel time was
measured.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.estimates.declared import Estimates, Gate, Minutes
from geo.estimates.gate import Checked, blocks
from geo.estimates.subject import Bools, Ground
from geo.layers.geodesy import Floats, Indices, nearest
from geo.layers.model import Layers
from geo.sources.country import Country
from geo.types import Status

#: listed facilities without which there is nothing to thin
_FEWEST = 10
#: km that are added before ways are compared, so that a place at the door has a ratio
_NEAR_KM = 1.0
_ASSUMPTION = "assumption:"


@dataclass(frozen=True)
class Timed:
    """Rows of ``estimates``, what was checked, and what the manifest says."""

    rows: pd.DataFrame
    checked: Checked
    described: dict[str, Any]


def timed(
    model: Minutes,
    ways: pd.DataFrame,
    ground: Ground,
    layers: Layers,
    country: Country,
    declared: Estimates,
) -> Timed | None:
    """Return minutes to the nearest facility, None where no list is declared.

    Parameters
    ----------
    model
        Kind of facility.
    ways
        As :func:`geo.indicators.ways.nearest` returns them, of all settlements.
    ground
        The places.
    layers, country
        Facilities; call handling of the ambulance.
    declared
        How many there are in the country, the gate and the interval.
    """
    whole = next((one for one in declared.lists if one.kind == model.kind), None)
    if whole is None:
        return None
    facilities = layers.facilities
    mine = facilities["kind"].eq(model.kind.value) & facilities["located"]
    listed = facilities[mine & facilities["status"].ne(Status.ASSUMED.value)]
    share = min(1.0, len(listed) / whole.number)
    checked, ratio = _checked(listed, share, ground, declared)
    rows = _rows(model, ways.loc[ground.places.index], ratio, country)
    rows = rows.assign(n=len(listed))
    described = model.model_dump(mode="json") | {
        "operator": None,
        "published": checked.published,
        "failed": list(checked.failed),
        "listed": len(listed),
        "list": whole.model_dump(mode="json"),
        "checked": checked.summary,
    }
    return Timed(rows, checked, described)


def _checked(
    listed: pd.DataFrame, share: float, ground: Ground, declared: Estimates
) -> tuple[Checked, float]:
    """Return what thinning says of the list, and the ratio at the low end."""
    gate, low = declared.gate, (1 - declared.interval) / 2
    if len(listed) < _FEWEST:
        few = {"part": "all", "n": 0}
        return Checked(pd.DataFrame([few]), few, ("too_few",)), np.nan
    whole = _nearest(ground.places, listed)
    told = [_thinned(listed, whole, share, ground, gate, seed) for seed in gate.seeds]
    rows = [
        _scored(f"seed:{seed}", one, low)
        for seed, one in zip(gate.seeds, told, strict=True)
    ]
    beaten = sum(row["skill"] >= gate.skill for row in rows)
    covered = sum(row["coverage"] >= declared.interval for row in rows)
    every = pd.concat(told, ignore_index=True)
    summary = _scored("all", every, low) | {"n": len(told[0]), "seeds_beaten": beaten}
    enough = {"skill": beaten, "coverage": covered}
    failed = tuple(k for k, seeds in enough.items() if seeds < gate.seeds_needed)
    ratio = float(np.quantile(every["whole"] / every["thinned"], low))
    return Checked(pd.DataFrame([summary, *rows]), summary, failed), ratio


def _thinned(
    listed: pd.DataFrame,
    whole: tuple[Indices, Floats],
    share: float,
    ground: Ground,
    gate: Gate,
    seed: int,
) -> pd.DataFrame:
    """Return the way of each place to the whole list and to a thinned one."""
    rng = np.random.default_rng(seed)
    kept: Bools = np.zeros(len(listed), bool)
    kept[rng.permutation(len(listed))[: max(1, round(share * len(listed)))]] = True
    block = blocks(ground.flat, gate.block_km, seed)
    fold = rng.permutation(int(block.max()) + 1)[block] % gate.folds
    first, km = whole
    # whose nearest facility is kept goes no farther
    gone, thinned = ~kept[first], km.copy()
    _, thinned[gone] = _nearest(ground.places[gone], listed[kept])
    return pd.DataFrame(
        {
            "whole": km + _NEAR_KM,
            "thinned": thinned + _NEAR_KM,
            "size": ground.size,
            "fold": fold,
        }
    )


def _scored(part: str, told: pd.DataFrame, low: float) -> dict[str, Any]:
    """Compare the thinned list with a median, and its interval with the whole list."""
    ratio = told["whole"] / told["thinned"]
    held = np.zeros(len(told), bool)
    median = np.zeros(len(told))
    for fold in told["fold"].unique():
        here = told["fold"].eq(fold)
        held[here] = ratio[here] >= np.quantile(ratio[~here], low)
        of_size = told[~here].groupby("size")["whole"].median()
        median[here] = told["size"][here].map(of_size).fillna(told["whole"].median())
    error = np.abs(np.log(told["whole"] / told["thinned"])).mean()
    base = np.abs(np.log(told["whole"] / median)).mean()
    return {
        "part": part,
        "n": len(told),
        "baseline": "size_band",
        "skill": float(1 - error / base),
        "coverage": float(held.mean()),
    }


def _nearest(places: pd.DataFrame, listed: pd.DataFrame) -> tuple[Indices, Floats]:
    return nearest(
        (places["lon"].to_numpy(float), places["lat"].to_numpy(float)),
        (listed["lon"].to_numpy(float), listed["lat"].to_numpy(float)),
    )


def _rows(
    model: Minutes, ways: pd.DataFrame, ratio: float, country: Country
) -> pd.DataFrame:
    p = country.parameters
    call = p.ambulance_call_minutes if model.call else 0.0
    longest = p.ambulance_call_minutes_high if model.call else 0.0
    shortest = p.ambulance_call_minutes_low if model.call else 0.0
    known = ways["minutes"].notna()
    source = ways["source"].astype("object").where(known)
    assumed = source.fillna("").astype(str).str.startswith(_ASSUMPTION)
    return pd.DataFrame(
        {
            "settlement_id": ways.index.to_numpy(object),
            "indicator": model.indicator,
            "model": model.id,
            "unit": "min",
            "estimate": call + ways["minutes"],
            "low": shortest + ratio * ways["minutes"],
            "high": longest + ways["minutes_high"],
            "band": pd.Series("value", index=ways.index, dtype="object").where(known),
            "reason": pd.Series("unlisted", index=ways.index, dtype="object").mask(
                known
            ),
            "facility_id": ways["id"].astype("object").where(known),
            "assumption": source.str.removeprefix(_ASSUMPTION).where(assumed),
        }
    ).reset_index(drop=True)
