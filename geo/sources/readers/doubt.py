"""Rows that a list itself calls doubtful, by what stands in one of its columns."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

import pandas as pd

DOUBTFUL = "doubtful by its own words: …"


def fits(cells: pd.Series, patterns: Iterable[str]) -> pd.Series:
    """Tell which cells fit one of the patterns (``*`` for any text)."""
    listed = tuple(patterns)
    found = {
        cell: any(fnmatchcase(cell, one) for one in listed)
        for cell in cells.dropna().unique()
    }
    return cells.map(found).astype("boolean").fillna(value=False).astype(bool)


def doubt(table: pd.DataFrame, at: Any) -> pd.Series:
    """Return why rows are doubtful (:data:`DOUBTFUL`), NA where nothing says so.

    By the column ``match`` and the option ``doubtful`` of the feed.
    """
    cells = table["match"].astype("str")
    said = DOUBTFUL.removesuffix("…") + cells
    return said.where(fits(cells, at.options.doubtful)).astype("str")
