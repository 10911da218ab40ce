"""What all tables of scores start from and how they end, and the loops of the draws."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from geo.layers.schema import TABLES
from geo.scores.draws.loops import gap_of, positioned
from geo.scores.given import ended, enough
from geo.scores.matrix import judgement_matrix
from geo.standards import gaps
from tests.standards import country


def test_rows_of_a_standard_come_in_the_order_of_the_settlements():
    mixed = country.judged().sample(frac=1, random_state=3)
    given = country.given(country.settlements().iloc[::-1], judgements=mixed)
    assert given.places.index.tolist() == [f"toy:{number}" for number in range(8)]
    for standard in country.STANDARDS:
        mine = mixed.iloc[given.rows[standard.id]]
        assert mine["settlement_id"].tolist() == given.places.index.tolist()
        assert set(mine["standard"]) == {standard.id}


def test_a_coverage_that_misses_the_floor_by_rounding_reaches_it():
    shares = np.array([0.6, 0.1 + 0.2 + 0.3 - 1e-12, 0.599, np.nan])
    assert enough(shares, 0.6).tolist() == [True, True, False, False]


def test_an_unknown_verdict_may_be_kept():
    judged = country.judged().assign(gap_low=0.25)
    indicators = {standard.id: standard.indicator for standard in country.STANDARDS}
    matrix = judgement_matrix(judged, indicators)
    assert (matrix.low[matrix.unknown] == 0).all()
    assert (matrix.low[matrix.known] == 0.25).all()


def test_a_table_ends_with_its_columns_types_and_order():
    columns = TABLES["ranks"].schema.names
    empty = ended("ranks", [])
    assert (list(empty), len(empty)) == (columns, 0)
    row = dict.fromkeys(columns, 1.0) | {"unit": "raion", "other": 1}
    table = ended("ranks", [pd.DataFrame([row | {"id": id_}]) for id_ in ("b", "a")])
    assert list(table) == columns
    assert table["id"].tolist() == ["a", "b"]
    assert table.index.tolist() == [0, 1]
    assert table["unit"].dtype == "str"


@pytest.mark.parametrize("better", ["higher", "lower"])
@pytest.mark.parametrize("ordinal", [False, True])
def test_the_gap_of_a_loop_is_that_of_the_judge(better, ordinal):
    numbers = [0.0, 0.5, 1.0, 3.0, 40.0, np.inf, np.nan]
    # a norm is finite, and above 0 where more is better
    limits = [x for x in (0.0, 1.0, 3.0, np.nan) if x or better == "lower"]
    both = np.array(list(product(numbers, limits)))
    judged = gaps.gap_of(ordinal=ordinal)(both[:, 0], both[:, 1], better)
    found = [gap_of(x, n, better == "lower", ordinal) for x, n in both]
    assert found == np.nan_to_num(judged).tolist()


def test_a_position_runs_from_low_through_the_central_value_to_high():
    found = [positioned(10.0, 20.0, 60.0, at) for at in (0, 0.25, 0.5, 0.75, 1)]
    assert found == [10, 15, 20, 40, 60]
