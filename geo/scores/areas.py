"""Scores of areas: people first, settlements beside.

People are the sum of the settlements' populations; a settlement of unknown
population counts among the settlements and not among the people, and neither do
the people of a flagged duplicate. Central figures rest on the known verdicts and
are given only where the coverage reaches the floor; bounds take every unknown as
kept, and as breached as far as possible.

* ``standard:<id>``: FGT 0, 1, 2 of the gap over the people whom the norm concerns;
  the score is FGT 1, coverage their share whose verdict is known.
* ``domain:<id>`` and ``overall``: the score is the mean of the settlements' scores,
  coverage of their coverages, weighted by people. A settlement counts as breached
  if any of its standards is, as kept if all that apply are, else as unknown.
* ``overall`` has Alkire-Foster H, A and M0 with cutoff k besides, over the weights
  of :meth:`JudgementMatrix.weights`.
"""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.layers.schema import TABLES
from geo.scores.grouped import Grouped, breach_counts, enough, next_counts
from geo.scores.groups import Groups
from geo.scores.matrix import OVERALL, JudgementMatrix, verdict_words
from geo.scores.poverty import BOUNDS, alkire_foster, fgt, ratio

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
COLUMNS = tuple(TABLES["area_scores"].schema.names)
_MEASURES = tuple(
    f"{name}{bound}"
    for name in ("fgt0", "fgt1", "fgt2", "h", "a", "m0")
    for bound in BOUNDS
)


def area_scores(
    given: Grouped, scores: pd.DataFrame, k: float, floor: float = 0.6
) -> pd.DataFrame:
    """Score every area for all its people and for each subgroup.

    Parameters
    ----------
    given
        Verdicts, people and areas.
    scores
        Release table of the settlements' scores.
    k
        Cutoff of the weighted count of breaches from which a place is deprived.
    floor
        Coverage below which an area has no central figure.

    Returns
    -------
    DataFrame
        Columns of the release table ``area_scores``, sorted by area, subgroup and
        subject.
    """
    matrix, groups, people = given.matrix, given.groups, given.people
    sums = groups.member @ np.stack([np.ones(len(people)), people], axis=1)
    blocks = {
        f"standard:{name}": _standard(groups, matrix, people, number, floor)
        for number, name in enumerate(matrix.standards)
    }
    for group in sorted(scores["group"].unique()):
        subject = OVERALL if group == OVERALL else f"domain:{group}"
        blocks[subject] = _composite(groups, matrix, people, scores, group, floor)
    overall = _alkire_foster(groups, matrix, people, k)
    held = enough(blocks[OVERALL]["coverage"], floor)
    for name in ("h", "a", "m0"):
        overall[name] = np.where(held, overall[name], np.nan)
    blocks[OVERALL] |= overall
    return _assemble(groups, sums, blocks)


def _verdict_sums(
    member: csr_array, people: Reals, masks: dict[str, Bools]
) -> dict[str, Any]:
    """Return settlements and people per verdict."""
    names = verdict_words()
    counts = np.stack([masks[name] for name in names], axis=1).astype(np.float64)
    sums = member @ np.concatenate([counts, counts * people[:, None]], axis=1)
    out: dict[str, Any] = {}
    for number, name in enumerate(names):
        out[f"settlements_{name}"] = np.rint(sums[:, number]).astype(np.int64)
        out[f"population_{name}"] = sums[:, len(names) + number]
    return out


def _standard(
    groups: Groups, matrix: JudgementMatrix, people: Reals, number: int, floor: float
) -> dict[str, Any]:
    masks = {name: getattr(matrix, name)[:, number] for name in verdict_words()}
    out = _verdict_sums(groups.member, people, masks)
    known = out["population_kept"] + out["population_breached"]
    out["coverage"] = ratio(known, known + out["population_unknown"])
    gap, low, high = (
        column[:, number] for column in (matrix.gap, matrix.low, matrix.high)
    )
    measures = fgt(groups.member, people, gap, low, high)
    held = enough(out["coverage"], floor)
    for name in ("fgt0", "fgt1", "fgt2"):
        measures[name] = np.where(held, measures[name], np.nan)
    out |= measures
    for bound in BOUNDS:
        out[f"score{bound}"] = measures[f"fgt1{bound}"]
    return out


def _composite(
    groups: Groups,
    matrix: JudgementMatrix,
    people: Reals,
    scores: pd.DataFrame,
    group: str,
    floor: float,
) -> dict[str, Any]:
    out = _verdict_sums(groups.member, people, _worst_verdicts(matrix, group))
    mine = scores[scores["group"] == group].set_index("settlement_id")
    mine = mine.reindex(matrix.ids)

    def mean(column: str) -> Reals:
        numbers = mine[column].to_numpy(np.float64)
        known = ~np.isnan(numbers)
        weighed = np.stack(
            [people * known, people * np.where(known, numbers, 0.0)], axis=1
        )
        sums = groups.member @ weighed
        return ratio(sums[:, 1], sums[:, 0])

    low, high, coverage = mean("score_low"), mean("score_high"), mean("coverage")
    central = np.clip(mean("score"), low, high)
    return out | {
        "coverage": coverage,
        "score": np.where(enough(coverage, floor), central, np.nan),
        "score_low": low,
        "score_high": high,
    }


def _worst_verdicts(matrix: JudgementMatrix, group: str) -> dict[str, Bools]:
    """Return the one verdict of each settlement over a group of standards."""
    inside = matrix.group(group)
    has = {
        name: (getattr(matrix, name) & inside).any(axis=1) for name in verdict_words()
    }
    breached = has["breached"]
    unknown = has["unknown"] & ~breached
    kept = has["kept"] & ~breached & ~unknown
    settled = breached | unknown | kept
    not_due = has["not_due"] & ~settled
    return {
        "kept": kept,
        "breached": breached,
        "unknown": unknown,
        "not_due": not_due,
        "no_norm": ~settled & ~not_due,
    }


def _alkire_foster(
    groups: Groups, matrix: JudgementMatrix, people: Reals, k: float
) -> dict[str, Any]:
    counts = breach_counts(matrix)
    return alkire_foster(
        groups.member, people, *counts, k, following=next_counts(matrix)
    )


def _assemble(
    groups: Groups, sums: Reals, blocks: dict[str, dict[str, Any]]
) -> pd.DataFrame:
    """Stack the subjects of every group, sorted by area, subgroup and subject."""
    subjects = sorted(blocks)
    size, many = len(groups.frame), len(subjects)
    nothing = np.full(size, np.nan)
    base = groups.frame.loc[groups.frame.index.repeat(many)].reset_index(drop=True)
    columns: dict[str, Any] = {name: base[name] for name in base.columns}
    columns["subject"] = pd.array(
        np.tile(np.array(subjects, object), size), dtype="str"
    )
    columns["settlements"] = np.rint(sums[:, 0]).astype(np.int64).repeat(many)
    columns["population"] = sums[:, 1].repeat(many)
    for name in COLUMNS:
        if name not in columns:
            parts = [blocks[subject].get(name, nothing) for subject in subjects]
            columns[name] = np.stack(parts, axis=1).ravel()
    table = pd.DataFrame(columns)[list(COLUMNS)]
    return table.reset_index(drop=True)
