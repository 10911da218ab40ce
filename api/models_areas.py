"""Shapes of the answers about areas and evidence."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from api.models import About, Paged, Rank, Ref, Shape, Texts
from api.models_units import UnitJudgement, UnitValue
from geo.types import Level, Status


class AreaScore(BaseModel):
    """People and settlements of a subgroup by verdict, and their score.

    One area alone also carries FGT 0/1/2 and H, A, M0 with bounds.
    """

    model_config = ConfigDict(extra="allow")

    subgroup: str
    subject: str = Field(examples=["overall", "domain:health", "standard:by.x"])
    settlements: int | None
    population: float | None
    coverage: float | None
    score: float | None
    score_low: float | None
    score_high: float | None


class Evidence(Shape):
    """How one indicator is known in an area, for one status."""

    indicator: str
    status: Status
    settlements: int | None
    population: float | None
    settlements_stale: int | None
    population_stale: float | None
    date_min: date | None
    date_max: date | None
    sources: str | None


class Area(Shape):
    """One area of a list."""

    id: str
    level: Level
    name: str | None
    names: Texts
    parent: str | None
    parent_name: str | None
    analytic: bool | None = Field(description="A grid cell, no administrative unit.")
    population_official: int | None
    population_official_urban: int | None
    population_official_rural: int | None
    population_official_year: int | None
    source: str | None
    scores: list[AreaScore]
    evidence: list[Evidence]


class AreaPage(Paged):
    """A page of areas."""

    items: list[Area]


class Parity(Shape):
    """An indicator's mean in a group, against the towns."""

    indicator: str
    group: str
    settlements: int | None
    population: float | None
    known_share: float | None
    mean: float | None
    ratio: float | None
    difference: float | None


class Reconciliation(Shape):
    """The settlements of an area against the official count."""

    settlements: int | None
    settlements_with_census: int | None
    settlements_unknown: int | None
    census_rows: int | None
    census_rows_unmatched: int | None
    census_population: float | None
    census_population_unmatched: float | None
    model_population: float | None
    official_population: float | None
    official_year: int | None
    difference: float | None
    note: str | None


class FullArea(Area):
    """One area with everything that is known of it."""

    parity: list[Parity]
    reconciliation: Reconciliation | None
    unit_values: list[UnitValue] = Field(description="Of the area as a whole.")
    unit_judgements: list[UnitJudgement] = Field(
        description="Norms of this level; those of settlements are in `scores`."
    )
    rank: Rank | None = Field(description="Of a raion among raions; else null.")


class Child(Ref):
    """An area within an area."""

    level: Level


class AreaCard(About):
    """One area."""

    area: FullArea
    children: list[Child]


class IndicatorEvidence(Shape):
    """People (then settlements) by status, and who could supply the rest."""

    indicator: str
    domain: str | None
    label: Texts
    unit: str | None
    freshness_years: float | None
    supplier: Texts
    population: dict[Status, float | None]
    settlements: dict[Status, int | None]
    population_stale: float | None
    settlements_stale: float | None
    date_min: date | None
    date_max: date | None
    sources: list[str]


class EvidenceAnswer(About):
    """What is known in an area."""

    area: Ref
    items: list[IndicatorEvidence]
