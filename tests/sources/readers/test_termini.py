"""A bus station's table: days in words, times side by side, places by name."""

import pandas as pd
import pytest

from geo.errors import DeclarationError, SourceFormatError
from geo.layers.references import place_index
from geo.layers.stops import placed_stops
from geo.sources.readers.day_words import days_of_week
from geo.sources.workbook.faults import CellError

HEAD = (
    "route,regularity,departmentAS,departmentTU,arrival,"
    "departmentBack,arrivalBack,dest\n"
)
STATION = {"station": "Город", "areas": ["Алый", "Белый"]}


def table(read, *rows, **options):
    return read("termini", HEAD + "\n".join(rows) + "\n", **(STATION | options))


def trips(result):
    calls = result.tables["timetable_calls"]
    return {
        trip: list(zip(own["stop_id"], own["departure_s"].astype(object), strict=True))
        for trip, own in calls.groupby("trip_id", sort=True)
    }


def clock(hours, minutes=0):
    return hours * 3600 + minutes * 60


def test_each_time_is_a_trip_out_and_back(read):
    made = table(
        read, 'г - село,"ср, сб",7-35 12-00,7-45 12-10,8-40 13-05,6-20,7-25,село'
    )
    assert list(trips(made).values()) == [
        [("terminus:Город", clock(7, 35)), ("terminus:село", clock(8, 40))],
        [("terminus:Город", clock(12)), ("terminus:село", clock(13, 5))],
        [("terminus:село", clock(6, 20)), ("terminus:Город", clock(7, 25))],
    ]
    calls = made.tables["timetable_calls"]
    assert set(calls["weekdays"]) == {0b100100}
    assert set(calls["direction"]) == {"0", "1"}
    assert made.rejected.empty


def test_times_that_run_into_each_other_are_told_apart(read):
    made = table(read, "р,ежедневно,18-1019-40,,19-0020-30,,,село")
    assert [stops[0][1] for stops in trips(made).values()] == [
        clock(18, 10), clock(19, 40),
    ]  # fmt: skip


def test_a_bus_over_midnight_arrives_the_next_day(read):
    made = table(read, "р,пт,23-50,,0-20,,,село")
    assert next(iter(trips(made).values()))[1] == ("terminus:село", clock(24, 20))


def test_what_is_passed_on_the_way_has_no_time(read):
    made = table(read, "г - а - б,пн,7-00,,8-00,,,а - б")
    (stops,) = trips(made).values()
    assert [name for name, _ in stops] == [
        "terminus:Город", "terminus:а", "terminus:б",
    ]  # fmt: skip
    assert pd.isna(stops[1][1])


def test_uneven_lists_keep_the_departures(read):
    made = table(read, "р,пн,7-00 9-00,,8-00,,,село")
    assert [stops[0][1] for stops in trips(made).values()] == [clock(7), clock(9)]
    assert all(pd.isna(stops[1][1]) for stops in trips(made).values())


