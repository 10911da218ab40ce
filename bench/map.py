"""What the page costs: bytes, requests, longest task and memory in a real browser.

    paritet bench map --releases DIR [--country CC] [--before FILE] [--json]

Serves the releases, opens the page in headless Chromium (Debian package chromium) with
software rendering and an empty cache, and counts what comes over the wire, packed as it
comes. The peer is a former run: keep its --json output and give it as --before.
"""

import argparse
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Page, sync_playwright
from pmtiles.reader import MmapSource, Reader, all_tiles

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
]
READY = "window.paritetReady === true"
LOW_ZOOM, STEPS, PATIENCE = 5, 30, 1_200
#: What is measured -> what a page should stay below.
GOALS = {
    "first_view_kB": 450,
    "requests_before_picture": 12,
    "other_subject_kB": 60,
    "low_tile_kB": 150,
    "longest_task_ms": 100,
    "heap_MB": 150,
}
WATCH = """() => {
  window.longest = 0
  new PerformanceObserver(list => {
    const times = list.getEntries().map(task => task.duration)
    window.longest = Math.max(window.longest, ...times)
  }).observe({ type: 'longtask' })
}"""


class Wire:
    """Counts packed bytes and requests of a page."""

    def __init__(self, page: Page) -> None:
        self.bytes = self.requests = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        self._metrics = session

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.requests += 1

    def heap_mb(self) -> float:
        """Return the used heap of the page."""
        self._metrics.send("Performance.enable")
        rows = self._metrics.send("Performance.getMetrics")["metrics"]
        used = next(row["value"] for row in rows if row["name"] == "JSHeapUsedSize")
        return float(used) / 1e6


def measured(address: str, country: str, subject: str) -> dict[str, float]:
    """Open the page, look at another subject, pan, and return what it cost."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        wire = Wire(page)
        page.goto(f"{address}#country={country}&lang=ru")
        # the page's policy of content allows no function that waits in it
        for _ in range(PATIENCE):
            if page.evaluate(READY):
                break
            page.wait_for_timeout(100)
        else:
            raise SystemExit("no picture within two minutes")
        before = wire.requests
        page.wait_for_timeout(2_000)
        first = {
            "first_view_kB": wire.bytes / 1e3,
            "requests_before_picture": before,
        }
        wire.bytes = 0
        page.evaluate(
            "s => document.querySelector('paritet-app').session.update({subject: s})",
            subject,
        )
        page.wait_for_timeout(4_000)
        other = wire.bytes / 1e3
        page.evaluate("() => { window.paritetMap.jumpTo({zoom: 8.6}) }")
        page.wait_for_timeout(6_000)
        page.evaluate(WATCH)
        for step in range(STEPS):
            # in braces: a map that comes back is read whole, and has no end
            page.evaluate(
                "s => { window.paritetMap.panBy([s % 10 < 5 ? 60 : -60, 0]) }", step
            )
            page.wait_for_timeout(150)
        longest, heap = page.evaluate("window.longest"), wire.heap_mb()
        browser.close()
    return first | {
        "other_subject_kB": other,
        "longest_task_ms": longest,
        "heap_MB": heap,
    }


def low_tile_kb(release: Path) -> float:
    """Return the largest settlement tile of zoom 5, packed."""
    with (release / "tiles" / "settlements.pmtiles").open("rb") as stream:
        source = MmapSource(stream)  # type: ignore[no-untyped-call]  # pmtiles' own
        Reader(source)  # type: ignore[no-untyped-call]  # refuses what is no archive
        sizes = [
            len(tile)
            for (zoom, _, _), tile in all_tiles(source)  # type: ignore[no-untyped-call]
            if zoom == LOW_ZOOM
        ]
    return max(sizes, default=0) / 1e3


def served(releases: Path, country: str) -> dict[str, float]:
    """Serve the folder and measure; the server ends with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("paritet")
    command = [str(program), "serve", "--releases", str(releases), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            address = f"http://127.0.0.1:{port}/"
            theme = _theme(address, country, server)
            folder = releases / theme["release"]
            subject = f"standard:{theme['standards'][0]['id']}"
            found = measured(address, country, subject)
        finally:
            server.terminate()
    return found | {"low_tile_kB": low_tile_kb(folder)}


def _theme(address: str, country: str, server: subprocess.Popen[bytes]) -> Any:
    while server.poll() is None:
        try:
            answer = httpx2.get(f"{address}v1/theme?country={country}", timeout=120)
            return answer.raise_for_status().json()
        except httpx2.ConnectError:
            time.sleep(0.2)
    raise SystemExit("the server ended before it answered")


def main() -> None:
    """Print what was measured, beside the goal and the former run."""
    parser = argparse.ArgumentParser(prog="paritet bench map")
    parser.add_argument("--releases", type=Path, default=Path("releases"))
    parser.add_argument("--country", default="by")
    parser.add_argument("--before", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = {
        key: round(n, 1) for key, n in served(asked.releases, asked.country).items()
    }
    if asked.json:
        print(json.dumps(found))
        return
    before = json.loads(asked.before.read_text("utf-8")) if asked.before else {}
    print(f"{'':26}{'before':>10}{'now':>10}{'goal':>10}")
    for key, goal in GOALS.items():
        print(f"{key:26}{before.get(key, '—'):>10}{found[key]:>10}{goal:>10}")


if __name__ == "__main__":
    main()
