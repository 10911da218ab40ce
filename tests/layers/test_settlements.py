"""Settlements of the toy country: placed, named, classified, accounted for."""

import pandas as pd
import pytest

from geo.errors import LayerError
from geo.layers.counted import counted
from geo.layers.harmonise import harmonise
from geo.layers.inputs import stack
from geo.layers.references import place_index
from tests.layers import toy


def test_every_place_is_a_settlement_or_refused():
    built = toy.whole()
    assert set(built.settlements.index) == {
        f"ty:{name}" for name, *_ in toy.PLACES if name != "abroad"
    }
    refused = built.rejected.to_dict("records")
    assert refused == [
        {
            "source": "toy-places",
            "file": "layer places",
            "row": "ty:abroad",
            "field": "lon, lat",
            "value": "29.0, 53.2",
            "reason": "the point lies outside the country's areas",
        }
    ]


def test_each_settlement_lies_in_its_raion():
    raion = toy.whole().settlements["raion_id"]
    # the code of the raion is read from the census codes of its places
    assert raion[["ty:town", "ty:dubrava", "ty:hutor"]].tolist() == ["soato:1204"] * 3
    assert raion[["ty:sosny", "ty:dalniy"]].tolist() == ["soato:1208"] * 2


def test_levels_nest_and_carry_the_official_residents():
    areas = toy.whole().areas.set_index("id")
    assert areas.loc["soato:1204", "parent"] == "soato:1"
    assert areas.loc["soato:1", "parent"] == "ty"
    assert areas.loc["soato:1", "name"] == "Первая область"
    columns = ["population_official", "population_official_rural"]
    assert areas.loc["soato:1204", columns].tolist() == [1500, 500]
    assert areas.loc["ty", columns].tolist() == [1950, 950]
    # the oblast is both raions with the town that was cut out of one of them
    assert areas.loc["soato:1", "geometry"].area == pytest.approx(0.5)
    assert areas.loc["soato:1", "source"] == "toy-areas"


def test_every_census_row_has_its_outcome():
    census = toy.whole().census.set_index(["place_type", "name"], drop=False)
    outcomes = dict(zip(census["population"], census["outcome"], strict=True))
    assert outcomes == {
        1100: "matched",
        200: "matched",
        120: "contested",  # the larger of two Дубрава has the only point
        150: "corrected",  # its point lies in B, but A has a free Липки
        110: "misplaced",  # its point lies in B, and A has no Криница
        300: "matched",
        130: "unmatched",
        9000: "part_of_city",
    }
    place = dict(zip(census["population"], census["settlement_id"], strict=True))
    assert place[150] == "ty:lipki"
    assert pd.isna(place[120])
    assert pd.isna(place[110])


def test_a_place_keeps_no_value_of_a_row_that_is_not_its_own():
    table = toy.whole().settlements
    assert pd.isna(table.loc["ty:lipki-b", "population_census"])
    assert pd.isna(table.loc["ty:krinica-b", "population_census"])
    assert table.loc["ty:dubrava", "population_census"] == 200


def test_the_better_claim_is_the_mean_over_the_languages():
    # the Russian name of the point is its neighbour's; two other languages know better
    rows = [*toy.CENSUS, ("1208804000", "Белый р-н", "д", "Боровка", 900, "dalniy")]
    rows.append(("1208804000", "Белый р-н", "д", "Дальний", 950, "dalniy"))
    names = {"ty:dalniy": "Бароўка"}, {"ty:dalniy": "Baroŭka"}
    listed = toy.places(name_be=names[0], name_en=names[1])
    census = toy.layers(census=toy.census(rows), places=listed).census
    outcome = dict(zip(census["population"], census["outcome"], strict=True))
    assert (outcome[900], outcome[950]) == ("matched", "contested")


def test_a_free_place_far_from_the_selsovet_is_not_taken():
    # 53.12 -> 53.45: 37 km from the only other place of the selsovet
    far = [row if row[0] != "lipki" else (*row[:3], 53.45) for row in toy.PLACES]
    census = toy.layers(places=toy.places(far)).census
    outcome = dict(zip(census["population"], census["outcome"], strict=True))
    assert outcome[150] == "misplaced"


@pytest.mark.parametrize(("name", "found"), [("Липки Вторые", True), ("Липы", False)])
def test_a_row_finds_the_place_of_its_name_in_other_words(name, found):
    rows = [*toy.CENSUS, ("1208804000", "Белый р-н", "д", "Липки 2", 140, None)]
    there = [*toy.PLACES, ("there", name, 27.62, 53.12)]
    census = toy.layers(census=toy.census(rows), places=toy.places(there)).census
    row = census.set_index("population").loc[140]
    assert row["outcome"] == ("corrected" if found else "unmatched")
    assert (row["settlement_id"] == "ty:there") == found


