"""Lists that an office, an operator or an ambulance station sends."""

import math

import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.types import FacilityKind
from tests.sources.readers.conftest import refused

FACILITIES = (
    "id,kind,name,lon,lat,settlement,address,hours,staff_days,services,remark\n"
)
FIXED = "settlement,available,technology,max_mbps,date,operator\n"
SHARE = "utilities.water_share"
IN_SHARE = f"({SHARE} is in %)"
VALUES = "settlement,indicator,value,low,high,status,date,supplier,remark\n"


def test_facility_in_full(read):
    text = FACILITIES + (
        'f1,pharmacy,Аптека № 3,27.5,53.5,wof:7,"Ленина, 1",8-20,1-6,рецепты,новая\n'
    )
    result = read("facility_register", text, supplier="Минздрав")
    facility = result.tables["facilities"].drop(columns="raion_name").iloc[0]
    assert facility.to_dict() == {
        "facility_id": "made-up:f1",
        "kind": "pharmacy",
        "name": "Аптека № 3",
        "lon": 27.5,
        "lat": 53.5,
        "status": "declared",
        "located": True,
        "place_ref": "wof:7",
        "hours": "8-20",
        "staff_days": "1-6",
        "services": "рецепты",
        "remark": "Ленина, 1; новая",
        "origin": "table.csv:2",
    }
    assert result.notes == ("supplied by Минздрав",)


def test_excel_of_a_clerk_semicolons_and_decimal_commas(read):
    text = "id;kind;name;lon;lat;settlement\nf1;Shop;Магазин;27,5;53,25;\n"
    table = read("facility_register", text).tables["facilities"]
    assert (table["lon"][0], table["lat"][0], table["kind"][0]) == (27.5, 53.25, "shop")


def test_settlement_without_point_is_kept_without_one(read):
    text = FACILITIES + "f1,hospital,Больница,,,Копысь,,,,,\n"
    facility = read("facility_register", text).tables["facilities"].iloc[0]
    assert facility["located"]
    assert math.isnan(facility["lon"])
    assert math.isnan(facility["lon"])
    assert facility["place_ref"] == "Копысь"
    assert pd.isna(facility["remark"])


def test_what_has_been_closed_by_the_day_of_the_source_has_closed_hours(read):
    text = (
        "id,kind,name,lon,lat,settlement,hours,year_of_closing\n"
        "f1,hospital,А,27.5,53.5,,24/7,2023\n"
        "f2,hospital,Б,27.5,53.5,,24/7,2024\n"
        "f3,hospital,В,27.5,53.5,,24/7,2025\n"
        "f4,hospital,Г,27.5,53.5,,24/7,\n"
        "f5,hospital,Д,27.5,53.5,,24/7,скоро\n"
    )
    result = read("facility_register", text)
    hours = result.tables["facilities"].set_index("name")["hours"]
    assert hours.to_dict() == {"А": "закрыт", "Б": "закрыт", "В": "24/7", "Г": "24/7"}
    assert refused(result) == [("6", "year_of_closing", "скоро", "not a number")]


def test_facilities_refused(read):
    text = FACILITIES + (
        "f1,фельдшер,А,27.5,53.5,,,,,,\n"
        "f2,shop,Б,,,,,,,,\n"
        "f3,shop,В,0,0,Копысь,,,,,\n"
        ",shop,Г,27.5,53.5,,,,,,\n"
        "f5,shop,Д,27.5,53.5,,,,,,\n"
        "f5,shop,Е,27.5,53.5,,,,,,\n"
    )
    result = read("facility_register", text)
    assert result.tables["facilities"]["name"].tolist() == ["Д"]
    assert refused(result) == [
        ("2", "kind", "фельдшер", f"must be one of {', '.join(FacilityKind)}"),
        ("5", "id", "", "the id is missing"),
        ("7", "id", "f5", "the id appears again (first in row 6)"),
        ("3", "settlement", "", "neither coordinates nor a settlement is given"),
        ("4", "lon,lat", "0 0", "coordinates 0,0 stand for unknown"),
    ]


def test_facility_register_without_kind(read):
    with pytest.raises(SourceFormatError, match="column is missing: 'kind'"):
        read("facility_register", "id,name,lon,lat,settlement\n")


def test_fixed_access(read):
    text = FIXED + (
        "wof:1,yes,gpon,200,2025-04-15,alfa\n"
        "wof:2,Нет,,,,\n"
        "wof:3,да,adsl,12.5,2024-01-31,\n"
    )
    table = read("fixed_register", text, operator="Белтелеком").tables["fixed"]
    assert table["available"].tolist() == ["yes", "no", "yes"]
    assert table["max_mbps"].tolist()[::2] == [200.0, 12.5]
    assert math.isnan(table["max_mbps"][1])
    assert table["date"][0] == pd.Timestamp("2025-04-15")
    assert pd.isna(table["date"][1])
    assert table["operator"].tolist() == ["alfa", "Белтелеком", "Белтелеком"]


