import io
import zipfile
from collections.abc import Mapping

import pandas as pd
import pytest

from geo.errors import SourceFormatError
from tests.sources.readers.conftest import refused

FEED = {
    "agency": "agency_name,agency_timezone\nАвтопарк,Europe/Minsk\n",
    "stops": (
        "stop_id,stop_name,stop_lat,stop_lon\na,Площадь,53.5,27.5\nb,Вокзал,53.6,27.6\n"
    ),
    "trips": (
        "route_id,service_id,trip_id,direction_id\nr1,weekday,t1,0\nr1,weekend,t2,1\n"
    ),
    "stop_times": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,07:05:00,07:05:30,a,1\nt1,07:20:00,07:20:00,b,2\n"
        "t2,23:55:00,23:55:00,b,1\nt2,24:10:00,24:10:00,a,2\n"
    ),
    "calendar": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
        "start_date,end_date\n"
        "weekday,1,1,1,1,1,0,0,20240101,20240128\n"
        "weekend,0,0,0,0,0,1,1,20240101,20240128\n"
    ),
}


def feed(changes: Mapping[str, str | None] | None = None, *, folder: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (FEED | dict(changes or {})).items():
            if text is not None:
                archive.writestr(f"{folder}{name}.txt", text.encode())
    return packed.getvalue()


def calls(result) -> pd.DataFrame:
    return result.tables["timetable_calls"]


def test_calls_carry_seconds_weekdays_and_period(read):
    result = read("gtfs", feed(), name="feed.zip")
    table = calls(result)
    assert table["trip_id"].tolist() == ["t1", "t1", "t2", "t2"]
    assert table["stop_id"].tolist() == ["a", "b", "b", "a"]
    assert table["departure_s"].tolist() == [25530, 26400, 86100, 87000]
    assert table["weekdays"].tolist() == [31, 31, 96, 96]
    assert table["direction"].tolist() == ["0", "0", "1", "1"]
    assert table["sequence"].tolist() == [1, 2, 1, 2]
    assert set(table["route"]) == {"r1"}
    assert set(table["first_day"]) == {pd.Timestamp("2024-01-01")}
    assert set(table["last_day"]) == {pd.Timestamp("2024-01-28")}
    stops = result.tables["timetable_stops"]
    assert stops.iloc[0].dropna().to_dict() == {
        "stop_id": "a",
        "name": "Площадь",
        "lon": 27.5,
        "lat": 53.5,
    }
    assert result.rejected.empty
    assert result.notes == ()


def test_feed_inside_a_folder_of_the_zip(read):
    assert len(calls(read("gtfs", feed(folder="gtfs/")))) == 4


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("calendar_dates", "service_id,date,exception_type"),
        ("frequencies", "trip_id,start_time,end_time,headway_secs"),
    ],
)
def test_table_of_a_header_alone(read, table, header, end):
    assert len(calls(read("gtfs", feed({table: header + end})))) == 4


def test_frequencies_are_written_out(read):
    text = "trip_id,start_time,end_time,headway_secs\nt1,06:00:00,07:00:00,1200\n"
    result = read("gtfs", feed({"frequencies": text}))
    table = calls(result)
    first = table[table["stop_id"] == "a"].set_index("trip_id")["departure_s"].to_dict()
    assert first == {
        "t1@21600": 21600,
        "t1@22800": 22800,
        "t1@24000": 24000,
        "t2": 87000,
    }
    second = table[(table["stop_id"] == "b") & table["trip_id"].str.startswith("t1")]
    assert second["departure_s"].tolist() == [22470, 23670, 24870]
    assert result.notes == ("3 trips are written out from frequencies.txt",)


def test_bad_frequency_is_refused_and_the_trip_stays(read):
    text = "trip_id,start_time,end_time,headway_secs\nt1,06:00:00,07:00:00,0\n"
    result = read("gtfs", feed({"frequencies": text}))
    assert len(calls(result)) == 4
    assert refused(result)[0][:3] == ("frequencies.txt:2", "headway_secs", "0")


def test_blank_times_are_unknown_not_midnight(read):
    text = FEED["stop_times"].replace("07:20:00,07:20:00", ",")
    text = text.replace("07:05:00,07:05:30", "07:05:00,")
    result = read("gtfs", feed({"stop_times": text}))
    times = calls(result)["departure_s"]
    assert times[0] == 25500
    assert times.isna().tolist() == [False, True, False, False]
    assert result.notes == ("1 calls have no time of their own",)


def test_calls_refused(read):
    text = FEED["stop_times"] + (
        "t9,08:00:00,08:00:00,a,1\n"
        "t1,08:00:00,08:00:00,z,3\n"
        "t1,08:00:00,8 o'clock,a,4\n"
        "t1,08:00:00,08:61:00,a,5\n"
        "t1,08:00:00,08:00:00,a,last\n"
        "t1,08:00:00\n"
    )
    result = read("gtfs", feed({"stop_times": text}))
    assert len(calls(result)) == 4
    assert [(row, field, value) for row, field, value, _ in refused(result)] == [
        ("stop_times.txt:11", "", "t1,08:00:00"),
        ("stop_times.txt:6", "trip_id", "t9"),
        ("stop_times.txt:7", "stop_id", "z"),
        ("stop_times.txt:8", "departure_time", "8 o'clock"),
        ("stop_times.txt:9", "departure_time", "08:61:00"),
        ("stop_times.txt:10", "stop_sequence", "last"),
    ]


