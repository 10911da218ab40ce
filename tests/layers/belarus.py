"""Belarus as the real sources give it, read and harmonised once per test run."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from geo.layers.harmonise import harmonise
from geo.layers.inputs import Inputs, stack
from geo.layers.model import Layers
from geo.settings import Settings
from geo.sources.country import Country, load_country
from geo.sources.feeding import gather
from geo.sources.registry import load_registry

ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Belarus:
    """What was read and what became of it; tests only read it."""

    country: Country
    inputs: Inputs
    layers: Layers

    @property
    def raions(self) -> pd.DataFrame:
        """Raion-level areas by id."""
        areas = self.layers.areas
        return areas[areas["level"] == "raion"].set_index("id")


@lru_cache(maxsize=1)
def belarus(mirror: Path, cache: Path) -> Belarus:
    settings = Settings(cache=cache / "cache", supplied=cache / "supplied")
    country = load_country("by")
    gathered = gather(
        country, load_registry(), settings, str(mirror), ON, lambda _: None
    )
    inputs = stack(gathered.feedings)
    return Belarus(country, inputs, harmonise(inputs, gathered.country, ON))
