"""Values of one indicator beside the settlements: bounds, age, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.errors import LayerError
from geo.standards.gaps import Better, oldest_fresh_day
from geo.types import Status

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Days = NDArray[np.datetime64]
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Measured:
    """One indicator for all settlements, in their order.

    Attributes
    ----------
    value, low, high
        In the unit of the indicator, NaN where not known; a place that is proven to be
        unreachable has both bounds at infinity. What rests on an assumption, or on a
        convention of ours, has a value and bounds nothing.
    day
        Of the value, NaT where it has none.
    stale
        The value is older than its window; it is kept for ``verdict_if_fresh``.
    unreachable, not_applicable
        By status; where less is better, unreachable is proven only by an infinite low
        bound. A network that may lack a road leaves the value unknown.
    status
        How each value is known; ``unknown`` where there is none.
    """

    value: Reals
    low: Reals
    high: Reals
    day: Days
    stale: Bools
    unreachable: Bools
    not_applicable: Bools
    status: NDArray[np.object_]

    @property
    def informed(self) -> Bools:
        """Return where anything at all is known that may carry a verdict."""
        known = ~np.isnan(np.stack([self.value, self.low, self.high]))
        return known.any(axis=0) & ~self.not_applicable & ~self.assumed

    @property
    def assumed(self) -> Bools:
        """Return where the value rests on a stated assumption."""
        return np.asarray(self.status == Status.ASSUMED.value, bool)

    @property
    def bounded(self) -> Bools:
        """Return where a bound is known: without any, nothing says how far it is off.

        An assumed value has none, nor has one that is modelled from a list which may
        lack a nearer place when nobody knows how much worse it may be.
        """
        return ~(np.isnan(self.low) & np.isnan(self.high))

    @property
    def central(self) -> Reals:
        """Return the values that are fresh, infinity where unreachable."""
        value = np.where(self.unreachable, self.low, self.value)
        return np.where(self.stale, np.nan, value)

    def without(self, where: Bools) -> Self:
        """Return the values as if nothing were known at these places."""
        return replace(
            self,
            **{
                name: np.where(where, np.nan, getattr(self, name))
                for name in ("value", "low", "high")
            },
            stale=self.stale & ~where,
            unreachable=self.unreachable & ~where,
        )

    def oriented(self, sign: float, *, fresh_only: bool) -> tuple[Reals, Reals]:
        """Return the worst and the best the value may be, larger meaning better.

        Parameters
        ----------
        sign
            -1 where lower is better.
        fresh_only
            Treat a stale value as if nothing were known.
        """
        worst, best = (self.low, self.high) if sign > 0 else (-self.high, -self.low)
        blank = self.stale if fresh_only else np.zeros(len(worst), bool)
        return (
            np.where(np.isnan(worst) | blank, -np.inf, worst),
            np.where(np.isnan(best) | blank, np.inf, best),
        )

    def extremes(self, better: Better) -> tuple[Reals, Reals]:
        """Return the worst and best fresh value; what is not known is 0 or infinity."""
        low = np.where(np.isnan(self.low) | self.stale, 0.0, self.low)
        high = np.where(np.isnan(self.high) | self.stale, np.inf, self.high)
        return (low, high) if better == "higher" else (high, low)


def measured(
    values: pd.DataFrame,
    ids: pd.Index,
    better: Mapping[str, Better],
    on: date,
    freshness: Mapping[str, float | None],
) -> dict[str, Measured]:
    """Lay the long table of values beside the settlements, indicator by indicator.

    Parameters
    ----------
    values
        settlement_id, indicator, value, low, high, status, date.
    ids
        Settlements in the order of the result.
    better
        The indicators wanted -> which direction is better.
    on, freshness
        Day of the release and window in years per indicator (None: no window).

    Raises
    ------
    LayerError
        If a value has no settlement or a twin, or its bounds are reversed.
    """
    rows = ids.get_indexer(pd.Index(values["settlement_id"], dtype=ids.dtype))
    _check(values, rows)
    out = {}
    for code in sorted(better):
        chosen = (values["indicator"] == code).to_numpy(bool)
        years = freshness.get(code)
        oldest = None if years is None else oldest_fresh_day(on, years)
        out[code] = _lay(values[chosen], rows[chosen], len(ids), oldest, better[code])
    return out


def _check(values: pd.DataFrame, rows: NDArray[np.intp]) -> None:
    twins = values.duplicated(["settlement_id", "indicator"])
    reversed_ = values["low"] > values["high"] + _TOLERANCE
    for bad, what in (
        (rows < 0, "belongs to no settlement"),
        (twins.to_numpy(bool), "stands there twice"),
        (reversed_.fillna(value=False).to_numpy(bool), "has a low above its high"),
    ):
        if bad.any():
            row = values[bad].iloc[0]
            raise LayerError(
                f"the value of {row['indicator']} for {row['settlement_id']!r} {what}",
                where="values",
                remedy="One value per settlement and indicator, low <= high; "
                "report this as a bug of the indicator.",
            )


def _lay(
    values: pd.DataFrame,
    rows: Sequence[int] | NDArray[np.intp],
    size: int,
    oldest: date | None,
    better: Better,
) -> Measured:
    def column(name: str) -> Reals:
        laid = np.full(size, np.nan)
        laid[rows] = _numbers(values[name])
        return laid

    def where(mask: Bools) -> Bools:
        laid = np.zeros(size, bool)
        laid[rows] = mask
        return laid

    status = values["status"].to_numpy(object)
    laid_status = np.full(size, Status.UNKNOWN.value, object)
    laid_status[rows] = status
    proven = (better == "higher") | np.isposinf(_numbers(values["low"]))
    unreachable = where((status == Status.UNREACHABLE.value) & proven)
    days = pd.to_datetime(values["date"])
    old = (
        np.zeros(len(values), bool)
        if oldest is None
        else (days < pd.Timestamp(oldest)).to_numpy(bool)
    )
    nothing = where(status == Status.UNKNOWN.value)
    boundless = nothing | (laid_status == Status.ASSUMED.value)
    day = np.full(size, np.datetime64("NaT", "D"))
    day[rows] = days.to_numpy().astype("datetime64[D]")
    worst = 0.0 if better == "higher" else np.inf
    low, high = (
        np.where(unreachable, worst, np.where(boundless, np.nan, column(name)))
        for name in ("low", "high")
    )
    return Measured(
        value=np.where(nothing | unreachable, np.nan, column("value")),
        low=low,
        high=high,
        day=day,
        stale=where(old) & ~nothing,
        unreachable=unreachable,
        not_applicable=where(status == Status.NOT_APPLICABLE.value),
        status=laid_status,
    )


def _numbers(column: pd.Series) -> Reals:
    return pd.to_numeric(column).to_numpy(np.float64, na_value=np.nan)
