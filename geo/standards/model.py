"""A standard is a dated promise: an indicator, and limits for classes of settlements.

The law is data. These models hold one YAML entry each and refuse what cannot be
judged honestly; the vocabulary is the one of ``docs/standards.md``.
"""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from geo.standards.band import Band
from geo.types import SETTLEMENT_UNITS, URBAN_KINDS, AssessedUnit, Force, Kind

Op = Literal[">=", "<=", "has"]
Quantity = Literal["number", "ordinal"]
Unit = Literal[
    "settlement",
    "selsovet",
    "raion",
    "city",
    "oblast",
    "country",
    "operator",
    "facility",
    "household",
    "grid_cell",
]
Language = Annotated[str, StringConstraints(pattern="^[a-z]{2}$")]
Texts = Annotated[dict[Language, str], Field(min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]*$")]
#: what a row may ask of a unit that is no settlement
_CLASS_OF_UNIT: dict[str, frozenset[str]] = {
    AssessedUnit.SELSOVET: frozenset({"population", "territory"}),
    AssessedUnit.RAION: frozenset({"population", "territory"}),
    AssessedUnit.OBLAST: frozenset({"population", "territory"}),
    AssessedUnit.COUNTRY: frozenset({"population"}),
    AssessedUnit.OPERATOR: frozenset(),
}


def _band(value: object) -> Band | None:
    return value if value is None or isinstance(value, Band) else Band.parse(value)


def _yes_no(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    answer = {"yes": True, "no": False}.get(str(value).strip().lower())
    if answer is None:
        raise ValueError("write yes or no")
    return answer


YesNo = Annotated[bool | None, BeforeValidator(_yes_no)]
BandField = Annotated[Band | None, BeforeValidator(_band)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Applies(_Strict):
    """The class of settlements that a row binds; all that is given must hold.

    ``territory`` lists oblasts or raions, by id or by name.
    """

    kind: tuple[Kind, ...] | None = None
    selsovet_centre: YesNo = None
    raion_centre: YesNo = None
    oblast_centre: YesNo = None
    population: BandField = None
    households: BandField = None
    territory: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _lists_name_something(self) -> Self:
        for name in ("kind", "territory"):
            if getattr(self, name) == ():
                raise ValueError(f"{name} is an empty list: leave it out for 'any'")
        return self


class Source(_Strict):
    """Where the figure is written: the act, its item and revision, a link."""

    act: Annotated[str, Field(min_length=1)]
    title: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None


class Verified(_Strict):
    """Who compared the figure with the text of the act, when, from which copy."""

    by: Annotated[str, Field(min_length=1)]
    date: date
    copy_of: str | None = None


class Norm(_Strict):
    """One row: a limit for one class of settlements during one period.

    ``valid_from`` and ``valid_to`` are the first and the last day in force; null
    means that no such day is known. ``due`` is the day by which a target must be
    kept: before it the row is not judged. ``list`` tells the national list of norms
    from the list of an oblast, which takes its place where it holds. ``reading`` is
    how the project reads what the text leaves open, in words that pages show.
    """

    id: Identifier
    applies: Applies = Field(default_factory=Applies)
    op: Op
    value: float
    valid_from: date | None = None
    valid_to: date | None = None
    due: date | None = None
    source: Source
    confidence: Literal["verified", "reported"]
    verified: Verified | None = None
    label: Texts | None = None
    reading: Texts | None = None
    note: str | None = None
    list: Literal["national", "oblast"] = "national"

    @model_validator(mode="before")
    @classmethod
    def _has_means_one(cls, row: Any) -> Any:
        if isinstance(row, dict) and row.get("op") == "has":
            if row.get("value", True) is not True:
                raise ValueError("op 'has' takes value: true (or none)")
            return row | {"value": 1.0}
        if isinstance(row, dict) and isinstance(row.get("value"), bool):
            raise ValueError("a yes/no norm is written op: has")  # noqa: TRY004 - pydantic
        return row

    @field_validator("confidence", mode="before")
    @classmethod
    def _not_from_memory(cls, value: object) -> object:
        if "recalled" in str(value):
            raise ValueError(
                "a figure that is only recalled is no norm and is never judged "
                "against; read it in a source first"
            )
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.value < 0 or (self.value == 0 and self.op != "<="):
            raise ValueError("the limit must be above 0 (or 0 with <=: none at all)")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("valid_to lies before valid_from")
        if (self.confidence == "verified") != (self.verified is not None):
            raise ValueError(
                "confidence: verified goes together with verified: {by, date}"
            )
        if self.list == "oblast" and not self.applies.territory:
            raise ValueError(
                "a row with list: oblast names its oblast under applies.territory"
            )
        return self

    def in_force(self, on: date) -> bool:
        """Return whether the row is valid on the day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def is_due(self, on: date) -> bool:
        """Return whether the row can be judged on the day: a target after its day."""
        return self.due is None or self.due <= on


class Standard(_Strict):
    """What is judged: one verdict per settlement on the day of the release.

    Where several rows match a settlement the strictest applies; where a row of an
    oblast's list matches, the rows of the national list do not compete. A standard
    whose unit of assessment is a raion, an oblast or a country is never judged for a
    settlement; its indicator may be missing. Of an ``ordinal`` quantity (a level) only
    the order means something: its gap is 0 or 1.
    """

    id: Identifier
    domain: Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
    indicator: str | None = None
    title: Texts
    responsible: Texts
    unit_of_assessment: Unit
    force: Force
    norms: Annotated[tuple[Norm, ...], Field(min_length=1)]
    quantity: Quantity = "number"
    note: str | None = None

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Return which direction is better, as the rows' operator says."""
        return "lower" if self.norms[0].op == "<=" else "higher"

    @property
    def for_settlements(self) -> bool:
        """Return whether one settlement alone can keep or breach it."""
        return self.unit_of_assessment in SETTLEMENT_UNITS

    @property
    def for_units(self) -> bool:
        """Return whether a raion, an oblast, the country … is judged as a whole."""
        return self.unit_of_assessment in set(AssessedUnit) and bool(self.indicator)

    @model_validator(mode="after")
    def _units_have_no_class(self) -> Self:
        allowed = _CLASS_OF_UNIT.get(self.unit_of_assessment)
        for norm in self.norms:
            given = {name for name, value in norm.applies if value is not None}
            if allowed is not None and (wrong := sorted(given - allowed)):
                may = " and ".join(sorted(allowed)) or "nothing"
                raise ValueError(
                    f"row {norm.id}: applies.{wrong[0]} says nothing of a unit "
                    f"{self.unit_of_assessment!r}; such a row may name {may}"
                )
        return self

    @model_validator(mode="after")
    def _one_way_to_judge(self) -> Self:
        if self.for_settlements and not self.indicator:
            raise ValueError("a standard judged per settlement needs an indicator")
        if len({norm.op for norm in self.norms}) > 1:
            raise ValueError("all rows of a standard must have the same op")
        for norm in self.norms:
            if (norm.due is not None) and self.force is not Force.TARGET:
                raise ValueError(f"row {norm.id}: due belongs to force: target only")
            if (norm.due is None) and self.force is Force.TARGET:
                raise ValueError(f"row {norm.id}: a target needs the day it is due")
        return self

    @model_validator(mode="after")
    def _a_city_is_a_town(self) -> Self:
        if self.unit_of_assessment == "city":
            for norm in self.norms:
                if not URBAN_KINDS.issuperset(norm.applies.kind or Kind):
                    raise ValueError(
                        f"row {norm.id}: a standard of the unit city names town kinds "
                        "only under applies.kind"
                    )
        return self

    def describe(self, on: date) -> dict[str, Any]:
        """Return the entry as in YAML with the rows in force on the day (manifest)."""
        entry = self.model_dump(mode="json", exclude={"norms"})
        rows = []
        for norm in self.norms:
            if not norm.in_force(on):
                continue
            row = norm.model_dump(mode="json")
            for name in ("population", "households"):
                band = getattr(norm.applies, name)
                row["applies"][name] = band.text if band else None
            row["applies"] = {k: v for k, v in row["applies"].items() if v is not None}
            rows.append(row)
        return entry | {"better": self.better, "norms": rows}
