"""Names of oblasts, raions and selsovets by language from a nested XML list."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.files import read_bytes
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

#: A country's list is 141 kB, one of every village some megabytes.
MOST_BYTES = 64 * 2**20
#: Elements: a country of 23,000 settlements several times over.
MOST_ELEMENTS = 200_000
#: Country, oblast, raion, selsovet, place, and room for what others put around them.
MOST_DEPTH = 32
#: Letters of an attribute: no name of a place is longer.
MOST_LETTERS = 300


class AreaNamesOptions(Options):
    """``kinds``: element of the list -> country, oblast, raion, selsovet or town."""

    kinds: dict[str, str] = KINDS


class _RefusedError(Exception):
    """What ends the reading of the whole file: a signal out of the parser."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what)


class _Listing:
    """Collects one row per element while the parser walks the list.

    ``above`` holds, for each element around the present one, the nearest name from
    there upwards.
    """

    def __init__(self, kinds: Mapping[str, str], refused: Rejections) -> None:
        self.kinds = kinds
        self.refused = refused
        self.rows: list[dict[str, Any]] = []
        self.above: list[str | None] = []
        self.elements = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.EntityDeclHandler = self.forbid

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the names of an element; refuse one of unknown kind or without names."""
        self.elements += 1
        self.bound()
        parent = self.above[-1] if self.above else None
        name = attributes.get("name_ru") or attributes.get("name_be")
        reason = self.fault(tag, name, attributes)
        if reason:
            self.refused.add(
                row=self.parser.CurrentLineNumber,
                field=tag[:MOST_LETTERS],
                value=attributes.get("osmID", "")[:MOST_LETTERS],
                reason=reason,
            )
        else:
            self.rows.append(
                {
                    "area_kind": self.kinds[tag],
                    "parent_name": parent,
                    "osm_id": attributes.get("osmID"),
                    "name_ru": attributes.get("name_ru"),
                    "name_be": attributes.get("name_be"),
                }
            )
        self.above.append(name or parent)

    def fault(self, tag: str, name: str | None, attributes: dict[str, str]) -> str:
        """Return why an element gives no name, empty if it does."""
        if tag not in self.kinds:
            return "unknown kind of area"
        if name is None:
            return "the element has no name"
        if any(len(text) > MOST_LETTERS for text in attributes.values()):
            return f"an attribute is longer than {MOST_LETTERS} letters"
        return ""

    def bound(self) -> None:
        """Stop where no list of areas goes."""
        if len(self.above) >= MOST_DEPTH:
            raise _RefusedError(
                f"elements nest more than {MOST_DEPTH} deep",
                "A list of areas has five levels; check what file this is.",
            )
        if self.elements > MOST_ELEMENTS:
            raise _RefusedError(
                f"the file has more than {MOST_ELEMENTS:,} elements",
                "Leave out what is no area.",
            )

    def end(self, _tag: str) -> None:
        """Leave an element."""
        self.above.pop()

    def forbid(self, *_declaration: object) -> None:
        """Stop at the first entity: no list needs one, every XML bomb does."""
        raise _RefusedError(
            "the XML declares entities",
            "Remove the DOCTYPE; a list of names needs none.",
        )


@reader(AreaNamesOptions)
def read(at: Reading[AreaNamesOptions]) -> ReadResult:
    """Read a nested list of areas into ``area_names``; stress marks are taken out.

    ``parent_name`` is the Russian name of the area above. expat is used directly: it
    knows the line of each element and lets entity declarations be refused.

    Raises
    ------
    SourceFormatError
        If the file is no well-formed XML, is in an encoding that nobody knows, declares
        entities, or is deeper or larger than any list of areas.
    """
    listing = _Listing(at.options.kinds, at.refused)
    _parse(listing, at.path)
    columns = ["area_kind", "parent_name", "osm_id", "name_ru", "name_be"]
    table = pd.DataFrame(listing.rows, columns=columns, dtype="str")
    for column in ("parent_name", "name_ru", "name_be"):
        table[column] = without_stress(table[column]).str.strip()
    return at.result({"area_names": table})


def _parse(listing: _Listing, path: Path) -> None:
    """Walk the file; every fault of it is one sentence with its line."""
    content = read_bytes(path)
    if len(content) > MOST_BYTES:
        raise SourceFormatError(
            f"the file is larger than {MOST_BYTES:,} bytes",
            where=str(path),
            remedy="A list of names has some megabytes; check what file this is.",
        )
    try:
        listing.parser.Parse(content, True)  # noqa: FBT003 - positional-only
    except expat.ExpatError as error:
        what = f"not well-formed XML ({expat.ErrorString(error.code)})"
        remedy = "Fetch it again; it may be cut short, or save it as UTF-8."
        cause: Exception = error
    except _RefusedError as error:
        what, remedy, cause = error.what, error.remedy, error
    except (LookupError, ValueError) as error:  # Python's codecs know no such name
        what = f"the encoding that the XML names cannot be read ({error})"
        remedy, cause = 'Save it as UTF-8, with encoding="UTF-8" at its head.', error
    else:
        return
    line = listing.parser.CurrentLineNumber
    raise SourceFormatError(
        what, where=f"{path}, line {line}", remedy=remedy
    ) from cause
