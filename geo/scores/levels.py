"""What is known of one indicator: what parity, ladder and inequality compare."""

from dataclasses import dataclass

from geo.standards.gaps import Better
from geo.standards.values import Measured

#: Units of ordered grades, of which a mean or a ratio says little.
ORDINAL_UNITS = frozenset({"G", "level"})
YES_NO = "yes/no"


@dataclass(frozen=True)
class Level:
    """An indicator that has a direction.

    Attributes
    ----------
    value
        In the order of the settlements; a value beyond its window is stale.
    way
        Which direction is better.
    unit
        As in the table of values, empty where it names none.
    """

    value: Measured
    way: Better
    unit: str

    @property
    def ordinal(self) -> bool:
        """Return whether these are ordered grades: no mean, no ratio."""
        return self.unit in ORDINAL_UNITS
