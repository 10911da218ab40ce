"""The one way in for YAML: what can be read in two ways is refused, and named.

YAML takes the last of two equal keys, the number 8 for ``010`` and true for a key
``on``; where law is data, each of these is a fault of the file. A file that would
exhaust the machine (deep, huge, or large through its aliases) is refused before it is
built.
"""

import math
import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from geo.errors import DeclarationError

try:  # libyaml is ten times as fast; PyYAML may have been built without it
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

#: The largest declaration has 35 kB; edits of a whole timetable have some 10 MB.
MOST_BYTES = 16 * 2**20
#: Declarations are kept once they are parsed, edits of a timetable are not.
_KEPT_BYTES = 2**16
#: Declarations nest eight deep; libyaml overruns the stack at some ten thousand.
MOST_DEPTH = 32
#: Keys, values and brackets, every alias written out: what a bomb multiplies. The
#: largest declaration has 1,500; this many take some seconds.
MOST_PARTS = 250_000
_LEADING_ZERO = re.compile(r"[-+]?0[0-9_]+")
_MERGE = "tag:yaml.org,2002:merge"
_QUOTE = "Put it in quotation marks if it is a text."


def read_yaml(path: Path) -> Any:
    """Read one YAML file.

    Parameters
    ----------
    path
        A regular file in UTF-8, with one document.

    Returns
    -------
    object
        Mappings, lists, texts, numbers, truth values, days; None for an empty file.

    Raises
    ------
    DeclarationError
        If the file cannot be read, is no YAML, nests too deep or grows too large, or
        says something in two ways; names file, line and key.
    """
    content = _bytes(path)
    if len(content) > _KEPT_BYTES:
        return _parsed(path, content)
    return deepcopy(_kept(path, content))


@lru_cache(maxsize=64)
def _kept(path: Path, content: bytes) -> Any:
    """Return what a file says, parsed once: a build asks for some a dozen times."""
    return _parsed(path, content)


def _parsed(path: Path, content: bytes) -> Any:
    try:
        _weigh(content, path)
        loader = _Loader(content)
        try:
            root = loader.get_single_node()
            if root is None:
                return None
            _Check(loader, path).node(root, "")
            return loader.construct_document(root)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise _no_yaml(error, content, path) from error


def read_mapping(path: Path) -> dict[Any, Any]:
    """Read a YAML file whose root is a mapping.

    Raises
    ------
    DeclarationError
        As :func:`read_yaml`, and if the root is something else or nothing.
    """
    content = read_yaml(path)
    if not isinstance(content, dict):
        found = "empty" if content is None else f"a {type(content).__name__}"
        raise DeclarationError(
            f"the file must be a mapping of keys and is {found}",
            where=str(path),
            remedy="Write `key: value` lines; docs/countries.md shows each file.",
        )
    return content


def _bytes(path: Path) -> bytes:
    """Return the content, once it is known to be a file of bearable size in UTF-8."""
    try:
        if not path.is_file():  # a pipe would be waited for, without end
            what = "no regular file" if path.exists() else "there is no such file"
            raise DeclarationError(
                what, where=str(path), remedy="Give the name of a YAML file."
            )
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise DeclarationError(
                f"the file has {size:,} bytes, {MOST_BYTES:,} at most can be read",
                where=str(path),
                remedy="Divide it, or check that it is the YAML file that is meant.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise DeclarationError(
            f"the file cannot be read ({error.strerror or error})",
            where=str(path),
            remedy="Check its rights and the disk it lies on.",
        ) from error
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DeclarationError(
            f"not UTF-8 text (byte 0x{content[error.start]:02X})",
            where=f"{path}, line {line}",
            remedy="Save the file as UTF-8.",
        ) from error
    return content


