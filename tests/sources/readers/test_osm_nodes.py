import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers.osm_lifecycle import NOT_IN_USE
from geo.sources.readers.osm_living import DELETED
from geo.types import Status
from tests.sources.readers.conftest import refused

HEADER = "osm_node,lat,lon,name,key,value,population\n"
LT = {"languages": ("lt", "en")}


def test_settlements_and_facilities(read):
    text = HEADER + (
        "1,54.9,23.9,Kaunas,place,city,315993\n"
        "2,54.8,23.8,Kaimas,place,village,0\n"
        "3,54.8,23.8,Vienkiemis,place,isolated_dwelling,3\n"
        "4,54.8,23.8,Senamiestis,place,suburb,\n"
        "5,54.9,23.9,Ligoninė,amenity,hospital,\n"
        "6,54.9,23.9,,amenity,doctors,\n"
        "7,54.9,23.9,Maxima,shop,supermarket,\n"
        "8,54.9,23.9,,man_made,tower,\n"
        "9,54.9,23.9,,amenity,bench,\n"
    )
    result = read("osm_nodes", text, country=LT, population_year=2011)
    places = result.tables["places"]
    assert places["place_id"].tolist() == ["osm:n1", "osm:n2"]
    assert places["name_lt"].tolist() == ["Kaunas", "Kaimas"]
    assert places["place_type"].tolist() == ["city", "village"]
    assert places["population"][0] == 315_993
    assert places["population"].isna().tolist() == [False, True]
    assert places["population_year"][0] == 2011
    assert pd.isna(places["population_year"][1])
    facilities = result.tables["facilities"]
    assert facilities["kind"].tolist() == ["hospital", "primary_care", "shop", "mast"]
    assert facilities["facility_id"][0] == "osm:n5"
    assert facilities["name"][0] == "Ligoninė"
    assert set(facilities["status"]) == {Status.MEASURED.value}
    assert facilities["remark"][3] == "man_made=tower: what it carries is not known"
    assert result.notes == (
        "1 nodes are no facilities of a kind that is judged",
        "not taken for settlements: 1 isolated_dwelling, 1 suburb",
        "1 settlements give the population 0, that is unknown",
    )
    assert result.rejected.empty


def test_isolated_dwellings_may_be_added(read):
    text = HEADER + "3,54.8,23.8,Vienkiemis,place,isolated_dwelling,3\n"
    result = read("osm_nodes", text, country=LT, places=["isolated_dwelling"])
    assert result.tables["places"]["population"].tolist() == [3]


def test_nodes_refused(read):
    text = HEADER + (
        "1,54.9,23.9,A,place,village,-4\n"
        "1,54.9,23.9,A,place,village,4\n"
        "2,0,0,B,place,village,4\n"
        "3,58.9,23.9,C,amenity,pharmacy,\n"
        "4,58.9,23.9,,amenity,bench,\n"
    )
    result = read("osm_nodes", text, country=LT)
    assert result.tables["places"]["population"].isna().tolist() == [True]
    assert len(result.tables["facilities"]) == 0
    assert [(row, field, value) for row, field, value, _ in refused(result)] == [
        ("3", "osm_node", "1"),
        ("4", "lon,lat", "0 0"),
        ("5", "lon,lat", "23.9 58.9"),
        ("2", "population", "-4"),
    ]


def test_further_columns_are_tags(read):
    text = HEADER.strip() + (
        ",opening_hours,ruins,end_date,healthcare,disused:amenity\n"
        "1,54.9,23.9,A,amenity,hospital,,24/7,,,,\n"
        "2,54.9,23.9,B,amenity,hospital,,,yes,,,\n"
        "3,54.9,23.9,C,amenity,hospital,,,,2024-05-01,,\n"
        "4,54.9,23.9,D,amenity,clinic,,,,,veterinary,\n"
        "5,54.9,23.9,E,amenity,hospital,,,,,,hospital\n"
        "6,54.9,23.9,F,place,village,5,,yes,,,\n"
        "7,54.9,23.9,G,place,village,5,,no,2024-05-02,,\n"
        "8,54.9,23.9,H,amenity,bench,,,yes,,,\n"
    )
    result = read("osm_nodes", text, country=LT)
    (hospital,) = result.tables["facilities"].to_dict("records")
    assert (hospital["facility_id"], hospital["hours"]) == ("osm:n1", "24/7")
    assert result.tables["places"]["place_id"].tolist() == ["osm:n7"]
    assert refused(result) == [
        ("3", "ruins", "yes", NOT_IN_USE),
        ("4", "end_date", "2024-05-01", NOT_IN_USE),
        ("5", "healthcare", "veterinary", "medicine for animals"),
        ("6", "disused:amenity", "hospital", NOT_IN_USE),
        ("7", "ruins", "yes", NOT_IN_USE),
    ]


