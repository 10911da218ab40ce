"""Whom a row of a norm may bind: what the judge recorded, laid on the grid."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.release.columns import mapped, numbers
from geo.reports.diff.grid import Bools, Grid, Side


def may_bind(pair: Grid, side: Side, standard: str, row: str) -> tuple[Bools, Bools]:
    """Return per settlement whether its possible rows are recorded, and hold this one.

    A release of schema version 4 records none.

    Parameters
    ----------
    pair, side
        The grid, and the release that is asked.
    standard, row
        Ids of the standard and of its row.
    """
    columns = ("settlement_id", "standard", "norms_possible")
    judged = side.release.table("judgements", columns)
    mine = mapped(judged["standard"], standard.__eq__, 0) == 1
    lists = judged["norms_possible"].combine_chunks()
    recorded = numbers(_column(lists.is_valid())) == 1
    named = mapped(_column(pc.list_flatten(lists)), row.__eq__, 0) == 1
    parents = numbers(_column(pc.list_parent_indices(lists))).astype(np.int64)
    holds = np.zeros(judged.num_rows, bool)
    holds[parents[named]] = True
    places = {id_: place for place, id_ in enumerate(pair.ids)}
    spot = mapped(judged["settlement_id"], places.__getitem__, -1)
    out = np.zeros((2, len(pair.ids)), bool)
    out[0, spot[mine & recorded]] = True
    out[1, spot[mine & holds]] = True
    return out[0], out[1]


def _column(array: pa.Array) -> pa.ChunkedArray:
    return pa.chunked_array([array])
