"""Door to door by timetable, and home the same day: the release table `journeys`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.indicators.destinations import ASSUMED, STATED, UNREAD, Targets, targets_of
from geo.indicators.transit_network import TransitNetwork, transit_networks
from geo.indicators.transport import joined, silent_timetable
from geo.indicators.ways import known_radius
from geo.layers.geodesy import Floats
from geo.layers.opening_hours import WEEK
from geo.layers.schema import TABLES
from geo.travel.timetable.returns import Ways, days_of_return, longest_stays
from geo.travel.timetable.search import profile_to
from geo.travel.timetable.windows import journey_minutes
from geo.types import Status

BY_TIMETABLE, ON_FOOT = "timetable", "on foot"
_PERCENTILES = (0.0, 50.0, 95.0)
_NUMBERS = ["p0", "p50", "p95", "missed"]
_MINUTE = 60
#: day of the week -> its mask, none for -1
_BIT = {-1: 0} | {day: 1 << day for day in range(WEEK)}


def journeys_table(measuring: Measuring) -> pd.DataFrame:
    """Return the release table ``journeys``: settlement x destination.

    A settlement from which nobody is known to get there has a row only where no trip
    and no place can be missing: then nothing goes. Who lives in the centre that is
    asked for has one without numbers.
    """
    targets = [targets_of(measuring, one) for one in measuring.transit.destinations]
    targets = [one for one in targets if len(one.table)]
    parts = [
        part
        for network in transit_networks(measuring)
        for part in _of_network(measuring, network, targets)
    ]
    columns = TABLES["journeys"].schema.names
    if not parts:
        return pd.DataFrame(columns=columns)
    table: pd.DataFrame = pd.concat(parts, ignore_index=True)[columns]
    return table.sort_values(["settlement_id", "destination"], ignore_index=True)


@dataclass(frozen=True)
class _Asked:
    """One destination as one network reaches it."""

    network: TransitNetwork
    targets: Targets
    stops: Ways

    @property
    def homes(self) -> NDArray[np.int64]:
        return self.network.settlements

    @property
    def walk(self) -> Floats:
        """Seconds on foot to the nearest place that counts, infinite without one."""
        own, ways = self.targets.own, self.targets.walks.taken(self.homes)
        home = np.repeat(np.arange(len(self.homes)), np.diff(ways.first))
        counts = np.ones(len(home), bool)
        if own is not None:
            counts = own[self.homes][home] == ways.stop
        out = np.full(len(self.homes), np.inf)
        np.minimum.at(out, home[counts], ways.seconds[counts].astype(float))
        return out


def _of_network(
    measuring: Measuring, network: TransitNetwork, targets: list[Targets]
) -> Iterator[pd.DataFrame]:
    """Yield the rows of each destination for the settlements of one network."""
    asked = [
        _Asked(network, one, _stops_near(measuring, network, one)) for one in targets
    ]
    returns = _returns(measuring, network, asked)
    for one, back in zip(asked, returns, strict=True):
        yield _rows(measuring, one, _mornings(measuring, one), back)


def _stops_near(
    measuring: Measuring, network: TransitNetwork, targets: Targets
) -> Ways:
    """Return ways on foot between places and the stops of the network."""
    km = measuring.transit.walk_km
    pairs = measuring.engine.walks(
        targets.table, network.stops, km=km, walk=measuring.walk
    )
    return Ways.of_pairs(
        len(targets.table),
        pairs["origin"].to_numpy(),
        pairs["target"].to_numpy(),
        pairs["seconds"].to_numpy(float),
    )


def _returns(
    measuring: Measuring, network: TransitNetwork, asked: list[_Asked]
) -> list[pd.DataFrame]:
    """Return the same-day returns of a week, one table per destination."""
    transit, homes = measuring.transit, network.settlements
    found: dict[tuple[int, int], pd.DataFrame] = {}
    for number, called in enumerate(network.week.days):
        weekdays = [day for day in range(WEEK) if network.week.of[day] == number]
        # a destination with the same hours on several days is searched once
        keys = {
            (place, day): (place, one.targets.hours[:, day].tobytes())
            for day in weekdays
            for place, one in enumerate(asked)
        }
        first = {key: where for where, key in reversed(keys.items())}
        visits = [
            asked[place].targets.visit(asked[place].stops, homes, day)
            for place, day in first.values()
        ]
        tables = longest_stays(
            called.day, network.access, visits, leave=transit.leave, home=transit.home
        )
        made = dict(zip(first, tables, strict=True))
        found |= {where: made[key] for where, key in keys.items()}
    return [
        days_of_return([found[place, day] for day in range(WEEK)])
        for place in range(len(asked))
    ]


def _mornings(measuring: Measuring, asked: _Asked) -> pd.DataFrame:
    """Return the best working day's minutes: ``p0`` …, ``weekday``, ``mornings``."""
    transit, week = measuring.transit, asked.network.week
    working = [day - 1 for day in transit.working_days]
    by_day = {number: _minutes(measuring, asked, number) for number in set(week.of)}
    tables = [by_day[week.of[day]] for day in working]
    quickest = np.stack([table["p0"].to_numpy() for table in tables])
    best, row = quickest.argmin(axis=0), np.arange(quickest.shape[1])
    out = {
        name: np.stack([table[name].to_numpy() for table in tables])[best, row]
        for name in _NUMBERS
    }
    reached = np.isfinite(quickest)
    out["weekday"] = np.where(reached.any(axis=0), np.array(working)[best], -1)
    out["mornings"] = reached.sum(axis=0)
    return pd.DataFrame(out)


