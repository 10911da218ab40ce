"""The scorecard of one settlement."""

from pydantic import Field

from api.models import (
    About,
    ClassStatement,
    GroupScore,
    Identifier,
    Judgement,
    Measure,
    Rank,
    Settlement,
    Value,
    WayBrief,
)
from api.models_estimates import ToldEstimate
from api.models_transit import Journey, Service


class Scorecard(About):
    """Everything that is known of one settlement."""

    settlement: Settlement
    class_statements: list[ClassStatement] = Field(
        description="Who states its class; empty in releases before version 7."
    )
    identifiers: list[Identifier]
    values: list[Value]
    judgements: list[Judgement]
    scores: list[GroupScore]
    estimates: list[ToldEstimate] = Field(
        description="What is probably so by a model; enters no verdict and no score."
    )
    rank: Rank | None = Field(description="Null where the settlement is not ranked.")
    measures: list[Measure]
    access: list[WayBrief] = Field(
        description="Ways to facilities; their lines: /v1/settlements/{id}/access."
    )
    service: list[Service] = Field(
        description="What timetables offer; empty where none names a stop in reach."
    )
    journeys: list[Journey]
