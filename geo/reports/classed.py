"""Settlements in classes: what every picture, list and sum by class begins with.

A reading is named as in ``/v1/readings``. Whoever counts by class counts this.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from geo.errors import NotFoundError
from geo.release.columns import Floats, Objects
from geo.release.read import Entry, Release
from geo.reports.limits import LIMITS
from geo.standards.gaps import oldest_fresh_day
from geo.types import SETTLEMENT_UNITS, WITHOUT_VALUE, Status, Verdict

Bools = NDArray[np.bool_]
PEOPLE = "people"
NONE, FOUND = "none", "found"
UNKNOWN = Status.UNKNOWN.value
#: Words that mean: it is not asked of them.
NOT_ASKED = frozenset({Verdict.NO_NORM.value, Status.NOT_APPLICABLE.value})
#: A verdict on a value that is assumed, before version 7 of the tables.
ON_ASSUMED = {
    verdict.value: f"{verdict}:{Status.ASSUMED}"
    for verdict in (Verdict.BREACHED, Verdict.KEPT)
}
#: Words that may be classes; of equally many the first counts, a breach before all.
_VERDICTS = (
    *(word for pair in ON_ASSUMED.items() for word in pair),
    *(one.value for one in Verdict if one.value not in ON_ASSUMED),
)
_BANDS = (FOUND, "probably_not", "open", "probably", NONE)
_STATUSES = tuple(one.value for one in Status)
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, eq=False)
class Classed:
    """In which class each settlement is, in the order of their table.

    Attributes
    ----------
    classes
        ``"0"``, ``"1"``, … by the limits, all of them, then the words that occur.
    code
        Index into ``classes``; -1 for who is not counted.
    old
        True where the value is out of date on the day of the release.
    """

    classes: tuple[str, ...]
    code: NDArray[np.int64]
    old: Bools


def classed(release: Release, of: str) -> Classed:
    """Return the class of each settlement.

    Parameters
    ----------
    release
        An opened release.
    of
        ``verdict:<standard>``, ``status:<indicator>``, ``value:<indicator>``,
        ``estimate:<what is estimated>``, ``score:<group>`` or ``people``.

    Raises
    ------
    NotFoundError
        If the release has no such reading (:func:`readings` names those it has).
    """
    kind, _, name = of.partition(":")
    if name not in readings(release).get(kind, ()):
        raise NotFoundError(
            f"no reading {of!r}",
            where=release.id,
            remedy="Take verdict:<standard>, value:<indicator>, … of this release.",
        )
    return _MADE[kind](release, name)


def readings(release: Release) -> dict[str, Sequence[str]]:
    """Return kind of reading -> of what there is one; ``people`` is of nothing more."""
    judged = release.index("judgements", "standard").codes
    # A norm of a raion or an oblast says nothing of a single settlement.
    named = [
        id_
        for id_, entry in release.standards.items()
        if entry.get("unit_of_assessment", "settlement") in SETTLEMENT_UNITS
    ]
    return {
        "verdict": [*named, *sorted(set(judged) - set(named))],
        "score": list(release.index("scores", "group").codes),
        "status": list(release.indicators),
        "value": list(release.indicators),
        "estimate": list(release.index("estimates", "indicator").codes),
        PEOPLE: [""],
    }


def verdicts(release: Release, standard: str) -> Objects:
    """Return verdicts; on assumed values, before version 7, in words of their own."""
    verdict: Objects = release.told("judgements", standard, "verdict")
    indicator = release.standards.get(standard, {}).get("indicator") or ""
    rests = release.told("values", indicator, "status") == Status.ASSUMED
    for word, assumed in ON_ASSUMED.items():
        verdict[rests & (verdict == word)] = assumed
    return verdict


def bands(release: Release, estimated: str) -> Objects:
    """``found`` where it is on record, else the band; ``none`` without an estimate."""
    found = release.told("estimates", estimated, "found")
    band = release.told("estimates", estimated, "band")
    words: Objects = np.where(band == None, NONE, band)  # noqa: E711 - each of them
    words[found == True] = FOUND  # noqa: E712 - each of them
    return words


def _verdict(release: Release, standard: str) -> Classed:
    words = verdicts(release, standard)
    indicator = release.standards.get(standard, {}).get("indicator")
    # where the value still counts for nothing, its age is the reason
    old = _old(release, indicator) & (words == Verdict.UNKNOWN)
    return _by_words(release, words, _VERDICTS, UNKNOWN, old)


def _status(release: Release, indicator: str) -> Classed:
    status = release.told("values", indicator, "status")
    return _by_words(release, status, _STATUSES, UNKNOWN, _old(release, indicator))


def _value(release: Release, indicator: str) -> Classed:
    value, status = (
        release.told("values", indicator, column) for column in ("value", "status")
    )
    limits = release.indicators[indicator].get("classes") or []
    return _by_limits(release, value, limits, _old(release, indicator), status)


def _estimate(release: Release, estimated: str) -> Classed:
    limits, never = _limits_of_estimate(release, estimated), _never(release)
    if limits is None:
        return _by_words(release, bands(release, estimated), _BANDS, NONE, never)
    value = release.told("estimates", estimated, "estimate")
    return _by_limits(release, value, limits, never)


def _score(release: Release, group: str) -> Classed:
    value = release.told("scores", group, "score")
    return _by_limits(release, value, LIMITS["gap"], _never(release))


def _people(release: Release, _: str) -> Classed:
    people = release.numbers("population")
    return _by_limits(release, people, LIMITS[PEOPLE], _never(release))


_MADE: dict[str, Callable[[Release, str], Classed]] = {
    "verdict": _verdict,
    "score": _score,
    "status": _status,
    "value": _value,
    "estimate": _estimate,
    PEOPLE: _people,
}


def _never(release: Release) -> Bools:
    return np.zeros(release.count, bool)


def _old(release: Release, indicator: str | None) -> Bools:
    """Tell where the value of an indicator is out of date."""
    window = release.indicator(indicator).get("freshness_years")
    if window is None:
        return _never(release)
    oldest = oldest_fresh_day(date.fromisoformat(release.on), window)
    day: Floats = release.told("values", indicator or "", "date")
    return day < oldest.toordinal() - _EPOCH


def _limits_of_estimate(release: Release, estimated: str) -> list[float] | None:
    """Return the limits of estimated values; None of a probability."""
    models: list[Entry] = release.manifest.get("estimates", {}).get("models", [])
    model = next((one for one in models if one["indicator"] == estimated), None)
    if model is None or model.get("bands"):
        return None
    limits = (release.indicator(one).get("classes") for one in model["beside"])
    return next((one for one in limits if one), [])


def _by_limits(
    release: Release,
    value: Floats,
    limits: Sequence[float],
    old: Bools,
    status: Objects | None = None,
) -> Classed:
    """Class numbers by limits; what has no number by its status."""
    numbers = tuple(str(number) for number in range(len(limits) + 1))
    words: Objects = np.full(len(value), UNKNOWN, dtype=object)
    if status is not None:
        missing = np.isin(status.astype(str), WITHOUT_VALUE)
        words[missing] = status[missing]
    known = ~np.isnan(value)
    place = np.searchsorted(np.array(limits, float), value[known], side="right")
    words[known] = np.array(numbers, object)[place]
    return _coded(release, words, numbers, WITHOUT_VALUE, old)


def _by_words(
    release: Release, words: Objects, may_be: tuple[str, ...], missing: str, old: Bools
) -> Classed:
    given: Objects = np.where(words == None, missing, words)  # noqa: E711 - each of them
    return _coded(release, given, (), may_be, old)


def _coded(
    release: Release,
    words: Objects,
    always: tuple[str, ...],
    may_be: tuple[str, ...],
    old: Bools,
) -> Classed:
    there = set(words[release.listed])
    classes = (*always, *(word for word in may_be if word in there))
    number = {word: place for place, word in enumerate(classes)}
    code = np.fromiter((number.get(word, -1) for word in words), np.int64, len(words))
    code[~release.listed] = -1
    return Classed(classes, code, old & release.listed)