def test_of_two_places_of_the_name_only_the_near_one_is_taken():
    # both lie in the raion, one 4 km and one 37 km from the selsovet's other place
    rows = [*toy.CENSUS, ("1208804000", "Белый р-н", "д", "Заречье", 140, None)]
    there = [*toy.PLACES, ("near", "Заречье", 27.65, 53.12)]
    there.append(("far", "Заречье", 27.60, 53.43))
    census = toy.layers(census=toy.census(rows), places=toy.places(there)).census
    assert census.set_index("population").loc[140, "settlement_id"] == "ty:near"


def test_classes():
    table = toy.whole().settlements
    assert table.loc["ty:town", ["kind", "urban"]].tolist() == ["raion_city", "yes"]
    village = table.loc["ty:dubrava"]
    assert pd.isna(village["kind"])
    assert village["kinds_possible"] == ("agrogorodok", "rural")
    assert village[["kind_status", "urban"]].tolist() == ["unknown", "no"]


@pytest.mark.parametrize("capital", ["Сосны", "Pines", "сосны"])
def test_the_capital_may_be_named_in_any_language(capital):
    declared = toy.country(capital=capital)
    listed = toy.places(name_en={"ty:sosny": "Pines"})
    table = toy.layers(declared=declared, places=listed).settlements
    assert table.loc["ty:sosny", "kind"] == "capital"
    assert table["kind"].eq("capital").sum() == 1  # not the flagged twin


def test_of_two_places_of_the_capitals_name_the_larger_is_it():
    declared = toy.country(capital="Липки")
    listed = toy.places(population={"ty:lipki": 5, "ty:lipki-b": 7})
    table = toy.layers(declared=declared, places=listed, census=None).settlements
    assert table.loc["ty:lipki-b", "kind"] == "capital"


def test_the_countrys_first_language_names_the_place():
    listed = toy.places(name_en={"ty:sosny": "Pines"}, name_be={"ty:sosny": "Сосны"})
    for languages, name in ((("en", "ru"), "Pines"), (("ru", "en"), "Сосны")):
        declared = toy.country(languages=languages)
        table = toy.layers(declared=declared, places=listed).settlements
        assert table.loc["ty:sosny", "name"] == name
        assert table.loc["ty:hutor", "name"] == "Хутор"


def test_a_place_without_a_name_is_called_by_its_id():
    listed = toy.places().assign(name_ru=None)
    table = toy.layers(places=listed, census=None).settlements
    assert table.loc["ty:hutor", "name"] == "ty:hutor"


def test_a_town_polygon_without_a_listed_place_is_a_settlement():
    listed = [row for row in toy.PLACES if row[0] != "town"]
    table = toy.layers(places=toy.places(listed)).settlements
    # the id is the code of its census row, the point is one inside the polygon
    town = table.loc["soato:1204501000"]
    assert town[["name", "kind", "population"]].tolist() == ["Алый", "raion_city", 1000]
    assert toy.TOWN.contains(town["geometry"])


def test_a_town_just_outside_its_polygon_is_not_made_twice():
    moved = [
        row if row[0] != "town" else ("town", "Алый", 27.27, 53.22)
        for row in toy.PLACES
    ]
    table = toy.layers(places=toy.places(moved)).settlements
    assert "soato:1204501000" not in table.index
    assert table.loc["ty:town", "population"] == 1000


def test_a_register_fills_what_it_knows_of_a_listed_place():
    said = pd.DataFrame(
        {
            "place_id": ["ty:hutor", "ty:nowhere"],
            "kind": ["agrogorodok", "rural"],
            "selsovet_centre": ["yes", None],
            "population": [77, 5],
            "population_year": [2025, 2025],
            "name_be": ["Хутар", None],
        }
    )
    built = toy.layers(toy.feeding("raion-a", {"places": said}))
    place = built.settlements.loc["ty:hutor"]
    assert place[["kind", "kind_status", "selsovet_centre", "name_be"]].tolist() == [
        "agrogorodok",
        "declared",
        "yes",
        "Хутар",
    ]
    columns = ["population", "population_status", "population_source", "source"]
    assert place[columns].tolist() == [77, "declared", "raion-a", "toy-places"]
    # floor(77 / 1.5), ceil(77 x 1.5): one year of drift
    assert place[["population_low", "population_high"]].tolist() == [51, 116]
    reasons = built.rejected.set_index("row")["reason"]
    assert reasons["ty:nowhere"] == "no feed lists a place of this id"


def test_a_declared_population_stands_before_the_census():
    said = pd.DataFrame(
        {"place_id": ["ty:dubrava"], "population": [90], "population_year": [2025]}
    )
    place = toy.layers(toy.feeding("raion-a", {"places": said})).settlements.loc[
        "ty:dubrava"
    ]
    assert place[["population", "population_census"]].tolist() == [90, 200]


def test_households_are_taken_from_the_newest_word():
    said = pd.DataFrame(
        {
            "place_ref": ["ty:hutor", "ty:hutor"],
            "indicator": "population.households",
            "value": [9.0, 8.0],
            "status": "declared",
            "date": pd.to_datetime(["2025-05-01", "2024-05-01"]),
        }
    )
    table = toy.layers(toy.feeding("raion-a", {"observations": said})).settlements
    columns = ["households_low", "households_high"]
    assert table.loc["ty:hutor", columns].tolist() == [9, 9]
    assert table.loc["ty:sosny", "households_low"] == 0
    assert pd.isna(table.loc["ty:sosny", "households_high"])


