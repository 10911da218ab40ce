"""Real clients read every collection completely, Cyrillic intact."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.served import Served
from api.server import listen
from tests.api.damage import rows
from tests.api.tiny import write_release
from tests.api.tiny_rows import PLACES

pytestmark = pytest.mark.gdal
COUNTS = {"zz-settlements": 12, "zz-areas": 4, "zz-facilities": 2, "zz-access": 2}


@pytest.fixture(scope="module")
def ogr() -> None:
    """Skip without GDAL's command line."""
    if not (shutil.which("ogrinfo") and shutil.which("ogr2ogr")):
        pytest.skip("no ogrinfo and ogr2ogr: install gdal-bin")


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application; yields its address."""
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("no_proxy", "127.0.0.1")
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("releases")
    write_release(root)
    with serving(create_app(root)) as found:
        yield found


class Publishing:
    """A clock that publishes a release, named in every row, when it is looked at."""

    def __init__(self, root: Path) -> None:
        self.root, self.number = root, 0

    def __call__(self) -> float:
        self.number += 1
        folder = write_release(self.root, "zz", f"2026-11-22.{self.number}")
        said = {"name": f"release {self.number}"}
        rows("settlements", lambda held: [row.update(said) for row in held])(folder)
        return float(self.number)


def run(*words: str) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "ERROR" not in done.stderr
    return done.stdout


@pytest.mark.usefixtures("ogr")
def test_ogrinfo_lists_and_counts_every_collection(address):
    for name, count in COUNTS.items():
        text = run("ogrinfo", "-ro", "-al", "-so", f"OAPIF:{address}", name)
        assert f"Layer name: {name}" in text
        assert f"Feature Count: {count}" in text


@pytest.mark.usefixtures("ogr")
@pytest.mark.parametrize("page", ["1", "5", "1000"])
def test_ogr2ogr_takes_everything_in_pages_of_any_size(address, tmp_path: Path, page):
    target = tmp_path / "all.geojson"
    run(
        *("ogr2ogr", "-f", "GeoJSON", str(target), f"OAPIF:{address}"),
        *("zz-settlements", "-oo", f"PAGE_SIZE={page}"),
    )
    features = json.loads(target.read_text(encoding="utf-8"))["features"]
    held = {feature["properties"]["id"]: feature for feature in features}
    assert list(held) == [f"zz:{place[0]}" for place in PLACES]
    for number, name, be, *_rest, lon, lat in PLACES:
        feature = held[f"zz:{number}"]
        assert feature["properties"]["name"] == name
        assert feature["properties"]["name_be"] == be
        geometry = feature["geometry"]
        assert (geometry and geometry["coordinates"]) == (lon and [lon, lat])


@pytest.mark.usefixtures("ogr")
def test_ogr2ogr_reads_one_release_though_others_are_published(tmp_path: Path):
    target, root = tmp_path / "all.geojson", tmp_path / "releases"
    clock = Publishing(root)
    app = create_app(root)
    app.state.served = Served(root, clock)
    with serving(app) as address:
        run(
            *("ogr2ogr", "-f", "GeoJSON", str(target), f"OAPIF:{address}"),
            *("zz-settlements", "-oo", "PAGE_SIZE=1"),
        )
    features = json.loads(target.read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["id"] for one in features] == [
        f"zz:{place[0]}" for place in PLACES
    ]
    assert len({one["properties"]["name"] for one in features}) == 1
    assert clock.number > len(PLACES)


@pytest.mark.usefixtures("ogr")
def test_ogr_takes_field_types_from_the_schema(address):
    text = run("ogrinfo", "-ro", "-so", f"OAPIF:{address}", "zz-settlements")
    # All null in this release, and yet no text.
    assert "gap_zz_digital_mobile: Real" in text
    assert "population_census: Integer" in text
    assert text.count("\nid: String") == 1


@pytest.mark.usefixtures("ogr")
def test_ogr_filters_by_bbox_on_the_server(address):
    text = run(
        *("ogrinfo", "-ro", "-al", f"OAPIF:{address}", "zz-settlements"),
        *("-spat", "25.05", "52.05", "25.25", "52.25"),
    )
    assert "Feature Count: 2" in text
    assert "name (String) = Зелёный Бор" in text


@pytest.mark.parametrize("name", COUNTS)
def test_geopandas_reads_a_collection(address, name):
    frame = gpd.read_file(f"{address}/collections/{name}/items?limit=1000")
    assert len(frame) == COUNTS[name]
    if name == "zz-settlements":
        assert list(frame["name"]) == [place[1] for place in PLACES]
        assert frame["name_be"][9] == "Ўзгорак"
        assert frame.geometry.isna().sum() == 1
        assert frame.crs == "OGC:CRS84" or frame.crs.to_epsg() == 4326
    if name == "zz-areas":
        assert frame.geometry.isna().sum() == 3


def test_pyogrio_reads_through_the_service_itself(address):
    if "OAPIF" not in pyogrio.list_drivers():
        pytest.skip("this pyogrio has no OAPIF driver")
    # In a process of its own: GDAL holds the interpreter while it waits for the
    # server, which here would be the same interpreter.
    program = (
        "import json, sys, pyogrio; print(json.dumps({name: len("
        "pyogrio.read_dataframe(sys.argv[1], layer=name)) for name in sys.argv[2:]}))"
    )
    text = run(sys.executable, "-c", program, f"OAPIF:{address}", *COUNTS)
    assert json.loads(text) == COUNTS
