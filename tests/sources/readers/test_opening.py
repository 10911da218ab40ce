"""Files that cannot be used as a whole end in one sentence."""

import gzip

import pytest

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.readers.catalog import READERS, reader_named
from geo.sources.result import CANONICAL
from tests.sources.readers.conftest import rows_of as rows

CENSUS = "soato,raion,selsovet,type,name,pop2009,wof_id\n"


def test_cp1251_names_line_byte_and_remedy(read):
    text = CENSUS + "1,р,с,д,Ясень,5,1\n"
    with pytest.raises(SourceFormatError) as caught:
        read("census_list", text.encode("cp1251"), name="census.csv")
    message = str(caught.value)
    assert "census.csv, line 2: not UTF-8 text: byte 0xF0 at offset 48" in message
    assert "it looks like Windows-1251" in message
    assert message.endswith("Save the file as UTF-8.")


def test_utf16_is_recognised(read):
    with pytest.raises(SourceFormatError, match="it looks like UTF-16"):
        read("census_list", CENSUS.encode("utf-16"))


def test_byte_order_mark_is_no_part_of_the_first_column(read):
    content = b"\xef\xbb\xbf" + (CENSUS + "1,р,с,д,Ясень,5,7\n").encode()
    table = read("census_list", content).tables["census"]
    assert table.loc[0, "code"] == "1"
    assert table.loc[0, "place_id"] == "wof:7"


def test_missing_column_names_it_the_header_and_the_remedy(read):
    with pytest.raises(SourceFormatError) as caught:
        read("census_list", "soato,raion,selsovet,type,name,wof_id\n", name="c.csv")
    message = str(caught.value)
    assert "column is missing: 'pop2009'" in message
    assert "the header found is soato,raion,selsovet,type,name,wof_id" in message
    assert "c.csv" in message
    assert "Add the column" in message


def test_several_missing_columns_are_named_at_once(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a\n1\n")
    with pytest.raises(SourceFormatError, match="columns are missing: 'b', 'c'"):
        rows(path, "a", "b", "c")


def test_truncated_gzip(tmp_path):
    whole = gzip.compress("".join(f"{n},{n * n}\n" for n in range(5000)).encode())
    path = tmp_path / "cells.csv.gz"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceFormatError, match="gzip file is cut short or damaged"):
        rows(path)


def test_gzip_name_without_gzip_content(tmp_path):
    path = tmp_path / "cells.csv.gz"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(SourceFormatError, match="name says gzip but the content"):
        rows(path)


@pytest.mark.parametrize("content", [b"", b" \n\n", gzip.compress(b"", mtime=0)])
def test_empty_file(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(SourceFormatError, match=r"t\.csv: the file is empty"):
        rows(path)


def test_absent_file(tmp_path):
    with pytest.raises(SourceFormatError, match=r"cannot be opened.*paritet fetch"):
        rows(tmp_path / "none.csv")


def test_row_with_a_comma_too_many_is_refused_and_the_rest_kept(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,"two, quoted"\n3,four,five\n\n6\n7,"x\ny"\n8,9\n')
    table, refused = rows(path)
    assert table["b"].tolist() == ["two, quoted", "x y", "9"]
    assert table["_row"].tolist() == [2, 6, 8]
    assert refused["row"].tolist() == ["3", "5"]
    assert refused["reason"].tolist() == [
        "3 fields where the header has 2",
        "1 fields where the header has 2",
    ]
    assert refused["value"].tolist() == ["3,four,five", "6"]


def test_unclosed_quotation_mark_names_the_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('a,b\n1,2\n3,"four\n5,6\n')
    with pytest.raises(SourceFormatError, match=r"line 3: a quotation mark in this"):
        rows(path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separator_is_found_out(tmp_path, separator):
    path = tmp_path / "t.csv"
    path.write_text(separator.join("abc") + "\n" + separator.join("123") + "\n")
    table, _ = rows(path, separator=None)
    assert table[["a", "b", "c"]].to_numpy().tolist() == [["1", "2", "3"]]


def test_words_that_pandas_takes_for_missing_stay_words(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("name\nNA\nNull\nnan\n  \n")
    table, _ = rows(path)
    assert table["name"].tolist()[:3] == ["NA", "Null", "nan"]


def test_header_alone_gives_an_empty_table(read):
    result = read("census_list", CENSUS)
    assert len(result.tables["census"]) == 0
    assert list(result.tables["census"].columns) == list(CANONICAL["census"])


def test_unknown_option_names_the_known_ones(read):
    with pytest.raises(DeclarationError) as caught:
        read("census_list", CENSUS, yaer=2009)
    assert "reader census_list" in str(caught.value)
    assert "'yaer'" in str(caught.value)
    assert "Known options: columns, year." in str(caught.value)


def test_option_that_must_be_given(read):
    with pytest.raises(DeclarationError, match="key 'year'"):
        read("area_population", "level\n")


def test_catalogue_is_explicit_and_refuses_other_names():
    assert reader_named("gtfs", where="country by") is READERS["gtfs"]
    with pytest.raises(DeclarationError) as caught:
        reader_named("gtsf", where="country by")
    assert str(caught.value).startswith("country by: unknown reader 'gtsf'. Known")