def test_fixed_access_refused(read):
    text = FIXED + (
        ",yes,,,,\n"
        "wof:2,maybe,,,,\n"
        "wof:3,,,,,\n"
        "wof:4,yes,,,15.04.2025,\n"
        "wof:5,yes,,-1,,\n"
        "wof:6,yes,,fast,,\n"
    )
    result = read("fixed_register", text)
    assert len(result.tables["fixed"]) == 0
    assert refused(result) == [
        ("2", "settlement", "", "the settlement is missing"),
        ("3", "available", "maybe", "must be yes or no; empty if unknown"),
        ("4", "available", "", "must be yes or no; empty if unknown"),
        ("5", "date", "15.04.2025", "not a day of the form YYYY-MM-DD"),
        ("6", "max_mbps", "-1", "below zero (a speed is in Mbit/s)"),
        ("7", "max_mbps", "fast", "not a number (a speed is in Mbit/s)"),
    ]


def test_observations(read):
    text = VALUES + (
        "wof:1,health.ambulance_minutes,10.1,,,measured,2024-06-18,Станция,ok\n"
        "wof:2,health.ambulance_minutes,,15,,declared,,,\n"
        "wof:3,digital.fibre,да,,,declared,,,\n"
        "wof:4,health.ambulance_minutes,,,,unreachable,,,\n"
        "wof:5,health.ambulance_minutes,,,,unknown,,,\n"
        "wof:6,digital.mobile_mbps,0,0,5,Measured,,,\n"
        "wof:7,health.ambulance_minutes,,,,not_applicable,,,\n"
    )
    result = read("observations", text, supplier="Область")
    table = result.tables["observations"].set_index("place_ref")
    assert table.loc["wof:1", ["value", "low", "high"]].tolist() == [10.1, 10.1, 10.1]
    assert table.loc["wof:1", "supplier"] == "Станция"
    assert table.loc["wof:2", "low"] == 15
    assert table.loc["wof:2", ["value", "high"]].isna().all()
    assert table.loc["wof:2", "supplier"] == "Область"
    assert table.loc["wof:3", ["value", "low", "high"]].tolist() == [1, 1, 1]
    assert table.loc["wof:4", "low"] == math.inf
    assert table.loc["wof:4", ["value", "high"]].isna().all()
    assert table.loc["wof:5", ["value", "low", "high"]].isna().all()
    assert table.loc["wof:6", ["value", "low", "high"]].tolist() == [0, 0, 5]
    assert table.loc["wof:6", "status"] == "measured"
    assert table.loc["wof:7", ["value", "low", "high"]].isna().all()
    assert table.loc["wof:7", "status"] == "not_applicable"
    assert result.rejected.empty


def test_the_first_day_that_is_believed(read):
    row = f"wof:1,{SHARE},5,,,declared,1900-01-01,,\n"
    table = read("observations", VALUES + row).tables["observations"]
    assert table["date"].tolist() == [pd.Timestamp("1900-01-01")]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (",{i},1,,,measured,,,", "settlement", "the settlement is missing"),
        ("s,,1,,,measured,,,", "indicator", "the indicator is missing"),
        ("s,{i},1,,,,,,", "status", "the status is missing"),
        ("s,{i},x,,,measured,,,", "value", f"not a number {IN_SHARE}"),
        ("s,{i},1,,?,measured,,,", "high", f"not a number {IN_SHARE}"),
        ("s,{i},5,6,9,measured,,,", "low", "low, value and high are not in this order"),
        ("s,{i},,9,6,measured,,,", "low", "low, value and high are not in this order"),
        ("s,{i},9,,6,measured,,,", "low", "low, value and high are not in this order"),
        (
            "s,{i},5,,,unknown,,,",
            "status",
            "this status has neither value nor bounds",
        ),
        (
            "s,{i},,,,measured,,,",
            "value",
            "a value or a bound is missing; write status unknown if it is not known",
        ),
        ("s,{i},1,,,measured,2024,,", "date", "not a day of the form YYYY-MM-DD"),
        ("s,{i},1,,,measured,24-06-01,,", "date", "not a day of the form YYYY-MM-DD"),
        ("s,{i},1,,,measured,2026-02-30,,", "date", "there is no such day"),
        ("s,{i},1,,,measured,1899-12-31,,", "date", "a day before 1900"),
    ],
)
def test_observations_refused(read, row, field, reason):
    result = read("observations", VALUES + row.format(i=SHARE) + "\n")
    assert len(result.tables["observations"]) == 0
    assert [(r, f, why) for r, f, _, why in refused(result)] == [("2", field, reason)]


