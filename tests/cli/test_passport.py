"""Passports and reports from the command line, on the small demo country."""

import io
from collections import Counter

import docx
import openpyxl
import pyarrow.parquet as pq
import pytest


@pytest.fixture
def country(paritet, kitchen):
    """Run a command on the built releases."""

    def run(command, *words):
        return paritet(command, "demo", *words, "--releases", kitchen.releases)

    return run


def test_a_passport_of_a_settlement_in_word(country, tmp_path):
    code, out, _ = country("passport", "Примеровск", "-o", "p.docx")
    assert (code, out) == (0, "p.docx\n")
    document = docx.Document(tmp_path / "p.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith("СИНТЕТИЧЕСКИЕ ДАННЫЕ") for text in texts)
    assert any(
        text.startswith("Примеровск, по состоянию на 15.01.2026") for text in texts
    )


def test_a_passport_of_a_raion_in_belarusian(country, tmp_path):
    words = ("--raion", "Демоградский", "--lang", "be", "-o", "p.html")
    assert country("passport", *words)[:2] == (0, "p.html\n")
    page = (tmp_path / "p.html").read_text("utf-8")
    assert '<html lang="be">' in page
    assert "Дэмаградскі раён" in page


def test_a_folder_gets_a_readable_name(country):
    code, out, _ = country("passport", "Примеровск", "-o", ".", "--format", "html")
    assert (code, out) == (0, "Паспорт — Примеровск, 2026-01-15.html\n")


def test_one_file_per_settlement_of_a_raion(country, tmp_path):
    words = ("--raion", "Демоградский", "--all", "-o", "all/", "--format", "html")
    code, out, _ = country("passport", *words)
    files = sorted((tmp_path / "all").iterdir())
    assert (code, out) == (0, f"all: {len(files)}\n")
    assert len(files) > 5
    assert all(file.name.startswith("Паспорт — ") for file in files)


def test_a_report_in_word_and_excel(country, tmp_path):
    for name in ("r.docx", "r.xlsx"):
        code, out, _ = country("report", "--raion", "Демоградский", "-o", name)
        assert (code, out) == (0, f"{name}\n")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Прошлого отчёта нет." in texts
    document = docx.Document(io.BytesIO((tmp_path / "r.docx").read_bytes()))
    assert document.tables[0].rows[0].cells[6].text == "Изменение с прошлого отчёта"


def test_a_report_since_an_earlier_release_is_the_same_a_year_later(
    paritet, kitchen, releases, tmp_path
):
    build = ("build", "demo", "--data", kitchen.data, "--out", releases)
    assert paritet(*build, "--on", "2025-12-31")[0] == 0
    words = (
        "report", "demo/2026-01-15.1", "--raion", "Демоградский", "--releases",
        releases, "--since", "demo/2025-12-31.1", "-o",
    )  # fmt: skip
    assert paritet(*words, "one.xlsx")[0] == 0
    assert paritet(*build, "--on", "2027-01-15")[0] == 0
    assert paritet(*words, "two.xlsx")[0] == 0
    one, two = (tmp_path / name for name in ("one.xlsx", "two.xlsx"))
    assert one.read_bytes() == two.read_bytes()
    sheet = openpyxl.load_workbook(one).worksheets[0]
    said = {
        str(cell.value).replace("\u00a0", " ")
        for row in sheet.iter_rows()
        for cell in row
    }
    assert (
        "Прошлый отчёт: выпуск demo/2025-12-31.1, по состоянию на 31.12.2025." in said
    )
    assert any("норматив изменён: было 16 рейсов в неделю" in text for text in said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("passport", "Атлантида", "-o", "p.html"),
            (
                "✗ demo/2026-01-15.1: no settlement 'Атлантида'. Give an id or a whole "
                "name in Russian, Belarusian or English."
            ),
        ),
        (
            ("passport", "Примеровск", "-o", "p.pdf"),
            (
                "✗ p.pdf: no format for the ending '.pdf'. Give a file that ends in "
                "one of: .html, .docx."
            ),
        ),
        (
            ("passport", "-o", "p.html"),
            (
                "✗ passport: neither settlement nor raion given. Give a settlement, or "
                "--raion NAME."
            ),
        ),
        (
            ("passport", "Примеровск", "--raion", "Демоградский", "-o", "p.html"),
            (
                "✗ passport: a settlement and a raion given. Give a settlement, or "
                "--raion NAME."
            ),
        ),
        (
            ("passport", "Примеровск", "--all", "-o", "p"),
            "✗ passport: --all without a raion. Add --raion NAME.",
        ),
        (
            ("passport", "--raion", "Ниагарский", "-o", "p.html"),
            "✗ demo/2026-01-15.1: района «Ниагарский» нет.",
        ),
        (
            ("report", "--raion", "Демоградский", "-o", "r.csv"),
            (
                "✗ r.csv: no format for the ending '.csv'. Give a file that ends in "
                "one of: .docx, .xlsx, .html."
            ),
        ),
        (
            ("report", "--raion", "Демоградский", "-o", "r.xlsx", "--since", "by"),
            (
                "✗ demo/2026-01-15.1: the last report 'by' is of another country. Give "
                "an earlier release of the same country."
            ),
        ),
        (
            ("report", "--raion", "Демоградский", "-o", "r.xlsx", "--since", "demo"),
            (
                "✗ demo/2026-01-15.1: the last report 'demo/2026-01-15.1' is not of an "
                "earlier day. Give an earlier release of the same country."
            ),
        ),
        (
            ("report", "-o", "r.xlsx"),
            "✗ Missing option '--raion'. Run: paritet report --help",
        ),
    ],
)
def test_a_fault_is_one_sentence(country, tmp_path, words, sentence):
    code, out, err = country(*words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_namesakes_are_listed(country, kitchen):
    path = kitchen.releases / "demo/2026-01-15.1/settlements.parquet"
    rows = pq.read_table(path, columns=["name", "duplicate_of"]).to_pylist()
    names = Counter(row["name"] for row in rows if row["duplicate_of"] is None)
    name, count = names.most_common(1)[0]
    assert count > 1
    code, out, err = country("passport", name, "-o", "p.html")
    assert (code, out) == (2, "")
    *listed, fault = err.splitlines()
    assert len(listed) == count
    assert all(name in line for line in listed)
    assert fault == (
        f"✗ listed above: {count} settlements are called {name!r}. Give the id of one."
    )
