"""When things are known: no statement of a day to come, none without a day.

A slip of the hand such as 2062 for 2026 would win over every later word and never grow
old. Readers do not know the day; here it is known, and nothing is joined yet.
"""

from dataclasses import replace
from datetime import date

import pandas as pd

from geo.layers.inputs import Inputs
from geo.layers.references import written
from geo.sources.result import REJECTED_COLUMNS

#: what somebody states of a day
_STATED = ("observations", "unit_observations", "fixed")


def known_by(inputs: Inputs, on: date) -> Inputs:
    """Return the inputs without what is dated after the day of the release.

    A statement of a later day is refused; one without a day takes that of its source
    (the day of the release, if the source is younger), for without one it would never
    grow old. What a list says of its own rows (when a cell
    was last seen, of which year a population is) may be younger than a release for an
    earlier day, as the list itself is, but not younger than both.

    Parameters
    ----------
    inputs
        Canonical tables of all feeds.
    on
        Day of the release.
    """
    tables, refused = dict(inputs.tables), [inputs.rejected]
    day = pd.Timestamp(on)
    reason = f"a day after {on.isoformat()}, the day of the release"
    for layer in _STATED:
        late = tables[layer]["date"] > day
        refused.append(_refused(tables[layer][late], layer, "date", reason))
        kept = tables[layer][~late].reset_index(drop=True)
        listed = _listed(kept)
        dated = kept["date"].fillna(listed.mask(listed > day, day))
        tables[layer] = kept.assign(date=dated.astype("datetime64[s]"))
    cells = tables["cells"]
    late = cells["updated"] > _latest(cells, day)
    reason = "seen after the day of its list and of the release"
    refused.append(_refused(cells[late], "cells", "updated", reason))
    tables["cells"] = cells[~late].reset_index(drop=True)
    places = tables["places"]
    late = (places["population_year"] > _latest(places, day).dt.year).fillna(
        value=False
    )
    reason = "a year after its list and the release (population left empty, row kept)"
    refused.append(_refused(places[late], "places", "population_year", reason))
    tables["places"] = places.assign(
        population=places["population"].mask(late),
        population_year=places["population_year"].mask(late),
    )
    rejected = pd.concat([part for part in refused if len(part)] or refused[:1])
    return replace(inputs, tables=tables, rejected=rejected.reset_index(drop=True))


def _listed(table: pd.DataFrame) -> pd.Series:
    """Return the day of each row's list."""
    return pd.to_datetime(table["_date"].replace("", None)).astype("datetime64[s]")


def _latest(table: pd.DataFrame, on: pd.Timestamp) -> pd.Series:
    """Return the day of each row's list, or of the release where that is later."""
    listed = _listed(table)
    return listed.where(listed > on, on)


def _refused(rows: pd.DataFrame, layer: str, column: str, reason: str) -> pd.DataFrame:
    file, row = written(rows, layer)
    return pd.DataFrame(
        {
            "source": rows["_source"],
            "file": file,
            "row": row,
            "field": column,
            "value": [str(value).removesuffix(" 00:00:00") for value in rows[column]],
            "reason": reason,
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")
