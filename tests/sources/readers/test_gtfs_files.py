"""How the files of a feed may be packed and written, and what is refused by name."""

import io
import zipfile

import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers import gtfs_text
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_gtfs import FEED, calls, feed


def packed(members):
    """Zip {name: text}."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def members(folder="", *, without=(), **changes):
    return {
        f"{folder}{name}.txt": text
        for name, text in (FEED | changes).items()
        if name not in without
    }


def sentence(read, content):
    with pytest.raises(SourceFormatError) as caught:
        read("gtfs", content, name="feed.zip")
    return str(caught.value).split("feed.zip", 1)[1]


OLD = {
    "stops": FEED["stops"].replace("53.5", "54.5"),
    "stop_times": FEED["stop_times"].replace("07:", "05:"),
}


@pytest.mark.parametrize("first", ["", "feed/", "a/b/"])
@pytest.mark.parametrize("turned", [False, True])
def test_tables_of_a_deeper_folder_are_never_mixed_in(read, first, turned):
    # also not the other way round: entries of a zip come in any order
    deeper = {f"{first}old/{name}.txt": text for name, text in OLD.items()}
    parts = [members(first), deeper]
    content = packed(parts[turned] | parts[not turned])
    result = read("gtfs", content)
    assert calls(result)["departure_s"].tolist()[:2] == [25530, 26400]
    assert result.tables["timetable_stops"]["lat"].tolist() == [53.5, 53.6]
    assert result.notes == ("2 tables in other folders of the zip are not read",)


def test_a_whole_feed_stands_before_parts_of_one(read):
    parts = members(without=("trips", "calendar"), **OLD)
    result = read("gtfs", packed(parts | members("new/")))
    assert calls(result)["departure_s"].tolist()[:2] == [25530, 26400]


def test_the_shallower_of_two_whole_feeds_is_read(read):
    content = packed(members("a/old/", **OLD) | members("b/"))
    assert calls(read("gtfs", content))["departure_s"].tolist()[:2] == [25530, 26400]


def test_two_feeds_side_by_side_are_refused_by_name(read):
    content = packed(members("winter/") | members("summer/", **OLD))
    assert sentence(read, content) == (
        ": the zip holds a feed in each of 2 folders: summer/, winter/. Pack each "
        "folder into a zip of its own and name it as a source."
    )


def test_what_is_no_table_makes_no_folder_of_a_feed(read):
    more = {"readme.txt": "привет", "docs/licence.txt": "-", "__MACOSX/stops.txt": "?"}
    result = read("gtfs", packed(more | members("feed/")))
    assert len(calls(result)) == 4
    assert result.notes == ()


def test_names_in_capitals_and_with_backslashes(read):
    made = {name.replace("/", "\\").upper(): t for name, t in members("feed/").items()}
    assert len(calls(read("gtfs", packed(made)))) == 4


def test_a_table_that_stands_twice(read):
    content = packed(members() | {"Stops.TXT": FEED["stops"]})
    assert sentence(read, content) == (
        ": a table stands twice in the zip: Stops.TXT, stops.txt. Nobody knows which "
        "one holds: remove one of them."
    )


def test_a_zip_in_a_zip_is_one_sentence(read):
    assert sentence(read, packed({"data/gtfs.zip": feed()})) == (
        ": the zip holds no table but another zip: data/gtfs.zip. Unpack it once and "
        "name the inner zip as the source."
    )


def test_a_zip_of_something_else_is_one_sentence(read):
    said = sentence(read, packed({"photo.jpg": "x", "notes.txt": "y"}))
    assert said.startswith(": the zip holds no table of GTFS such as stops.txt. ")


BLANKS = [" ", "\t", "\u00a0", "\u2009", "\u202f", "\u3000", "\u200b", "\ufeff"]


@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_around_values_belong_to_none(read, blank):
    def spaced(text):
        head, *lines = text.splitlines()
        rows = [
            ",".join(
                f"{blank}{cell}{blank}" if cell else "" for cell in line.split(",")
            )
            for line in [head.upper(), *lines]
        ]
        return "\n".join(rows) + "\n"

    plain = read("gtfs", feed())
    found = read("gtfs", feed({name: spaced(text) for name, text in FEED.items()}))
    assert found.rejected.empty
    assert found.notes == plain.notes
    for name, table in plain.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", "\r\n\r\n"])
def test_lines_may_end_in_every_way(read, end):
    text = FEED["stop_times"] + "t9,1:00:00,1:00:00,a,1\n"
    result = read("gtfs", feed({"stop_times": text.replace("\n", end)}))
    assert len(calls(result)) == 4
    line = 6 if len(end.replace("\r\n", "\n")) == 1 else 11
    assert [row[:3] for row in refused(result)] == [
        (f"stop_times.txt:{line}", "trip_id", "t9")
    ]


def test_lines_of_blanks_are_none(read):
    text = FEED["stop_times"].replace("t2,23", " \t \nt2,23")
    result = read("gtfs", feed({"stop_times": text}))
    assert len(calls(result)) == 4
    assert result.rejected.empty


def test_a_row_of_empty_cells_is_refused_for_what_it_lacks(read):
    result = read("gtfs", feed({"trips": FEED["trips"] + ",,,\n"}))
    assert refused(result) == [("trips.txt:4", "trip_id", "", "the trip id is missing")]


def test_a_quoted_value_may_stand_after_blanks(read):
    stops = (
        'stop_id, "stop_name",stop_lat ,stop_lon\n'
        ' "a", "Площадь, центр" ,53.5,27.5\n"b" ,\u00a0"он ""Вокзал""",53.6,"27.6"\n'
    )
    result = read("gtfs", feed({"stops": stops}))
    assert result.tables["timetable_stops"]["name"].tolist() == [
        "Площадь, центр", 'он "Вокзал"',
    ]  # fmt: skip
    assert len(calls(result)) == 4


