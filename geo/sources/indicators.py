"""The indicators of a country: each is one entry of ``data/indicators.yaml``.

An entry holds all that is said of an indicator; the comment above the entries explains
its keys. Readers, measuring, judging, the workbook and the manifest look here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field
from pydantic import model_validator as whole

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import Country, Texts
from geo.sources.entries import entries_of
from geo.sources.transit import load_transit
from geo.sources.vocabulary import strange_word
from geo.types import AssessedUnit, FacilityKind
from geo.yaml_file import read_mapping

FILE = DECLARATIONS / "indicators.yaml"

Limit = Annotated[int | float, Field(gt=0, allow_inf_nan=False)]


class Topic(BaseModel):
    """A heading of the first page."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: Texts


#: Topics that are no indicator's: residents, all standards, how much is known.
PEOPLE, OVERALL, KNOWN = "people", "overall", "known"


class Beyond(BaseModel):
    """A limit of the classes, and what is so of those on its worse side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Limit
    ru: str
    be: str
    en: str


class Entry(BaseModel):
    """One entry of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    domain: str
    topic: str
    unit: str
    better: Literal["higher", "lower"]
    label: Texts
    caveat: Texts | None = None
    beyond: Beyond | None = None
    bears_on: str | None = None
    freshness_years: int | float | None = None
    quantity: Literal["number", "count", "ordinal"] = "number"
    levels: dict[int, Texts] = Field(default_factory=dict)
    classes: Annotated[tuple[Limit, ...], Field(max_length=4)] = ()
    derived: bool = False
    function: str = ""
    kind: FacilityKind | None = None
    per: Literal["operator", "destination"] | None = None
    if_asked: bool = False
    instead: str = ""
    workbook: str = ""
    unit_of_assessment: Annotated[tuple[AssessedUnit, ...], Field(min_length=1)] = ()

    @whole(mode="after")
    def _consistent(self) -> Self:
        if self.levels and self.quantity != "ordinal":
            raise ValueError("levels are of a quantity that is ordinal")
        if list(self.classes) != sorted(set(self.classes)):
            raise ValueError("classes are limits in ascending order")
        if self.classes and (self.quantity == "ordinal" or self.unit_of_assessment):
            raise ValueError("classes are of numbers that settlements have")
        if not self.unit_of_assessment and not self.caveat:
            raise ValueError("what settlements have needs a caveat")
        if self.beyond and self.beyond.limit not in self.limits:
            raise ValueError("the limit of beyond is one of the classes")
        if self.code.endswith("*") != (self.per is not None):
            raise ValueError("a code ends in * where there is one per something")
        return self

    @property
    def limits(self) -> tuple[float, ...]:
        """Limits of its classes; of a few figures each but the least begins one."""
        return self.classes or tuple(sorted(self.levels or figures(self.unit)))[1:]

    @property
    def sheet(self) -> str | None:
        """Sheet of the workbook that may supply it; None where a raion cannot know."""
        return self.workbook or None


#: What an entry says for the first page alone.
SHOWN = ("topic", "caveat", "beyond", "bears_on")


class Domain(BaseModel):
    """A social standard; one that is not ``scored`` has no standards to be scored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    label: Texts
    scored: bool = True


class Indicator(Entry):
    """An indicator of a country, such as one for each of its operators.

    ``arguments`` are the further arguments of its function.
    """

    arguments: Mapping[str, Any] = Field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Return the indicator as the manifest shows it."""
        keys = {"code", "domain", "unit", "better", "label", "freshness_years"}
        if self.unit_of_assessment:
            return self.model_dump(mode="json", include=keys | {"unit_of_assessment"})
        own = {"quantity", "levels", "derived", *SHOWN}
        said = self.model_dump(mode="json", include=keys | own)
        return said | {"classes": list(self.limits)}


@cache
def entries(path: Path = FILE) -> tuple[Entry, ...]:
    """Return all entries of the file.

    Raises
    ------
    DeclarationError
        If one does not say what it must, or is of no topic; names it and the key.
    """
    listed = tuple(entries_of(path, "indicators", Entry, "code"))
    ids = [one.id for one in topics(path) if one.id not in {PEOPLE, OVERALL, KNOWN}]
    for entry in listed:
        if entry.topic not in ids:
            raise DeclarationError(
                f"topic {entry.topic!r} {strange_word(entry.topic, ids, what='topic')}",
                where=f"{path}, indicators, entry {entry.code}",
                remedy="Name one, or add it to the topics of the file.",
            )
    return listed