def _minutes(measuring: Measuring, asked: _Asked, number: int) -> pd.DataFrame:
    """Return the minutes of one day from each settlement of the network."""
    day = asked.network.week.days[number].day
    targets, walk, window = asked.targets, asked.walk, measuring.transit.window
    if targets.own is None:
        groups = {-1: np.arange(len(asked.homes))}
    else:
        own = targets.own[asked.homes]
        groups = {int(one): np.flatnonzero(own == one) for one in np.unique(own)}
        groups.pop(-1, None)
    numbers = np.full((len(asked.homes), len(_NUMBERS)), np.inf)
    numbers[:, -1] = 1.0
    for target, rows in groups.items():
        stops, seconds = asked.stops.stop, asked.stops.seconds
        if target >= 0:
            stops, seconds = asked.stops.of(target)
        found = journey_minutes(
            profile_to(day, stops, seconds),
            asked.network.access.taken(rows),
            window,
            _PERCENTILES,
            walk[rows],
        )
        numbers[rows] = found.to_numpy()
    return pd.DataFrame(numbers, columns=_NUMBERS)


def _rows(
    measuring: Measuring, asked: _Asked, minutes: pd.DataFrame, back: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows of one destination and network, without what is not known."""
    targets, homes = asked.targets, asked.homes
    went = back["facility"].to_numpy() >= 0
    reached = went | (minutes["mornings"].to_numpy() > 0)
    served = np.diff(asked.network.access.first) > 0
    exact = _exact(measuring, asked, served)
    ids = measuring.layers.settlements["id"].to_numpy()[homes]
    numbers = pd.concat([_morning_columns(minutes), _return_columns(back)], axis=1)
    # another bus, or another place, may make a day of none
    none = numbers["return_days"].eq(0) & ~exact
    numbers["return_days"] = numbers["return_days"].mask(none)
    places = _place_columns(targets, back["facility"].to_numpy(), reached)
    known, at_home = reached | exact, np.zeros(len(homes), bool)
    if targets.own is not None:
        own = targets.own[homes]
        centre = targets.table["id"].to_numpy(object)[own]
        known &= own >= 0
        at_home = known & (centre == ids)
        numbers = numbers.mask(pd.Series(at_home))
        places["hours"] = places["hours"].mask(pd.Series(at_home))
        places["status"] = np.where(at_home, Status.AT_HOME.value, places["status"])
    table = pd.concat([numbers, places], axis=1).assign(
        settlement_id=ids,
        destination=targets.destination.id,
        method=np.where(served & ~at_home, BY_TIMETABLE, ON_FOOT),
        exact=exact | at_home,
    )
    foot = at_home | (reached & ~served)
    return table.assign(**_origins(measuring, asked, table, served, foot))[known]


def _origins(
    measuring: Measuring,
    asked: _Asked,
    table: pd.DataFrame,
    served: NDArray[np.bool_],
    foot: NDArray[np.bool_],
) -> dict[str, pd.Series]:
    """Return all sources of each row, and the date of the oldest.

    Who rides rests on the timetables and the place, who goes on foot on the place
    alone. A centre is where the declarations say on the day.
    """
    day, silent = silent_timetable(measuring)
    rides = pd.Series(asked.network.sources, dtype="object").where(served, silent)
    days = pd.Series(asked.network.date, rides.index).astype("datetime64[s]")
    days = days.where(served, day)
    place, date = table["source"], table["date"]
    if asked.targets.destination.kind is None:
        named, oldest = rides, days
    else:
        named = pd.Series(map(joined, place, rides), dtype="object")
        oldest = date.where(date < days, days)
    return {"source": place.where(foot, named), "date": date.where(foot, oldest)}


def _morning_columns(minutes: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "minutes": _known(minutes["p0"]),
            "minutes_p50": _known(minutes["p50"]),
            "minutes_p95": _known(minutes["p95"]),
            "missed": minutes["missed"].round(3),
            "morning": _weekdays(minutes["weekday"].map(_BIT)),
            "mornings": minutes["mornings"],
        }
    )


def _return_columns(back: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "return_days": back["days"],
            "weekdays": _weekdays(back["weekdays"]),
            "best_day": _weekdays(back["weekday"].map(_BIT)),
            "stay_minutes": np.floor(back["stay"] / _MINUTE),
            "arrival": _clock(np.ceil(back["arrival"] / _MINUTE)),
            "latest_return": _clock(np.floor(back["back"] / _MINUTE)),
        }
    )


def _place_columns(
    targets: Targets, facility: NDArray[np.int64], reached: NDArray[np.bool_]
) -> pd.DataFrame:
    """Return the place of the longest stay, and what its facts make of the journey."""
    went = facility >= 0
    places = targets.table.iloc[np.maximum(facility, 0)].reset_index(drop=True)
    # of a place on the way nobody knows which: a list with assumed ones is assumed,
    # and where nobody could stay it may be the hours of any place
    guessed = targets.table["status"].eq(Status.ASSUMED.value)
    assumed = np.where(went, places["status"].eq(Status.ASSUMED.value), guessed.any())
    every = next((how for how in (UNREAD, ASSUMED) if how in targets.told), STATED)
    hours = pd.Series(np.where(went, targets.told[facility], every), dtype="object")
    # where nobody stays, it is what all places are that does not let them
    date = places["date"].where(pd.Series(went), targets.table["date"].min())
    return pd.DataFrame(
        {
            "status": np.select(
                [~reached, assumed],
                [Status.UNREACHABLE.value, Status.ASSUMED.value],
                Status.MODELLED.value,
            ),
            "hours": hours.where(pd.Series(reached), None),
            "facility_id": places["id"].astype("object").where(pd.Series(went), None),
            "source": places["source"]
            .astype("object")
            .where(pd.Series(went), joined(*targets.table["source"])),
            "date": date,
        }
    )


def _exact(
    measuring: Measuring, asked: _Asked, served: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell where no trip and no place can be missing.

    All trips of the country are in, and they are the same in every week; or all of an
    area in which none stops, and then no place can be missing within a walk.
    """
    kind, homes = asked.targets.destination.kind, asked.homes
    radius = np.full(len(homes), np.inf)
    if kind is not None:
        radius = known_radius(measuring, kind)[homes]
    whole = measuring.timetable_sound
    nothing_stops = whole[homes] & ~served
    return np.asarray(
        (np.isinf(radius) & whole.all() & asked.network.steady)
        | (nothing_stops & (radius > measuring.transit.walk_km))
    )


def _known(minutes: pd.Series) -> pd.Series:
    return minutes.where(np.isfinite(minutes)).round(1)


def _weekdays(masks: pd.Series) -> pd.Series:
    """Return days of a mask as digits, 1 is Monday: 0b10101 is "135", 0 is None."""
    digits = [
        "".join(str(day + 1) for day in range(WEEK) if mask >> day & 1) or None
        for mask in range(1 << WEEK)
    ]
    return pd.Series(np.array(digits, object)[masks], index=masks.index)


def _clock(minutes: pd.Series) -> pd.Series:
    """Return minutes after midnight as HH:MM, None for NaN."""
    return minutes.map(
        lambda at: None if np.isnan(at) else f"{int(at) // 60:02}:{int(at) % 60:02}"
    ).astype("object")
