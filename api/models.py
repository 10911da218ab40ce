"""Shapes of the answers of /v1; nothing more and nothing less may be in them."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from geo.types import Force, Kind, Status, Tristate, Verdict

Texts = dict[str, str]


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


class JudgementBrief(Shape):
    """What a standard says; the gap is null unless it is certain."""

    verdict: Verdict
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    reason: str | None


class SettlementRow(Shape):
    """One settlement in a list; null means unknown."""

    id: str
    name: str | None
    names: Texts
    kind: Kind | None = Field(description="Null where several classes are possible.")
    kinds_possible: list[Kind] | None
    selsovet_centre: Tristate | None
    urban: Tristate | None
    population: float | None
    population_low: float | None
    population_high: float | None
    population_year: int | None
    population_status: Status | None
    raion: Ref | None
    oblast: Ref | None
    lon: float | None
    lat: float | None
    score: dict[str, Score]
    judgements: dict[str, JudgementBrief]
    tier: int | None = Field(
        description="Fifth of the ranking of the median rank, 1 the worst; null where "
        "the settlement is not ranked."
    )
    tier_low: int | None
    tier_high: int | None


class SettlementPage(Paged):
    """A page of settlements."""

    items: list[SettlementRow]


class Settlement(SettlementRow):
    """One settlement with all its attributes."""

    kind_status: str | None
    place_type: str | None
    selsovet_centre_status: str | None
    raion_centre: Tristate | None
    oblast_centre: Tristate | None
    population_source: str | None
    population_census: int | None
    population_census_year: int | None
    households_low: float | None
    households_high: float | None
    selsovet: Ref | None
    country: Ref | None
    grid: Ref | None
    duplicate_of: str | None
    source: str | None


class Identifier(Shape):
    """A code of the settlement in some scheme, with its dates."""

    scheme: str
    value: str
    valid_from: date | None
    valid_to: date | None
    source: str | None


class FacilityRef(Shape):
    """The facility that a value speaks of."""

    id: str
    kind: str
    name: str | None


class Value(Shape):
    """One value; where it is unreachable, value and bounds are null."""

    indicator: str
    domain: str | None
    label: Texts
    unit: str | None
    better: str | None
    freshness_years: float | None
    value: float | None
    low: float | None
    high: float | None
    status: Status
    method: str | None
    source: str | None
    supplier: str | None
    date: date | None
    facility_id: str | None
    origin: str | None = Field(description="Source row, stops, cell or facility.")
    facility: FacilityRef | None


class NormSource(BaseModel):
    """Where a norm is written."""

    model_config = ConfigDict(extra="allow")

    act: str
    title: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None


class Judgement(JudgementBrief):
    """One verdict with its norm, act and gap."""

    standard: str
    title: Texts
    domain: str | None
    indicator: str | None
    force: Force | None
    norm: float | None
    norm_low: float | None
    norm_high: float | None
    norm_national: float | None = Field(
        None, description="Certain limit of the national list, as if it stood alone."
    )
    norm_oblast: float | None = Field(
        None, description="Certain limit of the oblast's own list."
    )
    norm_id: str | None
    norms_possible: list[str] | None = Field(
        None,
        description="Rows that the judge held possible: those that may bind, else the "
        "targets that wait; empty where there is no norm. Null: an older release "
        "does not record it.",
    )
    op: str | None
    parity_gap: float | None = Field(description="Against the level of the towns.")
    norm_gap: float | None = Field(
        description="Its norm against that of the capital or an oblast centre."
    )
    verdict_if_fresh: Verdict | None
    progress: float | None
    required_pace: float | None
    due: date | None
    revision: str | None
    responsible: Texts
    responsible_text: str | None
    status: str | None = Field(None, description="Status of the value that was judged.")
    confidence: str | None = Field(
        None, description="verified only if every norm that may apply was verified."
    )
    readings: list[Texts] = Field(
        default_factory=list,
        description="How the project reads what the text of the act leaves open.",
    )
    sources: list[NormSource] = Field(
        description="The act of the norm that decided, else of all that are possible."
    )


class GroupScore(Shape):
    """The score of one domain, or overall."""

    group: str
    score: float | None
    score_low: float | None
    score_high: float | None
    coverage: float | None
    parity_gap: float | None
    norm_gap: float | None
    kept: int | None
    breached: int | None
    unknown: int | None
    no_norm: int | None
    not_due: int | None


class Rank(Shape):
    """Where a unit stands over all draws: a median, 5-95 %, and its tiers.

    Rank 1 and tier 1 are the worst. The bounds belong to the parameter ``interval``.
    """

    score_median: float | None
    score_low: float | None
    score_high: float | None
    rank_median: float | None = Field(description="1 is the worst.")
    rank_low: float | None
    rank_high: float | None
    ranked: int | None = Field(description="How many were ranked.")
    worst_decile: float | None = Field(
        description="Probability to be among the worst tenth."
    )
    tier: int | None = Field(description="Fifth of the ranking, 1 the worst.")
    tier_low: int | None
    tier_high: int | None


class Measure(Shape):
    """One breach: what would keep the norm, and what that does to the scores."""

    standard: str
    value: float | None
    needed: float | None = Field(description="The strictest norm that may apply.")
    change: float | None = Field(description="Needed minus value, in the unit.")
    unit: str | None
    score_change_domain: float | None = Field(
        description="Score after minus before; below 0 is better."
    )
    score_change_overall: float | None
    rank: int | None = Field(description="1 lifts most; equal lifts share a rank.")


class WayBrief(Shape):
    """The way to the nearest facility of one kind.

    Where the status is unsnapped or unreachable there is no way, and no number of it.
    """

    kind: str = Field(description="Kind of facility.", examples=["hospital"])
    status: Status
    method: str | None
    facility_id: str | None
    facility: FacilityRef | None
    minutes: float | None = Field(description="From door to door.")
    straight_minutes: float | None = Field(
        description="By the straight line, to whichever facility is nearest so."
    )
    km: float | None = Field(description="Along the way, walks included.")
    geodesic_km: float | None = Field(description="As the crow flies, to the same one.")
    detour: float | None = Field(description="km / geodesic_km.")
    reason: Literal["near", "ferry", "around"] | None = Field(
        description="Of a detour above 3: the facility is nearer than 1 km; the way "
        "takes a ferry; no road crosses what lies between."
    )
    leg_m: float | None = Field(
        description="On foot from the point of the settlement to the road."
    )


class Way(WayBrief):
    """A way with its line."""

    geometry: dict[str, Any] | None = Field(
        description="GeoJSON, in the direction of travel, from road to road; null for "
        "a straight line."
    )


class AccessAnswer(About):
    """The ways of one settlement."""

    settlement_id: str
    items: list[Way]


class Rejected(Shape):
    """One refused input row."""

    source: str
    file: str
    row: str
    field: str
    value: str | None
    reason: str


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
    bounds: list[float] | None
    languages: list[str]
    latest: bool


class ReleaseList(Shape):
    """All releases, those of the default country first."""

    default: str | None
    releases: list[ReleaseInfo]


class Theme(BaseModel):
    """Texts, colours, breaks and labels of the map."""

    model_config = ConfigDict(extra="allow")

    release: str
    on: date
    synthetic: bool
    country: dict[str, Any]
    default_view: str


class Health(Shape):
    """Whether the server can answer, and from what."""

    status: Literal["ok", "degraded"]
    version: str
    served: dict[str, str]
    faults: dict[str, str]
