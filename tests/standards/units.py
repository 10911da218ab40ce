"""Units by hand: two raions of an oblast, one city beside them, two operators.

=======  ==========  ==================  =======================
unit     residents   queue (norm 0)      remark
=======  ==========  ==================  =======================
a        20,000      0: kept
b        9,700-      3: breached, gap 1
         10,300
c        unknown     unknown
=======  ==========  ==================  =======================
"""

from typing import Any

import pandas as pd

from geo.layers.schema import TABLES
from geo.layers.units import COLUMNS
from tests.standards import toy

QUEUE, SHARE, PLAN = "digital.telephone_queue", "digital.lte_share", "digital.plan"
BEDS = "health.beds"

STANDARDS = [
    toy.standard(
        "toy.queue", QUEUE, {"op": "<=", "value": 0}, unit_of_assessment="raion"
    ),
    toy.standard(
        "toy.beds",
        BEDS,
        {"applies": {"population": ">10000"}, "value": 40},
        {"applies": {"population": "<=10000"}, "value": 20},
        {"applies": {"territory": ["b"]}, "value": 10},
        unit_of_assessment="raion",
    ),
    toy.standard("toy.plan", PLAN, {"op": "has"}, unit_of_assessment="operator"),
    toy.standard(
        "toy.lte",
        SHARE,
        {"value": 98, "due": "2030-12-31"},
        unit_of_assessment="country",
        force="target",
    ),
    toy.standard("toy.trips", "transport.trips_per_week", {"value": 8}),
]


def units() -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {"unit_of_assessment": "country", "unit_id": "ty"},
        {"unit_of_assessment": "oblast", "unit_id": "o", "oblast_id": "o"},
        {"unit_of_assessment": "raion", "unit_id": "a", "raion_id": "a",
         "oblast_id": "o", "population_low": 20000, "population_high": 20000},
        {"unit_of_assessment": "raion", "unit_id": "b", "raion_id": "b",
         "oblast_id": "o", "population_low": 9700, "population_high": 10300},
        {"unit_of_assessment": "raion", "unit_id": "c", "raion_id": "c"},
        {"unit_of_assessment": "operator", "unit_id": "uno"},
        {"unit_of_assessment": "operator", "unit_id": "due"},
    ]  # fmt: skip
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    for name in ("population_low", "population_high"):
        table[name] = table[name].astype("float64")
    return table


def values(*rows: tuple[str, str, Any]) -> pd.DataFrame:
    """Return unit_values from (unit, indicator, what is known)."""
    table = toy.values(*rows) if rows else toy.values(("x", "x", None)).iloc[:0]
    level = units().set_index("unit_id")["unit_of_assessment"]
    table = table.rename(columns={"settlement_id": "unit_id"})
    table["unit_of_assessment"] = table["unit_id"].map(level)
    return table.reindex(columns=TABLES["unit_values"].schema.names)
