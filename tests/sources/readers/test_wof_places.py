import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers.wof_places import CENSUS_MATCHED
from tests.sources.readers.conftest import refused
from tests.sources.readers.test_population_lists import THOUSANDS

HEADER = list(CENSUS_MATCHED.values())


def file(*rows: dict[str, str]) -> str:
    usual = {"wof_id": "1", "name_en": "Somewhere", "lat": "53.5", "lon": "27.5"}
    lines = [
        ",".join((usual | {"wof_id": str(n)} | row).get(name, "") for name in HEADER)
        for n, row in enumerate(rows, 1)
    ]
    return "\n".join([",".join(HEADER), *lines]) + "\n"


def test_one_place_in_full(read):
    row = {
        "name_ru": "Берёзовка",
        "name_be": "Бярозаўка",
        "raion": "Лидский р-н",
        "oblast": "Гродненская область",
        "type": "аг",
        "selsovet": "Берёзовский сельсовет",
        "soato_selsovet": "4236805000.0",
        "pop2009": "812.0",
        "possible_dup_of": "77.0",
        "gn_id": "630280.0",
        "wd_id": "Q1",
    }
    result = read("wof_places", file(row))
    place = result.tables["places"].iloc[0]
    assert place["place_id"] == "wof:1"
    assert place["duplicate_of"] == "wof:77"
    assert (place["lon"], place["lat"]) == (27.5, 53.5)
    assert (place["population"], place["population_year"]) == (812, 2009)
    assert place["place_type"] == "аг"
    assert pd.isna(place["kind"])
    assert place["selsovet_code"] == "4236805000"
    assert place["code_geonames"] == "630280"
    assert place["code_wikidata"] == "Q1"
    assert place["name_ru"] == "Берёзовка"
    assert result.rejected.empty


def test_place_without_population_has_neither_value_nor_year(read):
    place = read("wof_places", file({})).tables["places"].iloc[0]
    assert pd.isna(place["population"])
    assert pd.isna(place["population_year"])


@pytest.mark.parametrize(
    ("lon", "lat", "value", "reason"),
    [
        ("", "", "", "coordinates missing"),
        ("27.5", "", "27.5", "one of the two coordinates is missing"),
        ("27.5", "north", "27.5 north", "coordinates are not numbers"),
        ("27.5", "nan", "27.5 nan", "coordinates are not numbers"),
        ("27.5", "inf", "27.5 inf", "coordinates are not numbers"),
        ("0", "0.0", "0 0.0", "coordinates 0,0 stand for unknown"),
        (
            "37.6",
            "55.7",
            "37.6 55.7",
            "outside the bounds of xx (lon 20 to 30, lat 50 to 56)",
        ),
        (
            "53.5",
            "27.5",
            "53.5 27.5",
            "outside the bounds of xx (lon 20 to 30, lat 50 to 56)",
        ),
    ],
)
def test_bad_points_are_refused_with_value_and_reason(read, lon, lat, value, reason):
    result = read("wof_places", file({}, {"lon": lon, "lat": lat}))
    assert result.tables["places"]["place_id"].tolist() == ["wof:1"]
    assert refused(result) == [("3", "lon,lat", value, reason)]


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("-5", "a count below zero (field left empty, row kept)"),
        ("many", "not a number (field left empty, row kept)"),
        ("12.5", "not a whole number (field left empty, row kept)"),
        ("1.000", f"{THOUSANDS} (field left empty, row kept)"),
        (
            "9" * 20,
            "more than there can be (100,000,000) (field left empty, row kept)",
        ),
    ],
)
def test_bad_population_refuses_the_field_and_keeps_the_place(read, value, reason):
    result = read("wof_places", file({"pop2009": value}))
    assert result.tables["places"]["population"].isna().tolist() == [True]
    assert refused(result) == [("2", "pop2009", value, reason)]


