"""Shapes of the answers of /v1; nothing more and nothing less may be in them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.columns import SETTLEMENT_ROW, row_of

Texts = dict[str, str]
Pair = Annotated[list[float], Field(min_length=2, max_length=2)]
Bounds = Annotated[list[float], Field(min_length=4, max_length=4)]


class Shape(BaseModel):
    """A body with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class Link(Shape):
    """One link."""

    href: str
    rel: str
    type: str
    title: str | None = None


class Fault(Shape):
    """One faulty parameter."""

    parameter: str
    value: str
    expected: str


class Problem(Shape):
    """An error, RFC 9457 (application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[Fault] = Field(default_factory=list)


class About(Shape):
    """Which release answers."""

    release: str = Field(examples=["demo/2026-11-22.1"])
    on: date = Field(description="The day the standards were judged on.")
    synthetic: bool = Field(description="True where the country is made up.")


class Paged(About):
    """One page."""

    total: int
    limit: int
    offset: int
    links: list[Link]


class Ref(Shape):
    """An area by id and default name."""

    id: str
    name: str | None


class Score(Shape):
    """Mean compliance gap, 0 (all kept) … 1; null below the coverage floor."""

    score: float | None
    low: float | None
    high: float | None
    coverage: float | None


@row_of("judgements", only=("verdict", "gap", "gap_low", "gap_high", "reason"))
class JudgementBrief(Shape):
    """What a standard says; the gap is null unless it is certain."""


@row_of("settlements", only=(*SETTLEMENT_ROW, "lon", "lat"))
class SettlementBrief(Shape):
    """One settlement in a list; null means unknown."""

    names: Texts
    raion: Ref | None
    oblast: Ref | None
    score: dict[str, Score]
    judgements: dict[str, JudgementBrief]
    tier: int | None = Field(
        description="Fifth of the ranking of the median rank, 1 the worst; null where "
        "the settlement is not ranked."
    )
    tier_low: int | None
    tier_high: int | None


@row_of("judgements", only=("norm", "norm_low", "norm_high", "status"))
class NormBrief(Shape):
    """What a standard demands of a place, and how the value is known."""

    op: str | None = Field(description="`>=`, `<=` or `has`; null where none decided.")


@row_of("values", only=("value", "low", "high", "status", "date"))
class ValueBrief(Shape):
    """A value in a list; where it is unreachable, value and bounds are null."""


@row_of("estimates", only=("estimate", "low", "high", "band", "found", "reason"))
class EstimateBrief(Shape):
    """What is probably so, in a list; no value and no verdict."""


class SettlementRow(SettlementBrief):
    """One settlement in a list, with what was asked for."""

    norm: NormBrief | None = Field(
        description="Of `standard`; null where it says nothing of the place."
    )
    values: dict[str, ValueBrief] = Field(description="Of the codes of `values`.")
    estimates: dict[str, EstimateBrief] = Field(
        description="Of the codes of `estimates`, where there is one."
    )


class SettlementPage(Paged):
    """A page of settlements."""

    items: list[SettlementRow]
    may_be: int | None = Field(
        description="Of a list by `kind`: how many more may be of it, as their class "
        "is not settled; null of any other list."
    )


@row_of(
    "settlements",
    without=("raion_id", "oblast_id", "selsovet_id", "country_id", "grid_id"),
)
class Settlement(SettlementBrief):
    """One settlement with all its attributes."""

    selsovet: Ref | None
    country: Ref | None
    grid: Ref | None


@row_of("identifiers", without=("id",))
class Identifier(Shape):
    """A code of the settlement in some scheme, with its dates."""


@row_of("class_statements")
class ClassStatement(Shape):
    """What one source says of the class of the settlement."""


@row_of("facilities", only=("id", "kind", "name"))
class FacilityRef(Shape):
    """The facility that a value speaks of."""


class Declared(Shape):
    """What the manifest declares of an indicator."""

    domain: str | None
    label: Texts
    better: str | None
    freshness_years: float | None


@row_of("values")
class Value(Declared):
    """One value; where it is unreachable, value and bounds are null."""

    facility: FacilityRef | None
    stale: bool = Field(
        description="Older than the window of its indicator: it carries no verdict."
    )


class NormSource(BaseModel):
    """Where a norm is written."""

    model_config = ConfigDict(extra="allow")

    act: str
    title: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = Field(None, description="The official address of the act.")
    seen: str | None = Field(
        None, description="The day on which the figure was first seen in force."
    )


@row_of("judgements")
class Judgement(JudgementBrief):
    """One verdict with its norm, act and gap."""

    brief: Texts = Field(
        description="Verdict, value, norm, source and day in one sentence."
    )
    title: Texts
    indicator: str | None
    op: str | None
    responsible: Texts
    responsible_text: str | None
    confidence: str | None = Field(
        description="verified only if every norm that may apply was verified."
    )
    readings: list[Texts] = Field(
        description="How the project reads what the text of the act leaves open."
    )
    sources: list[NormSource] = Field(
        description="The act of the norm that decided, else of all that are possible."
    )


@row_of("scores")
class GroupScore(Shape):
    """The score of one domain, or overall."""


@row_of("ranks", without=("unit", "id"))
class Rank(Shape):
    """Where a unit stands over all draws: a median, 5-95 %, and its tiers.

    Rank 1 and tier 1 are the worst. The bounds belong to the parameter ``interval``.
    """


@row_of("measures")
class Measure(Shape):
    """One breach: what would keep the norm, and what that does to the scores."""


@row_of("access")
class WayBrief(Shape):
    """The way to the nearest facility of one kind.

    Where the status is unsnapped or unreachable there is no way, and no number of it.
    """

    facility: FacilityRef | None


class Line(Shape):
    """A line of GeoJSON."""

    type: Literal["LineString"]
    coordinates: list[Pair]


class Way(WayBrief):
    """A way with its line."""

    geometry: Line | None = Field(
        description="In the direction of travel, from road to road; null for a "
        "straight line."
    )


class AccessAnswer(About):
    """The ways of one settlement."""

    settlement_id: str
    items: list[Way]


@row_of("rejected")
class Rejected(Shape):
    """One refused input row."""


class RejectedPage(Paged):
    """A page of refused rows."""

    items: list[Rejected]


class ReleaseInfo(Shape):
    """One release on disk."""

    release: str
    country: str
    names: Texts
    on: date
    synthetic: bool
    counts: dict[str, int]
    default_view: str
    bounds: Bounds | None
    languages: list[str]
    latest: bool


class ReleaseList(Shape):
    """All releases, those of the default country first."""

    default: str | None
    releases: list[ReleaseInfo]


class Health(Shape):
    """Whether the server can answer, and from what."""

    status: Literal["ok", "degraded"]
    version: str
    served: dict[str, str]
    faults: dict[str, str]
