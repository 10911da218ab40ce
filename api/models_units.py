"""Shapes of the answers about whole units: raions, oblasts, the country, operators."""

from pydantic import Field

from api.columns import row_of
from api.models import Declared, Judgement, Paged, Texts


@row_of("unit_values", without=("unit_of_assessment", "unit_id"))
class UnitValue(Declared):
    """One value of a whole unit; never that of its settlements."""

    could_supply: Texts = Field(description="Who could state it.")


@row_of("unit_judgements")
class UnitJudgement(Judgement):
    """One verdict at the level of the norm, with the value behind it."""

    name: str | None
    names: Texts
    value: UnitValue | None


class UnitPage(Paged):
    """A page of verdicts of whole units."""

    items: list[UnitJudgement]
