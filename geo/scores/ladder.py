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
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from geo.scores.given import Given, ended
from geo.scores.groups import ALL
from geo.scores.levels import YES_NO, Level
from geo.scores.parity import parity_ratio
from geo.scores.poverty import ratio
from geo.types import Kind
from geo.types import Level as AreaLevel

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
LEVELS = (AreaLevel.COUNTRY, AreaLevel.OBLAST)
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


def ladder(given: Given) -> pd.DataFrame:
    """Return the ladder of the country and of each oblast, indicator by indicator.

    Returns
    -------
    DataFrame
        Columns of the release table ``ladder``; a rung without settlements has no row.
        ``reason`` says why a ratio is null: ``no_people``, ``coverage``,
        ``assumed`` (too little is known but by assumption), ``ordinal`` (grades have no
        mean), ``zero`` (nothing to divide by).
    """
    frame, people = given.groups.frame, given.people
    whole = (frame["subgroup"] == ALL) & frame["level"].isin(LEVELS)
    areas = given.groups.only(whole.to_numpy(bool))
    masks = rung_masks(given.places)
    names, steps = list(masks), len(masks)
    between = ~np.any(list(masks.values())[:_STEPS], axis=0)
    sums = areas.member @ np.stack([people, people * between], axis=1)
    # the members of an area and a rung: one row each, rung after rung
    member = vstack([areas.member.multiply(mask) for mask in masks.values()], "csr")
    size = len(areas.frame)
    rungs = pd.concat([areas.frame] * steps, ignore_index=True).assign(
        rung=np.repeat(np.array(names, object), size),
        step=np.repeat(np.arange(1, steps + 1), size),
        between_population=np.tile(sums[:, 1], steps),
        between_share=np.tile(ratio(sums[:, 1], sums[:, 0]), steps),
    )
    return ended(
        "ladder",
        [
            _one(given, member, rungs, level).assign(indicator=code)
            for code, level in given.levels.items()
        ],
    )


def rung_masks(settlements: pd.DataFrame) -> dict[str, Bools]:
    """Return which settlements certainly stand on each rung."""
    possible = [
        frozenset() if kinds is None or isinstance(kinds, float) else frozenset(kinds)
        for kinds in settlements["kinds_possible"]
    ]
    return {
        name: np.array([bool(kinds) and kinds <= rung for kinds in possible], bool)
        for name, rung in RUNGS.items()
    }


def _one(
    given: Given, member: csr_array, rungs: pd.DataFrame, level: Level
) -> pd.DataFrame:
    """Return the ladder of one indicator for all areas, rung after rung."""
    mean = _means(given, member, level)
    top, reference = _top(mean, rungs)
    against = _against(mean, top, level.way, itself=reference == rungs["rung"])
    if level.ordinal:  # grades are in an order and no more: 4G is not twice 2G
        nothing = np.full(len(rungs), np.nan)
        mean |= dict.fromkeys(("mean", "mean_low", "mean_high"), nothing)
        against |= dict.fromkeys(("ratio", "ratio_low", "ratio_high"), nothing)
        against["order_of_magnitude"] = None
        reference = np.full_like(reference, None)
        against["reason"] = np.where(
            against["reason"] == "", "ordinal", against["reason"]
        )
    published = {name: mean[name] for name in _PUBLISHED} | against
    figures = pd.DataFrame(published | {"reference": reference})
    said = ["order_of_magnitude", "reason"]
    figures[said] = figures[said].replace("", None)
    return pd.concat([rungs, figures], axis=1)[figures["settlements"] > 0]


_PUBLISHED = (
    "settlements", "population", "known_share", "assumed_share",
    "mean", "mean_low", "mean_high",
)  # fmt: skip


def _means(given: Given, member: csr_array, level: Level) -> dict[str, Any]:
    """Return the mean of each rung of each area with its bounds."""
    central, people = level.value.central, given.people
    known = np.isfinite(central)
    within, low, high, open_ = _bounds(level, known)
    columns = (
        np.ones(len(people)),
        people,
        people * known,
        people * (known & level.value.assumed),
        people * np.where(known, central, 0.0),
        people * within,
        people * low,
        people * high,
        people * open_,
    )
    sums = (member @ np.stack(columns, axis=1)).T
    share, stated = ratio(sums[2], sums[1]), ratio(sums[2] - sums[3], sums[1])
    closed = (sums[2] > 0) & (sums[8] == 0)
    return {
        "settlements": np.rint(sums[0]).astype(np.int64),
        "population": sums[1],
        "known_share": share,
        "assumed_share": ratio(sums[3], sums[2]),
        "mean": ratio(sums[4], sums[2]),
        "mean_low": np.where(sums[2] > 0, ratio(sums[6], sums[5]), np.nan),
        "mean_high": np.where(closed, ratio(sums[7], sums[5]), np.nan),
        "covered": given.enough(share),
        "comparable": given.enough(stated) & (sums[2] > 0),
    }


def _bounds(level: Level, known: Bools) -> tuple[Bools, Reals, Reals, Bools]:
    """Return whose bounds count, the bounds, and whose upper end is open."""
    value = level.value
    if level.unit == YES_NO:
        low, high = value.extremes("higher")
        return np.ones_like(known), low, np.fmin(high, 1), np.zeros_like(known)
    low = np.where(known & ~np.isnan(value.low), value.low, 0.0)
    bounded = known & np.isfinite(value.high)
    cut_off = np.isposinf(value.central)
    high = np.where(bounded, value.high, 0.0)
    return known, low, high, (known & ~bounded) | cut_off


def _top(
    mean: Mapping[str, Any], rungs: pd.DataFrame
) -> tuple[dict[str, Reals], NDArray[np.object_]]:
    """Return figures and name of the first rung of the area that may be compared."""
    steps = int(rungs["step"].max())
    comparable = mean["comparable"].reshape(steps, -1)
    area = np.arange(comparable.shape[1])
    first = comparable.argmax(axis=0) * len(area) + area
    any_ = comparable.any(axis=0)
    top = {
        end: np.tile(np.where(any_, mean[end][first], np.nan), steps)
        for end in ("mean", "mean_low", "mean_high")
    }
    names = np.where(any_, rungs["rung"].to_numpy(object)[first], None)
    return top, np.tile(names, steps)


def _against(
    mean: Mapping[str, Any], top: Mapping[str, Reals], way: str, *, itself: Bools
) -> dict[str, Any]:
    """Return ratio, its interval and the verdict on the order of magnitude."""
    comparable = mean["comparable"]
    yardstick = np.where(top["mean"] > 0, top["mean"], np.nan)
    central = parity_ratio(mean["mean"], yardstick, way)
    if way == "higher":
        low = ratio(mean["mean_low"], top["mean_high"])
        high = ratio(mean["mean_high"], top["mean_low"])
    else:
        low = ratio(top["mean_low"], mean["mean_high"])
        high = ratio(top["mean_high"], mean["mean_low"])
    central, low, high = (
        np.where(itself, 1.0, np.where(comparable, numbers, np.nan))
        for numbers in (central, low, high)
    )
    lacking = comparable & np.isnan(central)
    nobody = ~(mean["population"] > 0)
    assumed = ~comparable & mean["covered"]
    silent = itself | ~comparable
    certain = [silent, high <= ORDER_OF_MAGNITUDE, low > ORDER_OF_MAGNITUDE]
    said = np.select(certain, ["", "yes", "no"], "unknown")
    reason = np.select(
        [nobody, assumed, ~comparable, lacking],
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
