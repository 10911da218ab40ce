"""Catchment measures against numbers worked by hand.

Minutes: a-x 10, b-x 20, b-y 10, c-y 30; d reaches nothing, u is unsnapped.
People a 100, b 200, c 100, d 50; doctors x 3, y 6.
2SFCA, 30 min: x 3/300 = 0.01, y 6/300 = 0.02; a 0.01, b 0.03, c 0.02, d 0.
E2SFCA, weights 1 / 0.5 / 0.25 up to 10 / 20 / 30 min: x 3/(100 + 100) = 0.015,
y 6/(200 + 25) = 2/75; a 0.015, b 0.0075 + 2/75, c 0.25 * 2/75, d 0.
"""

import access.fca
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import RoadError
from geo.travel.roads.catchments import cumulative, enhanced_two_step, two_step
from geo.travel.roads.decay import Exponential, Gaussian, Linear, Power, Step

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


@st.composite
def markets(draw):
    """A matrix of some pairs, people and doctors, and a decay."""
    origins, places = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    pairs = [(o, p) for o in range(origins) for p in range(places)]
    kept = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    minutes = st.floats(0, 60)
    table = pd.DataFrame(kept, columns=["from_id", "to_id"])
    table["minutes"] = [draw(minutes) for _ in kept]
    some = st.floats(1, 1000)
    people = pd.Series([draw(some) for _ in range(origins)])
    doctors = pd.Series([draw(some) for _ in range(places)])
    decay = draw(
        st.sampled_from(
            [Step((15, 30), (1, 0.4)), Gaussian(20), Exponential(0.05), Linear(61),
             Power(1.5, 5)]
        )
    )  # fmt: skip
    return table, people, doctors, decay


@settings(max_examples=60, deadline=None)
@given(markets())
def test_measures_equal_pysal(case):
    table, people, doctors, decay = case
    known = pd.Series(data=True, index=people.index)
    found = enhanced_two_step(table, people, doctors, decay, known=known)
    costs = table.rename(
        columns={"from_id": "origin", "to_id": "dest", "minutes": "cost"}
    )
    demand = pd.DataFrame({"demand": people}).rename_axis("geoid")
    supply = pd.DataFrame({"supply": doctors}).rename_axis("geoid")
    wanted = access.fca.two_stage_fca(
        demand, supply, costs, weight_fn=lambda cost: decay(np.array([cost]))[0],
        demand_index=True, supply_index=True, max_cost=None,
    )  # fmt: skip
    # PySAL gives no number where nothing is in reach; here that is 0
    np.testing.assert_allclose(
        found.to_numpy(), wanted.reindex(found.index).fillna(0).to_numpy(), rtol=1e-9
    )
    near = cumulative(table, doctors, 30, known=known)
    reached = table[table["minutes"] <= 30].assign(s=lambda t: t["to_id"].map(doctors))
    sums = reached.groupby("from_id")["s"].sum().reindex(known.index).fillna(0)
    np.testing.assert_allclose(near.to_numpy(), sums.to_numpy())


@settings(max_examples=60, deadline=None)
@given(markets(), st.floats(1.5, 9))
def test_supply_is_shared_out_and_more_of_it_helps(case, factor):
    table, people, doctors, decay = case
    known = pd.Series(data=True, index=people.index)
    found = enhanced_two_step(table, people, doctors, decay, known=known)
    weight = pd.Series(decay(table["minutes"].to_numpy()), table.index)
    used = doctors[doctors.index.isin(table.loc[weight > 0, "to_id"])].sum()
    assert (found * people).sum() == pytest.approx(used)
    more = enhanced_two_step(table, people, doctors * factor, decay, known=known)
    np.testing.assert_allclose(more, found * factor, rtol=1e-9)


@pytest.mark.parametrize("amount", [np.nan, -1.0, np.inf])
def test_an_amount_that_is_not_known_is_not_zero(amount):
    bad = pd.Series({"a": 1.0, "b": amount})
    with pytest.raises(
        RoadError, match=r"demand of 'b': demand is .*not known is not 0"
    ):
        two_step(MATRIX, bad, DOCTORS, 30, known=KNOWN)
    with pytest.raises(RoadError, match=r"supply of 'b'"):
        cumulative(MATRIX, bad, 30, known=KNOWN)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Step((10, 5), (1, 0.5)),
        lambda: Step((10,), (1, 0.5)),
        lambda: Step((10,), (1.5,)),
        lambda: Step((), ()),
        lambda: Step((-1,), (1,)),
        lambda: Step((10, np.nan), (1, 0.5)),
        lambda: Step((0, 0), (1, 0.5)),
        lambda: Gaussian(np.inf),
        lambda: Exponential(np.inf),
        lambda: Linear(np.inf),
        lambda: Exponential(0.1, cutoff=np.nan),
        lambda: Gaussian(0),
        lambda: Exponential(-1),
        lambda: Power(2, start=0),
        lambda: Linear(np.nan),
    ],
)
def test_a_decay_that_is_none_is_refused(make):
    with pytest.raises(RoadError, match=r"is no decay\. Give"):
        make()


def test_demand_that_is_not_given_is_not_nobody():
    without = PEOPLE.drop("b")
    with pytest.raises(
        RoadError, match=r"demand of 'b': no demand is given \(1 such\)"
    ):
        two_step(MATRIX, without, DOCTORS, 30, known=KNOWN)


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (pd.concat([MATRIX, MATRIX[:1]]), r"the pair 'a', 'x' stands there twice"),
        (MATRIX.assign(minutes=[1, np.nan, 2, 3]), r"'b', 'x' has no time"),
        (MATRIX.assign(minutes=[1, 2, -2, 3]), r"'b', 'y' has no time"),
    ],
)
def test_a_matrix_that_is_none_is_refused(matrix, words):
    with pytest.raises(RoadError, match=words):
        cumulative(matrix, DOCTORS, 30, known=KNOWN)


def test_an_origin_must_be_known_or_not():
    known = KNOWN.astype(object)
    known["c"] = np.nan
    with pytest.raises(RoadError, match=r"whether 'c' is complete"):
        cumulative(MATRIX, DOCTORS, 30, known=known)
