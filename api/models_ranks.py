"""Shapes of the answers about ranks."""

from typing import Any

from pydantic import Field

from api.models import About, Shape


class RankedUnits(Shape):
    """How well units of one kind are told apart."""

    ranked: int
    told_apart: int | None = Field(
        default=None,
        description="Of how many a rank is given; null in an older release.",
    )
    within_one_tier: float | None = Field(
        description="Share whose interval lies within one tier."
    )
    apart_from_middle: float | None = Field(
        description="Share whose interval leaves out the middle of the ranking."
    )
    tiers: dict[str, int] = Field(description="Units by tier of their median rank.")


class RobustnessAnswer(About):
    """Parameters of the draws, how far the ranking holds."""

    parameters: dict[str, Any] | None = Field(
        description="As declared; null where the release is older than the ranking."
    )
    units: dict[str, RankedUnits]
