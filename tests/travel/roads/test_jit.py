"""Kernels are kept by who may write nowhere but to PARITET_CACHE, as services are."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import geo

#: a user whom the system does not list, as in a container
NOBODY = 54321
PROBE = """
from geo.travel.roads.kernels.jit import kernel

@kernel
def double(number):
    return 2 * number

@kernel
def half(number):
    return number / 2

print(double(21), half(21))
"""


@pytest.fixture
def service():
    """Return what runs the probe as a user without a home and with read-only code."""
    base = Path(tempfile.mkdtemp())
    code = base / "code"
    shutil.copytree(
        Path(geo.__file__).parent,
        code / "geo",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (code / "probe.py").write_text(PROBE, encoding="utf-8")
    (base / "cache").mkdir()
    words = [sys.executable]
    if os.geteuid() == 0:
        os.chown(base / "cache", NOBODY, NOBODY)
        user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        words = ["setpriv", *user, *words]
    for folder in (base, code, *(p for p in code.rglob("*") if p.is_dir())):
        folder.chmod(0o555)

    def run(cache: Path, *script: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(code)}
        env["PARITET_CACHE"] = str(cache)
        if os.geteuid() != 0:  # the system knows a home that could be written to
            env["HOME"] = "/nonexistent"
        line = [*words, *(script or (str(code / "probe.py"),))]
        return subprocess.run(
            line,
            env=env,
            cwd=base / "cache",
            capture_output=True,
            text=True,
            check=False,
        )

    try:
        started = run(base, "-c", "import numba").returncode == 0
    except OSError:
        started = False
    if not started:
        pytest.skip("no other user may run this Python")
    yield base / "cache", run
    for folder in (base, code, *(p for p in code.rglob("*") if p.is_dir())):
        folder.chmod(0o755)
    shutil.rmtree(base)


def test_kernels_are_kept_below_the_cache(service):
    cache, run = service
    done = run(cache)
    assert (done.stdout, done.stderr) == ("42 10.5\n", "")
    kept = sorted(path.name for path in (cache / "kernels").rglob("*.nbi"))
    assert [name.partition("-")[0] for name in kept] == ["probe.double", "probe.half"]
    assert [path.name for path in cache.iterdir()] == ["kernels"]


def test_where_nothing_can_be_written_it_is_said_once(service):
    cache, run = service
    done = run(Path("/dev/null/cache"))
    assert done.stdout == "42 10.5\n"
    assert done.stderr == (
        "the searches are compiled anew in each run, which takes a minute: "
        "/dev/null/cache cannot be written. Set PARITET_CACHE to a folder that you may "
        "write to.\n"
    )
    assert not list(cache.iterdir())
