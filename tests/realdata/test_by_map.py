"""What the map of Belarus draws from afar: all who are counted, in few bytes."""

import gzip

import numpy as np
import pytest
from pmtiles.reader import MmapSource, all_tiles
from starlette.testclient import TestClient

from api.app import create_app
from geo.release.hexagons import cells
from geo.release.read import open_release
from geo.reports.classed import classed
from geo.reports.grouped import grouped

READINGS = ("people", "value:digital.cell_km", "estimate:digital.lte_found")


@pytest.mark.parametrize("of", READINGS)
def test_everybody_who_is_counted_lives_in_a_cell(by, of):
    release = open_release(by.path)
    people = release.numbers("population")
    sizes = release.manifest["tiles"]["hexagons"]
    assert [size["resolution"] for size in sizes] == [4, 5, 6]
    for size in sizes:
        found = cells(release.table("settlements"), size["resolution"])
        told = grouped(classed(release, of), found.of, len(found.ids), people)
        assert told.people.sum() == pytest.approx(np.nansum(people[release.listed]))
        assert told.settlements.sum() == release.listed.sum()
        assert told.code.min() >= 0


def largest(path, zoom):
    """Return the bytes of the largest tile of a zoom as they are sent."""
    with path.open("rb") as stream:
        tiles = all_tiles(MmapSource(stream))
        return max(len(data) for place, data in tiles if place[0] == zoom)


def test_tiles_from_afar_are_light(by):
    assert largest(by.path / "tiles/settlements.pmtiles", 5) <= 150_000
    assert largest(by.path / "tiles/hexagons.pmtiles", 5) <= 15_000


def test_what_is_said_of_the_cells_is_light(by):
    with TestClient(create_app(by.path.parents[1])) as client:
        for of in READINGS:
            asked = {"of": of, "by": "hexagon", "resolution": 5}
            pinned = asked | {"release": f"by/{by.path.name}"}
            answer = client.get("/v1/readings", params=pinned)
            assert answer.json()["by"] == "hexagon"
            assert len(gzip.compress(answer.content, 6)) <= 20_000
