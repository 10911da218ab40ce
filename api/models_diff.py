"""Shapes of ``/v1/diff`` and ``/v1/settlements/{id}/explain``."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.columns import row_of
from api.models import About, Paged, Shape
from geo.types import Status, Verdict


class Note(Shape):
    """Why the two releases are not made alike."""

    what: str
    name: str
    before: Any
    after: Any


class NormChange(Shape):
    """A row of a standard that says something else than before."""

    standard: str
    id: str
    before: float | None
    after: float | None
    old: dict[str, Any] | None
    new: dict[str, Any] | None


class DiffSum(Shape):
    """People, then settlements, whose verdict went this way for these causes."""

    area: str
    level: str
    standard: str
    before: Verdict | None
    after: Verdict | None
    causes: list[str]
    service: str | None = Field(description="better, worse, or null: not certain.")
    strictness: str | None = Field(description="stricter, looser, or null.")
    gap: str | None = Field(description="larger, smaller, or null.")
    people: float
    settlements: int
    villages: int
    towns: int
    unknown_people: int = Field(description="Settlements of unknown population.")


class ScoreSplit(Shape):
    """The overall score of an area; the parts sum to its change."""

    area: str
    level: str
    before: float | None
    after: float | None
    parts: dict[str, float]


@row_of(
    "settlements",
    only=("population", "population_low", "population_high", "kind"),
)
@row_of(
    "values",
    only=(
        "value",
        "low",
        "high",
        "method",
        "source",
        "supplier",
        "origin",
        "date",
    ),
)
@row_of(
    "judgements",
    only=(
        "verdict",
        "reason",
        "norm_id",
        "verdict_if_fresh",
        "norm",
        "norm_low",
        "norm_high",
        "gap",
        "gap_low",
        "gap_high",
    ),
)
class DiffSide(Shape):
    """One settlement and standard in one of the two releases."""

    status: Status | None


class DiffRow(Shape):
    """What changed for one settlement by one standard."""

    settlement: str
    name: str | None
    raion: str | None
    oblast: str | None
    lon: float | None = Field(description="Degrees east, WGS 84.")
    lat: float | None = Field(description="Degrees north.")
    people: float | None
    standard: str
    causes: list[str]
    service: str | None
    norm_change: str | None
    gap_change: float | None
    parts: dict[str, float] | None = Field(
        description="Cause -> share of the change of the gap; they sum to it."
    )
    before: DiffSide | None
    after: DiffSide | None


class DiffAnswer(Paged):
    """The comparison of two releases."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    days: list[date]
    comparable: bool
    notes: list[Note]
    norms: list[NormChange]
    changelog: list[str]
    bounds_only: int = Field(
        description="Answers of which only the range of the value moved."
    )
    sums: list[DiffSum]
    scores: list[ScoreSplit]
    items: list[DiffRow]


class DiffPlaces(About):
    """Which way all settlements went between two releases, by their numbers."""

    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(alias="from")
    to: str
    words: list[str]
    coded: list[int | None] = Field(
        description="In the order of `/v1/places` of the newer release: the place in "
        "`words`, null where nothing changed."
    )
    gone: int = Field(description="Settlements that only the older release has.")


class Fields(BaseModel):
    """Fields of one part of the story."""

    model_config = ConfigDict(extra="allow")


class Explanation(About):
    """The story of one verdict, as a paragraph and as fields."""

    brief: str = Field(description="Verdict, value, norm, source, day: one sentence.")
    text: str
    language: str
    sentences: list[str]
    standard: str
    settlement: Fields
    value: Fields | None
    norms: list[Fields]
    judgement: Fields
    estimates: list[str] = Field(
        description="What is probably so by a model: beside the story, not of it."
    )
