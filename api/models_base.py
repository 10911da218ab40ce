"""What every shape of /v1 begins with."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A body with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class About(Shape):
    """Which release answers."""

    release: str = Field(examples=["demo/2026-11-22.1"])
    on: date = Field(description="The day the standards were judged on.")
    synthetic: bool = Field(description="True where the country is made up.")
