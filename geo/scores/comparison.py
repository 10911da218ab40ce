"""Parity gap and norm gap: the two questions that compliance does not answer.

*Compliance gap*: how far the settlement is from its own norm. *Parity gap*: how far
it is from the level of the towns, max(0, 1 - x/u) where more is better and
max(0, 1 - u/x) where less is, with u the population-weighted mean of the known and
fresh values of the towns of the country (none where too few of their people are
known). *Norm gap*: how far its norm lies behind
the norm of the reference town, with n/n_u (higher) or n_u/n (lower) in the same
form; a village that keeps a weaker norm in full still has a norm gap. A level has no
mean, so an ordinal quantity has no parity gap, and its norm gap is 0 or 1.

The reference town is the capital or an oblast centre, where several rows match the
strictest of them: 70 Mbit/s and 20 minutes.
"""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores.given import Given
from geo.standards.classes import COUNTS, NO, YES, Classes, kind_mask
from geo.standards.gaps import gap, gap_of
from geo.standards.grid import NO_NORM
from geo.standards.load import without_territory
from geo.standards.model import Standard
from geo.standards.possible import possibilities
from geo.types import Kind, Tristate

Reals = NDArray[np.float64]
_MANY = np.full(1, 1e9)  # people, households: beyond the end of every band
#: The capital or an oblast centre, to the judge.
_REFERENCE_TOWN = Classes(
    kinds=np.array([kind_mask([Kind.CAPITAL, Kind.OBLAST_CITY])]),
    flags={
        "selsovet_centre": np.array([NO]),
        "raion_centre": np.array([YES]),
        "oblast_centre": np.array([YES]),
    },
    counts=dict.fromkeys(COUNTS, (_MANY, _MANY)),
    areas=(),
    area_names={},
    area_levels={},
)


def compare(given: Given) -> pd.DataFrame:
    """Return the judgements with parity gap and norm gap beside their own gap.

    Returns
    -------
    DataFrame
        The release table ``judgements``. The parity gap is null where the value or the
        level of the towns is not known; the norm gap where the settlement's norm is
        not certain or the towns have none.
    """
    judged = given.judgements
    parity, norm = np.full((2, len(judged)), np.nan)
    norms = judged["norm"].to_numpy(np.float64)
    for standard in given.standards:
        rows = given.rows.get(standard.id)
        if rows is None or standard.indicator is None:
            continue
        if standard.quantity != "ordinal":
            parity[rows] = parity_gaps(given, standard)
        norm[rows] = norm_gaps(norms[rows], standard, given.on)
    return judged.assign(parity_gap=parity, norm_gap=norm)


def parity_gaps(given: Given, standard: Standard) -> Reals:
    """Return the gap of each settlement against the level of the towns.

    Only fresh central values that are bounded on some side count (so no assumption),
    and for the towns' level only finite ones.
    """
    value, people = given.known[standard.indicator or ""], given.people
    central = np.where(value.bounded, value.central, np.nan)
    towns = (given.places["urban"] == Tristate.YES.value).to_numpy(bool)
    counted = towns & np.isfinite(central) & (people > 0)
    covered = people[counted].sum() >= given.how.floor * people[towns].sum() - 1e-9
    if not counted.any() or not covered:
        return np.full(len(central), np.nan)
    level = float(np.average(central[counted], weights=people[counted]))
    if level <= 0:  # no town has the service, or all are on the spot: no yardstick
        return np.full(len(central), np.nan)
    return gap(central, np.full(len(central), level), standard.better)


def norm_gaps(norms: Reals, standard: Standard, on: date) -> Reals:
    """Return the gap of each norm against the norm of the reference town."""
    urban = reference_norm(standard, on)
    if urban is None:
        return np.full(len(norms), np.nan)
    measure = gap_of(ordinal=standard.quantity == "ordinal")
    return measure(norms, np.full(len(norms), urban), standard.better)


def reference_norm(standard: Standard, on: date) -> float | None:
    """Return the strictest limit in force for the capital or an oblast centre.

    The judge's rule says which rows bind such a town. Targets count before their day:
    it is the norms that are compared. Rows of a territory say nothing about it.
    """
    (everywhere,) = without_territory([standard])
    at_once = [norm.model_copy(update={"due": None}) for norm in everywhere.norms]
    compared = standard.model_copy(update={"norms": tuple(at_once)})
    possible = possibilities(compared, _REFERENCE_TOWN, on)
    (limit,), (unread,) = possible.strictest, possible.may_be_unread
    return None if unread or limit == NO_NORM else abs(float(limit))
