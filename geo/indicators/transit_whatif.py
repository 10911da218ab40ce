"""What a change of the timetables does to every settlement."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.journey_values import journeys
from geo.indicators.service_table import REFERENCE, service_table
from geo.travel.timetable.edit_kinds import Edit
from geo.travel.timetable.edits import Timetables, edited

_SERVICE = ["trips", "days"]
_JOURNEY = ["return_days", "minutes", "stay_minutes"]


def what_if(measuring: Measuring, edits: Iterable[Edit]) -> pd.DataFrame:
    """Return what edits of the timetables change at settlements.

    Both sides are worked out in full, by the functions that make a release.

    Parameters
    ----------
    measuring
        The country as it is.
    edits
        What is done to its timetables, in order.

    Returns
    -------
    DataFrame
        One row per settlement and measure that changed: ``settlement_id``, ``name``,
        ``population``, ``measure`` (``trips``, ``days``, ``return_days:<destination>``,
        ``minutes:<destination>``, ``stay_minutes:<destination>``), ``before`` and
        ``after``; NaN where there is no number.

    Raises
    ------
    TimetableError
        If an edit cannot be done.
    """
    layers = measuring.layers
    after = edited(Timetables(layers.stops, layers.calls), edits)
    changed = Measuring(
        replace(layers, stops=after.stops, calls=after.calls),
        measuring.country,
        measuring.on,
        measuring.engine,
    )
    both = pd.concat(
        {"before": _measures(measuring), "after": _measures(changed)}, axis=1
    )
    other = both["before"].ne(both["after"]) & both.notna().any(axis=1)
    rows = both[other].rename_axis(["settlement_id", "measure"]).reset_index()
    about = layers.settlements.set_index("id")[["name", "population"]]
    out = rows.join(about, on="settlement_id")
    columns = ["settlement_id", "name", "population", "measure", "before", "after"]
    return out[columns].sort_values(["settlement_id", "measure"], ignore_index=True)


def _measures(measuring: Measuring) -> pd.Series:
    """Return the measures of all settlements, indexed by settlement and measure."""
    service = service_table(measuring)
    service = service[service["period"] == REFERENCE]
    parts = [
        pd.Series(service[name].to_numpy(float), _index(service, name))
        for name in _SERVICE
    ]
    found = journeys(measuring)
    for destination, own in found.groupby("destination", sort=True):
        parts += [
            pd.Series(own[name].to_numpy(float), _index(own, f"{name}:{destination}"))
            for name in _JOURNEY
        ]
    return pd.concat(parts)


def _index(table: pd.DataFrame, measure: str) -> pd.MultiIndex:
    return pd.MultiIndex.from_product([table["settlement_id"], [measure]])
