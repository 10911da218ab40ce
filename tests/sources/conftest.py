"""Fixtures of the source tests."""

import pytest

from tests.sources.roads import BODY, PATH, source_at


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def roads(site):
    site.files[PATH] = BODY
    return source_at(site.url + PATH)