def test_a_tower_of_another_kind_is_no_mast(read):
    text = HEADER.strip() + ",tower:type\n"
    text += "1,54.9,23.9,A,man_made,tower,,bell_tower\n"
    result = read("osm_nodes", text, country=LT)
    assert result.tables["facilities"].empty
    assert result.tables["places"].empty
    assert refused(result) == [
        ("2", "man_made", "tower", "of another kind by its other tags")
    ]


def test_a_table_without_anything_of_ours_is_empty(read):
    result = read("osm_nodes", HEADER + "1,54.9,23.9,A,amenity,bench,\n", country=LT)
    assert result.tables["facilities"].empty
    assert result.tables["places"].empty


def test_each_of_several_values_in_one_tag_counts(read):
    text = HEADER + (
        "1,54.9,23.9,A,amenity,clinic;pharmacy,\n"
        "2,54.9,23.9,B,amenity,bench; doctors,\n"
        "3,54.9,23.9,C,amenity,bench;toilets,\n"
    )
    result = read("osm_nodes", text, country=LT)
    table = result.tables["facilities"]
    assert table[["facility_id", "kind"]].to_numpy().tolist() == [
        ["osm:n1", "primary_care"],
        ["osm:n1#pharmacy", "pharmacy"],
        ["osm:n2", "primary_care"],
    ]
    assert result.notes == ("1 nodes are no facilities of a kind that is judged",)


def test_other_rows_of_a_node_are_tags_too(read):
    text = HEADER + (
        "1,54.9,23.9,A,amenity,hospital,\n"
        "1,54.9,23.9,A,abandoned,yes,\n"
        "2,54.9,23.9,B,amenity,hospital,\n"
        "2,54.9,23.9,B,,,\n"
    )
    result = read("osm_nodes", text, country=LT)
    assert result.tables["facilities"]["facility_id"].tolist() == ["osm:n2"]
    assert refused(result) == [("2", "abandoned", "yes", NOT_IN_USE)]


def test_deleted_nodes_are_counted_and_a_history_is_refused(read):
    header = HEADER.strip() + ",version,action,visible\n"
    text = header + (
        "1,54.9,23.9,A,amenity,hospital,,1,delete,true\n"
        "2,54.9,23.9,B,amenity,hospital,,1,,False\n"
        "3,54.9,23.9,C,amenity,hospital,,2,modify,true\n"
    )
    result = read("osm_nodes", text, country=LT)
    assert result.tables["facilities"]["facility_id"].tolist() == ["osm:n3"]
    assert result.notes == (f"2 {DELETED}",)
    again = text + "3,54.9,23.9,C,amenity,hospital,,3,,true\n"
    with pytest.raises(SourceFormatError, match="node 3 stands in it in the versions"):
        read("osm_nodes", again, country=LT)


@pytest.mark.realdata
def test_lithuania(mirror, read):
    result = read(
        "osm_nodes",
        mirror / "lt" / "osm_nodes_lithuania_2019-09.csv.gz",
        country=LT | {"bounds": (20.6, 53.8, 26.9, 56.5)},
    )
    places = result.tables["places"]
    assert len(places) == 20_968
    assert result.notes[-1].startswith("4061 settlements give the population 0")
    assert places["name_lt"].notna().all()
    kinds = result.tables["facilities"]["kind"].value_counts().to_dict()
    assert kinds["hospital"] == 60
    assert kinds["primary_care"] == 58 + 63
    assert kinds["pharmacy"] == 578
    assert kinds["post_office"] == 206
    assert kinds["bank"] == 170
    assert kinds["ambulance_station"] == 9
    assert kinds["mast"] == 374 + 819 + 1
    assert result.rejected.empty