def test_rows_may_leave_out_their_last_cells(read):
    head = FEED["stop_times"].split("\n")[0]
    text = FEED["stop_times"].replace(head, f"{head},pickup_type,drop_off_type")
    text = text.replace("07:20:00,b,2", "07:20:00,b,2,1,1").replace("a,2", "a,2,")
    result = read("gtfs", feed({"stop_times": text}))
    # the call of one row is passed without stopping, the other three stay in order
    assert calls(result)["stop_id"].tolist() == ["a", "b", "a"]
    assert calls(result)["departure_s"].tolist() == [25530, 86100, 87000]
    assert result.rejected.empty
    assert result.notes == (
        "3 rows of stop_times.txt lack their last cells: taken as empty",
        "1 calls without getting on or off are left out",
    )


def test_a_row_without_what_it_needs_or_with_too_much_is_refused(read):
    text = FEED["stop_times"] + "t1,08:00:00,08:00:00,a\nt1,8:00:00,8:00:00,a,3,,,\n"
    result = read("gtfs", feed({"stop_times": text}))
    assert len(calls(result)) == 4
    assert refused(result) == [
        (
            f"stop_times.txt:{line}", "", shown,
            "the number of fields is not 5 as in the header",
        )
        for line, shown in (
            (6, "t1,08:00:00,08:00:00,a"), (7, "t1,8:00:00,8:00:00,a,3,,,"),
        )
    ]  # fmt: skip


def test_a_column_that_stands_twice_is_refused_by_name(read):
    text = FEED["stops"].replace("stop_name", "Stop_Lat")
    assert sentence(read, feed({"stops": text})).startswith(
        ", stops.txt: the column 'stop_lat' stands twice in the header. Nobody knows"
    )
    # of what nobody reads there may be two
    text = FEED["stops"].replace("stop_name", "note").replace("\n", ",x\n")
    assert (
        len(
            calls(
                read(
                    "gtfs", feed({"stops": text.replace("stop_lon,x", "stop_lon,note")})
                )
            )
        )
        == 4
    )


def test_more_rows_than_any_country_has(read, monkeypatch):
    monkeypatch.setitem(gtfs_text._MOST_ROWS, "stop_times", 5)
    assert len(calls(read("gtfs", feed()))) == 4
    monkeypatch.setitem(gtfs_text._MOST_ROWS, "stop_times", 4)
    assert sentence(read, feed()) == (
        ", stop_times.txt: the table has 5 rows, more than 4. No country has so many: "
        "cut the feed to the area in question."
    )
    monkeypatch.setattr(gtfs_text, "_MOST_ROWS_OTHERS", 2)
    assert "the table has 3 rows, more than 2" in sentence(read, feed())


def test_an_endless_value_is_refused_with_its_row(read):
    name = "я" * (gtfs_text.LONGEST // 2)
    stops = FEED["stops"].replace("Площадь", name)
    assert len(calls(read("gtfs", feed({"stops": stops})))) == 4
    result = read("gtfs", feed({"stops": FEED["stops"].replace("Площадь", name + "я")}))
    assert result.tables["timetable_stops"]["stop_id"].tolist() == ["b"]
    ((row, field, shown, reason),) = [
        one for one in refused(result) if one[0].startswith("stops")
    ]
    assert (row, field, len(shown)) == ("stops.txt:2", "stop_name", 200)
    assert reason == ("a value of more than 10000 bytes: is a quotation mark missing?")


@pytest.mark.parametrize(
    ("clock", "seconds"),
    [
        ("7:05", 25500),
        ("07:05", 25500),
        ("25:10", 90600),
        (" 7:05:30 ", 25530),
        ("192:00", 691200),
    ],
)
def test_times_with_and_without_seconds(read, clock, seconds):
    text = FEED["stop_times"].replace("07:05:00,07:05:30", f"{clock},{clock}")
    result = read("gtfs", feed({"stop_times": text}))
    assert calls(result)["departure_s"][0] == seconds


@pytest.mark.parametrize(
    "clock", ["192:00:01", "999:00:00", "1000:00:00", "7", "7:5", "7.05", "07:05:60"]
)
def test_times_that_are_none(read, clock):
    text = FEED["stop_times"].replace("07:05:00,07:05:30", f"{clock},{clock}")
    result = read("gtfs", feed({"stop_times": text}))
    assert refused(result) == [
        (
            "stop_times.txt:2", "departure_time", clock,
            "not a time of the form HH:MM:SS up to 192:00:00",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "good"),
    [("1.0", True), ("01", True), ("9" * 40, False), ("-1", False), ("1.5", False)],
)
def test_places_in_a_trip_are_whole_numbers(read, place, good):
    text = FEED["stop_times"].replace("07:05:30,a,1", f"07:05:30,a,{place}")
    result = read("gtfs", feed({"stop_times": text}))
    assert len(calls(result)) == (4 if good else 3)
    assert [row[1:3] for row in refused(result)] == (
        [] if good else [("stop_sequence", place)]
    )
