"""Classes by size that are settled with a probability: where they count."""

import numpy as np
import pandas as pd
import pytest

from geo.standards.judge import judge
from geo.standards.settled import expected_wrong, thresholds
from tests.standards import toy

TRIPS = "transport.trips_per_week"
LEVEL = 0.99
BANDS = toy.standard(
    "t",
    TRIPS,
    {"applies": {"population": ">50"}, "value": 8},
    {"applies": {"population": "20-50"}, "value": 4},
)


def place(low, high, settled_low=np.nan, settled_high=np.nan, **more):
    return {
        "population_low": low,
        "population_high": high,
        "population_settled_low": settled_low,
        "population_settled_high": settled_high,
    } | more


def judged(standard, rows, known, level=LEVEL, indicator=TRIPS):
    values = toy.values(*((f"toy:{n}", indicator, x) for n, x in enumerate(known)))
    table = judge(
        toy.settlements(*rows), values, [standard], toy.ON, {}, settled_level=level
    )
    return table.set_index("settlement_id")


def test_the_settled_range_decides_the_class():
    rows = [
        place(0, 300, 0, 15),
        place(0, 300, 22, 48),
        place(0, 300, 60, 200),
        place(0, 300, 10, 200),
        place(0, 300),
    ]
    found = judged(BANDS, rows, [5] * 5)
    assert found["verdict"].tolist() == [
        "no_norm", "kept", "breached", "unknown", "unknown",
    ]  # fmt: skip
    assert found["norm_id"].tolist()[1:3] == ["t.1", "t.0"]
    # the fourth is left open by both, and nothing of the last is settled
    assert found["settled_at"].tolist() == pytest.approx(
        [LEVEL] * 3 + [np.nan] * 2, nan_ok=True
    )
    assert found["reason"].tolist()[3:] == ["population", "population"]


def test_without_a_level_nothing_is_settled():
    found = judged(BANDS, [place(0, 300, 0, 15)], [5], level=None)
    assert found["verdict"].tolist() == ["unknown"]
    assert found["settled_at"].isna().all()


def test_what_was_certain_anyway_does_not_rest_on_it():
    rows = [place(60, 300, 100, 200), place(100, 100), place(20, 50, 25, 30)]
    found = judged(BANDS, rows, [9] * 3)
    assert found["verdict"].tolist() == ["kept"] * 3
    assert found["settled_at"].isna().all()


def test_a_range_that_is_settled_wider_than_the_certain_one_leaves_the_class_open():
    found = judged(BANDS, [place(60, 300, 40, 400)], [5])
    assert found["verdict"].tolist() == ["unknown"]
    assert found["norms_possible"].tolist() == [("t.0", "t.1")]
    assert found["settled_at"].tolist() == [LEVEL]


def test_a_value_is_never_settled():
    known = [{"value": 5, "low": 2, "high": 10}]
    found = judged(BANDS, [place(0, 300, 60, 200)], known)
    assert found["verdict"].tolist() == ["unknown"]
    assert found["reason"].tolist() == ["value"]


def test_there_are_no_more_households_than_settled_people():
    fibre = toy.standard(
        "f",
        "digital.fibre",
        {"applies": {"households": ">=100"}, "op": "has", "value": True},
    )
    rows = [
        place(0, 300, 0, 99, households_low=0),
        place(0, 300, 0, 100, households_low=0),
        place(0, 300, 150, 200, households_low=120, households_high=120),
    ]
    found = judged(fibre, rows, [0] * 3, indicator="digital.fibre")
    assert found["verdict"].tolist() == ["no_norm", "unknown", "breached"]
    assert found["settled_at"].tolist() == pytest.approx(
        [LEVEL, np.nan, np.nan], nan_ok=True
    )


def test_a_norm_that_asks_nothing_of_size_rests_on_no_size():
    plain = toy.standard("p", TRIPS, {"applies": {"kind": ["rural"]}, "value": 8})
    found = judged(plain, [place(0, 300, 0, 15, kind="rural")], [9])
    assert found["settled_at"].isna().all()


def test_the_thresholds_are_the_first_counts_of_the_classes():
    other = toy.standard(
        "o",
        TRIPS,
        {"applies": {"population": "[50, 500)"}, "value": 1},
        {"applies": {"population": "<=1000"}, "value": 1},
        {"applies": {"households": ">=100"}, "value": 1},
        {"applies": {"kind": ["rural"]}, "value": 1},
    )
    assert thresholds([BANDS]) == [20, 51]
    assert thresholds([BANDS, other]) == [20, 50, 51, 100, 500, 1001]


def test_as_many_as_lie_beyond_their_class_are_expected_to_be_wrong():
    rows = [place(0, 300, 0, 15), place(0, 300, 22, 48), place(0, 300, 60, 200)]
    found = judged(BANDS, rows, [5] * 3).reset_index()
    reached = pd.DataFrame(
        {20: [0.008, 0.995, 1.0], 51: [0.001, 0.007, 0.993]},
        index=["toy:0", "toy:1", "toy:2"],
    )
    settlements = toy.settlements(*rows)
    said = expected_wrong([BANDS], found, settlements, reached, LEVEL)
    # 0.008 has 20 or more; 0.005 fewer than 20, 0.007 over 50; 0.007 fewer than 51
    assert said == {
        "level": LEVEL,
        "standards": {"t": {"settlements": 3, "expected_wrong": 0.03}},
    }
