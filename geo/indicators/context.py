"""What an indicator may look at."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from geo.indicators.evidence import cell_evidence
from geo.indicators.services import settlement_trips
from geo.layers.model import Layers
from geo.sources.country import Country
from geo.travel.engine import TravelEngine


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

    @cached_property
    def cells_in_reach(self) -> pd.DataFrame:
        """Newest cell per settlement, network and generation."""
        return cell_evidence(self.layers, self.country.parameters.cell_radius_km)

    @cached_property
    def trips_in_reach(self) -> pd.DataFrame:
        """Trips that stop within the stop radius, one row per settlement and trip."""
        radius = self.country.parameters.stop_radius_km
        return settlement_trips(self.layers, radius, self.on)
