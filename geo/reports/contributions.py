"""Which standards make the mean gap of an area: the parts sum to its score.

The score of an area (:mod:`geo.scores.areas`) is K + (K / C) U over its people p and
the weights w of the standards, with K = sum(p w gap) / P over the verdicts that are
known, C their share sum(p w) / P, and U = sum(p w largest gap) / P over the rest; P are
the people whom any norm concerns. Each sum is one over standards, so the part of
standard s is K_s + (K / C) U_s, and the parts sum to the score exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.layers.counted import MARKS, counted_rows
from geo.release.columns import floats, mapped, take
from geo.release.read import Release
from geo.scores.weights import equal_weights
from geo.types import SETTLEMENT_UNITS, Force, Level, Verdict

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
OVERALL = "overall"
#: Scores that differ by less are the same, but for rounding.
_SAME = 1e-9
_COLUMNS = ("settlement_id", "standard", "verdict", "gap", "gap_low", "gap_high")


@dataclass(frozen=True)
class Gaps:
    """Verdicts of the settlements of an area, settlements by standards.

    Attributes
    ----------
    people
        Of each settlement, 0 where not known.
    known, unknown
        Where a verdict stands, and where a norm applies and none does.
    gap
        Of a known verdict its gap (the middle of its bounds, where it is no single
        one), of an unknown one the largest that is possible.
    """

    people: Reals
    known: Bools
    unknown: Bools
    gap: Reals


def parts(gaps: Gaps, weights: Reals) -> Reals:
    """Return the part of each standard in the mean gap; NaN where none is known.

    Parameters
    ----------
    gaps
        Of the settlements of an area.
    weights
        Settlements by standards; rows sum to 1, or to 0 where no norm applies.

    Examples
    --------
    Two standards weigh the same for 100 people; one is breached by half, the other
    unknown, and as far from kept as that one:

    >>> gaps = Gaps(np.array([100.0]), np.array([[True, False]]),
    ...             np.array([[False, True]]), np.array([[0.5, 1.0]]))
    >>> parts(gaps, np.array([[0.5, 0.5]])).tolist()
    [0.25, 0.25]
    """
    weighed = gaps.people[:, None] * weights
    people = weighed.sum()
    sums = [
        (weighed * np.where(where, size, 0.0)).sum(axis=0)
        for where, size in (
            (gaps.known, 1.0),
            (gaps.known, gaps.gap),
            (gaps.unknown, gaps.gap),
        )
    ]
    covered, told, open_ = sums
    if not covered.sum() > 0:
        return np.full(weights.shape[1], np.nan)
    out: Reals = (told + told.sum() / covered.sum() * open_) / people
    return out


def contributions(
    release: Release, area: str, level: str
) -> dict[str, dict[str, float]]:
    """Return what each standard adds to the scores of an area.

    Parameters
    ----------
    release
        An opened release.
    area, level
        Id of a country, oblast, raion or selsovet, and which of these it is.

    Returns
    -------
    dict
        Subject (``overall``, ``domain:<id>``) -> standard -> its part, the largest
        first; they sum to the published score. A subject without a score has none, nor
        has one that an older release scored in another way, and a standard of which
        nothing applies here is left out.
    """
    published = {
        row["subject"]: row["score"]
        for row in release.rows("area_scores", area, ("subgroup", "subject", "score"))
        if row["subgroup"] == "all"
    }
    standards = _scored(release)
    gaps = _gaps(release, area, level, list(standards))
    applies = gaps.known | gaps.unknown
    domains = [entry["domain"] for entry in standards.values()]
    indicators = [entry.get("indicator") or "" for entry in standards.values()]
    out = {}
    for subject in (OVERALL, *(f"domain:{name}" for name in sorted(set(domains)))):
        if published.get(subject) is None:
            continue
        inside = np.array([subject in (OVERALL, f"domain:{one}") for one in domains])
        weights = equal_weights(applies & inside, domains, indicators)
        added = parts(gaps, weights)
        if not np.isclose(added.sum(), published[subject], rtol=0, atol=_SAME):
            continue
        found = zip(standards, added.tolist(), strict=True)
        asked = (applies & inside).any(axis=0)
        held = [one for one, there in zip(found, asked, strict=True) if there]
        out[subject] = dict(sorted(held, key=lambda pair: -pair[1]))
    return out


def _scored(release: Release) -> dict[str, dict[str, str]]:
    """Return the standards that count: benchmarks only where there is no law."""
    judged = {
        id_: entry
        for id_, entry in release.standards.items()
        if id_ in release.manifest.get("verdicts", {})
        and entry.get("unit_of_assessment", "settlement") in SETTLEMENT_UNITS
    }
    forces = {entry.get("force") for entry in judged.values()}
    if Force.LAW not in forces:
        return judged
    return {i: e for i, e in judged.items() if e.get("force") != Force.BENCHMARK}


def _gaps(release: Release, area: str, level: str, standards: list[str]) -> Gaps:
    """Read the verdicts on the counted settlements of an area."""
    column = f"{Level(level)}_id"
    inside = release.index("settlements", column).rows(area)
    places = release.hold("settlements", ("id", column, "population", *MARKS))
    places = take(places, inside)
    counted = np.array(counted_rows(places).to_pylist(), bool)
    ids = places["id"].to_pylist()
    index = release.index("judgements")
    rows = [index.rows(id_) for id_ in ids]
    table = release.hold("judgements", _COLUMNS)
    table = take(table, np.concatenate([np.array([], np.int64), *rows]))
    order = {id_: place for place, id_ in enumerate(standards)}
    column_of = mapped(table["standard"], lambda name: order.get(name, -1), -1)
    mine = column_of >= 0
    row_of = np.repeat(np.arange(len(ids)), [len(one) for one in rows])
    spot = row_of[mine], column_of[mine]

    def laid(values: Reals, empty: float) -> Reals:
        out = np.full((len(ids), len(standards)), empty)
        out[spot] = values[mine]
        return out

    words = list(Verdict)
    code = mapped(table["verdict"], lambda word: words.index(Verdict(word)), -1)
    verdict = laid(code.astype(np.float64), -1)
    gap, low, high = (
        laid(floats(table, f"gap{end}"), np.nan) for end in ("", "_low", "_high")
    )
    kept, breached, unknown = (
        verdict == words.index(one)
        for one in (Verdict.KEPT, Verdict.BREACHED, Verdict.UNKNOWN)
    )
    size = np.where(breached & np.isnan(gap), (low + high) / 2, gap)
    people = np.where(counted, np.nan_to_num(floats(places, "population")), 0.0)
    return Gaps(
        people=people,
        known=kept | breached,
        unknown=unknown,
        gap=np.nan_to_num(np.where(unknown, high, size)),
    )
