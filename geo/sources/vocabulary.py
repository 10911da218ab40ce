"""A word that is none of those known: why it is refused, and what may be meant."""

from collections.abc import Iterable
from difflib import get_close_matches

#: so many words are listed whole
_FEW = 10
_NEAREST = 3


def strange_word(word: str, known: Iterable[str], *, what: str) -> str:
    """Return the reason to refuse a word.

    Parameters
    ----------
    word
        As it was written.
    known
        All words there are, in an order of their own; a few are listed, of many the
        nearest three.
    what
        What each of them is, in the singular.

    Examples
    --------
    >>> strange_word("shpo", ["shop", "mast"], what="kind")
    'must be one of shop, mast'
    """
    words = list(known)
    if len(words) <= _FEW:
        return f"must be one of {', '.join(words)}" if words else f"there is no {what}"
    return f"no {what} is called so; the nearest are {', '.join(nearest(word, words))}"


def nearest(word: str, known: Iterable[str], *, alike: float = 0.0) -> list[str]:
    """Return the three known words that are most like ``word``, the nearest first.

    ``alike``: how like they must be, 0 (not at all) … 1 (the same).
    """
    folded = {one.casefold(): one for one in sorted(known, reverse=True)}
    close = get_close_matches(word.casefold(), folded, n=_NEAREST, cutoff=alike)
    return [folded[key] for key in close]
