"""Shapes of the answers about ranks and what drives them."""

from typing import Any

from pydantic import Field

from api.columns import row_of
from api.models import About, Shape


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


@row_of("sensitivity")
class Sensitivity(Shape):
    """Sobol' indices of one factor for one output."""


class RobustnessAnswer(About):
    """Parameters of the draws, how far the ranking holds, and what drives it."""

    parameters: dict[str, Any] | None = Field(
        description="As declared; null where the release is older than the ranking."
    )
    units: dict[str, RankedUnits]
    sensitivity: list[Sensitivity]
