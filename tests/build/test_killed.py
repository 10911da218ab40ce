"""A build killed at any moment leaves the served release; the next build heals."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date

import pytest

from geo.errors import BuildLockedError
from geo.pipeline import STAGES, build
from geo.release.catalog import list_releases
from geo.release.read import open_release
from geo.release.write import STAGES as PUBLISHING
from tests.build.conftest import DAY
from tests.build.small import (
    REPOSITORY,
    TODAY,
    contents,
    manifest,
    served,
    settings_of,
)

NEXT = date(2026, 2, 1)
STEPS = (*STAGES[:-1], *(f"publish:{step}" for step in PUBLISHING))
#: steps after which the new release lies whole on the shelf
RENAMED = ("publish:latest", "publish:end")
#: the last step before which nothing is written
WRITING = "publish:tables"


class Builder:
    """Starts builds of one release in processes of their own; see ``builder.py``."""

    def __init__(self, small, base, on=NEXT, cache=None):
        command = [sys.executable, "-m", "tests.build.builder", str(base)]
        command += [str(small.data), str(on), str(cache or small.settings.cache)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, text=True, stdin=pipe, stdout=pipe, stderr=pipe
        )
        self.pid, self.at = 0, ""

    def start(self, order="-"):
        self.tell(order)
        self.pid = int(self.until("pid ").split()[1])

    def prepare(self, step):
        """Let one build come to a step; what is started then goes on from there.

        No farther than where it begins to write: its forks write, and are killed.
        """
        step = min(step, WRITING, key=STEPS.index)
        if step == self.at:
            return
        if self.at:
            self.tell(f"fork {step}")
        else:
            self.start(f"fork {step}")
        self.at = self.until(step)
        assert self.at == step

    def unprepare(self):
        """Kill the prepared build, which holds the lock."""
        self.tell("")
        assert self.ended() == -signal.SIGKILL

    def tell(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def until(self, wanted):
        """Return the first line that begins so, or the one that says it has ended."""
        for line in self.process.stdout:
            if line.startswith((wanted, "ended ")):
                return line.strip()
        raise AssertionError(self.process.stderr.read())

    def ended(self):
        """Return the exit code; negative is the signal."""
        return int(self.until("ended ").split()[1])

    def errors(self):
        """End the process that starts the builds; return what they said in anger."""
        return self.process.communicate()[1]


@pytest.fixture
def builder(small, base):
    """Builds of the next day's release."""
    made = Builder(small, base)
    yield made
    if made.process.returncode is None:
        made.process.kill()
        made.process.communicate()


@pytest.fixture(scope="module")
def undisturbed(small, tmp_path_factory):
    """Bytes of the next day's release where nothing was killed."""
    base = tmp_path_factory.mktemp("undisturbed")
    settings = settings_of(base, small.data, cache=small.settings.cache)
    return contents(build("demo", settings=settings, on=NEXT).published.path)


def heal(small, base):
    settings = settings_of(base, small.data, cache=small.settings.cache)
    return build("demo", settings=settings, on=NEXT, today=TODAY).published


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


def test_killed_at_every_boundary(small, base, builder, undisturbed):
    root = base / "releases"
    first = contents(small.built.published.path)
    for step in STEPS[: STEPS.index("publish:latest")]:
        builder.prepare(step)
        builder.start(step)
        assert builder.ended() == -signal.SIGKILL, step
        assert served(root) == "2026-01-15.1", step
        assert [entry.name for entry in list_releases(root)] == ["2026-01-15.1"], step
        assert_whole(root, first)
    builder.unprepare()
    assert_healed(small, base, undisturbed)


@pytest.mark.parametrize("step", RENAMED)
def test_killed_after_the_rename(small, base, builder, undisturbed, step):
    builder.start(step)
    assert builder.ended() == -signal.SIGKILL
    root = base / "releases"
    moved = step == "publish:end"
    assert served(root) == ("2026-02-01.1" if moved else "2026-01-15.1")
    assert_whole(root, contents(small.built.published.path))
    assert_healed(small, base, undisturbed)


def test_killed_at_ten_random_points(small, base, builder, undisturbed):
    root = base / "releases"
    first = contents(small.built.published.path)
    chance = random.Random(2026)  # noqa: S311 - a repeatable choice, no secret
    codes = []
    points = [(chance.choice(STEPS), chance.uniform(0, 0.3)) for _ in range(10)]
    for step, delay in sorted(points, key=lambda point: STEPS.index(point[0])):
        builder.prepare(step)
        builder.start()
        if builder.at == step or not builder.until(step).startswith("ended"):
            time.sleep(delay)
            with suppress(ProcessLookupError):  # it may have come to its end
                os.kill(builder.pid, signal.SIGKILL)
            codes.append(builder.ended())
        assert served(root) in ("2026-01-15.1", "2026-02-01.1"), step
        assert_whole(root, first)
    assert -signal.SIGKILL in codes
    builder.unprepare()
    assert_healed(small, base, undisturbed)


def test_two_builds_at_once_one_wins(small, base, builder):
    builder.start("hold read")
    builder.until("read")
    with pytest.raises(BuildLockedError) as fault:
        heal(small, base)
    assert str(fault.value) == (
        f"{base}/releases/demo/.lock: another build of 'demo' is running (process "
        f"{builder.pid}). Wait until it ends, or stop that process and build again."
    )
    assert served(base / "releases") == "2026-01-15.1"
    builder.tell("")
    assert builder.ended() == 0
    assert served(base / "releases") == "2026-02-01.1"
    assert manifest(base / "releases/demo/2026-02-01.1")["on"] == "2026-02-01"


def test_killed_while_the_demo_mirror_is_made(small, tmp_path):
    """A half-written mirror in the cache is never taken for a whole one."""
    cache = tmp_path / "cache"
    builder = Builder(small, tmp_path, on=DAY, cache=cache)
    builder.start()
    builder.until("fetch:")
    while not list(cache.glob("synthetic/*/.demo.*.part/*")):
        os.kill(builder.pid, 0)  # fails if the build has ended
    os.kill(builder.pid, signal.SIGKILL)
    assert builder.ended() == -signal.SIGKILL
    builder.errors()
    settings = settings_of(tmp_path, small.data, cache=cache)
    built = build("demo", settings=settings, on=DAY)
    assert contents(built.published.path) == contents(small.built.published.path)


def test_interrupted_by_the_keyboard_no_staging_is_left(base, builder):
    builder.start("hold publish:sync")
    builder.until("publish:sync")
    os.kill(builder.pid, signal.SIGINT)
    assert builder.ended() != 0
    assert "KeyboardInterrupt" in builder.errors()
    names = sorted(path.name for path in (base / "releases" / "demo").iterdir())
    assert names == [".lock", "2026-01-15.1", "latest"]
