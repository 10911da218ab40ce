"""Each declared fault is in the mirror, and the release says it of that row alone."""

import csv
import gzip
import io
import zipfile

import pandas as pd
import pytest

from geo.sources.country import SyntheticSpec
from geo.synthetic.faults import faults_of
from geo.synthetic.layouts import LAYOUTS
from geo.synthetic.listings import make_listing, place_list
from geo.synthetic.mirror import cached_mirror
from geo.synthetic.places import make_settlements
from geo.synthetic.territory import make_territory

SEED, SIZE = 7, 200


@pytest.fixture(scope="module")
def mirror(small):
    return (
        cached_mirror(SyntheticSpec(seed=SEED, settlements=SIZE), small.settings.cache)
        / "demo"
    )


@pytest.fixture(scope="module")
def release(small):
    return small.built.published.path


def text_of(mirror, name):
    archive, _, member = name.partition("/")
    content = (mirror / archive).read_bytes()
    if member:
        content = zipfile.ZipFile(io.BytesIO(content)).read(member)
    return (gzip.decompress(content) if name.endswith(".gz") else content).decode()


def lines_of(mirror, fault):
    """Numbers of the lines of a file in which stands what a fault puts there."""
    text = text_of(mirror, fault.file)
    if fault.file.endswith(".xml"):
        values = {one for one in fault.put.values() if one}
        lines = enumerate(text.splitlines(), start=1)
        return [number for number, line in lines if all(one in line for one in values)]
    layout = LAYOUTS[fault.file]
    rows = list(csv.reader(io.StringIO(text), delimiter=layout.separator))
    names = rows[0] if layout.header else [name for name, _, _ in layout.columns]
    return [
        number
        for number, row in enumerate(rows, start=1)
        if fault.put.items() <= dict(zip(names, row, strict=True)).items()
    ]


def test_the_release_says_every_fault_of_its_row_and_nothing_else(mirror, release):
    expected = {}
    for fault in (one for one in faults_of(SIZE) if one.said):
        (line,) = lines_of(mirror, fault)
        archive, _, member = fault.file.partition("/")
        where = (archive, f"{member}:{line}" if member else str(line))
        if fault.said_of:
            where = (fault.said_of, f"demo:{fault.put['wof_id']}")
        assert where not in expected, fault.what
        expected[where] = fault.said
    rejected = pd.read_parquet(release / "rejected.parquet").astype("str")
    # what the declarations say of raions that a small country lacks is refused too
    rejected = rejected[rejected["source"].str.startswith("demo-")]
    said = {(one.file, one.row): one.reason for one in rejected.itertuples()}
    assert len(said) == len(rejected)
    assert said.keys() == expected.keys()
    for where, begins in expected.items():
        assert begins
        assert said[where].startswith(begins), where


def test_faults_of_the_timetable_are_listed_with_it_too(mirror, release):
    table = pd.read_parquet(release / "timetable_faults.parquet")
    refused = table[table["done"] == "refused"]
    faults = [one for one in faults_of(SIZE) if one.file.startswith("timetable.zip/")]
    expected = {
        (one.said, f"{one.file.replace('/', ':')}:{lines_of(mirror, one)[0]}")
        for one in faults
    }
    assert set(zip(refused["fault"], refused["example"], strict=True)) == expected


def test_a_facility_whose_days_nobody_can_read_stays_without_hours(mirror, release):
    (fault,) = (one for one in faults_of(SIZE) if not one.said)
    (line,) = lines_of(mirror, fault)
    table = pd.read_parquet(release / "facilities.parquet")
    (row,) = table[table["origin"] == f"{fault.file}:{line}"].to_dict("records")
    assert (row["staff_days"], row["located"]) == ("по графику", True)
    assert row["hours"]
    assert pd.isna(row["weekly_hours"])


def test_second_points_are_kept_and_say_of_what(mirror, release):
    truth = make_settlements(SEED, SIZE, make_territory(SEED, SIZE))
    _, (*doubles, abroad) = place_list(truth, make_listing(truth))
    known = pd.read_parquet(release / "settlements.parquet").set_index("id")
    expected = {}
    for double in doubles:
        assert len(lines_of(mirror, double)) == 1
        first = double.put["possible_dup_of"].removesuffix(".0")
        expected[f"demo:{double.put['wof_id']}"] = f"demo:{first}"
    assert len(expected) == 3
    assert known["duplicate_of"].dropna().to_dict() == expected
    (id_,) = known["foreign"].dropna().index
    assert id_ == f"demo:{abroad.put['wof_id']}"
    assert known.loc[id_, ["foreign", "name"]].tolist() == ["xx", "Замежжа"]
    assert pd.isna(known.at[id_, "population"])


def test_faults_are_told_in_words_and_none_twice():
    told = [(fault.file, fault.what) for fault in faults_of(SIZE)]
    assert len(set(told)) == len(told)
    assert all(what for _, what in told)
    assert {file for file, _ in told} <= LAYOUTS.keys()
