import pandas as pd
import pytest

from tests.sources.readers.conftest import refused

CENSUS = "soato,raion,selsovet,place_raw,type,name,pop2009,wof_id\n"
THOUSANDS = (
    "a comma or dot before three figures: thousands or a fraction? Write 1200, or 1.20"
)
TOO_MANY = "more than there can be (100,000,000)"
AREAS = "level,oblast,raion,name,all_total,all_urban,all_rural\n"


def test_census_row_keeps_its_line_and_codes_as_text(read):
    text = CENSUS + (
        "1204755000,Барановичский р-н,Сов,д А,д,Арабовщина,535,1243377403.0\n"
        "7410368000,г Бобруйск,Ленинский,,,Ленинский,96585,\n"
    )
    table = read("census_list", text, year=2009).tables["census"]
    first, second = table.iloc[0], table.iloc[1]
    assert first.to_dict() == {
        "row": 2,
        "code": "1204755000",
        "raion_name": "Барановичский р-н",
        "selsovet_name": "Сов",
        "place_type": "д",
        "name": "Арабовщина",
        "population": 535,
        "year": 2009,
        "place_id": "wof:1243377403",
    }
    assert second["row"] == 3
    assert pd.isna(second["place_id"])
    assert pd.isna(second["place_type"])


def test_census_rows_without_name_or_count_are_refused(read):
    text = CENSUS + "1,р,с,,д,,5,\n1,р,с,,д,А,,\n1,р,с,,д,Б,-7,\n1,р,с,,д,В,7,\n"
    text += '1,р,с,,д,Г,"1,000",\n' + f"1,р,с,,д,Д,{10**19},\n"
    result = read("census_list", text)
    assert result.tables["census"]["name"].tolist() == ["В"]
    assert refused(result) == [
        ("2", "name", "", "the name is missing"),
        ("3", "pop2009", "", "the population is missing"),
        ("4", "pop2009", "-7", "a count below zero (row refused)"),
        ("6", "pop2009", "1,000", f"{THOUSANDS} (row refused)"),
        ("7", "pop2009", f"{10**19}", f"{TOO_MANY} (row refused)"),
    ]


def test_area_population(read):
    text = AREAS + (
        "raion,Область,Первый район,Первый район,30,10,20\n"
        "planet,,,Земля,1,1,0\n"
        "raion,Область,Второй район,Второй район,-3,0,0\n"
        "raion,Область,,,5,5,0\n"
        "raion,Область,Третий район,Третий район,,1,1\n"
        "town,Область,Третий район,г. Третий,9,x,0\n"
        "town,Область,Третий район,г. Иной,9,1,0\n"
    )
    result = read("area_population", text, year=2019)
    table = result.tables["area_population"]
    assert table["name"].tolist() == ["Первый район", "г. Третий", "г. Иной"]
    assert table["year"].tolist() == [2019, 2019, 2019]
    assert table["urban"].isna().tolist() == [False, True, False]
    assert [(row, field) for row, field, _, _ in refused(result)] == [
        ("5", "name"),
        ("6", "all_total"),
        ("3", "level"),
        ("4", "all_total"),
        ("7", "all_urban"),
    ]
    assert result.notes == (
        "table.csv, line 8: urban and rural of г. Иной do not add up to the total",
    )


@pytest.mark.realdata
def test_belarus(mirror, read):
    census = read("census_list", mirror / "by" / "census2009.csv")
    table = census.tables["census"]
    assert census.rejected.empty
    assert len(table) == 5_174
    assert table["row"].tolist() == list(range(2, 5_176))
    assert (table["place_type"] == "аг").sum() == 172
    assert table["place_id"].isna().sum() == 204
    path = mirror / "by" / "population_2019_raions_towns.csv"
    areas = read("area_population", path, year=2019)
    assert areas.rejected.empty
    assert areas.notes == ()
    counts = areas.tables["area_population"]["level"].value_counts().to_dict()
    assert counts == {"town": 191, "raion": 119, "city": 10, "oblast": 6, "country": 1}
    country = areas.tables["area_population"].iloc[0]
    assert (country["total"], country["rural"]) == (9_475_174, 2_045_961)
