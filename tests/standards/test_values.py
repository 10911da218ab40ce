"""What a value may carry: bounds, an age, and what an assumption has of them."""

from datetime import date

import numpy as np

from geo.standards.values import measured
from tests.standards import toy

TRIPS, WAIT = "transport.trips_per_week", "health.ambulance_minutes"
RANGED = {"value": 8.0, "low": 5.0, "high": 12.0, "date": "2026-06-01"}


def laid(code, better, *known, freshness=None):
    ids = [f"toy:{number}" for number in range(len(known))]
    table = toy.values(*((key, code, one) for key, one in zip(ids, known, strict=True)))
    index = toy.settlements(*({} for _ in known)).index
    return measured(table, index, {code: better}, toy.ON, freshness or {})[code]


def test_an_assumption_has_a_value_and_bounds_nothing():
    found = laid(WAIT, "lower", RANGED, RANGED | {"status": "assumed"})
    assert found.value.tolist() == found.central.tolist() == [8, 8]
    assert found.low.tolist()[0] == 5
    assert np.isnan([found.low[1], found.high[1]]).all()
    assert found.informed.tolist() == [True, False]
    assert found.assumed.tolist() == [False, True]
    worst, best = found.oriented(-1.0, fresh_only=False)
    assert (worst.tolist(), best.tolist()) == ([-12, -np.inf], [-5, np.inf])
    worst, best = found.extremes("lower")
    assert (worst.tolist(), best.tolist()) == ([12, np.inf], [5, 0])


def test_an_assumed_list_never_shows_that_there_is_no_way():
    nowhere = {"status": "unreachable", "low": np.inf}
    found = laid(WAIT, "lower", nowhere, nowhere | {"low": 30.0})
    assert found.unreachable.tolist() == [True, False]
    assert found.low.tolist() == [np.inf, 30]
    assert found.central.tolist()[0] == np.inf
    # where more is better nothing is worse than none
    found = laid(TRIPS, "higher", nowhere | {"low": None})
    assert found.unreachable.tolist() == [True]
    assert (found.low.tolist(), found.high.tolist()) == ([0], [0])


def test_what_is_unknown_has_neither_bounds_nor_an_age():
    old = {"low": 3.0, "date": "2014-01-01"}
    found = laid(
        TRIPS, "higher", old | {"status": "unknown"}, old, freshness={TRIPS: 2}
    )
    assert np.isnan(found.low).tolist() == [True, False]
    assert found.stale.tolist() == [False, True]
    assert found.day.tolist() == [date(2014, 1, 1)] * 2
    _, best = found.oriented(1.0, fresh_only=True)
    assert best.tolist() == [np.inf, np.inf]


def test_without_some_places_the_others_stay_as_they_are():
    old = RANGED | {"date": "2014-01-01"}
    nowhere = {"status": "unreachable", "low": np.inf}
    found = laid(WAIT, "lower", RANGED, old, nowhere, freshness={WAIT: 2})
    left = found.without(np.array([False, True, True]))
    assert left.value.tolist()[0] == 8
    assert np.isnan([*left.value[1:], *left.low[1:], *left.high[1:]]).all()
    assert not left.stale.any()
    assert not left.unreachable.any()
    assert found.stale.tolist() == [False, True, False]
