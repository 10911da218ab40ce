"""Trips that are told by a headway, and headways by which no bus goes."""

import pytest

from geo.sources.readers import gtfs_frequencies
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_gtfs import calls, feed

HEAD = "trip_id,start_time,end_time,headway_secs\n"


def headways(read, *rows):
    return read("gtfs", feed({"frequencies": HEAD + "".join(f"{r}\n" for r in rows)}))


def departures(result):
    """Return when the trips leave the first stop, by trip."""
    table = calls(result)
    own = table[(table["stop_id"] == "a") & (table["sequence"] == 1)]
    return own.set_index("trip_id")["departure_s"].to_dict()


def test_one_departure_per_headway_before_the_end(read):
    result = headways(read, "t1,6:00,07:00:00,1200.0")
    assert departures(result) == {
        "t1@21600": 21600,
        "t1@22800": 22800,
        "t1@24000": 24000,
    }
    assert headways(read, "t1,6:00,07:00:01,1200").notes == (
        "4 trips are written out from frequencies.txt",
    )


def test_a_departure_of_two_rows_is_one_trip(read):
    result = headways(read, "t1,6:00,7:00,1200", "t1,6:20,7:20,1200")
    assert sorted(departures(result).values()) == [21600, 22800, 24000, 25200]
    assert len(calls(result)) == 2 * 4 + 2
    assert result.notes == ("4 trips are written out from frequencies.txt",)


@pytest.mark.parametrize(
    ("row", "field", "value", "reason"),
    [
        ("t1,6,7:00:00,600", "start_time", "6", "not a time of the form HH:MM:SS"),
        ("t1,6:00,,600", "end_time", "", "not a time of the form HH:MM:SS"),
        ("t1,6:00,400:00:00,600", "end_time", "400:00:00", "up to 192:00:00"),
        ("t1,6:00,7:00,0", "headway_secs", "0", "a whole number of seconds, 1 or more"),
        ("t1,6:00,7:00,-5", "headway_secs", "-5", "a whole number of seconds"),
        ("t1,6:00,7:00,90.5", "headway_secs", "90.5", "a whole number of seconds"),
        ("t1,6:00,7:00,", "headway_secs", "", "a whole number of seconds"),
        ("t9,6:00,7:00,600", "trip_id", "t9", "no call of this trip can be used"),
        ("t1,7:00,7:00,60", "end_time", "7:00", "it ends before it begins"),
        ("t1,7:00,6:00,60", "end_time", "6:00", "it ends before it begins"),
        (
            "t1,00:00:00,192:00:00,1", "headway_secs", "1",
            "691200 departures of one row, more than 5000: check headway and times",
        ),
    ],
)  # fmt: skip
def test_a_headway_that_is_none_is_refused_and_the_trip_stays(
    read, row, field, value, reason
):
    result = headways(read, row)
    ((line, name, shown, said),) = refused(result)
    assert (line, name, shown) == ("frequencies.txt:2", field, value)
    assert reason in said
    assert departures(result) == {"t1": 25530}


def test_the_cap_of_a_row_is_counted_before_anything_is_made(read, monkeypatch):
    monkeypatch.setattr(gtfs_frequencies, "_MOST_DEPARTURES", 6)
    assert len(departures(headways(read, "t1,6:00,7:00,600"))) == 6
    ((_, _, _, reason),) = refused(headways(read, "t1,6:00,7:00:01,600"))
    assert reason.startswith("7 departures of one row, more than 6")


def test_the_cap_of_a_feed_is_of_calls_and_the_first_rows_stay(read, monkeypatch):
    # both trips have two stops: 6 + 4 departures are 20 calls
    rows = ("t1,6:00,7:00,600", "t2,6:00,7:00,900")
    monkeypatch.setattr(gtfs_frequencies, "_MOST_CALLS", 20)
    assert headways(read, *rows).rejected.empty
    monkeypatch.setattr(gtfs_frequencies, "_MOST_CALLS", 19)
    result = headways(read, *rows)
    ((row, field, value, reason),) = refused(result)
    assert (row, field, value) == ("frequencies.txt:3", "headway_secs", "900")
    assert reason == (
        "the departures of all rows are 20 calls at stops, more than 19; from this row "
        "on they are left out"
    )
    assert len(departures(result)) == 6
