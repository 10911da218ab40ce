"""A reader of a table is a declaration: its columns, and the steps that read it.

Here is what all of them share: the file is opened, its columns are found and get our
names, the steps follow each other, and what they refused names the file's own columns.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

import pandas as pd

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import (
    ROW,
    Chosen,
    Options,
    Reading,
    SourceInfo,
    require_columns,
    where_declared,
)
from geo.sources.readers.delimited import JOINED, RAGGED, opened
from geo.sources.readers.rules import Refusals, Sentences, Step, passed
from geo.sources.result import ReadResult
from geo.sources.text import clean_text
from geo.sources.vocabulary import nearest

#: what a record may be refused for before any step
RECORDS: Sentences = (("", RAGGED), ("", JOINED))
_ANY_LAYER = ("name_", "code_")


class ColumnOptions(Options):
    """``columns``: our column -> the file's column; without it the reader's own."""

    columns: dict[str, str] | None = None


def same(*names: str) -> dict[str, str]:
    """Return columns that a file calls as we do."""
    return dict(zip(names, names, strict=True))


@dataclass(frozen=True)
class Table(Generic[Chosen]):
    """The declaration of a reader; called, it reads a file.

    Attributes
    ----------
    layer
        That it feeds.
    columns
        Our column -> the file's, or all that it may be called (whatever the case).
    steps
        Rules and functions that the rows pass one after another
        (:mod:`geo.sources.readers.rules`).
    options
        Model of its options. If it is a :class:`ColumnOptions`, a feed may name other
        columns of the file instead, and must name those of ``must``.
    optional
        Of our columns those that a file may lack; they are NA then.
    also
        How further columns begin that are kept as they are called.
    must, may
        Our columns that a feed must name if it names any, and may beside ``columns``.
    header, separator
        As in :func:`geo.sources.readers.delimited.opened`.
    ends
        Makes the result of the last table; by default it is that of the layer.
    losing
        Makes of the refused rows, as they stand, what the layer may lack for them: the
        table ``<layer>_lost``. A record that could not be read is a row without cells.
    """

    layer: str
    columns: Mapping[str, str | tuple[str, ...]]
    steps: Sequence[Step]
    options: type[Chosen]
    optional: Iterable[str] = ()
    also: tuple[str, ...] = ()
    must: Iterable[str] = ()
    may: Iterable[str] = ()
    header: Sequence[str] = ()
    separator: str | None = ","
    ends: Callable[[pd.DataFrame, Reading[Chosen]], ReadResult] | None = None
    losing: Callable[[pd.DataFrame, Reading[Chosen]], pd.DataFrame] | None = None

    @property
    def sentences(self) -> Sentences:
        """Column and reason of each refusal that there may be, but for the records."""
        every = (*self.steps, self.ends)
        declared = (step for step in every if isinstance(step, Refusals))
        return tuple(pair for step in declared for pair in step.sentences)

    def __call__(
        self,
        path: Path,
        source: SourceInfo,
        country: Country,
        options: Mapping[str, Any],
    ) -> ReadResult:
        """Read one file.

        Raises
        ------
        DeclarationError
            If an option cannot be.
        SourceFormatError
            If the file as a whole is unusable, or lacks a column.
        """
        asked = (path, source, country, options)
        at = Reading.begun(self.options, asked, self.options.__module__)
        rows = self.rows(at)
        unread = pd.DataFrame(index=range(len(at.refused.rows)))
        table = passed(rows, at, *self.steps)
        if self.ends:
            return self.ends(table, at)
        tables = {self.layer: table}
        lost = pd.concat([rows[~rows[ROW].isin(table[ROW])], unread])
        if self.losing and len(lost):
            lost = lost.reindex(columns=rows.columns).astype("str")
            tables[f"{self.layer}_lost"] = self.losing(lost, at)
        return at.result(tables)

    def rows(self, at: Reading[Chosen]) -> pd.DataFrame:
        """Return the rows under our names, everything text; see ``Opened.rows``."""
        file = opened(at.path, self.separator, self.header)
        header = [name for name in file.header if name != ROW]
        theirs = self._found(header, at)
        at.refused.names = theirs
        mine = {*theirs, *theirs.values()}
        further = [name for name in header if name.startswith(self.also or ROW)]
        kept = theirs | {name: name for name in further if name not in mine}
        table = file.rows(kept.values(), at.refused)
        out = pd.DataFrame({ROW: table[ROW]} | {o: table[n] for o, n in kept.items()})
        for name in self.optional:
            if name not in out:
                out[name] = pd.Series(pd.NA, index=out.index, dtype="str")
        return out

    def _found(self, header: Sequence[str], at: Reading[Chosen]) -> dict[str, str]:
        """Return our column -> the file's, of those that the file has."""
        found, needed = {}, []
        for ours, names in self._named(at).items():
            exact = isinstance(names, str)
            known = (names,) if isinstance(names, str) else names
            hits = [n for n in header if (n if exact else n.casefold()) in known]
            if len(hits) > 1:
                raise SourceFormatError(
                    f"column {ours!r} stands twice, in two languages",
                    where=f"{at.path}, line 1",
                    remedy="Leave one of the two.",
                )
            if hits:
                found[ours] = hits[0]
            if ours not in self.optional:
                needed.append(hits[0] if hits else known[0])
        remedy = "Add the column, or name another one in the options of the feed."
        if not isinstance(at.options, ColumnOptions):
            remedy = f"The header must hold: {', '.join(needed)} (docs/sources.md)."
        require_columns(header, needed, str(at.path), remedy)
        return found

    def _named(self, at: Reading[Chosen]) -> Mapping[str, str | tuple[str, ...]]:
        """Return our column -> the file's, as the feed or the declaration names it.

        Raises
        ------
        DeclarationError
            If the feed names a column that is not known, or leaves out one without
            which nothing can be read.
        """
        named = at.options.columns if isinstance(at.options, ColumnOptions) else None
        if named is None:
            return self.columns
        known = {*self.columns, *self.may}
        strange = [n for n in named if n not in known and not n.startswith(_ANY_LAYER)]
        words = [
            f"no column of ours is called {name!r}; the nearest are "
            f"{', '.join(nearest(name, known))}"
            for name in strange
        ] + [
            f"the column of the file for {name!r} is not named"
            for name in self.must
            if name not in named
        ]
        if words:
            raise DeclarationError(
                f"key 'columns': {words[0]}",
                where=where_declared(self.options.__module__),
                remedy=f"Our columns are: {', '.join(sorted(known))}.",
            )
        return {ours: clean_text(theirs) for ours, theirs in named.items()}
