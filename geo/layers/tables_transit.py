"""Tables of what timetables offer, and of what was wrong with them."""

from geo.layers.declared_table import count, day, flag, real, table, text
from geo.layers.tables_known import SETTLEMENT, SOURCE
from geo.types import Status

_CLOCK = "HH:MM of the service day, may pass 24:00."
_DAYS = "Digits, 1 is Monday."

TRANSIT = (
    table(
        "service",
        "How often a bus comes to a settlement in one part of the year.",
        ("settlement_id", "period"),
        settlement_id=SETTLEMENT,
        period=text("`reference`: as the norms are judged; else a season."),
        trips=real(
            "In the regular week with the fewest, by the country's counting rule.",
            "{trips}/wk",
        ),
        days=count("Days of that week with at least one trip.", "d/wk"),
        weekdays=text(f"These days. {_DAYS}"),
        first_departure=text(_CLOCK, null=True),
        last_departure=text(_CLOCK, null=True),
        gap_day_minutes=real(
            "Longest time between two departures of one day.", "min", null=True
        ),
        gap_week_minutes=real(
            "Longest time from a departure to the next, week after week.",
            "min",
            null=True,
        ),
        routes=text("Routes that call.", null=True),
        carriers=text("Their carriers.", null=True),
        stops=text("Stops in reach.", null=True),
        week=day("First day of that week; null where all are alike.", null=True),
        complete=flag("All carriers of the area are in; else these are lower bounds."),
        source=text("Id of the source in the manifest."),
        date=day("Day that the timetable speaks of.", null=True),
    ),
    table(
        "journeys",
        "Door to door by timetable to one destination, and home the same day.",
        ("settlement_id", "destination"),
        settlement_id=SETTLEMENT,
        destination=text("Id in `parameters.transit` of the manifest."),
        status=text(
            "How it is known; `unreachable`: nobody gets there; `at_home`: the own "
            "place, without numbers.",
            words=Status,
        ),
        method=text(
            "On foot where no stop is in reach.", words=("timetable", "on foot")
        ),
        minutes=real(
            "Quickest journey of the morning on the best working day.",
            "min",
            null=True,
        ),
        minutes_p50=real(
            "Median over every full minute of the window, with the waiting; null where "
            "more than half of them come too late.",
            "min",
            null=True,
        ),
        minutes_p95=real("The same at 95 % instead of the median.", "min", null=True),
        missed=real("Share of the window that comes too late.", "1", null=True),
        morning=text(f"That working day. {_DAYS}", null=True),
        mornings=count("Working days on which one arrives.", "d/wk", null=True),
        return_days=count(
            "Days on which one arrives within the hours, stays long enough and is home "
            "the same day; null where none is known and another trip may make one.",
            "d/wk",
            null=True,
        ),
        weekdays=text(f"Those days. {_DAYS}", null=True),
        best_day=text(f"Day of the longest stay. {_DAYS}", null=True),
        stay_minutes=real(
            "Longest stay within the hours on that day, long enough or not.",
            "min",
            null=True,
        ),
        arrival=text(f"Earliest, on that day. {_CLOCK}", null=True),
        latest_return=text(
            f"When one must leave the place, on that day. {_CLOCK}", null=True
        ),
        hours=text(
            "Whether the hours are the facility's, within its days of reception; "
            "`unread`: it states some that were not understood, so they are assumed.",
            null=True,
            words=("stated", "assumed", "unread"),
        ),
        facility_id=text(
            "Id of the facility of that day; of a settlement where a centre is meant.",
            null=True,
        ),
        exact=flag(
            "No trip or place can be missing, and all weeks are alike; else a bound."
        ),
        source=SOURCE,
        date=day("Day that the timetable speaks of.", null=True),
    ),
    table(
        "timetable_faults",
        "What was wrong with one timetable, and how often.",
        ("source", "fault", "field"),
        source=text("Id of the source in the manifest."),
        fault=text("What was wrong."),
        field=text("Field at fault."),
        count=count("How often.", "{rows}"),
        done=text("What was done.", words=("refused", "mended", "counted")),
        example=text("Where the first one stands."),
    ),
)
