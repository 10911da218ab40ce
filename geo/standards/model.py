"""A standard is a dated promise: an indicator, and limits for classes of settlements.

The law is data. These models hold one YAML entry each and refuse what cannot be
judged honestly; the vocabulary is the one of ``docs/standards.md``.
"""

import math
import re
from dataclasses import dataclass
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

from geo.types import AssessedUnit, Force, Kind

Op = Literal[">=", "<=", "has"]
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

_NUMBER = r"(\d+(?:\.\d+)?)"
_ONE_SIDED = re.compile(rf"^(>=|<=|>|<)\s*{_NUMBER}$")
_CLOSED = re.compile(rf"^{_NUMBER}\s*[-–]\s*{_NUMBER}$")
_INTERVAL = re.compile(rf"^([\[(])\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*([\])])$")


#: what a row may ask of a unit that is no settlement
_CLASS_OF_UNIT: dict[str, frozenset[str]] = {
    AssessedUnit.SELSOVET: frozenset({"population", "territory"}),
    AssessedUnit.RAION: frozenset({"population", "territory"}),
    AssessedUnit.OBLAST: frozenset({"population", "territory"}),
    AssessedUnit.COUNTRY: frozenset({"population"}),
    AssessedUnit.OPERATOR: frozenset(),
}


@dataclass(frozen=True)
class Band:
    """A range of counts (people, households) whose ends are open or closed.

    Written ``">1000"``, ``">=300"``, ``"<20"``, ``"<=50"``, ``"20-50"`` (both ends
    belong to it) or ``"[50, 500)"`` (a round bracket leaves the end out).

    Examples
    --------
    >>> band = Band.parse("20-50")
    >>> [band.holds(x) for x in (19, 20, 50, 51)]
    [False, True, True, False]
    >>> Band.parse(">1000").holds(1000)
    False
    """

    low: float
    high: float
    low_closed: bool
    high_closed: bool
    text: str

    @classmethod
    def parse(cls, text: object) -> "Band":
        """Read a band.

        Raises
        ------
        ValueError
            If the text is none of the forms above, or its ends are reversed.
        """
        written = str(text).strip() if isinstance(text, str) else ""
        if found := _ONE_SIDED.match(written):
            op, number = found[1], float(found[2])
            if op.startswith(">"):
                ends = (op == ">=", False)
                return cls(number, math.inf, *ends, written)
            ends = (True, op == "<=")
            return cls(0.0, number, *ends, written)
        if found := _CLOSED.match(written):
            ends = (True, True)
            band = cls(float(found[1]), float(found[2]), *ends, written)
        elif found := _INTERVAL.match(written):
            ends = (found[1] == "[", found[4] == "]")
            band = cls(float(found[2]), float(found[3]), *ends, written)
        else:
            raise ValueError(
                'a band is written ">1000", ">=300", "<20", "<=50", "20-50" '
                '(both ends included) or "[50, 500)", in quotes'
            )
        if band.low > band.high:
            raise ValueError("the lower end of the band stands above its upper end")
        return band

    def holds(self, count: float) -> bool:
        """Return whether ``count`` lies in the band."""
        above = count >= self.low if self.low_closed else count > self.low
        below = count <= self.high if self.high_closed else count < self.high
        return above and below


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
    kept: before it the row is not judged.
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
    note: str | None = None

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

    Where several rows match a settlement the strictest applies. A standard whose
    unit of assessment is a raion, an oblast or a country is never judged for a
    settlement; its indicator may be missing.
    """

    id: Identifier
    domain: Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
    indicator: str | None = None
    title: Texts
    responsible: Texts
    unit_of_assessment: Unit
    force: Force
    norms: Annotated[tuple[Norm, ...], Field(min_length=1)]
    note: str | None = None

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Return which direction is better, as the rows' operator says."""
        return "lower" if self.norms[0].op == "<=" else "higher"

    @property
    def for_settlements(self) -> bool:
        """Return whether one settlement alone can keep or breach it."""
        return self.unit_of_assessment == "settlement"

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
