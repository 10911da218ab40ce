"""The small demo country, its mirror made once per run."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from geo.pipeline import build
from tests.build.small import TODAY, overlay, settings_of

DAY = date(2026, 1, 15)


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Overlay, cache and a first release of the small demo; nobody writes there."""
    base = tmp_path_factory.mktemp("small")
    data = overlay(base / "overlay")
    settings = settings_of(base, data)
    built = build("demo", settings=settings, on=DAY, today=TODAY)
    return SimpleNamespace(base=base, data=data, settings=settings, built=built)


@pytest.fixture
def base(small, tmp_path):
    """A folder of its own with a copy of the first release, served."""
    shutil.copytree(small.settings.releases, tmp_path / "releases")
    return tmp_path
