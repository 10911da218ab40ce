"""Where people want to go: facilities of a kind, or the centre of their own area."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.indicators.ways import located
from geo.layers.geodesy import Floats
from geo.layers.opening_hours import (
    WEEK,
    not_understood,
    reception_days,
    week_of_hours,
)
from geo.sources.transit import Destination
from geo.travel.timetable.returns import Visit, Ways
from geo.types import Status, Tristate

#: how the hours of a place are known
STATED, ASSUMED, UNREAD = "stated", "assumed", "unread"
#: opening hours and days of reception, as they are written
_Said = tuple[str | None, str | None]


@dataclass(frozen=True)
class Targets:
    """The places of one destination.

    Attributes
    ----------
    destination
        What is declared.
    table
        ``id``, ``lon``, ``lat``, ``status``, ``source``, ``date``; one row per place.
    hours
        Opening and closing in seconds, Monday first, shape (t, 7, 2), NaN: closed.
    told
        How the hours of a place are known, shape (t,): ``stated``; ``assumed`` where
        nothing is said of them, ``unread`` where it was not understood.
    walks
        Ways on foot, the whole way, between all settlements and the places.
    own
        The place of each settlement, shape (settlements,), -1 for none; None where any
        may be chosen.
    """

    destination: Destination
    table: pd.DataFrame
    hours: Floats
    told: NDArray[np.object_]
    walks: Ways
    own: NDArray[np.int32] | None

    def visit(self, stops: Ways, homes: NDArray[np.int64], weekday: int) -> Visit:
        """Return a visit from some settlements on a day of the week, 0 is Monday."""
        opens, closes = self.hours[:, weekday].T
        return Visit(
            facilities=stops,
            opens=opens,
            closes=closes,
            stay=self.destination.stay_minutes * 60,
            walks=self.walks.taken(homes),
            own=None if self.own is None else self.own[homes],
        )


def targets_of(measuring: Measuring, destination: Destination) -> Targets:
    """Return the places of a destination; none where none is known."""
    if destination.kind is not None:
        listed: pd.DataFrame = located(measuring, destination.kind)
        own = None
        said = listed[["hours", "staff_days"]].astype("object")
        texts = list(map(tuple, said.where(said.notna(), None).to_numpy()))
    else:
        listed, own = centres_of(measuring, str(destination.centre))
        texts = [(None, None)] * len(listed)
    settlements = measuring.layers.settlements
    km = measuring.transit.walk_km
    pairs = measuring.engine.walks(settlements, listed, km=km, walk=measuring.walk)
    walks = Ways.of_pairs(
        len(settlements),
        pairs["origin"].to_numpy(),
        pairs["target"].to_numpy(),
        pairs["seconds"].to_numpy(float),
    )
    named = ["id", "lon", "lat", "status", "source", "date"]
    table = listed[named].reset_index(drop=True)
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    hours, told = _hours(texts, destination)
    return Targets(destination, table, hours, told, walks, own)


def centres_of(
    measuring: Measuring, level: str
) -> tuple[pd.DataFrame, NDArray[np.int32]]:
    """Return the centres of raions or oblasts, and which is each settlement's own."""
    settlements, areas = measuring.layers.settlements, measuring.layers.areas
    area = settlements[f"{level}_id"]
    seats = areas[areas["level"].eq(level)].set_index("id")["centre"].dropna()
    named = settlements[settlements["id"].isin(seats)]
    centre = area.map(seats)
    # a city beside its raion is a unit of its own, and its own centre
    itself = settlements[f"{level}_centre"].eq(Tristate.YES.value)
    centre = centre.where(centre.notna() | ~itself, settlements["id"])
    own = pd.Index(named["id"]).get_indexer(centre)
    # where a centre is stands in the declarations, which hold on the day
    declared = named.assign(status=Status.DECLARED.value, date=measuring.on)
    return declared, own.astype(np.int32)


def _hours(
    texts: list[_Said], destination: Destination
) -> tuple[Floats, NDArray[np.object_]]:
    """Return the hours of each place, its own or the declared ones, and which they are.

    Those that are declared hold on the days of reception, where these can be read.
    """
    read = {said: _week(said, destination) for said in set(texts)}
    hours = [read[said][0] for said in texts]
    told = np.array([read[said][1] for said in texts], object)
    return np.array(hours, float).reshape(len(texts), WEEK, 2), told


def _week(said: _Said, destination: Destination) -> tuple[Floats, str]:
    week = week_of_hours(*said)
    if week is not None:
        return week, STATED
    mask = reception_days(said[1])
    assumed = np.full((WEEK, 2), np.nan)
    for day in destination.days:
        if mask is None or mask >> (day - 1) & 1:
            assumed[day - 1] = destination.opens, destination.closes
    return assumed, UNREAD if not_understood(*said) else ASSUMED
