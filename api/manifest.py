"""The parts of a manifest that no answer can do without, and their types.

Everything else in a manifest may be there or not; a release that lacks one of these
would be a fault of the server on every request.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    ValidationError,
)

from geo.errors import ReleaseError


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


class _Indicator(_WithCode):
    label: Texts | None = None


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


class _Manifest(_Part):
    release: str
    country: _Country
    on: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
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


def check_manifest(manifest: Mapping[str, Any]) -> None:
    """Check the parts of a manifest that the server and its pages rest on.

    Raises
    ------
    ReleaseError
        Naming the first part that is missing or of another kind, such as
        ``standards[0].id``.
    """
    try:
        _Manifest.model_validate(manifest)
    except ValidationError as error:
        first = error.errors()[0]
        said = first["msg"].removeprefix("Value error, ")
        raise ReleaseError(f"{_place(first['loc'])}: {said}") from error


def _place(parts: tuple[int | str, ...]) -> str:
    """Return where a fault is, as one writes it.

    >>> _place(("standards", 0, "id"))
    'standards[0].id'
    """
    text = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts)
    return text.removeprefix(".")
