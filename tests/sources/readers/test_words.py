"""Words of a vocabulary: a strange one is refused with what may be meant."""

import pandas as pd
import pytest

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.country import load_country
from geo.sources.vocabulary import nearest, strange_word
from geo.types import FacilityKind
from tests.sources.readers.conftest import make_country, refused

PLACES = "wof_id,lon,lat,kind,centre\n"
COLUMNS = {
    "place_id": "wof_id", "lon": "lon", "lat": "lat", "kind": "kind",
    "selsovet_centre": "centre",
}  # fmt: skip
TIMETABLE = "route,direction,settlement,days,times\n"


def test_few_words_are_listed_and_of_many_the_nearest_three():
    few = ["shop", "mast"]
    assert strange_word("shpo", few, what="kind") == "must be one of shop, mast"
    many = [f"digital.{name}" for name in "abcdefghij"] + ["transport.trips"]
    assert strange_word("transport.trisp", many, what="indicator").startswith(
        "no indicator is called so; the nearest are transport.trips, "
    )
    assert len(nearest("transport.trisp", many)) == 3
    assert nearest("ДУБРАВА", ["Дубрава", "Липки"])[0] == "Дубрава"


def test_kinds_of_facilities(read):
    text = "id,kind,name,lon,lat,settlement\n1,SHOP,А,27,53,\n2,shpo,Б,27,53,\n"
    text += "3,,В,27,53,\n"
    result = read("facility_register", text)
    assert result.tables["facilities"]["kind"].tolist() == ["shop"]
    assert refused(result) == [
        ("4", "kind", "", "the kind is missing"),
        ("3", "kind", "shpo", f"must be one of {', '.join(FacilityKind)}"),
    ]


def test_classes_and_centres_of_places(read):
    text = PLACES + (
        "1,27,53,agrogorodok,да\n"
        "2,27.1,53,agrogorodk,неизвестно\n"
        "3,27.2,53,,unknown\n"
        "4,27.3,53,rural,no\n"
    )
    result = read("wof_places", text, columns=COLUMNS)
    table = result.tables["places"]
    assert table["selsovet_centre"].tolist()[::3] == ["yes", "no"]
    assert pd.isna(table["kind"][1])
    assert pd.isna(table["selsovet_centre"][1])
    assert table["selsovet_centre"][2] == "unknown"
    assert [(row, field, value) for row, field, value, _ in refused(result)] == [
        ("3", "kind", "agrogorodk"),
        ("3", "centre", "неизвестно"),
    ]
    assert all("field left empty, row kept" in why for *_, why in refused(result))


@pytest.mark.parametrize(
    ("word", "direction"),
    [("", "0"), ("туда", "0"), ("Обратно", "1"), ("back", "1"), ("1", "1")],
)
def test_directions_of_a_timetable(read, word, direction):
    text = TIMETABLE + f"5,{word},Бор,пн,06:40\n"
    calls = read("timetable_table", text).tables["timetable_calls"]
    assert calls["direction"].tolist() == [direction]


def test_a_strange_direction_is_not_there_and_not_back(read):
    result = read("timetable_table", TIMETABLE + "5,обр.,Бор,пн,06:40\n")
    assert set(result.tables) == {"timetable_lost"}  # a bus that may go anywhere
    ((row, field, value, reason),) = refused(result)
    assert (row, field, value) == ("2", "direction", "обр.")
    assert "обратно" in reason


def test_a_header_in_two_languages(read):
    text = "маршрут,route,пункт,дни,время\n5,5,Бор,пн,06:40\n"
    with pytest.raises(SourceFormatError, match="'route' stands twice, in two lang"):
        read("timetable_table", text)


@pytest.mark.parametrize(
    ("reader", "columns", "words"),
    [
        ("wof_places", {"place_id": "a", "lon": "b", "lat": "c", "popluation": "d"},
         "no column of ours is called 'popluation'; the nearest are population, "),
        ("wof_places", {"place_id": "a", "lon": "b"}, "for 'lat' is not named"),
        ("census_list", {"name": "n", "population": "p"}, "for 'code' is not named"),
        ("rail_stops", {"code": "c"}, "is not named"),
    ],
)  # fmt: skip
def test_columns_of_ours_in_the_options(read, reader, columns, words):
    with pytest.raises(DeclarationError) as caught:
        read(reader, "a,b,c,d\n", columns=columns)
    assert words in str(caught.value)


