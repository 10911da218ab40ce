"""From a clone to the map: how long the first start takes, and the next one.

    paritet bench start [--json]

Clones the repository into a folder of its own and runs `./run.sh` there twice, each
time until the map, its theme and the first tiles of the demo have been answered. The
first start makes the environment and builds the demo; packages come from the caches of
uv and npm where these hold them, else from the registries. The second one is the peer.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2

ADDRESS = "http://127.0.0.1:8000"
ROOT = Path(__file__).resolve().parents[1]
#: What a browser asks for until there is a picture; the archive's index comes last.
WANTED = ("map", "v1/releases", "v1/theme", "tiles/{release}/settlements.pmtiles")
LONGEST_S, PAUSE_S = 1_800, 0.1


def started(folder: Path) -> dict[str, float]:
    """Run `./run.sh` until the picture is there; return wall and processor seconds."""
    before, begun = _children_seconds(), time.monotonic()
    with subprocess.Popen(
        ["./run.sh"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as running:
        try:
            _wait(running)
            wall = time.monotonic() - begun
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGINT)
    spent = _children_seconds() - before
    return {"wall_s": round(wall, 1), "cpu_s": round(spent, 1)}


def _wait(running: subprocess.Popen[bytes]) -> None:
    """Wait until everything is answered.

    Raises
    ------
    SystemExit
        If the program ends before, or half an hour has gone.
    """
    latest, release = time.monotonic() + LONGEST_S, ""
    for path in WANTED:
        while (answer := _answer(path.format(release=release))) is None:
            if running.poll() is not None or time.monotonic() > latest:
                raise SystemExit(f"./run.sh did not come to answer {path}")
            time.sleep(PAUSE_S)
        if path == "v1/releases":
            release = answer.json()["releases"][0]["release"]


def _answer(path: str) -> httpx2.Response | None:
    """Return what is answered, None while nobody listens."""
    try:
        answer = httpx2.get(f"{ADDRESS}/{path}", headers={"Range": "bytes=0-16383"})
    except httpx2.ConnectError:
        return None
    return answer.raise_for_status()


def _children_seconds() -> float:
    """Return user and system seconds of all ended children."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    """Print both starts and their ratio."""
    if _answer("health") is not None:
        raise SystemExit(f"{ADDRESS} is taken: stop the server that listens there")
    with tempfile.TemporaryDirectory() as name:
        clone = Path(name) / "paritet"
        subprocess.run(  # noqa: S603 - git of the developer's machine
            ["git", "clone", "-q", str(ROOT), str(clone)],  # noqa: S607
            check=True,
        )
        first, second = started(clone), started(clone)
    ratio = round(first["wall_s"] / second["wall_s"], 1)
    if "--json" in sys.argv:
        result = {"first": first, "second": second, "first_over_second": ratio}
        print(json.dumps(result))
        return
    for label, found in (("first start", first), ("second start", second)):
        print(f"{label}: {found['wall_s']} s, {found['cpu_s']} processor seconds")
    print(f"first over second: {ratio}")


if __name__ == "__main__":
    main()
