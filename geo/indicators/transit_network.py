"""Timetables that go together, and who uses them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.travel.timetable.day import Footpaths
from geo.travel.timetable.footpaths import closed, footpaths_of
from geo.travel.timetable.returns import Ways
from geo.travel.timetable.week import Week, week_of_calls

#: key of all timetables that are in force on the day
_IN_FORCE = ""
#: key of the settlements that no timetable serves
_NONE = "-"
_KEYS = ["_source", "stop_id"]
_CALLS = [*_KEYS, "trip_id", "sequence", "arrival_s", "departure_s"]


@dataclass(frozen=True)
class TransitNetwork:
    """A week of timetables and the settlements that they serve.

    Those in force on the day are one network; one that is over stands alone, for its
    buses never met those of another year.

    Attributes
    ----------
    settlements
        Positions of the settlements, shape (h,).
    stops
        ``_source``, ``stop_id``, ``lon``, ``lat``.
    week
        The days.
    access
        Ways on foot between the h settlements and the stops.
    sources
        The timetables that serve each settlement, joined by commas; None without any.
    date
        Day of the oldest timetable of the network, NaT without any.
    steady
        All regular weeks of its timetables are alike.
    """

    settlements: NDArray[np.int64]
    stops: pd.DataFrame
    week: Week
    access: Ways
    sources: NDArray[np.object_]
    date: pd.Timestamp
    steady: bool


def transit_networks(measuring: Measuring) -> Iterator[TransitNetwork]:
    """Yield the networks of a country; every settlement is in one of them."""
    trips = measuring.trips
    key = trips["source"].where(~trips["in_force"], _IN_FORCE)
    rides = measuring.rides_in_reach
    used = rides.drop_duplicates("settlement_id")
    named = rides.groupby("settlement_id")["source"].agg(
        lambda own: ", ".join(sorted(set(own)))
    )
    own = used["source"].where(~used["in_force"], _IN_FORCE)
    ids = pd.Index(measuring.layers.settlements["id"])
    place = ids.get_indexer(used["settlement_id"])
    network_of = np.full(len(ids), _NONE, object)
    network_of[place] = own.to_numpy(object)
    sources = np.full(len(ids), None, object)
    sources[ids.get_indexer(named.index)] = named.to_numpy(object)
    for name in sorted(set(network_of)):
        homes = np.flatnonzero(network_of == name)
        yield _network(measuring, trips[key == name], homes, sources[homes])


def _network(
    measuring: Measuring,
    trips: pd.DataFrame,
    homes: NDArray[np.int64],
    sources: NDArray[np.object_],
) -> TransitNetwork:
    layers, used = measuring.layers, set(trips["source"])
    own = layers.stops["_source"].isin(used)
    stops = layers.stops[own].reset_index(drop=True)
    change_s = int(np.ceil(measuring.transit.change_minutes * 60))
    week = week_of_calls(
        stops,
        _in_that_week(layers.calls, trips),
        change_s=change_s,
        footpaths=_footpaths(measuring, stops, change_s),
    )
    return TransitNetwork(
        settlements=homes,
        stops=stops,
        week=week,
        access=_access(measuring, stops, homes),
        sources=sources,
        date=trips["date"].min(),
        steady=all(measuring.feeds[str(source)].steady for source in used),
    )


def _in_that_week(calls: pd.DataFrame, trips: pd.DataFrame) -> pd.DataFrame:
    """Return the calls of these trips, with the days of the week chosen for each."""
    sources = set(trips["source"])
    own = calls.loc[calls["_source"].isin(sources), _CALLS]
    known = pd.MultiIndex.from_frame(trips[["source", "trip_id"]])
    place = known.get_indexer(pd.MultiIndex.from_frame(own[["_source", "trip_id"]]))
    runs = place >= 0
    masks = trips["weekdays"].to_numpy(np.int64)[place[runs]]
    return own[runs].assign(weekdays=masks)


def _footpaths(measuring: Measuring, stops: pd.DataFrame, change_s: int) -> Footpaths:
    """Return short walks between stops; within a station one only changes."""
    transit = measuring.transit
    longest = int(transit.transfer_walk_minutes * 60)
    km = longest / 3600 * transit.walk_kmh
    pairs = measuring.engine.walks(stops, stops, km=km, walk=measuring.walk)
    pairs = pairs[pairs["seconds"] <= longest]
    station = stops["station"].fillna(stops["stop_id"])
    platforms = pd.DataFrame(
        {"_source": stops["_source"], "station": station, "at": np.arange(len(stops))}
    )
    same = platforms.merge(platforms, on=["_source", "station"])
    same = same[same["at_x"] != same["at_y"]]
    start, end, seconds = (
        np.concatenate([pairs[one].to_numpy(), other])
        for one, other in (
            ("origin", same["at_x"].to_numpy()),
            ("target", same["at_y"].to_numpy()),
            ("seconds", np.full(len(same), float(change_s))),
        )
    )
    made = footpaths_of(
        len(stops),
        start.astype(np.int32),
        end.astype(np.int32),
        np.ceil(seconds).astype(np.int32),
    )
    return closed(made, max(longest, change_s))


def _access(
    measuring: Measuring, stops: pd.DataFrame, homes: NDArray[np.int64]
) -> Ways:
    """Return ways on foot from settlements to the stops of a network."""
    near = measuring.stops_in_reach
    ids = measuring.layers.settlements["id"].to_numpy()[homes]
    home = pd.Index(ids).get_indexer(near["settlement_id"])
    known = pd.MultiIndex.from_frame(stops[_KEYS])
    stop = known.get_indexer(pd.MultiIndex.from_frame(near[["source", "stop_id"]]))
    rows = (home >= 0) & (stop >= 0)
    seconds = near["seconds"].to_numpy(float)[rows]
    return Ways.of_pairs(len(homes), home[rows], stop[rows], seconds)
