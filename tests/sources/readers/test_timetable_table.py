"""The clerk's table of a timetable; its example is that of docs/sources.md."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import SourceFormatError
from geo.layers.references import place_index
from geo.layers.stops import placed_stops

DOCS = Path(__file__).parents[3] / "docs" / "sources.md"
HEAD = "carrier,route,direction,sequence,settlement,stop,lon,lat,days,times"
HOUR = 3600


def documented():
    text = DOCS.read_text(encoding="utf-8")
    section = text[text.index("### A timetable as a table") :]
    return re.search("```\n(.+?)```", section, re.DOTALL)[1]


def trips(result):
    """Return trip -> (stop, seconds) in order."""
    if "timetable_calls" not in result.tables:
        return {}
    calls = result.tables["timetable_calls"]
    return {
        trip: list(zip(own["stop_id"], own["departure_s"].tolist(), strict=True))
        for trip, own in calls.groupby("trip_id", sort=True)
    }


def row(days="пн-пт", times="06:40", **cells):
    values = {"route": "1", "settlement": "Ольховка", "days": days, "times": times}
    values |= cells
    return ",".join(f'"{values.get(name, "")}"' for name in HEAD.split(","))


def table(read, *rows, **options):
    return read("timetable_table", "\n".join([HEAD, *rows]) + "\n", **options)


def reasons(result):
    rejected = result.rejected
    return list(
        zip(rejected["row"], rejected["field"], rejected["reason"], strict=True)
    )


def test_the_example_of_the_documents_is_read(read):
    made = read("timetable_table", documented(), areas=["Алый"], carrier="АП 1")
    assert made.rejected.empty
    assert made.notes == ("4 trips from 5 rows",)
    a, b, c = "table:Заречье|автостанция", "table:Новосёлки|", "table:Ольховка|"
    found = trips(made)
    assert sorted(found.values()) == sorted(
        [
            [(a, 24000), (b, 25500), (c, 26400)],
            [(a, 44100), (c, 46200)],  # the second trip passes Новосёлки
            [(a, 63000), (b, 64500), (c, 65400)],
            [(c, 27000), (a, 29400)],
        ]
    )
    calls = made.tables["timetable_calls"]
    assert calls.groupby("direction")["weekdays"].unique().map(list).to_dict() == {
        "0": [0b11111],
        "1": [0b100100],
    }
    assert set(calls["carrier"]) == {"АП 1"}
    there = calls[calls["direction"] == "0"]
    assert set(there["first_day"]) == {pd.Timestamp("2026-09-01")}
    assert set(there["last_day"]) == {pd.Timestamp("2027-05-31")}
    assert calls.loc[calls["direction"] == "1", "first_day"].isna().all()
    stops = made.tables["timetable_stops"]
    assert set(stops["place_ref"]) == {"Заречье", "Новосёлки", "Ольховка"}
    assert set(stops["areas"]) == {"Алый"}


def test_stops_find_their_settlements(read):
    made = table(read, row(), row(settlement="Заречье"), areas=["Алый"])
    settlements = pd.DataFrame(
        {
            "id": ["s1", "s2", "s3"], "name": ["Ольховка", "Ольховка", "Заречье"],
            "name_ru": ["Ольховка", "Ольховка", "Заречье"], "name_be": None,
            "name_en": None, "raion_id": ["r1", "r2", "r1"], "duplicate_of": None,
            "foreign": None,
            "lon": [27.0, 28.0, 27.5], "lat": [53.0, 53.0, 53.5],
        }
    ).set_index("id", drop=False)  # fmt: skip
    areas = pd.DataFrame({"id": ["r1", "r2"], "name_ru": ["Алый район", "Белый район"]})
    none = pd.DataFrame(columns=["id", "scheme", "value"])
    stops = made.tables["timetable_stops"].assign(_source="clerk")
    placed, lost = placed_stops(
        stops, settlements, areas, place_index(settlements, none)
    )
    assert placed[["lon", "lat"]].to_numpy().tolist() == [[27.0, 53.0], [27.5, 53.5]]
    assert lost.empty


def test_a_point_of_its_own_wins_over_the_name(read):
    made = table(read, row(lon="27.5", lat="53.5", stop="у школы"), row(settlement="Б"))
    stops = made.tables["timetable_stops"].set_index("stop_id")
    assert stops.loc["table:Ольховка|у школы", ["lon", "lat"]].tolist() == [27.5, 53.5]
    assert stops.loc["table:Ольховка|у школы", "name"] == "у школы"
    assert pd.isna(stops.loc["table:Б|", "lon"])


def test_over_midnight_the_clock_goes_on(read):
    made = table(read, row(times="23:50"), row(times="00:20", settlement="Б"))
    (calls,) = trips(made).values()
    assert [at for _, at in calls] == [23 * HOUR + 3000, 24 * HOUR + 1200]


def test_numbers_order_the_stops(read):
    made = table(
        read, row(sequence="2", times="08:00"), row(sequence="1", settlement="Б")
    )
    (calls,) = trips(made).values()
    assert [stop for stop, _ in calls] == ["table:Б|", "table:Ольховка|"]


@pytest.mark.parametrize(
    ("bad", "field", "reason"),
    [
        ({"days": "иногда"}, "days", "иногда"),
        ({"days": "по чётным"}, "days", "рейс ходит не каждую неделю"),
        ({"days": "пн (через неделю)"}, "days", "рейс ходит не каждую неделю"),
        ({"days": "1 и 3 сб"}, "days", "цифры и слова вместе"),
        ({"direction": "кругом"}, "direction", "«кругом»: не направление"),
        ({"direction": "2"}, "direction", "Пишите «туда» или «обратно»"),
        ({"times": "25:70"}, "times", "«25:70»: нет такого времени"),
        ({"sequence": "второй"}, "sequence", "«второй»: не номер остановки"),
        ({"route": ""}, "route", "the route is missing"),
        ({"days": ""}, "days", "the days is missing"),
        ({"times": ""}, "times", "the times is missing"),
        ({"settlement": ""}, "settlement", "name the settlement of the stop"),
        ({"lon": "0", "lat": "0"}, "lon,lat", "coordinates 0,0 stand for unknown"),
        ({"lon": "0.1", "lat": "0.1"}, "lon,lat", "outside the bounds of"),
        ({"lon": "27.5"}, "lon,lat", "one of the two coordinates is missing"),
    ],
)
def test_a_bad_row_is_refused_alone(read, bad, field, reason):
    made = table(
        read, row(**bad), row(settlement="Б"), row(settlement="В", times="7:00")
    )
    ((line, name, said),) = reasons(made)
    assert (line, name) == ("2", field)
    assert reason in said
    (calls,) = trips(made).values()
    assert [stop for stop, _ in calls] == ["table:Б|", "table:В|"]


@pytest.mark.parametrize("column", ["valid_from", "valid_to"])
def test_the_31st_of_june_is_no_day(read, column):
    text = f"{HEAD},{column}\n{row()},31.06.2026\n{row(settlement='Б')},\n"
    made = read("timetable_table", text)
    assert reasons(made) == [
        ("2", column, "«31.06.2026»: нет такого дня. Проверьте день и месяц")
    ]
    assert len(made.tables["timetable_calls"]) == 1


@pytest.mark.parametrize(
    ("said", "direction"),
    [
        ("", "0"),
        ("Туда", "0"),
        ("0", "0"),
        (" обратно", "1"),
        ("назад", "1"),
        ("1", "1"),
    ],
)
def test_the_direction_in_words(read, said, direction):
    made = table(read, row(direction=said))
    assert made.tables["timetable_calls"]["direction"].tolist() == [direction]


@pytest.mark.parametrize(("last", "kept"), [("31.08.2026", 0), ("01.09.2026", 1)])
def test_a_row_that_ends_before_it_begins(read, last, kept):
    head = f"{HEAD},valid_from,valid_to"
    text = f"{head}\n{row()},01.09.2026,{last}\n{row(settlement='Б')},01.09.2026,\n"
    made = read("timetable_table", text)
    assert len(made.tables["timetable_calls"]) == 1 + kept
    said = ("2", "valid_to", "it ends before it begins: mend one of the two days")
    assert reasons(made) == ([] if kept else [said])


def test_without_a_usable_row_there_is_no_timetable(read):
    made = table(read, row(days="иногда"))
    assert set(made.tables) == {"timetable_lost"}
    assert made.notes == (
        "0 trips from 0 rows", "no trip of it can be used, so it tells nothing",
    )  # fmt: skip
    assert len(made.rejected) == 1


def test_a_route_with_different_numbers_of_times_is_refused_whole(read):
    made = table(
        read, row(times="06:40 7:40"), row(settlement="Б", times="7:00"), row(route="2")
    )
    said = (
        "the rows of this route have 1 and 2 times: each needs one per trip, «-» where "
        "the trip does not stop"
    )
    assert reasons(made) == [("2", "times", said), ("3", "times", said)]
    assert set(made.tables["timetable_calls"]["route"]) == {"2"}


def test_a_route_that_goes_back_in_time_is_refused_whole(read):
    made = table(
        read, row(times="06:40 12:00"), row(settlement="Б", times="7:00 11:00"),
        row(route="2"),
    )  # fmt: skip
    said = "trip 2 goes back in time here: mend the times"
    assert reasons(made) == [("2", "times", said), ("3", "times", said)]
    assert set(made.tables["timetable_calls"]["route"]) == {"2"}


def test_another_table_is_refused_with_its_header(read):
    with pytest.raises(SourceFormatError) as caught:
        read("timetable_table", "маршрут;когда\n1;утром\n")
    assert "columns are missing: 'settlement', 'days', 'times'" in str(caught.value)
    assert "docs/sources.md" in str(caught.value)


times = st.lists(st.integers(0, 17 * 60), min_size=1, max_size=5)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(times, min_size=1, max_size=3), st.integers(1, 127), st.data())
def test_what_is_written_is_read_back(read, routes, mask, data):
    """Trips of several routes, some passing stops, 7 minutes from hop to hop."""
    days = ",".join(str(day + 1) for day in range(7) if mask >> day & 1)
    lines, wanted = [], []
    for number, starts in enumerate(routes):
        served = data.draw(
            st.lists(
                st.lists(st.booleans(), min_size=len(starts), max_size=len(starts)),
                min_size=1,
                max_size=3,
            )
        )
        stops = [f"С{number}-{stop}" for stop in range(len(served))]
        for stop, name in enumerate(stops):
            clocks = [
                f"{(at + 7 * stop) // 60:02}:{(at + 7 * stop) % 60:02}" if here else "-"
                for at, here in zip(starts, served[stop], strict=True)
            ]
            lines.append(
                row(
                    route=f"r{number}",
                    settlement=name,
                    days=days,
                    times=" ".join(clocks),
                )
            )
        wanted += [
            calls
            for trip, at in enumerate(starts)
            if (
                calls := [
                    (f"table:{name}|", (at + 7 * stop) * 60)
                    for stop, name in enumerate(stops)
                    if served[stop][trip]
                ]
            )
        ]
    made = table(read, *lines)
    assert made.rejected.empty
    assert sorted(trips(made).values()) == sorted(wanted)
    if wanted:
        assert set(made.tables["timetable_calls"]["weekdays"]) == {mask}
