"""Columns whose words come from a fixed vocabulary: a strange word is never ignored."""

from collections.abc import Iterable

import pandas as pd

from geo.sources.readers.fields import NO, YES, refuse, refuse_each
from geo.sources.result import Rejections
from geo.sources.vocabulary import strange_word
from geo.types import Tristate


def worded(
    table: pd.DataFrame,
    column: str,
    known: Iterable[str],
    refused: Rejections,
    *,
    what: str = "word",
    drop: bool = True,
) -> pd.DataFrame:
    """Return the rows whose word is known, in the spelling of the vocabulary.

    Parameters
    ----------
    table
        Has the text column and ``_row``.
    column
        Case does not count. An empty cell is left as it is.
    known
        The vocabulary.
    refused
        Takes the rest, with what may be meant.
    what
        What each word is, in the singular.
    drop
        True: the whole row goes; False: only the field becomes NA.
    """
    words = {word.casefold(): word for word in known}
    written = table[column].astype("str")
    meant = written.str.casefold().map(words).astype("str")
    strange = written.notna() & meant.isna()
    rest = "" if drop else " (field left empty, row kept)"
    reasons = written.where(strange).map(
        {
            word: strange_word(str(word), words.values(), what=what) + rest
            for word in written[strange].unique()
        }
    )
    refuse_each(refused, table, reasons, field=column)
    out = table.assign(**{column: meant})
    return out[~strange] if drop else out


def tristates(table: pd.DataFrame, column: str, refused: Rejections) -> pd.DataFrame:
    """Turn a column into yes, no and unknown; any other word is left empty."""
    meant = (
        dict.fromkeys(YES, Tristate.YES.value)
        | dict.fromkeys(NO, Tristate.NO.value)
        | {Tristate.UNKNOWN.value: Tristate.UNKNOWN.value}
    )
    folded = table[column].astype("str").str.casefold()
    answers = folded.map(meant).astype("str")
    strange = folded.notna() & answers.isna()
    reason = "must be yes, no or unknown (field left empty, row kept)"
    refuse(refused, table[strange], field=column, reason=reason)
    return table.assign(**{column: answers})
