"""The canonical tables of all feeds, stacked: what the layers are made from."""

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from geo.sources.feeding import Feeding
from geo.sources.result import BULK, CANONICAL, REJECTED_COLUMNS, canonical
from geo.sources.text import clean_text


@dataclass
class Inputs:
    """All canonical tables.

    Each row has ``_source``, ``_date`` and ``_supplier``, but for the layers of
    :data:`geo.sources.result.BULK`.
    """

    tables: dict[str, pd.DataFrame]
    rejected: pd.DataFrame

    def table(self, layer: str) -> pd.DataFrame:
        """Return one layer's rows; empty with the right columns if nothing feeds it."""
        return self.tables[layer]

    def fed(self, layer: str) -> bool:
        """Tell whether any source feeds this layer, even with no row."""
        return layer in self._fed

    _fed: frozenset[str] = frozenset()


def stack(feedings: Iterable[Feeding]) -> Inputs:
    """Stack the tables of all feeds, in the order of the declarations.

    Parameters
    ----------
    feedings
        Reader results; those of one layer are put under each other.
    """
    found: dict[str, list[pd.DataFrame]] = {layer: [] for layer in CANONICAL}
    rejected = [pd.DataFrame(columns=list(REJECTED_COLUMNS), dtype="str")]
    for feeding in feedings:
        rejected.append(feeding.result.rejected)
        for layer, table in feeding.result.tables.items():
            found[layer].append(_with_origin(layer, canonical(layer, table), feeding))
    tables = {
        layer: _stacked(layer, [part for part in parts if len(part)])
        for layer, parts in found.items()
    }
    return Inputs(
        tables,
        pd.concat(rejected, ignore_index=True),
        frozenset(layer for layer, parts in found.items() if parts),
    )


def _with_origin(layer: str, table: pd.DataFrame, feeding: Feeding) -> pd.DataFrame:
    if layer in BULK:
        return table
    return table.assign(
        _source=feeding.source,
        _date=feeding.date,
        _supplier=clean_text(feeding.supplier),
    )


def _stacked(layer: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    if parts:
        table = pd.concat(parts, ignore_index=True)
    else:
        table = canonical(layer, pd.DataFrame())
        if layer not in BULK:
            table = table.assign(
                _source=pd.Series(dtype="str"),
                _date=pd.Series(dtype="str"),
                _supplier=pd.Series(dtype="str"),
            )
    if layer == "areas" and "geometry" in table:
        return gpd.GeoDataFrame(table, geometry="geometry", crs="EPSG:4326")
    return table