def test_classes_that_a_country_declares():
    with pytest.raises(ValueError, match="no class is called 'agrogorodk'; the near"):
        make_country(kinds={"аг": "agrogorodk|rural"})
    assert load_country("by").kinds["г"] == "city"


def test_the_accuracy_of_a_postal_code_is_a_whole_number(read):
    row = "XX\t{}\tБор\t\t\t\t\t\t\t53\t27\t{}\n"
    text = "".join(row.format(n, a) for n, a in ((1, "6"), (2, "4.5"), (3, "x")))
    result = read("postal_codes", text, name="p.tsv")
    assert result.tables["facilities"]["located"].tolist() == [True, False, False]
    assert [field for _, field, *_ in refused(result)] == ["accuracy", "accuracy"]


def test_a_population_of_no_year(read):
    text = (
        "<osm version='0.6'>"
        "<node id='1' lat='53' lon='27' version='1'><tag k='place' v='village'/>"
        "<tag k='name' v='А'/><tag k='population' v='120'/>"
        "<tag k='population:date' v='0219'/></node>"
        "<node id='2' lat='53' lon='27.1' version='1'><tag k='place' v='village'/>"
        "<tag k='name' v='Б'/><tag k='population' v='1 200'/>"
        "<tag k='population:date' v='2019-05-01'/></node>"
        "<node id='3' lat='53' lon='27.2' version='1'><tag k='place' v='village'/>"
        "<tag k='name' v='В'/><tag k='population' v='1,200'/></node></osm>"
    )
    result = read("osm_file", text, name="x.osm", population_year=2009)
    places = result.tables["places"].set_index("place_id")
    assert places["population"].tolist() == [pd.NA, 1200, pd.NA]
    assert places.loc["osm:n2", "population_year"] == 2019
    assert [(row, field) for row, field, *_ in refused(result)] == [
        ("n3", "population"),
        ("n1", "population:date"),
    ]


@pytest.mark.parametrize(
    ("reader", "header", "options"),
    [
        ("area_population", "level,oblast,raion,name,all_total,all_urban,all_rural",
         {"year": 2019}),
        ("census_list", "soato,raion,selsovet,type,name,pop2009,wof_id", {}),
        ("facility_register", "id,kind,name,lon,lat,settlement", {}),
        ("fixed_register", "settlement,available", {}),
        ("observations", "settlement,indicator,value,status", {}),
        ("unit_observations", "unit_of_assessment,unit,indicator,value,status", {}),
        ("osm_nodes", "osm_node,lat,lon,name,key,value,population", {}),
        ("timetable_table", "route,settlement,days,times", {}),
        ("wof_places", "wof_id,lon,lat,kind,centre", {"columns": COLUMNS}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("cell", [None, "", "??"])
def test_a_list_of_which_nothing_is_left_is_an_empty_table(
    read, reader, header, options, cell
):
    row = "" if cell is None else ",".join([cell] * len(header.split(",")))
    result = read(reader, f"{header}\n{row}\n", **options)
    # what is left of refused rows is no row of the list
    tables = (table for name, table in result.tables.items() if "_lost" not in name)
    assert not any(len(table) for table in tables)
    strange = cell is not None and reader != "osm_nodes"  # other nodes are counted
    assert bool(len(result.rejected)) == strange


def test_a_column_of_the_file_is_named_as_its_header_is_written(read):
    header = "level,oblast,raion,name,всего\u00a0 человек,all_urban,all_rural"
    columns = {
        "level": "level", "oblast_name": "oblast", "raion_name": "raion",
        "name": "name", "total": "всего\u00a0 человек", "urban": "all_urban",
        "rural": "all_rural",
    }  # fmt: skip
    text = f"{header}\nraion,О,Р,Р,30,10,20\n"
    result = read("area_population", text, year=2019, columns=columns)
    assert result.tables["area_population"]["total"].tolist() == [30]
