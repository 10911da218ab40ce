"""What is a second point, or lies abroad, is in no estimate, score, rank or tally."""

import numpy as np
import pyarrow.compute as pc
import pytest

from geo.layers.counted import counted_rows
from geo.release.read import open_release
from geo.reports.classed import classed, readings
from geo.reports.tally import Tally
from geo.reports.topics import country_of


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


def test_a_summary_counts_whom_the_tables_count(release):
    """People by class are those of the country; by verdict and status, the tables'."""
    country = release.row("areas", country_of(release))
    people = float(np.nansum(release.numbers("population")[release.listed]))
    places = int(release.listed.sum())
    for kind, names in readings(release).items():
        for name in names:
            tally = Tally(
                release, classed(release, f"{kind}:{name}".rstrip(":")), country
            )
            counts = [tally.of([one]) for one in tally.classed.classes]
            assert sum(one.people for one in counts) == pytest.approx(people)
            assert sum(one.settlements for one in counts) == places
    scores = release.rows("area_scores", country["id"])
    rows = {r["subject"]: r for r in scores if r["subgroup"] == "village"}
    tally = Tally(release, classed(release, "verdict:by.transport.trips"), country)
    village = tally.count(tally.among(["breached"]) & tally.side("village"))
    own = rows["standard:by.transport.trips"]
    assert village.settlements == own["settlements_breached"] > 0
    assert village.people == pytest.approx(own["population_breached"])
    for row in release.rows("evidence", country["id"]):
        if row["indicator"] == "digital.cell_km":
            known = Tally(release, classed(release, "status:digital.cell_km"), country)
            count = known.of([row["status"]])
            assert count.settlements == row["settlements"]
            assert count.people == pytest.approx(row["population"])
