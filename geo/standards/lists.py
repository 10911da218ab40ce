"""The two lists of norms side by side: the national one and that of the oblast."""

from datetime import date
from typing import Any

import numpy as np

from geo.standards.classes import Classes
from geo.standards.grid import Bools
from geo.standards.model import Standard
from geo.standards.possible import Possible, possibilities


def lists(
    standard: Standard,
    classes: Classes,
    both: Possible,
    none: Bools,
    on: date,
) -> dict[str, Any]:
    """Return the certain limit of the national list and of the oblasts' lists.

    Each list alone, as if the other did not exist: the two columns of the table that
    raions publish. Null where no row of the list certainly applies, and where the
    verdict is that there is no norm (``none``).
    """
    out = {}
    there = {row.list for row in (*both.rows, *both.unread)}
    for name in ("national", "oblast"):
        if all(norm.list != name for norm in both.rows):
            out[f"norm_{name}"] = np.full(len(none), np.nan)
            continue
        own = {
            "norms": tuple(norm for norm in standard.norms if norm.list == name),
            "unread": tuple(row for row in standard.unread if row.list == name),
        }
        alone = standard.model_copy(update=own)
        possible = both if there == {name} else possibilities(alone, classes, on)
        group = possible.group
        row = np.where(
            possible.waiting[group], possible.waiting_row[group], possible.row[group]
        )
        limits = np.array([norm.value for norm in possible.rows])
        certain = (row >= 0) & ~none
        out[f"norm_{name}"] = np.where(certain, limits[row], np.nan)
    return out
