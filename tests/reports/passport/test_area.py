"""The passport of a raion: people by verdict, summed by hand in ``paper.py``."""

from datetime import date

import pytest

from geo.errors import NotFoundError
from geo.reports.facts import area_facts
from geo.reports.passport.area import LISTED, area_passport
from geo.reports.passport.tallies import Tally, by_norm, whole_area
from tests.reports.passport import paper
from tests.reports.passport.paper import BIG, OVER_50, TRIPS, UNDER_50
from tests.reports.passport.test_settlement import cells, note, plain


def facts(rows=None, made=None, area="raion:p"):
    return area_facts(paper.read(rows, made), area)


def passport(language="ru", **given):
    return area_passport(facts(**given), language)


def test_people_before_settlements():
    page = passport()
    assert plain(page.sentences) == [
        (
            "Деревни: 1 300 человек в 5 деревнях. Население 1 населённого пункта "
            "неизвестно и в число людей не входит."
        ),
        (
            "Хотя бы один стандарт нарушен: 1 200 человек в 1 населённом пункте; все "
            "применимые выполнены: 60 человек в 1 населённом пункте; остальное "
            "неизвестно: 30 человек в 2 населённых пунктах."
        ),
        "Ответ известен в 97,6 % случаев (люди × стандарты).",
    ]
    assert plain(f"{label}: {text}" for label, text in page.facts) == [
        "Область: Первая область",
        "Население: 1 300 человек",
        "Население официально: 1 301 человек, 2025",
        "Населённых пунктов: 5",
        "Код: raion:p",
    ]


def test_a_standard_line_by_line():
    assert cells(passport(), TRIPS) == {
        "number": "1",
        "standard": "Стандарт Trips",
        "national": "от 4 до 28 рейсов в неделю, по классам",
        "oblast": "нет сведений",
        "kept": "60 (1)",
        "breached": "1 200 (1)",
        "unknown": "30 (2)",
        "gap": "20 % (от 19 % до 23 %)",
        "coverage": "97,6 %",
        "responsible": "Исполком",
        "act": "[1]",
        "source": "Автобусы",
        "date": "01.04.2026 – 01.05.2026",
        "remark": "неизвестно, потому что: нет данных (1), население известно лишь в "
        "пределах, от которых зависит норматив (1); может сообщить: Автопарк; "
        "значения: сообщено 75 %, неизвестно 25 %; норматива нет, людей (пунктов): "
        "10 (1)",
    }


def test_the_classes_add_up_to_the_whole():
    held = facts()
    classes = by_norm(held, TRIPS)
    assert set(classes) == {BIG, OVER_50, UNDER_50, None}
    assert classes[BIG].of("breached") == Tally(1200.0, 1, 0)
    # the twin is counted nowhere
    assert classes[OVER_50].of("kept") == Tally(60.0, 1, 0)
    assert classes[UNDER_50].of("unknown") == Tally(30.4, 1, 0)
    assert classes[None].of("unknown") == Tally(0.0, 1, 1)
    whole = whole_area(held, TRIPS)
    for verdict in ("kept", "breached", "unknown"):
        parts = [one.of(verdict) for one in classes.values()]
        assert sum(parts, Tally()) == whole.of(verdict)


def test_the_largest_breaches_are_named_and_the_rest_counted():
    rows = paper.tables()
    for number in range(1, LISTED + 3):
        place = f"p:x{number}"
        rows["settlements"].append(
            {"id": place, "name": f"Село {number}", "raion_id": "raion:p",
             "population": None if number == 1 else 100.0 * number}
        )  # fmt: skip
        rows["judgements"].append(
            {"settlement_id": place, "standard": TRIPS, "verdict": "breached",
             "gap": 0.5}
        )  # fmt: skip
    line = plain(note(passport(rows=rows), "breached"))[1]
    assert line.startswith('Стандарт Trips: Агро "Ёлка" <b> (1 200 человек, 21,4 %), ')
    assert "Село 8 (800 человек, 50 %), " in line
    assert line.endswith(
        "и ещё 500 человек в 3 населённых пунктах (население 1 из них неизвестно)."
    )


def test_people_of_nobody_known_are_no_zero():
    tally = Tally(0.0, 3, 3)
    assert plain([tally.short("ru")]) == ["неизвестно (3)"]
    assert plain([tally.text("ru")]) == ["3 населённых пункта (население неизвестно)"]
    assert plain([Tally(0.0, 1, 0).text("ru")]) == ["0 человек в 1 населённом пункте"]


def test_norms_of_the_raion_itself_have_a_table_of_their_own():
    made = paper.manifest()
    made["standards"].append(
        {"id": "p.post.offices", "domain": "post", "indicator": "offices",
         "title": {"ru": "Отделения"}, "unit_of_assessment": "raion", "force": "law",
         "better": "higher", "note": None,
         "norms": [paper.norm("p.post.offices.all", 2.0, "район")]}
    )  # fmt: skip
    made["unit_indicators"] = [{"code": "offices", "unit": "centres"}]
    rows = paper.tables()
    unit = {"unit_id": "raion:p", "unit_of_assessment": "raion"}
    judged = unit | {
        "standard": "p.post.offices", "verdict": "breached", "norm": 2.0,
        "norm_low": 2.0, "norm_high": 2.0, "norm_id": "p.post.offices.all",
        "gap": 0.5, "gap_low": 0.5, "gap_high": 0.5,
    }  # fmt: skip
    value = unit | {
        "indicator": "offices", "value": 1.0, "low": 1.0, "high": 1.0,
        "unit": "centres", "status": "declared", "source": "p-bus",
        "supplier": "Район", "date": date(2026, 1, 1),
    }  # fmt: skip
    rows |= {"unit_judgements": [judged], "unit_values": [value]}
    own = facts(rows, made)
    said = cells(area_passport(own), "p.post.offices", "units")
    assert said["national"] == "не менее 2 центров"
    assert said["actual"] == "1 центр, сообщено"
    assert (said["gap"], said["verdict"]) == ("50 %", "нарушено")
    assert said["source"] == "Район; Автобусы"
    assert [table.key for table in passport().tables] == ["standards", "scores"]


def test_belarusian_and_english():
    page = passport("be")
    assert page.name == "Папяровы раён"
    assert plain(page.sentences)[0].startswith("Вёскі: 1 300 чалавек у 5 вёсках.")
    assert passport("en").sentences[0].startswith("Villages: 1,300\u00a0people in")


@pytest.mark.parametrize(
    ("area", "what"),
    [("raion:x", "is not there"), ("grid:1", "is a cell of the analytic grid")],
)
def test_an_area_that_has_no_passport(area, what):
    with pytest.raises(NotFoundError) as caught:
        facts(area=area)
    assert str(caught.value) == (
        f"pp/2026-11-22.1: area {area!r} {what}. Give the id of a raion, oblast, "
        "selsovet or of the country."
    )
