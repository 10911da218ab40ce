"""Tables that hide rows or name a column twice, and files that are no tables."""

import gzip
import random

import pytest

from geo.errors import SourceFormatError
from geo.sources.readers import delimited, files
from tests.sources.readers.conftest import rows_of


@pytest.fixture
def rows(tmp_path):
    """Write a table and read it: the rows and what was refused."""

    def run(content, *, name="t.csv", separator=","):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return rows_of(path, "a", separator=separator)

    return run


def joined(first, last):
    mark = "for a quotation mark is not closed in its line"
    return f"lines {first} to {last} are one row, {mark}"


def fault(rows, content, **how):
    with pytest.raises(SourceFormatError) as caught:
        rows(content, **how)
    return str(caught.value)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("a,b,a", "'a'"),
        ("a,b,B", "'B'"),
        ("a, b ,b", "'b'"),
        ("a,й,и\u0306", "'и\u0306'"),
        ("a,b,b\u200b", "'b\\u200b'"),
    ],
)
def test_a_column_that_stands_twice(rows, header, name):
    said = fault(rows, f"{header}\n1,2,3\n")
    assert f"t.csv, line 1: column {name} stands twice. Leave one" in said


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_twice_whatever_the_separator(rows, separator):
    header = separator.join("aba")
    said = fault(rows, f"{header}\n{separator.join('123')}\n", separator=None)
    assert "column 'a' stands twice" in said


def test_columns_without_a_name_may_be_many(rows):
    table, refused = rows("a,,\n1,,\n")
    assert table["a"].tolist() == ["1"]
    assert refused.empty


def test_a_column_of_the_file_does_not_replace_our_lines(rows):
    table, refused = rows("a,_row\nx,99\n\ny,98\nz\n")
    assert table["_row"].tolist() == [2, 4]
    assert refused["row"].tolist() == ["5"]


def test_a_mapped_column_called_as_our_lines_is_missing(read):
    with pytest.raises(SourceFormatError, match="column is missing: '_row'"):
        read("wof_places", "_row,lon,lat\n1,27,53\n",
             columns={"place_id": "_row", "lon": "lon", "lat": "lat"})  # fmt: skip


def test_a_column_with_one_of_our_names_is_not_taken_for_it(read):
    text = (
        "level,oblast,oblast_name,raion,name,all_total,all_urban,all_rural,total\n"
        "raion,Область,Чужое,Район,Район,30,10,20,999\n"
    )
    table = read("area_population", text, year=2019).tables["area_population"]
    assert table.loc[0, ["oblast_name", "total"]].tolist() == ["Область", 30]


