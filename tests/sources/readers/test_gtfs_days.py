"""The calendar of a feed is kept as it is printed: weekdays, period, exceptions."""

import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers import gtfs_calendar
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_gtfs import FEED, calls, feed

HEAD = "service_id,date,exception_type\n"


def with_dates(read, lines, **changes):
    text = HEAD + "".join(f"{line}\n" for line in lines)
    return read("gtfs", feed({"calendar_dates": text} | changes))


def exceptions(result):
    """Return (service, day, runs) of a feed."""
    table = result.tables.get("timetable_exceptions", pd.DataFrame())
    return [
        (row["service"], str(row["day"])[:10], row["runs"])
        for row in table.to_dict("records")
    ]


def test_weekdays_stay_as_printed_whatever_is_taken_away(read):
    # three of four Mondays are off, and two Saturdays on
    lines = ["20240101,2", "20240108,2", "20240115,2", "20240106,1", "20240113,1"]
    result = with_dates(read, [f"weekday,{line}" for line in lines])
    assert calls(result)["weekdays"].tolist() == [31, 31, 96, 96]
    assert calls(result)["service"].tolist() == ["weekday"] * 2 + ["weekend"] * 2
    assert exceptions(result) == [
        ("weekday", "2024-01-01", False),
        ("weekday", "2024-01-08", False),
        ("weekday", "2024-01-15", False),
        ("weekday", "2024-01-06", True),
        ("weekday", "2024-01-13", True),
    ]
    assert result.notes == ("1 services depart from their weekdays on 5 days in all",)


@pytest.mark.parametrize(
    "line",
    [
        "weekday,20240102,1",  # a Tuesday on which it runs anyway
        "weekday,20240106,2",  # a Saturday on which it does not
        "weekday,20240301,2",  # after its period
        "nobody,20240102,1",  # no trip has this service
    ],
)
def test_an_exception_that_changes_nothing_is_none(read, line):
    result = with_dates(read, [line])
    assert exceptions(result) == []
    assert result.rejected.empty
    assert result.notes == ()


def test_a_day_after_the_period_may_be_added(read):
    result = with_dates(read, ["weekday,20240301,1"])
    assert exceptions(result) == [("weekday", "2024-03-01", True)]
    assert set(calls(result)["last_day"]) == {pd.Timestamp("2024-01-28")}


def test_a_calendar_of_dates_alone_goes_from_the_first_to_the_last(read):
    days = {"weekday": (16, 2, 9), "weekend": (6,)}
    lines = [f"{one},202401{day:02},1" for one, own in days.items() for day in own]
    result = with_dates(read, lines, calendar=None)
    table = calls(result).drop_duplicates("trip_id").set_index("trip_id")
    assert table["weekdays"].tolist() == [0, 0]
    assert table["first_day"].astype("str").tolist() == ["2024-01-02", "2024-01-06"]
    assert table["last_day"].astype("str").tolist() == ["2024-01-16", "2024-01-06"]
    assert len(exceptions(result)) == 4


def test_a_week_without_a_day_is_told_by_its_dates(read):
    calendar = FEED["calendar"].replace("weekday,1,1,1,1,1,0,0", "weekday" + ",0" * 7)
    result = with_dates(read, ["weekday,20240109,1"], calendar=calendar)
    own = calls(result).query("trip_id == 't1'")
    assert set(own["first_day"]) == {pd.Timestamp("2024-01-09")}


@pytest.mark.parametrize(
    ("calendar", "lines"),
    [
        # no weekday at all
        ("weekday,0,0,0,0,0,0,0,20240101,20240128", []),
        # Monday alone, in a period from Tuesday to Sunday
        ("weekday,1,0,0,0,0,0,0,20240102,20240107", []),
        # both of its days are off
        (
            "weekday,1,0,0,0,0,0,0,20240101,20240108",
            ["weekday,20240101,2", "weekday,20240108,2"],
        ),
    ],
)
def test_a_service_that_never_runs_has_no_day(read, calendar, lines):
    text = FEED["calendar"].replace("weekday,1,1,1,1,1,0,0,20240101,20240128", calendar)
    result = with_dates(read, lines, calendar=text)
    assert set(calls(result)["trip_id"]) == {"t2"}
    assert refused(result) == [
        (
            "trips.txt:2", "service_id", "weekday",
            "the calendar has no day for this service; the trip goes with its calls",
        )
    ]  # fmt: skip


