"""What the map draws of all settlements at once: one column, in the order of the tiles.

A reading has one entry for each number of a feature, small and quickly sent.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np

from api.errors import ParameterError
from api.query import known
from api.store import Store
from geo.release.columns import Floats, Objects
from geo.reports.classed import PEOPLE, bands, readings, verdicts

#: Values are whole from here on, and have one decimal below: fewer distinct numbers.
WHOLE_FROM = 10
#: Decimals of a mean gap, and of a probability.
GAP_DIGITS = 3
SHARE_DIGITS = 2
_EPOCH = date(1970, 1, 1)
EXACT, LEAST, MOST = range(3)
#: What has one entry per settlement.
_LONG = ("coded", "values", "bound", "day")

Reading = dict[str, Any]


def reading(store: Store, of: str) -> Reading:
    """Return one reading of all settlements.

    Parameters
    ----------
    store
        The release.
    of
        ``verdict:<standard>``, ``score:<group>``, ``status:<indicator>``,
        ``value:<indicator>``, ``estimate:<what is estimated>`` or ``people``.

    Returns
    -------
    dict
        ``words`` and ``coded`` (numbers of words) where it is said in words, ``values``
        where in numbers; of a value also ``bound`` (0: it is the value, 1: there may be
        more, 2: or less), ``days`` and ``day`` (number of its day). Null where nothing
        is known.

    Raises
    ------
    ParameterError
        If the release has no such reading; names those that are like it.
    """
    check(store, of)
    kind, _, name = of.partition(":")
    return _in_order(store, _MADE[kind](store, name), _LONG)


def check(store: Store, of: str) -> None:
    """Check that the release has a reading.

    Raises
    ------
    ParameterError
        If it has not; names those that are like it.
    """
    every = [
        f"{kind}:{one}" if one else kind
        for kind, names in readings(store).items()
        for one in names
    ]
    if of not in every:
        raise ParameterError("of", of, known(every, of))


def places(store: Store, language: str | None) -> dict[str, Any]:
    """Return ids, names and raions of the settlements, in the order of the readings.

    Parameters
    ----------
    store
        The release.
    language
        Of the names; where a settlement has none in it, its first one.
    """
    names = store.column("name")
    if language in store.languages:
        own = store.column(f"name_{language}")
        names = np.where(own == None, names, own)  # noqa: E711 - each of them
    raions = _coded(store.column("raion_id"))
    listed = {
        "ids": store.column("id").tolist(),
        "names": names.tolist(),
        "raions": raions["words"],
        "raion": raions["coded"],
    }
    return _in_order(store, listed, ("ids", "names", "raion"))


def _verdict(store: Store, standard: str) -> Reading:
    return _coded(verdicts(store, standard))


def _score(store: Store, group: str) -> Reading:
    score = store.told("scores", group, "score")
    return {"values": numbers(np.round(score, GAP_DIGITS))}


def _people(store: Store, _: str) -> Reading:
    return {"values": numbers(np.round(store.numbers("population")))}


def _status(store: Store, indicator: str) -> Reading:
    return _coded(store.told("values", indicator, "status"))


def _value(store: Store, indicator: str) -> Reading:
    value, low, high, day, status = (
        store.told("values", indicator, column)
        for column in ("value", "low", "high", "date", "status")
    )
    rounded = np.where(value < WHOLE_FROM, np.round(value, 1), np.round(value))
    bound = np.select(
        [(low == value) & np.isnan(high), (high == value) & np.isnan(low)],
        [LEAST, MOST],
        EXACT,
    )
    distinct, number = np.unique(day[~np.isnan(day)], return_inverse=True)
    numbered = np.full(len(day), np.nan)
    numbered[~np.isnan(day)] = number
    return {
        **_coded(status),
        "values": numbers(rounded),
        "bound": bound.tolist(),
        "days": [(_EPOCH + timedelta(one)).isoformat() for one in distinct.tolist()],
        "day": numbers(numbered),
    }


def _estimate(store: Store, estimated: str) -> Reading:
    values = np.round(store.told("estimates", estimated, "estimate"), SHARE_DIGITS)
    return {**_coded(bands(store, estimated)), "values": numbers(values)}


_MADE: dict[str, Callable[[Store, str], Reading]] = {
    "verdict": _verdict,
    "score": _score,
    "status": _status,
    "value": _value,
    "estimate": _estimate,
    PEOPLE: _people,
}


def _in_order(store: Store, told: Reading, long: tuple[str, ...]) -> Reading:
    """Bring what has one entry per settlement into the order of the tiles' numbers."""
    rows = store.numbered.tolist()
    return told | {
        name: [told[name][row] for row in rows] for name in long if name in told
    }


def _coded(words: Objects) -> Reading:
    """Return the distinct words and, for each place, the number of its own."""
    distinct = sorted({word for word in words if word is not None})
    number = {word: place for place, word in enumerate(distinct)}
    return {"words": distinct, "coded": [number.get(word) for word in words]}


def numbers(values: Floats) -> list[float | int | None]:
    """Return numbers as short as JSON has them; null where there is none."""
    return [
        None if one != one else int(one) if one == int(one) else one  # noqa: PLR0124
        for one in values.tolist()
    ]
