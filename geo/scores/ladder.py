"""The parity ladder: capital, oblast city, raion town, agrogorodok, village.

Per indicator each rung has the population-weighted mean of its known, fresh, finite
values, an interval of that mean from the values' own bounds, and its ratio against the
top rung that has a figure: 1 is parity, below 1 worse off. A rung has a figure only
where the value of enough of its people is known otherwise than by assumption, so both
sides of a ratio rest on the coverage that is asked for: a hospital assumed in each
raion centre says nothing of a city that is none. Intervals speak of the people whose
value is known.

Interval arithmetic on quantities that are never below 0: a missing low bound is 0, a
missing high bound (or an unreachable place, where less is better) leaves the end open,
which is null. Of a yes/no indicator the unknown are counted too, as no and as yes:
where absence is never known, the known are the served ones. ``order_of_magnitude`` is
``yes`` where even the upper end of the ratio is 1/10 or less, ``no`` where even the
lower end is above it, else ``unknown``; a mean of 0 minutes is no yardstick.

A settlement stands on a rung only where every class that it may have belongs to it.
``village_any`` holds every place that is certainly no town, agrogorodok or not: where
the flag is missing, this is the only figure for the countryside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.layers.schema import TABLES
from geo.scores.grouped import Grouped, enough
from geo.scores.groups import ALL, Groups
from geo.scores.levels import ORDINAL_UNITS, YES_NO, Levels
from geo.scores.parity import parity_ratio
from geo.scores.poverty import ratio
from geo.standards.values import Measured
from geo.types import Kind, Level

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
COLUMNS = tuple(TABLES["ladder"].schema.names)
LEVELS = (Level.COUNTRY, Level.OBLAST)
RUNGS = {
    "capital": frozenset({Kind.CAPITAL}),
    "oblast_city": frozenset({Kind.OBLAST_CITY}),
    "raion_town": frozenset({Kind.RAION_CITY, Kind.URBAN_SETTLEMENT}),
    "agrogorodok": frozenset({Kind.AGROGORODOK}),
    "village": frozenset({Kind.RURAL}),
    "village_any": frozenset({Kind.AGROGORODOK, Kind.RURAL}),
}
_STEPS = len(RUNGS) - 1  # the last rung holds two others
ORDER_OF_MAGNITUDE = 0.1


@dataclass(frozen=True)
class _Level:
    """One indicator: values, which direction is better, unit, and what is assumed."""

    value: Measured
    way: str
    unit: str
    assumed: Bools


def ladder(given: Grouped, levels: Levels, floor: float) -> pd.DataFrame:
    """Return the ladder of the country and of each oblast, indicator by indicator.

    Parameters
    ----------
    given
        People and areas.
    levels
        What is known of the indicators.
    floor
        Share of a rung's people whose value must be known.

    Returns
    -------
    DataFrame
        Columns of the release table ``ladder``; a rung without settlements has no row.
        ``reason`` says why a ratio is null: ``no_people``, ``coverage``,
        ``assumed`` (too little is known but by assumption), ``ordinal`` (grades have no
        ratio), ``zero`` (nothing to divide by).
    """
    frame = given.groups.frame
    wanted = [level.value for level in LEVELS]
    whole = (frame["subgroup"] == ALL) & frame["level"].isin(wanted)
    areas = given.groups.only(whole.to_numpy(bool))
    rungs = rung_masks(given.settlements)
    between = ~np.any(list(rungs.values())[:_STEPS], axis=0)
    sums = areas.member @ np.stack([given.people, given.people * between], axis=1)
    by_indicator = {
        code: _Level(value, levels.ways[code], levels.units[code], levels.assumed[code])
        for code, value in levels.known.items()
    }
    blocks = [
        _one(areas, given.people, rungs, level, floor).assign(
            indicator=code, ordinal=level.unit in ORDINAL_UNITS
        )
        for code, level in by_indicator.items()
    ]
    if not blocks:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(blocks, ignore_index=True)
    place = pd.Index(areas.frame["area_id"]).get_indexer(pd.Index(table["area_id"]))
    table["between_population"] = sums[place, 1]
    table["between_share"] = ratio(sums[place, 1], sums[place, 0])
    table = _without_grades(table)
    table = table.sort_values(["area_id", "indicator", "rung"], kind="stable")
    for name in ("indicator", "rung", "reference", "order_of_magnitude", "reason"):
        table[name] = table[name].astype("str")
    return table[list(COLUMNS)].reset_index(drop=True)


def _without_grades(table: pd.DataFrame) -> pd.DataFrame:
    """Take back the ratios of ordered grades: 4G is not twice 2G."""
    grades = table["ordinal"].to_numpy(bool)
    for name in ("ratio", "ratio_low", "ratio_high"):
        table[name] = np.where(grades, np.nan, table[name])
    for name in ("reference", "order_of_magnitude"):
        table[name] = table[name].mask(grades)
    table["reason"] = table["reason"].mask(grades & table["reason"].isna(), "ordinal")
    return table


def rung_masks(settlements: pd.DataFrame) -> dict[str, Bools]:
    """Return which settlements certainly stand on each rung."""
    possible = [
        frozenset() if kinds is None or isinstance(kinds, float) else frozenset(kinds)
        for kinds in settlements["kinds_possible"]
    ]
    return {
        name: np.array([bool(kinds) and kinds <= held for kinds in possible], bool)
        for name, held in RUNGS.items()
    }


def _one(
    areas: Groups,
    people: Reals,
    rungs: Mapping[str, Bools],
    level: _Level,
    floor: float,
) -> pd.DataFrame:
    """Return the ladder of one indicator for all areas, rung after rung."""
    means = {
        name: _mean(areas.member, people, mask, level, floor)
        for name, mask in rungs.items()
    }
    top, reference = _top(means)
    parts = [
        _against(mean, top, level.way, itself=reference == name)
        | {key: mean[key] for key in _PUBLISHED}
        for name, mean in means.items()
    ]
    columns: dict[str, Any] = {
        key: np.concatenate([part[key] for part in parts]) for key in parts[0]
    }
    columns |= {key: _words(columns[key]) for key in _SAID}
    size, steps = len(areas.frame), len(means)
    every = areas.frame.drop(columns="subgroup").iloc[np.tile(np.arange(size), steps)]
    table = every.reset_index(drop=True).assign(
        **columns,
        rung=np.repeat(np.array(list(means), object), size),
        step=np.repeat(np.arange(1, steps + 1), size),
        reference=np.tile(reference, steps),
    )
    return table[table["settlements"] > 0]


_SAID = ("order_of_magnitude", "reason")


_PUBLISHED = (
    "settlements", "population", "known_share", "assumed_share",
    "mean", "mean_low", "mean_high",
)  # fmt: skip


def _mean(
    member: csr_array, people: Reals, mask: Bools, level: _Level, floor: float
) -> dict[str, Any]:
    """Return the mean of one rung with its bounds."""
    mass = people * mask
    known = mask & np.isfinite(level.value.central)
    within, low, high, open_ = _bounds(level, known, mask)
    columns = (
        mask.astype(np.float64),
        mass,
        mass * known,
        mass * (known & level.assumed),
        mass * np.where(known, level.value.central, 0.0),
        mass * within,
        mass * low,
        mass * high,
        mass * open_,
    )
    sums = (member @ np.stack(columns, axis=1)).T
    share, firm = ratio(sums[2], sums[1]), ratio(sums[2] - sums[3], sums[1])
    return {
        "settlements": np.rint(sums[0]).astype(np.int64),
        "population": sums[1],
        "known_share": share,
        "assumed_share": ratio(sums[3], sums[2]),
        "mean": ratio(sums[4], sums[2]),
        "mean_low": np.where(sums[2] > 0, ratio(sums[6], sums[5]), np.nan),
        "mean_high": np.where(
            (sums[2] > 0) & (sums[8] == 0), ratio(sums[7], sums[5]), np.nan
        ),
        "covered": enough(share, floor),
        "held": enough(firm, floor) & (sums[2] > 0),
    }


def _bounds(
    level: _Level, known: Bools, mask: Bools
) -> tuple[Bools, Reals, Reals, Bools]:
    """Return whose bounds count, the bounds, and whose upper end is open."""
    value = level.value
    if level.unit == YES_NO:
        low, high = value.extremes("higher")
        return (
            mask,
            np.where(mask, low, 0.0),
            np.where(mask, np.fmin(high, 1), 0.0),
            (np.zeros_like(mask)),
        )
    low = np.where(known & ~np.isnan(value.low), value.low, 0.0)
    bounded = known & np.isfinite(value.high)
    cut_off = mask & np.isposinf(value.central)
    high = np.where(bounded, value.high, 0.0)
    return known, low, high, (known & ~bounded) | cut_off


def _top(
    means: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, Reals], NDArray[np.object_]]:
    """Return per area the figures and the name of the first rung that has one."""
    size = len(next(iter(means.values()))["mean"])
    reference, open_ = np.full(size, None, object), np.ones(size, bool)
    top = {end: np.full(size, np.nan) for end in ("mean", "mean_low", "mean_high")}
    for name, mean in means.items():
        first = mean["held"] & open_
        reference[first], open_ = name, open_ & ~first
        for end, numbers in top.items():
            numbers[first] = mean[end][first]
    return top, reference


def _against(
    mean: Mapping[str, Any], top: Mapping[str, Reals], way: str, *, itself: Bools
) -> dict[str, Any]:
    """Return ratio, its interval and the verdict on the order of magnitude."""
    held = mean["held"]
    yardstick = np.where(top["mean"] > 0, top["mean"], np.nan)
    central = parity_ratio(mean["mean"], yardstick, way)
    if way == "higher":
        low = ratio(mean["mean_low"], top["mean_high"])
        high = ratio(mean["mean_high"], top["mean_low"])
    else:
        low = ratio(top["mean_low"], mean["mean_high"])
        high = ratio(top["mean_high"], mean["mean_low"])
    central, low, high = (
        np.where(itself, 1.0, np.where(held, numbers, np.nan))
        for numbers in (central, low, high)
    )
    lacking = held & np.isnan(central)
    nobody = ~(mean["population"] > 0)
    assumed = ~held & mean["covered"]
    silent = itself | ~held
    certain = [silent, high <= ORDER_OF_MAGNITUDE, low > ORDER_OF_MAGNITUDE]
    said = np.select(certain, ["", "yes", "no"], "unknown")
    reason = np.select(
        [nobody, assumed, ~held, lacking],
        ["no_people", "assumed", "coverage", "zero"],
        "",
    )
    return {
        "ratio": central,
        "ratio_low": low,
        "ratio_high": high,
        "order_of_magnitude": said,
        "reason": reason,
    }


def _words(words: NDArray[np.str_]) -> "pd.Series[str]":
    """Return words as a column of text in which nothing said is missing."""
    column = pd.Series(words, dtype="str")
    return column.mask(column == "")
