"""Tables of what is judged as a whole: raions, oblasts, the country, operators."""

from geo.layers.declared_table import DAY, REAL, TEXT, table
from geo.layers.tables_judged import JUDGED

#: a unit is judged in the words of a settlement: the same columns behind its id
_judgement = next(one for one in JUDGED if one.name == "judgements").schema

UNITS = (
    table(
        "unit_values",
        ("unit_id", "indicator"),
        unit_of_assessment=TEXT,  # selsovet, raion, oblast, country, operator
        unit_id=TEXT,
        indicator=TEXT,
        value=REAL,
        low=REAL,  # null: no lower bound is known
        high=REAL,  # null: no upper bound is known
        unit=TEXT,
        status=TEXT,
        method=TEXT,
        source=TEXT,
        supplier=TEXT,
        date=DAY,
        origin=TEXT,  # row of the register
    ),
    table(
        "unit_judgements",
        ("unit_id", "standard"),
        unit_of_assessment=TEXT,
        unit_id=TEXT,
        **{one.name: one.type for one in _judgement if one.name != "settlement_id"},
    ),
)
