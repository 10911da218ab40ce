"""What must hold of the real country, whatever the code becomes."""

import geopandas as gpd
import numpy as np
import pytest

from geo.layers.census import raion_of_rows
from geo.layers.counted import counted
from geo.layers.names import area_key, name_key
from geo.layers.reconcile import reconcile

pytestmark = pytest.mark.realdata

#: rows of the file of places
LISTED = 25_121


def test_places_are_settlements_or_refused(by):
    settlements, rejected = by.layers.settlements, by.layers.rejected
    own = settlements["source"].eq("by-places").sum()
    lost = ~rejected["reason"].str.contains("row kept")
    refused = (rejected["source"].eq("by-places") & lost).sum()
    assert own + refused == LISTED
    reasons = rejected.loc[rejected["source"] == "by-places", "reason"]
    assert reasons.str.contains("the point lies outside").sum() == 17
    assert reasons.str.contains("outside the bounds").sum() == 1


def test_towns_without_a_listed_place_come_from_their_polygons(by):
    settlements = by.layers.settlements
    added = settlements[settlements["source"] == "by-polygons-2019"]
    assert 11 <= len(added) <= 13
    assert added["id"].str.startswith("soato:").all()
    assert added["urban"].eq("yes").all()
    assert added["population_status"].eq("measured").all()
    assert {"Ганцевичи", "Россоны", "Хотимск"} <= set(added["name"])


def test_every_raion_and_minsk_has_settlements(by):
    raions = by.raions
    units = raions["name_ru"].str.match(r"^(?!г\.|.*горсовет)")
    assert units.sum() == 118
    count = by.layers.settlements.groupby("raion_id").size()
    assert set(count.index) == set(raions.index)
    assert count["soato:5000"] > 0
    dribin = raions.index[raions["name_ru"] == "Дрибинский район"][0]
    assert abs(count[dribin] - 108) <= 2


def test_duplicates_are_kept_and_flagged(by):
    settlements = by.layers.settlements
    flagged = settlements[settlements["duplicate_of"].notna()]
    # 32 of the provider's 35 and second points of towns inside their polygons
    assert len(flagged) >= 32
    assert flagged["duplicate_of"].isin(settlements.index).all()
    # three of the provider's are other places by their names in a register
    assert by.layers.rejected["field"].eq("duplicate_of").sum() == 3
    # two of the provider's bear a census row of their own
    assert flagged["population_census"].notna().sum() == 2


def test_the_towns_of_other_countries_are_marked(by):
    settlements = by.layers.settlements
    (abroad,) = settlements.index[settlements["foreign"].notna()]
    row = settlements.loc[abroad]
    assert (row["foreign"], row["name"]) == ("pl", "Тересполь")
    codes = by.layers.identifiers
    named = codes[(codes["id"] == abroad) & (codes["scheme"] == "geonames")]
    assert named["value"].tolist() == ["756938"]


def test_every_census_row_has_one_outcome(by):
    census = by.layers.census
    assert len(census) == 5_174
    assert census["row"].is_unique
    placed = census["outcome"].isin(["matched", "corrected"])
    assert placed.sum() >= 4_896
    assert (census["settlement_id"].notna() == placed).all()
    assert census.loc[placed, "settlement_id"].is_unique
    assert census.loc[placed, "settlement_id"].isin(by.layers.settlements.index).all()
    districts = census[census["outcome"] == "part_of_city"]
    assert len(districts) == 24
    assert districts["place_type"].isna().all()


@pytest.mark.parametrize(
    ("name", "raion", "people"),
    [
        # the Belarusian and English names of the point say whose it is
        ("Ленинский", "Жабинковский р-н", 1705),
        ("Бычиха", "Городокский р-н", 499),
        ("Вулька-1", "Лунинецкий р-н", 1055),
        # the provider found no point; one of this name lies in the selsovet
        ("Улла", "Бешенковичский р-н", 1069),
        ("Нарочь", "Мядельский р-н", 2581),
    ],
)
def test_rows_that_the_matching_must_get_right(by, name, raion, people):
    census = by.layers.census
    row = census[
        (census["name"] == name)
        & (census["raion_name"] == raion)
        & (census["population"] == people)
    ].iloc[0]
    assert row["outcome"] in ("matched", "corrected")
    place = by.layers.settlements.loc[row["settlement_id"]]
    assert place["population_census"] == people


