"""Inequality between town and village: concentration, Erreygers, Wagstaff, Theil.

People are ranked by rurality: capital, oblast cities, raion towns, urban settlements,
villages, and within each the larger place first; equal places share their mean rank.
Agrogorodki and other villages are one class here, because the flag is missing on most
of them. So an index above 0 says: more of it in the more rural places. For a gap, or
minutes, that is to the villages' disadvantage; for trips or speeds to their advantage.

Every figure rests on known, fresh, finite values of places that are certainly a town of
a certain kind or a village; it is null where they hold too few of the people of the
towns, or of the villages, of the area, or do so only with values that are assumed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.scores import concentration as measure
from geo.scores.grouped import Grouped, enough
from geo.scores.groups import VILLAGE
from geo.scores.levels import ORDINAL_UNITS, YES_NO, Levels
from geo.scores.matrix import OVERALL, JudgementMatrix
from geo.scores.poverty import ratio
from geo.standards.model import Standard
from geo.types import Kind, Level, Tristate

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
COLUMNS = tuple(TABLES["inequality"].schema.names)
LEVELS = (Level.COUNTRY, Level.OBLAST, Level.RAION)
_TOWNS = (Kind.CAPITAL, Kind.OBLAST_CITY, Kind.RAION_CITY, Kind.URBAN_SETTLEMENT)
_FIGURES = (
    "mean", "concentration", "erreygers", "wagstaff",
    "theil", "theil_between", "theil_within",
)  # fmt: skip


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
    ratio_scale: bool = True


@dataclass(frozen=True)
class _Places:
    """Rank order (-1: not ranked), towns, villages and people per settlement."""

    order: Ints
    town: Bools
    village: Bools
    people: Reals


def inequality(
    given: Grouped,
    levels: Levels,
    scores: pd.DataFrame,
    parity: pd.DataFrame,
    standards: Sequence[Standard],
    floor: float,
) -> pd.DataFrame:
    """Measure how unequally each indicator, gap and the score lie over the people.

    Parameters
    ----------
    given
        Verdicts, people and areas side by side.
    levels
        What is known of the indicators.
    scores
        Release table.
    parity
        Release table: ratio and difference of the villages are taken from it.
    standards
        As judged: a gap rests on an assumption where the value of its indicator does.
    floor
        Share of the people whose number must be known, in towns and in villages.

    Returns
    -------
    DataFrame
        Columns of the release table ``inequality``, for country, oblasts and raions.
        Erreygers and Wagstaff only for what lies between 0 and 1 (gaps, yes/no); Theil
        only for indicators on a ratio scale; an indicator of ordered grades
        (generation of a network) has neither.
    """
    places = _places(given)
    nothing = np.zeros(len(given.people), bool)
    by_standard = {
        one.id: levels.assumed.get(one.indicator or "", nothing) for one in standards
    }
    subjects = [
        *_of_indicators(levels),
        *_of_gaps(given.matrix, scores, by_standard),
    ]
    rows = [
        {"area_id": area, "level": level.value, "subject": subject.name}
        | _one(subject, places, inside, floor)
        for level in LEVELS
        for area, inside in _areas(given, level)
        for subject in subjects
    ]
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS))
    table = _with_parity(pd.DataFrame(rows), parity)
    table = table.sort_values(["area_id", "subject"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _with_parity(table: pd.DataFrame, parity: pd.DataFrame) -> pd.DataFrame:
    villages = parity[parity["group"] == VILLAGE]
    villages = villages.assign(subject="indicator:" + villages["indicator"])
    columns = ["area_id", "subject", "ratio", "difference"]
    joined = table.merge(villages[columns], on=["area_id", "subject"], how="left")
    return joined.astype({"area_id": "str", "level": "str", "subject": "str"})


def _areas(given: Grouped, level: Level) -> Iterator[tuple[str, Ints]]:
    """Yield the areas of a level that have settlements, with their positions."""
    name = f"{level.value}_id"
    frame = given.groups.frame
    listed = set(frame.loc[frame["level"] == level.value, "area_id"])
    if name in given.settlements:
        ids = given.settlements[name].reset_index(drop=True)
        for area, rows in sorted(ids.groupby(ids).indices.items()):
            if str(area) in listed:
                yield str(area), np.asarray(rows, np.int64)


def _places(given: Grouped) -> _Places:
    rows, people = given.settlements, given.people
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


def _of_indicators(levels: Levels) -> Iterator[_Subject]:
    for code, value in levels.known.items():
        yield _Subject(
            f"indicator:{code}",
            value.central,
            np.ones(len(value.value), bool),
            levels.assumed[code],
            bounded=levels.units[code] == YES_NO,
            ratio_scale=levels.units[code] not in ORDINAL_UNITS,
        )


def _of_gaps(
    matrix: JudgementMatrix, scores: pd.DataFrame, assumed: Mapping[str, Bools]
) -> Iterator[_Subject]:
    """Yield the gap of every standard that binds anybody, and the overall score."""
    rests = np.zeros(len(matrix.ids), bool)
    for number, standard in enumerate(matrix.standards):
        applies, known = matrix.applicable[:, number], matrix.known[:, number]
        if applies.any():
            gaps = np.where(known, matrix.gap[:, number], np.nan)
            yield _Subject(f"standard:{standard}", gaps, applies, assumed[standard])
            rests |= known & assumed[standard]
    mine = scores[scores["group"] == OVERALL].set_index("settlement_id")
    mine = mine.reindex(matrix.ids)
    score = mine["score"].to_numpy(np.float64)
    yield _Subject(OVERALL, score, mine["coverage"].notna().to_numpy(bool), rests)


def _one(
    subject: _Subject, places: _Places, inside: Ints, floor: float
) -> dict[str, Any]:
    """Return the figures of one subject in one area."""
    people = places.people[inside]
    order, numbers = places.order[inside], subject.numbers[inside]
    concerned = subject.concerned[inside]
    used = (order >= 0) & np.isfinite(numbers) & concerned

    firm = used & ~subject.assumed[inside]

    def share(of: Bools, known: Bools = used) -> float:
        mine = people * (concerned & of)
        return float(ratio(mine[known].sum(), mine.sum()))

    town, village = places.town[inside], places.village[inside]
    out: dict[str, Any] = dict.fromkeys(_FIGURES, np.nan) | {
        "settlements": int(used.sum()),
        "population": float(people[used].sum()),
        "known_share": share(np.ones(len(inside), bool)),
        "known_share_town": share(town),
        "known_share_village": share(village),
        "assumed_share": float(
            ratio(people[used & subject.assumed[inside]].sum(), people[used].sum())
        ),
    }
    sides = np.array([out["known_share_town"], out["known_share_village"]])
    reason = None
    if np.isnan(sides).any():
        reason = "one_side"
    elif not (enough(sides, floor) & (sides > 0)).all():
        reason = "coverage"
    elif not enough(np.array([share(town, firm), share(village, firm)]), floor).all():
        reason = "assumed"
    elif not subject.ratio_scale:
        reason = "ordinal"
    if reason is None:
        group = village[used].astype(np.int64)
        out |= _figures(subject, numbers[used], order[used], group, people[used])
        reason = "zero_mean" if out["mean"] <= 0 else None
    return out | {"reason": reason}


def _figures(
    subject: _Subject, numbers: Reals, order: Ints, group: Ints, people: Reals
) -> dict[str, float]:
    ranks = measure.fractional_rank(order, people)
    given = (numbers, ranks, people)
    out = {
        "mean": float((people * numbers).sum() / people.sum()),
        "concentration": measure.concentration(*given),
    }
    if subject.bounded:
        out["erreygers"] = measure.erreygers(*given)
        out["wagstaff"] = measure.wagstaff(*given)
    else:
        split = measure.theil(numbers, group, people)
        out |= dict(zip(("theil", "theil_between", "theil_within"), split, strict=True))
    return out
