"""``/v1/diff`` and ``/v1/settlements/{id}/explain``."""

import json
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from api.app import create_app
from api.models import Problem
from api.models_diff import DiffAnswer, DiffPlaces, Explanation
from api.server import listen
from geo.release.hexagons import BY_CELL
from geo.release.read import open_release
from geo.release.shelf import prune
from geo.reports.diff.compare import compare
from geo.reports.diff.news import changelog
from tests.release.pair import TRIPS, known, norm, place, release, trips, write

BUS = "transport.trips_per_week"
OLD, NEW = "ty/2026-01-20.1", "ty/2026-06-01.1"
BOTH = f"from={OLD}&to={NEW}"


def shelf(root: Path) -> Path:
    """Write two releases: trips fell in two places of three."""
    places = {
        "toy:0": place(population=400),
        "toy:1": place(population=70, lon=24.5, lat=52.25),
        "toy:2": place(population=20),
    }
    law = [trips(norm("ty.trips.v", 16))]
    for some, on in ((20, date(2026, 1, 20)), (8, date(2026, 6, 1))):
        values = {"toy:0": known(some), "toy:1": known(some), "toy:2": known(16)}
        made = release(places, {BUS: values}, law, on)
        made.manifest["tiles"] = {"settlements": BY_CELL}
        write(root, made)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shelf(tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[TestClient]:
    with TestClient(create_app(root)) as made:
        yield made


def told(client: TestClient, path: str, status: int) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    return Problem.model_validate_json(answer.content).detail


def test_the_answer_is_what_its_model_says(client):
    answer = client.get(f"/v1/diff?{BOTH}")
    assert answer.status_code == 200
    assert answer.headers["paritet-release"] == NEW
    DiffAnswer.model_validate_json(answer.content)
    body = answer.json()
    assert (body["from"], body["to"], body["release"]) == (OLD, NEW, NEW)
    assert [row["settlement"] for row in body["items"]] == ["toy:0", "toy:1"]
    assert body["items"][0]["parts"] == {"value": 0.5}
    assert (body["total"], body["comparable"]) == (2, True)


def test_the_api_says_what_the_command_line_says(client, root):
    diff = compare(open_release(root / OLD), open_release(root / NEW))
    body = client.get(f"/v1/diff?{BOTH}&language=be").json()
    assert body["changelog"] == changelog(diff, "be")
    assert (
        sum(line["people"] for line in body["sums"] if line["level"] == "raion") == 470
    )
    assert [split["area"] for split in body["scores"]] == [
        "toy",
        "toy:oblast",
        "toy:raion",
    ]


def test_pages_and_filters(client):
    def ids(query: str) -> list[str]:
        items = client.get(f"/v1/diff?{BOTH}&{query}").json()["items"]
        return [item["settlement"] for item in items]

    assert ids("limit=1") == ["toy:0"]
    assert ids("limit=1&offset=1") == ["toy:1"]
    assert ids(f"standard={TRIPS}&area=toy:raion&cause=value") == ["toy:0", "toy:1"]
    assert ids("cause=norm") == []
    links = client.get(f"/v1/diff?{BOTH}&limit=1").json()["links"]
    following = next(link["href"] for link in links if link["rel"] == "next")
    assert client.get(following).json()["items"][0]["settlement"] == "toy:1"


def test_rows_say_where_and_sums_keep_to_a_level(client):
    body = client.get(f"/v1/diff?{BOTH}&level=oblast").json()
    told = [(row["lon"], row["lat"]) for row in body["items"]]
    assert told == [(None, None), (24.5, 52.25)]
    assert {line["area"] for line in body["sums"]} == {"toy:oblast"}
    assert [split["area"] for split in body["scores"]] == ["toy:oblast"]


def test_the_map_is_told_which_way_each_place_went(client):
    """Trips fell from 20 to 8 in two places; the third is as it was."""

    def went(query: str) -> dict[str, str]:
        answer = client.get(f"/v1/diff/places?{query}")
        DiffPlaces.model_validate_json(answer.content)
        body = answer.json()
        ids = client.get(f"/v1/places?release={body['to']}").json()["ids"]
        told = zip(ids, body["coded"], strict=True)
        return {id_: body["words"][one] for id_, one in told if one is not None}

    # Numbers go by where places are; who is in no tile comes last.
    ids = client.get(f"/v1/places?release={NEW}").json()["ids"]
    assert ids == ["toy:1", "toy:0", "toy:2"]
    assert went(BOTH) == {"toy:0": "worse", "toy:1": "worse"}
    assert went(f"from={NEW}&to={OLD}") == {"toy:0": "better", "toy:1": "better"}
    assert went(f"{BOTH}&cause=norm") == {}


def test_a_norm_that_moved_is_no_service_and_the_gone_are_counted(tmp_path):
    law = [trips(norm("ty.trips.v", 16)), trips(norm("ty.trips.v", 20))]
    both = {"toy:0": place(), "toy:1": place(population=70)}
    for some, on, limit in (
        (both, date(2026, 1, 20), law[0]),
        ({"toy:0": place()}, date(2026, 6, 1), law[1]),
    ):
        values = {"toy:0": known(18), "toy:1": known(18)}
        held = {BUS: {id_: values[id_] for id_ in some}}
        write(tmp_path, release(some, held, [limit], on))
    with TestClient(create_app(tmp_path)) as client:
        body = client.get(f"/v1/diff/places?{BOTH}").json()
    assert (body["words"][body["coded"][0]], len(body["coded"])) == ("other", 1)
    assert body["gone"] == 1


def test_a_bare_country_is_its_served_release(client):
    body = client.get(f"/v1/diff?from={OLD}&to=ty").json()
    assert body["to"] == NEW
    assert client.get("/v1/diff?from=ty&to=ty").json()["items"] == []


def test_faults_are_told(client):
    assert told(client, f"/v1/diff?from={OLD}", 422) == "The parameter 'to' is missing."
    assert told(client, "/v1/diff?from=ty/2020-01-01.1&to=ty", 404) == (
        f"no release 'ty/2020-01-01.1'. Known: {OLD}, {NEW}."
    )
    assert told(client, "/v1/diff?from=zz&to=ty", 404).startswith("no country 'zz'")
    assert "It must be one of ty.trips" in told(
        client, f"/v1/diff?{BOTH}&standard=x", 422
    )
    assert told(client, f"/v1/diff?{BOTH}&area=x", 404).startswith("no area 'x' with")
    assert "'cause' is 'luck'" in told(client, f"/v1/diff?{BOTH}&cause=luck", 422)
    assert "no parameter 'form' here" in told(client, f"/v1/diff?{BOTH}&form=x", 422)


def test_two_countries_are_not_compared(tmp_path):
    shelf(tmp_path)
    made = release({"toy:0": place()}, {}, [trips(norm("ty.trips.v", 16))])
    made.manifest["release"] = "tz/2026-02-01.1"
    made.manifest["country"]["code"] = "tz"
    write(tmp_path, made)
    with TestClient(create_app(tmp_path)) as client:
        assert told(client, "/v1/diff?from=ty&to=tz", 422) == (
            "the parameter 'to' is 'tz'. It must be a release of 'ty', like `from`."
        )


def test_a_removed_release_is_said_to_be_removed(tmp_path):
    shelf(tmp_path)
    prune(tmp_path, "ty", 1)
    with TestClient(create_app(tmp_path)) as client:
        assert told(client, f"/v1/diff?{BOTH}", 404) == (
            f"release '{OLD}' was removed. Known: {NEW}."
        )


def test_what_was_read_is_compared_though_its_folder_is_gone(tmp_path):
    shelf(tmp_path)
    with TestClient(create_app(tmp_path)) as client:
        assert client.get(f"/v1/settlements?release={OLD}").status_code == 200
        shutil.rmtree(tmp_path / OLD)
        assert client.get(f"/v1/diff?{BOTH}").json()["total"] == 2


def test_the_story_of_a_verdict(client):
    path = f"/v1/settlements/toy:0/explain?standard={TRIPS}&language=en"
    answer = client.get(path)
    assert answer.status_code == 200
    Explanation.model_validate_json(answer.content)
    body = answer.json()
    assert "Gap: 1 − 8/16 = 0.5." in body["text"]
    assert body["text"] == " ".join(body["sentences"])
    assert body["value"]["origin"] == "register.csv:7"
    older = client.get(f"{path}&release={OLD}").json()
    assert "Comparison: 20 ≥ 16, gap 0." in older["text"]


def test_the_story_has_its_own_faults(client):
    path = "/v1/settlements/toy:9/explain"
    assert "no settlement 'toy:9' in" in told(client, f"{path}?standard={TRIPS}", 404)
    path = "/v1/settlements/toy:0/explain"
    assert told(client, path, 422) == "The parameter 'standard' is missing."
    assert "It must be one of ty.trips" in told(client, f"{path}?standard=x", 422)
    # the scorecard still answers beside it
    assert client.get("/v1/settlements/toy:0").json()["settlement"]["id"] == "toy:0"


def test_comparing_stays_light(root):
    program = (
        "import sys; from pathlib import Path; from api.app import create_app; "
        "from starlette.testclient import TestClient; "
        "client = TestClient(create_app(Path(sys.argv[1]))); "
        "paths = sys.argv[2:]; "
        "assert all(client.get(path).status_code == 200 for path in paths); "
        "heavy = {'geopandas', 'rasterio', 'numba', 'pandas', 'scipy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    paths = (f"v1/diff?{BOTH}", f"v1/settlements/toy:0/explain?standard={TRIPS}")
    done = subprocess.run(
        [sys.executable, "-c", program, str(root), *paths],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_a_real_client_reads_it(root):
    listening = listen("127.0.0.1", 0)
    config = uvicorn.Config(create_app(root), log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/v1/diff?{BOTH}", timeout=60) as answer:
            assert json.load(answer)["total"] == 2
        with pytest.raises(urllib.error.HTTPError) as fault:
            opener.open(f"{address}/v1/diff?from=ty/1999-01-01.1&to=ty", timeout=60)
        assert fault.value.code == 404
        fault.value.close()
    finally:
        server.should_exit = True
        thread.join()
