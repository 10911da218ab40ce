"""Kinds of facility: ``data/facility_kinds.yaml``."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from geo.sources.country import Texts
from geo.sources.entries import entries_of
from geo.texts import FACILITY_KINDS
from geo.types import FacilityKind

_TAG = r"^[^=]+=[^=]+$"


class DeclaredKind(BaseModel):
    """What a kind of facility is called, and what means it in OpenStreetMap."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: FacilityKind
    osm: tuple[Annotated[str, Field(pattern=_TAG)], ...]
    choice: Texts
    way: Texts

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Key and value of each tag of OpenStreetMap."""
        return [(key, value) for key, _, value in (t.partition("=") for t in self.osm)]


@cache
def declared_kinds(path: Path = FACILITY_KINDS) -> tuple[DeclaredKind, ...]:
    """Return the kinds in the order of the file.

    Raises
    ------
    DeclarationError
        If an entry does not say what it must; names it and the key.
    """
    return tuple(entries_of(path, "facility_kinds", DeclaredKind, "id"))


@cache
def facility_tags() -> dict[tuple[str, str], FacilityKind]:
    """Return what kind of facility each tag of OpenStreetMap, key and value, means."""
    return {tag: kind.id for kind in declared_kinds() for tag in kind.tags}
