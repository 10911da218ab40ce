"""``paritet diff``: what changed between two releases, for whom, and why.

The command line and the API share this module; it imports no pandas. Rows come with
most people first; sums count people before settlements, by the newer release.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from geo.errors import ComparisonError, NotFoundError
from geo.layers.counted import MARKS
from geo.release.read import Release
from geo.reports.diff.causes import CAUSES, Causes, causes
from geo.reports.diff.grid import Bools, Codes, Grid, Reals, grid
from geo.reports.diff.law import NormChange, Note, norm_changes, notes
from geo.reports.diff.scores import ScoreSplit, score_splits
from geo.reports.diff.sums import Sum, sums
from geo.standards.gaps import Better

LEVELS = ("country", "oblast", "raion")
AREA_LEVELS = (*LEVELS, "selsovet")
#: Where service is not known to be another than before, the cause is another one.
DIRECTIONS = ("other", "better", "worse")


@dataclass(frozen=True)
class Diff:
    """Everything that differs between two releases of one country.

    Attributes
    ----------
    grid
        Both releases, settlement x standard.
    causes
        What changed there, and why.
    notes
        What makes the two less than comparable.
    norms
        The rows of norms that changed.
    people
        Residents per settlement: of the newer release, of the older one for a
        settlement that is gone; NaN where unknown, 0 for a flagged duplicate.
    members
        Level -> area id of each settlement, None where it lies in none.
    order
        Changed places of the grid (row x columns + column), most people first.
    """

    grid: Grid = field(repr=False)
    causes: Causes = field(repr=False)
    notes: list[Note]
    norms: list[NormChange]
    people: Reals = field(repr=False)
    members: Mapping[str, list[str | None]] = field(repr=False)
    order: Codes = field(repr=False)

    @property
    def before(self) -> Release:
        """The older side."""
        return self.grid.before.release

    @property
    def after(self) -> Release:
        """The newer side."""
        return self.grid.after.release

    def select(
        self,
        area: str | None = None,
        standard: str | None = None,
        cause: str | None = None,
    ) -> Codes:
        """Return the changed places of an area, a standard and a cause, in order.

        Raises
        ------
        NotFoundError
            If neither release has the area, or the standard was judged in neither.
        """
        inside = self.inside(area, standard)
        if cause is not None:
            inside &= self.causes.flags[cause]
        return self.order[inside.ravel()[self.order]]

    def inside(self, area: str | None, standard: str | None) -> Bools:
        """Return the part of the grid that an area and a standard are."""
        out: Bools = np.ones(self.causes.rows.shape, bool)
        if area is not None:
            out &= self.of_area(area)[:, None]
        if standard is not None:
            if standard not in self.grid.standards:
                raise NotFoundError(
                    f"no settlement is judged by {standard[:60]!r} in either release",
                    remedy=f"Known: {', '.join(self.grid.standards) or 'none'}.",
                )
            column = self.grid.standards.index(standard)
            out &= np.arange(out.shape[1]) == column
        return out

    def of_area(self, area: str) -> Bools:
        """Return which settlements lie in an area of any level."""
        for level in AREA_LEVELS:
            found = np.array([one == area for one in self.members[level]], bool)
            if found.any():
                return found
        raise NotFoundError(
            f"no area {area[:60]!r} with settlements in either release",
            remedy="Give the id of a country, oblast, raion or selsovet.",
        )

    def sums(self, area: str | None = None, standard: str | None = None) -> list[Sum]:
        """Return people and settlements by area, transition and cause."""
        part = self.inside(area, standard)
        levels = {level: self.members[level] for level in LEVELS}
        return sums(self.grid, self.causes, part, self.people, levels)

    def scores(self, area: str | None = None) -> list[ScoreSplit]:
        """Return how the overall score of each area changed, split by cause."""
        return [one for one in self._scores if area is None or one.area == area]

    @cached_property
    def _scores(self) -> list[ScoreSplit]:
        return score_splits(self.grid, self.causes)

    def directions(
        self,
        area: str | None = None,
        standard: str | None = None,
        cause: str | None = None,
    ) -> Codes:
        """Return which way each settlement of :attr:`grid` went.

        Returns
        -------
        array of int
            Places of :data:`DIRECTIONS`, -1 where nothing changed. Service that got
            worse by one standard outweighs what got better by another, and both
            outweigh every other cause.
        """
        spots = self.select(area, standard, cause)
        found = np.full(len(self.grid.ids), -1, np.int64)
        way = np.array([0, 1, 2])[self.causes.service.ravel()[spots]]
        np.maximum.at(found, spots // self.causes.rows.shape[1], way)
        return found

    def count_bounds_only(
        self, area: str | None = None, standard: str | None = None
    ) -> int:
        """Return how many unknown verdicts only have another range behind them."""
        return int((self.causes.bounds_only & self.inside(area, standard)).sum())


def compare(before: Release, after: Release) -> Diff:
    """Compare two releases of one country.

    Parameters
    ----------
    before, after
        Opened releases; of any schema version the reader accepts.

    Raises
    ------
    ComparisonError
        If they are of different countries.
    ReleaseError
        If a table is missing or damaged.
    """
    if before.country != after.country:
        raise ComparisonError(
            f"{before.id!r} and {after.id!r} are of different countries",
            remedy="Compare two releases of one country.",
        )
    pair = grid(before, after)
    found = causes(pair, better_of(before, after))
    people = _people(pair)
    return Diff(
        pair,
        found,
        notes(before, after),
        norm_changes(before, after),
        people,
        {level: _members(pair, f"{level}_id") for level in AREA_LEVELS},
        _order(found.rows, people),
    )


def better_of(before: Release, after: Release) -> dict[str, Better]:
    """Return standard -> which values of its indicator are better."""
    out: dict[str, Better] = {}
    for release in (before, after):
        for id_, entry in release.standards.items():
            if found := release.indicators.get(entry.get("indicator", "")):
                out[id_] = found["better"]
    return out


def _latest(pair: Grid, column: str) -> list[Any]:
    """Return a settlements column of the newer release, else of the older one."""
    texts = [side.places[column].to_pylist() for side in pair.sides]
    rows = [side.row.tolist() for side in pair.sides]
    return [
        texts[1][new] if new >= 0 else texts[0][old]
        for old, new in zip(*rows, strict=True)
    ]


def _members(pair: Grid, column: str) -> list[str | None]:
    return _latest(pair, column)


def _people(pair: Grid) -> Reals:
    new, old = pair.after.people["population"], pair.before.people["population"]
    people = np.where(pair.after.here, new, old)
    marks = zip(*(_latest(pair, name) for name in MARKS), strict=True)
    marked = np.array([any(one is not None for one in mark) for mark in marks], bool)
    return np.where(marked, 0.0, people)


def _order(rows: Bools, people: Reals) -> Codes:
    """Return the changed places: most people first, then by id and standard."""
    spots = np.flatnonzero(rows.ravel())
    if not len(spots):
        return spots.astype(np.int64)
    weight = np.nan_to_num(people, nan=-1.0)[spots // rows.shape[1]]
    return spots[np.argsort(-weight, kind="stable")].astype(np.int64)


def cause_names(found: Causes, spot: int) -> list[str]:
    """Return the causes at one place of the grid, in the order of CAUSES."""
    return [name for name in CAUSES if found.flags[name].ravel()[spot]]
