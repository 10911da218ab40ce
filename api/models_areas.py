"""Shapes of the answers about areas and evidence."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from api.models import About, Paged, Rank, Ref, Shape, Texts
from api.models_units import UnitJudgement, UnitValue
from geo.types import Level, Status, Tristate


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


class Rung(Shape):
    """One rung of the parity ladder, against the top rung that has a figure."""

    indicator: str
    rung: str = Field(
        examples=[
            "capital",
            "oblast_city",
            "raion_town",
            "agrogorodok",
            "village",
            "village_any",
        ]
    )
    step: int
    settlements: int | None
    population: float | None
    known_share: float | None
    assumed_share: float | None = Field(description="Of the known people.")
    mean: float | None
    mean_low: float | None
    mean_high: float | None
    reference: str | None
    ratio: float | None = Field(description="1 is parity, below 1 is worse off.")
    ratio_low: float | None
    ratio_high: float | None
    order_of_magnitude: Tristate | None = Field(
        description="Whether the top rung is ten times better, for certain."
    )
    reason: str | None = Field(
        description="Why there is no ratio: no_people, coverage, assumed, "
        "ordinal, zero."
    )
    between_population: float | None
    between_share: float | None = Field(
        description="People of the area on none of the first five rungs."
    )


class Inequality(Shape):
    """How unequally something lies over the people; above 0: more of it in villages."""

    subject: str = Field(examples=["indicator:x", "standard:by.x", "overall"])
    settlements: int | None
    population: float | None
    known_share: float | None
    known_share_town: float | None
    known_share_village: float | None
    assumed_share: float | None
    mean: float | None
    ratio: float | None
    difference: float | None
    concentration: float | None
    erreygers: float | None
    wagstaff: float | None
    theil: float | None
    theil_between: float | None
    theil_within: float | None
    reason: str | None = Field(
        description="Why there is no figure: one_side, coverage, assumed, ordinal, "
        "zero_mean."
    )


class CurvePoint(Shape):
    """H, A and M0 at one cutoff k; k = 0 is the union, any breach."""

    subgroup: str
    k: float
    settlements: int | None
    settlements_deprived: int | None
    settlements_undetermined: int | None
    population: float | None
    population_counted: float | None
    coverage: float | None
    h: float | None
    h_low: float | None
    h_high: float | None
    a: float | None
    a_low: float | None
    a_high: float | None
    m0: float | None
    m0_low: float | None
    m0_high: float | None


class DeprivationByStandard(Shape):
    """Censored headcount and contribution of one standard at the country's k."""

    subgroup: str
    k: float
    standard: str
    domain: str | None
    settlements: int | None
    coverage: float | None
    headcount: float | None
    headcount_low: float | None
    headcount_high: float | None
    contribution: float | None = Field(description="The contributions sum to m0.")
    share: float | None
    contribution_to_low: float | None
    contribution_to_high: float | None


class Part(Shape):
    """What one member of a partition brings to the area's M0 and score."""

    partition: str = Field(examples=["town_village", "kind", "size", "areas"])
    member: str
    settlements: int | None
    settlements_deprived: int | None
    population: float | None
    coverage: float | None
    share_counted: float | None
    m0: float | None
    m0_contribution: float | None
    share_people: float | None
    m0_low: float | None
    m0_low_contribution: float | None
    m0_high: float | None
    m0_high_contribution: float | None
    share_scored: float | None
    score: float | None
    score_contribution: float | None


class Deprivation(Shape):
    """Alkire-Foster: the curve over k, standards, and members of the area."""

    curve: list[CurvePoint]
    standards: list[DeprivationByStandard]
    decomposition: list[Part]


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
    ladder: list[Rung] = Field(description="Only of the country and of oblasts.")
    inequality: list[Inequality]
    deprivation: Deprivation
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
