"""Tables of what timetables offer, and of what was wrong with them."""

import pyarrow as pa

from geo.layers.declared_table import COUNT, DAY, REAL, TEXT, table

TRANSIT = (
    table(
        "service",
        ("settlement_id", "period"),
        settlement_id=TEXT,
        period=TEXT,  # reference: the norms' rule; else a season of transit.yaml
        trips=REAL,  # of the settlement's regular week with the fewest
        days=COUNT,  # a week
        weekdays=TEXT,  # digits, 1 is Monday
        first_departure=TEXT,  # HH:MM of the service day, may pass 24:00
        last_departure=TEXT,
        gap_day_minutes=REAL,  # longest between two departures of one day
        gap_week_minutes=REAL,  # longest from one to the next, week after week
        routes=TEXT,
        carriers=TEXT,
        stops=TEXT,
        week=DAY,  # first day of that week; null: all are alike, no period is told
        complete=pa.bool_(),  # all carriers are in; else these are lower bounds
        source=TEXT,
        date=DAY,
    ),
    table(
        "journeys",
        ("settlement_id", "destination"),
        settlement_id=TEXT,
        destination=TEXT,  # id in transit.yaml
        status=TEXT,  # modelled, assumed; unreachable: nobody gets there
        method=TEXT,  # timetable; on foot: no stop in reach
        minutes=REAL,  # quickest of the window on the best working day
        minutes_p50=REAL,  # with the waiting of who sets out at any minute; null: never
        minutes_p95=REAL,
        missed=REAL,  # share of the window from which one does not arrive
        morning=TEXT,  # that working day, 1 is Monday
        mornings=COUNT,  # working days on which one arrives
        return_days=COUNT,  # days a week with a visit and home the same day
        weekdays=TEXT,
        best_day=TEXT,  # the day of the longest stay, whether long enough or not
        stay_minutes=REAL,  # on that day, within the hours
        arrival=TEXT,  # earliest, on that day
        latest_return=TEXT,  # when one must leave the place, on that day
        hours=TEXT,  # stated by the facility, or assumed
        facility_id=TEXT,  # of that day; a settlement where a centre is meant
        exact=pa.bool_(),  # carriers and places are all in, weeks alike; else a bound
        source=TEXT,
        date=DAY,
    ),
    table(
        "timetable_faults",
        ("source", "fault", "field"),
        source=TEXT,
        fault=TEXT,
        field=TEXT,
        count=COUNT,
        done=TEXT,  # refused, mended, counted
        example=TEXT,  # where the first one stands
    ),
)
