"""Two releases laid on one grid: settlements by standards, with pyarrow and numpy only.

Texts become codes that mean the same on both sides, so that "did it change" is one
comparison of whole arrays. Code 0 is null.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.layers.counted import MARKS
from geo.release.columns import days, floats, mapped, take
from geo.release.read import Release
from geo.types import Reason

Bools = NDArray[np.bool_]
Reals = NDArray[np.float64]
Codes = NDArray[np.int64]

JUDGED_TEXTS = ("verdict", "reason", "norm_id", "verdict_if_fresh")
JUDGED_REALS = ("norm", "norm_low", "norm_high", "gap", "gap_low", "gap_high")
VALUE_TEXTS = ("status", "method", "source", "supplier", "origin")
VALUE_REALS = ("value", "low", "high")
CLASS_COLUMNS = ("kind", "selsovet_centre", "raion_centre", "oblast_centre")
PEOPLE_RANGES = (
    "population_low", "population_high",
    "population_settled_low", "population_settled_high",
)  # fmt: skip
PEOPLE_COLUMNS = ("population", *PEOPLE_RANGES)
PLACE_COLUMNS = (
    "id", "name", "name_ru", "name_be", "name_en", "kinds_possible", "urban",
    "population_status", "lon", "lat", *MARKS, "selsovet_id", "raion_id", "oblast_id",
    "country_id", *CLASS_COLUMNS, *PEOPLE_COLUMNS,
)  # fmt: skip


class Words:
    """One number per text, the same for both releases; null is 0."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._codes: dict[str, int] = {}

    def code(self, text: str) -> int:
        """Return the number of a text."""
        if text not in self._codes:
            self._codes[text] = len(self.texts)
            self.texts.append(text)
        return self._codes[text]

    def encode(self, column: pa.ChunkedArray) -> Codes:
        """Return the numbers of a text column."""
        return mapped(column, self.code, 0)


@dataclass(frozen=True)
class Side:
    """One release on the grid.

    Attributes
    ----------
    release
        The release.
    here
        Settlement x: is in this release.
    row
        Settlement x: its row in ``places``, -1 where it is not here.
    places
        The settlements table without geometry.
    judged
        Settlement x standard: has a judgement.
    texts, reals
        Column of judgements or values -> settlement x standard, codes and numbers
        (NaN is null). ``date`` is in days since 1970-01-01.
    people
        Column of :data:`PEOPLE_COLUMNS` -> per settlement, NaN where unknown.
    place_class
        Code of everything the class of a settlement depends on but its people.
    unread
        Settlement x standard: it was not read which norm holds.
    """

    release: Release
    here: Bools
    row: Codes
    places: pa.Table
    judged: Bools
    texts: dict[str, Codes]
    reals: dict[str, Reals]
    people: dict[str, Reals]
    place_class: Codes
    unread: Bools

    @property
    def unreachable(self) -> Bools:
        """Return where the status says that there is no way at all."""
        return np.isposinf(self.reals["low"]) & np.isnan(self.reals["value"])


@dataclass(frozen=True)
class Grid:
    """Both sides, and what their rows and columns are.

    Attributes
    ----------
    ids, standards
        Settlement and standard ids of either release, sorted.
    before, after
        The two releases.
    words
        Text of every code.
    """

    ids: list[str]
    standards: list[str]
    before: Side
    after: Side
    words: Words = field(repr=False)

    @property
    def sides(self) -> tuple[Side, Side]:
        """Before and after."""
        return self.before, self.after

    def code(self, text: str) -> int:
        """Return the code of a text."""
        return self.words.code(text)


def grid(before: Release, after: Release) -> Grid:
    """Lay two releases of one country on a grid.

    Raises
    ------
    geo.errors.ReleaseError
        If a table is missing or damaged.
    """
    pair = (before, after)
    places = [release.table("settlements", PLACE_COLUMNS) for release in pair]
    judged = [
        release.table(
            "judgements", ("settlement_id", "standard", *JUDGED_TEXTS, *JUDGED_REALS)
        )
        for release in pair
    ]
    ids = _distinct(table["id"] for table in places)
    standards = _distinct(table["standard"] for table in judged)
    words = Words()
    sides = [
        _side(release, table, verdicts, ids, standards, words)
        for release, table, verdicts in zip(pair, places, judged, strict=True)
    ]
    return Grid(ids, standards, sides[0], sides[1], words)


