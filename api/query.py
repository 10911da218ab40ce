"""Filters of settlements: what is asked for in, positions out."""

import difflib
import math
import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from api.errors import ParameterError
from api.judged import Scored
from api.ranks import tiers
from api.search import named
from api.store import OVERALL, Store
from api.text import fold_area
from geo.release.columns import Floats, Positions
from geo.types import Kind, Level, Verdict

Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]
KNOWN_SHOWN = 10


class Box(NamedTuple):
    """A bounding box in degrees; ``west > east`` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: Floats, lat: Floats) -> Mask:
        """Return which points lie in the box or on its edge; NaN never does."""
        inside: Mask = (lat >= self.south) & (lat <= self.north)
        if self.west > self.east:
            return inside & ((lon >= self.west) | (lon <= self.east))
        return inside & (lon >= self.west) & (lon <= self.east)


def parse_bbox(text: str) -> Box:
    """Read ``west,south,east,north`` (or six numbers with heights) in degrees.

    Raises
    ------
    ParameterError
        If it is no box on the globe.
    """
    expected = "west,south,east,north in degrees, such as 23.1,51.2,32.8,56.2"
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise ParameterError("bbox", text, expected) from error
    if len(numbers) == 6:  # noqa: PLR2004 - with heights, which no settlement has
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != len(Box._fields) or not all(map(math.isfinite, numbers)):
        raise ParameterError("bbox", text, expected)
    box = Box(*numbers)
    if max(abs(box.west), abs(box.east)) > 180 or max(map(abs, box[1::2])) > 90:  # noqa: PLR2004
        raise ParameterError("bbox", text, f"{expected}; longitude comes first")
    if box.south > box.north:
        raise ParameterError("bbox", text, f"{expected}; south must not exceed north")
    return box


class Span(NamedTuple):
    """Residents from and to, both ends included."""

    least: float
    most: float

    @property
    def text(self) -> str:
        """As it is asked for; an open end is left out."""
        return "-".join("" if math.isnan(end) else f"{end:.0f}" for end in self)


def parse_people(text: str) -> Span:
    """Read ``least-most``; an end that is left out is open.

    Raises
    ------
    ParameterError
        If neither end is a whole number, or the least exceeds the most.
    """
    ends = re.fullmatch(r"(\d{0,12})-(\d{0,12})", text, re.ASCII)
    span = Span(*(float(end or "nan") for end in ends.groups())) if ends else None
    if span is None or (math.isnan(span.least) and math.isnan(span.most)):
        expected = "least-most, such as 100-299, -99 or 1000-"
        raise ParameterError("people", text, expected)
    if span.least > span.most:
        raise ParameterError("people", text, "least-most; least must not exceed most")
    return span


@dataclass(frozen=True)
class Wanted:
    """What settlements are asked for; None means no such filter.

    ``standard`` and ``domain`` drop no row by themselves: they say which judgement
    ``judgement``, ``min_gap`` and the order by gap, score and coverage speak of.
    ``uncounted``: also what is counted nowhere. ``unsettled``: whose class is open, and
    may be one of these.
    """

    oblast: str | None = None
    raion: str | None = None
    kinds: tuple[Kind, ...] = ()
    may_be: Kind | None = None
    unsettled: tuple[Kind, ...] = ()
    domain: str | None = None
    standard: str | None = None
    judgement: Verdict | None = None
    min_gap: float | None = None
    tier: int | None = None
    name: str | None = None
    slips: bool = False
    bbox: Box | None = None
    people: Span | None = None
    uncounted: bool = False


def known(values: Iterable[str], near: str = "") -> str:
    """Return "one of …" with at most ten known words, the nearest first."""
    every = list(dict.fromkeys(values))
    first = difflib.get_close_matches(near, every, n=KNOWN_SHOWN, cutoff=0.5)
    shown = [*first, *(word for word in every if word not in first)][:KNOWN_SHOWN]
    if not shown:
        return "left out: this release has none"
    more = f" … ({len(every)} in all)" if len(every) > len(shown) else ""
    return f"one of {', '.join(shown)}{more}"


def one_of(parameter: str, value: str | None, allowed: Iterable[str]) -> str | None:
    """Return ``value`` if it is None or allowed.

    Raises
    ------
    ParameterError
        If it is not; names the allowed ones.
    """
    words = list(allowed)
    if value is not None and value not in words:
        raise ParameterError(parameter, value, known(words, value))
    return value


def resolve_area(
    store: Store, level: Level, text: str, within: set[str] | None = None
) -> set[str]:
    """Return the id of the area of this level with this id or name in any language.

    Raises
    ------
    ParameterError
        If there is none, or several have the name; names them.
    """
    areas = {id_: row for id_, row in store.areas.items() if row["level"] == level}
    if text in areas:
        return {text}
    sought = fold_area(text)
    found = {
        id_
        for id_, row in areas.items()
        if any(fold_area(name) == sought for name in _names(row))
        and (within is None or row["parent"] in within)
    }
    if len(found) == 1:
        return found
    if found:
        ids = ", ".join(sorted(found)[:KNOWN_SHOWN])
        raise ParameterError(
            level.value, text, f"one id, as several bear the name: {ids}"
        )
    names = sorted(row["name"] or id_ for id_, row in areas.items())
    raise ParameterError(level.value, text, known(names, text))


def _names(row: dict[str, object]) -> list[str]:
    return [
        str(value)
        for key, value in row.items()
        if value and (key == "name" or key.startswith("name_"))
    ]


def check(store: Store, wanted: Wanted) -> None:
    """Check the words that depend on the release.

    Raises
    ------
    ParameterError
        If domain or standard are not of this release, or not of each other.
    """
    one_of("domain", wanted.domain, store.domains)
    one_of("standard", wanted.standard, store.judged)
    if wanted.standard and wanted.domain:
        of_domain = _standards(store, wanted.domain)
        one_of("standard", wanted.standard, of_domain)


def _standards(store: Store, domain: str | None) -> list[str]:
    return [
        id_
        for id_, entry in store.standards.items()
        if id_ in store.judged and domain in (None, entry["domain"])
    ]


def select(store: Store, wanted: Wanted) -> Positions:
    """Return the rows that match, in the order of ids; by name, prefixes first.

    Raises
    ------
    ParameterError
        If a filter names something that the release does not hold.
    """
    check(store, wanted)
    mask = np.ones(store.count, bool) if wanted.uncounted else store.listed.copy()
    oblasts: set[str] | None = None
    if wanted.oblast is not None:
        oblasts = resolve_area(store, Level.OBLAST, wanted.oblast)
        mask &= _is_in(store.column("oblast_id"), oblasts)
    if wanted.raion is not None:
        raions = resolve_area(store, Level.RAION, wanted.raion, oblasts)
        mask &= _is_in(store.column("raion_id"), raions)
    if wanted.bbox is not None:
        mask &= wanted.bbox.holds(store.numbers("lon"), store.numbers("lat"))
    if wanted.people is not None:
        mask &= _of_size(store, wanted.people)
    mask &= _of_kind(store, wanted)
    mask &= _of_judgement(store, wanted)
    if wanted.tier is not None:
        mask &= _is_in(tiers(store)["tier"], {wanted.tier})
    if wanted.min_gap is not None:
        mask &= least_gap(store, wanted) >= wanted.min_gap
    rows = np.flatnonzero(mask)
    if wanted.name is None:
        return rows
    return named(store, rows, wanted.name, slips=wanted.slips)


def _is_in(column: np.ndarray, ids: AbstractSet[str | int]) -> Mask:
    return np.fromiter((value in ids for value in column), bool, count=len(column))


def _of_size(store: Store, span: Span) -> Mask:
    """Return which settlements have so many residents; one of unknown size never."""
    people = store.numbers("population")
    mask: Mask = ~np.isnan(people) & ~(people < span.least) & ~(people > span.most)
    return mask


def _of_kind(store: Store, wanted: Wanted) -> Mask:
    mask: Mask = np.ones(store.count, dtype=bool)
    if wanted.kinds:
        mask &= _is_in(store.column("kind"), set(wanted.kinds))
    if wanted.unsettled:
        mask &= _may_be(store, set(wanted.unsettled))
    if wanted.may_be is not None:
        certain = _is_in(store.column("kind"), {wanted.may_be})
        mask &= certain | _may_be(store, {wanted.may_be})
    return mask


def _may_be(store: Store, kinds: set[Kind]) -> Mask:
    """Return whose class is open and may be one of these."""
    columns = (store.column("kind"), store.column("kinds_possible"))
    open_ = (
        kind is None and not kinds.isdisjoint(possible or ())
        for kind, possible in zip(*columns, strict=True)
    )
    return np.fromiter(open_, bool, count=store.count)


def _of_judgement(store: Store, wanted: Wanted) -> Mask:
    if wanted.judgement is None:
        return np.ones(store.count, dtype=bool)
    if wanted.standard:
        return _is_in(store.judged[wanted.standard].verdict, {wanted.judgement})
    mask: Mask = np.zeros(store.count, dtype=bool)
    for standard in _standards(store, wanted.domain):
        mask |= _is_in(store.judged[standard].verdict, {wanted.judgement})
    return mask


def scores_of(store: Store, wanted: Wanted) -> Scored:
    """Return the scores of the domain that is asked for, else the overall ones."""
    return store.scored.get(wanted.domain or OVERALL) or Scored(
        *(np.full(store.count, np.nan) for _ in range(4))
    )


def least_gap(store: Store, wanted: Wanted) -> Floats:
    """Return the gap, or its lower end where it is known as a range only."""
    if wanted.standard:
        judged = store.judged[wanted.standard]
        return np.where(np.isnan(judged.gap), judged.gap_low, judged.gap)
    scored = scores_of(store, wanted)
    return np.where(np.isnan(scored.score), scored.low, scored.score)
