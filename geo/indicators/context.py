"""What an indicator may look at."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.indicators.evidence import cell_evidence
from geo.indicators.regular_weeks import FeedWeeks
from geo.indicators.services import (
    calls_in_reach,
    in_least_weeks,
    lost_runs,
    scheduled,
    settlement_rides,
    trips_in_one_week,
    weeks_of_feeds,
)
from geo.layers.completeness import whole_timetable
from geo.layers.geodesy import Floats
from geo.layers.model import Layers
from geo.sources.country import Country
from geo.sources.transit import Season, Transit, load_transit
from geo.travel.engine import TravelEngine, Walk


@dataclass(frozen=True)
class Measuring:
    """Layers, declarations, the day of the release, and the travel engine.

    What several indicators look at is worked out once, when the first one asks.
    """

    layers: Layers
    country: Country
    on: date
    engine: TravelEngine
    #: ways to facilities by kind, see :func:`geo.indicators.ways.way_to`
    ways: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False)
    #: how many km around each settlement a list is whole, by kind of facility
    known: dict[str, Floats] = field(default_factory=dict, compare=False)
    #: tables worked out once, by name
    made: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False)

    @cached_property
    def cells_in_reach(self) -> pd.DataFrame:
        """Newest cell per settlement, network and generation."""
        return cell_evidence(self.layers, self.country.parameters.cell_radius_km)

    @cached_property
    def transit(self) -> Transit:
        """How one travels by timetable."""
        return load_transit(self.country)

    @cached_property
    def timetable_whole(self) -> NDArray[np.bool_]:
        """Where the timetables of all carriers are declared to be in, by settlement."""
        layers = self.layers
        return whole_timetable(layers.settlements, layers.areas, self.country, self.on)

    @cached_property
    def lost_runs(self) -> pd.Series:
        """Runs a week that the timetables may lack at most, by settlement.

        See :func:`geo.indicators.services.lost_runs`.
        """
        ids = self.layers.settlements["id"]
        return lost_runs(self.layers.lost_calls, self.stops_in_reach, ids)

    @cached_property
    def timetable_sound(self) -> NDArray[np.bool_]:
        """Where they are, and no row was refused that may speak of the settlement."""
        return self.timetable_whole & self.lost_runs.eq(0).to_numpy(bool)

    @cached_property
    def walk(self) -> Walk:
        """How one walks where no network of ways is known."""
        return Walk(self.transit.walk_kmh, self.transit.walk_detour)

    @cached_property
    def feeds(self) -> dict[str, FeedWeeks]:
        """The weeks of each timetable, by source."""
        layers, rules = self.layers, self.transit.weeks
        return weeks_of_feeds(layers.calls, layers.exceptions, self.on, rules)

    @cached_property
    def trips(self) -> pd.DataFrame:
        """Trips of the timetables, each in one regular week of its own."""
        return trips_in_one_week(self.feeds)

    @cached_property
    def stops_in_reach(self) -> pd.DataFrame:
        """Stops that a walk within the stop radius leads to from each settlement.

        ``settlement_id``, ``source``, ``stop_id`` and ``seconds`` on foot.
        """
        settlements, stops = self.layers.settlements, self.layers.stops
        km = self.country.parameters.stop_radius_km
        pairs = self.engine.walks(settlements, stops, km=km, walk=self.walk)
        found = stops[["_source", "stop_id"]].take(pairs["target"].to_numpy())
        return pd.DataFrame(
            {
                "settlement_id": settlements["id"].to_numpy()[pairs["origin"]],
                "source": found["_source"].to_numpy(),
                "stop_id": found["stop_id"].to_numpy(),
                "seconds": pairs["seconds"].to_numpy(),
            }
        )

    @cached_property
    def rides_in_reach(self) -> pd.DataFrame:
        """All that takes people within the stop radius, per settlement and trip."""
        return settlement_rides(self._calls_in_reach, self.feeds)

    @cached_property
    def trips_in_reach(self) -> pd.DataFrame:
        """Scheduled trips, not on demand, in the least week of each settlement."""
        return in_least_weeks(scheduled(self.rides_in_reach), self.feeds)

    def trips_of_season(self, season: Season) -> pd.DataFrame:
        """Return the same of a part of the year."""
        rides = settlement_rides(self._calls_in_reach, self.feeds, season)
        return in_least_weeks(scheduled(rides), self.feeds, season)

    @cached_property
    def _calls_in_reach(self) -> pd.DataFrame:
        return calls_in_reach(self.layers, self.stops_in_reach)