def test_a_quotation_mark_that_never_closes(rows):
    said = fault(rows, 'a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert "t.csv, line 3: a quotation mark in this line is not closed" in said


def test_a_quotation_mark_that_closes_after_many_lines(rows):
    many = "".join(f"{n},{n}\n" for n in range(delimited.RECORD_LINES + 10))
    said = fault(rows, f'a,b\n1,"two\n{many}four"\n')
    assert "t.csv, line 2: a quotation mark in this line is not closed" in said


def test_between_tabs_a_quotation_mark_is_a_letter(rows):
    table, refused = rows('a\tb\n1\t"two\n3\t"fo"ur"\n', separator="\t")
    assert refused.empty
    assert table["b"].tolist() == ['"two', '"fo"ur"']


def test_rows_swallowed_by_a_quotation_mark_are_refused_with_their_lines(rows):
    table, refused = rows('a,b,c\n1,2,3\n4,"five,6\n7,8,9\n10",11,12\n13,14,15\n')
    assert table["a"].tolist() == ["1", "13"]
    assert refused["row"].tolist() == ["3"]
    assert refused["reason"][0] == f"4 fields where the header has 3; {joined(3, 5)}"
    # here the swallowed row leaves three fields, so only its own width betrays it
    table, refused = rows('a,b,c\n1,"two\n3,4,5\n6",7\n9,10,11\n')
    assert table["a"].tolist() == ["9"]
    assert refused[["row", "reason"]].to_numpy().tolist() == [["2", joined(2, 4)]]


def test_an_address_over_several_lines_is_one_cell(rows):
    table, refused = rows('a,b,c\n1,"Ленина, 1\nкв. 5\n",x\n')
    assert refused.empty
    assert table["b"].tolist() == ["Ленина, 1 кв. 5"]
    table, refused = rows('a\n"Ленина, 1\nкв. 5"\n')
    assert refused.empty
    assert table["a"].tolist() == ["Ленина, 1 кв. 5"]


def test_a_byte_of_zero(rows):
    said = fault(rows, b"a,b\n1,2\n3,\x004\n")
    assert "line 3: a byte of zero" in said
    assert "it looks like UTF-16" in fault(rows, "a,b\n1,2\n".encode("utf-16-le"))


def test_a_mark_of_byte_order_within_the_file_is_not_seen(rows):
    table, _ = rows("\ufeffa,b\n\ufeff1,2\n")
    assert table["a"].tolist() == ["1"]


def test_bytes_of_another_encoding_in_the_middle(rows):
    said = fault(rows, "a,b\nБор,2\n".encode() + "Бор,3\n".encode("cp1251"))
    assert "t.csv, line 3: not UTF-8 text" in said


def test_a_file_of_blank_lines_behind_a_mark(rows):
    assert "column is missing: 'a'" in fault(rows, "\ufeff\n\n")


def test_a_line_without_end(rows, monkeypatch):
    monkeypatch.setattr(delimited, "LINE_LIMIT", 100)
    said = fault(rows, "a,b\n1,2\n" + "3," * 60 + "\n")
    assert said.startswith(said.split(": ")[0] + ": a line of 121 characters")
    assert "line 3" in said
    assert rows("a,b\n1," + "2" * 97 + "\n")[1].empty


def test_rows_without_end(rows, monkeypatch):
    monkeypatch.setattr(delimited, "ROW_LIMIT", 3)
    assert rows("a\n1\n2\n")[0]["a"].tolist() == ["1", "2"]
    assert "more than 3 rows" in fault(rows, "a\n1\n2\n3\n")


def test_a_gzip_bomb_is_stopped_at_its_ratio(rows, monkeypatch):
    monkeypatch.setattr(files, "RATIO_FROM", 10_000)
    bomb = gzip.compress(b"a,b\n" + b"0,0\n" * 250_000)
    assert len(bomb) * files.RATIO_LIMIT < 1_000_000
    said = fault(rows, bomb, name="t.csv.gz")
    assert "the file is too large" in said
    assert f"unpack to more than {len(bomb) * files.RATIO_LIMIT:,}: a gzip bomb" in said


def test_a_small_file_may_pack_as_well_as_it_likes(rows):
    table, _ = rows(gzip.compress(b"a,b\n" + b"0,0\n" * 50_000), name="t.csv.gz")
    assert len(table) == 50_000


def test_an_honest_gzip_is_read_beyond_the_floor(rows, monkeypatch):
    monkeypatch.setattr(files, "RATIO_FROM", 100)
    noise = random.Random(1)  # noqa: S311 - numbers that do not pack well
    text = "a,b\n" + "".join(f"{noise.random()},1\n" for _ in range(2_000))
    assert len(rows(gzip.compress(text.encode()), name="t.csv.gz")[0]) == 2_000


@pytest.mark.parametrize("pack", [lambda content: content, gzip.compress])
def test_a_file_larger_than_any_list(rows, monkeypatch, pack):
    monkeypatch.setattr(files, "UNPACKED_LIMIT", 1_000)
    assert len(rows(pack(b"a\n" + b"1\n" * 499))[0]) == 499
    assert "the file is too large" in fault(rows, pack(b"a\n" + b"1\n" * 500))
