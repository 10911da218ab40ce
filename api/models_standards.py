"""Shapes of the answers about standards and what is known beside them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models import About, NormSource, Texts
from geo.types import Force, Verdict


class Norm(BaseModel):
    """One row of a standard, as declared."""

    model_config = ConfigDict(extra="allow")

    id: str
    op: str
    value: float | bool | None = None
    list: Literal["national", "oblast"] = "national"
    confidence: str | None = None
    reading: Texts | None = Field(
        None,
        description="How the project reads what the text of the act leaves open.",
    )
    source: NormSource | None = None


class Unread(BaseModel):
    """A class of which it was not read what norm holds on the day."""

    model_config = ConfigDict(extra="allow")

    id: str
    list: Literal["national", "oblast"] = "national"


class ContextEntry(BaseModel):
    """A norm, benchmark or fact that is documented and never judged."""

    model_config = ConfigDict(extra="allow")

    id: str
    domain: str
    title: Texts
    status: str
    confidence: str


class Standard(BaseModel):
    """A standard with the norms in force on the day, and its verdicts counted."""

    model_config = ConfigDict(extra="allow")

    id: str
    domain: str
    indicator: str | None = None
    title: Texts
    responsible: Texts = Field(default_factory=dict)
    unit_of_assessment: str | None = None
    force: Force
    norms: list[Norm]
    unread: list[Unread] = Field(
        default_factory=list,
        description="Of whom it was not read what holds: unknown, not without a norm.",
    )
    verdicts: dict[Verdict, int] = Field(
        description="Settlements by verdict; raions, oblasts … where those are judged."
    )


class StandardList(About):
    """All standards of a release, and what is known of and never judged."""

    items: list[Standard]
    context: list[ContextEntry] = Field(
        default_factory=list,
        description="History, pilots, foreign and international benchmarks, facts, and "
        "norms whose figure was not read.",
    )


class StandardCard(About):
    """One standard."""

    standard: Standard
