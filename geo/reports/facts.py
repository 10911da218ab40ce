"""What a release says of one settlement, one area, one verdict: as it was published.

Card, story, passport, half-year table and the API word these records; nothing is
counted or worded here. Each part is read when it is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.errors import NotFoundError
from geo.layers.schema import TABLES
from geo.release.columns import take
from geo.release.read import Entry, Release, Row
from geo.types import Level

#: Columns that say of a row what is known already: whom it speaks of.
_OWN = frozenset({"id", "settlement_id", "area_id", "unit_id", "level", "geometry"})
_NONE = np.array([], np.int64)
_JUDGED = ("settlement_id", "standard", "verdict", "norm_id", "gap", "reason")
_PLACES = ("id", "name", "name_ru", "name_be", "name_en", "population", "duplicate_of")


@dataclass(frozen=True, eq=False)
class Judged:
    """One verdict, and what it rests on.

    Attributes
    ----------
    release
        Whose manifest declares standard and indicator.
    row
        Of ``judgements`` or ``unit_judgements``.
    value
        The value behind it, None where there is none.
    """

    release: Release
    row: Row
    value: Row | None = None

    @cached_property
    def standard(self) -> Entry:
        """Its entry in the manifest."""
        return self.release.standards.get(self.row["standard"], {})

    @cached_property
    def indicator(self) -> Entry:
        """What the standard asks about, as the manifest declares it; may be empty."""
        return self.release.indicator(self.standard.get("indicator"))

    @cached_property
    def facility(self) -> Row | None:
        """The facility that the value speaks of, None where it speaks of none."""
        if self.value is None:
            return None
        return self.release.row("facilities", self.value["facility_id"])

    @property
    def norms(self) -> list[Entry]:
        """All rows of the standard."""
        return list(self.standard.get("norms", []))

    @property
    def decisive(self) -> Entry | None:
        """The row that certainly decided, None where none did."""
        named = (norm for norm in self.norms if norm["id"] == self.row["norm_id"])
        return next(named, None)

    @property
    def possible(self) -> list[Entry] | None:
        """The rows that the judge held possible, in the order of the standard.

        Empty where there is no norm; None where the release (schema version 4) does
        not record it. Nothing here compares a class: the judge decided once.
        """
        held = self.row.get("norms_possible")
        return None if held is None else [n for n in self.norms if n["id"] in set(held)]

    @property
    def cited(self) -> list[Entry]:
        """The row that decided; where none did, those that are possible.

        Of no norm, and where a release does not record what is possible, all rows are
        cited: they are what was looked at.
        """
        decisive = self.decisive
        return [decisive] if decisive else self.possible or self.norms

    @property
    def verified(self) -> bool:
        """Whether every row that is cited was compared with its act."""
        return all(norm.get("confidence") == "verified" for norm in self.cited)


def judged_units(release: Release, unit: str) -> list[Judged]:
    """Return the verdicts on a raion, oblast, country or operator as a whole."""
    values = {row["indicator"]: row for row in release.rows("unit_values", unit)}
    return _judged(release, release.rows("unit_judgements", unit), values)


def _judged(
    release: Release, rows: Iterable[Row], values: Mapping[str, Row]
) -> list[Judged]:
    asked = {id_: said.get("indicator", "") for id_, said in release.standards.items()}
    return [
        Judged(release, row, values.get(asked.get(row["standard"], ""))) for row in rows
    ]


@dataclass(frozen=True, eq=False)
class _Facts:
    """One place of a release.

    Attributes
    ----------
    release
        That speaks of it.
    row
        Its own row, without geometry.
    """

    release: Release
    row: Row

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.row["id"])

    def rows(self, table: str) -> list[Row]:
        """Return what a table says of it, without what its own row says."""
        names = TABLES[table].schema.names
        columns = [name for name in names if name not in _OWN]
        return self.release.rows(table, self.id, columns)


class SettlementFacts(_Facts):
    """One settlement; what has no name here is in :meth:`rows`."""

    @cached_property
    def areas(self) -> dict[str, Row]:
        """Level -> selsovet, raion and oblast that it lies in, as far as known."""
        levels = (Level.SELSOVET, Level.RAION, Level.OBLAST)
        return {
            level.value: area
            for level in levels
            if (area := self.release.row("areas", self.row[f"{level}_id"]))
        }

    @cached_property
    def values(self) -> dict[str, Row]:
        """Indicator -> value."""
        return {row["indicator"]: row for row in self.rows("values")}

    @cached_property
    def judgements(self) -> list[Judged]:
        """Its verdicts, by standard."""
        return _judged(self.release, self.rows("judgements"), self.values)

    def judged(self, standard: str) -> Judged:
        """Return the verdict by one standard.

        Raises
        ------
        NotFoundError
            If the release does not judge the settlement by it.
        """
        for one in self.judgements:
            if one.row["standard"] == standard and one.standard:
                return one
        known = ", ".join(sorted(self.release.standards)) or "none"
        raise NotFoundError(
            f"no verdict by {standard[:60]!r} for {self.id[:60]!r}",
            remedy=f"Standards: {known}.",
        )

    @property
    def journeys(self) -> list[Row]:
        """Journeys by timetable in the declared order, each with its label."""
        parameters = self.release.manifest["parameters"].get("transit", {})
        declared = {one["id"]: one for one in parameters.get("destinations", [])}
        order = {id_: place for place, id_ in enumerate(declared)}
        found = [
            row | {"label": declared.get(row["destination"], {}).get("label", {})}
            for row in self.rows("journeys")
        ]
        return sorted(found, key=lambda one: order.get(one["destination"], len(order)))


class AreaFacts(_Facts):
    """One area; what has no name here is in :meth:`rows`."""

    @cached_property
    def parents(self) -> dict[str, Row]:
        """Level -> area above."""
        parents: dict[str, Row] = {}
        above = self.release.row("areas", self.row["parent"])
        while above and above["level"] not in parents:
            parents[above["level"]] = above
            above = self.release.row("areas", above["parent"])
        return parents

    @cached_property
    def scores(self) -> dict[tuple[str, str], Row]:
        """``(subgroup, subject)`` -> scores."""
        return {(o["subgroup"], o["subject"]): o for o in self.rows("area_scores")}

    @cached_property
    def parity(self) -> dict[tuple[str, str], Row]:
        """``(indicator, group)`` -> parity."""
        return {(one["indicator"], one["group"]): one for one in self.rows("parity")}

    @cached_property
    def settlements(self) -> dict[str, Row]:
        """Id -> settlement.

        The people of a flagged duplicate are not counted twice: it has none.
        """
        inside = self.release.index("settlements", f"{self.row['level']}_id")
        table = self.release.table("settlements", _PLACES)
        return {
            row["id"]: row | {"population": None} if row["duplicate_of"] else row
            for row in take(table, inside.get(self.id, _NONE)).to_pylist()
        }

    @cached_property
    def judgements(self) -> dict[str, list[Row]]:
        """Standard -> verdicts on its settlements, in the order of ids."""
        index = self.release.index("judgements")
        places = [index[place] for place in self.settlements if place in index]
        table = self.release.table("judgements", _JUDGED)
        found: dict[str, list[Row]] = {}
        for row in take(table, np.concatenate([_NONE, *places])).to_pylist():
            found.setdefault(row["standard"], []).append(row)
        return found

    @cached_property
    def units(self) -> list[Judged]:
        """The verdicts on the area itself, by norms of this unit of assessment."""
        return judged_units(self.release, self.id)


def settlement_facts(release: Release, settlement: str) -> SettlementFacts:
    """Return what a release says of one settlement.

    Raises
    ------
    NotFoundError
        If the release has no settlement with this id.
    """
    row = release.row("settlements", settlement)
    if row is None:
        raise NotFoundError(
            f"no settlement {settlement[:60]!r}",
            where=release.id,
            remedy="Give an id or a whole name in Russian, Belarusian or English.",
        )
    return SettlementFacts(release, row)


def area_facts(release: Release, area: str) -> AreaFacts:
    """Return what a release says of one area.

    Raises
    ------
    NotFoundError
        If the release has no such area, or it is a cell of the analytic grid, which
        no office answers for.
    """
    row = release.row("areas", area)
    if row is None or row["analytic"]:
        what = "is not there" if row is None else "is a cell of the analytic grid"
        raise NotFoundError(
            f"area {area[:60]!r} {what}",
            where=release.id,
            remedy="Give the id of a raion, oblast, selsovet or of the country.",
        )
    return AreaFacts(release, row)
