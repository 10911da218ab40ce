"""The demo built for two days: the norm gets stricter overnight, the service does not.

Also: the demo shows every verdict of every standard that is judged.
"""

from datetime import date

import pandas as pd
import pytest

from geo.pipeline import build
from tests.build.small import manifest, overlay, settings_of

LAST, FIRST = date(2025, 12, 31), date(2026, 1, 1)
TRIPS, WATER = "by.transport.trips", "by.utilities.water_agrogorodok"


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    base = tmp_path_factory.mktemp("as-of")
    return base, overlay(base / "overlay")


@pytest.fixture(scope="module")
def releases(kitchen):
    """The small demo on the last day of the old norm and the first of the new one."""
    base, data = kitchen
    settings = settings_of(base, data)
    return {
        day: build("demo", settings=settings, on=day).published.path
        for day in (LAST, FIRST)
    }


def _judged(path, standard):
    table = pd.read_parquet(path / "judgements.parquet")
    return table[table["standard"] == standard].set_index("settlement_id")


def test_a_selsovet_centre_must_have_16_trips_and_from_2026_on_20(releases):
    old, new = (_judged(releases[day], TRIPS) for day in (LAST, FIRST))
    centre = "by.transport.trips.selsovet_centre"
    held = old.index[old["norm_id"] == centre]
    assert len(held) > 5
    assert set(old.loc[held, "norm"]) == {16}
    assert set(new.loc[held, "norm"]) == {20}
    assert (new.loc[held, "norm_id"] == centre).all()
    places = pd.read_parquet(releases[FIRST] / "settlements.parquet").set_index("id")
    assert (places.loc[held, "selsovet_centre"] == "yes").all()
    values = [
        pd.read_parquet(releases[day] / "values.parquet").query(
            "indicator == 'transport.trips_per_week'"
        )["value"]
        for day in (LAST, FIRST)
    ]
    pd.testing.assert_series_equal(*values)  # the buses are the same
    worse = (old["verdict"] == "kept") & (new["verdict"] == "breached")
    assert worse.any()
    assert set(new.loc[worse, "norm"]) == {20}


def test_other_rows_are_the_same_on_both_days(releases):
    old, new = (_judged(releases[day], TRIPS) for day in (LAST, FIRST))
    ends = old["norm_id"].str.endswith("selsovet_centre").fillna(value=True)
    # the range of a population widens with the days, so a norm may become uncertain
    other = ~ends.astype(bool) & new["norm"].notna()
    assert other.sum() > 30
    for column in ("norm", "norm_id", "verdict", "gap"):
        assert old.loc[other, column].equals(new.loc[other, column]), column


def test_the_list_of_the_oblast_stands_beside_the_national_one(releases):
    old, new = (_judged(releases[day], WATER) for day in (LAST, FIRST))
    both = old.index[old["norm_oblast"].notna()]
    assert len(both) > 3
    assert set(old.loc[both, "norm_national"]) == {70}
    assert set(old.loc[both, "norm"]) == {81}
    assert set(new.loc[both, "norm_oblast"]) == {81}
    # what the national list asks after 2025 was not read
    assert new.loc[both, "norm_national"].isna().all()
    towns = old.index[(old["norm"] == 85)]
    assert len(towns) > 0
    assert (new.loc[towns, "verdict"] == "unknown").all()
    assert (new.loc[towns, "reason"] == "norm_not_read").all()


def test_the_manifest_holds_rows_in_force_context_and_readings(releases):
    for day, limit in ((LAST, 16), (FIRST, 20)):
        document = manifest(releases[day])
        trips = next(s for s in document["standards"] if s["id"] == TRIPS)
        rows = {row["id"]: row for row in trips["norms"]}
        assert rows["by.transport.trips.selsovet_centre"]["value"] == limit
        assert (
            "не более 1000" in rows["by.transport.trips.village_20_50"]["reading"]["ru"]
        )
        context = {entry["id"] for entry in document["context"]}
        assert {"by.health.gp", "sdg.9.1.1"} <= context
        assert context.isdisjoint(s["id"] for s in document["standards"])


def test_the_demo_shows_every_verdict_of_every_standard(tmp_path):
    made = build("demo", settings=settings_of(tmp_path, None)).manifest
    assert made["default_view"] == "scores"
    for standard in made["standards"]:
        if standard["unit_of_assessment"] not in ("settlement", "city", "facility"):
            continue
        counts = made["verdicts"][standard["id"]]
        if counts["not_due"]:
            assert standard["force"] == "target"
            continue
        everybody = standard["id"].startswith("by.health.ambulance.")
        wanted = {"kept", "breached", "unknown", "no_norm"}
        if everybody:  # both rows together hold for every kind
            wanted -= {"no_norm"}
        assert all(counts[verdict] for verdict in wanted), (standard["id"], counts)
