"""Shapes of the answers about what is probably so."""

from typing import Any

from pydantic import Field

from api.columns import row_of
from api.models import About, Paged, Shape, Texts


@row_of("estimates")
class Estimate(Shape):
    """What is probably so of one settlement; no value and no verdict."""

    label: Texts


class ToldEstimate(Estimate):
    """An estimate in words."""

    text: Texts = Field(description="How it is told, by language.")


class PlaceEstimate(Estimate):
    """An estimate, and whose it is."""

    settlement_id: str
    name: str | None
    population: float | None


class EstimatePage(Paged):
    """A page of estimates."""

    items: list[PlaceEstimate]


@row_of("estimate_checks", without=("model", "indicator", "published"))
class EstimateCheck(Shape):
    """What held-out blocks say of a model, as a whole or of a part."""


@row_of("estimate_groups", without=("model", "indicator", "operator"))
class EstimateGroup(Shape):
    """A group of settlements at equal exposure."""


class EstimateModel(Shape):
    """A model, published or failed."""

    id: str
    indicator: str
    operator: str | None
    label: Texts
    meaning: Texts
    published: bool
    failed: list[str] = Field(
        description="Why it is not published: skill, coverage, band, too_few."
    )
    declared: dict[str, Any] = Field(
        description="Exposure, covariates, bands and the cap, as declared."
    )
    checks: list[EstimateCheck]
    groups: list[EstimateGroup] = Field(description="Empty where it failed.")
    headline: list[str] = Field(description="In the language asked for.")


class EstimateModels(About):
    """The gate, all models, and what offices state."""

    gate: dict[str, Any] | None = Field(
        description="Null where the release is older than estimates."
    )
    interval: float | None = Field(description="Level of the intervals.")
    models: list[EstimateModel]
    anchors: list[dict[str, Any]]
