"""Releases of the real countries, each built once per run, with nothing kept."""

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


@pytest.fixture(scope="session")
def by(mirror, tmp_path_factory):
    return make("by", mirror, tmp_path_factory.mktemp("by"))


@pytest.fixture(scope="session")
def lt(mirror, tmp_path_factory):
    return make("lt", mirror, tmp_path_factory.mktemp("lt"))


@pytest.fixture(scope="session")
def kz(mirror, tmp_path_factory):
    return make("kz", mirror, tmp_path_factory.mktemp("kz"))


@pytest.fixture(scope="session")
def li(mirror, tmp_path_factory):
    return make("li", mirror, tmp_path_factory.mktemp("li"))
