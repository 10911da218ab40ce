"""Minutes by an incomplete list: what thinning says, what rests on an assumption."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from geo.estimates.declared import Estimates, Minutes, Whole
from geo.estimates.minutes import timed
from geo.estimates.subject import Ground
from geo.types import FacilityKind
from tests.estimates.invented import GATE

COUNT = 400
PARAMETERS = SimpleNamespace(
    ambulance_call_minutes=4,
    ambulance_call_minutes_low=0,
    ambulance_call_minutes_high=10,
)


def _model(**more):
    return Minutes(
        id="hospital_minutes",
        indicator="health.hospital_minutes_listed",
        kind=FacilityKind.HOSPITAL,
        label={"en": "to a hospital"},
        meaning={"en": "the nearest listed"},
        **more,
    )


def _declared(number):
    kind = FacilityKind.HOSPITAL
    lists = [Whole(kind=kind, number=number, source="counted")] if number else []
    return Estimates(gate=GATE, interval=0.9, draws=1, models=(), lists=tuple(lists))


def _estimated(number, listed=40, model=None):
    rng = np.random.default_rng(1)
    flat = rng.uniform(0, 500, (COUNT, 2))
    places = pd.DataFrame({"lon": 24 + flat[:, 0] / 70, "lat": 52 + flat[:, 1] / 111})
    places.index = [f"p{n}" for n in range(COUNT)]
    stands = places[:listed]
    facilities = stands.assign(kind="hospital", status="declared", located=True)
    ways = pd.DataFrame(
        {"minutes": 20.0, "minutes_high": 50.0, "id": "h1", "source": "register"},
        index=places.index,
    )
    ways.loc["p0", "source"] = "assumption:central-raion-hospital"
    ways.loc["p1", ["minutes", "minutes_high"]] = np.nan
    nothing = np.zeros(COUNT, np.int64)
    ground = Ground(places, {}, flat, nothing, nothing == 0, pd.DataFrame())
    layers = SimpleNamespace(facilities=facilities)
    country = SimpleNamespace(parameters=PARAMETERS)
    declared = _declared(number)
    return timed(model or _model(), ways, ground, layers, country, declared)


def test_a_whole_list_leaves_the_way_as_it_is():
    found = _estimated(number=40)
    assert found.checked.published
    assert found.checked.summary["coverage"] == 1
    row = found.rows.set_index("settlement_id").loc["p5"]
    assert (row["estimate"], row["low"], row["high"]) == (20, 20, 50)
    assert (row["band"], row["n"], row["facility_id"]) == ("value", 40, "h1")


def test_a_list_of_a_third_may_miss_a_nearer_one():
    found = _estimated(number=120)
    row = found.rows.set_index("settlement_id").loc["p5"]
    assert row["low"] < 10 < row["estimate"]
    assert 0.9 <= found.checked.summary["coverage"] <= 1
    half = _estimated(number=60)
    assert half.checked.published
    more = half.rows.set_index("settlement_id").loc["p5"]
    assert row["low"] < more["low"] < 20


def test_a_list_that_is_no_better_than_a_median_is_refused():
    assert _estimated(number=120).checked.failed == ("skill",)


def test_who_lists_more_than_there_are_is_whole():
    assert _estimated(number=30).rows["low"].max() == 20


def test_an_assumption_that_stands_in_is_named():
    rows = _estimated(number=40).rows.set_index("settlement_id")
    assert rows.at["p0", "assumption"] == "central-raion-hospital"
    assert rows["assumption"].notna().sum() == 1


def test_no_way_is_no_estimate():
    row = _estimated(number=40).rows.set_index("settlement_id").loc["p1"]
    assert row["reason"] == "unlisted"
    assert row[["band", "estimate", "low", "high"]].isna().all()


def test_an_ambulance_answers_a_call_first():
    row = _estimated(40, model=_model(call=True)).rows.set_index("settlement_id")
    values = row.loc["p5", ["estimate", "low", "high"]].tolist()
    assert values == [24, 20, 60]


def test_a_handful_of_facilities_teaches_nothing():
    found = _estimated(number=40, listed=9)
    assert found.checked.failed == ("too_few",)


def test_without_a_declared_number_there_is_no_estimate():
    assert _estimated(number=0) is None


@pytest.mark.parametrize("ends", [("low", "estimate"), ("estimate", "high")])
def test_the_interval_holds_the_value(ends):
    rows = _estimated(number=120).rows.dropna(subset="estimate")
    assert (rows[ends[0]] <= rows[ends[1]]).all()
