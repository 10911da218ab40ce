"""One clear sentence for each way in which a feed is spoilt; stations and carriers."""

import pandas as pd
import pytest

from geo.errors import SourceFormatError
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_gtfs import FEED, calls, feed


def sentence(read, changes, **options):
    with pytest.raises(SourceFormatError) as caught:
        read("gtfs", feed(changes), name="feed.zip", **options)
    return str(caught.value).split("feed.zip", 1)[1]


def test_a_feed_without_stops(read):
    assert sentence(read, {"stops": None}) == (
        ": the feed has no stops.txt. A GTFS feed must hold it. Fetch the feed again "
        "or ask the carrier for it."
    )


def test_a_zip_bomb(read):
    text = FEED["stop_times"] + "\n" * 3_000_000
    said = sentence(read, {"stop_times": text})
    assert said == (
        ": stop_times.txt unpacks to 993 times its size, more than 200 times; it is "
        "refused as a zip bomb. Check where it came from, or raise the option "
        "limit_bytes."
    )


@pytest.mark.parametrize(
    ("lat", "lon", "value", "reason"),
    [
        ("0", "0", "0 0", "coordinates 0,0 stand for unknown"),
        (
            "1.5", "3.25", "3.25 1.5",
            "outside the bounds of xx (lon 20 to 30, lat 50 to 56)",
        ),
    ],
)  # fmt: skip
def test_a_stop_in_the_gulf_of_guinea(read, lat, lon, value, reason):
    stops = FEED["stops"] + f"g,Залив,{lat},{lon}\n"
    times = FEED["stop_times"] + "t1,07:30:00,07:30:00,g,3\n"
    result = read("gtfs", feed({"stops": stops, "stop_times": times}))
    ((row, field, shown, said),) = refused(result)
    assert (row, field, shown) == ("stops.txt:4", "stop_lon,stop_lat", value)
    assert said == reason
    assert len(calls(result)) == 4
    assert result.notes[0] == "1 calls at stops that are refused go with their stop"


@pytest.mark.parametrize(
    ("period", "field", "value", "reason"),
    [
        ("20240631,20240731", "start_date", "20240631", "no such day"),
        ("20240601,20240631", "end_date", "20240631", "no such day"),
        ("20240601,20240501", "end_date", "20240501", "ends before it begins"),
    ],
)
def test_a_service_on_the_31st_of_june(read, period, field, value, reason):
    calendar = FEED["calendar"].replace("20240101,20240128", period, 1)
    result = read("gtfs", feed({"calendar": calendar}))
    first, second = refused(result)
    assert first[:3] == ("calendar.txt:2", field, value)
    assert reason in first[3]
    assert second == (
        "trips.txt:2", "service_id", "weekday",
        "the calendar has no day for this service; the trip goes with its calls",
    )  # fmt: skip
    assert set(calls(result)["trip_id"]) == {"t2"}


def test_a_platform_without_a_point_stands_at_its_station(read):
    text = (
        "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"
        "s,Станция,53.5,27.5,1,\na,Путь 1,,,0,s\nb,Путь 2,53.6,27.6,,s\n"
    )
    stops = read("gtfs", feed({"stops": text})).tables["timetable_stops"]
    stops = stops.set_index("stop_id")
    assert stops.loc["a", ["lon", "lat"]].tolist() == [27.5, 53.5]
    assert stops.loc["b", ["lon", "lat"]].tolist() == [27.6, 53.6]
    assert stops["station"].dropna().to_dict() == {"a": "s", "b": "s"}


def test_routes_have_numbers_and_carriers(read):
    changes = {
        "agency": (
            "agency_id,agency_name,agency_timezone\n"
            "x,Автопарк,Europe/Minsk\ny,Такси,Europe/Minsk\n"
        ),
        "routes": (
            "route_id,agency_id,route_short_name,route_long_name\n"
            "r1,y,401,Город — Село\nr2,x,,Вокзал — Рынок\n"
        ),
        "trips": FEED["trips"].replace("r1,weekend", "r2,weekend"),
    }
    table = calls(read("gtfs", feed(changes))).drop_duplicates("trip_id")
    assert table[["route", "carrier"]].to_numpy().tolist() == [
        ["401", "Такси"],
        ["Вокзал — Рынок", "Автопарк"],
    ]


def test_a_single_agency_needs_no_id(read):
    routes = "route_id,route_short_name\nr1,7\n"
    table = calls(read("gtfs", feed({"routes": routes})))
    assert set(table["carrier"]) == {"Автопарк"}
    # and without routes.txt the id stands for the number
    bare = calls(read("gtfs", feed()))
    assert set(bare["route"]) == {"r1"}
    assert bare["carrier"].isna().all()


def test_where_nobody_gets_on_or_off_is_no_call(read):
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,"
    text = FEED["stop_times"].replace(head[:-1], head + "pickup_type,drop_off_type")
    lines = text.splitlines()
    lines[1:] = [f"{line},{kinds}" for line, kinds in zip(
        lines[1:], ("0,1", "1,1", "1,", ","), strict=True)]  # fmt: skip
    result = read("gtfs", feed({"stop_times": "\n".join(lines) + "\n"}))
    assert len(calls(result)) == 3
    assert result.notes == ("1 calls without getting on or off are left out",)


def test_a_feed_that_overlaps_itself_keeps_both_periods(read):
    calendar = FEED["calendar"] + "late,1,1,1,1,1,0,0,20240115,20240225\n"
    trips = FEED["trips"] + "r1,late,t3,0\n"
    times = FEED["stop_times"] + "t3,09:00:00,09:00:00,a,1\nt3,09:20:00,09:20:00,b,2\n"
    table = calls(
        read("gtfs", feed({"calendar": calendar, "trips": trips, "stop_times": times}))
    )
    periods = table.drop_duplicates("trip_id").set_index("trip_id")["first_day"]
    assert periods["t3"] == pd.Timestamp("2024-01-15")
    assert periods["t1"] == pd.Timestamp("2024-01-01")
