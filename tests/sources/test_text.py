"""Text of sources: one spelling, nothing unseen, and no way past it."""

import re
import unicodedata

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.inputs import stack
from geo.sources.feeding import Feeding
from geo.sources.result import CANONICAL, ReadResult, Rejections, canonical
from geo.sources.text import clean_column, clean_text, one_script

#: what would act on a terminal, a page or a reader's eye
HARM = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
EVIL = "Б\x1b[31mо\u202eр\x00\n\u2066Я\x9b5m\u200bр\u00adк\x7fа"


@given(st.text())
def test_a_clean_text_holds_no_harm_and_stays_as_it_is(text):
    clean = clean_text(text)
    assert not HARM.search(clean)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)


@given(st.lists(st.text(), min_size=1))
def test_a_column_is_cleaned_as_each_of_its_texts(texts):
    column = clean_column(pd.Series(texts, dtype="str"))
    assert column.fillna("").tolist() == [clean_text(text) for text in texts]
    assert not (column == "")[pd.Series(texts) != ""].any()


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        (EVIL, "Бор Ярка"),
        ("\x1b]0;title\x07Бор", "Бор"),
        ("\x1b]Бор", "]Бор"),
        ("a\u00a0\u2009\u3000b\t\nc", "a b c"),
        ("и\u200b\u0306", "й"),
        ("Паріж’ — «№ 1» ä ő ў", "Паріж’ — «№ 1» ä ő ў"),
    ],
)
def test_by_hand(written, clean):
    assert clean_text(written) == clean


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cосны", "Сосны"),  # the first letter is Latin
        ("COCны", "СОСны"),
        ("Peчицa и Oka", "Речица и Oka"),
        ("Vilniuс", "Vilniuc"),  # the last letter is Cyrillic
        ("Gомель", "Gомель"),  # no Cyrillic letter looks like G
    ],
)
def test_a_word_of_two_scripts_is_one_of_them(written, meant):
    assert one_script(written) == meant


@pytest.mark.parametrize("layer", sorted(set(CANONICAL) - {"elevation_tiles"}))
def test_nothing_unseen_gets_into_any_layer(layer):
    texts = [name for name, dtype in CANONICAL[layer].items() if dtype == "str"]
    named = [*texts, "name_ru", "name_be", "code_x"]
    table = pd.DataFrame({name: [EVIL, "Бор", "\x1b[0m"] for name in named})
    if layer == "areas":
        table = gpd.GeoDataFrame(table, geometry=[shapely.Point(0, 0)] * 3)
    for name, dtype in CANONICAL[layer].items():
        if dtype == "int64":
            table[name] = 0
    out = canonical(layer, table)
    for name in named:
        assert out[name].tolist()[:2] == ["Бор Ярка", "Бор"], name
        assert pd.isna(out[name][2]), name


def test_the_path_of_a_tile_is_no_text():
    path = "/data/two  blanks\u00a0/n\u0306.tif"
    tiles = canonical("elevation_tiles", pd.DataFrame({"path": [path]}))
    assert tiles["path"].tolist() == [path]


def test_nothing_unseen_gets_into_suppliers_and_refusals():
    refused = Rejections("s", "f\x1b.csv")
    refused.add(row=2, field="a\x00", value=EVIL, reason=f"«{EVIL}»")
    refused.add(row=3, field="a", value="x" * 5000, reason="long")
    table = pd.DataFrame({"place_ref": ["Бор"]})
    result = ReadResult({"observations": table}, refused.frame())
    inputs = stack([Feeding("s", "2026-01-01", result, EVIL)])
    assert inputs.table("observations")["_supplier"].tolist() == ["Бор Ярка"]
    first, second = inputs.rejected.to_dict("records")
    assert (first["file"], first["field"], first["value"], first["reason"]) == (
        "f.csv",
        "a",
        "Бор Ярка",
        "«Бор Ярка»",
    )
    assert second["value"] == "x" * 200
