"""Small declared tables: every fault of the file is one sentence."""

import pytest

from geo.errors import DeclarationError
from geo.sources.declared_csv import read_table


@pytest.fixture
def table(tmp_path):
    def run(content):
        path = tmp_path / "centres.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, ("level", "area"))

    return run


def test_rows_with_the_numbers_of_an_editor(table):
    content = '\ufefflevel,area,note\nraion, Алый\u00a0 район ,"a\nb"\n\nraion,Белый,\n'
    assert table(content) == [
        (2, {"level": "raion", "area": "Алый район", "note": "a b"}),
        (5, {"level": "raion", "area": "Белый", "note": ""}),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "level\nraion\n",
            "centres.csv, row 1: column 'area' is missing. The header must be",
        ),
        ("", "column 'level' is missing"),
        ("level,area,level\na,b,c\n", "column 'level' stands twice"),
        ("level,area,Area \na,b,c\n", "column 'Area' stands twice"),
        ("level,area\na,b\nraion\n", "row 3: 1 cells where the header has 2: 'raion'"),
        ("level,area\na,b,c\n", "row 2: 3 cells where the header has 2: 'a,b,c'"),
        ('level,area\na,b\nc,"d\n', "row 3: not a readable CSV"),
        ("level,area\na,Бор\n".encode("cp1251"), "not UTF-8 text. Save the file"),
    ],
)
def test_faults(table, content, words):
    with pytest.raises(DeclarationError) as caught:
        table(content)
    assert words in str(caught.value)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(DeclarationError, match="the file cannot be opened"):
        read_table(tmp_path, ("level",))
