"""A walk along the links reads one release, whatever is published meanwhile."""

import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.loading import KEPT
from api.served import Served
from geo.release.shelf import prune
from tests.api.damage import rows
from tests.api.test_served import Clock
from tests.api.tiny import write_release

OLD, NEW = "zz/2026-11-22.1", "zz/2026-11-22.2"
LISTS = {
    "/v1/settlements?limit=5": 12,
    "/v1/settlements?raion=Берёзовский&sort=-population&limit=2": 6,
    "/v1/agrogorodoks?limit=1": 4,
    "/v1/areas?country=zz&limit=1": 4,
    "/v1/units?limit=1": 3,
    "/v1/rejected?source=hand&limit=1": 2,
    "/collections/zz-settlements/items?kind=rural&limit=2": 6,
    "/collections/zz-areas/items?limit=3": 4,
}


class Publisher:
    """A server on which releases are published while somebody reads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        write_release(root)
        app = create_app(root)
        app.state.served = Served(root, self.clock)
        self.client = TestClient(app)
        self.number = 1

    def publish(self) -> None:
        """Serve one more release, its rows in another order."""
        self.number += 1
        folder = write_release(self.root, "zz", f"2026-11-22.{self.number}")
        for name in ("settlements", "areas", "rejected"):
            rows(name, lambda held: held.reverse())(folder)
        self.clock.now += 1.0

    def walk(self, path: str) -> tuple[list[str], list[str]]:
        """Return the ids of all rows, and the releases that answered."""
        seen, releases = [], []
        while path:
            answer = self.client.get(path)
            assert answer.status_code == 200, answer.text
            body = answer.json()
            seen += [_id(row) for row in body.get("items") or body["features"]]
            releases.append(answer.headers["paritet-release"])
            links = {link["rel"]: link["href"] for link in body["links"]}
            assert self.client.get(links["self"]).json() == body
            path = links.get("next", "")
            self.publish()
        return seen, releases


def _id(row: dict) -> str:
    return str(row.get("id") or (row.get("unit_id"), row.get("row"), row.get("field")))


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.mark.parametrize("path", LISTS)
def test_a_walk_reads_one_release_though_others_are_published(publisher, path):
    seen, releases = publisher.walk(path)
    assert set(releases) == {OLD}
    assert len(releases) > 1
    assert len(seen) == len(set(seen)) == LISTS[path]
    assert publisher.client.get(path).headers["paritet-release"] != OLD


def test_back_and_forth(publisher):
    first = publisher.client.get("/v1/settlements?limit=5").json()
    after = next(link for link in first["links"] if link["rel"] == "next")
    publisher.publish()
    second = publisher.client.get(after["href"]).json()
    before = next(link for link in second["links"] if link["rel"] == "prev")
    assert publisher.client.get(before["href"]).json()["items"] == first["items"]


def test_links_keep_the_release_once(publisher):
    path = f"/v1/settlements?release={OLD}&country=zz&limit=5"
    for link in publisher.client.get(path).json()["links"]:
        asked = parse_qs(urlsplit(link["href"]).query)
        assert asked["release"] == [OLD]
        assert asked["country"] == ["zz"]


def test_one_feature_names_the_release_it_is_of(publisher):
    path = "/collections/zz-settlements/items/zz:04"
    feature = publisher.client.get(path).json()
    publisher.publish()
    link = next(link for link in feature["links"] if link["rel"] == "self")
    assert publisher.client.get(link["href"]).json() == feature
    assert publisher.client.get(link["href"]).headers["paritet-release"] == OLD


def test_a_comparison_of_what_was_served_stays_that_comparison(publisher):
    write_release(publisher.root, "zz", "2026-01-22.1")
    body = publisher.client.get("/v1/diff?from=zz/2026-01-22.1&to=zz&limit=1").json()
    own = next(link for link in body["links"] if link["rel"] == "self")
    asked = parse_qs(urlsplit(own["href"]).query)
    assert (asked["from"], asked["to"]) == (["zz/2026-01-22.1"], [body["release"]])
    publisher.publish()
    assert publisher.client.get(own["href"]).json() == body


def test_a_walk_through_a_pruned_release_says_to_start_again(publisher):
    for path in ("/v1/areas?limit=1", "/collections/zz-settlements/items?limit=2"):
        first = publisher.client.get(path).json()
        after = next(link for link in first["links"] if link["rel"] == "next")
        for _ in range(KEPT + 1):
            publisher.publish()
            publisher.client.get("/health")
        gone = first["links"][0]["href"].partition("release=")[2].partition("&")[0]
        prune(publisher.root, "zz", 1)
        answer = publisher.client.get(after["href"])
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        detail = answer.json()["detail"]
        assert detail.startswith(f"release {gone.replace('%2F', '/')!r} was removed.")
        assert "Who reads page by page starts again, without `release`." in detail


def test_a_folder_that_is_gone_is_read_on_from_memory(publisher):
    first = publisher.client.get("/v1/settlements?limit=5").json()
    publisher.publish()
    publisher.client.get("/health")
    shutil.rmtree(publisher.root / OLD)
    after = next(link for link in first["links"] if link["rel"] == "next")
    assert publisher.client.get(after["href"]).json()["release"] == OLD
