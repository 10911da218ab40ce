"""A range of counts whose ends are open or closed, as the law writes it."""

import math
import re
from dataclasses import dataclass

_NUMBER = r"(\d+(?:\.\d+)?)"
_ONE_SIDED = re.compile(rf"^(>=|<=|>|<)\s*{_NUMBER}$")
_CLOSED = re.compile(rf"^{_NUMBER}\s*[-–]\s*{_NUMBER}$")
_INTERVAL = re.compile(rf"^([\[(])\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*([\])])$")


@dataclass(frozen=True)
class Band:
    """A range of counts (people, households) whose ends are open or closed.

    Written ``">1000"``, ``">=300"``, ``"<20"``, ``"<=50"``, ``"20-50"`` (both ends
    belong to it) or ``"[50, 500)"`` (a round bracket leaves the end out).

    Examples
    --------
    >>> band = Band.parse("20-50")
    >>> [band.holds(x) for x in (19, 20, 50, 51)]
    [False, True, True, False]
    >>> Band.parse(">1000").holds(1000)
    False
    """

    low: float
    high: float
    low_closed: bool
    high_closed: bool
    text: str

    @classmethod
    def parse(cls, text: object) -> "Band":
        """Read a band.

        Raises
        ------
        ValueError
            If the text is none of the forms above, or its ends are reversed.
        """
        written = str(text).strip() if isinstance(text, str) else ""
        if found := _ONE_SIDED.match(written):
            op, number = found[1], float(found[2])
            if op.startswith(">"):
                ends = (op == ">=", False)
                return cls(number, math.inf, *ends, written)
            ends = (True, op == "<=")
            return cls(0.0, number, *ends, written)
        if found := _CLOSED.match(written):
            ends = (True, True)
            band = cls(float(found[1]), float(found[2]), *ends, written)
        elif found := _INTERVAL.match(written):
            ends = (found[1] == "[", found[4] == "]")
            band = cls(float(found[2]), float(found[3]), *ends, written)
        else:
            raise ValueError(
                'a band is written ">1000", ">=300", "<20", "<=50", "20-50" '
                '(both ends included) or "[50, 500)", in quotes'
            )
        if band.low > band.high:
            raise ValueError("the lower end of the band stands above its upper end")
        return band

    def holds(self, count: float) -> bool:
        """Return whether ``count`` lies in the band."""
        above = count >= self.low if self.low_closed else count > self.low
        below = count <= self.high if self.high_closed else count < self.high
        return above and below
