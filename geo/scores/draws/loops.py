"""The compiled loops over draws, settlements and standards.

What varies in a pair of settlement and standard is said in
:mod:`geo.scores.draws.uncertain`; the loops take its arrays, standards by settlements,
and the positions of :mod:`geo.scores.draws.factors`, draws first.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.travel.roads.kernels.jit import kernel

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
FIXED, SPEEDS, INPUTS, NEARER, OPEN, BOUNDS = range(6)
ARITHMETIC, GEOMETRIC, COUNTING = range(3)
_NO_GAP = 1e-12


class Pairs(NamedTuple):
    """Arrays of :class:`~geo.scores.draws.uncertain.UncertainGaps` that loops read.

    Attributes
    ----------
    way, low, value, high, worst, norm, gap, gap_low, gap_high
        Standards by settlements.
    lower, flat, yes_no, ordinal, indicator
        Of each standard: less is better, a breach has no depth (yes or no, or a
        level), the value is yes or no, it is a level, and number of the indicator.
    limits
        Standards by groups by classes by atoms of people by atoms of households, NaN
        for "no norm".
    cuts
        Standards by counts (people, households) by ends of atoms, then infinity.
    group, classes
        Standards by settlements: its group, and how many classes are possible.
    first, last
        Standards by counts by settlements: first and last possible atom.
    counts
        Counts by low, central, high by settlements; NaN for no high end.
    """

    way: NDArray[np.int8]
    low: Reals
    value: Reals
    high: Reals
    worst: Reals
    norm: Reals
    gap: Reals
    gap_low: Reals
    gap_high: Reals
    lower: Bools
    flat: Bools
    yes_no: Bools
    ordinal: Bools
    indicator: Ints
    limits: Reals
    cuts: Reals
    group: Ints
    classes: Ints
    first: Ints
    last: Ints
    counts: Reals


class Factors(NamedTuple):
    """The factors of a batch of D draws.

    Attributes
    ----------
    domain_weights, standard_weights
        D by domains, D by standards (within their domain): each positive.
    k
        Cutoff of the counting form.
    form
        Number of the aggregation in the parameter ``aggregations``.
    speeds
        Position of every modelled travel time, 0 (fast) ... 1 (slow).
    completeness
        Position of what is not known, 0 (good) ... 1 (bad): D by indicators by
        settlements.
    inputs
        Position of every other uncertain value: D by indicators by settlements.
    people, classes
        Positions of each settlement's people within their range, and of its class
        among the possible ones, D by settlements.
    counted
        People of each settlement where all are drawn together, else NaN: their position
        within their range counts. D by settlements.
    """

    domain_weights: Reals
    standard_weights: Reals
    k: Reals
    form: Ints
    speeds: Reals
    completeness: Reals
    inputs: Reals
    people: Reals
    classes: Reals
    counted: NDArray[np.float32]


@kernel
def positioned(low: float, value: float, high: float, position: float) -> float:
    """Return the value at a position: low at 0, the central value at 1/2, high at 1."""
    below = 0.0 if low == value else value - low
    above = 0.0 if value == high else high - value
    side = 2 * position - 1
    return value + min(side, 0.0) * below + max(side, 0.0) * above


@kernel
def gap_of(value: float, limit: float, lower: bool, ordinal: bool) -> float:  # noqa: FBT001 - a loop has no keywords
    """Return the gap as :func:`geo.standards.gaps.gap_of` has it; 0 without a norm."""
    best, worst = (limit, value) if lower else (value, limit)
    if worst == 0.0:  # the best there is, or a limit that everybody keeps
        return 0.0
    raw = min(max(1.0 - best / worst, 0.0), 1.0)
    if np.isnan(best) or np.isnan(worst):
        return 0.0
    return float(np.ceil(raw)) if ordinal else raw


@kernel
def fill_totals(  # noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917 - see below
    pairs: Pairs,
    drawn: Factors,
    weights: Reals,
    pattern: Ints,
    form: Ints,
    floor: float,
    out: Reals,
) -> None:
    """Write the weighed sums of each draw's form into ``out``, draws by settlements.

    Of gaps, of logarithms of achievements (at least ``floor``), or of breaches.
    ``weights`` are draws by standards by patterns; what has none is not looked at.

    One function, because each call that takes an array counts a reference to it, and
    threads wait for each other's counting.
    """
    (
        way, lows, values, highs, worst, norms, gaps, gap_lows, gap_highs,
        lower, flat, yes_no, ordinal, indicators,
        limits, cuts, group, classes, firsts, lasts, counts,
    ) = pairs  # fmt: skip
    _, _, _, _, speeds, completeness, inputs, people, which, counted = drawn
    out[:] = 0.0
    for d in range(out.shape[0]):
        for s in range(weights.shape[1]):
            indicator = indicators[s]
            for i in range(out.shape[1]):
                weight = weights[d, s, pattern[i]]
                if weight == 0.0:
                    continue
                how, depth = way[s, i], 1.0
                if how == FIXED:
                    gap = gaps[s, i]
                elif how == BOUNDS:
                    gap = gap_lows[s, i] + completeness[d, indicator, i] * (
                        gap_highs[s, i] - gap_lows[s, i]
                    )
                else:
                    # the drawn value
                    low, value, high = lows[s, i], values[s, i], highs[s, i]
                    if how == OPEN:
                        # as likely kept as breached; yes or no, and a level, have no
                        # depth
                        depth = max(2 * completeness[d, indicator, i] - 1, 0.0)
                        if flat[s] and depth > 0.0:
                            depth = 1.0
                        value = worst[s, i]
                    elif how == INPUTS:
                        at = inputs[d, indicator, i]
                        value = positioned(low, value, high, at)
                        if yes_no[s]:
                            value = 1.0 if value > 0.5 else 0.0  # noqa: PLR2004
                    else:
                        value = positioned(low, value, high, speeds[d])
                        if how == NEARER:
                            value *= completeness[d, indicator, i]
                    # the drawn norm: each possible class is as likely, and so is each
                    # atom of a count without a high end
                    norm = norms[s, i]
                    if np.isnan(norm) and depth > 0.0:
                        many = classes[s, i]
                        number = int(min(which[d, i] * many, many - 1.0))
                        atoms = (0, 0)
                        for c in range(2):
                            first, last = firsts[s, c, i], lasts[s, c, i]
                            least, central, most = (
                                counts[c, 0, i], counts[c, 1, i], counts[c, 2, i],
                            )  # fmt: skip
                            if np.isnan(most):
                                span = last - first
                                at = min(people[d, i] * (span + 1), span * 1.0)
                                atom = int(first + at)
                            else:
                                # people are whole: a band from 300 begins at 300, not
                                # at 299.5
                                at = positioned(least, central, most, people[d, i])
                                if not np.isnan(counted[d, i]):
                                    # no more households than people
                                    at = min(at, counted[d, i]) if c else counted[d, i]
                                whole, inside = np.rint(at), 0
                                for n in range(cuts.shape[2]):
                                    if whole < cuts[s, c, n]:
                                        break
                                    inside += int(whole > cuts[s, c, n])
                                    inside += int(whole >= cuts[s, c, n])
                                atom = min(max(inside, first), last)
                            atoms = (atoms[1], atom)
                        norm = limits[s, group[s, i], number, atoms[0], atoms[1]]
                    gap = 0.0
                    if depth > 0.0:
                        gap = gap_of(value, norm, lower[s], ordinal[s]) * depth
                # no draw leaves the bounds that the judge found
                if how != FIXED:
                    gap = min(max(gap, gap_lows[s, i]), gap_highs[s, i])
                if gap == 0.0:
                    continue
                if form[d] == GEOMETRIC:
                    gap = np.log(max(1.0 - gap, floor))
                elif form[d] == COUNTING:
                    gap = 1.0 if gap > _NO_GAP else 0.0
                out[d, i] += weight * gap
