"""Where people want to go: facilities of a kind, or the centre of their own area."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.context import Measuring
from geo.indicators.ways import located
from geo.layers.geodesy import Floats
from geo.layers.opening_hours import WEEK, week_of_hours
from geo.sources.transit import Destination
from geo.travel.timetable.returns import Visit, Ways
from geo.types import Status, Tristate


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
    stated
        Whether the hours of a place are its own, shape (t,); else they are assumed.
    walks
        Ways on foot, the whole way, between all settlements and the places.
    own
        The place of each settlement, shape (settlements,), -1 for none; None where any
        may be chosen.
    """

    destination: Destination
    table: pd.DataFrame
    hours: Floats
    stated: NDArray[np.bool_]
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
        texts = [one if pd.notna(one) else None for one in listed["hours"]]
    else:
        listed, own = centres_of(measuring, str(destination.centre))
        texts = [None for _ in range(len(listed))]
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
    hours, stated = _hours(texts, destination)
    return Targets(destination, table, hours, stated, walks, own)


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
    texts: list[str | None], destination: Destination
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return the hours of each place: its own where they can be read, else declared."""
    assumed = np.full((WEEK, 2), np.nan)
    for day in destination.days:
        assumed[day - 1] = destination.opens, destination.closes
    read = {text: week_of_hours(text) for text in dict.fromkeys(texts) if text}
    weeks = [read.get(text or "") for text in texts]
    hours = [assumed if week is None else week for week in weeks]
    stated = np.array([week is not None for week in weeks], bool)
    return np.array(hours, float).reshape(len(texts), WEEK, 2), stated
