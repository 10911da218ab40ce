"""The tables of a release, each column declared once (see ``declared_table``).

The reader accepts this version and the one before. A column that is all null keeps
its type because every table is written through its schema.
"""

from geo.layers.declared_table import Column, Table
from geo.layers.tables_compared import COMPARED
from geo.layers.tables_estimated import ESTIMATED
from geo.layers.tables_judged import JUDGED
from geo.layers.tables_known import KNOWN, LANGUAGES
from geo.layers.tables_transit import TRANSIT
from geo.layers.tables_units import UNITS

__all__ = ["LANGUAGES", "SCHEMA_VERSION", "TABLES", "Column", "Table"]

SCHEMA_VERSION = 7

TABLES: dict[str, Table] = {
    one.name: one for one in (*KNOWN, *JUDGED, *COMPARED, *ESTIMATED, *UNITS, *TRANSIT)
}
