"""A release whose tables are held in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from geo.release.read import Release


@dataclass(frozen=True)
class HeldRelease(Release):
    """A release whose tables are in memory: its folder may be gone.

    Attributes
    ----------
    tables
        Name -> table, whole.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict, repr=False)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Return one table, all of it or only these columns."""
        held = self.tables[name]
        return held if columns is None else held.select(list(columns))
