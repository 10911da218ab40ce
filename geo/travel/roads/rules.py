"""What a profile says of one combination of tags: may it pass, and how fast."""

from dataclasses import dataclass

#: speed of a direction outside and inside built-up areas, km/h; 0 is closed
Speed = tuple[float, float]
CLOSED: Speed = (0.0, 0.0)


@dataclass(frozen=True)
class WayRule:
    """How a profile travels a way.

    Attributes
    ----------
    along, against
        Typical km/h in and against the direction of drawing, each outside and inside
        built-up areas.
    slow_along, slow_against
        The same on a bad day (winter, the worst of surfaces that are not told); open
        in the same directions, never faster.
    total_seconds
        Where the way says how long it takes as a whole (a ferry's ``duration`` with
        the wait for it), else None: then it is spread over its length, and the
        speeds above tell only which direction is open.
    total_seconds_slow
        The same on a bad day.
    """

    along: Speed = CLOSED
    against: Speed = CLOSED
    slow_along: Speed = CLOSED
    slow_against: Speed = CLOSED
    total_seconds: float | None = None
    total_seconds_slow: float | None = None


@dataclass(frozen=True)
class NodeRule:
    """How a profile passes a node: a gate, a bollard, a ford, a level crossing.

    Attributes
    ----------
    passable
        Nobody passes a node that is not; roads can be used up to it from each side.
    seconds, seconds_slow
        What passing costs, typically and on a bad day.
    """

    passable: bool = True
    seconds: float = 0.0
    seconds_slow: float = 0.0
