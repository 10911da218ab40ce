"""Residents of areas and towns, by urban and rural, and by age where it is told."""

import pandas as pd

from geo.sources.readers.base import Reading
from geo.sources.readers.fields import RESIDENTS
from geo.sources.readers.rules import count, filled, word
from geo.sources.readers.table import ColumnOptions, Table

LEVELS = ("country", "oblast", "raion", "city", "town")
COLUMNS = {
    "level": "level",
    "oblast_name": "oblast",
    "raion_name": "raion",
    "name": "name",
    "total": "all_total",
    "urban": "all_urban",
    "rural": "all_rural",
}
#: Residents below and above working age, where the file has them.
AGES = {
    f"{ours}_{side}": f"{theirs}_working_age_{side}"
    for ours, theirs in (("young", "below"), ("old", "above"))
    for side in ("urban", "rural")
}


class AreaPopulationOptions(ColumnOptions):
    """``year`` of the residents; ``columns`` as our column -> the file's column."""

    year: int


def _of_year(table: pd.DataFrame, at: Reading[AreaPopulationOptions]) -> pd.DataFrame:
    """Note the rows whose urban and rural do not add up; they stay as published."""
    apart = (table["urban"] + table["rural"] != table["total"]).fillna(value=False)
    at.notes += [
        f"{at.path.name}, line {row}: urban and rural of {name} do not add up to the "
        "total"
        for row, name in table.loc[apart, ["_row", "name"]].itertuples(index=False)
    ]
    return table.assign(year=at.options.year)


read = Table(
    "area_population",
    COLUMNS | AGES,
    optional=AGES,
    must=COLUMNS,
    options=AreaPopulationOptions,
    steps=(
        *filled("level", "name", "total"),
        word("level", LEVELS, "level"),
        count("total", most=RESIDENTS),
        count("urban", most=RESIDENTS, keep=True),
        count("rural", most=RESIDENTS, keep=True),
        *(count(name, most=RESIDENTS, keep=True) for name in AGES),
        _of_year,
    ),
)
