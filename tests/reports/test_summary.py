"""What a picture says, word by word and number by number."""

import pytest

from geo.errors import NotFoundError
from geo.reports.summary import summary
from tests.reports import toy_summary as toy
from tests.reports.toy_summary import COUNTRY, release

RAION = {"id": "r1", "level": "raion"}


def told(of, language="ru", area=COUNTRY, held=None):
    return summary(held or release(), of, area, language)


def plain(lines):
    return [line.replace("\u00a0", " ") for line in lines]


def test_a_value_says_how_many_are_beyond_and_of_whom_nothing_is_known():
    assert plain(told("value:km")["headline"]) == [
        "В 2 населённых пунктах (100 человек) соты нет ближе 5 км.",
        (
            "Неизвестно: 300 человек в 1 населённом пункте; "
            "известно: 51 300 человек в 5 населённых пунктах."
        ),
        "Данные: Руки, 2015–2023; уже устарели для 200 человек.",
    ]


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("be", "У 2 населеных пунктах (100 чалавек) соты няма бліжэй за 5 км."),
        ("en", "In 2 settlements (100 people) no cell is within 5 km."),
    ],
)
def test_it_says_so_in_each_language(language, first):
    assert plain(told("value:km", language)["headline"])[0] == first


def test_an_indicator_of_which_nothing_is_known_says_no_number_of_it():
    assert plain(told("value:trips")["headline"]) == [
        "Ничего не известно: 51 600 человек в 6 населённых пунктах."
    ]
    assert [one["share"] for one in told("value:trips")["parity"]] == [None] * 3


def test_classes_are_counted_by_side_and_keep_what_is_old():
    found = told("value:km")
    assert [
        (one["id"], one["people"], one["settlements"], one["old_people"])
        for one in found["classes"]
    ] == [
        ("0", 51_000, 2, 0),
        ("1", 200, 1, 200),
        ("2", 100, 1, 0),
        ("3", 0, 1, 0),  # residents unknown: a settlement
        ("unknown", 300, 1, 0),
    ]
    labels = [one["label"] for one in found["classes"]]
    assert plain(labels) == [
        *("меньше 2 км", "2–5 км", "5–10 км", "10 км и больше", "Неизвестно")
    ]
    near = found["classes"][0]
    assert near["towns"] == {"people": 51_000, "settlements": 2}
    assert near["small_towns"] == {"people": 1000, "settlements": 1}
    assert near["villages"] == {"people": 0, "settlements": 0}
    assert found["out_of_date"] == 200


def test_the_worst_raions_are_those_of_most_people_in_bad_classes():
    worst = told("value:km")["worst"]
    assert worst["bad"] == ["2", "3"]
    assert plain([worst["what"]]) == ["жителей там, где соты нет ближе 5 км"]
    assert (worst["of"], worst["level"]) == ("value:km", "raion")
    assert worst["items"] == [
        {"id": "r1", "name": "Первый", "names": {"be": "Першы"}, "people": 100}
        | {"settlements": 2, "share": 0.3333, "said": None}
    ]


def test_of_a_raion_the_worst_settlements_stand_first_with_their_value():
    items = told("value:km", area=RAION)["worst"]["items"]
    assert [(one["name"], one["said"], one["people"]) for one in items] == [
        ("П. c", "12\u00a0км", 0),
        ("П. a", "7\u00a0км", 100),
    ]


def test_town_stands_against_village_with_what_is_unknown_beside():
    sides = {one["side"]: one for one in told("value:km")["parity"]}
    assert (sides["town"]["share"], sides["town"]["unknown_share"]) == (0.0, 0.0)
    village = sides["village"]
    assert (village["people"], village["bad"], village["unknown"]) == (600, 100, 300)
    assert (village["share"], village["unknown_share"]) == (0.1667, 0.5)


def test_the_values_are_of_these_years_by_these_sources():
    found = told("value:km")
    assert found["ages"] == [
        {"year": 2015, "people": 200, "settlements": 1},
        {"year": 2023, "people": 51_100, "settlements": 4},
    ]
    assert found["sources"] == ["Руки"]  # its licence stands elsewhere
    assert found["suppliers"] == [
        {"indicator": "km", "label": "До соты", "supplier": "Операторы"}
        | {"people": 500}  # unknown, and out of date
    ]
    assert (found["title"], found["topic"]) == ("До соты", "mobile")
    assert found["caption"] == "Не доказывает."


def test_a_verdict_counts_what_is_breached_and_what_may_be():
    found = told("verdict:bus")
    assert plain(found["headline"]) == [
        (
            "Стандарт нарушен: 100 человек в 1 населённом пункте; возможно, нарушен "
            "в 1 населённом пункте, где число жителей неизвестно; соблюдён: 200 "
            "человек в 1 населённом пункте; неизвестно: 300 человек в 1 населённом "
            "пункте."
        ),
        "Нормы нет: 51 000 человек в 2 населённых пунктах.",
    ]
    assert found["worst"]["bad"] == ["breached"]
    assert not found["worst"]["only_unknown"]
    village = found["parity"][2]
    assert (village["people"], village["share"]) == (600, 0.1667)
    # nobody promised the towns anything
    assert (found["parity"][0]["people"], found["parity"][0]["share"]) == (0, None)
    assert found["suppliers"][0]["people"] == 300


