"""A build killed at any moment leaves the served release; the next build heals."""

import random
import signal
import subprocess
import sys
from datetime import date

import pytest

from geo.errors import BuildLockedError
from geo.pipeline import STAGES, build
from geo.release.catalog import list_releases
from geo.release.read import open_release
from geo.release.write import STAGES as PUBLISHING
from tests.build.conftest import DAY
from tests.build.small import REPOSITORY, contents, manifest, served, settings_of

NEXT = date(2026, 2, 1)
STEPS = (*STAGES[:-1], *(f"publish:{step}" for step in PUBLISHING))
#: steps after which the new release lies whole on the shelf
RENAMED = ("publish:latest", "publish:end")


def builder(small, base, *options, **popen):
    """Start a build of the next day's release in a process of its own."""
    command = [sys.executable, "-m", "tests.build.builder", str(base), str(small.data)]
    command += [str(NEXT), "--cache", str(small.settings.cache), *options]
    return subprocess.Popen(command, cwd=REPOSITORY, text=True, **popen)


@pytest.fixture(scope="module")
def undisturbed(small, tmp_path_factory):
    """Bytes of the next day's release where nothing was killed."""
    base = tmp_path_factory.mktemp("undisturbed")
    settings = settings_of(base, small.data, cache=small.settings.cache)
    return contents(build("demo", settings=settings, on=NEXT).published.path)


def heal(small, base):
    settings = settings_of(base, small.data, cache=small.settings.cache)
    return build("demo", settings=settings, on=NEXT).published


def assert_healed(small, base, undisturbed):
    healed = heal(small, base)
    assert healed.release_id == "demo/2026-02-01.1"
    assert contents(healed.path) == undisturbed
    names = sorted(path.name for path in (base / "releases" / "demo").iterdir())
    assert names == [".lock", "2026-01-15.1", "2026-02-01.1", "latest"]
    assert served(base / "releases") == "2026-02-01.1"


def assert_whole(root, first):
    """Every listed release opens with its checksums; the first is as it was."""
    for entry in list_releases(root, "demo"):
        open_release(entry.path, checksums=True)
    assert contents(root / "demo" / "2026-01-15.1") == first


def test_killed_at_every_boundary(small, base, undisturbed):
    root = base / "releases"
    first = contents(small.built.published.path)
    for step in STEPS[: STEPS.index("publish:latest")]:
        killed = builder(small, base, "--kill", step, stdout=subprocess.DEVNULL)
        assert killed.wait() == -signal.SIGKILL, step
        assert served(root) == "2026-01-15.1", step
        assert [entry.name for entry in list_releases(root)] == ["2026-01-15.1"], step
        assert_whole(root, first)
    assert_healed(small, base, undisturbed)


@pytest.mark.parametrize("step", RENAMED)
def test_killed_after_the_rename(small, base, undisturbed, step):
    killed = builder(small, base, "--kill", step, stdout=subprocess.DEVNULL)
    assert killed.wait() == -signal.SIGKILL
    root = base / "releases"
    moved = step == "publish:end"
    assert served(root) == ("2026-02-01.1" if moved else "2026-01-15.1")
    assert_whole(root, contents(small.built.published.path))
    assert_healed(small, base, undisturbed)


def test_killed_at_ten_random_points(small, base, undisturbed):
    root = base / "releases"
    first = contents(small.built.published.path)
    chance = random.Random(2026)  # noqa: S311 - a repeatable choice, no secret
    for _ in range(10):
        step, delay = chance.choice(STEPS), chance.uniform(0, 0.4)
        running = builder(small, base, stdout=subprocess.PIPE)
        for line in running.stdout:
            if line.strip() == step:
                break
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(delay)
            raise subprocess.TimeoutExpired([], delay)  # it had ended already
        running.kill()
        running.wait()
        running.stdout.close()
        assert served(root) in ("2026-01-15.1", "2026-02-01.1"), step
        assert_whole(root, first)
    assert_healed(small, base, undisturbed)


def test_two_builds_at_once_one_wins(small, base):
    held = builder(
        small,
        base,
        "--hold",
        "read",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    while held.stdout.readline().strip() != "read":
        pass
    with pytest.raises(BuildLockedError) as fault:
        heal(small, base)
    assert str(fault.value) == (
        f"{base}/releases/demo/.lock: another build of 'demo' is running (process "
        f"{held.pid}). Wait until it ends, or stop that process and build again."
    )
    assert served(base / "releases") == "2026-01-15.1"
    held.communicate("\n")
    assert held.returncode == 0
    assert served(base / "releases") == "2026-02-01.1"
    assert manifest(base / "releases/demo/2026-02-01.1")["on"] == "2026-02-01"


def test_killed_while_the_demo_mirror_is_made(small, tmp_path):
    """A half-written mirror in the cache is never taken for a whole one."""
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "tests.build.builder", str(tmp_path)]
    command += [str(small.data), str(DAY), "--cache", str(cache)]
    running = subprocess.Popen(
        command, cwd=REPOSITORY, text=True, stdout=subprocess.PIPE
    )
    for line in running.stdout:
        if line.startswith("fetch:"):
            break
    while not list(cache.glob("synthetic/*/.demo.*.part/*")):
        assert running.poll() is None
    running.kill()
    running.wait()
    running.stdout.close()
    settings = settings_of(tmp_path, small.data, cache=cache)
    built = build("demo", settings=settings, on=DAY)
    assert contents(built.published.path) == contents(small.built.published.path)


def test_interrupted_by_the_keyboard_no_staging_is_left(small, base):
    running = builder(
        small,
        base,
        "--hold",
        "publish:sync",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while running.stdout.readline().strip() != "publish:sync":
        pass
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()
    assert running.returncode != 0
    assert "KeyboardInterrupt" in said
    names = sorted(path.name for path in (base / "releases" / "demo").iterdir())
    assert names == [".lock", "2026-01-15.1", "latest"]
