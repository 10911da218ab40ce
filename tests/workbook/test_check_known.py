"""Of how many people a report says that something is known."""

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.reports.check import check
from tests.workbook import toy

MOBILE = "digital.generation.red"


@pytest.mark.parametrize(
    ("high", "share"),
    [(None, 2 / 5), (0.0, 5120 / 6060), (4180.0, 5120 / (6060 + 4180))],
)
def test_a_place_without_a_population_lowers_what_is_known(
    release, tmp_path, high, share
):
    folder = shutil.copytree(release, tmp_path / "2026-11-22.1")
    _change(folder, "settlements", lambda row: _bounded(row, high))
    (mobile,) = (
        one for one in check(folder, toy.RAION).indicators if one.code == MOBILE
    )
    assert mobile.known == pytest.approx(share)


def test_what_is_assumed_is_not_known(release, tmp_path):
    folder = shutil.copytree(release, tmp_path / "2026-11-22.1")
    _change(folder, "settlements", lambda row: _bounded(row, 0.0))
    _change(folder, "values", _assumed)
    (mobile,) = (
        one for one in check(folder, toy.RAION).indicators if one.code == MOBILE
    )
    assert (mobile.known, mobile.first, mobile.sources) == (0.0, None, ())


def _bounded(row, high):
    if row["population"] is None:
        row["population_high"] = high


def _assumed(row):
    if row["indicator"] == MOBILE and row["status"] == "modelled":
        row["status"] = "assumed"


def _change(folder, name, change):
    path = folder / f"{name}.parquet"
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        change(row)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
