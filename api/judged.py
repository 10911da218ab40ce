"""Verdicts and scores, one place per settlement."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from geo.release.columns import Floats, Index, Objects, Positions, floats, objects


@dataclass(frozen=True)
class Judged:
    """What one standard says of all settlements."""

    verdict: Objects
    gap: Floats
    gap_low: Floats
    gap_high: Floats
    reason: Objects


@dataclass(frozen=True)
class Scored:
    """The scores of all settlements in one group."""

    score: Floats
    low: Floats
    high: Floats
    coverage: Floats


def judged(
    table: pa.Table, of: Positions, standards: Sequence[str], count: int
) -> dict[str, Judged]:
    """Return what each standard says of the settlements.

    Parameters
    ----------
    table
        The judgements.
    of
        The settlement's place for each of their rows.
    standards
        Their ids.
    count
        Number of settlements.
    """
    gap, low, high = (floats(table, f"gap{end}") for end in ("", "_low", "_high"))
    verdict, reason = objects(table, "verdict"), objects(table, "reason")
    held = Index.of(table["standard"])
    out = {}
    for standard in standards:
        rows = held.rows(standard)
        places = of[rows]
        out[standard] = Judged(
            verdict=_spread_text(verdict[rows], places, count),
            gap=_spread(gap[rows], places, count),
            gap_low=_spread(low[rows], places, count),
            gap_high=_spread(high[rows], places, count),
            reason=_spread_text(reason[rows], places, count),
        )
    return out


def scored(table: pa.Table, of: Positions, count: int) -> dict[str, Scored]:
    """Return the scores of the settlements by group; the parameters are as above."""
    columns = {
        "score": floats(table, "score"),
        "low": floats(table, "score_low"),
        "high": floats(table, "score_high"),
        "coverage": floats(table, "coverage"),
    }
    held = Index.of(table["group"])
    out = {}
    for group in held.codes:
        rows = held.rows(group)
        parts = {k: _spread(v[rows], of[rows], count) for k, v in columns.items()}
        out[group] = Scored(**parts)
    return out


def _spread(values: Floats, places: Positions, count: int) -> Floats:
    out = np.full(count, np.nan)
    out[places] = values
    return out


def _spread_text(values: Objects, places: Positions, count: int) -> Objects:
    out = np.full(count, None, dtype=object)
    out[places] = values
    return out
