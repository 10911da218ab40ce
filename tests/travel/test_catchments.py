"""Catchment measures against numbers worked by hand.

Minutes: a-x 10, b-x 20, b-y 10, c-y 30; d reaches nothing, u is unsnapped.
People a 100, b 200, c 100, d 50; doctors x 3, y 6.
2SFCA, 30 min: x 3/300 = 0.01, y 6/300 = 0.02; a 0.01, b 0.03, c 0.02, d 0.
E2SFCA, weights 1 / 0.5 / 0.25 up to 10 / 20 / 30 min: x 3/(100 + 100) = 0.015,
y 6/(200 + 25) = 2/75; a 0.015, b 0.0075 + 2/75, c 0.25 * 2/75, d 0.
"""

import pandas as pd
import pytest

from geo.travel.roads.catchments import cumulative, enhanced_two_step, two_step
from geo.travel.roads.decay import Step

MATRIX = pd.DataFrame(
    {"from_id": list("abbc"), "to_id": list("xxyy"), "minutes": [10.0, 20, 10, 30]}
)
PEOPLE = pd.Series({"a": 100.0, "b": 200.0, "c": 100.0, "d": 50.0, "u": 70.0})
DOCTORS = pd.Series({"x": 3.0, "y": 6.0})
KNOWN = pd.Series({"a": True, "b": True, "c": True, "d": True})


def test_two_step_by_hand() -> None:
    found = two_step(MATRIX, PEOPLE, DOCTORS, 30, known=KNOWN)
    assert found.to_dict() == pytest.approx({"a": 0.01, "b": 0.03, "c": 0.02, "d": 0})
    assert (found * PEOPLE).sum() == pytest.approx(DOCTORS.sum())


def test_enhanced_by_hand() -> None:
    decay = Step((10, 20, 30), (1, 0.5, 0.25))
    found = enhanced_two_step(MATRIX, PEOPLE, DOCTORS, decay, known=KNOWN)
    y = 2 / 75
    wanted = {"a": 0.015, "b": 0.0075 + y, "c": 0.25 * y, "d": 0}
    assert found.to_dict() == pytest.approx(wanted)
    assert (found * PEOPLE).sum() == pytest.approx(DOCTORS.sum())


def test_cumulative_by_hand() -> None:
    found = cumulative(MATRIX, DOCTORS, 20, known=KNOWN)
    assert found.to_dict() == {"a": 3, "b": 9, "c": 0, "d": 0}


def test_unknown_origin_is_not_zero() -> None:
    known = pd.concat([KNOWN, pd.Series({"u": False})])
    found = two_step(MATRIX, PEOPLE, DOCTORS, 30, known=known)
    assert found.index[found.isna()].tolist() == ["u"]
    assert found["d"] == 0


def test_supply_without_demand_divides_by_nothing() -> None:
    nobody = pd.Series({"a": 0.0, "b": 200.0, "c": 100.0})
    near = two_step(MATRIX, nobody, DOCTORS, 10, known=KNOWN)
    assert near.to_dict() == pytest.approx({"a": 0, "b": 0.03, "c": 0, "d": 0})
