"""The real country for the tests of the indicators."""

from pathlib import Path

import pytest

from tests.layers.belarus import Belarus, belarus


@pytest.fixture(scope="session")
def by(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Belarus:
    """Belarus, harmonised from the mirror."""
    return belarus(mirror, tmp_path_factory.getbasetemp() / "by")
