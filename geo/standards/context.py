"""Norms that are known of and never judged: history, pilots, benchmarks, facts.

A context entry documents what was read (or only heard) beside the norms that bind:
superseded figures, another country's rules, international conventions, counts that
explain a norm. It has no class that a settlement could fall under and no indicator, so
that nothing can be judged by it.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from geo.errors import DeclarationError
from geo.standards.load import CONTEXT_FILE, sentence
from geo.standards.model import Texts
from geo.yaml_file import read_yaml

#: keys by which something is judged; an entry that carries one is no context
_JUDGING = ("usable_as_norm", "norms", "indicator", "applies", "force", "due")
_HELP = "See docs/standards.md, section Context."


class ContextStatus(StrEnum):
    """Why an entry is not judged."""

    IN_FORCE = "in_force"  # binds, but its figure was not read
    SUPERSEDED = "superseded"
    PILOT = "pilot"
    BENCHMARK = "benchmark"
    FACT = "fact"
    UNKNOWN = "unknown"


class Seen(StrEnum):
    """How the entry was seen."""

    READ = "read"  # in the text of the act or of its publisher
    REPORTED = "reported"  # in a secondary source
    RECALLED = "recalled"  # from memory, to be checked before any use


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Figure(_Entry):
    """One figure: of what, and how much; ``value`` is null where it was not read."""

    of: Annotated[str, Field(min_length=1)]
    op: Annotated[str, StringConstraints(pattern="^(>=|<=|<|>|==|has)$")] | None = None
    value: bool | float | str | None = None
    unit: str | None = None
    note: str | None = None


class ContextSource(_Entry):
    """Where it is written; every part may be unknown.

    ``seen_at`` are addresses that only a verifier asks for, as of a norm.
    """

    act: str | None = None
    item: str | None = None
    revision: str | None = None
    url: str | None = None
    seen_at: tuple[str, ...] = ()


class ContextEntry(_Entry):
    """One norm, benchmark or fact that is documented and never judged."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]*$")]
    domain: Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
    title: Texts
    metric: Annotated[str, Field(min_length=1)]
    unit: Annotated[str, Field(min_length=1)]
    unit_of_assessment: Annotated[str, Field(min_length=1)]
    status: ContextStatus
    figures: tuple[Figure, ...] = ()
    source: ContextSource = Field(default_factory=ContextSource)
    confidence: Seen
    notes: str | None = None

    def described(self) -> dict[str, Any]:
        """Return the entry for the manifest, without where it was only seen."""
        return self.model_dump(mode="json", exclude={"source": {"seen_at"}})

    @model_validator(mode="before")
    @classmethod
    def _is_not_judged(cls, entry: Any) -> Any:
        for key in _JUDGING:
            if isinstance(entry, dict) and key in entry:
                raise ValueError(
                    f"{key!r} belongs to a standard: context is never judged; what "
                    "shall be judged goes to standards/*.yaml"
                )
        return entry

    @model_validator(mode="after")
    def _in_force_only_without_figures(self) -> Self:
        known = any(figure.value is not None for figure in self.figures)
        if (
            self.status is ContextStatus.IN_FORCE
            and known
            and self.confidence is not Seen.RECALLED
        ):
            raise ValueError(
                "a norm in force whose figure was read is a standard: move it to "
                "standards/*.yaml"
            )
        return self


def load_context(folders: Sequence[Path]) -> list[ContextEntry]:
    """Read ``context.yaml`` of the folders; a later folder replaces equal ids.

    Parameters
    ----------
    folders
        Countries' folders and the international one; the file may be missing.

    Returns
    -------
    list of ContextEntry
        Sorted by id.

    Raises
    ------
    DeclarationError
        If a file does not say what it must; names file, entry and key.
    """
    found: dict[str, ContextEntry] = {}
    for folder in folders:
        path = folder / CONTEXT_FILE
        if path.is_file():
            found |= _read(path)
    return [found[key] for key in sorted(found)]


def _read(path: Path) -> dict[str, ContextEntry]:
    content = read_yaml(path)
    entries = content.get("context") if isinstance(content, dict) else None
    if not isinstance(entries, list) or set(content) != {"context"}:
        raise DeclarationError(
            "the file must hold one key 'context' with a list",
            where=str(path),
            remedy=_HELP,
        )
    own: dict[str, ContextEntry] = {}
    for number, raw in enumerate(entries, 1):
        name = raw.get("id") if isinstance(raw, dict) else None
        where = f"{path}, entry {name or f'number {number}'}"
        try:
            entry = ContextEntry.model_validate(raw)
        except ValidationError as error:
            raise DeclarationError(
                sentence(error, raw), where=where, remedy=_HELP
            ) from error
        if entry.id in own:
            raise DeclarationError(
                "the id stands there twice", where=where, remedy="Keep one entry."
            )
        own[entry.id] = entry
    return own
