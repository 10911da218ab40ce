"""Who compared a norm with its act, and what a changed figure does to that."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from geo.errors import DeclarationError, NotFoundError
from geo.settings import DECLARATIONS
from geo.sources.country import load_country
from geo.standards.country import law_of
from geo.standards.ledger import COLUMNS, fingerprint, read_ledger
from geo.standards.verify import verify
from tests.disk.small_files import files_up_to

AGRO = "by.transport.trips.agrogorodok_1000"
CENTRE = "by.transport.trips.selsovet_centre"
TODAY = date(2026, 11, 25)


@pytest.fixture
def act(tmp_path):
    path = tmp_path / "instruction.pdf"
    path.write_bytes(b"the text of the act")
    return path


@pytest.fixture
def overlay(tmp_path):
    folder = tmp_path / "overlay"
    folder.mkdir()
    return folder


@pytest.fixture
def check(act, overlay):
    def run(norm=AGRO, **given):
        words = {"by": "И. Иванова", "on": date(2026, 11, 20), "copy": act} | given
        dirs = (DECLARATIONS, overlay)
        return verify(norm, dirs=dirs, today=TODAY, **words)

    return run


def _norms(overlay):
    dirs = [DECLARATIONS, overlay]
    law = law_of(load_country("by", dirs), dirs)
    rows = {(n.id, n.valid_from): n for s in law.standards for n in s.norms}
    return rows, law.remarks


def test_a_check_is_one_line_and_makes_the_row_verified(check, overlay):
    line, path = check()
    assert path == overlay / "countries" / "by" / "verifications.csv"
    header, row = path.read_text(encoding="utf-8").splitlines()
    assert header.split(",") == list(COLUMNS)
    digest = hashlib.sha256(b"the text of the act").hexdigest()
    assert row.split(",")[:6] == [
        AGRO,
        "",
        "И. Иванова",
        "2026-11-20",
        "instruction.pdf",
        digest,
    ]
    assert read_ledger(path) == [line]
    rows, remarks = _norms(overlay)
    norm = rows[AGRO, None]
    assert norm.confidence == "verified"
    assert norm.verified is not None
    assert (norm.verified.by, norm.verified.copy_of) == (
        "И. Иванова",
        "instruction.pdf",
    )
    others = {key for key, n in rows.items() if n.confidence == "verified"}
    assert others == {(AGRO, None)}
    assert remarks == ()


def test_a_changed_figure_is_reported_again_and_said(check, overlay):
    _, path = check()
    place = overlay / "countries" / "by" / "standards"
    place.mkdir()
    text = (DECLARATIONS / "countries/by/standards/transport.yaml").read_text("utf-8")
    (place / "transport.yaml").write_text(
        text.replace("value: 28", "value: 30"), encoding="utf-8"
    )
    rows, remarks = _norms(overlay)
    assert rows[AGRO, None].confidence == "reported"
    (remark,) = remarks
    assert remark == (
        f"{AGRO}: checked by И. Иванова on 2026-11-20 against instruction.pdf, but the "
        "figure has changed since, so it counts as reported again"
    )
    check()  # the new figure may be checked again
    rows, remarks = _norms(overlay)
    assert rows[AGRO, None].confidence == "verified"
    assert remarks == ()
    assert len(read_ledger(path)) == 2


def test_a_word_beside_the_figure_does_not_undo_a_check(check, overlay):
    check()
    place = overlay / "countries" / "by" / "standards"
    place.mkdir()
    text = (DECLARATIONS / "countries/by/standards/transport.yaml").read_text("utf-8")
    (place / "transport.yaml").write_text(
        text.replace("en: agrogorodok of more than 1,000", "en: large agrogorodok"),
        encoding="utf-8",
    )
    assert _norms(overlay)[0][AGRO, None].confidence == "verified"


@pytest.mark.parametrize(
    "change",
    [
        {"value": 30},
        {"valid_to": date(2027, 1, 1)},
        {"due": date(2030, 1, 1)},
        {"op": "<="},
    ],
)
def test_the_fingerprint_is_of_what_was_compared(change, overlay):
    norm = _norms(overlay)[0][AGRO, None]
    assert fingerprint(norm.model_copy(update=change)) != fingerprint(norm)
    told = norm.model_copy(update={"note": "x", "confidence": "verified"})
    assert fingerprint(told) == fingerprint(norm)
    source = norm.source.model_copy(update={"item": "30"})
    assert fingerprint(norm.model_copy(update={"source": source})) != fingerprint(norm)


def test_each_revision_is_verified_by_itself(check, overlay):
    with pytest.raises(DeclarationError) as caught:
        check(CENTRE)
    assert "has revisions by first day: none, 2026-01-01" in str(caught.value)
    assert "--valid-from" in caught.value.remedy
    check(CENTRE, valid_from=date(2026, 1, 1))
    rows, _ = _norms(overlay)
    assert rows[CENTRE, date(2026, 1, 1)].confidence == "verified"
    assert rows[CENTRE, None].confidence == "reported"
    check(CENTRE, valid_from="none")
    assert _norms(overlay)[0][CENTRE, None].confidence == "verified"
    with pytest.raises(DeclarationError, match="has revisions by first day"):
        check(CENTRE, valid_from=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("norm", "given", "words"),
    [
        ("by.transport.trips.agrogorodok_100", {}, f"Near it: {AGRO}"),
        ("by.transport.trips", {}, f"Near it: {AGRO}, {CENTRE}"),
        (AGRO, {"on": date(2026, 11, 26)}, "the day 2026-11-26 lies in the future"),
        (AGRO, {"by": "  "}, "--by is empty"),
        (AGRO, {"country": "zz"}, "no country 'zz'. It must be one of by, demo"),
        (AGRO, {"country": "kz"}, f"no norm '{AGRO}'"),
    ],
)
def test_a_check_that_cannot_be_recorded_is_one_sentence(norm, given, words, check):
    with pytest.raises((DeclarationError, NotFoundError)) as caught:
        check(norm, **given)
    assert words in str(caught.value)


def test_a_missing_copy_and_a_second_check_are_said(check, tmp_path):
    with pytest.raises(NotFoundError, match="there is no such file"):
        check(copy=tmp_path / "nowhere.pdf")
    check()
    with pytest.raises(DeclarationError, match=r"verified already, by И\. Иванова on"):
        check(by="П. Петров")


def test_a_benchmark_of_the_world_is_kept_in_the_international_folder(check, overlay):
    _, path = check("intl.health.two_hours")
    assert path == overlay / "international" / "verifications.csv"


def test_an_id_of_two_countries_asks_for_the_country(check, overlay):
    place = overlay / "countries" / "demo" / "standards"
    place.mkdir(parents=True)
    text = (DECLARATIONS / "countries/by/standards/education.yaml").read_text("utf-8")
    (place / "education.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        check("by.education.school_transport")
    assert "stands in by and demo. Say which with --country" in str(caught.value)
    _, path = check("by.education.school_transport", country="demo")
    assert path.parent.name == "demo"


def test_checks_written_at_once_are_all_there(check, overlay):
    names = ["village_over_50", "village_20_50", "agrogorodok_1000"]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: check(f"by.transport.trips.{name}"), names))
    lines = read_ledger(overlay / "countries" / "by" / "verifications.csv")
    assert {line.norm.rpartition(".")[2] for line in lines} == set(names)


GOOD = f"{AGRO},,X,2026-11-20,act.pdf,{'0' * 64},{'1' * 64}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the header is ''. It must be norm,valid_from,by,date,copy,"),
        ("norm,by\n", "the header is 'norm,by'"),
        (GOOD.replace("2026-11-20", "soon"), "line 2: column 'date': 'soon' is no day"),
        (GOOD.replace(",,X", ",1.1.2026,X"), "column 'valid_from': '1.1.2026' is no"),
        (GOOD.replace(",X,", ",,"), "column 'by': the cell is empty"),
        (GOOD.replace("0" * 64, "00"), "column 'copy_sha256': '00' is no SHA-256"),
        (GOOD + ",more", "the line has 8 cells, not 7"),
    ],
)
def test_a_ledger_that_was_edited_by_hand_is_refused(text, words, tmp_path):
    path = tmp_path / "verifications.csv"
    head = ",".join(COLUMNS) + "\n" if text.startswith(AGRO) else ""
    path.write_text(head + text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_ledger(path)
    assert words in str(caught.value)
    assert "verifications.csv" in caught.value.where


def test_a_folder_that_cannot_be_written_is_said(check, overlay):
    (overlay / "countries").write_text("a file", encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        check()
    assert "the ledger cannot be written" in str(caught.value)
    assert "--data" in caught.value.remedy


def test_a_disk_that_takes_no_ledger_is_said_and_the_old_one_stays(check):
    _, path = check()
    before = path.read_bytes()
    with pytest.raises(DeclarationError) as caught, files_up_to(len(before)):
        check("by.transport.trips.village_20_50")
    assert str(caught.value).startswith(
        f"{path}: the ledger cannot be written (File too large). --data names a"
    )
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
