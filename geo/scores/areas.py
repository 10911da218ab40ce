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
from geo.scores.given import Given
from geo.scores.matrix import OVERALL, JudgementMatrix, verdict_words
from geo.scores.poverty import BOUNDS, alkire_foster, central_where, fgt, ratio

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
COLUMNS = tuple(TABLES["area_scores"].schema.names)


def area_scores(given: Given, scores: pd.DataFrame) -> pd.DataFrame:
    """Score every area for all its people and for each subgroup.

    Parameters
    ----------
    given
        Verdicts, people and areas.
    scores
        Release table of the settlements' scores.

    Returns
    -------
    DataFrame
        Columns of the release table ``area_scores``, sorted by area, subgroup and
        subject.
    """
    matrix, member, people = given.matrix, given.groups.member, given.people
    blocks = {
        f"standard:{name}": _standard(given, number)
        for number, name in enumerate(matrix.standards)
    }
    for group in sorted(scores["group"].unique()):
        subject = OVERALL if group == OVERALL else f"domain:{group}"
        blocks[subject] = _composite(given, scores, group)
    overall = alkire_foster(
        member, people, given.counts, given.how.k, given.count_with_one_more
    )
    covered = given.enough(blocks[OVERALL]["coverage"])
    blocks[OVERALL] |= central_where(covered, overall, ("h", "a", "m0"))
    return _assemble(given, blocks)


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


def _standard(given: Given, number: int) -> dict[str, Any]:
    matrix, people, member = given.matrix, given.people, given.groups.member
    masks = {name: getattr(matrix, name)[:, number] for name in verdict_words()}
    out = _verdict_sums(member, people, masks)
    known = out["population_kept"] + out["population_breached"]
    out["coverage"] = ratio(known, known + out["population_unknown"])
    gap, low, high = (
        column[:, number] for column in (matrix.gap, matrix.low, matrix.high)
    )
    measures = fgt(member, people, gap, low, high)
    covered = given.enough(out["coverage"])
    out |= central_where(covered, measures, ("fgt0", "fgt1", "fgt2"))
    return out | {f"score{bound}": out[f"fgt1{bound}"] for bound in BOUNDS}


def _composite(given: Given, scores: pd.DataFrame, group: str) -> dict[str, Any]:
    matrix, people, member = given.matrix, given.people, given.groups.member
    out = _verdict_sums(member, people, _worst_verdicts(matrix, group))
    mine = scores[scores["group"] == group].set_index("settlement_id")
    mine = mine.reindex(matrix.ids)

    def mean(column: str) -> Reals:
        numbers = mine[column].to_numpy(np.float64)
        known = ~np.isnan(numbers)
        weighed = np.stack(
            [people * known, people * np.where(known, numbers, 0.0)], axis=1
        )
        sums = member @ weighed
        return ratio(sums[:, 1], sums[:, 0])

    low, high, coverage = mean("score_low"), mean("score_high"), mean("coverage")
    central = np.clip(mean("score"), low, high)
    return out | {
        "coverage": coverage,
        "score": np.where(given.enough(coverage), central, np.nan),
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


def _assemble(given: Given, blocks: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Stack the subjects of every group, sorted by area, subgroup and subject."""
    frame, people = given.groups.frame, given.people
    sums = given.groups.member @ np.stack([np.ones(len(people)), people], axis=1)
    subjects = sorted(blocks)
    size, many = len(frame), len(subjects)
    nothing = np.full(size, np.nan)
    base = frame.loc[frame.index.repeat(many)].reset_index(drop=True)
    named = pd.array(np.array(subjects, object), dtype="str")
    columns: dict[str, Any] = {
        **{name: base[name] for name in base.columns},
        "subject": named.take(np.tile(np.arange(many), size)),
        "settlements": np.rint(sums[:, 0]).astype(np.int64).repeat(many),
        "population": sums[:, 1].repeat(many),
    }
    for name in COLUMNS:
        if name not in columns:
            parts = [blocks[subject].get(name, nothing) for subject in subjects]
            columns[name] = np.stack(parts, axis=1).ravel()
    return pd.DataFrame(columns)[list(COLUMNS)]