def test_stop_outside_the_country_goes_with_its_calls(read):
    text = FEED["stops"].replace("53.6,27.6", "53.6,37.6")
    result = read("gtfs", feed({"stops": text}))
    assert result.tables["timetable_stops"]["stop_id"].tolist() == ["a"]
    assert calls(result)["stop_id"].tolist() == ["a", "a"]
    assert refused(result) == [
        (
            "stops.txt:3",
            "stop_lon,stop_lat",
            "37.6 53.6",
            "outside the bounds of xx (lon 20 to 30, lat 50 to 56)",
        )
    ]
    # wherever the stop may be
    assert result.tables["timetable_lost"]["stop_id"].isna().all()
    assert result.notes[0] == "2 calls at stops that are refused go with their stop"


def test_entrances_are_not_stops_and_stations_are(read):
    text = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
        "s,Станция,53.5,27.5,1,\na,Путь 1,53.5,27.5,0,s\nb,Путь 2,53.5,27.5,,s\n"
        "e,Вход,53.5,27.5,2,s\n"
    )
    result = read("gtfs", feed({"stops": text}))
    assert result.tables["timetable_stops"]["stop_id"].tolist() == ["s", "a", "b"]
    assert result.notes == ("1 entrances and nodes of stations are not stops",)


def test_trip_without_days_is_refused_with_its_calls(read):
    text = FEED["trips"].replace("r1,weekend", "r1,never") + "r1,weekday\n"
    result = read("gtfs", feed({"trips": text}))
    assert set(calls(result)["trip_id"]) == {"t1"}
    assert [row[:3] for row in refused(result)] == [
        ("trips.txt:4", "", "r1,weekday"),
        ("trips.txt:3", "service_id", "never"),
    ]


def test_other_zone_is_noted(read):
    agency = FEED["agency"].replace("Minsk", "Warsaw")
    notes = read("gtfs", feed({"agency": agency})).notes
    assert notes == ("times are in Europe/Warsaw, not in Europe/Minsk",)


def test_truncated_zip(read):
    content = feed()
    with pytest.raises(SourceFormatError) as caught:
        read("gtfs", content[: len(content) // 2], name="feed.zip")
    message = str(caught.value)
    assert "feed.zip: no whole zip file: it may be cut short" in message
    assert message.endswith("Fetch the feed again or ask the carrier for it.")


def test_damaged_byte_inside_the_zip(read):
    content = bytearray(feed())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo("stop_times.txt").header_offset + 50
    content[start : start + 10] = b"\0" * 10
    with pytest.raises(SourceFormatError, match=r"stop_times\.txt cannot be unpacked"):
        read("gtfs", bytes(content))


@pytest.mark.parametrize("name", ["stops", "stop_times", "trips"])
def test_missing_table(read, name):
    with pytest.raises(SourceFormatError, match=rf"the feed has no {name}\.txt"):
        read("gtfs", feed({name: None}))


def test_feed_without_any_calendar(read):
    with pytest.raises(SourceFormatError, match=r"neither calendar\.txt nor"):
        read("gtfs", feed({"calendar": None}))


def test_missing_column(read):
    text = FEED["stop_times"].replace("stop_sequence", "order")
    with pytest.raises(SourceFormatError) as caught:
        read("gtfs", feed({"stop_times": text}), name="feed.zip")
    assert "feed.zip, stop_times.txt: column is missing: 'stop_sequence'" in str(
        caught.value
    )


def test_table_in_cp1251(read):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in FEED.items():
            archive.writestr(f"{name}.txt", text.encode("cp1251"))
    with pytest.raises(SourceFormatError, match=r"stops\.txt, line 2: not UTF-8 text"):
        read("gtfs", packed.getvalue())


def test_zip_bomb_by_ratio(read):
    text = FEED["stop_times"] + "\n" * 3_000_000
    with pytest.raises(SourceFormatError, match="refused as a zip bomb"):
        read("gtfs", feed({"stop_times": text}))


def test_zip_bomb_by_size(read):
    with pytest.raises(SourceFormatError, match=r"unpacks to \d+ bytes, more than 100"):
        read("gtfs", feed(), limit_bytes=100)


@pytest.mark.realdata
def test_minsk(mirror, read):
    result = read("gtfs", mirror / "transit" / "minsktrans_2014_gtfs.zip")
    table = calls(result)
    assert len(result.tables["timetable_stops"]) == 2_269
    assert table["trip_id"].nunique() == 59_082
    assert len(table) == 1_188_096
    assert (table["departure_s"] >= 86_400).any()
    assert table["departure_s"].notna().all()
    assert result.rejected.empty
    assert set(table["first_day"]) == {pd.Timestamp("2014-02-24")}
    assert set(table["last_day"]) == {pd.Timestamp("2014-03-23")}