def test_unknown_status_lists_the_known_ones(read):
    result = read("observations", VALUES + f"s,{SHARE},1,,,guessed,,,\n")
    assert result.rejected["reason"][0].startswith("must be one of measured, declared")


def test_every_row_keeps_the_line_it_stands_on(read):
    text = FIXED + "wof:1,maybe,,,,\nwof:2,yes,fibre,100,2026-01-01,A\n"
    fixed = read("fixed_register", text).tables["fixed"]
    assert fixed["origin"].tolist() == ["table.csv:3"]
    text = VALUES + "wof:1,digital.mobile_mbps,12,,,measured,2026-01-01,X,\n"
    values = read("observations", text).tables["observations"]
    assert values["origin"].tolist() == ["table.csv:2"]


def test_a_year_of_closing_is_a_year(read):
    text = "id,kind,name,lon,lat,settlement,year_of_closing\n" + "".join(
        f"f{n},shop,М,27.5,53.5,,{year}\n"
        for n, year in enumerate(("1900", "2100", "1899", "12", "20262", "1998.5"))
    )
    result = read("facility_register", text)
    assert result.tables["facilities"]["facility_id"].tolist() == [
        "made-up:f0",
        "made-up:f1",
    ]
    assert {reason for *_, reason in refused(result)} == {
        "not a year from 1900 to 2100"
    }
    assert [row for row, *_ in refused(result)] == ["4", "5", "6", "7"]


COMPILED = "id,sort,title,x,y,place,how,whose,rayon\n"
COLUMNS = {
    "id": "id", "kind": "sort", "name": "title", "lon": "x", "lat": "y",
    "settlement": "place", "match": "how", "point_of": "whose", "raion_name": "rayon",
}  # fmt: skip


def compiled(read, *rows, **options):
    return read(
        "facility_register",
        COMPILED + "\n".join(rows),
        columns=COLUMNS,
        kinds={"ЦРБ": "hospital", "поликлиника": "primary_care", "санаторий": None},
        **options,
    )


def test_a_list_in_its_own_words_is_translated_and_the_rest_counted(read):
    result = compiled(
        read,
        "1,ЦРБ,Озёрская ЦРБ,27.5,53.5,7.0,,,Озёрский р-н",
        "2,ЦРБ,Озёрская ЦРП (Поликлиника),27.5,53.5,,,,",
        "3,поликлиника,Детская поликлиника,27.5,53.5,,,,",
        "4,санаторий,Лес,27.5,53.5,,,,",
        named={"*детск*": None, "*поликлиник*": "primary_care"},
    )
    table = result.tables["facilities"]
    assert table["kind"].tolist() == ["hospital", "primary_care"]
    assert table["place_ref"][0] == "7"
    assert table["raion_name"][0] == "Озёрский р-н"
    assert result.notes == (
        "2 rows are no facility of ours: поликлиника 1, санаторий 1",
    )
    assert result.rejected.empty


def test_a_point_that_is_its_settlements_is_forgotten(read):
    table = compiled(
        read,
        "1,ЦРБ,А,27.5,53.5,7,,centre,",
        "2,ЦРБ,Б,27.5,53.5,7,,own,",
        "3,ЦРБ,В,27.5,53.5,,,centre,",
        settlement_points=["centre"],
    ).tables["facilities"]
    # without a settlement its point is all there is
    assert table["lon"].isna().tolist() == [True, False, False]


def test_what_a_refused_facility_may_be_is_kept(read):
    text = FACILITIES + (
        "f1,hospital,,27.5,53.5,,,,,,\n"
        "f2,Hospital,,0,0,Копысь,,,,,\n"
        "f3,поликлиника?,,27.25,53.75,,,,,,\n"
        "f1,bank,,7.5,51.2,,,,,,\n"
        "f5,shop\n"
    )
    result = read("facility_register", text)
    table = result.tables["facilities_lost"].astype("object")
    found = [tuple(row) for row in table.where(table.notna(), None).to_numpy()]
    assert found == [
        ("hospital", None, None, "Копысь"),
        (None, 27.25, 53.75, None),
        ("bank", None, None, None),
        (None, None, None, None),
    ]
    assert len(result.rejected) == 4
    whole = read("facility_register", FACILITIES + "f1,hospital,,27.5,53.5,,,,,,\n")
    assert set(whole.tables) == {"facilities"}
