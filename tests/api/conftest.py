"""A tiny release on disk, and a client on the application over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.api.tiny import write_release


@pytest.fixture(scope="session")
def tiny_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of releases with one country and one release; do not write."""
    root = tmp_path_factory.mktemp("releases")
    write_release(root)
    return root


@pytest.fixture(scope="session")
def client(tiny_root: Path) -> Iterator[TestClient]:
    with TestClient(create_app(tiny_root)) as made:
        yield made
