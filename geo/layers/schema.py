"""The tables of a release: one pyarrow schema, key and sort order per table.

The reader accepts this version and the one before. A column that is all null keeps
its type because every table is written through its schema.
"""

from geo.layers.declared_table import Table
from geo.layers.tables_judged import JUDGED
from geo.layers.tables_known import KNOWN, LANGUAGES
from geo.layers.tables_transit import TRANSIT
from geo.layers.tables_units import UNITS

__all__ = ["LANGUAGES", "SCHEMA_VERSION", "TABLES", "Table"]

SCHEMA_VERSION = 6

TABLES: dict[str, Table] = {
    one.name: one for one in (*KNOWN, *JUDGED, *UNITS, *TRANSIT)
}
