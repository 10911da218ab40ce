"""Names of oblasts, raions and selsovets by language from a nested XML list."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    finished,
    parse_options,
    read_bytes,
    refusals,
)
from geo.sources.readers.names import without_stress
from geo.sources.result import ReadResult, Rejections

#: Element of the list -> our area kind.
KINDS = {
    "Kraina": "country",
    "Voblasc": "oblast",
    "Rajon": "raion",
    "Vojtaustva": "selsovet",
    "Horad": "town",
}


class AreaNamesOptions(Options):
    """``kinds``: element of the list -> country, oblast, raion, selsovet or town."""

    kinds: dict[str, str] = KINDS


class _Forbidden(Exception):  # noqa: N818 - a signal out of the parser, never shown
    """An entity declaration: no list of names needs one, every XML bomb does."""


class _Listing:
    """Collects one row per element while the parser walks the list."""

    def __init__(self, kinds: Mapping[str, str], refused: Rejections) -> None:
        self.kinds = kinds
        self.refused = refused
        self.rows: list[dict[str, Any]] = []
        self.above: list[str | None] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = self.forbid

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the names of an element; refuse one of unknown kind or without names."""
        name = attributes.get("name_ru") or attributes.get("name_be")
        kind = self.kinds.get(tag)
        if kind is None or name is None:
            self.refused.add(
                row=self.parser.CurrentLineNumber,
                field=tag,
                value=attributes.get("osmID"),
                reason="the element has no name" if kind else "unknown kind of area",
            )
        else:
            self.rows.append(
                {
                    "area_kind": kind,
                    "parent_name": next((n for n in self.above[::-1] if n), None),
                    "osm_id": attributes.get("osmID"),
                    "name_ru": attributes.get("name_ru"),
                    "name_be": attributes.get("name_be"),
                }
            )
        self.above.append(name)

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.above.pop()

    def forbid(self, *_declaration: object) -> None:
        """Stop at the first entity declaration."""
        raise _Forbidden


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read a nested list of areas into ``area_names``; stress marks are taken out.

    ``parent_name`` is the Russian name of the area above. expat is used directly: it
    knows the line of each element and lets entity declarations be refused.

    Raises
    ------
    SourceFormatError
        If the file is no well-formed XML, or declares entities.
    """
    chosen = parse_options(AreaNamesOptions, options)
    refused = refusals(path, source)
    listing = _Listing(chosen.kinds, refused)
    content = read_bytes(path)
    try:
        listing.parser.Parse(content, True)  # noqa: FBT003 - positional-only
    except expat.ExpatError as error:
        raise SourceFormatError(
            f"not well-formed XML ({expat.ErrorString(error.code)})",
            where=f"{path}, line {error.lineno}",
            remedy="Fetch it again; it may be cut short, or save it as UTF-8.",
        ) from error
    except _Forbidden as error:
        raise SourceFormatError(
            "the XML declares entities",
            where=f"{path}, line {listing.parser.CurrentLineNumber}",
            remedy="Remove the DOCTYPE; a list of names needs none.",
        ) from error
    columns = ["area_kind", "parent_name", "osm_id", "name_ru", "name_be"]
    table = pd.DataFrame(listing.rows, columns=columns, dtype="str")
    for column in ("parent_name", "name_ru", "name_be"):
        table[column] = without_stress(table[column]).str.strip()
    return finished("area_names", table, refused)
