"""How often a bus comes, by season: the release table `service`."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.indicators.services import flags
from geo.layers.schema import TABLES

#: the whole timetable, in the week by which the norms are judged
REFERENCE = "reference"
_DAY_MIN, _WEEK = 1440, 7
_MINUTE = 60
_ROUTES_SHOWN = 12


def service_table(measuring: Measuring) -> pd.DataFrame:
    """Return the release table ``service``: settlement x part of the year.

    Each settlement is told in its own week of fewest trips: for ``reference`` of all
    regular weeks, as the norms are judged; then of the seasons of the country's
    parameters, where a timetable tells its period. Only settlements at which a trip
    stops have rows.
    """
    parts = [_of_period(measuring, REFERENCE, measuring.trips_in_reach)]
    for season in measuring.transit.seasons:
        trips = measuring.trips_of_season(season)
        parts.append(_of_period(measuring, season.id, trips))
    columns = TABLES["service"].schema.names
    filled = [part for part in parts if len(part)]
    if not filled:
        return pd.DataFrame(columns=columns)
    table: pd.DataFrame = pd.concat(filled, ignore_index=True)[columns]
    return table.sort_values(["settlement_id", "period"], ignore_index=True)


def _of_period(measuring: Measuring, period: str, trips: pd.DataFrame) -> pd.DataFrame:
    if trips.empty:
        return pd.DataFrame()
    whole = pd.Series(
        measuring.timetable_sound, index=measuring.layers.settlements["id"]
    )
    halved = measuring.country.parameters.trip_counting == "round_trips"
    told = trips.groupby("settlement_id", sort=True)
    dates = told["date"].min()
    of_settlement = told.indices
    columns = _Trips.of(trips)
    rows = [
        {
            "settlement_id": id_,
            "period": period,
            "complete": bool(whole[id_]),
            **_served(columns.take(np.asarray(of_settlement[id_])), halved=halved),
        }
        for id_ in dates.index
    ]
    return pd.DataFrame(rows).assign(date=dates.to_numpy())


@dataclass(frozen=True)
class _Trips:
    """Trips as plain arrays: to slice them costs nothing, to slice a table does.

    ``runs`` is trips by days of the week, ``leaves`` in minutes, NaN if not known.
    """

    runs: NDArray[np.bool_]
    leaves: NDArray[np.float64]
    route: NDArray[np.object_]
    carrier: NDArray[np.object_]
    stops: NDArray[np.object_]
    monday: NDArray[np.object_]
    source: NDArray[np.object_]

    @classmethod
    def of(cls, trips: pd.DataFrame) -> "_Trips":
        names = ("route", "carrier", "stops", "monday", "source")
        return cls(
            flags(trips["weekdays"]).to_numpy(),
            trips["departure_s"].to_numpy(float) / _MINUTE,
            *(trips[name].to_numpy(object) for name in names),
        )

    def take(self, rows: NDArray[np.intp]) -> "_Trips":
        return _Trips(*(column[rows] for column in vars(self).values()))


def _served(trips: _Trips, *, halved: bool) -> dict[str, object]:
    """Return what the trips of one settlement amount to."""
    stops, week = trips.stops[0], trips.monday[0]
    source = ", ".join(sorted(set(trips.source)))
    trips = trips.take(np.flatnonzero(trips.runs.any(axis=1)))
    runs, leaves = trips.runs, trips.leaves
    count = float(runs.sum())
    known = ~np.isnan(leaves)
    day, trip = np.nonzero(runs[known].T)
    at = leaves[known][trip]
    routes = sorted(_named(trips.route), key=_natural)
    carriers = sorted(_named(trips.carrier))
    return {
        "trips": count / 2 if halved else count,
        "days": int(runs.any(axis=0).sum()),
        "weekdays": "".join(str(n + 1) for n in np.flatnonzero(runs.any(axis=0))),
        "first_departure": _clock(at.min()) if len(at) else None,
        "last_departure": _clock(at.max()) if len(at) else None,
        "gap_day_minutes": _gap_of_day(day, at),
        "gap_week_minutes": _gap_of_week(day * _DAY_MIN + at),
        "routes": _listed(routes),
        "carriers": _listed(carriers),
        "stops": stops,
        "week": week,
        "source": source,
    }


def _named(names: NDArray[np.object_]) -> set[str]:
    return {str(name) for name in set(names) if not pd.isna(name)}


def _gap_of_day(day: NDArray[np.int64], at: NDArray[np.float64]) -> float:
    """Return the longest time between two departures of one day, NaN without two."""
    order = np.lexsort((at, day))
    gaps = np.diff(at[order])[np.diff(day[order]) == 0]
    return float(gaps.max(initial=0.0)) if len(gaps) else np.nan


def _gap_of_week(moments: NDArray[np.float64]) -> float:
    """Return the longest time from one departure to the next, week after week."""
    if not len(moments):
        return np.nan
    ordered = np.sort(np.unique(moments % (_WEEK * _DAY_MIN)))
    return float(np.diff(ordered, append=ordered[0] + _WEEK * _DAY_MIN).max())


def _listed(names: list[str]) -> str | None:
    if not names:
        return None
    more = len(names) - _ROUTES_SHOWN
    shown = ", ".join(names[:_ROUTES_SHOWN])
    return f"{shown} +{more}" if more > 0 else shown


def _natural(name: str) -> tuple[int, str]:
    """Sort route 9 before route 10, and numbers before names."""
    digits = "".join(letter for letter in name if letter.isdigit())
    return (int(digits) if digits and name[0].isdigit() else 10**9, name)


def _clock(minutes: float) -> str:
    """Return minutes after midnight of the service day as HH:MM."""
    whole = int(minutes)
    return f"{whole // 60:02}:{whole % 60:02}"