def _weigh(content: bytes, path: Path) -> None:
    """Refuse what nests too deep or grows too large, before anything is built."""
    anchored: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    parts = 0
    for event in yaml.parse(content, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor is not None:
                anchored[anchor] = parts - before
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        where = f"{path}, line {_line(event)}"
        more = 1
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append((event.anchor, parts))
        elif isinstance(event, yaml.AliasEvent):
            more = _of_alias(str(event.anchor), anchored, where)
        elif event.anchor is not None:
            anchored[event.anchor] = 1
        parts += more
        if len(opened) > MOST_DEPTH:
            raise DeclarationError(
                f"the file nests more than {MOST_DEPTH} deep",
                where=where,
                remedy="Check the brackets and the indentation.",
            )
        if parts > MOST_PARTS:
            raise DeclarationError(
                f"the file holds more than {MOST_PARTS:,} keys and values, aliases "
                "written out",
                where=where,
                remedy="Divide it; what an alias (*name) repeats may be too large.",
            )


def _of_alias(anchor: str, anchored: dict[str, int], where: str) -> int:
    if anchor not in anchored:
        raise DeclarationError(
            f"the alias *{anchor} names nothing that stands before it",
            where=where,
            remedy=f"Put &{anchor} at the first place, and the alias after it.",
        )
    return anchored[anchor]


def _line(what: yaml.Node | yaml.Event) -> int:
    return what.start_mark.line + 1 if what.start_mark else 1


class _Check:
    """Looks at each key and value of a document for what YAML would pass over."""

    def __init__(self, loader: Any, path: Path) -> None:
        self.loader = loader
        self.path = path

    def node(self, node: yaml.Node, key: str) -> None:
        """Check a value under its key, and all that it holds."""
        if isinstance(node, yaml.ScalarNode) and node.tag != _MERGE:
            self.scalar(node, key)
        elif isinstance(node, yaml.SequenceNode):
            for item in node.value:
                self.node(item, key)
        elif isinstance(node, yaml.MappingNode):
            self.mapping(node, key)

    def mapping(self, node: yaml.MappingNode, above: str) -> None:
        """Refuse a key that stands twice, or that is read as a truth value."""
        lines: dict[Any, int] = {}
        for name, value in node.value:
            if not isinstance(name, yaml.ScalarNode):
                raise self.fault(name, "a key must be a word or a number")
            self.node(name, above)
            merged = name.tag == _MERGE  # `<<: *other` takes over the keys of another
            key = name.value if merged else self.loader.construct_object(name)
            if isinstance(key, bool):
                raise self.fault(
                    name, f"key {name.value!r}: YAML reads it as yes or no", _QUOTE
                )
            if key in lines:
                raise self.fault(
                    name,
                    f"key {name.value!r} stands twice, first in line {lines[key]}",
                    "Keep one of them: which holds cannot be told.",
                )
            lines[key] = _line(name)
            self.node(value, name.value)

    def scalar(self, node: yaml.ScalarNode, key: str) -> None:
        """Refuse a day that does not exist, and a number that is read as another."""
        kind = node.tag.rpartition(":")[2]
        if kind == "str":
            return
        said = f"key {key!r}: {node.value[:60]!r}"
        try:
            value = self.loader.construct_object(node)
        except ValueError as error:
            day = kind == "timestamp"
            what = "no day of the calendar" if day else f"no {kind}"
            remedy = "Write a day that there is, as 2026-02-28." if day else _QUOTE
            raise self.fault(
                node, f"{said} is {what} ({error!s:.60})", remedy
            ) from error
        if kind == "float" and not math.isfinite(value):
            raise self.fault(node, f"{said} is no number", "Leave out what is unknown.")
        if kind in {"int", "float"} and ":" in node.value:
            raise self.fault(
                node, f"{said} is the number {value} in YAML (base 60)", _QUOTE
            )
        if kind == "int" and _LEADING_ZERO.fullmatch(node.value):
            raise self.fault(
                node, f"{said} is the number {value} in YAML (base 8)", _QUOTE
            )

    def fault(
        self, node: yaml.Node, what: str, remedy: str = "Mend the line."
    ) -> DeclarationError:
        """Return the sentence with file and line."""
        where = f"{self.path}, line {_line(node)}"
        return DeclarationError(what, where=where, remedy=remedy)


def _no_yaml(error: yaml.YAMLError, content: bytes, path: Path) -> DeclarationError:
    """Return what the parser says as one sentence."""
    spot = ""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        spot = f", line {mark.line + 1}, column {mark.column + 1}"
        what = error.problem
    elif isinstance(error, yaml.reader.ReaderError):
        line = content.count(b"\n", 0, error.position) + 1
        spot, what = f", line {line}", f"{error.reason}, byte {error.position}"
    else:
        what = " ".join(str(error).split())
    return DeclarationError(
        f"not valid YAML ({what})",
        where=f"{path}{spot}",
        remedy="Mend the line; indentation must be spaces.",
    )
