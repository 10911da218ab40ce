"""Mobile and fixed connectivity.

Crowd-sourced cells are evidence of service; the absence of a cell is no evidence,
never "no service". How far a cell is taken to reach is a convention of ours, so what is
said by it is ``assumed`` and carries no verdict.
"""

from collections.abc import Sequence

import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, unknown
from geo.layers.geodesy import nearest
from geo.types import Status


def cell_km(measuring: Measuring) -> pd.DataFrame:
    """Return geodesic km to the nearest cell of any operator (an upper bound)."""
    cells, settlements = measuring.layers.cells, measuring.layers.settlements
    table = unknown(settlements.index)
    if cells.empty:
        return table
    target, km = nearest(
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
        (cells["lon"].to_numpy(float), cells["lat"].to_numpy(float)),
    )
    table["value"] = km
    table["high"] = km
    table["status"] = Status.MODELLED.value
    table["method"] = "nearest crowd-sourced cell"
    table["source"] = cells["_source"].to_numpy()[target]
    table["date"] = cells["updated"].to_numpy()[target]
    table["origin"] = cells["cell_id"].to_numpy(object)[target]
    return table


def best_generation(
    measuring: Measuring, nets: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the best generation (2 … 5) with evidence within the cell radius.

    Parameters
    ----------
    nets
        Network codes to look at; all by default. A wholesale network that an
        operator's customers use counts for that operator.

    Returns
    -------
    DataFrame
        ``high`` is null: a better generation may be there without evidence. ``date``
        is the newest observation of a cell of the best generation in reach.
    """
    near = measuring.cells_in_reach
    if nets is not None:
        near = near[near["net"].isin(list(nets))]
    best = near.sort_values(["settlement_id", "generation", "date"], kind="stable")
    best = best.drop_duplicates("settlement_id", keep="last")
    return _found(measuring, best.assign(value=best["generation"].astype(float)))


def cellular_service(measuring: Measuring) -> pd.DataFrame:
    """Return 1 where any cell lies within the cell radius; nothing elsewhere.

    An assumption: what an operator declares of the place, or somebody measured there,
    takes its place.
    """
    near = measuring.cells_in_reach.sort_values(
        ["settlement_id", "date"], kind="stable"
    )
    newest = near.drop_duplicates("settlement_id", keep="last")
    table = _found(measuring, newest.assign(value=1.0))
    table["high"] = table["value"]
    return table


def _found(measuring: Measuring, cells: pd.DataFrame) -> pd.DataFrame:
    """Return a table with one cell of evidence per settlement; an assumption."""
    rows = cells.set_index("settlement_id")
    found = pd.DataFrame(
        {
            "value": rows["value"],
            "low": rows["value"],
            "status": Status.ASSUMED.value,
            "method": "crowd-sourced cells within radius",
            "source": rows["source"],
            "date": rows["date"],
            "origin": rows["cell_id"],
        }
    )
    return fill(unknown(measuring.layers.settlements.index), found)
