"""Shapes of the answers about areas and evidence."""

from datetime import date

from pydantic import Field

from api.columns import row_of
from api.models import About, Bounds, Paged, Rank, Ref, Score, Shape, Texts
from api.models_units import UnitJudgement, UnitValue
from geo.types import Level, Status, Verdict

_VERDICTS = (f"{of}_{one}" for of in ("settlements", "population") for one in Verdict)


@row_of(
    "area_scores",
    only=(
        "subgroup",
        "subject",
        "settlements",
        "population",
        *_VERDICTS,
        "coverage",
        "score",
        "score_low",
        "score_high",
    ),
)
class AreaScore(Shape):
    """People and settlements of a subgroup by verdict, and their score."""


@row_of("area_scores", without=("level",))
class FullAreaScore(AreaScore):
    """The same with FGT 0/1/2, H, M0 with bounds, and A."""


@row_of("evidence", without=("level",))
class Evidence(Shape):
    """How one indicator is known in an area, for one status."""


@row_of("areas", without=("centre",))
class AreaRow(Shape):
    """One area."""

    names: Texts
    parent_name: str | None
    bounds: Bounds | None = Field(
        description="West, south, east, north in degrees: of its border, else of its "
        "settlements; null where neither is known."
    )
    evidence: list[Evidence]
    known_share: dict[str, float | None] = Field(
        description="Indicator: share of the people whose value is known."
    )


class Area(AreaRow):
    """One area of a list, with the scores of all, towns, small towns and villages."""

    scores: list[AreaScore]


class AreaPage(Paged):
    """A page of areas."""

    items: list[Area]


@row_of("areas", only=("id", "level", "name", "parent", "analytic"))
class AreaName(Shape):
    """What an area is called, and where it is."""

    names: Texts
    bounds: Bounds | None


class AreaNamePage(Paged):
    """A page of areas by name alone."""

    items: list[AreaName]


@row_of("parity")
class Parity(Shape):
    """An indicator's mean in a group, against the towns."""


@row_of("ladder", without=("level",))
class Rung(Shape):
    """One rung of the parity ladder, against the top rung that has a figure."""


@row_of("inequality", without=("level",))
class Inequality(Shape):
    """How unequally something lies over the people; above 0: more of it in villages."""


@row_of("age_gaps", without=("level",))
class AgeGap(Shape):
    """The gaps where people of one age live: ecological."""


@row_of("reconciliation")
class Reconciliation(Shape):
    """The settlements of an area against the official count."""


class Peer(Ref):
    """An area of the same level and of like size."""

    names: Texts
    population: float = Field(description="Residents of its settlements.")
    village_share: float = Field(description="Share of them in villages, 0 … 1.")
    scores: dict[str, Score] = Field(description="Subject: score of all its people.")
    known_share: dict[str, float | None] = Field(
        description="Indicator: share of the people whose value is known."
    )


class FullArea(AreaRow):
    """One area with everything that is known of it."""

    scores: list[FullAreaScore]
    parity: list[Parity]
    ladder: list[Rung] = Field(description="Only of the country and of oblasts.")
    inequality: list[Inequality]
    ages: list[AgeGap] = Field(description="Only of the country and of oblasts.")
    reconciliation: Reconciliation | None
    unit_values: list[UnitValue] = Field(description="Of the area as a whole.")
    unit_judgements: list[UnitJudgement] = Field(
        description="Norms of this level; those of settlements are in `scores`."
    )
    rank: Rank | None = Field(description="Of a raion among raions; else null.")
    peers: list[Peer] = Field(
        description="The areas nearest in residents and share of villagers, nearest "
        "first; of raions and oblasts only."
    )
    contributions: dict[str, dict[str, float]] = Field(
        description="Subject that has a score: what each standard adds to it, the "
        "largest first. They sum to the score."
    )


class Child(Ref):
    """An area within an area."""

    level: Level


class AreaCard(About):
    """One area."""

    area: FullArea
    children: list[Child]


class TrendStep(Shape):
    """An area in one release."""

    release: str
    on: date
    scores: dict[str, Score]
    method: list[str] = Field(
        description="What of the way of computing differs from the release before: "
        "code, parameter, indicator, assumption, completeness, standard."
    )
    norms: list[str] = Field(description="Standards whose norms do.")


class Trend(About):
    """The scores of an area, the last release of each day, by day."""

    area: Ref
    items: list[TrendStep]


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
    known_share: float | None = Field(
        description="Share of the people whose value is known; at most that of the "
        "settlements where a population is not known. None: nobody is counted."
    )
    date_min: date | None
    date_max: date | None
    sources: list[str]


class EvidenceAnswer(About):
    """What is known in an area."""

    area: Ref
    items: list[IndicatorEvidence]
