"""Ways to damage a release on disk, by accident and as a faulty build would."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.layers.schema import TABLES
from tests.api.tiny import manifest_in, seal

Damage = Callable[[Path], None]


def bytes_of(name: str, content: bytes) -> Damage:
    """Replace a file, and leave its checksum as it was."""
    return lambda folder: _write(folder / name, content)


def sealed(name: str, content: bytes) -> Damage:
    """Replace a file as a faulty build would: with its own checksum."""
    return _then_seal(lambda folder: _write(folder / name, content))


def rows(name: str, change: Callable[[list[dict[str, Any]]], object]) -> Damage:
    """Change the rows of a table as a faulty build would."""

    def damage(folder: Path) -> None:
        path = folder / f"{name}.parquet"
        held = pq.read_table(path).to_pylist()
        change(held)
        pq.write_table(pa.Table.from_pylist(held, TABLES[name].schema), path)

    return _then_seal(damage)


def edited(change: Callable[[dict[str, Any]], object], *, seals: bool) -> Damage:
    """Change the manifest; ``seals`` gives it the content id of what it says now."""

    def damage(folder: Path) -> None:
        document = manifest_in(folder)
        change(document)
        if seals:
            seal(folder, document)
        else:
            _write_manifest(folder, document)

    return damage


def _then_seal(damage: Damage) -> Damage:
    def both(folder: Path) -> None:
        damage(folder)
        seal(folder, manifest_in(folder))

    return both


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _write_manifest(folder: Path, document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
