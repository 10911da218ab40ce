"""What is a second point, or lies abroad, is in no estimate, score, rank or tally."""

import pyarrow.compute as pc
import pytest

from geo.layers.counted import counted_rows
from geo.release.read import open_release


@pytest.fixture(scope="module")
def release(small):
    return open_release(small.built.published.path)


@pytest.fixture(scope="module")
def uncounted(release):
    """Three second points, and a town of the neighbour country."""
    table = release.table("settlements")
    left = table.filter(pc.invert(counted_rows(table)))["id"].to_pylist()
    assert len(left) == 4
    return set(left)


@pytest.mark.parametrize(("table", "column"), [
    ("ranks", "id"), ("measures", "settlement_id"),
])  # fmt: skip
def test_no_table_holds_a_row_of_them(release, uncounted, table, column):
    ids = set(release.table(table, [column])[column].to_pylist())
    assert ids
    assert not ids & uncounted


def test_the_tallies_of_the_manifest_leave_them_out(release, uncounted):
    whole = release.table("settlements").num_rows - len(uncounted)
    tallies = release.manifest["verdicts"]["by.transport.trips"]
    assert sum(tallies.values()) == whole
