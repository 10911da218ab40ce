"""Belarus from the mirror: every row accounted for, and nothing claimed unproved."""

from datetime import date

import pandas as pd
import pytest

from geo.pipeline.building import standards_of
from geo.sources.country import load_country
from geo.sources.readers import wof_places
from geo.sources.registry import load_registry
from geo.standards.judge import judge

pytestmark = pytest.mark.realdata

PLACES, CENSUS_ROWS, CENSUS_PLACES = 25_121, 5_174, 4_896
OUTCOMES = {
    "matched", "corrected", "part_of_city", "contested", "misplaced", "unmatched",
}  # fmt: skip
SIZES = (-1, 99, 499, 1_999, 19_999, 10**9)
#: share of places with a cell of any kind, and of LTE, within 5 km; the largest first
ANY_CELL = (1.00, 0.96, 0.84, 0.76, 0.67)
LTE_CELL = (0.68, 0.32, 0.18, 0.15, 0.09)


@pytest.fixture(scope="module")
def listed(mirror):
    """The places as their file has them, by settlement id."""
    table = pd.read_csv(mirror / "by/settlements.csv", dtype={"wof_id": "str"})
    return table.set_index("wof:" + table["wof_id"])


def test_every_place_of_the_list_is_a_settlement_or_refused(by, listed):
    assert len(listed) == PLACES
    own = by["settlements"].query("source == 'by-places'")
    refused = by["rejected"].query("source == 'by-places'")
    refused = refused[~refused["reason"].str.contains("row kept")]
    assert len(own) + len(refused) == PLACES
    assert set(own["id"]) <= set(listed.index)
    flagged = by["settlements"].query("duplicate_of.notna()")
    marked = listed.index[listed["possible_dup_of"].notna()]
    assert len(marked) == 35
    # three are other places by their names in a register
    assert len(set(marked) - set(flagged["id"])) == 3
    # beyond those only second points of a town, beside one with its residents
    others = flagged[~flagged["id"].isin(marked)]
    assert len(others) < 12
    towns = by["settlements"].query("urban == 'yes'")["id"]
    assert others["duplicate_of"].isin(towns).all()
    # people are on a flagged point only where a census row of its own says so
    counted = flagged["population_census"].notna()
    assert (flagged["population"].notna() == counted).all()
    assert counted.sum() <= 2


def test_the_places_reader_reads_every_census_value(mirror):
    country, registry = load_country("by"), load_registry()
    path = mirror / "by/settlements.csv"
    read = wof_places.read(path, registry.by_id("by-places"), country, {})
    places = read.tables["places"]
    assert places["population"].notna().sum() == CENSUS_PLACES
    assert len(places) + len(read.rejected) == PLACES


def test_every_census_row_is_accounted_for(by):
    census = by["census"]
    assert len(census) == CENSUS_ROWS
    assert set(census["outcome"]) <= OUTCOMES
    given = census["outcome"].isin(["matched", "corrected"])
    assert (census["settlement_id"].notna() == given).all()
    assert not census.loc[given, "settlement_id"].duplicated().any()
    assert (census["outcome"] == "matched").sum() >= 4_850
    taken = by["settlements"]["population_census"].notna().sum()
    assert taken >= given.sum()


def test_every_raion_and_minsk_have_settlements(by):
    areas = by["areas"].query("level == 'raion'")
    members = by["settlements"].groupby("raion_id").size()
    assert members.reindex(areas["id"]).notna().all()
    raions = areas[areas["name_ru"].str.endswith("район")]
    assert len(raions) == 118
    minsk = areas[
        areas["name_ru"].str.contains("Минск") & ~areas.index.isin(raions.index)
    ]
    assert len(minsk) == 1
    drybin = areas.loc[areas["name_ru"] == "Дрибинский район", "id"].item()
    assert abs(members[drybin] - 108) <= 2


def by_size(listed, near):
    """Return the share of places per class of 2009 size, the largest first."""
    size = pd.cut(listed["pop2009"].fillna(0), SIZES)
    return near.groupby(size, observed=False).mean().iloc[::-1].tolist()


def test_cells_thin_out_with_size(by, listed):
    within = by.values("digital.cell_km")["high"] <= 5
    lte = by.values("digital.best_generation")["low"] >= 4
    known = listed.loc[listed.index.isin(within.index)]
    assert len(known) >= PLACES - 18
    for near, expected in ((within, ANY_CELL), (lte, LTE_CELL)):
        found = by_size(known, near.reindex(known.index))
        assert found == pytest.approx(expected, abs=0.01)


