"""Of how many people a report says that something is known."""

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.reports.check import check
from tests.workbook import toy

FIXED = "digital.fixed_broadband"


@pytest.mark.parametrize(
    ("high", "share"),
    [(None, 1 / 5), (0.0, 5000 / 6060), (4180.0, 5000 / (6060 + 4180))],
)
def test_a_place_without_a_population_lowers_what_is_known(
    release, tmp_path, high, share
):
    folder = shutil.copytree(release, tmp_path / "2026-11-22.1")
    _change(folder, "settlements", lambda row: _bounded(row, high))
    (fixed,) = (one for one in check(folder, toy.RAION).indicators if one.code == FIXED)
    assert fixed.known == pytest.approx(share)


def test_what_is_assumed_is_not_known(release, tmp_path):
    folder = shutil.copytree(release, tmp_path / "2026-11-22.1")
    _change(folder, "settlements", lambda row: _bounded(row, 0.0))
    _change(folder, "values", _assumed)
    (fixed,) = (one for one in check(folder, toy.RAION).indicators if one.code == FIXED)
    assert (fixed.known, fixed.first, fixed.sources) == (0.0, None, ())


def _bounded(row, high):
    if row["population"] is None:
        row["population_high"] = high


def _assumed(row):
    if row["indicator"] == FIXED and row["status"] == "declared":
        row["status"] = "assumed"


def _change(folder, name, change):
    path = folder / f"{name}.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        change(row)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
