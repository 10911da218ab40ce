"""A small country and a source for the readers; every fixture file is hand-made."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from geo.sources.country import Country
from geo.sources.readers.base import Options, Reading
from geo.sources.readers.catalog import READERS
from geo.sources.readers.table import RECORDS, Table, same
from geo.sources.result import ReadResult, Rejections

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
        used = READERS[reader]
        result = used(path, Vintage(), make_country(**(country or {})), options)
        if isinstance(used, Table):
            for _, field, _, reason in refused(result):
                every = [*used.sentences, *RECORDS]
                own = options.get("columns") or {}
                assert declared(used, every, field, reason, own), (field, reason)
        return result

    return run


def declared(
    table: Table[Any],
    sentences: Iterable[tuple[str, str]],
    field: str,
    reason: str,
    named: Mapping[str, str] | None = None,
) -> bool:
    """Tell whether a refusal is among the declared ones (column of ours, sentence)."""
    theirs = {**table.columns, **(named or {})}
    for column, sentence in sentences:
        names = column.split(","), field.split(",")
        same_column = column == "…" or all(
            one == ours or one in theirs.get(ours, ()) or theirs.get(ours) == one
            for ours, one in zip(*names, strict=False)
        )
        known = (re.escape(one).replace("…", ".+") for one in sentence.split(" | "))
        if same_column and any(re.fullmatch(one, reason) for one in known):
            return True
    return False


def rows_of(
    path: Path, *needed: str, separator: str | None = ","
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a table that needs these columns, keeping all: rows, refused ones."""
    table = Table("", same(*needed), (), Options, also=("",), separator=separator)
    refused = Rejections("s", path.name)
    rows = table.rows(Reading(path, Vintage(), make_country(), Options(), refused))
    return rows, refused.frame()


def refused(result: ReadResult) -> list[tuple[str, str, str, str]]:
    """Return (row, field, value, reason) of the refused rows."""
    table = result.rejected[["row", "field", "value", "reason"]]
    return [tuple(row) for row in table.itertuples(index=False)]
