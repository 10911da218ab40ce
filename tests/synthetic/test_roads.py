"""The roads of the demo: a whole network, and the traps that it was given."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from geo.layers.geodesy import geodesic_km
from geo.layers.roads_build import read_roads
from geo.sources.country import load_country
from geo.synthetic.places import make_settlements
from geo.synthetic.road_parts import write_roads
from geo.synthetic.roads import make_roads
from geo.synthetic.supply import true_sites
from geo.synthetic.territory import lon_lat, make_territory
from geo.travel.roads.network import RoadNetwork
from geo.types import FacilityKind
from tests.synthetic.conftest import SEED

DOCUMENTED = Path(__file__).parents[2] / "docs/demo-roads.md"
#: km of road by class: the least and the most that a country like this may have
KILOMETRES = {
    "motorway": (40, 80),
    "trunk": (150, 500),
    "primary": (600, 1500),
    "secondary": (900, 2000),
    "tertiary": (50, 400),
    "unclassified": (2000, 4000),
    "track": (500, 1500),
    "residential": (500, 1000),
    "living_street": (50, 300),
    "motorway_link": (2, 20),
    "service": (0.05, 1),
}


@pytest.fixture(scope="module")
def made(truth):
    return make_roads(truth)


@pytest.fixture(scope="module")
def roads(demo):
    return read_roads(demo / "roads.osm.pbf")


@pytest.fixture(scope="module")
def networks(demo):
    path = demo / "roads.osm.pbf"
    return {
        profile: RoadNetwork.read(path, "demo", profile)
        for profile in ("car", "ambulance")
    }


@pytest.fixture(scope="module")
def to_hospital(networks, truth):
    """Settlements, hospitals and the nearest by car (one row per settlement)."""
    sites = true_sites(truth)
    sites = sites[sites["kind"] == FacilityKind.HOSPITAL]
    homes, hospitals = lon_lat(truth.points), lon_lat(sites[["x", "y"]].to_numpy())
    car = networks["car"]
    found = car.nearest(car.places(*homes.T), car.places(*hospitals.T))
    return homes, hospitals, found


def tags_of(roads):
    """Tags of the way of each segment."""
    return [roads.tag_sets[k] for k in roads.way_tags[roads.segment_way]]


def parts(made, skipped=()):
    """Component of each node, whoever may travel there."""
    paths = [
        path
        for path, tags in made.ways
        if "waterway" not in tags and not skipped & tags.keys()
    ]
    pairs = np.array([pair for path in paths for pair in pairwise(path)])
    count = len(made.points)
    links = csr_array((np.ones(len(pairs)), pairs.T), shape=(count, count))
    return connected_components(links, directed=False)[1]


def off_the_main(made, count, skipped=frozenset()):
    part = parts(made, skipped)[:count]
    return set(np.flatnonzero(part != np.bincount(part).argmax()).tolist())


def test_all_settlements_but_four_are_on_one_network(made, truth):
    special = made.special
    lost = {*special["roadless"], *special["island"]}
    assert len(lost) == 4
    assert off_the_main(made, len(truth.places)) == lost
    without_ferry = off_the_main(made, len(truth.places), {"route"})
    assert without_ferry == lost | set(special["ferry"])


def test_each_class_has_its_kilometres_and_roads_turn_often(roads):
    tags = tags_of(roads)
    for kind, (least, most) in KILOMETRES.items():
        here = np.array([one.get("highway") == kind for one in tags])
        assert least < roads.segment_m[here].sum() / 1000 < most, kind
    assert {one["highway"] for one in tags if "highway" in one} == set(KILOMETRES)
    assert 150 < np.median(roads.segment_m) < 250
    assert np.quantile(roads.segment_m, 0.99) < 600
    assert roads.faults == {}


def test_limits_surfaces_and_bridges_are_told_in_several_forms(roads):
    told = {key: set() for key in ("maxspeed", "surface", "tracktype", "bridge")}
    for one in roads.tag_sets:
        for key in told.keys() & one.keys():
            told[key].add(one[key])
    assert told["maxspeed"] == {
        *("60", "70", "90", "110", "XD:rural", "XD:urban", "XD:motorway", "XD:zone30")
    }
    assert told["surface"] == {"asphalt", "gravel", "compacted", "dirt", "grass"}
    assert told["tracktype"] == {"grade2", "grade3"}
    assert told["bridge"] == {"yes"}


def test_one_way_streets_run_against_each_other_and_trap_nobody(roads, networks):
    values = {one.get("oneway") for one in roads.tag_sets}
    assert {"yes", "-1"} <= values
    # a one-way that leads into no other street would cut its segments off
    assert int(networks["ambulance"].index.islands.sum()) == 0


def test_the_roundabout_turns_against_the_clock(made):
    rings = [p for p, tags in made.ways if tags.get("junction") == "roundabout"]
    assert len(rings) == 1
    assert rings[0][0] == rings[0][-1]
    x, y = np.array([made.points[node] for node in rings[0]]).T
    assert (x[:-1] * y[1:] - x[1:] * y[:-1]).sum() > 0
    arms = [
        path
        for path, tags in made.ways
        if set(path) & set(rings[0]) and tags.get("junction") != "roundabout"
    ]
    assert len(arms) == 3


def test_the_forbidden_turn_is_a_left_turn(made, roads):
    assert roads.restrictions["kind"].tolist() == ["no_left_turn"]
    ((start, via, end),) = made.no_left_turn
    before, after = made.ways[start][0], made.ways[end][0]
    assert before[-1] == via == after[0]
    into = np.subtract(made.points[via], made.points[before[-2]])
    out = np.subtract(made.points[after[1]], made.points[via])
    assert np.cross([*into, 0], [*out, 0])[2] > 0
    assert abs(into @ out) < 0.1 * np.linalg.norm(into) * np.linalg.norm(out)


def test_beyond_the_river_the_way_to_the_hospital_is_three_times_as_long(
    made, networks, to_hospital
):
    homes, hospitals, found = to_hospital
    assert len(made.special["missing_bridge"]) >= 4
    for row in made.special["missing_bridge"]:
        target = hospitals[found["target"][row]]
        route = networks["car"].route(tuple(homes[row]), tuple(target))
        assert route.km > 3 * geodesic_km(*homes[row], *target), row


def test_detours_are_those_of_a_real_country(networks, truth, to_hospital):
    homes, hospitals, found = to_hospital
    detours = []
    for row in range(0, len(truth.places), 24):
        if found["status"][row] == "modelled":
            target = hospitals[found["target"][row]]
            straight = geodesic_km(*homes[row], *target)
            if straight > 2:
                route = networks["car"].route(tuple(homes[row]), tuple(target))
                detours.append(route.km / straight)
    assert len(detours) > 30
    assert 1.2 < np.median(detours) < 1.45
    assert min(detours) >= 1


def test_unsnapped_and_unreachable_are_where_they_were_put(made, to_hospital):
    _, _, found = to_hospital
    status = found["status"]
    unsnapped = np.flatnonzero(status == "unsnapped").tolist()
    assert unsnapped == sorted(made.special["roadless"])
    lost = np.flatnonzero(status == "unreachable").tolist()
    assert lost == made.special["island"]


def test_a_car_stops_at_the_private_gate_and_an_ambulance_passes(made, networks, truth):
    (row,) = made.special["private_gate"]
    home = lon_lat(truth.points[[row]])
    leg = {
        profile: network.places(*home.T).leg_m[0]
        for profile, network in networks.items()
    }
    assert leg["ambulance"] < 1
    assert 250 < leg["car"] < 600


def test_the_ferry_tells_its_duration(roads):
    (ferry,) = [one for one in roads.tag_sets if one.get("route") == "ferry"]
    assert ferry["duration"] == "00:12"


def test_the_documented_table_is_that_of_the_generator(made, truth):
    text = DOCUMENTED.read_text(encoding="utf-8")
    listed = {
        case: re.findall(r"(\d{10}) ([^,|]+?)(?=,| \|)", places)
        for case, places in re.findall(r"^\| `(\w+)` (\|[^|]*\|)", text, re.MULTILINE)
    }
    places = truth.places
    assert listed == {
        case: [(str(places["place_id"][row]), places["ru"][row]) for row in rows]
        for case, rows in made.special.items()
    }


def test_the_country_states_that_no_road_is_missing():
    stated = [x for x in load_country("demo").completeness if x.layer == "roads"]
    assert len(stated) == 1
    assert stated[0].area == "*"


@pytest.mark.parametrize(("seed", "size"), [(0, 200), (3, 200), (5, 640)])
def test_countries_of_any_size_have_their_traps(seed, size):
    truth = make_settlements(seed, size, make_territory(seed, size))
    special = make_roads(truth).special
    counts = {case: len(rows) for case, rows in special.items()}
    assert counts.pop("missing_bridge") > 0
    assert counts == {"roadless": 3, "island": 1, "private_gate": 1, "ferry": 1}


def test_the_same_seed_gives_the_same_file(truth, tmp_path):
    for name in ("one", "two"):
        write_roads(tmp_path / f"{name}.osm.pbf", make_roads(truth))
    one, two = (tmp_path / f"{name}.osm.pbf" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_size < 300_000
    write_roads(tmp_path / "three.osm.pbf", make_roads(replace(truth, seed=SEED + 1)))
    assert (tmp_path / "three.osm.pbf").read_bytes() != one.read_bytes()
