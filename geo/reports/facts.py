"""What a release says of one settlement, one area, one verdict: as it was published.

Card, story, passport, half-year table and the API word these records; nothing is
counted or worded here. Each part is read when it is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from geo.errors import NotFoundError
from geo.layers.counted import MARKS, is_counted
from geo.layers.schema import TABLES
from geo.release.columns import take
from geo.release.read import Entry, Release, Row
from geo.standards.gaps import oldest_fresh_day
from geo.types import Level, Reason

#: Columns that say of a row what is known already: whom it speaks of.
_OWN = frozenset({"id", "settlement_id", "area_id", "unit_id", "level", "geometry"})
_NONE = np.array([], np.int64)
_JUDGED = ("settlement_id", "standard", "verdict", "norm_id", "gap", "reason")
_PLACES = ("id", "name", "name_ru", "name_be", "name_en", "population", *MARKS)


@dataclass(frozen=True, eq=False)
class Judgement:
    """One verdict, and what it rests on.

    Attributes
    ----------
    release
        Whose manifest declares standard and indicator.
    row
        Of ``judgements`` or ``unit_judgements``.
    values
        Indicator -> value of the same settlement or unit.
    place
        The row of the settlement, None for a unit.
    """

    release: Release
    row: Row
    values: Mapping[str, Row]
    place: Row | None = None

    @cached_property
    def standard(self) -> Entry:
        """Its entry in the manifest."""
        return self.release.standards.get(self.row["standard"], {})

    @property
    def asked(self) -> str:
        """Code of the indicator that the standard asks about; empty where none."""
        return str(self.standard.get("indicator") or "")

    @cached_property
    def indicator(self) -> Entry:
        """What the standard asks about, as the manifest declares it; may be empty."""
        return self.release.indicator(self.asked)

    @property
    def value(self) -> Row | None:
        """The value behind it, None where there is none."""
        return self.values.get(self.asked)

    @property
    def stale(self) -> bool:
        """Whether the value is older than the window of its indicator."""
        if self.value is None:
            return False
        return is_stale(self.value, self.indicator, self.release.on)

    @cached_property
    def facility(self) -> Row | None:
        """The facility that the value speaks of, None where it speaks of none."""
        if self.value is None:
            return None
        return self.release.row("facilities", self.value.get("facility_id"))

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
        cited: they are what was looked at. A norm that was not read has none to cite.
        """
        if self.decisive:
            return [self.decisive]
        if self.row.get("reason") == Reason.NORM_NOT_READ:
            return self.possible or []
        return self.possible or self.norms

    @property
    def verified(self) -> bool:
        """Whether every row that is cited was compared with its act; none is not."""
        cited = self.cited
        return bool(cited) and all(
            norm.get("confidence") == "verified" for norm in cited
        )


def is_stale(value: Row, indicator: Entry, on: str) -> bool:
    """Tell whether a value is older, on a day, than the window of its indicator."""
    day, years = value["date"], indicator.get("freshness_years")
    if day is None or years is None:
        return False
    return bool(day < oldest_fresh_day(date.fromisoformat(on), years))


def judged_units(release: Release, unit: str | None = None) -> list[Judgement]:
    """Return the verdicts on a raion, oblast, country or operator as a whole.

    Parameters
    ----------
    release
        That holds them.
    unit
        Its id; None: of all, by unit and standard.
    """
    rows, stated = (
        release.table(name).to_pylist() if unit is None else release.rows(name, unit)
        for name in ("unit_judgements", "unit_values")
    )
    values: dict[str, dict[str, Row]] = {}
    for value in stated:
        values.setdefault(value["unit_id"], {})[value["indicator"]] = value
    return [Judgement(release, row, values.get(row["unit_id"], {})) for row in rows]


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


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
    def judgements(self) -> list[Judgement]:
        """Its verdicts, by standard."""
        rows = self.rows("judgements")
        return [Judgement(self.release, row, self.values, self.row) for row in rows]

    def judged(self, standard: str) -> Judgement:
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
    def evidence(self) -> dict[str, list[Row]]:
        """Indicator -> people and settlements by status of its value."""
        return _grouped(self.rows("evidence"), "indicator")

    @cached_property
    def settlements(self) -> dict[str, Row]:
        """Id -> settlement, of those that are counted."""
        index = self.release.index("settlements", f"{self.row['level']}_id")
        table = self.release.hold("settlements", _PLACES)
        return {
            row["id"]: row
            for row in take(table, index.rows(self.id)).to_pylist()
            if is_counted(row)
        }

    @cached_property
    def judgements(self) -> dict[str, list[Row]]:
        """Standard -> verdicts on its settlements, in the order of ids."""
        index = self.release.index("judgements")
        rows = [_NONE, *map(index.rows, self.settlements)]
        table = self.release.hold("judgements", _JUDGED)
        return _grouped(take(table, np.concatenate(rows)).to_pylist(), "standard")

    @cached_property
    def units(self) -> list[Judgement]:
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
