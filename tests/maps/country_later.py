"""The made-up country on three days: first buses moved, then the norm alone."""

from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from geo.release.write import publish
from tests.maps.country import tables
from tests.maps.country_places import ON, TRIPS, TRIPS_CODE
from tests.maps.country_release import manifest

LATER = ON + timedelta(days=30)
LAST = ON + timedelta(days=60)
#: Settlement -> trips a week and verdict from the second day on: kept, breached and
#: unknown on the first.
MOVED = {
    "zz:00": (8.0, "breached"),
    "zz:01": (16.0, "kept"),
    "zz:02": (8.0, "breached"),
}


def publish_days(root: Path) -> None:
    """Write ``zz`` of three days, of which the last is served, and ``yy`` of one.

    From the second day on the timetable is another file, so that what it says is
    service; the last day has another norm of trips, and every verdict as it was.
    """
    made = tables("raion")
    publish(root, "zz", ON, made, manifest(made), today=LAST)
    for day in (LATER, LAST):
        made = tables("raion")
        _move(made)
        document = manifest(made) | {"on": day.isoformat()}
        for row in document["inputs"]:
            if row["source"] == "zz-timetable":
                row["sha256"] = "1" * 64
        for row in document["standards"]:
            if row["id"] == TRIPS and day == LAST:
                row["norms"][0]["value"] = 20
        publish(root, "zz", day, made, document, today=LAST)
    made = tables("grid")
    publish(root, "yy", ON, made, manifest(made, "yy", synthetic=False), today=LAST)


def _move(made: dict[str, pd.DataFrame]) -> None:
    values, judged = made["values"], made["judgements"]
    for place, (trips, verdict) in MOVED.items():
        row = (values["settlement_id"] == place) & (values["indicator"] == TRIPS_CODE)
        values.loc[row, ["value", "low", "high"]] = trips
        values.loc[row, ["status", "source"]] = ["measured", "zz-timetable"]
        values.loc[row, "date"] = date(2026, 5, 1)
        row = (judged["settlement_id"] == place) & (judged["standard"] == TRIPS)
        gap = 0.5 if verdict == "breached" else 0.0
        judged.loc[row, ["gap", "gap_low", "gap_high"]] = gap
        judged.loc[row, ["verdict", "reason"]] = [verdict, None]
