"""Postal codes, radio cells and rail stops."""

import gzip

import pandas as pd
import pytest

from geo.errors import DeclarationError
from geo.types import Status
from tests.sources.readers.conftest import refused

RAIL = "Вобласьць\tРаён\tКод\tOSM:NodeID\tТып\tПа-расейску старое\t"
RAIL += "Па-расейску правільнае\tosm:name:ru force\tПа-беларуску правільнае\t"
RAIL += "lat\tlon\tcomment\n"


def code(code: str, name: str, lat: str, lon: str, accuracy: str, land: str = "XX"):
    return "\t".join([land, code, name, *[""] * 6, lat, lon, accuracy]) + "\n"


def cell(cid: int, radio: str = "GSM", **changes: object) -> str:
    usual = {"mcc": 257, "lon": 27.5, "lat": 53.5, "updated": "1459770590"}
    of = usual | changes
    place = f"{radio},{of['mcc']},2,84,{cid},0,{of['lon']},{of['lat']}"
    return f"{place},1000,2,1,1459770590,{of['updated']},0\n"


def test_postal_codes(read):
    text = (
        code("210000", "Витебск", "55.19", "30.0", "4")
        + code("211002", "Заднепровский", "54.51", "29.9", "1")
        + code("211003", "Устье", "54.6", "29.8", "")
        + code("211004", "Где-то", "", "", "4")
    )
    table = read("postal_codes", text, name="post.tsv").tables["facilities"]
    assert table["facility_id"].tolist() == [
        "post:210000",
        "post:211002",
        "post:211003",
        "post:211004",
    ]
    assert set(table["kind"]) == {"post_office"}
    assert set(table["status"]) == {Status.ASSUMED.value}
    assert table["located"].tolist() == [True, False, False, False]
    assert table["remark"].tolist() == [
        "GeoNames accuracy 4",
        "GeoNames accuracy 1: too coarse for a distance",
        "GeoNames accuracy not given: too coarse for a distance",
        "GeoNames accuracy 4: too coarse for a distance",
    ]
    assert (table["lon"][0], table["lat"][0]) == (30.0, 55.19)
    assert table[["lon", "lat"]].isna().all(axis=1).tolist() == [False] * 3 + [True]


def test_postal_rows_refused(read):
    text = (
        code("1", "Тут", "54.5", "29.9", "3")
        + code("1", "Тут же", "54.5", "29.9", "4")
        + code("2", "Чужое", "54.5", "29.9", "4", land="YY")
        + code("3", "Далёкое", "48.0", "29.9", "4")
        + code("", "Без индекса", "54.5", "29.9", "4")
    )
    result = read("postal_codes", text)
    table = result.tables["facilities"]
    assert table["name"].tolist() == ["Тут же"]
    assert table["located"].tolist() == [True]
    assert refused(result) == [
        ("3", "country", "YY", "the row is not of XX"),
        ("5", "code", "", "the postal code is missing"),
        (
            "4",
            "lon,lat",
            "29.9 48.0",
            "outside the bounds of xx (lon 20 to 30, lat 50 to 56)",
        ),
        ("1", "code", "1", "the postal code appears again at the same point"),
    ]


def test_a_code_at_two_points_has_no_known_point(read):
    text = code("7", "Минск", "53.9", "27.5", "4") + code(
        "7", "Холопеничи", "54.5", "28.9", "4"
    )
    table = read("postal_codes", text).tables["facilities"]
    assert table["facility_id"].tolist() == ["post:7", "post:7:2"]
    assert table["located"].tolist() == [False, False]
    assert set(table["remark"]) == {"the code stands at several points"}
    assert table["origin"].str.partition(":")[2].tolist() == ["1", "2"]


def test_quotation_marks_in_a_tab_separated_file_are_letters(read):
    text = code("1", 'Санаторий "Сосны', "54.5", "29.9", "4")
    table = read("postal_codes", text).tables["facilities"]
    assert table["name"].tolist() == ['Санаторий "Сосны']


@pytest.mark.realdata
def test_postal_codes_of_belarus(mirror, read):
    result = read(
        "postal_codes",
        mirror / "by" / "post_codes_geonames.tsv",
        country={"code": "by", "bounds": (23, 51.1, 33, 56.3)},
    )
    table = result.tables["facilities"]
    assert len(table) + len(result.rejected) == 3_133
    assert set(result.rejected["reason"]) == {
        "the postal code appears again at the same point"
    }
    assert len(result.rejected) == 8
    # 2,594 rows have accuracy 4: 4 repeat one of them, 4 stand at two points each
    assert table["located"].sum() == 2_587
    assert table["facility_id"].is_unique


@pytest.mark.parametrize(
    ("radio", "generation"),
    [("GSM", 2), ("CDMA", 2), ("UMTS", 3), ("LTE", 4), ("NR", 5), ("lte", 4)],
)
def test_radio_gives_the_generation(read, radio, generation):
    table = read("opencellid", cell(1, radio), mcc=257).tables["cells"]
    assert table["generation"].tolist() == [generation]


def test_cell_in_full_from_gzip(read):
    packed = gzip.compress(cell(55722).encode())
    table = read("opencellid", packed, name="cells.csv.gz", mcc=257).tables["cells"]
    assert table.iloc[0].to_dict() == {
        "cell_id": "GSM-257-2-84-55722",
        "net": "2",
        "generation": 2,
        "lon": 27.5,
        "lat": 53.5,
        "range_m": 1000,
        "samples": 2,
        "created": pd.Timestamp("2016-04-04"),
        "updated": pd.Timestamp("2016-04-04"),
    }


