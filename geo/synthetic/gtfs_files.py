"""The invented timetable as a GTFS archive."""

import numpy as np
import pandas as pd

from geo.synthetic.services import FIRST_DAY, HOLIDAYS, LAST_DAY, WEEKS
from geo.synthetic.timetable import Timetable
from geo.synthetic.write import table_text

_WEEKDAYS = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
]
_AGENCIES = (
    ("demo-bus", "Вымышленный автопарк"),
    ("demo-city", "Вымышленный городской транспорт"),
)
REMOVED, ADDED = 2, 1


def gtfs_members(timetable: Timetable) -> dict[str, str]:
    """Return the text of every file in the archive, by name."""
    return {
        name: table_text(table)
        for name, table in (
            ("agency.txt", _agencies()),
            ("calendar.txt", _calendar()),
            ("calendar_dates.txt", _exceptions()),
            ("routes.txt", _routes(timetable)),
            ("stops.txt", _stops(timetable)),
            ("stop_times.txt", _stop_times(timetable)),
            ("trips.txt", _trips(timetable)),
        )
    }


def _agencies() -> pd.DataFrame:
    table = pd.DataFrame(_AGENCIES, columns=["agency_id", "agency_name"])
    return table.assign(
        agency_url="http://demo.invalid",
        agency_timezone="Europe/Minsk",
        agency_lang="ru",
    )


def _calendar() -> pd.DataFrame:
    days = pd.DataFrame.from_dict(WEEKS, orient="index", columns=_WEEKDAYS)
    return (
        days.rename_axis("service_id")
        .reset_index()
        .assign(start_date=FIRST_DAY, end_date=LAST_DAY)
    )


def _exceptions() -> pd.DataFrame:
    """On a holiday the weekend's service runs instead of the workdays'."""
    rows = [
        (service, day, kind)
        for day in HOLIDAYS
        for service, kind in (("workdays", REMOVED), ("weekend", ADDED))
    ]
    return pd.DataFrame(rows, columns=["service_id", "date", "exception_type"])


def _routes(timetable: Timetable) -> pd.DataFrame:
    return pd.DataFrame(
        timetable.routes,
        columns=[
            "route_id",
            "agency_id",
            "route_short_name",
            "route_long_name",
            "route_type",
        ],
    )


def _stops(timetable: Timetable) -> pd.DataFrame:
    """Return the stops and one that nobody uses and nobody has located."""
    unused = pd.DataFrame(
        [("s99999x", "Остановка без координат", 0.0, 0.0)],
        columns=["stop_id", "stop_name", "stop_lat", "stop_lon"],
    )
    return pd.concat([timetable.stop_table(), unused], ignore_index=True)


def _trips(timetable: Timetable) -> pd.DataFrame:
    return pd.DataFrame(
        timetable.trips,
        columns=["route_id", "service_id", "trip_id", "trip_headsign", "direction_id"],
    )


def _stop_times(timetable: Timetable) -> pd.DataFrame:
    """Return all calls; times go on past 24:00 after midnight."""
    lengths = np.array([len(stops) for stops, _ in timetable.calls])
    trips = np.array([trip[2] for trip in timetable.trips], dtype=object)
    stop_ids = np.array([stop[0] for stop in timetable.stops], dtype=object)
    stops = np.concatenate([stops for stops, _ in timetable.calls])
    minutes = np.concatenate([seconds for _, seconds in timetable.calls]) // 60
    clock = np.array(
        [f"{m // 60:02}:{m % 60:02}:00" for m in range(int(minutes.max()) + 1)],
        dtype=object,
    )
    ends = np.repeat(np.cumsum(lengths), lengths)
    starts = ends - np.repeat(lengths, lengths)
    return pd.DataFrame(
        {
            "trip_id": np.repeat(trips, lengths),
            "arrival_time": clock[minutes],
            "departure_time": clock[minutes],
            "stop_id": stop_ids[stops],
            "stop_sequence": np.arange(len(stops)) - starts + 1,
        }
    )
