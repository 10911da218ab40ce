"""How the overall score of an area changed, split into the causes; exactly.

The score of an area is the mean of its settlements' scores over people,
S = sum(p s) / sum(p). Over the settlements that have a score in both releases (C),
with shares q = p / sum_C(p),

S1 - S0 = sum_C(mean(q) (s1 - s0)) + sum_C((q1 - q0) mean(s)) + composition

where mean() is over the two releases. A settlement's score is a weighted mean of its
gaps, so that s1 - s0 = sum(mean(w) (g1 - g0)) + rest in the same way, and g1 - g0 is
split by cause already. What the weights of people move is ``population``; which
settlements and which standards have a verdict is ``composition``, and so is what the
published score was clipped by. The parts sum to the published change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from geo.layers.counted import counted_rows
from geo.release.columns import floats, take
from geo.reports.diff.causes import Causes
from geo.reports.diff.grid import Bools, Grid, Reals, Side
from geo.reports.diff.split import PARTS, UNSPLIT
from geo.scores.weights import equal_weights
from geo.types import Force, Verdict

OVERALL = "overall"
COMPOSITION = "composition"
_LEVELS = ("country", "oblast", "raion")


@dataclass(frozen=True)
class ScoreSplit:
    """The overall score of one area in both releases.

    Attributes
    ----------
    before, after
        Published scores, 0 ... 1; None below the coverage floor.
    parts
        Cause (and ``unsplit``, ``composition``) -> share of the change; empty where
        one of the scores is missing. They sum to ``after - before``.
    """

    area: str
    level: str
    before: float | None
    after: float | None
    parts: Mapping[str, float] = field(default_factory=dict)


def score_splits(pair: Grid, found: Causes) -> list[ScoreSplit]:
    """Return the change of the overall score of every country, oblast and raion."""
    published = [_area_scores(side) for side in pair.sides]
    scores = [_settlement_scores(pair, side) for side in pair.sides]
    places = _place_parts(pair, found, scores)
    people = [_counted(side) for side in pair.sides]
    out = []
    for area, level in sorted({**published[0], **published[1]}):
        ends = [one.get((area, level)) for one in published]
        before, after = ends
        if before is None or after is None:
            out.append(ScoreSplit(area, level, before, after))
            continue
        inside = [_inside(pair, side, level, area) for side in pair.sides]
        parts = _area_parts(inside, people, scores, places)
        parts[COMPOSITION] = after - before - sum(parts.values())
        out.append(ScoreSplit(area, level, before, after, parts))
    return sorted(out, key=lambda one: (_LEVELS.index(one.level), one.area))


def _area_scores(side: Side) -> dict[tuple[str, str], float | None]:
    columns = ["area_id", "level", "subgroup", "score"]
    rows = side.release.index("area_scores", "subject").rows(OVERALL)
    return {
        (row["area_id"], row["level"]): row["score"]
        for row in take(side.release.table("area_scores", columns), rows).to_pylist()
        if row["level"] in _LEVELS and row["subgroup"] == "all"
    }


def _settlement_scores(pair: Grid, side: Side) -> Reals:
    rows = side.release.index("scores", "group").rows(OVERALL)
    table = take(side.release.table("scores", ["settlement_id", "score"]), rows)
    place = {id_: number for number, id_ in enumerate(pair.ids)}
    out = np.full(len(pair.ids), np.nan)
    out[[place[id_] for id_ in table["settlement_id"].to_pylist()]] = floats(
        table, "score"
    )
    return out


def _counted(side: Side) -> Reals:
    """Return the people that the published means count: 0 where unknown."""
    people = np.nan_to_num(side.people["population"])
    counted = np.array(counted_rows(side.places).to_pylist(), bool)
    out = people.copy()
    out[side.here] = np.where(counted[side.row[side.here]], people[side.here], 0.0)
    return out


def _inside(pair: Grid, side: Side, level: str, area: str) -> Bools:
    column = side.places[f"{level}_id"].to_pylist()
    mine = np.array([one == area for one in column], bool)
    out = np.zeros(len(pair.ids), bool)
    out[side.here] = mine[side.row[side.here]]
    return out


def _weights(pair: Grid, side: Side) -> Reals:
    """Return the weight of each known verdict in its settlement's score.

    Equal weights over the standards that apply, then scaled to the known ones.
    Benchmarks count only where the country has no law.
    """
    entries = side.release.standards
    domain = [entries.get(one, {}).get("domain", "") for one in pair.standards]
    indicator = [entries.get(one, {}).get("indicator") or "" for one in pair.standards]
    force = [entries.get(one, {}).get("force", "") for one in pair.standards]
    bare = Force.LAW.value in force
    counts = np.array([not (bare and f == Force.BENCHMARK.value) for f in force], bool)
    verdict = side.texts["verdict"]
    words = (Verdict.KEPT, Verdict.BREACHED, Verdict.UNKNOWN)
    kept, breached, unknown = (verdict == pair.code(word.value) for word in words)
    applies = (kept | breached | unknown) & side.judged & counts
    weights = np.where(unknown, 0.0, equal_weights(applies, domain, indicator))
    total = weights.sum(axis=1, keepdims=True)
    return weights / np.where(total > 0, total, 1.0)


def _sizes(pair: Grid, side: Side) -> Reals:
    """Return the size of each known verdict: its gap, or the middle of its bounds."""
    breached = side.texts["verdict"] == pair.code(Verdict.BREACHED)
    out: Reals = side.reals["gap"].copy()
    open_ = np.isnan(out) & breached
    out[open_] = ((side.reals["gap_low"] + side.reals["gap_high"]) / 2)[open_]
    return out


def _place_parts(pair: Grid, found: Causes, scores: list[Reals]) -> dict[str, Reals]:
    """Return each cause's share of the change of each settlement's score."""
    weights = [_weights(pair, side) for side in pair.sides]
    sizes = [_sizes(pair, side) for side in pair.sides]
    both = (weights[0] > 0) & (weights[1] > 0)
    mean = np.where(both, (weights[0] + weights[1]) / 2, 0.0)
    change = np.where(both, np.nan_to_num(sizes[1]) - np.nan_to_num(sizes[0]), 0.0)
    out = {
        name: (mean * np.where(both, found.parts[name], 0.0)).sum(axis=1)
        for name in PARTS
    }
    known = sum(np.where(both, found.parts[name], 0.0) for name in PARTS)
    out[UNSPLIT] += (mean * (change - known)).sum(axis=1)
    moved = np.nan_to_num(scores[1] - scores[0])
    out[COMPOSITION] = moved - np.sum([out[name] for name in PARTS], axis=0)
    return out


def _area_parts(
    inside: list[Bools],
    people: list[Reals],
    scores: list[Reals],
    places: Mapping[str, Reals],
) -> dict[str, float]:
    """Return the parts of one area's change but for who is in it."""
    common = inside[0] & inside[1] & ~np.isnan(scores[0]) & ~np.isnan(scores[1])
    totals = [float(p[common].sum()) for p in people]
    parts = dict.fromkeys(PARTS, 0.0)
    if min(totals) <= 0:
        return parts
    shares = [p[common] / total for p, total in zip(people, totals, strict=True)]
    mean = (shares[0] + shares[1]) / 2
    for name in PARTS:
        parts[name] = float((mean * places[name][common]).sum())
    middle = (scores[0][common] + scores[1][common]) / 2
    parts["population"] += float(((shares[1] - shares[0]) * middle).sum())
    return parts