def test_spellings_are_those_that_are_declared(read):
    made = table(read, "р,пн,7-00,,8-00,,,ст.село", names={"ст.село": "Старое Село"})
    stops = made.tables["timetable_stops"].set_index("stop_id")
    assert stops.loc["terminus:Старое Село", "place_ref"] == "Старое Село"
    assert set(stops["areas"]) == {"Алый;Белый"}
    assert stops["lon"].isna().all()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("р,по луне,7-00,,8-00,,,село", "не день недели"),
        ("р,пн,7-00 вс,,8-00,,,село", "не время"),
        ("р,пн,25-00,,26-00,,,село", "нет такого времени"),
        ("р,пн,7-75,,8-00,,,село", "нет такого времени"),
        ("р,,7-00,,8-00,,,село", "нет ни одного дня"),
        ("р,пн (по чётным),7-00,,8-00,,,село", "рейс ходит не каждую неделю"),
        ("р,пн,,,,,,село", "нет ни одного времени"),
        ("р,пн,7-00,,8-00,,,", "конечная не названа"),
        ("р,пн,7-00,,8-00,,,а -  - б", "конечная не названа"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_and_the_others_stay(read, row, words):
    made = table(read, row, "р,пн,7-00,,8-00,,,село")
    (refused,) = made.rejected.to_dict("records")
    assert words in refused["reason"]
    assert refused["row"] == "2"
    assert len(trips(made)) == 1


def test_a_file_without_the_columns_and_a_feed_without_a_station_are_refused(read):
    with pytest.raises(SourceFormatError, match="regularity"):
        read("termini", "a,b\n1,2\n", **STATION)
    with pytest.raises(DeclarationError, match="station"):
        read("termini", HEAD)


@pytest.mark.parametrize(
    ("text", "mask"),
    [
        ("ежедневно", 127),
        ("ср, сб, вс", 0b1100100),
        ("пн,вт,ср,чт,пт (кроме вых. и праздн.дней)", 31),
        ("сб, вс и празднич. дни", 96),
        ("сб, вс, праздн.дни", 96),
        ("по рабоч. дням", 31),
        ("кроме пт", 127 - 16),
        ("ежедневно кроме сб, вс", 31),
        # what stands in brackets may take days away
        ("ежедневно (кроме вс)", 63),
        ("ежедневно (кроме вых.)", 31),
        ("ежедневно, кроме праздников", 127),
        ("пн-пт [и праздничные дни]", 31),
        ("понедельник, среда", 5),
        ("по субботам", 32),
        ("па нядзелям", 64),
        ("по пятницам и субботам", 48),
        ("чт", 8),
    ],
)
def test_days_in_words(text, mask):
    assert days_of_week(text) == mask


@pytest.mark.parametrize(
    "text",
    [
        "", "иногда", "31 июня", "кроме пн-вс", "вс, кроме вс", "праздничные дни",
        "пн-пт (АС)", "1-я и 3-я сб", "2 сб", "сб 2", "кроме", "кроме иногда",
    ],
)  # fmt: skip
def test_words_that_are_no_days_are_refused(text):
    with pytest.raises(CellError):
        days_of_week(text)


@pytest.mark.parametrize(
    "text",
    [
        "по чётным", "нечет.", "по четным дням", "пн (через неделю)", "ср чёт. нед.",
        "2 раза в месяц", "1 раз в неделю", "по чётным числам", "праз тыдзень",
        "раз в 2 недели, пт", "цотныя тыдні",
    ],
)  # fmt: skip
def test_what_does_not_come_every_week_is_never_counted_weekly(text):
    with pytest.raises(CellError, match="рейс ходит не каждую неделю"):
        days_of_week(text)


SETTLEMENTS = pd.DataFrame(
    {
        "id": ["s:1", "s:2", "s:3", "s:4"],
        "name_ru": ["Село", "Село", "Хутор", "Дальнее"],
        "raion_id": ["r:a", "r:c", "r:a", "r:c"],
        "lon": [1.0, 2.0, 3.0, 4.0],
        "lat": [5.0, 6.0, 7.0, 8.0],
        "duplicate_of": None,
        "foreign": None,
    }
).set_index("id", drop=False)
AREAS = pd.DataFrame({"id": ["r:a", "r:c"], "name_ru": ["Алый район", "Сизый район"]})
CODES = pd.DataFrame({"id": [], "value": []})


def stops(*names, areas="Алый;Белый"):
    return pd.DataFrame(
        {
            "stop_id": [f"terminus:{name}" for name in names],
            "name": list(names),
            "lon": float("nan"),
            "lat": float("nan"),
            "place_ref": list(names),
            "areas": areas,
            "_source": "bus",
        }
    )


def placed(table):
    return placed_stops(table, SETTLEMENTS, AREAS, place_index(SETTLEMENTS, CODES))


def test_a_terminus_stands_at_the_only_settlement_of_its_name_there():
    found, refused = placed(stops("Село", "хутор"))
    assert found[["lon", "lat"]].to_numpy().tolist() == [[1.0, 5.0], [3.0, 7.0]]
    assert refused.empty


def test_what_is_not_one_settlement_is_refused_with_candidates():
    found, refused = placed(stops("Дальнее", "Нигде"))
    assert found.empty
    assert refused["reason"].tolist() == [
        "no settlement of the served raions has this name; elsewhere: s:4",
        "no settlement has this name",
    ]
    found, refused = placed(stops("Село", areas="Алый;Сизый"))
    assert refused["reason"].tolist() == [
        "2 settlements of the served raions bear this name: s:1, s:2"
    ]


def test_stops_with_points_are_left_alone():
    table = stops("Село").assign(lon=9.0, lat=9.0, place_ref=None)
    found, refused = placed(table)
    assert found["lon"].tolist() == [9.0]
    assert refused.empty


@pytest.mark.realdata
def test_brest(mirror, read):
    made = read(
        "termini", mirror / "transit/brest_suburban_2019-07-19.csv", station="Брест"
    )
    calls = made.tables["timetable_calls"]
    out = calls[calls["direction"] == "0"]["trip_id"].nunique()
    # 369 departures of the station; one row of two has a word among its times
    assert out == 368
    assert len(made.rejected) == 1
    assert len(made.tables["timetable_stops"]) == 63
