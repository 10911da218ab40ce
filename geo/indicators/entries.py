"""The entries of ``data/indicators.yaml``: a list of mappings, each with its keys."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geo.errors import DeclarationError

_NEEDED = {
    "domains": ("id", "label"),
    "indicators": ("code", "domain", "unit", "better", "label"),
}


def entries(content: Any, part: str, path: Path) -> list[dict[str, Any]]:
    """Return the entries of one part of the file.

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
        If the part is no list of mappings, or an entry lacks a key; names both.
    """
    listed = content.get(part) if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise DeclarationError(
            f"no list under the key {part!r}",
            where=str(path),
            remedy="Restore data/indicators.yaml from the project.",
        )
    for number, entry in enumerate(listed, 1):
        _require(entry, _NEEDED[part], f"{path}, {part}, entry {number}")
    return listed


def _require(entry: Any, needed: Sequence[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise DeclarationError(
            f"{entry!r:.60} is no mapping of keys",
            where=where,
            remedy=f"Give it the keys {', '.join(needed)}.",
        )
    missing = [key for key in needed if entry.get(key) is None]
    if missing:
        raise DeclarationError(
            f"key {missing[0]!r} is missing",
            where=f"{where} ({entry.get(needed[0])})",
            remedy=f"Every entry has the keys {', '.join(needed)}.",
        )
