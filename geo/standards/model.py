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
    """Where the figure is written: what is printed, and what only a verifier asks for.

    ``url`` is the official address of the act and nothing else. ``seen`` is the day on
    which the figure was first seen in force. ``seen_at`` are the addresses where it was
    seen, the press among them: they are never printed, served or exported.
    """

    act: Annotated[str, Field(min_length=1)]
    title: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None
    seen: date | None = None
    seen_at: tuple[str, ...] = ()


class Verified(_Strict):
    """Who compared the figure with the text of the act, when, from which copy."""

    by: Annotated[str, Field(min_length=1)]
    date: date
    copy_of: str | None = None


def _between(first: date | None, on: date, last: date | None) -> bool:
    """Return whether a day lies in a period; an end that is missing is open."""
    return (first is None or first <= on) and (last is None or on <= last)


class Unread(_Strict):
    """A stretch of time and a class of which it was not read what norm holds.

    Its norm may be any: the verdict is unknown, and never "no norm".
    """

    id: Identifier
    applies: Applies = Field(default_factory=Applies)
    valid_from: date | None = None
    valid_to: date | None = None
    list: Literal["national", "oblast"] = "national"
    note: str | None = None

    def in_force(self, on: date) -> bool:
        """Return whether the day lies in the stretch (both ends included)."""
        return _between(self.valid_from, on, self.valid_to)


class Norm(_Strict):
    """One row: a limit for one class of settlements during one period.

    ``valid_from`` and ``valid_to`` are the first and the last day in force; null
    means that no such day is known. Where the first is not, the row is in force from
    the day on which it was ``seen``, and before that it is a norm that was not read.
    ``due`` is the day by which a target must be
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
        if self.valid_from is None and self.source.seen is None:
            raise ValueError(
                "neither valid_from nor source.seen says since when the row holds; "
                "give the day on which it was first seen in force as source.seen"
            )
        return self

    @property
    def known_from(self) -> date:
        """Return the first day on which the row is known to be in force."""
        return self.valid_from or self.source.seen or date.max

    def in_force(self, on: date) -> bool:
        """Return whether the row is known to be valid on the day (ends included)."""
        return _between(self.known_from, on, self.valid_to)

    def unread(self, on: date) -> bool:
        """Return whether it may have been valid on a day before it was first seen."""
        early = self.valid_from is None and on < self.known_from
        return early and _between(None, on, self.valid_to)

    def is_due(self, on: date) -> bool:
        """Return whether the row can be judged on the day: a target after its day."""
        return self.due is None or self.due <= on


class Standard(_Strict):
    """What is judged: one verdict per settlement on the day of the release.

    Where several rows match a settlement the strictest applies; where a row of an
    oblast's list matches, the rows of the national list do not compete. A standard
    whose unit of assessment is a raion, an oblast or a country is never judged for a
    settlement; its indicator may be missing. ``unread`` are the stretches of which it
    was not read what holds. ``may_count_as`` says of a kind as which others the text
    may mean it: the rows of all of them are possible. Of an ``ordinal`` quantity (a
    level) only the order means something: its gap is 0 or 1.
    """

    id: Identifier
    domain: Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
    indicator: str | None = None
    title: Texts
    responsible: Texts
    unit_of_assessment: Unit
    force: Force
    norms: Annotated[tuple[Norm, ...], Field(min_length=1)]
    unread: tuple[Unread, ...] = ()
    may_count_as: dict[Kind, tuple[Kind, ...]] = Field(default_factory=dict)
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
        rows: tuple[Norm | Unread, ...] = (*self.norms, *self.unread)
        for norm in rows:
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
        """Return the entry as in YAML with the rows of the day (manifest).

        ``norms`` are the rows in force, ``unread`` the classes of which it was not read
        what holds on the day; where a figure was only seen is not told.
        """
        entry = self.model_dump(mode="json", exclude={"norms", "unread"})
        return entry | {
            "better": self.better,
            "norms": [_described(norm) for norm in self.norms if norm.in_force(on)],
            "unread": [_described(row) for row in self.unread_on(on)],
        }

    def unread_on(self, on: date) -> tuple[Norm | Unread, ...]:
        """Return what may hold on a day and was not read: stretches, and early rows."""
        early = tuple(norm for norm in self.norms if norm.unread(on))
        return (*early, *(row for row in self.unread if row.in_force(on)))


def _described(row: Norm | Unread) -> dict[str, Any]:
    said = row.model_dump(mode="json", exclude={"source": {"seen_at"}})
    for name in ("population", "households"):
        band = getattr(row.applies, name)
        said["applies"][name] = band.text if band else None
    said["applies"] = {k: v for k, v in said["applies"].items() if v is not None}
    return said
