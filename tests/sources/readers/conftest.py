"""A small country and a source for the readers; every fixture file is hand-made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from geo.sources.country import Country
from geo.sources.readers.catalog import READERS
from geo.sources.result import ReadResult

Read = Callable[..., ReadResult]


@dataclass(frozen=True)
class Vintage:
    """The part of a source that readers see."""

    id: str = "made-up"
    date: str = "2024-05-01"


def make_country(**changes: Any) -> Country:
    travel = {
        "detour": 1.3,
        "speed_kmh": 50,
        "detour_slow": 1.6,
        "speed_slow_kmh": 40,
        "speed_legal_kmh": 90,
        "source": "test",
    }
    declared: dict[str, Any] = {
        "code": "xx",
        "names": {"ru": "Тест"},
        "languages": ("ru", "be"),
        "timezone": "Europe/Minsk",
        "crs_metric": "EPSG:32635",
        "bounds": (20.0, 50.0, 30.0, 56.0),
        "id_scheme": "wof",
        "feeds": (),
        "parameters": {"travel": travel},
    }
    return Country.model_validate(declared | changes)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file (if text or bytes are given) and read it with the named reader."""

    def run(
        reader: str,
        content: str | bytes | Path,
        *,
        name: str = "table.csv",
        country: dict[str, Any] | None = None,
        **options: Any,
    ) -> ReadResult:
        path = content if isinstance(content, Path) else tmp_path / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        elif isinstance(content, bytes):
            path.write_bytes(content)
        return READERS[reader](
            path, Vintage(), make_country(**(country or {})), options
        )

    return run


def refused(result: ReadResult) -> list[tuple[str, str, str, str]]:
    """Return (row, field, value, reason) of the refused rows."""
    table = result.rejected[["row", "field", "value", "reason"]]
    return [tuple(row) for row in table.itertuples(index=False)]
