"""Which release answers: picked up, pinned, broken, gone."""

import shutil
import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.errors import ParameterError
from api.loading import KEPT
from api.served import Served
from geo.errors import NotFoundError, ReleaseError
from geo.layers.schema import TABLES
from tests.api.tiny import move_latest, write_release
from tests.api.tiny_manifest import manifest_of

OLD, NEW = "zz/2026-11-22.1", "zz/2026-11-22.2"


class Clock:
    """A clock that is moved by hand, in seconds."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def served(tmp_path: Path, clock: Clock) -> Served:
    write_release(tmp_path)
    return Served(tmp_path, clock)


def test_new_release_is_picked_up_within_a_second(served, clock):
    assert served.store().id == OLD
    write_release(served.root, "zz", "2026-11-22.2")
    clock.now = 0.9
    assert served.store().id == OLD
    clock.now = 1.0
    assert served.store().id == NEW


def test_replaced_release_stays_usable_when_its_folder_is_gone(served, clock):
    old = served.store()
    write_release(served.root, "zz", "2026-11-22.2")
    clock.now = 1.0
    assert served.store().id == NEW
    shutil.rmtree(served.root / OLD)
    assert served.store(release=OLD) is old
    assert len(old.rows("values", "zz:01")) == 2
    assert list(old.hold_all()) == list(TABLES)


def test_latest_may_go_back(served, clock):
    write_release(served.root, "zz", "2026-11-22.2")
    assert served.store().id == NEW
    move_latest(served.root, "zz", "2026-11-22.1")
    clock.now = 1.0
    assert served.store().id == OLD


def test_broken_release_is_reported_and_never_served(served, clock):
    assert served.store().id == OLD
    folder = write_release(served.root, "zz", "2026-11-22.2")
    (folder / "manifest.json").unlink()
    clock.now = 1.0
    assert served.store().id == OLD
    assert served.faults == {
        "zz": "zz/2026-11-22.2: half-written release: it has no manifest.json. "
        "Remove the folder and run: paritet build zz"
    }
    move_latest(served.root, "zz", "2026-11-22.1")
    clock.now = 2.0
    assert served.store().id == OLD
    assert served.faults == {}


def test_latest_that_names_nothing_is_reported(served, clock):
    assert served.store().id == OLD
    move_latest(served.root, "zz", "2027-01-01.1")
    clock.now = 1.0
    assert served.store().id == OLD
    assert "no release 'zz'" in served.faults["zz"]


def test_release_under_another_name_is_refused(served):
    shutil.copytree(served.root / OLD, served.root / "zz" / "2026-11-22.7")
    with pytest.raises(ReleaseError, match=r"the manifest says 'zz/2026-11-22\.1'"):
        served.store(release="zz/2026-11-22.7")


def test_a_real_country_is_the_default_and_a_made_up_one_only_alone(served, clock):
    write_release(served.root, "demo")
    write_release(served.root, "aa")
    made_up = manifest_of("ab", "2026-11-22.1")["country"] | {"synthetic": True}
    write_release(served.root, "ab", country=made_up)
    assert list(served.current()) == ["aa", "zz", "ab", "demo"]
    assert served.store().id == served.default_id() == "aa/2026-11-22.1"
    assert [release.country for release, _ in served.releases()] == [
        "aa",
        "zz",
        "ab",
        "demo",
    ]
    for code in ("aa", "zz"):
        shutil.rmtree(served.root / code)
    clock.now = 1.0
    assert list(served.current()) == ["ab", "demo"]
    assert served.store().id == "ab/2026-11-22.1"


def test_faults_name_what_there_is(served):
    with pytest.raises(NotFoundError, match=r"no country 'by' is served\. Known: zz\."):
        served.store(country="by")
    with pytest.raises(NotFoundError, match=r"Known: zz/2026-11-22\.1\."):
        served.store(release="zz/2020-01-01.1")
    with pytest.raises(ParameterError, match="It must be a release of 'by'"):
        served.store(country="by", release=OLD)
    with pytest.raises(ParameterError, match=r"It must be like by/2026-11-22\.1"):
        served.store(release="zz")


def test_pinned_releases_are_kept_as_far_as_memory_goes(served):
    names = [f"2026-11-22.{number}" for number in range(1, KEPT + 4)]
    for name in names[1:]:
        write_release(served.root, "zz", name)
    pinned = [served.store(release=f"zz/{name}") for name in names[:-1]]
    assert served.store(release=f"zz/{names[-2]}") is pinned[-1]
    assert served.store(release=f"zz/{names[0]}") is not pinned[0]


def test_list_passes_over_the_broken(served):
    (write_release(served.root, "zz", "2026-01-01.1") / "areas.parquet").unlink()
    move_latest(served.root, "zz", "2026-11-22.1")
    listed = [(release.id, latest) for release, latest in served.releases()]
    assert listed == [(OLD, True)]
    assert "the file areas.parquet is missing" in served.faults["zz/2026-01-01.1"]


def test_no_request_fails_while_releases_change(tmp_path):
    write_release(tmp_path)
    clock = Clock()
    app = create_app(tmp_path)
    app.state.served = Served(tmp_path, clock)
    app.state.served.refresh()
    seen: list[tuple[int, str]] = []
    stop = threading.Event()

    def ask() -> None:
        with TestClient(app) as client:
            while not stop.is_set():
                answer = client.get("/v1/settlements?limit=1")
                seen.append((answer.status_code, answer.json().get("release", "")))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    last = ""
    for number in range(2, 7):
        last = f"zz/2026-11-22.{number}"
        write_release(tmp_path, "zz", f"2026-11-22.{number}")
        clock.now += 1.0
        while (
            (200, last) not in seen
            and all(status == 200 for status, _ in list(seen))
            and all(thread.is_alive() for thread in threads)
        ):
            stop.wait(0.01)
        shutil.rmtree(tmp_path / "zz" / f"2026-11-22.{number - 1}")
    stop.set()
    for thread in threads:
        thread.join()
    assert {status for status, _ in seen} == {200}
    assert (200, last) in seen


def test_pinned_answers_keep_their_bytes(tmp_path):
    write_release(tmp_path)
    app = create_app(tmp_path)
    clock = Clock()
    app.state.served = Served(tmp_path, clock)
    with TestClient(app) as client:
        path = f"/v1/settlements?release={OLD}&limit=3"
        before = client.get(path).content
        write_release(tmp_path, "zz", "2026-12-01.1", on="2026-12-01")
        clock.now = 1.0
        assert client.get("/v1/settlements").json()["release"] == "zz/2026-12-01.1"
        after = client.get(path)
        assert after.content == before
        assert after.headers["paritet-release"] == OLD
        assert f"release={OLD.replace('/', '%2F')}" in after.json()["links"][1]["href"]
