"""Inequality between town and village: concentration, Erreygers, Theil.

People are ranked by rurality: capital, oblast cities, raion towns, urban settlements,
villages, and within each the larger place first; equal places share their mean rank.
Agrogorodki and other villages are one class here, because the flag is missing on most
of them. So an index above 0 says: more of it in the more rural places. For a gap, or
minutes, that is to the villages' disadvantage; for trips or speeds to their advantage.

Every figure rests on known, fresh, finite values of places that are certainly a town of
a certain kind or a village; there is none where they hold too few of the people of the
towns, or of the villages, of the area, or do so only with values that are assumed.
``parity`` says how many are known there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.scores import concentration as measure
from geo.scores.given import Given, ended
from geo.scores.levels import YES_NO
from geo.scores.matrix import OVERALL
from geo.scores.poverty import ratio
from geo.types import Kind, Level, Tristate

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
LEVELS = (Level.COUNTRY, Level.OBLAST)
_TOWNS = (Kind.CAPITAL, Kind.OBLAST_CITY, Kind.RAION_CITY, Kind.URBAN_SETTLEMENT)
_FIGURES = ("erreygers", "theil", "theil_between", "theil_within")


@dataclass(frozen=True)
class _Subject:
    """Numbers of one subject per settlement, and what may be measured of them.

    ``concerned`` is whom known shares count; ``bounded`` numbers lie between 0 and 1;
    ``assumed`` rest on a stated assumption.
    """

    name: str
    numbers: Reals
    concerned: Bools
    assumed: Bools
    bounded: bool = True


@dataclass(frozen=True)
class _Places:
    """Rank order (-1: not ranked), towns, villages and people per settlement."""

    order: Ints
    town: Bools
    village: Bools
    people: Reals


def inequality(given: Given, scores: pd.DataFrame) -> pd.DataFrame:
    """Measure how unequally each indicator, gap and the score lie over the people.

    Parameters
    ----------
    given
        Verdicts, values, people and areas; a gap rests on an assumption where the value
        of its indicator does.
    scores
        Release table.

    Returns
    -------
    DataFrame
        Columns of the release table ``inequality``, for country and oblasts, where
        town and village can be compared. Erreygers only for what lies between 0 and 1
        (gaps, yes/no), Theil for other indicators; none of ordered grades (generation
        of a network), which have no mean.
    """
    places = _places(given)
    subjects = [*_of_indicators(given), *_of_gaps(given, scores)]
    rows = [
        {"area_id": area, "level": level.value, "subject": subject.name} | figures
        for level in LEVELS
        for area, inside in _areas(given, level)
        for subject in subjects
        if (figures := _one(given, subject, places, inside))
    ]
    return ended("inequality", [pd.DataFrame(rows)] if rows else [])


def _areas(given: Given, level: Level) -> Iterator[tuple[str, Ints]]:
    """Yield the areas of a level that have settlements, with their positions."""
    name = f"{level.value}_id"
    frame = given.groups.frame
    listed = set(frame.loc[frame["level"] == level.value, "area_id"])
    if name in given.places:
        ids = given.places[name].reset_index(drop=True)
        for area, rows in sorted(ids.groupby(ids).indices.items()):
            if str(area) in listed:
                yield str(area), np.asarray(rows, np.int64)


def _places(given: Given) -> _Places:
    rows, people = given.places, given.people
    kind, urban = rows["kind"].to_numpy(object), rows["urban"].to_numpy(object)
    village = urban == Tristate.NO.value
    step = np.where(village, len(_TOWNS), -1)
    for number, one in enumerate(_TOWNS):
        step = np.where(~village & (kind == one.value), number, step)
    ranked = (step >= 0) & (people > 0)
    # one number per class and size: smaller places of a class come later
    _, size = np.unique(-people, return_inverse=True)
    order = step.astype(np.int64) * (len(people) + 1) + size
    return _Places(
        order=np.where(ranked, order, -1),
        town=urban == Tristate.YES.value,
        village=village,
        people=people,
    )


def _of_indicators(given: Given) -> Iterator[_Subject]:
    for code, level in given.levels.items():
        if level.ordinal:
            continue
        yield _Subject(
            f"indicator:{code}",
            level.value.central,
            np.ones(len(given.people), bool),
            level.value.assumed,
            bounded=level.unit == YES_NO,
        )


def _of_gaps(given: Given, scores: pd.DataFrame) -> Iterator[_Subject]:
    """Yield the gap of every standard that binds anybody, and the overall score."""
    matrix = given.matrix
    indicator = {one.id: one.indicator for one in given.standards}
    some_assumed = np.zeros(len(matrix.ids), bool)
    for number, standard in enumerate(matrix.standards):
        applies, known = matrix.applicable[:, number], matrix.known[:, number]
        if applies.any():
            gaps = np.where(known, matrix.gap[:, number], np.nan)
            assumed = given.known[indicator[standard] or ""].assumed
            yield _Subject(f"standard:{standard}", gaps, applies, assumed)
            some_assumed |= known & assumed
    mine = given.overall(scores)
    score, scored = mine["score"].to_numpy(np.float64), mine["coverage"].notna()
    yield _Subject(OVERALL, score, scored.to_numpy(bool), some_assumed)


def _one(
    given: Given, subject: _Subject, places: _Places, inside: Ints
) -> dict[str, Any]:
    """Return the figures of one subject in one area, nothing where there are none."""
    # what is said of the settlements of this area
    people, order = places.people[inside], places.order[inside]
    town, village = places.town[inside], places.village[inside]
    numbers, assumed = subject.numbers[inside], subject.assumed[inside]
    concerned = subject.concerned[inside]
    # a figure counts who has a place in the ranking and a finite number
    used = (order >= 0) & np.isfinite(numbers) & concerned

    def share(known: Bools, of: Bools | None = None) -> float:
        """Return the share of the people concerned, in town or village, that count."""
        mine = people * (concerned if of is None else concerned & of)
        return float(ratio(mine[known].sum(), mine.sum()))

    # town and village must both have people whose number is known, enough of them, and
    # enough even without those that are assumed
    sides = town, village
    known = np.array([share(used, side) for side in sides])
    stated = np.array([share(used & ~assumed, side) for side in sides])
    if not (given.enough(known) & (known > 0) & given.enough(stated)).all():
        return {}
    return {
        "settlements": int(used.sum()),
        "population": float(people[used].sum()),
        "known_share": share(used),
        "known_share_town": known[0],
        "known_share_village": known[1],
        "assumed_share": float(ratio(people[used & assumed].sum(), people[used].sum())),
    } | _figures(
        subject,
        numbers[used],
        order[used],
        village[used].astype(np.int64),
        people[used],
    )


def _figures(
    subject: _Subject, numbers: Reals, order: Ints, group: Ints, people: Reals
) -> dict[str, float]:
    ranks = measure.fractional_rank(order, people)
    ranked = (numbers, ranks, people)
    out = dict.fromkeys(_FIGURES, np.nan) | {
        "mean": float((people * numbers).sum() / people.sum()),
        "concentration": measure.concentration(*ranked),
    }
    if subject.bounded:
        out["erreygers"] = measure.erreygers(*ranked)
    else:
        split = measure.theil(numbers, group, people)
        out |= dict(zip(("theil", "theil_between", "theil_within"), split, strict=True))
    return out
