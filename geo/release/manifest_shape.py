"""The parts of a manifest that no answer can do without, and their types.

Everything else in a manifest may be there or not; a release that lacks one of these
would be a fault of the server on every request. Light on purpose, as
:mod:`geo.release.read` is.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
)

from geo.codes import COUNTRY_CODE, parse_release_name
from geo.errors import ReleaseError

_SHOWN = 60


def _release_id(text: str) -> str:
    country, _, name = text.partition("/")
    if not re.fullmatch(COUNTRY_CODE, country) or not parse_release_name(name):
        raise ValueError("no release id such as by/2026-11-22.1")
    return text


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("no day such as 2026-11-22")
    return text


def _file_name(text: str) -> str:
    """Let pass only what names a file within the folder of the release."""
    path = PurePosixPath(text)
    leaves = path.is_absolute() or ".." in path.parts or "\0" in text
    if leaves or text != path.as_posix() or text in {".", "", "manifest.json"}:
        raise ValueError("no name of a file within the release")
    return text


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _WithId(_Part):
    id: str


class _WithCode(_Part):
    code: str


class _WithSource(_Part):
    source: str


Entry = TypeVar("Entry", bound=_Part)


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Return the entries if no two have the same key; the key is their first field."""
    key = next(iter(type(entries[0]).model_fields)) if entries else ""
    seen: set[str] = set()
    for entry in entries:
        found = getattr(entry, key)
        if found in seen:
            raise ValueError(f"two entries have the {key} {found[:60]!r}")
        seen.add(found)
    return entries


Distinct = Annotated[list[Entry], AfterValidator(_distinct)]
Texts = dict[str, str | None]
Tally = dict[str, dict[str, int]]


class _OfCountry(_Part):
    code: Annotated[str, Field(pattern=f"^{COUNTRY_CODE}$")]


class _Door(_Part):
    """What opening a release rests on."""

    release: Annotated[str, AfterValidator(_release_id)]
    country: _OfCountry
    on: Annotated[str, AfterValidator(_day)]
    checksums: dict[
        Annotated[str, AfterValidator(_file_name)],
        Annotated[str, Field(pattern="^[0-9a-f]{64}$")],
    ]


class _Country(_WithCode):
    names: Texts = {}
    languages: list[str] = []
    synthetic: bool = False
    bounds: Annotated[list[FiniteFloat], Field(min_length=4, max_length=4)] | None = (
        None
    )
    level_names: dict[str, dict[str, Texts]] = {}


class _Norm(_WithId):
    label: Texts | None = None
    reading: Texts | None = None
    source: dict[str, Any] | None = None


class _Standard(_WithId):
    domain: str
    indicator: str | None = None
    title: Texts | None = None
    responsible: Texts | None = None
    unit_of_assessment: str = "settlement"
    norms: list[_Norm] = []


class _Domain(_WithId):
    label: Texts | None = None
    scored: bool = True


class _Indicator(_WithCode):
    label: Texts | None = None
    classes: list[FiniteFloat] = []


class _Input(_WithSource):
    attribution: Texts | None = None
    title: str | None = None


class _Operator(_WithId):
    name: str


class _Transit(_Part):
    destinations: list[_WithId] = []


class _Parameters(_Part):
    transit: _Transit = _Transit()
    robustness: dict[str, Any] = {}


class _Hexagons(_Part):
    resolution: Annotated[int, Field(ge=0, le=15)]
    start: int = Field(alias="from")
    end: int = Field(alias="to")


class _Tiles(_Part):
    settlements: Literal["by_cell"] | None = None
    hexagons: list[_Hexagons] = []


class _Manifest(_Part):
    country: _Country
    parameters: _Parameters
    inputs: list[_Input]  # a source that two readers read stands there twice
    standards: Distinct[_Standard]
    domains: Distinct[_Domain]
    indicators: Distinct[_Indicator] = []
    unit_indicators: Distinct[_Indicator] = []
    context: Distinct[_WithId] = []
    operators: Distinct[_Operator] = []
    assumptions: Distinct[_WithId] = []
    suppliers: dict[str, Texts] = {}
    counts: dict[str, int] = {}
    verdicts: Tally = {}
    statuses: Tally = {}
    robustness: dict[str, Any] = {}
    default_view: str = "scores"
    tiles: _Tiles = _Tiles()


def check_door(manifest: Mapping[str, Any]) -> None:
    """Check the parts of a manifest without which a release cannot be opened.

    Raises
    ------
    ReleaseError
        Naming the first part that is missing or cannot be what it must.
    """
    _check(_Door, manifest)


def check_manifest(manifest: Mapping[str, Any]) -> None:
    """Check the parts of a manifest that the server and its pages rest on.

    Raises
    ------
    ReleaseError
        Naming the first part that is missing or of another kind, such as
        ``standards[0].id``.
    """
    _check(_Manifest, manifest)


def _check(shape: type[_Part], manifest: Mapping[str, Any]) -> None:
    try:
        shape.model_validate(manifest)
    except ValidationError as error:
        first = error.errors()[0]
        said = first["msg"].removeprefix("Value error, ")
        if first["type"] != "missing":
            said += f", got {first['input']!r:.{_SHOWN}}"
        raise ReleaseError(f"{_place(first['loc'])}: {said}") from error


def _place(parts: tuple[int | str, ...]) -> str:
    """Return where a fault is, as one writes it.

    >>> _place(("standards", 0, "id"))
    'standards[0].id'
    """
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts)
    return text.removeprefix(".")
