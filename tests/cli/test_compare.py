"""`paritet diff` and `paritet explain` on two small releases."""

import csv
import io
import json
from datetime import date

import pytest

from tests.release.pair import known, norm, place, release, trips, wait, write

BUS = "transport.trips_per_week"


@pytest.fixture
def shelf(tmp_path):
    """Folder of releases: one place lost trips, another kept its own."""
    root = tmp_path / "releases"
    places = {"toy:0": place(), "toy:1": place(population=70)}
    law = [trips(norm("ty.trips.v", 16)), wait(norm("ty.wait.v", 30, "<="))]
    for trips_now, on in ((20, date(2026, 1, 20)), (8, date(2026, 6, 1))):
        values = {BUS: {"toy:0": known(trips_now), "toy:1": known(16)}}
        write(root, release(places, values, law, on))
    return root


@pytest.fixture
def said(paritet, shelf):
    """Run one command over the shelf."""
    return lambda *words: paritet(*words, "--releases", shelf)


def test_diff_in_words(said):
    code, out, err = said("diff", "ty/2026-01-20.1", "ty", "--lang", "en")
    assert (code, err) == (0, "")
    assert out.replace("\u00a0", " ").splitlines()[:2] == [
        "Toyland: what changed between 20 January 2026 and 1 June 2026",
        (
            "“Trips”: 100 people in 1 village: the norm was kept before, it is "
            "breached now; cause: service got worse."
        ),
    ]


def test_diff_of_an_area_and_a_standard_by_name(said):
    words = (
        "diff",
        "ty/2026-01-20.1",
        "ty",
        "--area",
        "Лесной",
        "--standard",
        "скорая",
    )
    code, out, _ = said(*words)
    assert code == 0
    assert out.splitlines()[:2] == [
        "Лесной район: что изменилось с 20 января 2026 года по 1 июня 2026 года",
        "Ни один ответ не изменился.",
    ]


def test_diff_as_json_and_csv_hold_the_same_rows(said, tmp_path):
    _, out, _ = said("diff", "ty/2026-01-20.1", "ty", "--format", "json")
    document = json.loads(out)
    (row,) = document["rows"]
    assert (document["from"], document["to"]) == ("ty/2026-01-20.1", "ty/2026-06-01.1")
    assert (row["settlement"], row["parts"]) == ("toy:0", {"value": 0.5})
    assert document["sums"][0]["people"] == 100.0
    file = tmp_path / "diff.csv"
    _, out, _ = said("diff", "ty/2026-01-20.1", "ty", "--format", "csv", "-o", file)
    assert out == f"{file}\n"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert (line["from"], line["synthetic"]) == ("ty/2026-01-20.1", "no")
    assert (line["causes"], line["part_value"]) == ("value", "0.5")
    assert (line["before_value"], line["after_value"]) == ("20.0", "8.0")


def test_explain_by_name_and_part_of_a_title(said):
    code, out, _ = said("explain", "Заречье", "рейс")
    assert code == 0
    assert "Разрыв: 1 − 8/16 = 0,5." in out
    assert out.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("diff", "ty", "ty", "--area", "Марс"), "no area 'Марс'"),
        (
            ("diff", "ty", "ty", "--standard", "ty."),
            "2 standards match 'ty.'. Give the",
        ),
        (
            ("diff", "ty", "ty", "--standard", "z"),
            "no standard 'z'. Known: ty.trips, ty",
        ),
        (("diff", "ty", "ty", "--format", "pdf"), "Invalid value for '--format'"),
        (("diff", "ty", "ty", "--lang", "de"), "Invalid value for '--lang'"),
        (("explain", "Марс", "рейс"), "no settlement 'Марс'"),
        (("explain", "Бор", "школа"), "no standard 'школа'"),
    ],
)
def test_what_cannot_be_done_is_said(said, words, sentence):
    code, out, err = said(*words)
    assert (code, out) == (2, "")
    assert sentence in err


def test_a_removed_release_is_said_to_be_removed(said, shelf):
    assert said("releases", "ty", "--keep", "1")[0] == 0
    code, _, err = said("diff", "ty/2026-01-20.1", "ty")
    assert code == 2
    assert "release 'ty/2026-01-20.1' was removed. Known: ty/2026-06-01.1." in err
    assert not (shelf / "ty" / "2026-01-20.1").exists()
