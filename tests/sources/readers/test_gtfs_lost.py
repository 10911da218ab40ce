"""What refused rows of a feed may have cost: calls that may be missing, and where."""

import pandas as pd
import pytest

from tests.sources.readers.test_gtfs import FEED, feed

HEADWAYS = "trip_id,start_time,end_time,headway_secs\n"
NOWHERE = (None, None, None)


def lost(read, **changes):
    """Return (stop, trip, runs) of the calls that may be missing, None for unknown."""
    result = read("gtfs", feed(changes), name="feed.zip")
    table = result.tables.get("timetable_lost", pd.DataFrame()).astype("object")
    assert (len(table) > 0) == any("may be missing" in note for note in result.notes)
    rows = table.where(table.notna(), None).itertuples(index=False)
    return {tuple(row) for row in rows}


def spoilt(table, old, new, count=1):
    assert old in FEED[table]
    return {table: FEED[table].replace(old, new, count)}


T1 = {("a", "t1", 7), ("b", "t1", 7)}
T2 = {("b", "t2", 7), ("a", "t2", 7)}


@pytest.mark.parametrize(
    ("table", "old", "new", "found"),
    [
        # the service of a trip, and the other way round
        ("trips", "weekday,t1", "weekdaь,t1", T1),
        ("calendar", "weekday,1", "weekdaь,1", T1),
        ("calendar", "weekend,0,0,0,0,0,1,1", "weekend,0,0,0,0,0,1,да", T2),
        ("calendar", "20240101,20240128\nweekend", "20240230,20240128\nweekend", T1),
        # ids that nothing answers to
        ("trips", "weekday,t1", "weekday,tъ", T1),
        ("stop_times", "t1,07:05:00,07:05:30,a", "tъ,07:05:00,07:05:30,a",
         {("a", "tъ", 7)}),
        ("stop_times", "07:05:30,a,1", "07:05:30,ъ,1", {(None, "t1", 7)}),
        ("stop_times", "t1,07:05:00", ",07:05:00", {("a", None, None)}),
        # times, numbers, stops
        ("stop_times", "07:20:00,07:20:00", "07:20:00,да", {("b", "t1", 7)}),
        ("stop_times", "07:05:30,a,1", "07:05:30,a,½", {("a", "t1", 7)}),
        ("stops", "53.5,27.5", "0,0", {(None, "t1", 7), (None, "t2", 7)}),
        # a line that may be of any trip
        ("calendar", "weekday,1,1", "1,1", T1 | {NOWHERE}),
        ("stop_times", "t1,07:05:00,07:05:30,a,1", "t1,07:05:00", {NOWHERE}),
    ],
)  # fmt: skip
def test_what_is_refused_may_be_missing(read, table, old, new, found):
    assert lost(read, **spoilt(table, old, new)) == found


def test_a_trip_with_two_rows_may_run_by_both(read):
    twice = FEED["trips"] + "r1,weekend,t1,0\n"
    assert lost(read, trips=twice) == T1


@pytest.mark.parametrize("line", ["weekday,20240230,1", "weekday,20240106,да"])
def test_a_service_with_a_refused_day_may_run_on_more(read, line):
    dates = f"service_id,date,exception_type\n{line}\n"
    assert lost(read, calendar_dates=dates) == T1


def test_a_refused_day_of_no_service_may_be_of_any(read):
    dates = "service_id,date,exception_type\n,20240106,1\n"
    assert lost(read, calendar_dates=dates) == {NOWHERE}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("t1,06:00:00,08:00:00,да", {("a", "t1", None), ("b", "t1", None)}),
        ("tъ,06:00:00,08:00:00,600", {NOWHERE}),
        ("t1,06:00:00,08:00:00,600", set()),
    ],
)
def test_nobody_knows_how_often_a_refused_headway_runs(read, line, found):
    assert lost(read, frequencies=HEADWAYS + line + "\n") == found


@pytest.mark.parametrize(
    "changes",
    [
        {},
        # by a sound calendar it never runs
        spoilt("calendar", "weekend,0,0,0,0,0,1,1", "weekend,0,0,0,0,0,0,0"),
        # the same day twice says the same
        {"calendar_dates": "service_id,date,exception_type\n"
                           "weekend,20240106,2\nweekend,20240106,2\n"},
        # nobody gets on or off
        {"stop_times": FEED["stop_times"].replace(
            "stop_sequence", "stop_sequence,pickup_type,drop_off_type"
        ).replace("a,1\n", "a,1,1,1\n")},
        # a stop at which nothing calls, and a direction that is only a label
        {"stops": FEED["stops"] + "c,Нигде,0,0\n"},
        spoilt("trips", "weekday,t1,0", "weekday,t1,да"),
    ],
)  # fmt: skip
def test_nothing_is_missing_where_no_trip_was_refused(read, changes):
    assert lost(read, **changes) == set()


def test_a_feed_without_a_usable_trip_tells_what_it_lost(read):
    times = FEED["stop_times"].replace(":", "?")
    assert lost(read, stop_times=times) == T1 | T2


def test_a_refused_row_of_a_written_table_may_be_any_bus(read):
    head = "маршрут;пункт;дни;время\n"
    good = "5;Дворище;пн-пт;7:00\n"
    for reader, text, rows in (
        ("timetable_table", head + good, 0),
        ("timetable_table", head + good + "5;Дворище;когда;7:00\n", 1),
    ):
        result = read(reader, text)
        table = result.tables.get("timetable_lost", pd.DataFrame())
        assert len(table) == rows
        assert table.notna().sum().sum() == 0
