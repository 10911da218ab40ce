"""Tables of what is judged as a whole: raions, oblasts, the country, operators."""

from geo.layers.declared_table import table, text
from geo.layers.tables_judged import JUDGEMENT
from geo.layers.tables_known import INDICATOR, VALUE
from geo.types import AssessedUnit

_LEVEL = text("What is judged as a whole.", words=AssessedUnit)
_UNIT = text("Id of the area or of the operator.")

UNITS = (
    table(
        "unit_values",
        "The value of one indicator of a whole unit, never that of its settlements.",
        ("unit_id", "indicator"),
        unit_of_assessment=_LEVEL,
        unit_id=_UNIT,
        indicator=INDICATOR,
        **VALUE,
        origin=text("Row of the register.", null=True),
    ),
    table(
        "unit_judgements",
        "The verdict on a whole unit by one standard.",
        ("unit_id", "standard"),
        unit_of_assessment=_LEVEL,
        unit_id=_UNIT,
        **JUDGEMENT,
    ),
)
