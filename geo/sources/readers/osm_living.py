"""What of an OpenStreetMap file is there: without what an editor has deleted.

osmium does not tell what JOSM marks with ``action="delete"``, and places no node whose
number is negative, as those of an editor's drafts are. A file with either is read from
a copy without the deleted objects, in which drafts have numbers of their own. PBF knows
no such marks: osmium writes deleted objects into histories only.
"""

import bz2
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.parsers import expat

import osmium
import osmium.io

from geo.errors import SourceFormatError
from geo.sources.readers.osm_open import (
    damage_told,
    day_of,
    header_of,
    is_history,
    osm_format,
)

#: In a copy the draft -7 has the number _DRAFTS + 7. Twice of it, which osmium makes
#: the number of an area, still fits into 64 bits; OpenStreetMap is below 2 ** 34.
_DRAFTS = 2**60
#: 16 bytes per node of the file, whatever the numbers of the nodes are
NODE_INDEX = "sparse_mmap_array"
DELETED = "objects deleted in an editor (action=delete, visible=false): left out"
_OBJECTS = frozenset({"node", "way", "relation"})
_OPENERS: dict[str, Any] = {"osm": open, "osm.gz": gzip.open, "osm.bz2": bz2.open}


@dataclass(frozen=True)
class OsmInput:
    """An OpenStreetMap file, or a copy without what is deleted.

    Attributes
    ----------
    path
        The file that was given, for messages.
    file
        What pyosmium is to read.
    date
        Day of the extract (ISO) where its header tells, else empty.
    deleted
        How many objects are left out because an editor has deleted them.
    copied
        Whether ``file`` is a copy, with other numbers for drafts.
    """

    path: Path
    file: Any
    date: str
    deleted: int = 0
    copied: bool = False

    def objects(self, processor: Any) -> Iterator[Any]:
        """Yield the objects of a processor of ``file``.

        Raises
        ------
        SourceFormatError
            If the file is cut short or damaged.
        """
        with damage_told(self.path):
            yield from processor

    def number(self, number: int) -> int:
        """Return the number that an object of ``file`` has in the file of ``path``."""
        return _DRAFTS - number if self.copied and number > _DRAFTS else number


@contextmanager
def living(path: Path) -> Iterator[OsmInput]:
    """Open an OpenStreetMap file for reading what is there.

    Raises
    ------
    SourceFormatError
        If the file is no OSM file, cut short, a change or a history file.
    """
    form = osm_format(path)
    file = osmium.io.File(str(path), form)
    date = day_of(header_of(path, file))
    marks = _Marks(path)
    if form in _OPENERS:
        with damage_told(path), _OPENERS[form](path, "rb") as stream:
            marks.parser.ParseFile(stream)
    if not (marks.deleted or marks.drafts):
        yield OsmInput(path, file, date)
        return
    with TemporaryDirectory(prefix="paritet-osm-") as folder:
        copy = Path(folder) / "living.osm.pbf"
        with damage_told(path):
            _copy(path, file, copy, marks.deleted)
        made = osmium.io.File(str(copy), "pbf")
        yield OsmInput(path, made, date, len(marks.deleted), copied=True)


class _Marks:
    """Walks an OSM XML file and notes what osmium does not tell.

    Attributes
    ----------
    deleted
        Objects that are deleted, such as n17.
    drafts
        Whether any object has a negative number.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.deleted: set[str] = set()
        self.drafts = False
        self._last = ("", "", "")
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an object; the versions of one follow each other in a history."""
        if name not in _OBJECTS:
            return
        number, version = attributes.get("id", ""), attributes.get("version", "")
        if (name, number) == self._last[:2] and version != self._last[2]:
            raise several_versions(self.path, name, number, self._last[2], version)
        self._last = (name, number, version)
        self.drafts |= number.startswith("-")
        # JOSM says that it deletes, the API and its history that it is not visible
        if attributes.get("action") == "delete" or attributes.get("visible") == "false":
            self.deleted.add(f"{name[0]}{_plain(number)}")


def _plain(number: str) -> str:
    """Return a number as osmium reads it; what is none is for osmium to refuse."""
    try:
        return str(int(number))
    except ValueError:
        return number


def several_versions(
    path: Path, kind: str, number: object, first: object, second: object
) -> SourceFormatError:
    """Return the error of a file that holds an object in two versions."""
    return is_history(
        path, f"{kind} {number} stands in it in the versions {first} and {second}"
    )


def _copy(path: Path, file: Any, target: Path, deleted: set[str]) -> None:
    """Write what is left of a file, drafts under numbers of their own."""
    with osmium.SimpleWriter(str(target)) as writer:
        item: Any
        for item in osmium.FileProcessor(file):
            if f"{item.type_str()}{item.id}" in deleted:
                continue
            parts: dict[str, Any] = {}
            if item.is_way():
                parts["nodes"] = [_aside(node.ref, path) for node in item.nodes]
            elif item.is_relation():
                members = [(m.type, _aside(m.ref, path), m.role) for m in item.members]
                parts["members"] = members
            writer.add(item.replace(id=_aside(item.id, path), **parts))


def _aside(number: int, path: Path) -> int:
    """Return the number of an object in the copy."""
    if number >= _DRAFTS:
        raise SourceFormatError(
            f"an object has the number {number}, which OpenStreetMap has not given",
            where=str(path),
            remedy="Take the file anew from where it came.",
        )
    return _DRAFTS - number if number < 0 else number