def test_updated_is_the_utc_day(read):
    # 2023-12-31 23:59:59 UTC is already the new year in Minsk
    text = cell(1, updated="1704067199") + cell(2, updated="0") + cell(3, updated="x")
    result = read("opencellid", text, mcc=257)
    days = result.tables["cells"]["updated"]
    assert days[0] == pd.Timestamp("2023-12-31")
    assert days.isna().tolist() == [False, True, True]
    assert refused(result) == [
        ("3", "updated", "x", "not a number (field left empty, row kept)")
    ]


def test_cells_refused(read):
    text = (
        cell(1, mcc=250)
        + cell(2, "WIMAX")
        + cell(3, lon=0, lat=0)
        + cell(4, lon=37.6)
        + cell(5)
        + cell(5)
        + "GSM,257,2\n"
    )
    result = read("opencellid", text, mcc=257)
    assert result.tables["cells"]["cell_id"].tolist() == ["GSM-257-2-84-5"]
    assert [(row, field, value) for row, field, value, _ in refused(result)] == [
        ("7", "", "GSM,257,2"),
        ("1", "mcc", "250"),
        ("2", "radio", "WIMAX"),
        ("3", "lon,lat", "0 0"),
        ("4", "lon,lat", "37.6 53.5"),
        ("6", "cell_id", "GSM-257-2-84-5"),
    ]
    reasons = result.rejected["reason"].tolist()
    assert reasons[1] == "the country code is not 257"
    assert reasons[2] == "must be one of GSM, CDMA, UMTS, LTE, NR"


def test_several_country_codes(read):
    text = cell(1, mcc=250) + cell(2, mcc=257) + cell(3, mcc=260)
    assert len(read("opencellid", text, mcc=[250, 257]).tables["cells"]) == 2


def test_country_code_must_be_given(read):
    with pytest.raises(DeclarationError, match="key 'mcc'"):
        read("opencellid", cell(1))


@pytest.mark.realdata
def test_cells_of_belarus(mirror, read):
    result = read(
        "opencellid",
        mirror / "by" / "opencellid_257_2023-12-14.csv.gz",
        country={"bounds": (23, 51.1, 33, 56.3)},
        mcc=257,
    )
    table = result.tables["cells"]
    assert len(table) == 132_334
    assert result.rejected.empty
    assert table["generation"].value_counts().to_dict() == {3: 84123, 2: 38976, 4: 9235}
    assert (table["net"] == "35").sum() == 101
    assert (table["updated"] < "2018-01-01").mean() == pytest.approx(0.77, abs=0.01)


def rail(code: str = "", node: str = "0", **given: str) -> str:
    of = {"ru": "", "be": "", "old": "", "lat": "53.1", "lon": "25.9", "note": ""}
    of |= given
    names = [of["old"], of["ru"], "", of["be"]]
    place = [of["lat"], of["lon"], of["note"]]
    return "\t".join(["Брест", "", code, node, "ст", *names, *place]) + "\n"


def test_rail_stops(read):
    text = (
        RAIL
        + rail("137129", "2060086365", ru="Боровцы", be="Бараўцы")
        + rail("137130", ru="Закрытая", note="Закрыта")
        + rail("", "77", old="Шинная")
        + rail("", "0", old="Парк")
    )
    result = read("rail_stops", text, name="rail.tsv")
    table = result.tables["facilities"]
    assert table["facility_id"].tolist() == [
        "rail:137129",
        "rail:137130",
        "rail:osm-n77",
        "rail:line-5",
    ]
    assert table["name"].tolist() == ["Боровцы", "Закрытая", "Шинная", "Парк"]
    assert table["name_be"][0] == "Бараўцы"
    assert set(table["kind"]) == {"rail_stop"}
    assert set(table["status"]) == {Status.MEASURED.value}
    assert table["remark"][1] == "Закрыта"
    assert table["services"][0] == "ст"
    # listed, and no distance leads to it
    assert table["located"].tolist() == [True, False, True, True]
    assert result.rejected.empty


@pytest.mark.parametrize(
    ("note", "open_"),
    [
        ("Закрыта http://example.org/19", False),
        ("Остановочный пункт ликвидирован", False),
        ("зачынены", False),
        ("", True),
        ("переезд закрыт в 2010, остановка работает", True),
        ("Закрытое акционерное общество", True),
        ("код изменён", True),
    ],
)
def test_a_comment_may_say_that_a_stop_is_closed(read, note, open_):
    table = read("rail_stops", RAIL + rail("1", note=note)).tables["facilities"]
    assert table["located"].tolist() == [open_]


def test_rail_stops_refused(read):
    text = RAIL + rail("1", lat="0", lon="0") + rail("2") + rail("2")
    result = read("rail_stops", text)
    assert result.tables["facilities"]["facility_id"].tolist() == ["rail:2"]
    assert result.tables["facilities"]["origin"][0].endswith(":3")
    assert [(row, value) for row, _, value, _ in refused(result)] == [
        ("2", "0 0"),
        ("4", "2"),
    ]


@pytest.mark.realdata
def test_rail_stops_of_belarus(mirror, read):
    result = read(
        "rail_stops",
        mirror / "transit" / "rail_stations_by.tsv",
        country={"bounds": (23, 51.1, 33, 56.3)},
    )
    assert len(result.tables["facilities"]) + len(result.rejected) == 953
    reasons = result.rejected["reason"].str.split(" ").str[0].value_counts().to_dict()
    # two at 0,0; one in Poland by a slip of the pen, one south of the border
    assert reasons == {"coordinates": 2, "outside": 2}
    shut = result.tables["facilities"]
    assert (~shut["located"]).sum() == 2
