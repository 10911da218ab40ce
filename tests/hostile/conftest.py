"""A small demo country, and the same with a stranger's text in every open field."""

from datetime import date
from types import SimpleNamespace

import pytest

from geo.pipeline import build
from geo.release.read import open_release
from tests.build.small import overlay, settings_of
from tests.hostile.payloads import hostile_release

DAY = date(2026, 1, 15)


@pytest.fixture(scope="session")
def kitchen(tmp_path_factory):
    """``clean`` and ``hostile`` are release folders, ``root`` that of the hostile."""
    base = tmp_path_factory.mktemp("hostile")
    settings = settings_of(base, overlay(base / "overlay"))
    clean = build("demo", settings=settings, on=DAY).published.path
    folder = hostile_release(clean, base / "spiced")
    return SimpleNamespace(clean=clean, hostile=folder, root=base / "spiced")


@pytest.fixture(scope="session")
def release(kitchen):
    """The hostile release, opened."""
    return open_release(kitchen.hostile, checksums=True)
