import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.sources.readers import area_names_xml
from geo.sources.readers.area_names_xml import MOST_DEPTH, MOST_LETTERS
from tests.sources.readers.conftest import refused

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<Kraina osmID="r1" name_be="Краіна" name_ru="Страна">
  <Voblasc osmID="r2" name_be="Брэсцкая вобласць" name_ru="Брестская область">
    <Rajon osmID="r3" name_be="Іўеўскі раён" name_ru="Ивьевский район">
      <Vojtaustva name_be="Во´льнаўскі с/с" name_ru="Во´льновский с/с" />
    </Rajon>
    <Horad osmID="r4" />
    <Vulica name_ru="Улица" />
  </Voblasc>
</Kraina>
"""


def test_nested_names(read):
    result = read("area_names_xml", LIST, name="names.xml")
    table = result.tables["area_names"]
    assert table["area_kind"].tolist() == ["country", "oblast", "raion", "selsovet"]
    assert table["parent_name"].tolist()[1:] == [
        "Страна",
        "Брестская область",
        "Ивьевский район",
    ]
    assert pd.isna(table["parent_name"][0])
    assert table["name_ru"][3] == "Вольновский с/с"
    assert table["name_be"][3] == "Вольнаўскі с/с"
    assert table["osm_id"][2] == "r3"
    assert refused(result) == [
        ("7", "Horad", "r4", "the element has no name"),
        ("8", "Vulica", "", "unknown kind of area"),
    ]


def test_entities_are_refused(read):
    bomb = LIST.replace(
        "<Kraina", '<!DOCTYPE x [<!ENTITY a "boom">]>\n<Kraina', 1
    ).replace("Улица", "&a;")
    with pytest.raises(SourceFormatError) as caught:
        read("area_names_xml", bomb, name="names.xml")
    assert "names.xml, line 2: the XML declares entities" in str(caught.value)


def test_cut_xml(read):
    with pytest.raises(SourceFormatError, match=r"line 5: not well-formed XML"):
        read("area_names_xml", LIST[:300], name="names.xml")


def test_the_name_above_is_the_nearest_one(read):
    """An element without a name, or of no kind, does not hide those above it."""
    nested = (
        '<Kraina name_ru="Страна"><Voblasc><Rajon name_ru="Ивьевский">'
        '<Horad name_ru="Ивье"/></Rajon></Voblasc>'
        '<Hrupa name_ru="Юг"><Rajon name_ru="Лидский"/></Hrupa></Kraina>'
    )
    table = read("area_names_xml", nested).tables["area_names"]
    assert table["name_ru"].tolist() == ["Страна", "Ивьевский", "Ивье", "Лидский"]
    assert table["parent_name"].tolist()[1:] == ["Страна", "Ивьевский", "Юг"]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("martian", "unknown encoding: martian"),
        ("rot13", "rot13"),
        ("hex", "hex"),
        ("shift_jis", "multi-byte encodings are not supported"),
    ],
)
def test_an_encoding_that_nobody_knows(read, encoding, words):
    text = LIST.replace("UTF-8", encoding)
    with pytest.raises(SourceFormatError) as caught:
        read("area_names_xml", text, name="names.xml")
    said = str(caught.value)
    assert "names.xml, line 1: the encoding that the XML names cannot be read (" in said
    assert words in said
    assert said.endswith('Save it as UTF-8, with encoding="UTF-8" at its head.')


def test_an_encoding_of_one_byte_is_read(read):
    text = LIST.replace("UTF-8", "windows-1251").replace("´", "").encode("cp1251")
    table = read("area_names_xml", text).tables["area_names"]
    assert table["name_ru"].tolist()[3] == "Вольновский с/с"


def nested(depth: int) -> str:
    return '<Rajon name_ru="х">' * depth + "</Rajon>" * depth


def test_depth_has_a_limit(read):
    whole = read("area_names_xml", nested(MOST_DEPTH))
    assert len(whole.tables["area_names"]) == MOST_DEPTH
    for depth in (MOST_DEPTH + 1, 300_000):
        with pytest.raises(SourceFormatError, match="elements nest more than 32 deep"):
            read("area_names_xml", nested(depth))


def test_elements_and_bytes_have_a_limit(read, monkeypatch):
    monkeypatch.setattr(area_names_xml, "MOST_ELEMENTS", 6)
    assert len(read("area_names_xml", LIST).tables["area_names"]) == 4
    monkeypatch.setattr(area_names_xml, "MOST_ELEMENTS", 5)
    with pytest.raises(SourceFormatError, match="line 8: the file has more than 5 el"):
        read("area_names_xml", LIST)
    monkeypatch.setattr(area_names_xml, "MOST_BYTES", len(LIST.encode()) - 1)
    with pytest.raises(SourceFormatError, match="the file is larger than"):
        read("area_names_xml", LIST)


def test_a_name_as_long_as_a_book_is_refused_alone(read):
    long = LIST.replace("Ивьевский район", "х" * (MOST_LETTERS + 1))
    result = read("area_names_xml", long)
    assert len(result.tables["area_names"]) == 3
    assert refused(result)[0] == (
        "4", "Rajon", "r3", f"an attribute is longer than {MOST_LETTERS} letters"
    )  # fmt: skip
    fits = LIST.replace("Ивьевский район", "х" * MOST_LETTERS)
    assert len(read("area_names_xml", fits).tables["area_names"]) == 4


@pytest.mark.realdata
def test_belarus(mirror, read):
    result = read("area_names_xml", mirror / "by" / "raions_selsovets_2015.xml")
    table = result.tables["area_names"]
    kinds = table["area_kind"].value_counts().to_dict()
    assert kinds == {"selsovet": 1_168, "raion": 118, "oblast": 6, "country": 1}
    assert len(result.rejected) == 11
    assert not table["name_ru"].str.contains("´").any()
