"""The half-year table: counts, shares, changes, and what cannot be compared."""

import copy

import pytest

from geo.errors import ComparisonError
from geo.reports.facts import area_facts
from geo.reports.passport.page import Medium
from geo.reports.passport.report import earlier_facts, half_year_report
from tests.reports.passport import paper
from tests.reports.passport.paper import BIG, OVER_50, TRIPS, UNDER_50
from tests.reports.passport.test_settlement import cells, note

BEFORE = "2026-07-20.1"


def facts(rows=None, made=None):
    return area_facts(paper.read(rows, made), "raion:p")


def july():
    """Return July: the agrogorodok kept its norm of 22, and p:3 had 4 trips."""
    rows, made = paper.tables(), paper.manifest(BEFORE)
    for row in rows["judgements"]:
        if row["settlement_id"] in ("p:1", "p:3") and row["standard"] == TRIPS:
            row |= {"verdict": "kept", "gap": 0.0, "reason": None}
    for row in rows["area_scores"]:
        if "settlements_kept" in row:
            row |= {"settlements_kept": 4, "settlements_breached": 0,
                    "settlements_unknown": 1, "population_kept": 1290.4,
                    "population_breached": 0.0, "population_unknown": 0.0}  # fmt: skip
    norms = next(s["norms"] for s in made["standards"] if s["id"] == TRIPS)
    next(n for n in norms if n["id"] == BIG)["value"] = 22.0
    return rows, made


def report(earlier=None, language="ru", **given):
    return half_year_report(facts(**given), earlier, language)


def row(page, key):
    return cells(page, key, "report")


def values(page, key):
    found = next(r for r in page.table("report").rows if r.key == key)
    return {k: cell.value for k, cell in found.cells.items() if cell.value is not None}


def test_a_line_is_said_as_a_district_says_it():
    said = row(report(), TRIPS)
    assert said["standard"] == "Стандарт Trips [1]"
    assert said["unit"] == "рейсов в неделю, не менее"
    assert said["national"] == "от 4 до 28 рейсов в неделю, по классам"
    assert said["actual"] == (
        "выполнено: 60 из 1 290 человек (1 из 4 населённых пунктов), это от 4,6 до 7 % "
        "жителей; нарушено: 1 200 человек в 1 населённом пункте; неизвестно: 30 "
        "человек в 2 населённых пунктах (население 1 из них неизвестно); в среднем: "
        "село 21,2 рейса в неделю"
    )
    assert said["change"] == "прошлого отчёта нет"
    assert said["remark"].endswith("; источник: Автобусы, 01.04.2026 – 01.05.2026")
    assert "Автобусы (CC-BY-4.0)" in note(report(), "sources")[0]


def test_the_same_numbers_stand_as_numbers():
    # 60 / 1,290.4 and 90.4 / 1,290.4; the mean of the towns is below the floor
    assert values(report(), TRIPS) == {
        "kept_people": 60, "kept_places": 1, "breached_people": 1200,
        "breached_places": 1, "unknown_people": 30, "unknown_places": 2,
        "share_low": 4.6, "share_high": 7.0, "mean_village": 21.2,
    }  # fmt: skip
    assert row(report(), TRIPS)["mean_town"] == "неизвестно"


def test_each_class_has_its_line():
    page = report()
    keys = [r.key for r in page.table("report").rows]
    assert keys == [
        "transport", TRIPS, f"{TRIPS}/{BIG}", f"{TRIPS}/{OVER_50}",
        f"{TRIPS}/{UNDER_50}", f"{TRIPS}/open",
    ]  # fmt: skip
    big = row(page, f"{TRIPS}/{BIG}")
    assert (big["standard"], big["national"]) == ("агрогородок", "28")
    assert big["actual"] == (
        "выполнено: 0 из 1 200 человек (0 из 1 населённого пункта), это 0 % жителей; "
        "нарушено: 1 200 человек в 1 населённом пункте"
    )
    assert row(page, f"{TRIPS}/{OVER_50}")["actual"] == (
        "выполнено: 60 из 60 человек (1 из 1 населённого пункта), это 100 % жителей"
    )
    open_ = row(page, f"{TRIPS}/open")
    assert open_["actual"] == "неизвестно: 1 населённый пункт (население неизвестно)"
    assert open_["unknown_people"] == open_["national"] == "неизвестно"


