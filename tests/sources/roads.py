"""The file that the tests of downloads fetch, and how they fetch it."""

import hashlib
from dataclasses import replace
from pathlib import Path

from geo.sources.download import Patience
from geo.sources.fetch import Fetched, fetch
from geo.sources.source import Source

BODY = bytes(range(256)) * 1200  # 307,200 bytes
SHA = hashlib.sha256(BODY).hexdigest()
PATIENCE = Patience(connect_s=2, read_s=2, attempts=3, pause_s=0)
PATH = "/files/roads.bin"


def source_at(url: str, **changes: object) -> Source:
    made = Source(
        id="roads",
        version="1",
        date="2026-01-01",
        title="Roads",
        publisher_url=url,
        homepage="https://example.org/roads",
        mirror="files/roads.bin",
        sha256=SHA,
        spdx="ODbL-1.0",
        share_alike=True,
        redistribute="yes",
        token_env="",
        attribution_ru="",
        attribution_be="",
        attribution_en="",
        note="",
    )
    return replace(made, **changes)


def get(source: Source, cache: Path, **options: object) -> Fetched:
    return fetch(
        source, **{"mirror": None, "cache": cache, "patience": PATIENCE} | options
    )


def left_in(cache: Path) -> set[str]:
    """Names of the files in the cache that could be taken for data."""
    names = {path.name for path in (cache / "sources").rglob("*") if path.is_file()}
    return {name for name in names if not name.endswith((".lock", ".json"))}
