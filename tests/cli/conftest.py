"""Runs the command line in this process, on the small demo country."""

import shutil
import sys
from types import SimpleNamespace

import pytest

from geo.cli.main import main
from geo.pipeline import building
from geo.settings import settings
from tests.build.small import TODAY, overlay


@pytest.fixture(scope="session")
def kitchen(tmp_path_factory):
    """Overlay and cache of the small demo, and releases that nobody changes."""
    base = tmp_path_factory.mktemp("kitchen")
    made = SimpleNamespace(
        base=base,
        data=overlay(base / "overlay"),
        cache=base / "cache",
        releases=base / "releases",
    )
    with pytest.MonkeyPatch.context() as patch:
        at_home(patch, made, base)
        words = ("build", "demo", "--data", made.data, "--out", made.releases)
        assert run(patch, *words) == 0
    return made


def at_home(patch, kitchen, folder):
    """Work in ``folder``, with the shared cache and no setting from outside."""
    for name in ("PARITET_DATA", "PARITET_MIRROR", "PARITET_RELEASES"):
        patch.delenv(name, raising=False)
    patch.setenv("PARITET_CACHE", str(kitchen.cache))
    patch.setenv("PARITET_SUPPLIED", str(folder / "supplied"))
    patch.setattr(building, "civil_today", lambda _country: TODAY)
    patch.chdir(folder)
    settings.cache_clear()


def run(patch, *words):
    """Run ``paritet`` and return its exit code."""
    patch.setattr(sys, "argv", ["paritet", *map(str, words)])
    with pytest.raises(SystemExit) as done:
        main()
    return done.value.code


@pytest.fixture
def paritet(kitchen, tmp_path, monkeypatch, capsys):
    """Return ``(code, stdout, stderr)`` of one command, run in ``tmp_path``."""
    at_home(monkeypatch, kitchen, tmp_path)

    def command(*words):
        capsys.readouterr()
        code = run(monkeypatch, *words)
        said = capsys.readouterr()
        return code, said.out, said.err

    yield command
    settings.cache_clear()


@pytest.fixture
def releases(kitchen, tmp_path):
    """A copy of the built releases that a test may add to."""
    return shutil.copytree(kitchen.releases, tmp_path / "releases")