def test_a_second_listing_of_an_id_is_refused():
    again = pd.DataFrame({"place_id": ["ty:hutor"], "lon": [27.4], "lat": [53.4]})
    built = toy.layers(toy.feeding("second", {"places": again}))
    assert built.settlements.loc["ty:hutor", "lon"] == 27.48
    refused = built.rejected.set_index("source").loc["second"]
    assert refused["reason"] == "a feed before lists this id"


def test_a_country_without_outlines_still_has_settlements():
    built = toy.layers(areas=None, area_population=None, census=None)
    assert len(built.settlements) == len(toy.PLACES)
    assert built.settlements["raion_id"].isna().all()
    assert built.areas["id"].tolist() == ["ty"]


def test_a_country_without_places_cannot_be_built():
    with pytest.raises(LayerError, match="no settlement is left") as caught:
        harmonise(stack([]), toy.country(), toy.ON)
    assert "country ty" in str(caught.value)
    assert "Look at the rejected rows" in str(caught.value)


def test_centres_are_marked_and_unknown_ones_refused(tmp_path):
    (tmp_path / "centres.csv").write_text(
        "level,area,centre,source\n"
        "raion,Алый район,Алый,toy\n"
        "raion,Синий район,Синий,toy\n"
        "oblast,Первая область,Нигде,toy\n",
        encoding="utf-8",
    )
    built = toy.layers(declared=toy.country(folders=(tmp_path,)))
    centre = built.settlements["raion_centre"]
    assert centre[["ty:town", "ty:hutor", "ty:sosny"]].tolist() == [
        "yes",
        "no",
        "unknown",
    ]
    refused = built.rejected[built.rejected["file"] == "centres.csv"]
    assert refused[["row", "field", "value"]].to_numpy().tolist() == [
        ["3", "area", "Синий район"],
        ["4", "centre", "Нигде"],
    ]


def test_a_place_of_another_country_is_marked_and_has_no_people(tmp_path):
    (tmp_path / "foreign.csv").write_text(
        "id,country,reason,source\n"
        "ty:hutor,pl,abroad,toy\n"
        "ty:none,pl,typo,toy\n"
        "ty:town,ty,ours,toy\n"
        "ty:sosny,Polska,a name,toy\n",
        encoding="utf-8",
    )
    built = toy.layers(declared=toy.country(folders=(tmp_path,)))
    rows = built.settlements
    assert rows["foreign"].dropna().to_dict() == {"ty:hutor": "pl"}
    people = rows.loc["ty:hutor", ["population", "population_low", "population_high"]]
    assert people.isna().all()
    assert rows.at["ty:hutor", "population_status"] == "unknown"
    own = counted(rows)
    assert set(rows.index[~own]) == {"ty:hutor", "ty:sosny-again"}
    places = place_index(rows, built.identifiers)
    assert places.find("Хутор") == ()  # a register does not mean it by its name
    assert places.find("ty:hutor") == ("ty:hutor",)
    refused = built.rejected[built.rejected["file"] == "foreign.csv"]
    assert refused[["row", "field", "value"]].to_numpy().tolist() == [
        ["3", "id", "ty:none"],
        ["4", "country", "ty"],
        ["5", "country", "Polska"],
    ]
    assert "ty:sosny" in refused["reason"].iloc[0]
    assert refused["reason"].iloc[1].startswith("must be the code of another country")


def test_declared_corrections_win_and_bad_ones_are_refused(tmp_path):
    (tmp_path / "corrections.csv").write_text(
        "table,key,field,value,reason,source\n"
        "census,1204808000|Криница,settlement_id,ty:hutor,renamed,toy\n"
        "census,1208804000|Ельня,settlement_id,ty:none,typo,toy\n"
        "census,9|Ельня,settlement_id,ty:hutor,typo,toy\n"
        "censsus,1208804000|Ельня,settlement_id,ty:hutor,typo,toy\n"
        "census,1208804000|Ельня,population,ty:hutor,typo,toy\n",
        encoding="utf-8",
    )
    built = toy.layers(declared=toy.country(folders=(tmp_path,)))
    row = built.census.set_index("population").loc[110]
    assert row[["outcome", "settlement_id", "note"]].tolist() == [
        "corrected",
        "ty:hutor",
        "renamed (toy)",
    ]
    refused = built.rejected[built.rejected["file"] == "corrections.csv"]
    assert refused[["row", "field", "value"]].to_numpy().tolist() == [
        ["3", "value", "ty:none"],
        ["4", "key", "9|Ельня"],
        ["5", "table", "censsus"],
        ["6", "field", "population"],
    ]
    reasons = refused["reason"].tolist()
    assert "ty:sosny" in reasons[0]
    assert "1208804000|Ельня" in reasons[1]
    assert reasons[2:] == ["must be one of census", "must be one of settlement_id"]
