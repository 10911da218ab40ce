"""Which models there are, and the gate they must pass: ``estimates.yaml``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic import model_validator as whole

from geo.sources.country import Country, Operator, Texts
from geo.sources.laid import load_laid
from geo.types import FacilityKind

FILE = Path("estimates.yaml")
Share = Annotated[float, Field(ge=0, le=1)]
Km = Annotated[float, Field(gt=0)]
Covariate = Literal[
    "people", "town_km", "city_km", "raion_centre_km", "people_5_km",
    "places_15_km", "larger_place_km", "east", "north",
]  # fmt: skip
BandId = Literal["probably", "probably_not"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Gate(_Strict):
    """What a model must show on held-out blocks to be published."""

    block_km: Km
    folds: Annotated[int, Field(ge=2)]
    seeds: Annotated[tuple[int, ...], Field(min_length=1)]
    skill: Share
    seeds_needed: Annotated[int, Field(ge=1)]
    domain: Share


class Found(_Strict):
    """What would be seen within ``km``: a cell of a generation, or a facility."""

    generation: int | None = None
    facility: FacilityKind | None = None
    km: Km

    @whole(mode="after")
    def _one(self) -> Self:
        if (self.generation is None) == (self.facility is None):
            raise ValueError("give either generation or facility")
        return self


class Looked(_Strict):
    """On which days somebody would have seen a cell; see the file."""

    generations: Annotated[tuple[int, ...], Field(min_length=1)]
    near_km: Km
    away_km: tuple[Km, Km]
    years: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=1)]


class Band(_Strict):
    """Probabilities that are told in one word."""

    id: BandId
    at_least: Share = 0.0
    at_most: Share = 1.0
    low_at_least: Share = 0.0
    high_at_most: Share = 1.0


@dataclass(frozen=True)
class Rule:
    """What a model tells in words, and the most that it tells."""

    bands: tuple[Band, ...]
    cap: float = 1.0


class Model(_Strict):
    """One model of a probability, for any operator or for one.

    ``operator`` is set by :meth:`each`, never declared.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_.]+$")]
    indicator: str
    beside: tuple[str, ...] = ()
    label: Texts
    meaning: Texts
    per: Literal["operator"] | None = None
    operator: Operator | None = None
    found: Found
    looked: Looked | None = None
    covariates: Annotated[tuple[Covariate, ...], Field(min_length=1)]
    knots: Annotated[int, Field(ge=0)]
    penalty: Annotated[float, Field(gt=0)]
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    cap: Share = 1.0

    @whole(mode="after")
    def _apart(self) -> Self:
        looked, found = self.looked, self.found
        if looked is None:
            return self
        if found.generation is None:
            raise ValueError("looked speaks of cells: found must name a generation")
        near, far = looked.away_km
        if found.generation in looked.generations or not found.km < near < far:
            raise ValueError(
                "whether somebody looked must not hang on what was found: generations "
                "without that of found, away_km rising and beyond its km"
            )
        return self

    @property
    def rule(self) -> Rule:
        """What is told in words, and up to which probability."""
        return Rule(self.bands, self.cap)

    def each(self, operators: tuple[Operator, ...]) -> list["Model"]:
        """Return this model, and one for each operator where it is declared so."""
        mine = [
            self.model_copy(
                update={
                    "id": f"{self.id}.{one.id}",
                    "indicator": f"{self.indicator}.{one.id}",
                    "operator": one,
                    "label": {k: f"{v} ({one.name})" for k, v in self.label.items()},
                }
            )
            for one in operators
        ]
        return [self, *(mine if self.per else ())]


class Minutes(_Strict):
    """Minutes to the nearest of a kind; ``call`` adds the handling of a call."""

    id: Annotated[str, Field(pattern="^[a-z0-9_.]+$")]
    indicator: str
    kind: FacilityKind
    beside: tuple[str, ...] = ()
    label: Texts
    meaning: Texts
    call: bool = False


class Whole(_Strict):
    """How many facilities of a kind a country has, by whom."""

    kind: FacilityKind
    number: Annotated[int, Field(ge=1)]
    source: str


class Anchor(_Strict):
    """A share of a country's people that an office states."""

    indicator: str
    share: Share
    date: date
    stated_by: Texts
    seen_at: str = ""
    confidence: Literal["verified", "reported"]


class Estimates(_Strict):
    """All that is declared of estimates for a country."""

    gate: Gate
    interval: Annotated[float, Field(gt=0, lt=1)]
    draws: Annotated[int, Field(ge=1)]
    models: tuple[Model, ...]
    minutes: tuple[Minutes, ...] = ()
    lists: tuple[Whole, ...] = ()
    anchors: tuple[Anchor, ...] = ()

    @whole(mode="after")
    def _each_once(self) -> Self:
        every: list[Model | Minutes] = [*self.models, *self.minutes]
        for names in ([m.id for m in every], [m.indicator for m in every]):
            if len(set(names)) < len(names):
                raise ValueError("models: an id or an indicator stands twice")
        return self

    def described(self) -> dict[str, Any]:
        """Return gate and parameters as they are written, for the manifest."""
        return self.model_dump(mode="json", include={"gate", "interval", "draws"})


def load_estimates(country: Country) -> Estimates:
    """Return the models of a country.

    Raises
    ------
    DeclarationError
        If a file does not say what it must; names file and key.
    """
    return load_laid(
        country,
        FILE,
        Estimates,
        "The comments of data/estimates.yaml explain every key.",
    )
