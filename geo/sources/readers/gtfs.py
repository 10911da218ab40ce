"""A GTFS feed: stops, every call of every trip, and the days on which they run."""

import pandas as pd

from geo.errors import SourceFormatError
from geo.sources.country import Country
from geo.sources.readers.base import Options, Reading, reader
from geo.sources.readers.fields import refuse
from geo.sources.readers.gtfs_archive import Archive, open_archive
from geo.sources.readers.gtfs_calendar import Services, services
from geo.sources.readers.gtfs_calls import Known, calls
from geo.sources.readers.gtfs_values import codes
from geo.sources.readers.rules import key, passed, point
from geo.sources.readers.timetables import timetable
from geo.sources.result import ReadResult

#: a stop, a station, an entrance, a node, a boarding area
_LOCATIONS = range(5)
#: where vehicles call: a stop, or a station
_STOP, _CALLED_AT = 0, (0, 1)


class GtfsOptions(Options):
    """``limit_bytes``: largest unpacked size of the feed that is accepted."""

    # ten times that of a country of 60,000 trips
    limit_bytes: int = 2**30


@reader(GtfsOptions)
def read(at: Reading[GtfsOptions]) -> ReadResult:
    """Read a timetable into stops, calls and exceptions.

    Times are seconds after the start of the service day in the agency's zone and may
    pass 24:00; a blank time is NA. Days are exact: ``weekdays``, ``first_day`` and
    ``last_day`` of a call are those of its service as
    :func:`geo.sources.readers.gtfs_calendar.services` gives them, and
    ``timetable_exceptions`` says on which days the service departs from them. A trip
    that is repeated by frequencies.txt becomes one trip per departure. A stop without a
    point stands at its station. Refused are stops without usable point or outside the
    country (with their calls), and calls of trips, stops or services that the feed does
    not have. ``row`` names the table and the line in it. ``timetable_lost`` holds the
    calls that may be missing for it.

    Raises
    ------
    SourceFormatError
        If the zip is damaged or a bomb, holds several feeds, or a table or column is
        missing.
    """
    archive = open_archive(at.path, at.refused, at.options.limit_bytes)
    if not (archive.has("calendar") or archive.has("calendar_dates")):
        raise SourceFormatError(
            "the feed has neither calendar.txt nor calendar_dates.txt",
            where=str(at.path),
            remedy="Without them no trip has a day; ask the carrier for a whole feed.",
        )
    every_stop, stops, notes = _stops(archive, at)
    dated = services(archive)
    known = _known(archive, dated, set(stops["stop_id"]), every_stop)
    called = calls(archive, known)
    table, more = called.table, called.notes
    used = table["service"].unique()
    days = dated.exceptions[dated.exceptions["service"].isin(used)]
    if len(days):
        more.append(
            f"{days['service'].nunique()} services depart from their weekdays on"
            f" {len(days)} days in all"
        )
    at.notes += [*archive.notes, *_zone(archive, at.country), *notes, *more]
    return timetable(at, stops, table, days, called.lost)


def _stops(
    archive: Archive, at: Reading[GtfsOptions]
) -> tuple[set[str], pd.DataFrame, list[str]]:
    """Return the ids of all stops of the feed, the usable stops, and notes."""
    table = archive.table(
        "stops",
        ("stop_id", "stop_lat", "stop_lon"),
        ("stop_name", "location_type", "parent_station"),
    )
    table = _as_in_station(table)
    table["_row"] = "stops.txt:" + table["_row"].astype("str")
    every = set(table["stop_id"].dropna())
    kind = codes(table, "location_type", _LOCATIONS, archive.refused, blank=_STOP)
    table = table.assign(location_type=kind)[kind.notna()]
    other = ~table["location_type"].isin(_CALLED_AT)
    notes = (
        [f"{int(other.sum())} entrances and nodes of stations are not stops"]
        if other.any()
        else []
    )
    usable = (*key("stop_id", "the stop id"), point("stop_lon", "stop_lat"))
    table = passed(table[~other], at, *usable)
    return every, table.rename(columns={"stop_name": "name"}), notes


