"""What registers say of listed places: names, selsovets, centres, populations.

A row of a register has no point, it names a place by its id. The class is no matter of
this module: of that every word is kept (:mod:`geo.layers.class_statements`).
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from geo.layers.names import NAME_COLUMNS, best_likeness
from geo.layers.references import written
from geo.sources.result import REJECTED_COLUMNS

#: what a raion may say of a place that another source lists
_DECLARED = ("name_ru", "name_be", "selsovet_centre", "selsovet_name", "population")
#: of these a register fills what the lister leaves open; a population is newer
_FILLED = ("name_ru", "name_be", "selsovet_centre", "selsovet_name")
#: likeness below which the names of a register are those of another place
_ALIKE = 0.7


def refused_rows(
    rows: pd.DataFrame, field: str, value: pd.Series, reason: str
) -> pd.DataFrame:
    """Return rows of places as refused ones."""
    file, row = written(rows.drop(columns="origin"), "places")
    return pd.DataFrame(
        {
            "source": rows["_source"],
            "file": file,
            "row": row,
            "field": field,
            "value": value,
            "reason": reason,
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")


def merged(places: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Let a later register's known fields win over the lister's, place by place.

    A raion's own word holds before a register's, and that fills only what the lister
    leaves open. What it says otherwise is kept apart: a selsovet (``_selsovet_said``),
    which only places need that the census does not name, and a name (``_name_said``),
    by which the census may know the place. Names of a register are taken only where
    they are like one of the place's own: else another place is meant.

    Parameters
    ----------
    places
        Canonical table.

    Returns
    -------
    tuple
        The listed places, with ``_declared`` (who states the population, NA: the
        lister), ``_selsovet_declared``, ``_selsovet_said``, ``_selsovet_by`` (its
        source) and ``_name_said``; and the refused rows.
    """
    register = places["lon"].isna() & places["lat"].isna()
    listed = places[~register]
    twice = listed["place_id"].duplicated()
    base = listed[~twice].set_index("place_id")
    for column in NAME_COLUMNS:
        if column not in base:
            base[column] = pd.Series(pd.NA, index=base.index, dtype="str")
    base["_declared"] = pd.Series(None, index=base.index, dtype="str")
    base["_selsovet_declared"] = False
    said = places[register]
    strange = ~said["place_id"].isin(base.index)
    known = said[~strange]
    office = known["_supplier"].fillna("").ne("")
    namesakes = _namesakes(known[~office], base)
    compiled = known[~office].drop(index=namesakes.index)
    listed_so = base[[name for name in _FILLED if name in base]].copy()
    _overlay(base, compiled, _DECLARED)
    base["_selsovet_said"] = base["selsovet_name"]
    books = compiled[compiled["selsovet_name"].notna()]
    by = books.groupby("place_id")["_source"].last().reindex(base.index)
    base["_selsovet_by"] = by.fillna(base["_source"])
    base["_name_said"] = base["name_ru"]
    base[listed_so.columns] = listed_so.fillna(base[listed_so.columns])
    _overlay(base, known[office], _DECLARED)
    named = known.loc[office & known["selsovet_name"].notna(), "place_id"]
    base.loc[named.unique(), "_selsovet_declared"] = True
    refused = [
        refused_rows(
            listed[twice],
            "place_id",
            listed.loc[twice, "place_id"],
            "a feed before lists this id",
        ),
        refused_rows(
            said[strange],
            "place_id",
            said.loc[strange, "place_id"],
            "no feed lists a place of this id",
        ),
        refused_rows(
            namesakes,
            "name",
            namesakes["_named"],
            "the place of this id is called otherwise: another one is meant",
        ),
    ]
    return base.reset_index(), pd.concat(refused, ignore_index=True).drop_duplicates()


def _overlay(base: pd.DataFrame, rows: pd.DataFrame, columns: Sequence[str]) -> None:
    """Put the last known word of each field over the lister's."""
    latest = rows.groupby("place_id").last()
    for column in columns:
        if column in base and column in latest:
            said = latest[column].dropna()
            base.loc[said.index, column] = said
    counted = rows[rows["population"].notna()]
    counted = counted.drop_duplicates("place_id", keep="last").set_index("place_id")
    base.loc[counted.index, "population_year"] = counted["population_year"]
    base.loc[counted.index, "_declared"] = counted["_source"]


def _namesakes(rows: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose names are none of the place's own, with ``_named``."""
    names = [name for name in NAME_COLUMNS if name in rows]
    if not names:
        return rows.iloc[:0].assign(_named="")
    told = rows[rows[names].notna().any(axis=1)]
    own = [name for name in (*NAME_COLUMNS, "name_alias") if name in base]
    theirs = base.loc[told["place_id"], own].to_numpy(object)
    mine = told[names].to_numpy(object)
    other = [
        not _one_bears(place, row) for row, place in zip(mine, theirs, strict=True)
    ]
    named = told[pd.Series(other, told.index, dtype="bool")]
    return named.assign(_named=[_texts(row)[0] for row in named[names].to_numpy()])


def _texts(names: Iterable[object]) -> list[str]:
    return [name for name in names if isinstance(name, str)]


def _one_bears(place: Iterable[object], names: Iterable[object]) -> bool:
    """Tell whether one of the names is like one of a place's, or it has none."""
    own, said = _texts(place), _texts(names)
    if not own or set(own) & set(said):
        return True
    return max(best_likeness(own, name) for name in said) >= _ALIKE
