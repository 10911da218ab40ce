"""The rows that the judge held possible are recorded, with the verdict beside them."""

from datetime import date

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.schema import TABLES
from geo.release.tables import arrow_table
from geo.standards.judge import judge
from geo.standards.units import judge_units
from tests.standards import toy, units
from tests.standards.oracle import FLAGS
from tests.standards.test_judge import AREAS, TRIPS, _judge
from tests.standards.test_properties import (
    FEW,
    INDICATOR,
    KINDS,
    OBLASTS,
    norms,
    places,
    ranges,
)

BY_KIND_AND_SIZE = (
    {"value": 20, "applies": {"selsovet_centre": True}},
    {"value": 28, "applies": {"kind": ["agrogorodok"], "population": ">1000"}},
    {"value": 8, "applies": {"kind": ["rural"], "population": ">50"}},
    {"value": 4, "applies": {"kind": ["rural"], "population": "20-50"}},
)
SETTLED = {"kind": "rural", "selsovet_centre": "no"}


def held(table):
    return table["norms_possible"].tolist()


def test_of_a_settled_class_it_is_the_row_that_decides():
    standard = toy.standard("t", TRIPS, *BY_KIND_AND_SIZE)
    rows = [SETTLED | {"population": count} for count in (80, 30, 10)]
    found = _judge(standard, rows, [5, 5, 5])
    assert held(found) == [("t.2",), ("t.3",), ()]
    assert found["norm_id"].fillna("").tolist() == ["t.2", "t.3", ""]
    assert found["verdict"].tolist() == ["breached", "kept", "no_norm"]


def test_people_between_two_classes_leave_both_possible():
    standard = toy.standard("t", TRIPS, *BY_KIND_AND_SIZE)
    rows = [
        SETTLED | {"population_low": 40.0, "population_high": 60.0},
        SETTLED | {"population_low": 10.0, "population_high": 60.0},
        SETTLED | {"population_low": 10.0, "population_high": 19.0},
    ]
    found = _judge(standard, rows, [5, 5, 5])
    assert held(found) == [("t.2", "t.3"), ("t.2", "t.3"), ()]
    assert found["norm_id"].isna().all()
    assert found["norm_low"].isna().tolist() == [False, True, True]


def test_an_open_class_and_centre_leave_all_rows_that_may_win():
    standard = toy.standard("t", TRIPS, *BY_KIND_AND_SIZE)
    kinds = {"kinds_possible": ["agrogorodok", "rural"]}
    rows = [kinds | {"population": 1500}, kinds | {"population": 30}]
    assert held(_judge(standard, rows, [5, 5])) == [
        ("t.0", "t.1", "t.2"),
        ("t.0", "t.3"),
    ]


def test_rows_of_one_limit_are_both_possible_and_the_first_is_named():
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 8, "applies": {"kind": ["rural"]}},
        {"value": 8, "applies": {"kind": ["agrogorodok"]}},
    )
    found = _judge(standard, [{"kinds_possible": ["agrogorodok", "rural"]}], [5])
    assert (held(found), found["norm_id"].tolist()) == ([("t.0", "t.1")], ["t.0"])


def test_a_row_that_never_wins_is_not_possible():
    standard = toy.standard("t", TRIPS, {"value": 4}, {"value": 12}, {"value": 8})
    assert held(_judge(standard, [{}], [6])) == [("t.1",)]
    lower = toy.standard(
        "t", TRIPS, {"value": 40, "op": "<="}, {"value": 30, "op": "<="}
    )
    assert held(_judge(lower, [{}], [6])) == [("t.1",)]


def test_the_list_of_an_oblast_takes_the_national_row_off():
    here = {"territory": ["o1"]}
    standard = toy.standard(
        "t", TRIPS, {"value": 8}, {"value": 6, "list": "oblast", "applies": here}
    )
    rows = [{"oblast_id": "o1"}, {"oblast_id": "o2"}, {}]
    found = _judge(standard, rows, [7, 7, 7], AREAS)
    assert held(found) == [("t.1",), ("t.0",), ("t.0", "t.1")]


def test_what_is_not_due_is_recorded_only_where_nothing_binds():
    later, past = {"due": "2030-12-31"}, {"due": "2020-12-31"}
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 12} | later,
        {"value": 30, "due": "2035-12-31"},
        {"value": 5, "applies": {"kind": ["rural"]}} | past,
        force="target",
    )
    rows = [{"kind": kind} for kind in ("agrogorodok", "rural")]
    rows.append({"kinds_possible": ["agrogorodok", "rural"]})
    now = {"value": 7.0, "low": 7.0, "high": 7.0, "date": "2026-11-22"}
    found = _judge(standard, rows, [now, now, now])
    assert found["verdict"].tolist() == ["not_due", "kept", "kept"]
    assert held(found) == [("t.0",), ("t.2",), ("t.2",)]
    assert found["norm_id"].fillna("").tolist() == ["t.0", "t.2", ""]


def test_a_row_out_of_force_is_never_possible():
    standard = toy.standard(
        "t", TRIPS, {"value": 4}, {"value": 9, "valid_from": "2027-01-01"}
    )
    assert held(_judge(standard, [{}], [5])) == [("t.0",)]
    later = _judge(standard, [{}], [5], on=date(2027, 1, 1))
    assert held(later) == [("t.1",)]