def test_settlements_carry_only_their_own_census_value(by):
    census = by.layers.census.dropna(subset=["settlement_id"])
    own = census.set_index("settlement_id")["population"]
    published = by.layers.settlements["population_census"].dropna().astype("int64")
    assert published.sort_index().equals(
        own.sort_index().astype("int64").rename("population_census").rename_axis(None)
    )


def test_a_class_is_known_only_where_somebody_states_it(by):
    settlements, said = by.layers.settlements, by.layers.class_statements
    known = settlements[settlements["kind"].isin(["agrogorodok", "rural"])]
    exact = said[
        said["outcome"].eq("settles") & ~said["kinds"].str.contains("|", regex=False)
    ]
    stated = exact.groupby("settlement_id")["kinds"].agg(set)
    assert (stated.reindex(known.index) == known["kind"].map(lambda kind: {kind})).all()
    counts = settlements["kind"].value_counts()
    assert 1_250 <= counts["agrogorodok"] <= 1_300
    assert 8_100 <= counts["rural"] <= 8_400
    # in every oblast, and not only where the census wrote «аг»
    assert known.query("kind == 'agrogorodok'").groupby("oblast_id").size().min() > 100


def test_sources_that_disagree_leave_the_class_open_and_are_named(by):
    settlements, said = by.layers.settlements, by.layers.class_statements
    places = said.loc[said["outcome"] == "disagrees", "settlement_id"].unique()
    assert 40 <= len(places) <= 70
    row = settlements.loc[places]
    assert row["kind"].isna().all()
    assert row["kind_source"].notna().all()
    # the three that the list of agrogorodki has matched weakly
    for name in ("Трокеники Вторые", "Нов.Полота", "Дмитриевка"):
        found = settlements[settlements["name_ru"] == name]
        assert not found["kind"].eq("agrogorodok").any(), name


def test_no_town_becomes_a_village_by_a_namesake(by):
    settlements, said = by.layers.settlements, by.layers.class_statements
    refused = said[said["outcome"] == "refused"]
    assert 20 <= len(refused) <= 40
    assert refused["note"].str.endswith("another one may be meant").all()
    towns = settlements[settlements["place_type"].isin(["г", "гп", "рп"])]
    # three urban settlements of 2009 that lists of 2020 call otherwise: open, not lost
    open_ = towns[towns["kind"].isna() & towns["duplicate_of"].isna()]
    assert set(open_["name_ru"]) == {"Белицк", "Глуша", "Негорелое"}


def test_what_registers_add(by):
    settlements, census = by.layers.settlements, by.layers.census
    assert settlements["name_be"].notna().sum() > 21_000
    assert settlements["selsovet_id"].notna().sum() > 11_500
    assert settlements["selsovet_centre"].value_counts()["yes"] == 339
    assert "no" not in set(settlements["selsovet_centre"])
    lost = census[census["outcome"].isin(["unmatched", "contested", "misplaced"])]
    assert len(lost) <= 95
    assert lost["population"].sum() < 35_000
    proved = settlements[settlements["source"] == "by-census-points-found"]
    assert 35 <= len(proved) <= 45
    refused = by.layers.rejected.query("source == 'by-census-points-found'")
    given = census["note"].str.contains("by-census-points-found").sum()
    assert len(refused) + given == 186


def test_a_selsovet_lies_in_the_raion_of_its_code(by):
    settlements = by.layers.settlements
    joined = settlements[settlements["selsovet_id"].notna()]
    usual = joined.groupby(joined["selsovet_id"].str[:10])["raion_id"].agg(
        lambda raions: raions.value_counts(normalize=True).iloc[0]
    )
    assert (usual > 0.9).mean() > 0.95


def test_health_facilities_stand_where_their_raion_is(by):
    listed = by.layers.facilities.query("source == 'by-health-facilities-2023'")
    assert listed["kind"].value_counts().to_dict() == {
        "primary_care": 717,
        "hospital": 368,
        "ambulance_station": 36,
    }
    assert not listed["name"].str.contains("стоматолог|санатор", case=False).any()
    refused = by.layers.rejected.query("source == 'by-health-facilities-2023'")
    reasons = refused["reason"].str.split(" ").str[:3].str.join(" ").value_counts()
    assert reasons["the point does"] == 42
    assert reasons["neither coordinates nor"] == 106


