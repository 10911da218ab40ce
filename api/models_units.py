"""Shapes of the answers about whole units: raions, oblasts, the country, operators."""

from datetime import date

from pydantic import Field

from api.models import Judgement, Paged, Shape, Texts
from geo.types import AssessedUnit, Status


class UnitValue(Shape):
    """One value of a whole unit; never that of its settlements."""

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
    origin: str | None = Field(description="Row of the register.")
    could_supply: Texts = Field(description="Who could state it.")


class UnitJudgement(Judgement):
    """One verdict at the level of the norm, with the value behind it."""

    unit_of_assessment: AssessedUnit
    unit_id: str = Field(description="Id of the area or of the operator.")
    name: str | None
    names: Texts
    value: UnitValue | None


class UnitPage(Paged):
    """A page of verdicts of whole units."""

    items: list[UnitJudgement]
