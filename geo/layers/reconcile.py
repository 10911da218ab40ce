"""Reconciliation: do the settlements of a raion add up to the official count."""

import pandas as pd

from geo.layers.census import LOST, raion_of_rows
from geo.layers.counted import counted

_PEOPLE = ("census_population", "census_population_unmatched")
_NOTE = "census places without a point of their own are not on the map"


def reconcile(
    settlements: pd.DataFrame, census: pd.DataFrame, areas: pd.DataFrame
) -> pd.DataFrame:
    """Return the release table ``reconciliation``, one row per raion-level area.

    Parameters
    ----------
    settlements, census, areas
        Release tables; who is counted, see :mod:`geo.layers.counted`.

    Returns
    -------
    DataFrame
        ``difference`` is people on the map less the official count: mostly the
        census places that have no point.
    """
    own = settlements[counted(settlements)]
    units = areas[areas["level"] == "raion"].set_index("id")
    by_raion = own.groupby("raion_id")
    raion = raion_of_rows(census, settlements, areas)
    lost = census[census["outcome"].isin(LOST)]
    table = pd.DataFrame(index=units.index)
    table["settlements"] = by_raion.size()
    table["settlements_with_census"] = by_raion["population_census"].count()
    unknown = own[own["population_census"].isna()]
    table["settlements_unknown"] = unknown.groupby("raion_id").size()
    table["census_rows"] = census.groupby(raion).size()
    table["census_rows_unmatched"] = lost.groupby(raion.reindex(lost.index)).size()
    table["census_population"] = census.groupby(raion)["population"].sum()
    table["census_population_unmatched"] = lost.groupby(raion.reindex(lost.index))[
        "population"
    ].sum()
    counts = [str(name) for name in table if name not in _PEOPLE]
    table[counts] = table[counts].fillna(0).astype("int64")
    table["model_population"] = by_raion["population"].sum(min_count=1).round(0)
    official = units["population_official"].astype("Float64").astype("float64")
    table["official_population"] = official
    table["official_year"] = units["population_official_year"]
    table["difference"] = table["model_population"] - official
    note = pd.Series(_NOTE, index=table.index, dtype="str")
    table["note"] = note.where(table["census_rows_unmatched"] > 0)
    return table.rename_axis("area_id").reset_index()