def _side(
    release: Release,
    places: pa.Table,
    judged: pa.Table,
    ids: Sequence[str],
    standards: Sequence[str],
    words: Words,
) -> Side:
    shape = len(ids), len(standards)
    row = np.full(shape[0], -1, np.int64)
    row[_spot(places["id"], ids)] = np.arange(places.num_rows)
    spot = _spot(judged["settlement_id"], ids) * shape[1]
    spot += _spot(judged["standard"], standards)
    there = np.zeros(shape, bool)
    there.ravel()[spot] = True
    texts = {
        name: _lay(words.encode(judged[name]), spot, shape, 0) for name in JUDGED_TEXTS
    }
    reals = {
        name: _lay(floats(judged, name), spot, shape, np.nan) for name in JUDGED_REALS
    }
    values = _values(release, ids, standards, words)
    return Side(
        release,
        row >= 0,
        row,
        places,
        there,
        texts | values[0],
        reals | values[1],
        _people(places, ids),
        _classes(places, ids, words),
        texts["reason"] == words.code(Reason.NORM_NOT_READ.value),
    )


def _distinct(columns: Iterable[pa.ChunkedArray]) -> list[str]:
    return sorted({one for column in columns for one in pc.unique(column).to_pylist()})


def _spot(column: pa.ChunkedArray, known: Sequence[str]) -> Codes:
    """Return the place of each text in a list, -1 where it is not in it."""
    places = {text: place for place, text in enumerate(known)}
    return mapped(column, lambda text: places.get(text, -1), -1)


def _lay(column: NDArray[Any], spot: Codes, shape: tuple[int, int], empty: Any) -> Any:
    out = np.full(shape, empty, dtype=column.dtype if len(column) else None)
    out.ravel()[spot] = column
    return out


def _values(
    release: Release, ids: Sequence[str], standards: Sequence[str], words: Words
) -> tuple[dict[str, Codes], dict[str, Reals]]:
    """Return the value of each standard's indicator for each settlement."""
    of = indicator_of(release)
    wanted = sorted({of[one] for one in standards if one in of})
    columns = ("settlement_id", "indicator", "date", *VALUE_TEXTS, *VALUE_REALS)
    table = release.table("values", columns)
    kept = np.flatnonzero(_spot(table["indicator"], wanted) >= 0)
    table = take(table, kept)
    shape = len(ids), len(wanted)
    spot = _spot(table["settlement_id"], ids) * shape[1]
    spot += _spot(table["indicator"], wanted)
    at = np.array([wanted.index(of[s]) if s in of else -1 for s in standards], np.int64)

    def spread(column: NDArray[Any], empty: Any) -> Any:
        laid = _lay(column, spot, shape, empty)
        # one more column for a standard that has no indicator here
        rest = np.full((shape[0], 1), empty, dtype=laid.dtype)
        return np.concatenate([laid, rest], axis=1)[:, at]

    texts = {name: spread(words.encode(table[name]), 0) for name in VALUE_TEXTS}
    reals = {name: spread(floats(table, name), np.nan) for name in VALUE_REALS}
    return texts, reals | {"date": spread(days(table, "date"), np.nan)}


def indicator_of(release: Release) -> dict[str, str]:
    """Return standard id -> its indicator, as the manifest declares."""
    return {
        id_: entry["indicator"]
        for id_, entry in release.standards.items()
        if entry.get("indicator")
    }


def _people(places: pa.Table, ids: Sequence[str]) -> dict[str, Reals]:
    spot = _spot(places["id"], ids)
    out = {}
    for name in PEOPLE_COLUMNS:
        out[name] = np.full(len(ids), np.nan)
        out[name][spot] = floats(places, name)
    return out


def _classes(places: pa.Table, ids: Sequence[str], words: Words) -> Codes:
    spot = _spot(places["id"], ids)
    columns = [places[name].to_pylist() for name in ("kinds_possible", *CLASS_COLUMNS)]
    texts = [
        "|".join(["+".join(sorted(kinds or [])), *(str(one) for one in rest)])
        for kinds, *rest in zip(*columns, strict=True)
    ]
    out = np.zeros(len(ids), np.int64)
    out[spot] = [words.code(text) for text in texts]
    return out


def changed(one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> Bools:
    """Return where a column differs; two nulls are equal."""
    a, b = one[name], other[name]
    if a.dtype.kind == "f":
        return np.asarray(~same(a, b))
    return np.asarray(a != b)


def same(one: Reals, other: Reals | float) -> Bools:
    """Return where two numbers are equal; NaN equals NaN."""
    return np.asarray((one == other) | (np.isnan(one) & np.isnan(other)))
