"""Indicators out of the table `journeys`: minutes by timetable, days of return."""

import numpy as np
import pandas as pd

from geo.indicators.access import fastest
from geo.indicators.context import Measuring
from geo.indicators.destinations import ASSUMED, UNREAD, centres_of
from geo.indicators.journeys import journeys_table
from geo.indicators.table import unknown
from geo.indicators.ways import way_to
from geo.layers.geodesy import geodesic_km
from geo.sources.transit import Destination
from geo.types import Status

_FACTS = ("status", "method", "source", "date", "facility_id")


def journeys(measuring: Measuring) -> pd.DataFrame:
    """Return the release table ``journeys``, worked out once."""
    if "journeys" not in measuring.made:
        measuring.made["journeys"] = journeys_table(measuring)
    return measuring.made["journeys"]


def return_days(measuring: Measuring, destination: Destination) -> pd.DataFrame:
    """Return the days a week on which one gets there and home again, 0 … 7.

    What timetables tell is a lower bound, exact only where no trip and no place can be
    missing; "on no day" is told only there. It is assumed where the opening hours are.

    Parameters
    ----------
    measuring
        Layers, country, day and travel engine.
    destination
        Where to; see ``data/transit.yaml``.
    """
    table, rows = _begun(measuring, destination, "return_days")
    days = rows["return_days"].astype(float)
    # the hours of a centre are those of the visit; a facility has its own
    guessed = rows["hours"].isin([ASSUMED, UNREAD]) & (destination.kind is not None)
    table.loc[rows.index, "value"] = days
    table.loc[rows.index, "low"] = days
    table.loc[rows.index, "high"] = days.where(rows["exact"].astype(bool) & ~guessed)
    # no day is a number too
    lost = rows.index[rows["status"].eq(Status.UNREACHABLE)]
    table.loc[lost, "status"] = Status.MODELLED.value
    table.loc[rows.index[guessed], "status"] = Status.ASSUMED.value
    return table


def journey_minutes(measuring: Measuring, destination: Destination) -> pd.DataFrame:
    """Return the quickest minutes by timetable on a working day's morning.

    More trips or places would only make it quicker, so the value is its own upper
    bound; the low one is the straight line at the highest legal speed, where no place
    can be missing.
    """
    table, rows = _begun(measuring, destination, "minutes")
    minutes = rows["minutes"].astype(float)
    late = minutes.isna()
    table.loc[rows.index, "value"] = minutes
    table.loc[rows.index, "high"] = minutes
    table.loc[rows.index[late], "status"] = Status.UNREACHABLE.value
    low = _fastest(measuring, destination).reindex(rows.index)
    low = low.clip(upper=minutes.fillna(np.inf))
    table.loc[rows.index, "low"] = low.mask(late, np.inf)
    return table


def _begun(
    measuring: Measuring, destination: Destination, number: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a table with the facts of the journeys to a destination, and these.

    Journeys without the number are left out where another trip might give one; who
    lives there keeps the status and has none.
    """
    table = unknown(measuring.layers.settlements.index)
    found = journeys(measuring)
    rows = found[found["destination"] == destination.id].set_index("settlement_id")
    at_home = rows["status"].eq(Status.AT_HOME)
    rows = rows[at_home | rows[number].notna() | rows["exact"].astype(bool)]
    for name in _FACTS:
        table.loc[rows.index, name] = rows[name].to_numpy()
    rows = rows[rows["status"].ne(Status.AT_HOME)]
    if destination.kind is None:
        # a centre is a settlement, not a facility of the release
        table["facility_id"] = None
    return table, rows


def _fastest(measuring: Measuring, destination: Destination) -> pd.Series:
    """Return minutes that nobody can undercut, NaN where a nearer place may be."""
    legal = measuring.country.parameters.travel.speed_legal_kmh
    if destination.kind is not None:
        return fastest(measuring, way_to(measuring, destination.kind), legal)
    settlements = measuring.layers.settlements
    centres, own = centres_of(measuring, str(destination.centre))
    there = centres[["lon", "lat"]].reset_index(drop=True).reindex(own)
    km = geodesic_km(
        *(
            table[axis].to_numpy(float)
            for table in (settlements, there)
            for axis in ("lon", "lat")
        )
    )
    minutes = measuring.engine.fastest_minutes(km, legal)
    return pd.Series(minutes, index=settlements.index)
