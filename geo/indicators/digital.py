"""Mobile and fixed connectivity.

Crowd-sourced cells are evidence of service; the absence of a cell is no evidence,
never "no service".
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown
from geo.layers.geodesy import nearest, within
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
    near = _evidence(measuring)
    if nets is not None:
        near = near[near["net"].isin(list(nets))]
    best = near.groupby("settlement_id")["generation"].max()
    top = near[near["generation"] == near["settlement_id"].map(best)]
    return _found(measuring, best.astype(float), top)


def cellular_service(measuring: Measuring) -> pd.DataFrame:
    """Return 1 where any cell lies within the cell radius; nothing elsewhere."""
    near = _evidence(measuring)
    any_cell = near.groupby("settlement_id")["generation"].size().clip(upper=1)
    table = _found(measuring, any_cell.astype(float), near)
    known = table["status"] != Status.UNKNOWN
    table["high"] = table["value"].where(known)
    declared = observed(measuring.layers.observations, "digital.cellular_service")
    return fill(table, declared)


def fixed_broadband(measuring: Measuring) -> pd.DataFrame:
    """Return 1 or 0 as the operator states it: fixed broadband can be provided."""
    rows = measuring.layers.fixed
    table = unknown(measuring.layers.settlements.index)
    if rows.empty:
        return table
    rows = rows.sort_values(["settlement_id", "date"], kind="stable")
    offered = rows["available"].eq("yes").astype(float)
    # several operators: one that offers it is enough
    rows = rows.assign(value=offered).sort_values(
        ["settlement_id", "value", "date"], kind="stable"
    )
    last = rows.drop_duplicates("settlement_id", keep="last").set_index("settlement_id")
    stated = pd.DataFrame(
        {
            "value": last["value"],
            "low": last["value"],
            "high": last["value"],
            "status": Status.DECLARED.value,
            "method": "operator's list",
            "source": last["_source"],
            "supplier": last["operator"],
            "date": last["date"],
        }
    )
    return fill(table, stated)


def mobile_mbps(measuring: Measuring) -> pd.DataFrame:
    """Return mean mobile download speed in Mbit/s where it was measured."""
    return fill(
        unknown(measuring.layers.settlements.index),
        observed(measuring.layers.observations, "digital.mobile_mbps"),
    )


def _evidence(measuring: Measuring) -> pd.DataFrame:
    """Return the newest observation per settlement, net and generation in reach."""
    cells, settlements = measuring.layers.cells, measuring.layers.settlements
    pairs = within(
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
        (cells["lon"].to_numpy(float), cells["lat"].to_numpy(float)),
        measuring.country.parameters.cell_radius_km,
    )
    target = pairs["target"].to_numpy()
    near = pd.DataFrame(
        {
            "settlement_id": settlements["id"].to_numpy()[pairs["origin"]],
            "net": cells["net"].to_numpy()[target],
            "generation": cells["generation"].to_numpy(dtype=np.int64)[target],
            "date": cells["updated"].to_numpy()[target],
            "source": cells["_source"].to_numpy()[target],
        }
    )
    grouped = near.groupby(["settlement_id", "net", "generation"], as_index=False)
    return grouped.agg(date=("date", "max"), source=("source", "first"))


def _found(measuring: Measuring, value: pd.Series, cells: pd.DataFrame) -> pd.DataFrame:
    settlements = measuring.layers.settlements
    newest = cells.groupby("settlement_id")["date"].max()
    source = cells.groupby("settlement_id")["source"].first()
    found = pd.DataFrame(
        {
            "value": value,
            "low": value,
            "status": Status.MODELLED.value,
            "method": "crowd-sourced cells within radius",
            "source": source.reindex(value.index),
            "date": newest.reindex(value.index),
        }
    )
    return fill(unknown(settlements.index), found)
