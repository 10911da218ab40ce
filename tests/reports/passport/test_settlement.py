"""The passport of a settlement says what the release holds, to the letter."""

import pytest

from geo.errors import NotFoundError
from geo.reports.facts import settlement_facts
from geo.reports.passport.settlement import settlement_passport
from tests.reports.passport import paper
from tests.reports.passport.paper import CELL, FIBRE, SPEED, TRIPS, WAIT


def passport(place="p:1", language="ru", **given):
    return settlement_passport(settlement_facts(paper.read(**given), place), language)


def cells(page, key, table="standards"):
    row = next(row for row in page.table(table).rows if row.key == key)
    return {name: cell.text.replace("\u00a0", " ") for name, cell in row.cells.items()}


def plain(texts):
    return [text.replace("\u00a0", " ") for text in texts]


def note(page, key):
    return next((n.lines for n in page.notes if n.key == key), ())


def test_head():
    page = passport()
    assert page.title == (
        "Паспорт внедрения государственных социальных стандартов по обслуживанию "
        "населения"
    )
    assert (page.name, page.state) == ('Агро "Ёлка" <b>', "по состоянию на 22.11.2026")
    assert plain(f"{label}: {text}" for label, text in page.facts) == [
        "Вид: агрогородок; центр сельсовета",
        "Район: Бумажный район",
        "Область: Первая область",
        "Население: 1 200 человек (от 1 200 до 1 401), 2019, измерено",
        "Коды: СОАТО 7208801026, register 42",
    ]
    assert plain(page.sentences) == [
        (
            "1 200 человек. Стандартов: выполнено 1, нарушено 2, неизвестно 1, срок не "
            "наступил 1, нормы нет 0."
        )
    ]


def test_a_breach_line_by_line():
    assert cells(passport(), TRIPS) == {
        "number": "2",
        "standard": "Стандарт Trips (агрогородок)",
        "national": "не менее 28 рейсов в неделю",
        "oblast": "нет сведений",
        "actual": "22 рейса в неделю, сообщено",
        "gap": "21,4 %",
        "verdict": "нарушено",
        "responsible": "Исполком",
        "act": "[2]",
        "source": "Автопарк; Автобусы",
        "date": "01.05.2026",
        "remark": "—",
    }


def test_a_verdict_on_an_assumption_says_so_and_a_near_value_keeps_its_digits():
    said = cells(passport(), WAIT)
    assert said["verdict"] == "выполнено, если верно допущение"
    # 34.96 would be rounded to 35.0, the very norm
    assert said["actual"] == "20 мин (не более 34,96 мин), предположено"
    assert said["national"] == "не более 35 мин"
    assert (said["source"], said["date"]) == ("допущение", "неизвестно")
    assert (
        "Допущение: Станция в центре. (принято: Paritet)"
        in note(passport(), "sources")[0]
    )


def test_stale_data_say_what_they_would_have_said():
    said = cells(passport(), FIBRE)
    assert (said["national"], said["actual"]) == ("должно быть", "нет, сообщено")
    assert said["verdict"] == "неизвестно"
    assert said["remark"] == (
        "данные устарели; по ним было бы: нарушено; есть оговорка"
    )
    assert said["source"] == "Альфа; Автобусы"


def test_a_target_has_day_progress_and_pace():
    said = cells(passport(), SPEED)
    assert said["standard"] == "Стандарт Speed (все, цель)"
    assert said["actual"] == "15 Мбит/с (от 10 до 20 Мбит/с), рассчитано"
    assert (said["verdict"], said["gap"]) == ("срок не наступил", "—")
    assert said["remark"] == (
        "срок 31.12.2030; пройдено 50 %; нужно ещё 3 Мбит/с в год"
    )


def test_unreachable_is_not_unknown():
    said = cells(passport(), CELL)
    assert (said["actual"], said["gap"]) == ("недостижимо", "100 %")
    assert said["standard"] == "Стандарт Cell (все, ориентир для сравнения, не закон)"


def test_unknown_is_shown_as_unknown():
    said = cells(passport("p:3"), TRIPS)
    assert said["national"] == "не менее 4 рейсов в неделю"
    assert said["actual"] == said["source"] == said["date"] == "неизвестно"
    assert said["gap"] == "неизвестно (от 0 % до 100 %)"
    assert said["remark"] == "нет данных; может сообщить: Автопарк"


def test_an_open_class_shows_the_range_of_norms_and_what_would_settle_it():
    page = passport("p:4")
    said = cells(page, TRIPS)
    assert said["national"] == "от 4 до 8 рейсов в неделю, по классам"
    assert said["gap"] == "неизвестно (от 0 % до 25 %)"
    assert said["remark"] == (
        "население известно лишь в пределах, от которых зависит норматив; нужны вид, "
        "центр сельсовета и число жителей от райисполкома"
    )
    assert dict(page.facts)["Население"] == "неизвестно, в пределах от 20 до 60"
    assert page.sentences[0].startswith("Население неизвестно. ")


def test_no_norm_may_be_possible_too():
    rows = paper.tables()
    open_ = next(r for r in rows["judgements"] if r["settlement_id"] == "p:4")
    open_["norm_low"] = None
    said = cells(passport("p:4", rows=rows), TRIPS)
    assert said["national"] == "не менее 8 рейсов в неделю, или норматива нет"


