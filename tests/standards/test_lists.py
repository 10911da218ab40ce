"""National and oblast lists, levels, households, and the status beside a verdict."""

from geo.standards.judge import judge
from tests.standards import toy
from tests.standards.test_judge import AREAS, TRIPS, _judge

OBLAST_LIST = [
    {"value": 8},
    {"value": 6, "list": "oblast", "applies": {"territory": ["o1"]}},
]


def test_the_list_of_an_oblast_takes_the_place_of_the_national_one():
    standard = toy.standard("t", TRIPS, *OBLAST_LIST)
    rows = [{"oblast_id": "o1"}, {"oblast_id": "o2"}, {}, {}]
    found = _judge(standard, rows, [7, 7, 7, 9], AREAS)
    assert found["verdict"].tolist() == ["kept", "breached", "unknown", "kept"]
    assert found["norm_id"].tolist()[:2] == ["t.1", "t.0"]  # the row that decided
    assert found["norm"].tolist()[:2] == [6, 8]
    assert found["norm"].isna().tolist()[2:] == [True, True]
    assert found["norm_low"].tolist()[2:] == [6, 6]
    assert found["norm_high"].tolist()[2:] == [8, 8]
    assert found["norm_national"].tolist() == [8, 8, 8, 8]
    assert found["norm_oblast"].tolist()[0] == 6
    assert found["norm_oblast"].isna().tolist()[1:] == [True, True, True]


def test_a_national_row_binds_where_the_oblasts_list_has_none_for_the_class():
    village = {"kind": ["rural"], "territory": ["o1"]}
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 8},
        {"value": 2, "list": "oblast", "applies": village},
    )
    rows = [{"oblast_id": "o1", "kind": kind} for kind in ("rural", "agrogorodok")]
    found = _judge(standard, rows, [5, 5], AREAS)
    assert found["verdict"].tolist() == ["kept", "breached"]
    assert found["norm_oblast"].isna().tolist() == [False, True]


def test_a_target_of_an_oblast_waits_though_the_national_one_is_due():
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 8, "due": "2020-12-31"},
        {
            "value": 9,
            "due": "2030-12-31",
            "list": "oblast",
            "applies": {"territory": ["o1"]},
        },
        force="target",
    )
    now = {"value": 7.0, "low": 7.0, "high": 7.0, "date": "2026-11-22"}
    rows = [{"oblast_id": "o1"}, {"oblast_id": "o2"}]
    found = _judge(standard, rows, [now, now], AREAS)
    assert found["verdict"].tolist() == ["not_due", "breached"]
    assert found["norm_oblast"].tolist()[0] == 9


def test_the_status_of_the_judged_value_stands_beside_the_verdict():
    standard = toy.standard("t", TRIPS, {"value": 8})
    values = toy.values(
        ("toy:0", TRIPS, {"value": 9.0, "low": 9.0, "high": 9.0, "status": "declared"}),
        ("toy:1", TRIPS, {"status": "not_applicable"}),
    )
    table = judge(toy.settlements({}, {}, {}), values, [standard], toy.ON, {})
    assert table["status"].tolist() == ["declared", "not_applicable", "unknown"]
    assert table["verdict"].tolist() == ["kept", "no_norm", "unknown"]
    assert table["norm_national"].isna().tolist() == [False, True, False]


def test_households_are_never_more_than_people():
    standard = toy.standard(
        "t", TRIPS, {"value": 4, "applies": {"households": ">=100"}}
    )
    rows = [{"population": 99}, {"population": 100}, {"population_high": 99.0}]
    found = _judge(standard, rows, [0, 0, 0])
    assert found["verdict"].tolist() == ["no_norm", "unknown", "no_norm"]
    assert found["reason"].tolist()[1] == "population"


def test_counted_households_stand_against_an_older_count_of_people():
    standard = toy.standard(
        "t", TRIPS, {"value": 4, "applies": {"households": ">=100"}}
    )
    found = _judge(standard, [{"population": 99, "households_low": 120.0}], [0])
    assert found["verdict"].tolist() == ["breached"]


def test_of_a_level_only_the_order_counts():
    standard = toy.standard("t", TRIPS, {"value": 3}, quantity="ordinal")
    ranged = {"low": 1.0, "high": 3.0}
    found = _judge(standard, [{}, {}, {}, {}], [1, 3, 4, ranged])
    assert found["gap"].fillna(-1).tolist() == [1, 0, 0, -1]
    assert found["gap_high"].tolist() == [1, 0, 0, 1]
    assert found["gap_low"].tolist() == [1, 0, 0, 0]
    waiting = toy.standard(
        "t",
        TRIPS,
        {"value": 3, "due": "2030-12-31"},
        quantity="ordinal",
        force="target",
    )
    found = _judge(waiting, [{}, {}], [2, 3])
    assert found["progress"].tolist() == [0, 1]
    assert found["required_pace"].isna().all()