def test_the_change_since_july():
    rows, made = july()
    page = report(facts(rows, made))
    assert page.sentences[1] == (
        "Прошлый отчёт: выпуск pp/2026-07-20.1, по состоянию на 20.07.2026."
    )
    # kept 60 of 1,290.4 now (4.6 %), all then; 1 place now, 4 then
    said = row(page, TRIPS)
    assert said["change"] == "выполнено: −95,4 п. п., −1 230 чел., −3 н. п."
    numbers = values(page, TRIPS)
    assert [numbers[f"change_{k}"] for k in ("share", "people", "places")] == [
        -95.4, -1230, -3,
    ]  # fmt: skip
    big = row(page, f"{TRIPS}/{BIG}")
    assert big["remark"] == "норматив изменён: было 22 рейса в неделю"
    assert big["change"] == "выполнено: −100 п. п., −1 200 чел., −1 н. п."
    assert row(page, f"{TRIPS}/{OVER_50}")["change"] == "без изменений"


def test_a_standard_that_the_last_report_lacks():
    rows, made = july()
    rows["area_scores"] = [
        r for r in rows["area_scores"] if r["subject"] != f"standard:{TRIPS}"
    ]
    said = row(report(facts(rows, made)), TRIPS)
    assert said["change"] == "в прошлом отчёте стандарта не было"
    assert said["change_people"] == "—"


def test_a_norm_that_concerns_nobody_has_dashes_and_no_zeros():
    rows = paper.tables()
    for score in rows["area_scores"]:
        if score["subject"] == f"standard:{TRIPS}":
            score |= {f"settlements_{v}": 0 for v in ("kept", "breached", "unknown")}
            score |= {f"population_{v}": 0.0 for v in ("kept", "breached", "unknown")}
            score |= {"settlements_not_due": 6, "population_not_due": 1300.4}
    page = report(rows=rows)
    said = row(page, TRIPS)
    assert said["actual"].startswith("—")
    assert said["kept_people"] == said["share_low"] == "—"
    assert set(values(page, TRIPS)) == {"mean_village"}
    assert "срок не наступил, людей (пунктов): 1 300 (6)" in said["remark"]


def test_a_newer_release_changes_nothing_in_a_pinned_one():
    rows = paper.tables()
    kept = report(rows=copy.deepcopy(rows))
    rows["area_scores"][0]["population_kept"] = 999.0
    newer = report(rows=rows, made=paper.manifest("2027-01-20.1"))
    assert newer != kept
    assert report(rows=paper.tables()) == kept


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_no_cell_is_empty_but_the_number_of_a_class(language):
    rows, made = july()
    page = report(facts(rows, made), language)
    table = page.table("report")
    for line in table.rows[1:]:
        assert set(line.cells) == {column.key for column in table.columns}
        empty = {key for key, cell in line.cells.items() if not cell.text.strip()}
        assert empty == ({"number"} if "/" in line.key else set())


def test_the_printed_sentence_says_the_numbers_of_the_sheet():
    rows, made = july()
    page = report(facts(rows, made))
    table = page.table("report")
    sheet_only = [c.key for c in table.columns if c.medium == Medium.SHEET]
    for line in table.rows[1:]:
        said = line.cells["actual"].text + line.cells["change"].text
        for key in sheet_only:
            cell = line.cells[key]
            if cell.value and not key.startswith("share"):
                assert cell.text in said, (line.key, key)


def test_belarusian_and_english():
    rows, made = july()
    page = report(facts(rows, made), "be")
    assert row(page, TRIPS)["change"].startswith("выканана: −95,4 п. п.")
    page = report(facts(rows, made), "en")
    assert row(page, TRIPS)["actual"].startswith(
        "kept: 60 of 1,290 people (1 of 4 settlements), that is 4.6 to 7% of residents"
    )


def test_a_last_report_of_no_earlier_day():
    with pytest.raises(ComparisonError) as caught:
        report(facts())
    assert str(caught.value) == (
        "pp/2026-11-22.1: the last report 'pp/2026-11-22.1' is not of an earlier day. "
        "Give an earlier release of the same country."
    )


def test_a_last_report_of_another_country():
    made = paper.manifest(BEFORE, release="qq/2026-07-20.1")
    with pytest.raises(ComparisonError, match="is of another country"):
        report(facts(made=made))


def test_a_last_report_without_the_area():
    with pytest.raises(ComparisonError) as caught:
        earlier_facts(paper.read(), "raion:new")
    assert str(caught.value) == (
        "pp/2026-11-22.1: the last report has no area 'raion:new'. Give a release that "
        "has it, or none: then nothing is compared."
    )