def test_a_standard_without_a_norm_is_named_and_has_no_line():
    page = passport("p:6")
    assert page.table("standards").rows == ()
    assert note(page, "no_norm") == ("Стандарт Trips",)


def test_acts_say_who_checked_them_and_what_is_only_reported():
    act = "Акт № 1; О рейсах; п. 3; редакция 2025; https://law.example.org/1"
    assert note(passport(), "acts") == (
        f"[1] {act}; сверено с актом И. Юрист, 02.03.2026. [2] {act}; по сообщению",
    )
    (reading,) = note(passport(), "reading")
    assert "«По сообщению»: норма известна из вторичного источника" in reading


def test_sources_bring_their_licences_and_the_release_its_content():
    page = passport()
    assert note(page, "sources")[0].startswith(
        "Перепись (LicenseRef-Facts); Места (ODbL-1.0); "
    )
    assert note(page, "release") == (
        f"pp/2026-11-22.1. Содержание выпуска (SHA-256): {'c0' * 32}.",
    )


def test_scores_have_bounds_and_coverage():
    page = passport()
    heads = [column.title for column in page.table("scores").columns]
    assert heads == [
        "Раздел", "Здоровье", "Транспорт", "Связь", "Все стандарты вместе",
    ]  # fmt: skip
    assert list(cells(page, "score", "scores").values()) == [
        "Отклонение в среднем", "0 %", "21,4 %", "неизвестно (от 50 % до 100 %)",
        "40 % (от 30 % до 60 %)",
    ]  # fmt: skip
    assert list(cells(page, "coverage", "scores").values()) == [
        "Охват данными", "100 %", "100 %", "50 %", "75 %",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ru", "be", "en"])
@pytest.mark.parametrize("place", ["p:1", "p:2", "p:3", "p:4", "p:5", "p:6"])
def test_no_cell_is_empty(place, language):
    page = passport(place, language)
    for table in page.tables:
        for row in table.rows:
            assert all(cell.text.strip() for cell in row.cells.values()), row


def test_belarusian_and_english():
    page = passport(language="be")
    assert page.name == 'Агра "Ёлка" <b>'
    assert dict(page.facts)["Раён"] == "Папяровы раён"
    assert cells(page, TRIPS)["verdict"] == "парушана"
    assert cells(page, TRIPS)["national"] == "не менш за 28 рэйсаў на тыдзень"
    page = passport("p:2", "en")
    assert (page.name, page.state) == ("Dubki", "as of 22 November 2026")
    assert cells(page, TRIPS)["national"] == "at least 8 trips a week"
    assert passport(language="kk").language == "ru"


def test_both_lists_of_norms():
    rows = paper.tables()
    for row in rows["judgements"]:
        row |= {"norm_national": 8.0, "norm_oblast": 14.0}
    said = cells(passport("p:2", rows=rows), TRIPS)
    assert said["national"] == "не менее 8 рейсов в неделю"
    assert said["oblast"] == "не менее 14 рейсов в неделю"


def test_levels_and_readings_are_words():
    made = paper.manifest()
    trips = next(row for row in made["indicators"] if row["code"] == "trips")
    trips |= {"unit": "level", "levels": {"8": {"ru": "ФАП"}}}
    declared = next(row for row in made["standards"] if row["id"] == TRIPS)
    for norm in declared["norms"]:
        norm["reading"] = {"ru": "Так прочли составители.", "en": "So we read it."}
    page = passport("p:2", made=made)
    assert cells(page, TRIPS)["national"] == "не менее ФАП"
    assert cells(page, TRIPS)["actual"] == "ФАП, сообщено"
    assert cells(page, TRIPS)["remark"] == "прочтение 1"
    assert note(page, "readings") == ("1. Так прочли составители.",)


def test_acts_and_readings_are_of_the_rows_that_are_possible():
    made = paper.manifest()
    declared = next(row for row in made["standards"] if row["id"] == TRIPS)
    for norm in declared["norms"]:
        norm["reading"] = {"ru": f"Прочтение {norm['id']}."}
    *_, last = declared["norms"]
    rows = paper.tables()
    for row in rows["judgements"]:
        row |= {"norm_id": None, "norms_possible": [last["id"]]}
    page = passport("p:2", rows=rows, made=made)
    assert note(page, "readings") == (f"1. Прочтение {last['id']}.",)


def test_a_city_that_is_its_own_raion_is_named_once():
    rows = paper.tables()
    rows["areas"][2]["name"] = "г. Дубки"
    page = passport("p:2", rows=rows)
    assert "Район" not in dict(page.facts)
    assert page.file_name == "Паспорт — Дубки, 2026-11-22"
    assert passport("p:2").file_name == "Паспорт — Дубки (Бумажный район), 2026-11-22"


def test_a_made_up_country_says_so():
    made = paper.manifest()
    made["country"]["synthetic"] = True
    assert "СИНТЕТИЧЕСКИЕ ДАННЫЕ" in passport(made=made).notice
    assert passport().notice == ""


def test_a_settlement_that_is_not_there():
    with pytest.raises(NotFoundError) as caught:
        passport("p:9")
    assert str(caught.value) == (
        "pp/2026-11-22.1: no settlement 'p:9'. Give an id or a whole name in Russian, "
        "Belarusian or English."
    )
