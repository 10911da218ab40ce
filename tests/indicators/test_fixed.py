"""Fibre by the lists of the operators."""

import pandas as pd
import pytest

from tests.indicators.journey_toy import value
from tests.layers import toy

FIBRE, BROADBAND = "digital.fibre", "digital.fixed_broadband"
NOTHING = [None, None, None, "unknown"]


def listed(*rows):
    """Measure a list of (technology, available, date, operator) at Сосны."""
    columns = ["technology", "available", "date", "operator"]
    table = pd.DataFrame(rows, columns=columns).assign(
        place_ref="Сосны", origin="list.csv:2"
    )
    table["date"] = pd.to_datetime(table["date"])
    return toy.measuring(toy.feeding("list", {"fixed": table}))


@pytest.mark.parametrize(
    ("technology", "available", "glass"),
    [
        ("fibre", "yes", True),  # what the workbook calls «оптика»
        ("GPON", "yes", True),
        ("Оптика ", "yes", True),
        ("dsl", "yes", False),
        (None, "yes", False),
        ("fibre", "no", False),
    ],
)
def test_glass_is_fibre_and_nothing_else_denies_it(technology, available, glass):
    context = listed((technology, available, "2025-03-01", "Связь"))
    assert value(context, FIBRE) == ([1, 1, 1, "declared"] if glass else NOTHING)
    assert value(context, FIBRE, "hutor") == NOTHING
    assert value(context, BROADBAND)[0] == (available == "yes")


def test_copper_beside_glass_takes_nothing_away():
    context = listed(
        ("fibre", "yes", "2024-03-01", "Связь"), ("dsl", "yes", "2025-03-01", "Другая")
    )
    assert value(context, FIBRE) == [1, 1, 1, "declared"]
