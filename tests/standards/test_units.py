"""Norms of raions and operators: verdicts by hand, and what must always hold."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import DeclarationError
from geo.layers.schema import TABLES
from geo.standards.gaps import gap
from geo.standards.judge import judge
from geo.standards.units import check_levels, judge_units
from tests.standards import country, toy, units

ON = toy.ON
#: each example judges a table of its own, on a machine that may be busy
FEW = settings(max_examples=30, deadline=None)


def judged(*rows, standards=None, on=ON, freshness=None, areas=None):
    table = judge_units(
        units.units(),
        units.values(*rows),
        units.STANDARDS if standards is None else standards,
        on,
        freshness or {},
        areas,
    )
    return table.set_index(["unit_id", "standard"])


def verdicts(*rows, **more):
    return judged(*rows, **more)["verdict"].to_dict()


def test_every_unit_of_the_level_and_no_other_is_judged():
    assert set(judged().index) == {
        *((unit, s) for unit in "abc" for s in ("toy.queue", "toy.beds")),
        *((unit, "toy.plan") for unit in ("uno", "due")),
        ("ty", "toy.lte"),
    }


def test_the_columns_are_those_of_the_table_and_of_a_settlements_judgement():
    names = TABLES["unit_judgements"].schema.names
    assert list(judged().reset_index().columns.sort_values()) == sorted(names)
    assert set(names) - {"unit_of_assessment", "unit_id"} == set(
        TABLES["judgements"].schema.names
    ) - {"settlement_id"}


def test_a_limit_of_zero():
    table = judged(("a", units.QUEUE, 0), ("b", units.QUEUE, 3))
    assert table.loc[("a", "toy.queue"), ["verdict", "gap"]].tolist() == ["kept", 0.0]
    row = table.loc[("b", "toy.queue")]
    assert row[["verdict", "gap", "norm"]].tolist() == ["breached", 1.0, 0.0]
    row = table.loc[("c", "toy.queue")]
    assert (row["verdict"], row["reason"]) == ("unknown", "no_value")
    assert (row["gap_low"], row["gap_high"]) == (0.0, 1.0)


def test_none_to_three_applications_are_unknown():
    row = judged(("a", units.QUEUE, {"low": 0, "high": 3})).loc[("a", "toy.queue")]
    assert (row["verdict"], row["reason"]) == ("unknown", "value")
    assert (row["gap_low"], row["gap_high"]) == (0.0, 1.0)


def test_at_least_one_application_is_a_breach_of_full_size():
    row = judged(("a", units.QUEUE, {"low": 1})).loc[("a", "toy.queue")]
    assert (row["verdict"], row["gap"]) == ("breached", 1.0)


def test_population_bands_speak_of_the_residents_of_the_raion():
    rows = [(unit, units.BEDS, 30) for unit in "abc"]
    table = judged(*rows)
    large = table.loc[("a", "toy.beds")]
    assert large[["verdict", "norm", "gap"]].tolist() == ["breached", 40.0, 0.25]
    # about 10,000 people: 20 or 40 beds
    border = table.loc[("b", "toy.beds")]
    assert (border["verdict"], border["reason"]) == ("unknown", "population")
    assert (border["gap_low"], border["gap_high"]) == (0.0, 0.25)
    assert table.loc[("c", "toy.beds"), "verdict"] == "unknown"
    assert verdicts(("c", units.BEDS, 45))["c", "toy.beds"] == "kept"


def test_a_norm_of_an_oblast_binds_its_raions_by_id_and_by_name():
    areas = pd.DataFrame({"id": ["o"], "level": ["oblast"], "name": ["Полесская"]})
    for place in ("o", "Полесская"):
        norm = {"applies": {"territory": [place]}, "value": 5}
        own = toy.standard("t.own", units.BEDS, norm, unit_of_assessment="raion")
        found = verdicts(
            *((unit, units.BEDS, 4) for unit in "abc"), standards=[own], areas=areas
        )
        assert found["a", "t.own"] == found["b", "t.own"] == "breached"
        assert found["c", "t.own"] == "unknown"  # nobody knows where it lies


def test_an_operator_that_needs_no_plan_has_no_norm():
    table = judged(
        ("uno", units.PLAN, {"status": "not_applicable"}), ("due", units.PLAN, 0)
    )
    row = table.loc[("uno", "toy.plan")]
    assert row["verdict"] == "no_norm"
    assert pd.isna(row["norm"])
    assert pd.isna(row["gap"])
    assert table.loc[("due", "toy.plan"), "gap"] == 1.0


def test_an_old_word_is_stale_and_says_what_it_was():
    told = {"value": 0, "low": 0, "high": 0, "date": "2020-01-01"}
    row = judged(("a", units.QUEUE, told), freshness={units.QUEUE: 1}).loc[
        ("a", "toy.queue")
    ]
    assert row[["verdict", "reason", "verdict_if_fresh"]].tolist() == [
        "unknown",
        "stale",
        "kept",
    ]


def test_a_target_waits_with_progress_and_pace():
    row = judged(("ty", units.SHARE, 49), on=date(2026, 12, 31)).loc[("ty", "toy.lte")]
    assert (row["verdict"], row["progress"]) == ("not_due", 0.5)
    # 49 points in the four years 2027-2030
    assert row["required_pace"] == pytest.approx(12.25, abs=0.01)
    assert row["due"].date() == date(2030, 12, 31)


def test_a_range_gives_a_target_no_progress():
    row = judged(("ty", units.SHARE, {"low": 6.5, "high": 100})).loc[("ty", "toy.lte")]
    assert row["verdict"] == "not_due"
    assert pd.isna(row["progress"])
    assert pd.isna(row["required_pace"])


def test_a_target_whose_day_has_come_is_judged():
    on = date(2031, 1, 1)
    for share, verdict in ((97.0, "breached"), (98.0, "kept")):
        told = dict.fromkeys(("value", "low", "high"), share) | {"date": "2031-01-01"}
        assert verdicts(("ty", units.SHARE, told), on=on)["ty", "toy.lte"] == verdict


def test_a_country_without_units_has_an_empty_table_of_the_right_types():
    none = judge_units(units.units().iloc[:0], units.values(), [], ON, {})
    assert list(none.columns) == TABLES["unit_judgements"].schema.names
    assert none.empty


def test_the_order_of_units_and_values_is_irrelevant():
    rows = [("a", units.QUEUE, 0), ("b", units.QUEUE, 3), ("due", units.PLAN, 1)]
    table = judge_units(
        units.units().iloc[::-1], units.values(*rows[::-1]), units.STANDARDS, ON, {}
    )
    pd.testing.assert_frame_equal(
        table.set_index(["unit_id", "standard"]), judged(*rows)
    )


def test_no_settlement_is_judged_by_a_norm_of_a_unit():
    both = [*country.STANDARDS, *units.STANDARDS[:-1]]
    with_units = judge(country.settlements(), country.values(), both, ON, {})
    pd.testing.assert_frame_equal(with_units, country.judged())
    scores = country.scored(country.given(judgements=with_units))
    pd.testing.assert_frame_equal(scores, country.scored())


ranges = st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted)


@FEW
@given(ranges, st.floats(1, 100), st.floats(1, 100))
def test_a_stricter_norm_never_narrows_the_gap(known, one, other):
    low, high = known
    lenient, strict = sorted([one, other])
    for op, limits in ((">=", (lenient, strict)), ("<=", (strict, lenient))):
        bounds = []
        for limit in limits:
            norm = {"op": op, "value": limit}
            own = toy.standard("t.s", units.BEDS, norm, unit_of_assessment="raion")
            row = judged(
                ("a", units.BEDS, {"low": low, "high": high}), standards=[own]
            ).loc[("a", "t.s")]
            bounds.append((row["gap_low"], row["gap_high"]))
        assert bounds[0][0] <= bounds[1][0]
        assert bounds[0][1] <= bounds[1][1]


@FEW
@given(ranges, st.floats(0, 1), st.sampled_from(units.STANDARDS[:2]))
def test_what_is_unknown_stays_within_its_bounds(known, where, standard):
    low, high = known
    exact = min(high, low + where * (high - low))
    certain = judged(("a", standard.indicator, exact), standards=[standard]).loc[
        ("a", standard.id)
    ]
    ranged = judged(
        ("a", standard.indicator, {"low": low, "high": high}), standards=[standard]
    ).loc[("a", standard.id)]
    assert ranged["gap_low"] - 1e-12 <= certain["gap"] <= ranged["gap_high"] + 1e-12
    if ranged["verdict"] != "unknown":
        assert ranged["verdict"] == certain["verdict"]


@given(st.floats(0, 1e6))
def test_a_limit_of_zero_is_kept_by_nothing_but_zero(value):
    found = gap(np.array([value]), np.zeros(1), "lower")[0]
    assert found == (0.0 if value == 0 else 1.0)


def test_a_standard_must_be_judged_where_its_indicator_has_values():
    levels = {units.QUEUE: ("raion",)}
    check_levels([units.STANDARDS[0], units.STANDARDS[-1]], levels)
    oblast = toy.standard("t.o", units.QUEUE, {"value": 1}, unit_of_assessment="oblast")
    with pytest.raises(DeclarationError, match=r"'oblast', but .*queue is a value of"):
        check_levels([oblast], levels)
    village = toy.standard("t.v", units.QUEUE, {"value": 1})
    with pytest.raises(DeclarationError, match="Judge it at the level that has"):
        check_levels([village], levels)
    with pytest.raises(DeclarationError, match=r"beds is no value of a raion.*none"):
        check_levels([units.STANDARDS[1]], levels)
