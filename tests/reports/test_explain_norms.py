"""The norms of a story are those that the judge held possible, and no others."""

import pyarrow as pa
import pytest

from geo.reports.explain.story import explain
from tests.release.pair import TRIPS, known, norm, place, release, trips
from tests.reports.explain_cases import FROM, bus

VILLAGES = {"population": "<=50"}
LARGER = {"population": ">50"}
HERE = {"territory": ["toy:oblast"]}
SOME = {"population": 45, "population_low": 40, "population_high": 80}


def told(made, language="ru"):
    said = explain(made, "toy:0", TRIPS, language)
    return said | {"text": said["text"].replace("\u00a0", " ")}


def held(made):
    return made.table("judgements")["norms_possible"].to_pylist()[0]


def test_the_list_of_an_oblast_leaves_no_national_norm_possible():
    made = bus(
        known(7),
        norm("ty.trips.few", 4, applies=VILLAGES),
        norm("ty.trips.many", 8, applies=LARGER),
        norm("ty.trips.o_few", 5, applies=VILLAGES | HERE, list="oblast"),
        norm("ty.trips.o_many", 10, applies=LARGER | HERE, list="oblast"),
        where=place(**SOME),
    )
    said = told(made)
    assert [row["id"] for row in said["norms"]] == ["ty.trips.o_few", "ty.trips.o_many"]
    assert (
        "возможны: не менее 5 рейсов в неделю (деревня); не менее 10 рейсов в неделю "
        "(деревня). Отвечает: Минтранс."
    ) in said["text"]
    judged = said["judgement"]
    assert [judged["norm_low"], judged["norm_high"]] == [5, 10]


def test_a_row_that_a_stricter_one_always_beats_is_not_possible():
    made = bus(
        known(7),
        norm("ty.trips.all", 6),
        norm("ty.trips.small", 4, applies=VILLAGES),
        norm("ty.trips.many", 8, applies=LARGER),
        where=place(**SOME),
    )
    assert [row["id"] for row in told(made)["norms"]] == held(made)
    assert held(made) == ["ty.trips.all", "ty.trips.many"]


def test_there_are_no_more_households_than_people():
    made = bus(
        known(7),
        norm("ty.trips.few", 4, applies=VILLAGES),
        norm("ty.trips.many", 8, applies=LARGER),
        norm("ty.trips.houses", 20, applies={"households": ">=100"}),
        where=place(**SOME),
    )
    assert [row["id"] for row in told(made)["norms"]] == [
        "ty.trips.few", "ty.trips.many",
    ]  # fmt: skip


def test_an_unknown_raion_says_nothing_against_another_oblast():
    made = release(
        {"toy:0": place(raion_id=None, **SOME), "toy:1": place(oblast_id="toy:other")},
        {"transport.trips_per_week": {"toy:0": known(7)}},
        [
            trips(
                norm("ty.trips.few", 4, applies=VILLAGES),
                norm("ty.trips.many", 8, applies=LARGER),
                norm("ty.trips.far", 9, applies={"territory": ["toy:other"]}),
            )
        ],
    )
    assert [row["id"] for row in told(made)["norms"]] == [
        "ty.trips.few", "ty.trips.many",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", "Норма сюда не относится: не менее 20 рейсов в неделю (деревня). "),
        ("be", "Норма сюды не адносіцца: не менш за 20 рэйсаў на тыдзень (вёска). "),
        (
            "en",
            "The norm is not about this place: at least 20 trips a week (village)",
        ),
    ],
)
def test_where_there_is_nothing_to_ask_no_row_is_said_not_to_fit(language, sentence):
    absent = known(None, status="not_applicable")
    said = told(bus(absent, FROM), language)
    assert said["judgement"]["verdict"] == "no_norm"
    assert sentence in said["text"]
    assert "fails" not in said["norms"][0]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", ("Какая норма действует здесь, точно не известно; какие возможны, этот "
         "выпуск не записал. Отвечает: Минтранс.")),
        ("be", ("Якая норма дзейнічае тут, дакладна не вядома; якія магчымыя, гэты "
         "выпуск не запісаў. Адказвае: Мінтранс.")),
        ("en", ("Which norm holds here is not known for certain; this release does not "
         "record which are possible. Responsible: Mintrans.")),
    ],
)  # fmt: skip
def test_a_release_that_records_no_possible_rows_says_less(language, sentence):
    made = bus(
        known(7),
        norm("ty.trips.few", 4, applies=VILLAGES),
        norm("ty.trips.many", 8, applies=LARGER),
        where=place(**SOME),
    )
    judged = made.held["judgements"]
    column = judged.schema.get_field_index("norms_possible")
    field = judged.schema.field(column)
    blank = pa.nulls(judged.num_rows, field.type)
    made.held["judgements"] = judged.set_column(column, field, blank)
    said = told(made, language)
    assert sentence in said["text"]
    assert said["norms"] == []
