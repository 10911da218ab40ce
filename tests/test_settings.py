"""Where things lie when nobody says so, for users with and without a home."""

import os
from pathlib import Path

import pytest

from geo import settings
from geo.settings import HOMELESS_CACHE, Settings, cache_folder


@pytest.fixture
def home(monkeypatch, tmp_path):
    """Let the user's cache lie below a folder that the test makes or does not."""
    place = tmp_path / "home" / ".cache" / "paritet"
    monkeypatch.setattr(settings, "user_cache_path", lambda _: place)
    monkeypatch.delenv("PARITET_CACHE", raising=False)
    return place


def test_the_cache_lies_in_the_user_s_own(home):
    home.parents[1].mkdir()
    assert Settings().cache == home
    assert not home.exists()  # asking makes nothing


def test_without_a_home_the_cache_lies_beside_the_releases(monkeypatch):
    def homeless(_):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("PARITET_CACHE", raising=False)
    monkeypatch.setattr(settings, "user_cache_path", homeless)
    assert Settings().cache == HOMELESS_CACHE
    monkeypatch.setenv("PARITET_CACHE", "/srv/cache")
    assert Settings().cache == Path("/srv/cache")


def test_a_home_that_cannot_be_made_is_none(home, monkeypatch):
    asked = []
    monkeypatch.setattr(os, "access", lambda path, _: bool(asked.append(path)))
    assert cache_folder() == HOMELESS_CACHE
    assert asked == [home.parents[2]]  # the nearest folder that is there


def test_a_cache_that_is_there_may_be_read_only(home, monkeypatch):
    home.mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert cache_folder() == home


def test_a_home_that_is_no_place_is_none(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(settings, "user_cache_path", lambda _: Path("~/.cache/paritet"))
    assert cache_folder() == HOMELESS_CACHE
