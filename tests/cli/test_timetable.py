"""`paritet timetable`: look into a file, and ask what a change would do."""

import csv
import re

import pytest

from geo.release.catalog import find_release
from geo.release.read import open_release
from tests.sources.readers.test_gtfs import FEED, feed
from tests.sources.readers.test_timetable_table import documented


@pytest.fixture
def zipped(tmp_path):
    path = tmp_path / "feed.zip"
    path.write_bytes(feed({"routes": "route_id,route_short_name\nr1,7\n"}))
    return path


def test_check_tells_what_is_in_a_feed(paritet, zipped):
    code, out, err = paritet("timetable", "check", zipped)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "2 stops (0 found by the name of their settlement), 2 trips, 4 calls",
        "carriers: 1; Автопарк",
        "routes: 1; 7",
        "valid: 2024-01-01 to 2024-01-28",
        "nothing was refused",
    ]


def test_check_counts_what_is_wrong(paritet, tmp_path):
    path = tmp_path / "feed.zip"
    stops = FEED["stops"] + "g,Залив,0,0\nh,Залив,0,0\n"
    path.write_bytes(feed({"stops": stops}))
    out = paritet("timetable", "check", path)[1]
    assert (
        "refused 2: stop_lon,stop_lat: coordinates 0,0 stand for unknown "
        "(first: stops.txt:4)"
    ) in out


def test_check_of_a_feed_of_which_nothing_can_be_used(paritet, tmp_path):
    path = tmp_path / "feed.zip"
    path.write_bytes(feed({"stops": FEED["stops"].replace("53.", "13.")}))
    code, out, err = paritet("timetable", "check", path)
    assert code == 2
    assert (
        "refused 2: stop_lon,stop_lat: outside the bounds of by (lon 23 to 33, lat "
    ) in out
    assert "note: no trip of it can be used, so it tells nothing" in out
    assert "valid:" not in out
    said = (
        f"{path}: nothing in it can be used: no trip is left. Mend what is listed "
        "above; what is not listed is not there."
    )
    assert said in err.replace("\n", " ")


def test_check_of_a_table_of_which_nothing_can_be_used(paritet, tmp_path):
    path = tmp_path / "bus.csv"
    path.write_text(
        documented().replace("пн-пт", "по чётным").replace("ср, сб", "иногда")
    )
    code, out, err = paritet("timetable", "check", path)
    assert code == 2
    assert "refused 3: дни: «по чётным»: рейс ходит не каждую неделю." in out
    assert "nothing in it can be used" in err


def test_check_reads_the_table_of_a_clerk(paritet, tmp_path):
    path = tmp_path / "bus.csv"
    path.write_text(documented(), encoding="utf-8")
    code, out, _ = paritet("timetable", "check", path)
    assert code == 0
    assert out.startswith("3 stops (3 found by the name of their settlement), 4 trips,")
    assert "valid: 2026-09-01 to 2027-05-31" in out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bus.doc", "no timetable is known by the name '.doc'. It must end in one of"),
        ("bus.zip", "bus.zip"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(paritet, tmp_path, name, words):
    code, out, err = paritet("timetable", "check", tmp_path / name)
    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err


@pytest.fixture
def bus(kitchen):
    """A trip of the demo, and the settlement that it serves."""
    path = find_release(kitchen.releases, "demo").path
    release = open_release(path)
    table = release.table("service").to_pandas()
    return table[(table["period"] == "reference") & (table["days"] < 6)].iloc[0]


def test_what_if_tells_who_gains_and_writes_everything(paritet, kitchen, tmp_path, bus):
    stop = str(bus["stops"]).split(",")[0]
    edits = tmp_path / "edits.yaml"
    edits.write_text(
        "- add_stop: {stop_id: market, name: Рынок, lon: 28.0, lat: 53.9}\n"
        "- add_trip: {trip_id: new, "
        f"calls: [[{stop}, '07:00'], [market, '08:00']]}}\n",
        encoding="utf-8",
    )
    words = ("timetable", "what-if", "demo", edits, "--data", kitchen.data)
    code, out, err = paritet(*words, "--out", tmp_path / "effect.csv")
    assert code == 0
    told = r"^trips: better for \d+ people in \d+ settlements, worse for 0 in 0$"
    assert re.search(told, out, re.MULTILINE)
    assert f"{tmp_path}/effect.csv" in err.replace("\n", "")
    with (tmp_path / "effect.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    (own,) = [
        row
        for row in rows
        if (row["settlement_id"], row["measure"]) == (bus["settlement_id"], "trips")
    ]
    assert float(own["after"]) - float(own["before"]) == 7
    kinds = {row["measure"].partition(":")[0] for row in rows}
    assert kinds <= {"trips", "days", "return_days", "minutes", "stay_minutes"}
    assert all(row["before"] != row["after"] for row in rows)


def test_what_if_says_what_cannot_be_done(paritet, kitchen, tmp_path):
    edits = tmp_path / "edits.yaml"
    edits.write_text("- remove_trip: {trip_id: none}\n", encoding="utf-8")
    words = ("timetable", "what-if", "demo", edits, "--data", kitchen.data)
    code, out, err = paritet(*words)
    assert (code, out) == (2, "")
    assert "edit RemoveTrip: no trip 'none'." in err
    code, out, err = paritet("timetable", "what-if", "demo", tmp_path / "no.yaml")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "there is no such file. Name a file of edits." in err


def test_what_if_asks_for_a_folder_before_it_works(paritet, kitchen, tmp_path):
    edits = tmp_path / "edits.yaml"
    edits.write_text("- remove_trip: {trip_id: t000001}\n", encoding="utf-8")
    words = ("timetable", "what-if", "demo", edits, "--data", kitchen.data)
    code, out, err = paritet(*words, "--out", tmp_path / "none" / "x.csv")
    assert (code, out) == (2, "")
    assert err == (
        f"✗ {tmp_path}/none/x.csv: the file cannot be written (No such file or "
        "directory). Give a path in an existing folder.\n"
    )