def test_a_period_of_one_day_has_a_day(read):
    text = FEED["calendar"].replace("20240101,20240128", "20240101,20240101", 1)
    result = read("gtfs", feed({"calendar": text}))
    assert result.rejected.empty
    own = calls(result).query("trip_id == 't1'")
    assert set(own["last_day"]) == {pd.Timestamp("2024-01-01")}


def test_one_day_of_the_last_week_is_enough(read):
    # Tuesday to the Monday after: its one Monday is the last day
    text = FEED["calendar"].replace(
        "weekday,1,1,1,1,1,0,0,20240101,20240128",
        "weekday,1,0,0,0,0,0,0,20240102,20240108",
    )
    assert len(calls(read("gtfs", feed({"calendar": text})))) == 4


def test_added_and_removed_on_one_day_does_not_run(read):
    lines = ["weekday,20240106,1", "weekday,20240106,2", "weekday,20240108,2"]
    result = with_dates(read, lines)
    assert exceptions(result) == [("weekday", "2024-01-08", False)]
    assert refused(result) == [
        (
            "calendar_dates.txt:2", "exception_type", "1",
            "the service is both added and removed on this day; it does not run",
        )
    ]  # fmt: skip


def test_what_stands_twice_counts_once(read):
    result = with_dates(read, ["weekday,20240108,2"] * 3)
    assert exceptions(result) == [("weekday", "2024-01-08", False)]
    assert result.rejected.empty


NO_CODE = "no code of GTFS: it must be one of "


@pytest.mark.parametrize(
    "flag",
    ["1", " 1", "1 ", "1.0", "01", "\u00a01", "\u20071", "1\u200b", "\ufeff1", '"1"'],
)
def test_a_flag_is_a_number_however_it_is_written(read, flag):
    calendar = FEED["calendar"].replace("weekday,1,1", f"weekday,{flag},{flag}")
    assert calls(read("gtfs", feed({"calendar": calendar})))["weekdays"][0] == 31


@pytest.mark.parametrize("flag", ["", "2", "-1", "1.5", "да", "true", "x", "11", "١"])
def test_a_flag_that_is_none_refuses_the_service_by_name(read, flag):
    calendar = FEED["calendar"].replace("weekday,1,1,", f"weekday,1,{flag},")
    result = read("gtfs", feed({"calendar": calendar}))
    first, second = refused(result)
    assert first == (
        "calendar.txt:2", "tuesday", flag, NO_CODE + "0, 1 (the service has no week)",
    )  # fmt: skip
    assert second[:3] == ("trips.txt:2", "service_id", "weekday")
    assert set(calls(result)["trip_id"]) == {"t2"}


@pytest.mark.parametrize(
    ("line", "field", "value", "reason"),
    [
        ("weekday,20240230,1", "date", "20240230", "not a day YYYYMMDD"),
        ("weekday,2024108,1", "date", "2024108", "not a day YYYYMMDD"),
        ("weekday,2024-01-08,1", "date", "2024-01-08", "not a day YYYYMMDD"),
        ("weekday,,1", "date", "", "not a day YYYYMMDD"),
        ("weekday,20240108,3", "exception_type", "3", NO_CODE + "1, 2 (row refused)"),
        ("weekday,20240108,", "exception_type", "", NO_CODE + "1, 2 (row refused)"),
        ("weekday,20240108,0", "exception_type", "0", NO_CODE + "1, 2 (row refused)"),
        (",20240108,2", "service_id", "", "the service has no name"),
    ],
)
def test_an_exception_that_cannot_be_read_is_refused_alone(
    read, line, field, value, reason
):
    result = with_dates(read, [line, "weekday,20240109,2"])
    ((row, name, shown, said),) = refused(result)
    assert (row, name, shown) == ("calendar_dates.txt:2", field, value)
    assert reason in said
    assert exceptions(result) == [("weekday", "2024-01-09", False)]


@pytest.mark.parametrize(
    "day", [" 20240108", "20240108\u00a0", "20240108.0", '"20240108"']
)
def test_a_day_is_a_number_however_it_is_written(read, day):
    result = with_dates(read, [f"weekday,{day}, 2.0"])
    assert exceptions(result) == [("weekday", "2024-01-08", False)]


