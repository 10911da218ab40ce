"""The roads of the demo: a whole network, and the traps that it was given."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.layers.roads_build import read_roads
from geo.synthetic.road_file import write_roads
from geo.synthetic.roads import MISSING, ROADLESS, make_roads
from tests.synthetic.conftest import SEED


@pytest.fixture(scope="module")
def made(truth):
    return make_roads(SEED, truth)


@pytest.fixture(scope="module")
def roads(demo):
    return read_roads(demo / "roads.osm.pbf")


def parts(made):
    """Component of each node, whoever may travel there."""
    pairs = np.array([pair for path, _ in made.ways for pair in pairwise(path)])
    count = len(made.points)
    links = csr_array((np.ones(len(pairs)), pairs.T), shape=(count, count))
    return connected_components(links, directed=False)[1]


def test_all_settlements_but_four_are_on_one_network(made, truth):
    part = parts(made)[: len(truth.places)]
    main = np.bincount(part).argmax()
    off = np.flatnonzero(part != main).tolist()
    assert sorted(off) == sorted([*made.special["roadless"], *made.special["island"]])
    assert len(made.special["roadless"]) == ROADLESS


def test_who_has_no_road_is_far_from_every_road(made):
    on_road = sorted({node for path, _ in made.ways for node in path})
    spots = np.array(made.points)
    for row in made.special["roadless"]:
        assert row not in on_road
        apart = np.linalg.norm(spots[on_road] - spots[row], axis=1).min()
        assert 1.0 < apart < 5.0


def test_the_island_has_more_road_than_an_error_of_mapping(made):
    part = parts(made)
    row = made.special["island"][0]
    own = [path for path, _ in made.ways if part[path[0]] == part[row]]
    spots = np.array(made.points)
    km = sum(np.linalg.norm(np.diff(spots[path], axis=0), axis=1).sum() for path in own)
    assert 5.0 < km < 10.0


def test_every_class_of_road_is_there(roads):
    classes = {tags.get("highway") for tags in roads.tag_sets}
    assert classes >= {"primary", "secondary", "tertiary", "unclassified", "track"}
    km = roads.segment_m.sum() / 1000
    assert 4_000 < km < 9_000
    assert roads.segment_m.max() < 1_500


def test_ferry_gate_and_forbidden_turn_are_in_the_file(roads):
    (ferry,) = [tags for tags in roads.tag_sets if tags.get("route") == "ferry"]
    assert ferry["duration"] == "00:12"
    gates = [tags for tags in roads.tag_sets if tags.get("barrier") == "gate"]
    assert gates == [{"access": "private", "barrier": "gate"}]
    assert roads.restrictions["kind"].tolist() == ["no_left_turn"]
    assert roads.faults == {}


def test_missing_bridges_are_at_villages(made, truth):
    villages = made.special["missing_bridge"]
    assert len(villages) == MISSING
    assert truth.places["kind"].iloc[villages].eq("rural").all()


def test_the_same_seed_gives_the_same_file(truth, tmp_path):
    for name in ("one", "two"):
        write_roads(tmp_path / f"{name}.osm.pbf", make_roads(SEED, truth))
    one, two = (tmp_path / f"{name}.osm.pbf" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    write_roads(tmp_path / "three.osm.pbf", make_roads(SEED + 1, truth))
    assert (tmp_path / "three.osm.pbf").read_bytes() != one.read_bytes()