def test_second_row_of_an_id_is_refused(read):
    result = read(
        "wof_places", file({"wof_id": "5"}, {"wof_id": "5.0"}, {"wof_id": ""})
    )
    assert result.tables["places"]["place_id"].tolist() == ["wof:5"]
    assert refused(result) == [
        ("4", "wof_id", "", "the place id is missing"),
        ("3", "wof_id", "5", "the place id appears again (first in row 2)"),
    ]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        # transliteration in the Belarusian column
        (
            {"name_be": "Halynka", "name_ru": "Голынка", "name_en": ""},
            {"name_be": None, "name_en": "Halynka", "name_alias": None},
        ),
        (
            {"name_be": "Halynka", "name_ru": "Голынка", "name_en": "Golynka"},
            {"name_be": None, "name_en": "Golynka", "name_alias": "Halynka"},
        ),
        # a Roman numeral is no Latin script
        ({"name_ru": "Лаздуны I"}, {"name_ru": "Лаздуны I"}),
        # a Latin letter typed inside a Cyrillic word
        ({"name_be": "Жодз" + "i" + "на"}, {"name_be": "Жодзіна"}),
        # Belarusian form in the Russian column
        ({"name_ru": "Пятроўшчына"}, {"name_ru": None, "name_be": "Пятроўшчына"}),
        (
            {"name_ru": "Лосі", "name_be": "Ласі"},
            {"name_ru": None, "name_be": "Ласі", "name_alias": "Лосі"},
        ),
        # Cyrillic in the English column
        (
            {"name_en": "Николаевка-2", "name_ru": "Николаевка 2"},
            {"name_en": None, "name_ru": "Николаевка 2", "name_alias": "Николаевка-2"},
        ),
        # class words, stress marks, underscores
        ({"name_be": "Горад Кобрын"}, {"name_be": "Кобрын"}),
        ({"name_be": "Аграгарадок Друя"}, {"name_be": "Друя"}),
        ({"name_be": "Гарадскі пасёлак Мір"}, {"name_be": "Мір"}),
        ({"name_ru": "Город Борисов"}, {"name_ru": "Борисов"}),
        ({"name_ru": "Городок"}, {"name_ru": "Городок"}),
        ({"name_be": "Пары\u0301ж"}, {"name_be": "Парыж"}),
        ({"name_ru": "Белый_двор"}, {"name_ru": "Белый двор"}),
        ({"name_ru": "Зелёный"}, {"name_ru": "Зелёный"}),
    ],
)
def test_names_go_to_the_language_of_their_script(read, given, kept):
    place = read("wof_places", file(given)).tables["places"].iloc[0]
    found = {name: None if pd.isna(place[name]) else place[name] for name in kept}
    assert found == kept


def test_moved_names_are_counted_in_the_notes(read):
    text = file({"name_be": "Halynka", "name_en": "Golynka"}, {"name_be": "Яма"})
    (note,) = read("wof_places", text).notes
    assert note.startswith("1 values of name_be are in Latin script: 0 moved to")
    assert note.endswith("name_en, 1 kept as name_alias")


def test_other_columns_are_named_by_the_feed(read):
    result = read(
        "wof_places",
        "id,title,x,y,people,oblys\n9,Ақтау,27,51,100,Маңғыстау\n",
        columns={
            "place_id": "id",
            "name_kk": "title",
            "lon": "x",
            "lat": "y",
            "population": "people",
            "oblast_name": "oblys",
        },
        population_year=None,
    )
    place = result.tables["places"].iloc[0]
    assert place["name_kk"] == "Ақтау"
    assert place["population"] == 100
    assert pd.isna(place["population_year"])
    assert place["oblast_name"] == "Маңғыстау"
    assert pd.isna(place["raion_name"])


def test_missing_column_of_the_feed(read):
    with pytest.raises(SourceFormatError, match="'possible_dup_of'"):
        read("wof_places", file({}).replace("possible_dup_of", "dup"))


@pytest.mark.realdata
def test_belarus(mirror, read):
    path = mirror / "by" / "settlements.csv"
    result = read("wof_places", path, country={"bounds": (23, 51.1, 33, 56.3)})
    places = result.tables["places"]
    assert len(places) + len(result.rejected) == 25_121
    # one point lies 50 km south of the country
    assert refused(result) == [
        (
            "25113",
            "lon,lat",
            "24.86667 50.71667",
            "outside the bounds of xx (lon 23 to 33, lat 51.1 to 56.3)",
        )
    ]
    assert places["duplicate_of"].notna().sum() == 35
    assert places["duplicate_of"].dropna().isin(places["place_id"]).all()
    counted = places["population"].notna()
    assert counted.sum() == 4_896
    assert (counted & places["duplicate_of"].notna()).sum() == 2
    assert (places["place_type"] == "аг").sum() == 163
    assert not places["name_be"].str.contains("[A-Za-z]", na=False).any()
    assert not places["selsovet_code"].str.contains(".", regex=False, na=False).any()


@pytest.mark.realdata
def test_kazakhstan(mirror, read):
    names = ("name_en", "name_ru", "lat", "lon")
    result = read(
        "wof_places",
        mirror / "kz" / "settlements.csv",
        country={"bounds": (46.4, 40.5, 87.4, 55.5)},
        columns={
            "place_id": "wof_id",
            "oblast_name": "region",
            "raion_name": "county",
            "population": "population_geonames",
            **dict(zip(names, names, strict=True)),
        },
    )
    assert len(result.tables["places"]) == 11_905
    assert result.tables["places"]["population"].notna().sum() == 274
    assert result.rejected.empty
