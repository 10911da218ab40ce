"""Releases of the real countries, each built once per run, with nothing kept."""

import fcntl
import json
import os
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

from geo.pipeline import build
from geo.release.read import open_release
from geo.settings import Settings

ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Made:
    """One built release, its tables as frames."""

    path: Path
    notes: tuple[str, ...]

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self._tables.setdefault(table, self._release.table(table).to_pandas())

    @cached_property
    def _tables(self):
        return {}

    @cached_property
    def _release(self):
        return open_release(self.path, checksums=True)

    @property
    def manifest(self):
        return self._release.manifest

    def values(self, indicator: str) -> pd.DataFrame:
        """Return the values of one indicator by settlement."""
        table = self["values"]
        return table[table["indicator"] == indicator].set_index("settlement_id")


def make(code, mirror, base, data=None):
    """Build a country of the mirror below ``base``."""
    settings = Settings(
        releases=base / "releases",
        supplied=base / "supplied",
        cache=base / "cache",
        data=data,
    )
    built = build(code, settings=settings, mirror=str(mirror), on=ON)
    return Made(built.published.path, built.notes)


def shared(code, mirror, tmp_path_factory):
    """Build a country once for all processes that run tests side by side."""
    own = tmp_path_factory.getbasetemp()
    base = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"real-{code}"
    base.mkdir(exist_ok=True)
    said = base / "made.json"
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            made = make(code, mirror, base)
            said.write_text(json.dumps([str(made.path), made.notes]), encoding="utf-8")
    path, notes = json.loads(said.read_text(encoding="utf-8"))
    return Made(Path(path), tuple(notes))


@pytest.fixture(scope="session")
def by(mirror, tmp_path_factory):
    return shared("by", mirror, tmp_path_factory)


@pytest.fixture(scope="session")
def lt(mirror, tmp_path_factory):
    return shared("lt", mirror, tmp_path_factory)


@pytest.fixture(scope="session")
def kz(mirror, tmp_path_factory):
    return shared("kz", mirror, tmp_path_factory)


@pytest.fixture(scope="session")
def li(mirror, tmp_path_factory):
    return shared("li", mirror, tmp_path_factory)
