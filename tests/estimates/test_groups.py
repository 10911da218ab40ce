"""Town and village at equal exposure, on four places."""

import numpy as np
import pandas as pd
import pytest

from geo.estimates.groups import group_rows

PLACES = pd.DataFrame(
    {
        "population": [900.0, 60.0, 30.0, 10.0],
        "urban": ["yes", "no", "no", "no"],
        "kind": ["raion_city", None, "rural", "rural"],
    }
)
ESTIMATES = pd.DataFrame(
    {
        "indicator": "digital.lte_found",
        "model": "lte",
        "operator": None,
        "estimate": [0.9, 0.8, 0.5, np.nan],
        "band": ["probably", "probably", "open", None],
        "found": [True, False, True, False],
    }
)
DRAWS = np.array([[0.8, 0.7, 0.4, 0.1], [1.0, 0.9, 0.6, 0.9]])


def groups(draws=DRAWS):
    rows = group_rows(PLACES, ESTIMATES, draws, (0, 20, 100), 0.9)
    return rows.set_index("group")


def test_everybody_is_in_one_count_or_none():
    table = groups()
    village = table.loc["village"]
    assert village["population"] == 100
    assert village["population_found"] == 30
    assert village["population_probably"] == 90
    assert village["population_open"] == 10
    assert village["population_estimated"] == 90
    parts = ["population_probably", "population_probably_not", "population_open"]
    assert (table[parts].sum(axis=1) == table["population"]).all()


def test_the_mean_is_over_the_people_with_an_estimate():
    village = groups().loc["village"]
    assert village["mean"] == pytest.approx((60 * 0.8 + 30 * 0.5) / 90)
    assert village["difference"] == pytest.approx(63 / 90 - 0.9)
    ends = [(60 * p + 30 * q) / 90 for p, q in ((0.7, 0.4), (0.9, 0.6))]
    wide = ends[1] - ends[0]
    assert village["low"] == pytest.approx(ends[0] + 0.05 * wide)
    assert village["high"] == pytest.approx(ends[1] - 0.05 * wide)
    # the towns move with it: drawn together, both differences are the same
    assert village["difference_low"] == pytest.approx(ends[0] - 0.8)
    assert village["difference_high"] == pytest.approx(ends[1] - 1.0)


def test_kinds_and_bands_stand_beside():
    assert set(groups().index) == {
        *("all", "town", "village", "kind:raion_city", "kind:rural"),
        *("size:0-19", "size:20-99", "size:100+"),
    }


def test_nobody_with_an_estimate_has_no_mean():
    hamlets = groups().loc["size:0-19"]
    assert hamlets["population_open"] == 10
    assert np.isnan(hamlets["mean"])


def test_without_draws_there_are_counts_alone():
    assert "mean" not in groups(None)
