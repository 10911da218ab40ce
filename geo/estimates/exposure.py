"""Where somebody looked, and what was found.

Crowd-sourced records lie where phones were. An *exposure day* of a place is a day with
a record of other generations near it, while the generation in question was recorded
some way off on the same day: whoever was there could have recorded it. Nothing that was
recorded of that generation near the place is looked at, so whether somebody looked does
not hang on what was found.
"""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.spatial import KDTree

from geo.estimates.declared import Looked, Model
from geo.layers.geodesy import Floats, Indices, unit_vectors, within
from geo.layers.model import Layers
from geo.sources.country import Operator

Bools = NDArray[np.bool_]
_EARTH_KM = 6371.0088


def found(model: Model, layers: Layers, places: pd.DataFrame) -> Bools:
    """Return at which places what a model speaks of is on record, on whatever day."""
    targets = layers.cells
    if model.found.facility is not None:
        listed = layers.facilities
        targets = listed[listed["kind"].eq(model.found.facility) & listed["located"]]
    else:
        nets = _nets(model.operator, shared=True)
        targets = _of(targets, [model.found.generation or 0], nets)
    near, _ = within(_points(places), _points(targets), model.found.km)
    seen: Bools = np.bincount(near, minlength=len(places)) > 0
    return seen


def exposure_days(
    model: Model, looked: Looked, records: pd.DataFrame, places: pd.DataFrame
) -> Indices:
    """Return the number of exposure days of each place.

    Parameters
    ----------
    model
        What is looked for, and by whose customers.
    looked
        What counts as looking.
    records
        As :func:`records_of` returns them.
    places
        ``lon, lat``.
    """
    records = records[records["age"].between(0, looked.years - 1)]
    others = _of(records, looked.generations, _nets(model.operator, shared=False))
    sought = [model.found.generation or 0]
    away = _of(records, sought, _nets(model.operator, shared=True))
    near, which = within(_points(places), _points(others), looked.near_km)
    visits = pd.DataFrame(
        {"place": near, "day": others["day"].to_numpy()[which]}
    ).drop_duplicates(ignore_index=True)
    counts = _recorded_away(visits, places, away, looked.away_km)
    return np.bincount(visits["place"].to_numpy()[counts], minlength=len(places))


def records_of(cells: pd.DataFrame) -> pd.DataFrame:
    """Return one row per cell and day of a record.

    Parameters
    ----------
    cells
        Canonical cells; the days of a cell are those of its first and its last record.

    Returns
    -------
    DataFrame
        ``lon, lat, generation, net`` of the cell, ``day``, and ``age``: calendar years
        before that of the newest last record.
    """
    seen = cells[["cell_id", "lon", "lat", "generation", "net"]]
    parts = [seen.assign(day=cells[name]) for name in ("created", "updated")]
    records = pd.concat(parts).drop_duplicates(["cell_id", "day"], ignore_index=True)
    age = cells["updated"].max().year - records["day"].dt.year
    return records.drop(columns="cell_id").assign(age=age)


def _recorded_away(
    visits: pd.DataFrame,
    places: pd.DataFrame,
    away: pd.DataFrame,
    ring: Sequence[float],
) -> Bools:
    """Tell of each visit whether a record of its day lies in the ring about the place.

    The ring is a convention, so a chord on the sphere is exact enough for its edges.
    """
    least, most = 2 * np.sin(np.asarray(ring) / _EARTH_KM / 2)
    here, there = unit_vectors(*_points(places)), unit_vectors(*_points(away))
    of_day, hit = away.groupby("day").indices, np.zeros(len(visits), bool)
    origin = visits["place"].to_numpy()
    for day, rows in visits.groupby("day").indices.items():
        if day not in of_day:
            continue
        targets = KDTree(there[of_day[day]])
        points = here[origin[rows]]
        inside = targets.query_ball_point(points, least, return_length=True)
        hit[rows] = targets.query_ball_point(points, most, return_length=True) > inside
    return hit


def _of(
    cells: pd.DataFrame, generations: Collection[int], nets: Collection[str] | None
) -> pd.DataFrame:
    chosen = cells["generation"].isin(list(generations))
    if nets is not None:
        chosen &= cells["net"].isin(list(nets))
    kept: pd.DataFrame = cells[chosen]
    return kept


def _nets(operator: Operator | None, *, shared: bool) -> tuple[str, ...] | None:
    """Return the networks that serve an operator's customers, or only its own."""
    if operator is None:
        return None
    return (*operator.nets, *operator.shared) if shared else operator.nets


def _points(table: pd.DataFrame) -> tuple[Floats, Floats]:
    return table["lon"].to_numpy(float), table["lat"].to_numpy(float)