def _as_in_station(table: pd.DataFrame) -> pd.DataFrame:
    """Give stops their station, and its point to those that have none."""
    parents = table.drop_duplicates("stop_id").set_index("stop_id")
    out = table.assign(station=table["parent_station"])
    bare = table["stop_lat"].isna() & table["stop_lon"].isna()
    for column in ("stop_lat", "stop_lon"):
        theirs = table["parent_station"].map(parents[column])
        out[column] = table[column].where(~bare, theirs)
    return out


def _routes(archive: Archive) -> pd.DataFrame:
    """Return number (or name) and carrier of each route, indexed by its id."""
    if not archive.has("routes"):
        return pd.DataFrame({"number": [], "carrier": []}, dtype="str")
    named = ("route_short_name", "route_long_name", "agency_id")
    table = archive.table("routes", ("route_id",), named).drop_duplicates("route_id")
    number = table["route_short_name"].fillna(table["route_long_name"])
    carrier = _carriers(archive, table["agency_id"])
    routes = pd.DataFrame({"number": number, "carrier": carrier}, dtype="str")
    return routes.set_index(table["route_id"])


def _carriers(archive: Archive, ids: pd.Series) -> pd.Series:
    """Return names of agencies; a single agency may go without an id."""
    if not archive.has("agency"):
        return ids
    table = archive.table("agency", (), ("agency_id", "agency_name"))
    table = table.drop_duplicates("agency_id").astype({"agency_id": "str"})
    names = _looked_up(table.set_index("agency_id")["agency_name"], ids)
    return names.fillna(table["agency_name"].iloc[0]) if len(table) == 1 else names


def _looked_up(names: pd.Series, ids: pd.Series) -> pd.Series:
    """Return the name of each id, NA where there is none."""
    place = pd.Index(names.index).get_indexer(ids)
    found = pd.array([*names.tolist(), None], dtype="str").take(place)
    return pd.Series(found, index=ids.index)


def _known(
    archive: Archive, dated: Services, stops: set[str], every_stop: set[str]
) -> Known:
    """Return the trips with their days, and what else calls may refer to.

    ``route`` is the number that passengers see, else the id. A trip whose id stands
    twice is doubtful: the calls may be those of both.
    """
    table = archive.table(
        "trips", ("route_id", "service_id", "trip_id"), ("direction_id",)
    )
    routes = _routes(archive)
    number = _looked_up(routes["number"], table["route_id"])
    table["route"] = number.fillna(table["route_id"])
    table["carrier"] = _looked_up(routes["carrier"], table["route_id"])
    table["_row"] = "trips.txt:" + table["_row"].astype("str")
    every = set(table["trip_id"].dropna())
    named = passed(table, archive, *key("trip_id", "the trip id"))
    again = archive.left_out("trips", "trip_id", table, named)
    table = _directed(named, archive)
    trips = table.merge(dated.periods, on="service_id", how="left")
    dateless = trips["first_day"].isna()
    refuse(
        archive.refused,
        trips[dateless],
        field="service_id",
        reason="the calendar has no day for this service; the trip goes with its calls",
    )
    service = trips["service_id"]
    return Known(
        trips=trips[~dateless].rename(
            columns={"direction_id": "direction", "service_id": "service"}
        ),
        every_trip=every,
        stops=stops,
        every_stop=every_stop,
        doubtful=again.union(trips.loc[service.isin(dated.doubtful), "trip_id"]),
        idle=frozenset(trips.loc[service.isin(dated.idle), "trip_id"]),
    )


def _directed(table: pd.DataFrame, archive: Archive) -> pd.DataFrame:
    """Read the direction: only a trip's label depends on it, so the trip stays."""
    given = table[table["direction_id"].notna()]
    rest = "field left empty, row kept"
    read = codes(given, "direction_id", (0, 1), archive.refused, rest=rest)
    return table.assign(direction_id=read.astype("str"))


def _zone(archive: Archive, country: Country) -> list[str]:
    if not archive.has("agency"):
        return ["no agency.txt: times are taken to be in " + country.timezone]
    table = archive.table("agency", ("agency_timezone",))
    zones = sorted(set(table["agency_timezone"].dropna()))
    if zones == [country.timezone]:
        return []
    return [f"times are in {', '.join(zones) or 'no zone'}, not in {country.timezone}"]
