"""A toy release on disk and the empty form of its raion."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.reports.workbook import write_workbook
from geo.sources.workbook.content import WorkbookContent
from geo.sources.workbook.read import read_workbook
from tests.workbook import toy


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the toy release; do not write."""
    return toy.write_release(tmp_path_factory.mktemp("toy") / "2026-11-22.1")


@pytest.fixture(scope="session")
def settlements() -> pd.DataFrame:
    return toy.settlements_frame()


@pytest.fixture(scope="session")
def empty_form(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the form of the toy raion as it leaves the program; do not write."""
    out = tmp_path_factory.mktemp("form") / "ozersk.xlsx"
    return write_workbook(release, "Озёрский", out)


@pytest.fixture
def form(empty_form: Path, tmp_path: Path) -> Path:
    """Return a copy of the form to fill in."""
    return Path(shutil.copy(empty_form, tmp_path / "ozersk.xlsx"))


Read = Callable[..., WorkbookContent]


@pytest.fixture
def read(settlements: pd.DataFrame) -> Read:
    """Read a workbook of the toy raion on the toy day."""

    def reading(path: Path) -> WorkbookContent:
        return read_workbook(path, settlements, bounds=toy.BOUNDS, today=toy.TODAY)

    return reading