def test_the_first_of_two_rows_of_a_service_holds(read):
    calendar = FEED["calendar"] + "weekday,1,0,0,0,0,0,0,20240101,20240128\n"
    result = read("gtfs", feed({"calendar": calendar}))
    assert calls(result)["weekdays"][0] == 31
    assert refused(result) == [
        ("calendar.txt:4", "service_id", "weekday", "the service appears again")
    ]


def test_a_row_that_is_refused_leaves_the_place_to_the_next(read):
    bad = "weekday,1,0,0,0,0,0,0,20240101,20240132\n"
    head, rest = FEED["calendar"].split("\n", 1)
    result = read("gtfs", feed({"calendar": f"{head}\n{bad}{rest}"}))
    assert calls(result)["weekdays"][0] == 31
    assert [row[:2] for row in refused(result)] == [("calendar.txt:2", "end_date")]


def test_more_services_than_any_country_has(read, monkeypatch):
    monkeypatch.setattr(gtfs_calendar, "_MOST_SERVICES", 1)
    with pytest.raises(SourceFormatError) as caught:
        read("gtfs", feed(), name="feed.zip")
    assert "feed.zip: the calendars have 2 services, more than 1. " in str(caught.value)


CODED = {
    "stop_times": ("pickup_type", "drop_off_type"),
    "stops": ("location_type",),
    "trips": ("direction_id",),
}


def coded(table, columns, *rows):
    """Add columns of codes to a table: one text of codes per row, the rest empty."""
    text = FEED[table].replace(",direction_id", "").replace(",0\n", "\n")
    head, *lines = text.replace("weekend,t2,1", "weekend,t2").splitlines()
    filled = [*rows, *["," * (len(columns) - 1)] * len(lines)]
    body = [f"{line},{code}" for line, code in zip(lines, filled, strict=False)]
    return "\n".join([",".join([head, *columns]), *body]) + "\n"


@pytest.mark.parametrize("code", ["1", " 1", "1.0", "01"])
def test_codes_of_a_call_are_numbers(read, code):
    text = coded("stop_times", CODED["stop_times"], f"{code},{code}")
    result = read("gtfs", feed({"stop_times": text}))
    assert len(calls(result)) == 3
    assert result.notes == ("1 calls without getting on or off are left out",)


@pytest.mark.parametrize(
    ("codes", "field", "value"),
    [
        ("x,0", "pickup_type", "x"),
        ("0,4", "drop_off_type", "4"),
        ("нет,", "pickup_type", "нет"),
    ],
)
def test_a_code_that_is_none_refuses_the_call(read, codes, field, value):
    text = coded("stop_times", CODED["stop_times"], codes)
    result = read("gtfs", feed({"stop_times": text}))
    assert refused(result) == [
        ("stop_times.txt:2", field, value, NO_CODE + "0, 1, 2, 3 (row refused)")
    ]
    assert len(calls(result)) == 3


@pytest.mark.parametrize(
    ("code", "stops"), [("1.0", 2), (" 0", 2), ("", 2), ("2", 1), ("02", 1), ("4", 1)]
)
def test_what_a_stop_is_is_told_by_a_number(read, code, stops):
    text = coded("stops", CODED["stops"], code)
    result = read("gtfs", feed({"stops": text}))
    assert len(result.tables["timetable_stops"]) == stops
    assert result.rejected.empty


def test_a_stop_of_an_unknown_sort_is_refused(read):
    text = coded("stops", CODED["stops"], "станция")
    result = read("gtfs", feed({"stops": text}))
    assert refused(result) == [
        (
            "stops.txt:2", "location_type", "станция",
            NO_CODE + "0, 1, 2, 3, 4 (row refused)",
        )
    ]  # fmt: skip
    assert result.tables["timetable_stops"]["stop_id"].tolist() == ["b"]


@pytest.mark.parametrize(
    ("code", "direction"), [("1.0", "1"), (" 0", "0"), ("", None), ("туда", None)]
)
def test_a_trip_without_a_direction_is_still_a_trip(read, code, direction):
    text = coded("trips", CODED["trips"], code)
    result = read("gtfs", feed({"trips": text}))
    found = calls(result)["direction"][0]
    assert (None if pd.isna(found) else found) == direction
    assert len(calls(result)) == 4
    told = [
        (
            "trips.txt:2",
            "direction_id",
            "туда",
            NO_CODE + "0, 1 (field left empty, row kept)",
        )
    ]
    assert refused(result) == (told if code == "туда" else [])
