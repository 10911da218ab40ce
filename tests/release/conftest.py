"""Fixtures of the release tests."""

from pathlib import Path

import pytest

from tests.release.publisher import publish_toy


@pytest.fixture(scope="session")
def toy_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a published toy release; tests only read it."""
    return publish_toy(tmp_path_factory.mktemp("releases")).path
