import pandas as pd
import pytest

from geo.errors import SourceFormatError
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


@pytest.mark.realdata
def test_belarus(mirror, read):
    result = read("area_names_xml", mirror / "by" / "raions_selsovets_2015.xml")
    table = result.tables["area_names"]
    kinds = table["area_kind"].value_counts().to_dict()
    assert kinds == {"selsovet": 1_168, "raion": 118, "oblast": 6, "country": 1}
    assert len(result.rejected) == 11
    assert not table["name_ru"].str.contains("´").any()
