"""Shapes of the answers about ranks and what drives them."""

from typing import Any

from pydantic import Field

from api.models_base import About, Shape


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


class RankedUnits(Shape):
    """How well units of one kind are told apart."""

    ranked: int
    within_one_tier: float | None = Field(
        description="Share whose interval lies within one tier."
    )
    apart_from_middle: float | None = Field(
        description="Share whose interval leaves out the middle of the ranking."
    )
    tiers: dict[str, int] = Field(description="Units by tier of their median rank.")


class Sensitivity(Shape):
    """Sobol' indices of one factor for one output."""

    output: str
    factor: str
    first_order: float | None
    first_order_low: float | None
    first_order_high: float | None
    total_order: float | None
    total_order_low: float | None
    total_order_high: float | None
    settlements: int | None
    draws: int | None


class RobustnessAnswer(About):
    """Parameters of the draws, how far the ranking holds, and what drives it."""

    parameters: dict[str, Any] | None = Field(
        description="As declared; null where the release is older than the ranking."
    )
    units: dict[str, RankedUnits]
    sensitivity: list[Sensitivity]
