"""The entries of ``data/indicators.yaml``: lists of mappings, each with its keys."""

from pathlib import Path
from typing import Any

from geo.errors import DeclarationError

#: part of the file -> the key that names an entry
_NAMES = {"domains": "id", "indicators": "code"}
#: part -> the further keys of an entry
_KEYS = {"domains": ("label",), "indicators": ("domain", "unit", "better", "label")}


def entries(content: Any, part: str, path: Path) -> list[dict[str, Any]]:
    """Return the entries of one part of the file, each with its name.

    Parameters
    ----------
    content
        The file as it was read from YAML.
    part
        ``domains`` or ``indicators``.
    path
        Where it was read.

    Raises
    ------
    DeclarationError
        If the part is no list of mappings, or an entry has no name.
    """
    listed = content.get(part) if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise DeclarationError(
            f"no list under the key {part!r}",
            where=str(path),
            remedy=f"Restore {path.name} from the project.",
        )
    name = _NAMES[part]
    for number, entry in enumerate(listed, 1):
        if not isinstance(entry, dict) or not isinstance(entry.get(name), str):
            raise DeclarationError(
                f"{entry!r:.60} is no mapping with the key {name!r}",
                where=f"{path}, {part}, entry {number}",
                remedy=f"Give it the keys {name}, {', '.join(_KEYS[part])}.",
            )
    return listed


def whole(entry: dict[str, Any], part: str, path: Path) -> dict[str, Any]:
    """Return an entry that has all keys of its part.

    Raises
    ------
    DeclarationError
        If one is missing; names entry and key.
    """
    for key in _KEYS[part]:
        if entry.get(key) is None:
            raise DeclarationError(
                f"key {key!r} is missing",
                where=f"{path}, {part}, entry {entry[_NAMES[part]]}",
                remedy=f"Every entry has the keys {', '.join(_KEYS[part])}.",
            )
    return entry