def test_classes_of_towns(by):
    kinds = by.layers.settlements["kind"].value_counts()
    assert kinds["capital"] == 1
    assert by.layers.settlements.query("kind == 'capital'")["name_ru"].tolist() == [
        "Минск"
    ]


def test_ranges_contain_their_values_and_the_raions_add_up(by):
    settlements = by.layers.settlements
    known = settlements[settlements["population"].notna()]
    assert (known["population_low"] <= known["population"]).all()
    assert (known["population"] <= known["population_high"]).all()
    low_only = settlements["population_low"].notna()
    assert (low_only == settlements["population_high"].notna()).all()
    table = reconcile(settlements, by.layers.census, by.layers.areas)
    # modelled people are the official ones less the villages without a point; the
    # towns are the official ones
    short = table["difference"] / table["official_population"]
    assert short.between(-0.2, 0.04).all()
    total = table["model_population"].sum()
    assert total == pytest.approx(9_475_174, rel=0.015)


def test_the_rural_model_is_plausible(by):
    fit = by.layers.people.fit
    assert fit.raions == 119
    assert 0.7 < fit.decline < 0.9
    # small places declined more, and that is no accident of a few raions
    error = fit.resampled.std(axis=0)
    assert 3 * error[1] < fit.exponent < 0.3
    settlements = by.layers.settlements
    small = settlements[settlements["population_census"].isna()]
    small = small[small["population_status"] == "modelled"]
    assert 7 < small["population"].mean() < 15


def test_where_a_row_is_lost_any_place_may_be_it(by):
    census, settlements = by.layers.census, by.layers.settlements
    raion = raion_of_rows(census, settlements, by.layers.areas)
    assert raion.notna().all()
    lost = census["outcome"].isin(["unmatched", "misplaced", "contested"])
    complete = set(by.raions.index) - set(raion[lost])
    small = settlements[
        settlements["population_census"].isna()
        & counted(settlements)
        & settlements["urban"].eq("no")
    ]
    whole = small[small["raion_id"].isin(complete)]
    factor = 1.03 ** (2026 - 2009)
    surrounded = by.raions.loc[whole["raion_id"], "name_ru"].str.contains("г\\.|горс")
    plain = whole[~surrounded.to_numpy()]
    assert plain["population_high"].eq(np.ceil(99 * factor)).all()
    assert small["population_low"].eq(0).all()
    assert (small["population_high"] >= np.ceil(99 * factor)).all()


def test_all_centres_are_found_in_or_next_to_their_raion(by):
    assert not by.layers.rejected["file"].isin(["centres.csv", "corrections.csv"]).any()
    settlements = by.layers.settlements
    assert settlements["oblast_centre"].eq("yes").sum() == 6
    declared = [
        line.split(",")
        for line in (by.country.folders[0] / "centres.csv")
        .read_text(encoding="utf-8")
        .splitlines()[1:]
        if line.startswith("raion,")
    ]
    assert len(declared) == 118
    raions = by.raions.to_crs(by.country.crs_metric)
    outline = dict(zip(raions["name_ru"].map(area_key), raions.geometry, strict=True))
    points = settlements[settlements["raion_centre"] == "yes"]
    # a city may be the centre of the raion around it
    assert len(points) == 118
    places = gpd.GeoSeries(points.geometry).to_crs(by.country.crs_metric)
    named = dict(zip(points["name_ru"].map(name_key), places, strict=True))
    away = [
        outline[area_key(area)].distance(named[name_key(centre)])
        for _, area, centre, *_ in declared
    ]
    # the point of a large city lies some km inside the city
    assert max(away) < 12_000


def test_names_come_in_the_countrys_languages(by):
    settlements = by.layers.settlements
    named = settlements["name_ru"].notna()
    assert settlements.loc[named, "name"].eq(settlements.loc[named, "name_ru"]).all()
    assert settlements["name"].notna().all()
    assert not settlements["name_be"].dropna().str.match(r"^[A-Za-z]").any()
