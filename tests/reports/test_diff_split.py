"""The causes of a difference sum to it, whatever the two releases hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reports.diff.compare import compare
from geo.reports.diff.split import PARTS, shapley
from tests.release.pair import known, norm, place, trips
from tests.reports.test_diff import NEW, OLD, one

numbers = st.floats(0, 100, allow_nan=False).map(lambda x: round(x, 3))


@st.composite
def values(draw):
    shape = draw(st.sampled_from(["unknown", "exact", "range", "least", "other"]))
    low, middle, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return {
        "unknown": {},
        "exact": known(middle),
        "range": known(middle, low, high, status="modelled"),
        "least": known(low, low, None),
        "other": known(middle, source="other"),
    }[shape]


@given(
    st.tuples(values(), values()),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
    st.tuples(st.integers(0, 100), st.integers(0, 100)),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_the_causes_sum_to_the_change(said, limits, people, known_class):
    made = [
        one(
            value,
            on=on,
            where=place("rural" if known_class else None, count),
            norms=trips(
                norm("ty.trips.big", limit, applies={"population": ">50"}),
                norm("ty.trips.agro", 28, applies={"kind": ["agrogorodok"]}),
            ),
        )
        for value, limit, count, on in zip(
            said, limits, people, (OLD, NEW), strict=True
        )
    ]
    diff = compare(*made)
    found = diff.causes
    total = sum(found.parts[name] for name in PARTS)
    both = ~np.isnan(found.gap_change)
    assert np.allclose(total[both], found.gap_change[both], atol=1e-12)
    assert not np.any(total[~both])
    # a service that got better or worse is always a change of the value
    assert not np.any((found.service != 0) & ~found.flags["value"])
    # nothing changes without a cause
    old, new = diff.grid.sides
    moved = old.texts["verdict"] != new.texts["verdict"]
    assert not np.any(moved & ~found.rows)
    for split in diff.scores():
        if split.parts:
            change = split.after - split.before
            assert sum(split.parts.values()) == pytest.approx(change, abs=1e-12)


@given(st.lists(st.floats(0.5, 100), min_size=4, max_size=4), st.booleans())
@settings(deadline=None)
def test_shapley_is_efficient_and_gives_nothing_to_what_stood_still(x, lower):
    better = "lower" if lower else "higher"
    v0, v1, n0, n1 = (np.array([one]) for one in x)
    first, second = shapley(v0, v1, n0, n1, better)
    assert shapley(v0, v0, n0, n1, better)[0] == 0
    assert shapley(v0, v1, n0, n0, better)[1] == 0
    swapped = shapley(v1, v0, n1, n0, better)
    assert swapped[0] == pytest.approx(-first)
    assert swapped[1] == pytest.approx(-second)
