"""A release that a test may damage."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def folder(toy_release, tmp_path):
    """A copy of the toy release that a test may damage."""
    copy = tmp_path / toy_release.parent.name / toy_release.name
    return Path(shutil.copytree(toy_release, copy))
