"""Alkire-Foster in full: the curve over k, and what each standard contributes.

For settlement i with p_i people and the weighted count c_i of breaches (over the
weights whose verdict is known), deprived where c_i >= k:

* H = sum p [c >= k] / sum p, A = mean c among the deprived, M0 = H x A;
* censored headcount of standard j: h_j = sum p d_j [c >= k] / sum p, with d_j = 1 for a
  breach; estimated as H times the share of breaches among the deprived whose verdict is
  known (or who have no norm), so that h_j never exceeds H;
* contribution of standard j: sum p w_j d_j [c >= k] / sum p, with the settlement's own
  weight w_j over its known weights. The contributions sum to M0; where every standard
  applies and is known everywhere they are w_j h_j.

Source: Alkire and Foster (2011), "Counting and multidimensional poverty measurement".
Bounds take unknowns as kept, and as breached; weights are then over all that applies.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.scores.given import Given, ended
from geo.scores.matrix import OVERALL, JudgementMatrix
from geo.scores.poverty import alkire_foster, central_where, deprived, ratio
from geo.types import Level

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
CURVE_LEVELS = (Level.COUNTRY, Level.OBLAST, Level.RAION, Level.GRID)


def deprivation_curve(given: Given) -> pd.DataFrame:
    """Return H, A and M0 with bounds for every cutoff k.

    Returns
    -------
    DataFrame
        Columns of the release table ``deprivation_curve``; not for selsovets.
    """
    published = given.groups.frame["level"].isin(CURVE_LEVELS)
    groups = given.groups.only(published.to_numpy(bool))
    member, (_, low, high) = groups.member, given.counts
    sums = _coverage_sums(given, member)
    covered = given.enough(sums["coverage"])
    blocks = []
    for k in sorted({*given.how.curve, given.how.k}):
        measures = alkire_foster(
            member, given.people, given.counts, k, given.count_with_one_more
        )
        certain = deprived(low, k)
        open_ = deprived(high, k) & ~certain
        blocks.append(
            groups.frame.assign(
                k=k,
                **sums,
                settlements_deprived=_count(member, certain),
                settlements_undetermined=_count(member, open_),
                **central_where(covered, measures, ("h", "a", "m0")),
            )
        )
    return ended("deprivation_curve", blocks)


def deprivation(given: Given) -> pd.DataFrame:
    """Return the censored headcount and the contribution of every standard.

    Returns
    -------
    DataFrame
        Columns of the release table ``deprivation``. A standard that binds nobody on
        the day has no rows. ``coverage`` is the share of people whose verdict by this
        standard is known, or can make no difference; a central headcount needs the
        floor for the standard and for all standards together.
    """
    matrix = given.matrix
    covered = given.enough(_coverage_sums(given, given.groups.member)["coverage"])
    return ended(
        "deprivation",
        [
            given.groups.frame.assign(
                k=given.how.k,
                standard=matrix.standards[number],
                domain=matrix.domains[number],
                **_one(given, number, covered),
            )
            for number in np.flatnonzero(matrix.applicable.any(axis=0)).tolist()
        ],
    )


def known_weights(matrix: JudgementMatrix) -> Reals:
    """Return the weights over the known verdicts; rows sum to 1, or 0 with none."""
    weights = np.where(matrix.known, matrix.weights(OVERALL), 0.0)
    total = weights.sum(axis=1, keepdims=True)
    known: Reals = weights / np.where(total > 0, total, 1.0)
    return known


def _one(given: Given, number: int, covered: Bools) -> dict[str, Any]:
    """Return the figures of one standard for all groups."""
    matrix, people, k = given.matrix, given.people, given.how.k
    score, low, high = given.counts
    breached, unknown = matrix.breached[:, number], matrix.unknown[:, number]
    applies, counted = ~np.isnan(low), ~np.isnan(score)
    poor, surely, maybe = (deprived(count, k) for count in (score, low, high))
    settled = applies & (~unknown | ~maybe)
    own, full = known_weights(matrix)[:, number], matrix.weights(OVERALL)[:, number]
    sums = given.groups.member @ np.stack(
        [
            people * applies,
            people * counted,
            people * settled,
            people * poor,
            people * (poor & ~unknown),
            people * (poor & breached),
            people * (breached & surely),
            people * ((breached | unknown) & maybe),
            people * own * (breached & poor),
            people * full * (breached & surely),
            people * full * ((breached | unknown) & maybe),
            breached & surely,
        ],
        axis=1,
    )
    coverage = ratio(sums[:, 2], sums[:, 0])
    least, most = ratio(sums[:, 6], sums[:, 0]), ratio(sums[:, 7], sums[:, 0])
    among = np.where(sums[:, 3] > 0, ratio(sums[:, 5], sums[:, 4]), 0.0)
    headcount = np.clip(ratio(sums[:, 3], sums[:, 1]) * among, least, most)
    contribution = np.where(covered, ratio(sums[:, 8], sums[:, 1]), np.nan)
    m0 = np.where(covered, _m0(given, score, k), np.nan)
    known = covered & given.enough(coverage)
    return {
        "settlements": np.rint(sums[:, 11]).astype(np.int64),
        "coverage": coverage,
        "headcount": np.where(known, headcount, np.nan),
        "headcount_low": least,
        "headcount_high": most,
        "contribution": contribution,
        "share": ratio(contribution, m0),
        "contribution_to_low": ratio(sums[:, 9], sums[:, 0]),
        "contribution_to_high": ratio(sums[:, 10], sums[:, 0]),
    }


def _m0(given: Given, score: Reals, k: float) -> Reals:
    counted, poor = ~np.isnan(score), deprived(score, k)
    weighed = np.where(poor, np.nan_to_num(score), 0.0) * given.people
    sums = given.groups.member @ np.stack([weighed, given.people * counted], axis=1)
    return ratio(sums[:, 0], sums[:, 1])


def _coverage_sums(given: Given, member: csr_array) -> dict[str, Any]:
    """Return settlements and people under a norm, those counted, and coverage."""
    people, coverage = given.people, given.coverage
    applies, counted = ~np.isnan(coverage), ~np.isnan(given.counts[0])
    columns = people * applies, people * counted, people * np.nan_to_num(coverage)
    sums = member @ np.stack(columns, axis=1)
    return {
        "settlements": _count(member, applies),
        "population": sums[:, 0],
        "population_counted": sums[:, 1],
        "coverage": ratio(sums[:, 2], sums[:, 0]),
    }


def _count(member: csr_array, who: Bools) -> NDArray[np.int64]:
    counted: NDArray[np.int64] = np.rint(member @ who.astype(np.float64)).astype(
        np.int64
    )
    return counted
