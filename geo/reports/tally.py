"""Sums by class: people and settlements, of an area and of its towns and villages."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.release.columns import Floats
from geo.release.read import Release
from geo.reports.classed import Bools, Classed
from geo.types import Tristate

TOWN, SMALL_TOWN, VILLAGE = "town", "small_town", "village"
SIDES = (TOWN, SMALL_TOWN, VILLAGE)
#: Residents that a small town has fewer of, where a release does not say.
SMALL_TOWN_PEOPLE = 20_000


#: Decimals of a share.
_DIGITS = 4


def share_of(part: float, whole: float) -> float | None:
    """Return a share 0…1; of nothing there is none.

    >>> share_of(1, 3), share_of(0, 0)
    (0.3333, None)
    """
    return round(part / whole, _DIGITS) if whole else None


@dataclass(frozen=True)
class Count:
    """People, and settlements; those of unknown residents are among the latter.

    ``people`` is not rounded: sums of sums would drift. ``uncounted``: settlements of
    unknown residents.
    """

    people: float
    settlements: int
    uncounted: int = 0

    def told(self) -> dict[str, int]:
        """Return both as whole numbers."""
        return {"people": round(self.people), "settlements": self.settlements}


@dataclass(frozen=True, eq=False)
class Tally:
    """One reading of the settlements of an area.

    Attributes
    ----------
    release
        An opened release.
    classed
        In which class each settlement is.
    area
        Row of the area.
    """

    release: Release
    classed: Classed
    area: dict[str, str]

    @cached_property
    def inside(self) -> Bools:
        """Which settlements lie in the area and are counted."""
        own = self.release.column(f"{self.area['level']}_id") == self.area["id"]
        return np.asarray(own & self.release.listed, bool)

    @cached_property
    def people(self) -> Floats:
        """Residents of each settlement, 0 where they are unknown."""
        return np.nan_to_num(self.release.numbers("population"))

    def side(self, name: str) -> Bools:
        """Return which settlements are towns, small towns or villages for certain."""
        urban = self.release.column("urban")
        if name == VILLAGE:
            return np.asarray(urban == Tristate.NO, bool)
        town = np.asarray(urban == Tristate.YES, bool)
        if name == TOWN:
            return town
        least = self.release.manifest["parameters"].get("small_town_people")
        most = self.release.numbers("population_high")
        return town & (most < (least or SMALL_TOWN_PEOPLE))

    def among(self, classes: Collection[str]) -> Bools:
        """Return which settlements of the area are in one of these classes."""
        numbers = [i for i, one in enumerate(self.classed.classes) if one in classes]
        return np.isin(self.classed.code, numbers) & self.inside

    def count(self, which: Bools) -> Count:
        """Return people and settlements of those that are marked."""
        nobody_knows = np.isnan(self.release.numbers("population")) & which
        people = float(self.people[which].sum())
        return Count(people, int(which.sum()), int(nobody_knows.sum()))

    def of(self, classes: Collection[str]) -> Count:
        """Return people and settlements of the area in one of these classes."""
        return self.count(self.among(classes))

    @property
    def all(self) -> Count:
        """People and settlements of the area."""
        return self.count(self.inside)

    def by(self, column: str, which: Bools) -> dict[str, Count]:
        """Return people and settlements of those that are marked, by area.

        Parameters
        ----------
        column
            Of the settlements, such as ``raion_id``.
        which
            The marked ones; who lies in no such area is left out.
        """
        ids = self.release.column(column)
        own = which & (ids != None)  # noqa: E711 - each of them
        found, number = np.unique(ids[own].astype(str), return_inverse=True)
        people = np.bincount(number, self.people[own], len(found)).tolist()
        places = np.bincount(number, minlength=len(found)).tolist()
        counts = map(Count, people, places)
        return dict(zip(found.tolist(), counts, strict=True))
