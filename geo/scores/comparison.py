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

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.standards.gaps import Better, gap, gap_of
from geo.standards.model import Norm, Standard
from geo.standards.values import Measured, measured
from geo.types import Kind, Status, Tristate

Reals = NDArray[np.float64]
_REFERENCE_KINDS = frozenset({Kind.CAPITAL, Kind.OBLAST_CITY})
COLUMNS = (
    "settlement_id",
    "standard",
    "domain",
    "indicator",
    "parity_gap",
    "norm_gap",
)


def compare(  # noqa: PLR0913 - the tables, and what dates them
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    judgements: pd.DataFrame,
    standards: Sequence[Standard],
    on: date,
    freshness: Mapping[str, float | None],
    *,
    floor: float = 0.6,
) -> pd.DataFrame:
    """Compute parity gap and norm gap per settlement and standard.

    Parameters
    ----------
    settlements, values, standards, on, freshness
        As for :func:`geo.standards.judge.judge`; the columns ``urban``,
        ``population`` and ``duplicate_of`` are used too.
    judgements
        What the judge returned: the certain norms.
    floor
        Share of the towns' people whose value must be known for a yardstick.

    Returns
    -------
    DataFrame
        :data:`COLUMNS`, sorted like the judgements. The parity gap is null where
        the value or the level of the towns is not known; the norm gap where the
        settlement's norm is not certain or the towns have none.
    """
    ordered = settlements.sort_index()
    judged = {s.id: s for s in standards if s.for_settlements and s.indicator}
    wanted = {s.indicator: s.better for s in judged.values() if s.indicator}
    known = measured(values, ordered.index, wanted, on, freshness)
    rows = ordered.index.get_indexer(pd.Index(judgements["settlement_id"]))
    out = pd.DataFrame(
        {
            "settlement_id": judgements["settlement_id"],
            "standard": judgements["standard"],
            "domain": judgements["domain"],
            "indicator": judgements["standard"].map(
                {key: standard.indicator for key, standard in judged.items()}
            ),
        }
    )
    parity, norm = np.full(len(out), np.nan), np.full(len(out), np.nan)
    levels = {
        code: parity_gaps(ordered, value, wanted[code], floor)
        for code, value in known.items()
    }
    norms = judgements["norm"].to_numpy(np.float64)
    for key, standard in judged.items():
        mine = (judgements["standard"] == key).to_numpy(bool)
        if standard.quantity != "ordinal":
            parity[mine] = levels[standard.indicator or ""][rows[mine]]
        norm[mine] = norm_gaps(norms[mine], standard, on)
    return out.assign(parity_gap=parity, norm_gap=norm)[list(COLUMNS)]


def side_by_side(judgements: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """Return the judgements with parity gap and norm gap beside their own gap.

    Parameters
    ----------
    judgements
        Columns of the release table ``judgements``.
    compared
        From :func:`compare` of the same judgements, in the same order.
    """
    return judgements.assign(
        **{name: compared[name].to_numpy() for name in ("parity_gap", "norm_gap")}
    )


def parity_gaps(
    settlements: pd.DataFrame, value: Measured, better: Better, floor: float
) -> Reals:
    """Return the gap of each settlement against the level of the towns.

    Parameters
    ----------
    settlements
        In the order of ``value``.
    value
        One indicator; only fresh central values count, and for the towns' level
        only finite ones that rest on no assumption.
    better
        Which direction is better.
    floor
        As for :func:`compare`.
    """
    central = value.central
    people = people_of(settlements)
    towns = (settlements["urban"] == Tristate.YES.value).to_numpy(bool)
    stated = value.status != Status.ASSUMED.value
    counted = towns & np.isfinite(central) & (people > 0) & stated
    if not counted.any() or people[counted].sum() < floor * people[towns].sum() - 1e-9:
        return np.full(len(central), np.nan)
    level = float(np.average(central[counted], weights=people[counted]))
    if level <= 0:  # no town has the service, or all are on the spot: no yardstick
        return np.full(len(central), np.nan)
    return gap(central, np.full(len(central), level), better)


def people_of(settlements: pd.DataFrame) -> Reals:
    """Return the people of each settlement that sums may use, else 0.

    Settlements of unknown population and flagged duplicates count no people.
    """
    people = settlements["population"].to_numpy(np.float64, na_value=np.nan)
    duplicate = settlements["duplicate_of"].notna().to_numpy(bool)
    return np.where(np.isnan(people) | duplicate, 0.0, people)


def norm_gaps(norms: Reals, standard: Standard, on: date) -> Reals:
    """Return the gap of each norm against the norm of the reference town."""
    urban = reference_norm(standard, on)
    if urban is None:
        return np.full(len(norms), np.nan)
    measure = gap_of(ordinal=standard.quantity == "ordinal")
    return measure(norms, np.full(len(norms), urban), standard.better)


def reference_norm(standard: Standard, on: date) -> float | None:
    """Return the strictest limit in force for the capital or an oblast centre.

    Targets count before their day: it is the norms that are compared. Rows for a
    selsovet centre or a territory say nothing about such a town.
    """
    limits = [
        norm.value
        for norm in standard.norms
        if norm.in_force(on) and _binds_reference(norm)
    ]
    if not limits:
        return None
    return min(limits) if standard.better == "lower" else max(limits)


def _binds_reference(norm: Norm) -> bool:
    applies = norm.applies
    kinds = applies.kind is None or not _REFERENCE_KINDS.isdisjoint(applies.kind)
    counts = all(
        band is None or band.high == np.inf
        for band in (applies.population, applies.households)
    )
    return (
        kinds
        and counts
        and not applies.selsovet_centre
        and applies.raion_centre is not False
        and applies.oblast_centre is not False
        and applies.territory is None
    )
