"""What the map draws of all settlements at once: one column, in the order of the tiles.

The features of the settlement tiles are numbered by their place in the table of
settlements; a reading has one entry for each place, small and quickly sent.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from api.errors import ParameterError
from api.query import known
from api.store import Store
from geo.release.columns import Floats, Objects, days, floats, objects, take
from geo.types import Status, Verdict

#: Values are whole from here on, and have one decimal below: fewer distinct numbers.
WHOLE_FROM = 10
#: Decimals of a mean gap, and of a probability.
GAP_DIGITS = 3
SHARE_DIGITS = 2
_EPOCH = date(1970, 1, 1)
EXACT, LEAST, MOST = range(3)
_ON_VALUES = (Verdict.KEPT, Verdict.BREACHED)

Reading = dict[str, Any]


def reading(store: Store, of: str) -> Reading:
    """Return one reading of all settlements.

    Parameters
    ----------
    store
        The release.
    of
        ``verdict:<standard>``, ``score:<group>``, ``status:<indicator>``,
        ``value:<indicator>`` or ``estimate:<what is estimated>``.

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
    kind, _, name = of.partition(":")
    made = _KINDS.get(kind)
    if made is None or name not in made[0](store):
        every = [
            f"{kind}:{one}"
            for kind, (names, _) in _KINDS.items()
            for one in names(store)
        ]
        raise ParameterError("of", of, known(every, of))
    return made[1](store, name)


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
    return {
        "ids": store.column("id").tolist(),
        "names": names.tolist(),
        "raions": raions["words"],
        "raion": raions["coded"],
    }


def _verdict(store: Store, standard: str) -> Reading:
    """Return verdicts; on assumed values, before version 7, in words of their own."""
    verdict = store.judged[standard].verdict
    status = _of_values(store, store.standards[standard]["indicator"], "status")
    rests = (status == Status.ASSUMED) & np.isin(verdict.astype(str), _ON_VALUES)
    return _coded(np.where(rests, verdict + f":{Status.ASSUMED}", verdict))


def _score(store: Store, group: str) -> Reading:
    return {"values": _numbers(np.round(store.scored[group].score, GAP_DIGITS))}


def _status(store: Store, indicator: str) -> Reading:
    return _coded(_of_values(store, indicator, "status"))


def _value(store: Store, indicator: str) -> Reading:
    value, low, high = (
        _of_values(store, indicator, name) for name in ("value", "low", "high")
    )
    rounded = np.where(value < WHOLE_FROM, np.round(value, 1), np.round(value))
    bound = np.select(
        [(low == value) & np.isnan(high), (high == value) & np.isnan(low)],
        [LEAST, MOST],
        EXACT,
    )
    day = _of_values(store, indicator, "date")
    distinct, number = np.unique(day[~np.isnan(day)], return_inverse=True)
    numbered = np.full(len(day), np.nan)
    numbered[~np.isnan(day)] = number
    return {
        **_coded(_of_values(store, indicator, "status")),
        "values": _numbers(rounded),
        "bound": bound.tolist(),
        "days": [(_EPOCH + timedelta(one)).isoformat() for one in distinct.tolist()],
        "day": _numbers(numbered),
    }


def _estimate(store: Store, indicator: str) -> Reading:
    """``found`` where it is on record, else the band; ``none`` without an estimate."""
    rows = store.index("estimates", "indicator").rows(indicator)
    table = take(store.table("estimates"), rows)
    at = store.places(table)
    words: Objects = np.full(store.count, None, dtype=object)
    band, found = objects(table, "band"), objects(table, "found")
    words[at] = np.where(found == True, "found", np.where(band == None, "none", band))  # noqa: E711, E712 - each of them
    values: Floats = np.full(store.count, np.nan)
    values[at] = np.round(floats(table, "estimate"), SHARE_DIGITS)
    return {**_coded(words), "values": _numbers(values)}


def _estimated(store: Store) -> Sequence[str]:
    return list(store.index("estimates", "indicator").codes)


#: Kind of a reading -> which there are, and how one is made.
_KINDS: dict[
    str, tuple[Callable[[Store], Sequence[str]], Callable[[Store, str], Reading]]
] = {
    "verdict": (lambda store: list(store.judged), _verdict),
    "score": (lambda store: list(store.scored), _score),
    "status": (lambda store: list(store.indicators), _status),
    "value": (lambda store: list(store.indicators), _value),
    "estimate": (_estimated, _estimate),
}


def _of_values(store: Store, indicator: str, name: str) -> Any:
    """Return a column of the values of an indicator, one place per settlement."""
    rows = store.index("values", "indicator").rows(indicator)
    table = store.table("values", ["settlement_id", name])
    at = store.places(table)[rows]
    if name == "status":
        words: Objects = np.full(store.count, None, dtype=object)
        words[at] = objects(table, name)[rows]
        return words
    column = (days if name == "date" else floats)(table, name)
    laid: Floats = np.full(store.count, np.nan)
    laid[at] = column[rows]
    return laid


def _coded(words: Objects) -> Reading:
    """Return the distinct words and, for each place, the number of its own."""
    distinct = sorted({word for word in words if word is not None})
    number = {word: place for place, word in enumerate(distinct)}
    return {"words": distinct, "coded": [number.get(word) for word in words]}


def _numbers(values: Floats) -> list[float | int | None]:
    """Return numbers as short as JSON has them; null where there is none."""
    return [
        None if one != one else int(one) if one == int(one) else one  # noqa: PLR0124
        for one in values.tolist()
    ]
