"""Parity on estimates: groups of settlements at equal exposure.

The raw share of a group says mostly where phones were. The mean probability asks what
would be found if somebody had looked everywhere alike; it stands beside the raw share
and the shares that are decided.
"""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.geodesy import Floats
from geo.types import Kind, Tristate

Bools = NDArray[np.bool_]
TOWN = "town"


def group_rows(
    places: pd.DataFrame,
    estimates: pd.DataFrame,
    draws: Floats | None,
    bands: tuple[int, ...],
    interval: float,
) -> pd.DataFrame:
    """Return the rows of the table ``estimate_groups`` for one model.

    Parameters
    ----------
    places
        Settlements: ``population, urban, kind``.
    estimates
        The model's rows of the table ``estimates``, in the same order.
    draws
        Probabilities by drawn coefficients, shape (draws, places); without them the
        counts alone.
    bands
        Lower ends of the size bands.
    interval
        Share of the draws that an interval holds.
    """
    people = np.nan_to_num(places["population"].to_numpy(float))
    masks = {name: mask for name, mask in _masks(places, bands) if mask.any()}
    rows = [_counts(name, mask, people, estimates) for name, mask in masks.items()]
    if draws is not None:
        weight = np.where(estimates["estimate"].notna(), people, 0.0)
        means = _means(estimates["estimate"].to_numpy(float), draws, weight, masks)
        ends = [(1 - interval) / 2, (1 + interval) / 2]
        for row in rows:
            row.update(_compared(means[str(row["group"])], means.get(TOWN), ends))
    first = estimates.iloc[0]
    return pd.DataFrame(rows).assign(
        indicator=first["indicator"], model=first["model"], operator=first["operator"]
    )


def _means(
    p: Floats, draws: Floats, weight: Floats, masks: dict[str, Bools]
) -> dict[str, Floats]:
    """Return the mean over the people of each group: of the estimate, of each draw."""
    every = np.vstack((np.nan_to_num(p), draws))
    out: dict[str, Floats] = {}
    for name, mask in masks.items():
        mine = weight * mask
        some = mine.sum() > 0
        out[name] = every @ mine / mine.sum() if some else np.full(len(every), np.nan)
    return out


def _compared(
    mean: Floats, towns: Floats | None, ends: list[float]
) -> dict[str, float]:
    """Return the mean of a group with its interval, and what it is from the towns'."""
    apart = mean - towns if towns is not None else np.full(len(mean), np.nan)
    out: dict[str, Any] = {}
    for name, values, prefix in (
        ("mean", mean, ""),
        ("difference", apart, "difference_"),
    ):
        low, high = np.quantile(values[1:], ends)
        out |= {name: values[0], f"{prefix}low": low, f"{prefix}high": high}
    return {name: float(value) for name, value in out.items()}


def _masks(places: pd.DataFrame, bands: tuple[int, ...]) -> Iterable[tuple[str, Bools]]:
    """Return all, town and village, the certain kinds, and the size bands."""
    urban, kind = places["urban"], places["kind"].astype("object")
    people = places["population"].to_numpy(float)
    yield "all", np.ones(len(places), bool)
    yield TOWN, urban.eq(Tristate.YES).to_numpy(bool)
    yield "village", urban.eq(Tristate.NO).to_numpy(bool)
    for one in Kind:
        yield f"kind:{one}", kind.eq(one.value).to_numpy(bool)
    for low, high in pairwise((*bands, np.inf)):
        name = f"size:{low}-{high - 1}" if np.isfinite(high) else f"size:{low}+"
        yield name, (people >= low) & (people < high)


def _counts(
    name: str, mask: Bools, people: Floats, estimates: pd.DataFrame
) -> dict[str, object]:
    """Return the people of a group: who is counted, found, decided, and who is not."""
    band = estimates["band"]
    found = estimates["found"].to_numpy(bool)
    likely = band.eq("probably").to_numpy(bool)
    unlikely = band.eq("probably_not").to_numpy(bool) & ~found
    parts = {
        "population": mask,
        "population_found": mask & found,
        "population_probably": mask & (found | likely),
        "population_probably_not": mask & unlikely,
        "population_open": mask & ~(found | likely | unlikely),
        "population_estimated": mask & band.notna().to_numpy(bool),
    }
    counts = {key: float(people[chosen].sum()) for key, chosen in parts.items()}
    return {"group": name, "settlements": int(mask.sum()), **counts}