def test_where_there_is_nothing_to_ask_no_norm_is_possible():
    standard = toy.standard("t", TRIPS, {"value": 8})
    values = toy.values(("toy:0", TRIPS, {"status": "not_applicable"}))
    table = judge(toy.settlements({}, {}), values, [standard], toy.ON, {})
    assert table["verdict"].tolist() == ["no_norm", "unknown"]
    assert held(table) == [(), ("t.0",)]


def test_rows_come_in_the_order_of_the_standard_and_reach_the_release():
    standard = toy.standard(
        "t",
        TRIPS,
        {"id": "z", "value": 8, "applies": {"population": ">50"}},
        {"id": "a", "value": 4, "applies": {"population": "<=50"}},
    )
    table = judge(
        toy.settlements({"population_low": 1.0, "population_high": 90.0}, {"id": "x"}),
        toy.values(("toy:0", TRIPS, 5)),
        [standard],
        toy.ON,
        {},
    )
    rows = arrow_table(table, TABLES["judgements"])
    assert rows["norms_possible"].type == pa.list_(pa.string())
    assert rows["norms_possible"].to_pylist() == [["z", "a"], ["z", "a"]]


def test_units_record_theirs_too():
    standard = toy.standard(
        "u",
        "health.interdistrict_centres",
        {"value": 2, "applies": {"population": ">10000"}},
        {"value": 1, "applies": {"population": "<=10000"}},
        unit_of_assessment="raion",
    )
    stated = units.values(("a", "health.interdistrict_centres", 1))
    table = judge_units(units.units(), stated, [standard], toy.ON, {})
    assert dict(zip(table["unit_id"], held(table), strict=True)) == {
        "a": ("u.0",),
        "b": ("u.0", "u.1"),
        "c": ("u.0", "u.1"),
    }
    assert arrow_table(table, TABLES["unit_judgements"]).num_rows == 3


def test_no_unit_leaves_a_typed_column():
    table = judge_units(units.units(), units.values(), [], toy.ON, {})
    assert arrow_table(table, TABLES["unit_judgements"]).num_rows == 0


DUES = [None, "2020-12-31", "2030-12-31", "2035-12-31"]


@st.composite
def any_standard(draw):
    """A standard of law, or of targets some of which are due."""
    op = draw(st.sampled_from([">=", "<="]))
    rows = draw(st.lists(norms(op), min_size=1, max_size=5))
    if not draw(st.booleans()):
        return toy.standard("toy.any", INDICATOR[op], *rows)
    rows = [row | {"due": draw(st.sampled_from(DUES[1:]))} for row in rows]
    return toy.standard("toy.any", INDICATOR[op], *rows, force="target")


@st.composite
def settled(draw):
    """A place of which all is known that a class may depend on."""
    people = draw(st.sampled_from([0, 19, 20, 21, 49, 50, 51, 60]))
    return {
        "kinds_possible": [draw(st.sampled_from(KINDS))],
        "population_low": people,
        "population_high": people,
        "households_low": 0,
        "households_high": 0,
        "oblast_id": draw(st.sampled_from(["a", "b", "c"])),
    } | {flag: draw(st.sampled_from(["yes", "no"])) for flag in FLAGS}


def found(standard, place, low, high):
    known = toy.values(("toy:0", standard.indicator, {"low": low, "high": high}))
    table = judge(toy.settlements(place), known, [standard], toy.ON, {}, OBLASTS)
    return table.iloc[0]


def limits(standard, row):
    value = {norm.id: norm.value for norm in standard.norms}
    return [value[name] for name in row["norms_possible"]]


@FEW
@given(any_standard(), places(), ranges())
def test_the_row_that_a_verdict_names_is_among_the_possible(standard, place, known):
    row = found(standard, place, *known)
    held_ = row["norms_possible"]
    order = [norm.id for norm in standard.norms]
    assert list(held_) == [name for name in order if name in held_]
    assert (held_ == ()) == (row["verdict"] == "no_norm")
    if isinstance(row["norm_id"], str):
        assert row["norm_id"] in held_
        assert set(limits(standard, row)) == {row["norm"]}
    ends = {row["norm_low"], row["norm_high"]} - {None}
    assert {end for end in ends if end == end} <= set(limits(standard, row))  # noqa: PLR0124 - NaN


@FEW
@given(any_standard(), settled(), ranges())
def test_of_a_place_known_for_certain_one_row_or_none_is_possible(
    standard, place, known
):
    row = found(standard, place, *known)
    assert len(row["norms_possible"]) <= 1
    named = [row["norm_id"]] if isinstance(row["norm_id"], str) else []
    assert list(row["norms_possible"]) == named


@FEW
@given(any_standard(), places(), ranges(), st.data())
def test_finding_out_more_never_makes_another_row_possible(
    standard, place, known, data
):
    count = data.draw(st.integers(place["population_low"], place["population_high"]))
    sure = place | {
        "kinds_possible": [data.draw(st.sampled_from(place["kinds_possible"]))],
        "population_low": count,
        "population_high": count,
        "oblast_id": place["oblast_id"] or data.draw(st.sampled_from(["a", "b", "c"])),
    }
    for flag in FLAGS:
        if sure[flag] == "unknown":
            sure[flag] = data.draw(st.sampled_from(["yes", "no"]))
    vague, exact = (found(standard, one, *known) for one in (place, sure))
    if exact["verdict"] != "not_due" or vague["verdict"] == "not_due":
        assert set(exact["norms_possible"]) <= set(vague["norms_possible"])
