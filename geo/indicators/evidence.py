"""Which crowd-sourced cells lie in reach of which settlement."""

import numpy as np
import pandas as pd

from geo.layers.geodesy import within
from geo.layers.model import Layers


def cell_evidence(layers: Layers, radius_km: float) -> pd.DataFrame:
    """Return the newest cell per settlement, network and generation in reach.

    Parameters
    ----------
    layers
        Settlements and cells.
    radius_km
        Geodesic.

    Returns
    -------
    DataFrame
        ``settlement_id``, ``net``, ``generation``, ``date``, ``source`` and ``cell_id``
        of the cell that was last updated (the first of equals), sorted by settlement.
    """
    cells, settlements = layers.cells, layers.settlements
    origin, target = within(
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
        (cells["lon"].to_numpy(float), cells["lat"].to_numpy(float)),
        radius_km,
    )
    classes = cells.groupby(["net", "generation"], sort=True).ngroup().to_numpy()
    # rank of a cell by age: an undated one is the oldest, of equals the first is newest
    age = cells["updated"].to_numpy().astype("datetime64[s]").astype(np.int64)
    by_age = np.lexsort((-np.arange(len(cells)), age))
    rank = np.empty(len(cells), dtype=np.int64)
    rank[by_age] = np.arange(len(cells))
    width = int(classes.max(initial=0)) + 1
    newest = np.full(len(settlements) * width, -1, dtype=np.int64)
    np.maximum.at(newest, origin * width + classes[target], rank[target])
    spots = np.flatnonzero(newest >= 0)
    chosen = by_age[newest[spots]]
    return pd.DataFrame(
        {
            "settlement_id": settlements["id"].to_numpy()[spots // width],
            "net": cells["net"].to_numpy()[chosen],
            "generation": cells["generation"].to_numpy(dtype=np.int64)[chosen],
            "date": cells["updated"].to_numpy()[chosen],
            "source": cells["_source"].to_numpy()[chosen],
            "cell_id": cells["cell_id"].to_numpy(object)[chosen],
        }
    )
