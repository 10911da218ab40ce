"""The judge again, written plainly: try every combination, one settlement at a time."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from geo.standards.model import Norm, Standard
from geo.types import Kind

FLAGS = ("selsovet_centre", "raion_centre", "oblast_centre")


@dataclass(frozen=True)
class Outcome:
    verdict: str
    gap_low: float
    gap_high: float


def _worlds(row: dict) -> Iterator[tuple[Kind, dict[str, bool], int]]:
    """Every class and head count that the settlement may have."""
    flags = [
        {"yes": [True], "no": [False]}.get(row.get(name, "unknown"), [True, False])
        for name in FLAGS
    ]
    people = range(row["population_low"], row["population_high"] + 1)
    for kind, *chosen, count in product(row["kinds_possible"], *flags, people):
        yield Kind(kind), dict(zip(FLAGS, chosen, strict=True)), count


def _binds(norm: Norm, kind: Kind, flags: dict[str, bool], people: int) -> bool:
    wanted = norm.applies
    if wanted.kind is not None and kind not in wanted.kind:
        return False
    if wanted.population is not None and not wanted.population.holds(people):
        return False
    return all(
        getattr(wanted, name) is None or getattr(wanted, name) == flags[name]
        for name in FLAGS
    )


def _gap(value: float, limit: float | None, better: str) -> float:
    if limit is None:
        return 0.0
    if better == "higher":
        return max(0.0, 1 - value / limit)
    return 0.0 if value <= limit else 1 - limit / value


def outcome(
    standard: Standard, row: dict, low: float | None, high: float | None
) -> Outcome:
    """Judge one settlement by all its worlds and both ends of its value."""
    better = standard.better
    strictest = min if better == "lower" else max
    least = 0.0 if low is None else low
    most = math.inf if high is None else high
    verdicts, gaps = set(), set()
    for world in _worlds(row):
        limits = [norm.value for norm in standard.norms if _binds(norm, *world)]
        limit = strictest(limits) if limits else None
        for value in (least, most):
            kept = limit is None or (
                value <= limit if better == "lower" else value >= limit
            )
            verdicts.add("no_norm" if limit is None else "kept" if kept else "breached")
            gaps.add(_gap(value, limit, better))
    if verdicts == {"no_norm"}:
        return Outcome("no_norm", math.nan, math.nan)
    if verdicts <= {"no_norm", "kept"}:
        verdict = "kept"
    else:
        verdict = "breached" if verdicts == {"breached"} else "unknown"
    return Outcome(verdict, min(gaps), max(gaps))
