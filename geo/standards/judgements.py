"""The table of judgements, from what is said by each standard."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.schema import TABLES
from geo.standards.model import Standard
from geo.types import Verdict

VERDICTS = tuple(Verdict)
POSSIBLE = "norms_possible"
_COLUMNS = tuple(TABLES["judgements"].schema.names)
_REAL = tuple(
    field.name for field in TABLES["judgements"].schema if str(field.type) == "double"
)


def interleave(
    ids: pd.Index, standards: Sequence[Standard], columns: Sequence[dict[str, Any]]
) -> pd.DataFrame:
    """Put the columns of all standards side by side, settlement by settlement.

    Parameters
    ----------
    ids
        Settlements, sorted.
    standards, columns
        In the same order; each has one entry per settlement. A verdict is its number
        in :data:`VERDICTS`.
    """
    count, size = len(standards), len(ids)
    fixed = {
        "standard": [s.id for s in standards],
        "domain": [s.domain for s in standards],
        "force": [s.force.value for s in standards],
        "responsible": [next(iter(s.responsible.values())) for s in standards],
    }
    out: dict[str, Any] = {"settlement_id": ids.astype("str").repeat(count)}
    for name in _COLUMNS:
        if name in fixed:
            out[name] = _texts(np.tile(np.array(fixed[name], object), size))
        elif name != "settlement_id":
            parts = [column[name] for column in columns]
            joined = np.stack(parts, axis=1).ravel() if parts else np.empty(0)
            if name == POSSIBLE:
                out[name] = joined.astype(object)
            elif name in _REAL:
                out[name] = joined.astype(np.float64)
            elif name.startswith("verdict"):
                words = pd.array([str(verdict) for verdict in VERDICTS], dtype="str")
                out[name] = words.take(joined.astype(np.intp), allow_fill=True)
            elif name == "due":
                out[name] = joined.astype("datetime64[s]")
            else:
                out[name] = _texts(joined)
    return pd.DataFrame(out, columns=list(_COLUMNS)).reset_index(drop=True)


def _texts(words: NDArray[Any]) -> Any:
    """Return words as a text column, None as missing; distinct ones are converted."""
    codes, distinct = pd.factorize(words.astype(object))
    return pd.array(np.asarray(distinct, object), dtype="str").take(
        codes, allow_fill=True
    )
