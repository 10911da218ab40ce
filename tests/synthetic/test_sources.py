"""What the sources of the invented country leave out, and that only there."""

import gzip

import pandas as pd

from geo.synthetic.declared import (
    complete_raions,
    old_raion,
    silent_raion,
    stale_raion,
)
from geo.synthetic.supply import register, true_sites
from geo.types import FacilityKind, Kind

SEED, SIZE = 2026, 1200


def test_place_list_has_the_faults_of_real_lists(demo, table):
    places = table(demo / "places.csv")
    doubled = places[places["possible_dup_of"] != ""]
    assert len(doubled) == 4
    originals = doubled["possible_dup_of"].str.removesuffix(".0")
    assert originals.isin(places["wof_id"]).all()
    assert places["wof_id"].is_unique
    assert (places["lat"] == "0").sum() == 1
    assert (places["lat"] == "").sum() == 1
    assert places["name_be"].str.contains("[A-Za-z]").sum() > 50
    assert places["name_ru"].eq("").sum() > 10
    assert places["name_be"].str.startswith("Аграгарадок ").sum() > 5
    assert set(places["selsovet_centre"]) == {"yes", "no", ""}
    flagged = places["type"].eq("аг").sum()
    assert 93 * 0.8 < flagged < 93
    assert places["pop2009"].eq("").sum() > 40
    assert places.loc[places["pop2009"] != "", "pop2009"].str.endswith(".0").all()


def test_census_has_lost_rows_districts_and_a_fault(demo, truth, table):
    census = table(demo / "census.csv")
    council = census["raion"].str.endswith("горсовет")
    lost = census[(census["wof_id"] == "") & ~council]
    # outside the raions of lost rows a missing value can only mean a small place
    raion = truth.raions["ru"] + " р-н"
    assert set(lost["raion"]) <= {raion[3], raion[7], raion[11], raion[0]}
    assert (census["pop2009"] == "-5").sum() == 1
    districts = census[council]
    assert districts["type"].eq("").all()
    assert len(districts) == 4
    city = truth.places.loc[truth.places["kind"] == Kind.OBLAST_CITY, "population"]
    assert districts["pop2009"].astype(int).sum() == city.iloc[0]
    assert not census["name"].str.contains("ё").any()


def test_facility_register_is_whole_exactly_where_it_says(truth, ids):
    sites = true_sites(truth)
    listed = register(truth, sites)
    raion = pd.Series(truth.places["raion"].to_numpy(), index=ids)
    for kind, there in sites.groupby("kind"):
        whole = complete_raions(FacilityKind(kind), 12)
        real = there["place"].map(truth.places["raion"]).value_counts()
        of_kind = listed.loc[listed["kind"] == kind, "settlement"]
        told = of_kind.map(raion).value_counts().reindex(real.index, fill_value=0)
        inside = real.index.isin(whole)
        assert (told[inside] == real[inside]).all(), kind
        if len(whole) < 12:
            assert told[~inside].sum() < real[~inside].sum(), kind


def test_registers_have_gaps_bounds_and_old_raions(demo, truth, ids, table):
    raion = pd.Series(truth.places["raion"].to_numpy(), index=ids)
    arrivals = table(demo / "ambulance.csv")
    assert 0.65 < len(arrivals) / SIZE < 0.75
    assert set(arrivals["status"]) == {"measured", "declared"}
    minutes = arrivals["value"].replace("", None).astype(float)
    assert (minutes <= 20).sum() > 100
    assert (minutes > 35).sum() > 80
    assert (minutes > 150).sum() > 0
    assert arrivals["value"].eq("").sum() > 5
    old = arrivals["settlement"].map(raion) == stale_raion(12)
    assert (arrivals.loc[old, "date"] < "2020").all()
    assert (arrivals.loc[~old, "date"] > "2024").all()
    fixed = table(demo / "fixed.csv")
    assert silent_raion(12) not in set(fixed["settlement"].map(raion))
    assert set(fixed["available"]) == {"yes", "no"}
    large = truth.places["population"] >= 300
    inside = large & (truth.places["raion"] != silent_raion(12))
    assert ids[inside].isin(fixed["settlement"]).mean() > 0.85
    speeds = table(demo / "speed.csv")
    share = speeds.groupby("indicator").size() / SIZE
    assert set(share.index) == {"digital.mobile_mbps", "digital.cellular_service"}
    assert 0.28 < share["digital.mobile_mbps"] < 0.40
    service = speeds[speeds["indicator"] == "digital.cellular_service"]
    assert 0.35 < len(service) / SIZE < 0.45
    assert set(service["value"].astype(float)) == {0, 1}
    # on both sides of the promise of 18 December 2025
    assert service["date"].min() < "2025-12-18" < service["date"].max()


def test_cells_of_all_networks_old_in_one_raion(demo):
    with gzip.open(demo / "cells.csv.gz", "rt", encoding="utf-8") as stream:
        cells = pd.read_csv(stream, header=None)
    assert set(cells[1]) == {999}
    assert set(cells[2]) == {1, 2, 4, 6}
    assert set(cells.loc[cells[2] == 6, 0]) == {"LTE"}
    year = pd.to_datetime(cells[12], unit="s").dt.year
    old = cells[3] == 100 + old_raion(12)
    assert set(year[old]) == {2016}
    assert set(year[~old]) == {2024, 2025}
    assert ((cells[6] == 0) & (cells[7] == 0)).sum() == 1


def test_offices_leave_out_a_raion_and_send_old_words_and_bounds(
    demo, truth, ids, table
):
    raion = pd.Series(truth.places["raion"].to_numpy(), index=ids)
    kind = pd.Series(truth.places["kind"].to_numpy(), index=ids)
    for name in ("health_points", "fibre", "water", "school_transport"):
        stated = table(demo / f"{name}.csv")
        where = stated["settlement"].map(raion)
        assert silent_raion(12) not in set(where), name
        old = where == stale_raion(12)
        assert (stated.loc[old, "date"] < "2020").all(), name
        assert old.any(), name
        assert (stated.loc[~old, "date"] >= "2025-02-01").all(), name
    points = table(demo / "health_points.csv")
    assert set(points["status"]) == {"declared", "not_applicable"}
    bounds = points[points["remark"] == "не менее"]
    assert len(bounds) > 0
    assert (bounds["value"] == "").all()
    assert (bounds["high"] == "").all()
    water = table(demo / "water.csv")
    assert set(water["settlement"].map(kind)) == set(Kind) - {Kind.RURAL}
    vehicles = table(demo / "vehicles.csv")
    assert 0 < (vehicles["low"] != vehicles["high"]).sum() < len(vehicles) / 3


def test_the_register_of_kinds_has_what_such_registers_have(demo, truth, table):
    kinds = table(demo / "kinds.csv")
    sound = kinds[kinds["kind"].isin(["аг", "д"])]
    # one place is called by two kinds, one is matched weakly, one no list names
    twice = sound[sound["wof_id"].duplicated(keep=False) & (sound["match"] == "exact")]
    assert sorted(twice["kind"].unique()) == ["аг", "д"]
    assert (kinds["match"] == "weak 0.83").sum() == 1
    assert (kinds["kind"] == "хутор?").sum() == 1
    strange = ~kinds["wof_id"].isin(truth.places["place_id"].astype("str"))
    assert strange.sum() == 1