def test_no_breach_rests_on_old_or_partial_evidence(by):
    judged, values = by["judgements"], by["values"]
    windows = {i["code"]: i["freshness_years"] for i in by.manifest["indicators"]}
    measured = {s["id"]: s["indicator"] for s in by.manifest["standards"]}
    breached = judged[judged["verdict"] == "breached"].copy()
    assert breached["reason"].isna().all()
    breached["indicator"] = breached["standard"].map(measured)
    breached = breached.rename(columns={"status": "judged_status"})
    rows = breached.merge(values, on=["settlement_id", "indicator"])
    assert (rows["status"] == rows["judged_status"]).all()
    assert len(rows) == len(breached)
    assert not rows["status"].isin(["unknown", "assumed"]).any()
    age = (pd.Timestamp(by.manifest["on"]) - pd.to_datetime(rows["date"])).dt.days
    window = rows["indicator"].map(windows).astype("float64") * 365.25
    assert (age <= window).all()
    # nobody has stated a list of Belarus to be complete, so nothing can be breached
    assert by.manifest["completeness"] == []
    assert len(breached) == 0


def test_no_verdict_rests_on_an_assumption_or_on_a_text_that_nobody_read(by):
    judged = by["judgements"]
    decided = judged["verdict"].isin(["kept", "breached"])
    assert "assumed" not in set(judged.loc[decided, "status"])
    assert "assumed" not in set(
        judged.loc[judged["verdict_if_fresh"].notna(), "status"]
    )
    assumed = judged[judged["status"] == "assumed"]
    assert set(assumed["verdict"]) == {"unknown", "not_due"}
    # what is asked of water after 2025 was not read; Minsk and villages have no row
    water = judged[judged["standard"] == "by.utilities.water_agrogorodok"]
    places = by["settlements"].set_index("id")["kind"]
    without = water.loc[water["verdict"] == "no_norm", "settlement_id"]
    assert set(places[without]) == {"capital", "rural"}
    assert (water["reason"] == "norm_not_read").sum() > 10_000


def test_on_the_day_of_a_target_no_old_record_keeps_it(by):
    """Judged once more for 2027: crowd-sourced cells of 2022 and 2023 prove nothing."""
    law = {standard.id: standard for standard in standards_of(load_country("by"))}
    target = law["by.telecom.mobile_all_settlements_2026"]
    places = by["settlements"].set_index("id")
    later = judge(places, by["values"], [target], date(2027, 1, 2), {}, by["areas"])
    assert set(later["verdict"]) == {"unknown"}
    assert set(later["reason"]) == {"assumption", "no_value"}


def test_every_value_says_where_it_is_from_and_of_which_day(by):
    values = by["values"]
    known = values[~values["status"].isin(["unknown", "assumed"])]
    assert len(known) > 50_000
    assert known["source"].notna().all()
    assert known["date"].notna().all()
    unknown = values[values["status"] == "unknown"]
    assert unknown[["value", "low", "high"]].isna().all(axis=None)
    assert values[values["status"] == "assumed"]["source"].notna().all()


@pytest.mark.parametrize(
    ("indicator", "statuses"),
    [
        # assumed where no list names the hospital of a raion centre
        ("health.hospital_minutes", {"assumed", "modelled"}),
        ("health.ambulance_minutes", {"assumed", "modelled"}),
        ("post.office_minutes", {"assumed"}),
        ("health.pharmacy_minutes", {"unknown"}),
        ("health.primary_care_minutes", {"modelled"}),
        ("digital.fixed_broadband", {"unknown"}),
        ("digital.mobile_mbps", {"unknown"}),
    ],
)
def test_what_is_assumed_and_what_is_unknown(by, indicator, statuses):
    assert set(by.values(indicator)["status"]) == statuses


def test_lists_that_are_not_complete_are_upper_bounds_alone(by):
    for indicator in ("health.hospital_minutes", "health.primary_care_minutes"):
        values = by.values(indicator).query("status == 'modelled'")
        assert values["low"].isna().all()
        assert set(values["source"]) == {"by-health-facilities-2023"}


def test_nobody_is_called_no_agrogorodok_for_want_of_a_flag(by):
    settlements = by["settlements"]
    flagged = settlements["kind"] == "agrogorodok"
    assert 1_250 <= flagged.sum() <= 1_300
    stated = by["class_statements"].query("kinds == 'rural' and outcome == 'settles'")
    rural = settlements[settlements["urban"] == "no"]
    rural = rural[~rural["id"].isin(stated["settlement_id"])]
    possible = rural["kinds_possible"].map(lambda kinds: "agrogorodok" in kinds)
    assert possible.all()
    centre = settlements["selsovet_centre"]
    assert "no" not in set(centre[settlements["urban"] == "no"])


def test_the_licences_travel(by):
    for entry in by.manifest["inputs"]:
        assert len(entry["sha256"]) == 64, entry["source"]
        assert entry["licence"], entry["source"]
        assert entry["attribution"]["ru"], entry["source"]
    assert "/" not in by.manifest["inputs"][0]["version"]
