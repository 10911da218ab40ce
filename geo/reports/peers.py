"""Areas of like size: beside whom an area's gap may fairly be read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.release.columns import floats, take
from geo.release.read import Release
from geo.types import Level

#: How many are shown beside an area.
PEERS = 8
#: Areas that are compared with others of their level.
PEER_LEVELS = (Level.OBLAST, Level.RAION)
_COLUMNS = ("area_id", "level", "subgroup", "population")


@dataclass(frozen=True)
class Size:
    """How many live in an area, and which share of them in villages, 0 … 1."""

    population: float
    villagers: float


def nearest(sizes: Mapping[str, Size], area: str, count: int = PEERS) -> list[str]:
    """Return the areas most like one in residents and in the share of villagers.

    The distance is Euclidean over the logarithm of the residents and the share of
    villagers, each divided by its standard deviation over all areas: the statistical
    nearest neighbours of CIPFA (Chartered Institute of Public Finance and
    Accountancy), with two variables. One that is the same everywhere tells nothing
    apart and counts nothing.

    Parameters
    ----------
    sizes
        Area -> its size; all above 0 residents.
    area
        One of them; of any other there are no peers.
    count
        How many at most.

    Returns
    -------
    list of str
        The nearest first, equals by id; without the area itself.

    Examples
    --------
    >>> sizes = {"a": Size(1000, 0.5), "b": Size(1100, 0.5), "c": Size(1000, 0.9),
    ...          "d": Size(9000, 0.5)}
    >>> nearest(sizes, "a", 2)
    ['b', 'c']
    """
    if area not in sizes:
        return []
    ids = sorted(sizes)
    table = np.array([(np.log(sizes[i].population), sizes[i].villagers) for i in ids])
    spread = table.std(axis=0)
    scaled = table / np.where(spread > 0, spread, np.inf)
    distance = np.linalg.norm(scaled - scaled[ids.index(area)], axis=1)
    # a rounding error tells no two areas apart
    order = np.argsort(distance.round(9), kind="stable")
    return [ids[place] for place in order if ids[place] != area][:count]


def area_sizes(release: Release, level: str) -> dict[str, Size]:
    """Return the size of every area of a level of which residents are known."""
    rows = release.index("area_scores", "subject").rows("overall")
    table = take(release.hold("area_scores", _COLUMNS), rows)
    people: dict[str, dict[str, float]] = {"all": {}, "village": {}}
    texts = zip(*(table[name].to_pylist() for name in _COLUMNS[:3]), strict=True)
    for (area, of, subgroup), number in zip(
        texts, floats(table, "population").tolist(), strict=True
    ):
        if of == level and subgroup in people:
            people[subgroup][area] = number
    return {
        area: Size(whole, people["village"].get(area, 0.0) / whole)
        for area, whole in people["all"].items()
        if whole > 0
    }
