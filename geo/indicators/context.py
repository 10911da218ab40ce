"""What an indicator may look at."""

from dataclasses import dataclass
from datetime import date

from geo.layers.model import Layers
from geo.sources.country import Country
from geo.travel.engine import TravelEngine


@dataclass(frozen=True)
class Measuring:
    """Layers, declarations, the day of the release, and the travel engine."""

    layers: Layers
    country: Country
    on: date
    engine: TravelEngine
