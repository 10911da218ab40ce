"""What tags mean, by hand: the numbers follow data/roads.yaml and by."""

from functools import cache

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DeclarationError, RoadError
from geo.settings import declaration_dirs
from geo.sources.country import load_country
from geo.travel.roads.rules import CLOSED
from geo.travel.roads.speeds import load_speeds


@cache
def profile(name="car", country="by"):
    return load_speeds(load_country(country)).profile(name)


def way(name="car", **tags):
    return profile(name).way({key.replace("__", ":"): v for key, v in tags.items()})


def open_ways(rule):
    return rule.along != CLOSED, rule.against != CLOSED


@pytest.mark.parametrize(
    ("tags", "along", "against"),
    [
        ({}, True, True),
        ({"oneway": "yes"}, True, False),
        ({"oneway": "true"}, True, False),
        ({"oneway": "1"}, True, False),
        ({"oneway": "-1"}, False, True),
        ({"oneway": "reverse"}, False, True),
        ({"oneway": "no"}, True, True),
        ({"oneway": "alternating"}, True, True),
        ({"oneway": "maybe"}, True, True),
        ({"junction": "roundabout"}, True, False),
        ({"junction": "circular"}, True, False),
        ({"junction": "roundabout", "oneway": "no"}, True, True),
        ({"highway": "motorway"}, True, False),
        ({"highway": "motorway", "oneway": "no"}, True, True),
        ({"highway": "motorway_link"}, True, True),
        ({"oneway": "yes", "oneway__motor_vehicle": "no"}, True, True),
        ({"motor_vehicle__backward": "no"}, True, False),
        ({"access__forward": "no"}, False, True),
    ],
)
def test_directions_of_a_car(tags, along, against):
    assert open_ways(way(**{"highway": "residential"} | tags)) == (along, against)


def test_who_walks_heeds_no_one_way_street_but_that_for_feet():
    assert open_ways(way("foot", highway="residential", oneway="yes")) == (True, True)
    one = way("foot", highway="footway", oneway__foot="yes")
    assert open_ways(one) == (True, False)
    assert open_ways(way("foot", highway="residential", junction="roundabout"))[1]


@pytest.mark.parametrize(
    ("maxspeed", "kmh"),
    [
        ("50", 45.0),  # nine tenths of the limit
        ("50 km/h", 45.0),
        ("40 mph", 40 * 1.609344 * 0.9),
        ("10 knots", 16.668),
        ("RU:urban", 54.0),
        ("BY:rural", 81.0),
        ("BY:zone30", 27.0),
        ("zone:20", 18.0),
        ("walk", 5.4),
        ("50;70", 45.0),
        ("none", 58.0),  # no limit told: what such roads usually allow
        ("signals", 58.0),
        ("fast", 58.0),
        ("0", 58.0),
        ("-5", 58.0),
        ("999", 58.0),
    ],
)
def test_limits(maxspeed, kmh):
    assert way(highway="tertiary", maxspeed=maxspeed).along[0] == pytest.approx(kmh)


def test_limits_of_each_direction_and_of_zones():
    rule = way(highway="tertiary", maxspeed__forward="40", maxspeed="60")
    assert (rule.along[0], rule.against[0]) == (36.0, 54.0)
    assert way(highway="tertiary", source__maxspeed="BY:urban").along[0] == 54.0
    assert way(highway="living_street").along == (18.0, 18.0)
    assert way(highway="tertiary").along == (58.0, 38.0)


@pytest.mark.parametrize(
    ("tags", "car", "ambulance", "foot"),
    [
        ({"access": "no"}, False, False, False),
        ({"access": "private"}, False, True, False),
        ({"access": "no", "motor_vehicle": "yes"}, True, True, False),
        ({"access": "no", "foot": "yes"}, False, False, True),
        ({"vehicle": "no"}, False, False, True),
        ({"vehicle": "no", "motorcar": "destination"}, True, True, True),
        ({"motor_vehicle": "agricultural"}, False, True, True),
        ({"motor_vehicle": "no", "emergency": "yes"}, False, True, True),
        ({"access": "destination"}, True, True, True),
        ({"access": "permissive"}, True, True, True),
        ({"access": "what"}, True, True, True),
        ({"foot": "no"}, True, True, False),
    ],
)
def test_the_special_key_of_access_wins(tags, car, ambulance, foot):
    for name, wanted in (("car", car), ("ambulance", ambulance), ("foot", foot)):
        found = any(open_ways(way(name, highway="unclassified", **tags)))
        assert found == wanted, name


@pytest.mark.parametrize(
    ("tags", "car", "foot"),
    [
        ({"highway": "footway"}, False, True),
        ({"highway": "footway", "motor_vehicle": "yes"}, True, True),
        ({"highway": "footway", "access": "yes"}, False, True),
        ({"highway": "steps", "motor_vehicle": "yes"}, False, True),
        ({"highway": "motorway"}, True, False),
        ({"highway": "trunk"}, True, True),
        ({"highway": "trunk", "motorroad": "yes"}, True, False),
        ({"highway": "raceway"}, False, False),
        ({"railway": "rail"}, False, False),
        ({"highway": "track", "smoothness": "impassable"}, False, True),
    ],
)
def test_who_uses_which_class(tags, car, foot):
    assert any(open_ways(profile().way(tags))) == car
    assert any(open_ways(profile("foot").way(tags))) == foot


