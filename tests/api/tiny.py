"""A release by hand: twelve settlements of a country that does not exist."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.layers.schema import TABLES
from geo.release.content import content_id
from tests.api.tiny_estimates import estimate_rows
from tests.api.tiny_manifest import manifest_of
from tests.api.tiny_rows import rows_of
from tests.api.tiny_units import unit_rows
from tests.filled import filled

TILE = (5, 18, 10)
TILE_BYTES = b"one tile" * 40


def write_archive(path: Path, tiles: dict[tuple[int, int, int], bytes]) -> None:
    """Write a small PMTiles archive with gzipped tiles."""
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": 0,
        "min_lat_e7": 0,
        "max_lon_e7": 0,
        "max_lat_e7": 0,
        "center_zoom": 0,
        "center_lon_e7": 0,
        "center_lat_e7": 0,
    }
    with path.open("wb") as stream:
        writer = Writer(stream)
        for place, data in tiles.items():
            writer.write_tile(zxy_to_tileid(*place), gzip.compress(data, mtime=0))
        writer.finalize(header, {"vector_layers": []})


def write_release(
    root: Path, code: str = "zz", name: str = "2026-11-22.1", **manifest: Any
) -> Path:
    """Write the release under ``root`` and move `latest` to it."""
    folder = root / code / name
    (folder / "tiles").mkdir(parents=True)
    rows = rows_of(code) | unit_rows(code) | estimate_rows(code)
    for table, declared in TABLES.items():
        full = [filled(table, row) for row in rows.get(table, [])]
        made = pa.Table.from_pylist(full, schema=declared.schema)
        pq.write_table(made, folder / f"{table}.parquet")
    for layer in ("settlements", "areas"):
        write_archive(folder / "tiles" / f"{layer}.pmtiles", {TILE: TILE_BYTES})
    seal(folder, manifest_of(code, name) | manifest)
    move_latest(root, code, name)
    return folder


def seal(folder: Path, document: dict[str, Any]) -> None:
    """Write a manifest as a build does: with checksums and the content id."""
    files = sorted(folder.rglob("*.p*"))
    document["checksums"] = {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in files
    }
    document["content_id"] = content_id(document, document["checksums"])
    text = json.dumps(document, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def manifest_in(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release on disk."""
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return found


def move_latest(root: Path, country: str, name: str) -> None:
    """Point `latest` at a release, as a build does."""
    beside = root / country / ".latest"
    beside.write_text(f"{name}\n", encoding="utf-8")
    beside.replace(root / country / "latest")
