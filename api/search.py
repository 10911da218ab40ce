"""Settlements by name: part of it in any language, and what is nearly it."""

import difflib

import numpy as np

from api.errors import ParameterError
from api.store import Store
from api.text import fold_place
from geo.release.columns import Floats, Positions

#: How many letters more or less a slip may have.
_LETTERS = 2
_ALIKE = 0.7
_SLIPS_SHOWN = 20


def named(store: Store, rows: Positions, name: str, *, slips: bool) -> Positions:
    """Return those of the rows that bear the name, the likeliest first.

    Parameters
    ----------
    store, rows
        Release, and the places of the settlements to look among.
    name
        Part of a name; a word for the kind of place before it does not count.
    slips
        Where no name holds it, take the names that are most like it.

    Raises
    ------
    ParameterError
        If no letter is left of the name.
    """
    sought = fold_place(name)
    if not sought:
        raise ParameterError("name", name, "a part of a name")
    starts, holds = [], []
    for row in rows.tolist():
        names = store.names_folded[row]
        if f"\n{sought}" in names:
            starts.append(row)
        elif sought in names:
            holds.append(row)
    if slips and not starts and not holds:
        return _alike(store, rows, sought)
    return np.concatenate([_larger_first(store, part) for part in (starts, holds)])


def _alike(store: Store, rows: Positions, sought: str) -> Positions:
    """Return the rows whose names differ by a slip or two, the most alike first."""
    bearers: dict[str, list[int]] = {}
    for row in rows.tolist():
        for name in store.names_folded[row].split("\n"):
            if abs(len(name) - len(sought)) <= _LETTERS:
                bearers.setdefault(name, []).append(row)
    found = difflib.get_close_matches(sought, bearers, n=_SLIPS_SHOWN, cutoff=_ALIKE)
    likeness: dict[int, float] = {}
    for name in found:
        ratio = difflib.SequenceMatcher(None, name, sought).ratio()
        for row in bearers[name]:
            likeness.setdefault(row, ratio)
    ranked = _larger_first(store, [*likeness])
    ratios = np.array([likeness[row] for row in ranked.tolist()])
    return ranked[np.argsort(-ratios, kind="stable")]


def _larger_first(store: Store, rows: list[int]) -> Positions:
    """Return rows by people: among equals the larger place is the likelier meant."""
    here = np.array(rows, dtype=np.int64)
    people: Floats = store.numbers("population")[here]
    return here[np.argsort(-people, kind="stable")]