@cache
def topics(path: Path = FILE) -> tuple[Topic, ...]:
    """Return the topics, in the order of the declarations.

    Raises
    ------
    DeclarationError
        As :func:`entries`.
    """
    return tuple(entries_of(path, "topics", Topic, "id"))


def entry_of(code: str) -> Entry | None:
    """Return the entry of an indicator of a country; None: it is no longer there."""
    return next((one for one in entries() if fnmatchcase(code, one.code)), None)


@cache
def domains(path: Path = FILE) -> tuple[Domain, ...]:
    """Return the domains, in the order of the declarations.

    Raises
    ------
    DeclarationError
        As :func:`entries`.
    """
    return tuple(entries_of(path, "domains", Domain, "id"))


def declared(country: Country, path: Path = FILE) -> list[Indicator]:
    """Return all indicators of a country, of settlements and of whole units."""
    return [one for entry in entries(path) for one in _expanded(entry, country)]


def indicators(country: Country) -> list[Indicator]:
    """Return the indicators of settlements."""
    return [one for one in declared(country) if not one.unit_of_assessment]


def unit_indicators(country: Country) -> list[Indicator]:
    """Return those of raions, oblasts, the country, operators.

    They are no indicators of settlements: nothing is measured, mapped or scored by them
    village by village.
    """
    return [one for one in declared(country) if one.unit_of_assessment]


def asked_for(
    listed: Sequence[Indicator], judged: Collection[str], supplied: Collection[str]
) -> list[Indicator]:
    """Leave out what is measured only if asked, and neither is judged nor was supplied.

    Parameters
    ----------
    listed
        All indicators of the country.
    judged
        Codes that a standard of the country uses.
    supplied
        Codes that observations speak of, and the kinds of facility that are listed.
    """
    wanted = {*judged, *supplied}
    return [
        one
        for one in listed
        if not one.if_asked or one.code in wanted or one.kind in wanted
    ]


def suppliers(country: Country) -> dict[str, Texts]:
    """Return who could supply each indicator; of several keys the longest holds."""
    found = {}
    for one in declared(country):
        keys = [key for key in country.suppliers if fnmatchcase(one.code, key)]
        if keys:
            found[one.code] = country.suppliers[max(keys, key=len)]
    return found


def supplying_sheet(code: str) -> str | None:
    """Return the sheet of the workbook that can supply an indicator, None if none can.

    Examples
    --------
    >>> supplying_sheet("digital.fixed_broadband")
    'fixed'
    >>> supplying_sheet("digital.mobile_mbps") is None
    True
    """
    found = entry_of(code)
    return found.sheet if found else None


@cache
def figures(unit: str) -> Sequence[float]:
    """Return the only figures that a unit may have; empty where any may be."""
    units: dict[str, dict[str, Any]] = read_mapping(FILE).get("units") or {}
    found: list[float] = units.get(unit, {}).get("only", [])
    return found


def _expanded(entry: Entry, country: Country) -> Iterator[Indicator]:
    """Yield an indicator, or one for each operator or destination of the country."""
    more: list[tuple[str, Texts, dict[str, Any]]] = []
    if entry.per == "operator":
        for operator in country.operators:
            nets = (*operator.nets, *operator.shared)
            names = dict.fromkeys(entry.label, operator.name)
            more.append((operator.id, names, {"nets": nets}))
    elif entry.per == "destination":
        for one in load_transit(country).destinations:
            names = {key: one.label.get(key, one.id) for key in entry.label}
            more.append((one.id, names, {"destination": one}))
    else:
        more = [("", {}, {"kind": entry.kind} if entry.kind else {})]
    for own, names, arguments in more:
        code = entry.code.removesuffix("*") + own
        windows = country.freshness_years
        window = windows.get(code, windows.get(entry.code, entry.freshness_years))
        label = {
            key: f"{text}: {names[key]}" if names else text
            for key, text in entry.label.items()
        }
        changed = {"code": code, "label": label, "freshness_years": window}
        fields = vars(entry) | changed | {"arguments": arguments}
        yield Indicator.model_construct(**fields)
