"""A GTFS feed: stops, and every call of every trip with its typical weekdays."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import Options, SourceInfo, parse_options, refusals
from geo.sources.readers.fields import points, refuse, unique
from geo.sources.readers.gtfs_archive import Archive, open_archive
from geo.sources.readers.gtfs_calendar import services
from geo.sources.readers.gtfs_calls import Known, calls
from geo.sources.result import ReadResult, canonical

#: location_type of a place where vehicles call: a stop, or a station.
_CALLED_AT = ("0", "1")


class GtfsOptions(Options):
    """``limit_bytes``: largest unpacked size of the feed that is accepted."""

    limit_bytes: int = 4 * 2**30


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a timetable into ``timetable_stops`` and ``timetable_calls``.

    Times are seconds after the start of the service day in the agency's zone and may
    pass 24:00; a blank time is NA. ``weekdays`` is the typical week of
    :func:`geo.sources.readers.gtfs_calendar.services`, true from ``first_day`` to
    ``last_day``. A trip that is repeated by frequencies.txt becomes one trip per
    departure. Refused are stops without usable point or outside the country (with
    their calls), and calls of trips, stops or services that the feed does not have.
    ``row`` names the table and the line in it.

    Raises
    ------
    SourceFormatError
        If the zip is damaged or a bomb, or a table or column is missing.
    """
    chosen = parse_options(GtfsOptions, options)
    refused = refusals(path, source)
    archive = open_archive(path, refused, chosen.limit_bytes)
    if not (archive.has("calendar") or archive.has("calendar_dates")):
        raise SourceFormatError(
            "the feed has neither calendar.txt nor calendar_dates.txt",
            where=str(path),
            remedy="Without them no trip has a day; ask the carrier for a whole feed.",
        )
    every_stop, stops, notes = _stops(archive, country)
    every_trip, trips = _trips(archive)
    known = Known(trips, every_trip, set(stops["stop_id"]), every_stop)
    table, more = calls(archive, known)
    return ReadResult(
        {
            "timetable_stops": canonical("timetable_stops", stops),
            "timetable_calls": canonical("timetable_calls", table),
        },
        refused.frame(),
        notes=(*_zone(archive, country), *notes, *more),
    )


def _stops(
    archive: Archive, country: Country
) -> tuple[set[str], pd.DataFrame, list[str]]:
    """Return the ids of all stops of the feed, the usable stops, and notes."""
    table = archive.table(
        "stops", ("stop_id", "stop_lat", "stop_lon"), ("stop_name", "location_type")
    )
    table["_row"] = "stops.txt:" + table["_row"].astype("str")
    every = set(table["stop_id"].dropna())
    other = ~table["location_type"].fillna("0").isin(_CALLED_AT)
    notes = (
        [f"{int(other.sum())} entrances and nodes of stations are not stops"]
        if other.any()
        else []
    )
    table = unique(table[~other], "stop_id", archive.refused, what="the stop id")
    table = points(table, country, archive.refused, lon="stop_lon", lat="stop_lat")
    return every, table.rename(columns={"stop_name": "name"}), notes


def _trips(archive: Archive) -> tuple[set[str], pd.DataFrame]:
    """Return the ids of all trips of the feed, and the usable trips with their days."""
    table = archive.table(
        "trips", ("route_id", "service_id", "trip_id"), ("direction_id",)
    )
    table["_row"] = "trips.txt:" + table["_row"].astype("str")
    every = set(table["trip_id"].dropna())
    table = unique(table, "trip_id", archive.refused, what="the trip id")
    dated = table.merge(services(archive), on="service_id", how="left")
    dateless = dated["first_day"].isna()
    refuse(
        archive.refused,
        dated[dateless],
        field="service_id",
        reason="the calendar has no day for this service; the trip goes with its calls",
    )
    usable = dated[~dateless].rename(
        columns={"direction_id": "direction", "route_id": "route"}
    )
    return every, usable


def _zone(archive: Archive, country: Country) -> list[str]:
    if not archive.has("agency"):
        return ["no agency.txt: times are taken to be in " + country.timezone]
    table = archive.table("agency", ("agency_timezone",))
    zones = sorted(set(table["agency_timezone"].dropna()))
    if zones == [country.timezone]:
        return []
    return [f"times are in {', '.join(zones) or 'no zone'}, not in {country.timezone}"]
