"""Scores of areas: people first, settlements beside.

People are the sum of the settlements' populations. A settlement of unknown population
counts among the settlements; how many may live there lowers the coverage and widens
the bounds. Central figures rest on exactly what the coverage counts, and are given
only where it reaches the floor; bounds take every unknown as kept, and as breached as
far as possible.

* ``standard:<id>``: FGT 0, 1, 2 of the gap over the people whom the norm concerns;
  the score is FGT 1, coverage their share whose verdict is known.
* ``domain:<id>`` and ``overall``: the score is the mean gap over people and
  the weights of :meth:`JudgementMatrix.weights`, coverage the share of those that is
  known, whatever the coverage of a single settlement. A settlement counts as breached
  if any of its standards is, as kept if all that apply are, else as unknown.
* ``overall`` has Alkire-Foster H, A and M0 with cutoff k besides, over the people of
  whom any verdict is known.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.layers.schema import TABLES
from geo.scores.given import Given
from geo.scores.matrix import OVERALL, JudgementMatrix, verdict_words
from geo.scores.poverty import (
    BOUNDS,
    People,
    alkire_foster,
    central_where,
    coverage,
    estimate,
    fgt,
    mean_bounds,
    ratio,
)
from geo.scores.scores import Weighed, weighed

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
COLUMNS = tuple(TABLES["area_scores"].schema.names)


def area_scores(given: Given, domains: Sequence[str]) -> pd.DataFrame:
    """Score every area for all its people and for each subgroup.

    Parameters
    ----------
    given
        Verdicts, people and areas.
    domains
        Those that have scores.

    Returns
    -------
    DataFrame
        Columns of the release table ``area_scores``, sorted by area, subgroup and
        subject.
    """
    matrix = given.matrix
    blocks = {
        f"standard:{name}": _standard(given, number)
        for number, name in enumerate(matrix.standards)
    }
    for group in sorted({*domains, OVERALL}):
        subject = OVERALL if group == OVERALL else f"domain:{group}"
        blocks[subject] = _composite(given, group)
    overall = alkire_foster(
        given.groups.member, given.residents, given.counts, given.how.k
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
    known = np.where(masks["unknown"], 0.0, np.nan)
    known[masks["kept"] | masks["breached"]] = 1.0
    out["coverage"] = coverage(member, given.residents, known)
    gap, low, high = (
        column[:, number] for column in (matrix.gap, matrix.low, matrix.high)
    )
    measures = fgt(member, given.residents, gap, low, high)
    covered = given.enough(out["coverage"])
    out |= central_where(covered, measures, ("fgt0", "fgt1", "fgt2"))
    return out | {f"score{bound}": out[f"fgt1{bound}"] for bound in BOUNDS}


def _composite(given: Given, group: str) -> dict[str, Any]:
    matrix, member = given.matrix, given.groups.member
    own = weighed(matrix, matrix.weights(group))
    verdicts = _verdict_sums(member, given.people, _worst_verdicts(matrix, group))
    return verdicts | mean_gaps(given, member, given.residents, own)


def subjects(given: Given, domains: Sequence[str]) -> dict[str, Weighed]:
    """Return what is known of each standard, each domain and all together."""
    matrix = given.matrix
    alone = np.eye(len(matrix.standards))
    found = {
        f"standard:{name}": weighed(matrix, matrix.applicable * alone[number])
        for number, name in enumerate(matrix.standards)
    }
    for group in sorted({*domains, OVERALL}):
        name = OVERALL if group == OVERALL else f"domain:{group}"
        found[name] = weighed(matrix, matrix.weights(group))
    return found


def mean_gaps(
    given: Given, member: csr_array, people: People, own: Weighed
) -> dict[str, Reals]:
    """Return coverage, score and its bounds of groups of people."""
    covered = coverage(member, people, own.coverage)
    columns = (~np.isnan(own.low), own.coverage, own.known, own.unknown)
    sums = member @ np.stack(
        [people.known * np.nan_to_num(one) for one in columns], axis=1
    )
    score = estimate(*(ratio(sums[:, number], sums[:, 0]) for number in (1, 2, 3)))
    low, high = mean_bounds(member, people, own.low, own.high)
    return {
        "coverage": covered,
        "score": np.where(given.enough(covered), score, np.nan),
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
