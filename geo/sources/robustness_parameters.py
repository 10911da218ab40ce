"""What the Monte Carlo over the ranking varies, and how far: data, with an origin."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Aggregation = Literal["arithmetic", "geometric", "counting"]
AGGREGATIONS: tuple[Aggregation, ...] = ("arithmetic", "geometric", "counting")
Share = Annotated[float, Field(gt=0, le=1)]


class RobustnessParameters(BaseModel):
    """Draws of the Monte Carlo and the range of every factor (docs/standards.md).

    Attributes
    ----------
    draws, seed
        Number of draws and the seed of all of them: the same seed, the same digits.
    dirichlet_concentration
        Sum of the Dirichlet's parameters over the domains, and over the standards
        within a domain: larger stays nearer to equal weights. A share w varies with
        the standard deviation sqrt(w (1 - w) / (concentration + 1)).
    k_low, k_high
        Range of the deprivation cutoff k of the counting form.
    aggregations
        The forms that are drawn, each as often.
    achievement_floor
        Least achievement (1 - gap) that the geometric mean counts: without one, a
        single gap of 1 would decide alone.
    completeness_correlation, completeness_correlation_raion
        How far any two places, and two of one raion, whose supply is not known are
        better or worse off together: 0 (each on its own) ... 1 (alike).
    interval
        Share of the draws inside the published bounds: 0.9 is 5-95 %.
    source
        Where the conventions come from.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    draws: Annotated[int, Field(ge=1, le=100_000)] = 500
    seed: Annotated[int, Field(ge=0)] = 20260101
    dirichlet_concentration: Annotated[float, Field(gt=0)] = 20.0
    k_low: Share = 0.2
    k_high: Share = 0.5
    aggregations: Annotated[tuple[Aggregation, ...], Field(min_length=1)] = AGGREGATIONS
    achievement_floor: Annotated[float, Field(gt=0, lt=1)] = 0.01
    completeness_correlation: Annotated[float, Field(ge=0, le=1)] = 0.25
    completeness_correlation_raion: Annotated[float, Field(ge=0, le=1)] = 0.75
    interval: Annotated[float, Field(gt=0, lt=1)] = 0.9
    source: str = (
        "Conventions of this project. The cutoff runs over the lines of the global MPI "
        "for vulnerable (0.2) and severely poor (0.5), recalled and not checked; the "
        "other ranges are assumptions, in docs/standards.md"
    )

    @field_validator("aggregations")
    @classmethod
    def _each_once(cls, forms: tuple[Aggregation, ...]) -> tuple[Aggregation, ...]:
        if len(set(forms)) < len(forms):
            raise ValueError("names a form twice; each is drawn as often as the others")
        return forms

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.k_low > self.k_high:
            raise ValueError(
                f"k_low {self.k_low:g} is above k_high {self.k_high:g}; exchange them, "
                "or give both the same number for a fixed cutoff"
            )
        if self.completeness_correlation > self.completeness_correlation_raion:
            raise ValueError(
                "completeness_correlation is above completeness_correlation_raion; two "
                "places of one raion are no less alike than any two: raise the second"
            )
        return self