def test_of_a_raion_a_breach_stands_before_what_may_be_one():
    items = told("verdict:bus", area=RAION)["worst"]["items"]
    assert [(one["name"], one["said"].replace("\u00a0", " ")) for one in items] == [
        ("П. a", "Нарушен, разрыв 50 %"),
        ("П. c", "Возможно, нарушен"),
    ]


def test_a_score_is_a_mean_only_where_enough_is_known():
    held = toy.table(
        "scores",
        settlement_id=toy.IDS,
        group=["overall"] * 7,
        score=[0.5, 0.0, *[None] * 4, 0.9],
    )
    assert plain(told("score:overall", held=release(scores=held))["headline"]) == [
        "Средний разрыв не рассчитан, известно слишком мало.",
        (
            "С выводом: 300 человек в 2 населённых пунктах; "
            "без вывода: 51 300 человек в 4 населённых пунктах."
        ),
    ]
    mean = toy.table(
        "area_scores",
        area_id=["zz"],
        level=["country"],
        subgroup=["all"],
        subject=["overall"],
        score=[0.125],
        coverage=[0.6],
    )
    found = told("score:overall", "en", held=release(scores=held, area_scores=mean))
    assert plain(found["headline"])[0] == (
        "On average 12.5% of the promise is not kept; 60% of it can be judged."
    )
    assert plain([found["worst"]["what"]]) == ["people where “Mean gap” is 50% or more"]


def test_of_what_is_not_due_it_says_what_is_known_and_what_is_left():
    found = told("verdict:due")
    assert plain(found["headline"]) == [
        "В 2 населённых пунктах (100 человек) соты нет ближе 5 км.",
        "Данные: Руки, 2015–2023; уже устарели для 200 человек.",
        "Неизвестно: 51 600 человек в 6 населённых пунктах.",
        "Срок: 31 декабря 2026 года. Осталось 31 день.",
    ]
    assert [one["id"] for one in found["classes"]] == ["not_due"]
    assert (found["worst"]["of"], found["worst"]["bad"]) == ("value:km", ["2", "3"])
    assert found["out_of_date"] == 200


def test_a_promise_is_told_in_words_with_the_days_that_are_left():
    assert told("value:km", "en")["promise"] == {
        "standard": "due",
        "title": "Standard due",
        "force": "law",
        "norm": "the service must be there",
        "due": "2026-12-31",
        "days_left": 31,
        "act": "act all, as reported",
        "responsible": "Ministry",
    }
    norms = told("value:trips", "en")["promise"]["norm"].replace("\u00a0", " ")
    # the row that binds most people first
    assert norms == (
        "at least 8 trips a week (village); at least 20 trips a week (centre)"
    )
    assert told("people")["promise"] is None


def test_how_something_is_known_is_told_by_status():
    held = toy.table(
        "values",
        settlement_id=toy.IDS,
        indicator=["km"] * 7,
        status=[
            *("measured", "modelled", "assumed", "at_home", "unknown"),
            *("not_applicable", "unknown"),
        ],
        date=[toy.NEW, toy.OLD, toy.OLD, *[None] * 4],
    )
    found = told("status:km", "be", held=release(values=held))
    assert plain(found["headline"])[0] == (
        "Вядома: 100 чалавек у 1 населеным пункце; састарэла: 200 чалавек у 1 "
        "населеным пункце; толькі дапушчана ў 1 населеным пункце, дзе колькасць "
        "жыхароў невядомая; невядома: 50 000 чалавек у 1 населеным пункце; "
        "на месцы: 1 000 чалавек у 1 населеным пункце."
    )
    assert found["worst"]["bad"] == ["unknown"]
    assert found["worst"]["only_unknown"]


def test_where_nothing_is_decided_it_says_why():
    judged = toy.table(
        "judgements",
        settlement_id=toy.IDS,
        standard=["bus"] * 7,
        verdict=["unknown"] * 7,
        reason=["stale", *["no_value"] * 6],
    )
    assert plain(told("verdict:bus", held=release(judgements=judged))["headline"]) == [
        (
            "Ни об одном населённом пункте нельзя сказать, соблюдён ли стандарт: "
            "51 600 человек в 6 населённых пунктах."
        ),
        "Почему: нет данных (51 500 человек); данные устарели (100 человек).",
    ]


def test_what_is_not_there_is_refused():
    with pytest.raises(NotFoundError, match="no reading 'value:miles'"):
        told("value:miles")