def test_the_worst_of_what_is_told_slows():
    track = way(highway="track")
    assert track.along == (20.0, 15.0)
    # half where no surface is told, three quarters in winter
    assert track.slow_along == pytest.approx((20 * 0.5 * 0.75, 15 * 0.5 * 0.75))
    told = way(highway="track", tracktype="grade4", surface="gravel")
    assert told.along[0] == 10.0
    assert told.slow_along[0] == pytest.approx(10 * 0.75)
    mud = way(highway="unclassified", surface="mud")
    assert mud.along[0] == pytest.approx(13.5)
    assert mud.slow_along[0] == pytest.approx(45 * 0.15 * 0.75)
    assert way(highway="service", service="parking_aisle").along[0] == 10.0
    assert way(highway="unclassified", ford="yes").along[0] == 9.0


def test_a_ferry_takes_its_duration_and_the_wait():
    rule = way(route="ferry", duration="0:20")
    assert rule.total_seconds == (20 + 15) * 60
    assert rule.total_seconds_slow == (20 + 45) * 60
    assert open_ways(rule) == (True, True)
    assert way(route="ferry").total_seconds is None
    assert way(route="ferry").along == (8.0, 8.0)
    assert open_ways(way(route="ferry", motor_vehicle="no")) == (False, False)
    assert way("foot", route="ferry", duration="PT1H").total_seconds == 75 * 60


@pytest.mark.parametrize(
    ("tags", "car", "foot", "seconds"),
    [
        ({"barrier": "gate"}, True, True, 30),
        ({"barrier": "gate", "access": "private"}, False, False, 0),
        ({"barrier": "gate", "locked": "yes"}, False, True, 0),
        ({"barrier": "bollard"}, False, True, 0),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, True, True, 0),
        ({"barrier": "lift_gate"}, True, True, 20),
        ({"barrier": "what_is_this"}, False, True, 0),
        ({"highway": "traffic_signals"}, True, True, 8),
        ({"highway": "crossing", "access": "no"}, True, True, 1),
        ({"railway": "level_crossing"}, True, True, 15),
    ],
)
def test_nodes(tags, car, foot, seconds):
    rule = profile().node(tags)
    assert rule.passable == car
    assert profile("foot").node(tags).passable == foot
    assert not car or rule.seconds == seconds


def test_an_ambulance_is_faster_within_its_own_legal_bound():
    fast = profile("ambulance").way({"highway": "motorway", "maxspeed": "150"})
    assert fast.along[0] == pytest.approx(150 * 0.9 * 1.15)
    assert way(highway="motorway", maxspeed="150").along[0] == 120.0


KEYS = {
    "highway": ["motorway", "trunk", "primary", "residential", "track", "footway"],
    "maxspeed": ["30", "180", "none", "BY:rural", "x"],
    "surface": ["asphalt", "mud", "sand", "?"],
    "tracktype": ["grade1", "grade5"],
    "smoothness": ["bad", "horrible"],
    "oneway": ["yes", "-1", "no"],
    "access": ["no", "yes", "private"],
    "motor_vehicle": ["yes", "no"],
    "foot": ["yes", "no"],
    "ford": ["yes"],
    "service": ["driveway", "alley"],
}


@settings(deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={key: st.sampled_from(values) for key, values in KEYS.items()}
    ),
    st.sampled_from(["car", "ambulance", "foot"]),
)
def test_a_bad_day_is_never_faster_and_nobody_breaks_the_law(tags, name):
    rule, legal = profile(name).way(tags), profile(name).legal_kmh
    for fast, slow in (
        (rule.along, rule.slow_along), (rule.against, rule.slow_against)
    ):  # fmt: skip
        assert (np.array(slow) <= np.array(fast)).all()
        assert ((np.array(slow) > 0) == (np.array(fast) > 0)).all()
        assert max(fast) <= legal


def overlaid(tmp_path, text):
    folder = tmp_path / "countries" / "li"
    folder.mkdir(parents=True)
    (folder / "speeds.yaml").write_text(text, encoding="utf-8")
    return load_country("li", declaration_dirs(tmp_path))


def test_a_country_wins_key_by_key(tmp_path):
    own = yaml.safe_dump({"profiles": {"car": {"winter": 0.5}}})
    speeds = load_speeds(overlaid(tmp_path, own))
    assert speeds.profile("car").rules.winter == 0.5
    assert speeds.profile("car").limits.rural == 80
    assert speeds.profile("ambulance").rules.winter == 0.5


def test_bad_declarations_are_refused_in_words(tmp_path):
    with pytest.raises(DeclarationError, match=r"speeds.yaml.*'snap.max_m'.*road-prof"):
        load_speeds(overlaid(tmp_path, "snap: {max_m: -3}"))
    without = load_country("li").model_copy(update={"folders": (tmp_path / "li",)})
    with pytest.raises(
        DeclarationError, match=r"speeds.yaml: the country has roads but"
    ):
        load_speeds(without)
    with pytest.raises(
        RoadError, match=r"no travel profile 'boat'. Known: ambulance, "
    ):
        load_speeds(load_country("li")).profile("boat")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profiles: 5\n", "key 'profiles'"),
        ("profiles: {car: 5}\n", "key 'profiles.car'"),
        ("profiles: {car: {like: car}}\nsnap: {max_m: .nan}\n", "line 2: key 'max_m'"),
        ("- car\n", "the file must be a mapping of keys and is a list"),
        ("", "the file must be a mapping of keys and is empty"),
    ],
)
def test_speeds_of_odd_shape_are_refused_in_words(tmp_path, text, words):
    with pytest.raises(DeclarationError) as caught:
        load_speeds(overlaid(tmp_path, text))
    assert words in str(caught.value)
    assert "speeds.yaml" in str(caught.value)
