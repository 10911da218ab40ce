"""The story of one verdict: for each verdict and reason, in three languages."""

from datetime import date

import pyarrow as pa
import pytest

from geo.errors import NotFoundError
from geo.indicators import transport
from geo.layers.schema import TABLES
from geo.reports.explain.story import explain, find_standard
from geo.reports.methods import method_text
from geo.reports.scorecard import scorecard
from geo.texts import wording
from geo.travel.engine import StraightLine
from tests.release.pair import TRIPS, WAIT, known, norm, place, release, trips, wait
from tests.reports.explain_cases import CASES, FROM, WHOLE, ambulance, bus


def told(made, language="ru"):
    """Return the sentences about the verdict, plain spaces."""
    standard = made.manifest["standards"][0]["id"]
    said = explain(made, "toy:0", standard, language)["sentences"]
    return [text.replace("\u00a0", " ") for text in said]


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_a_breach_in_one_paragraph(language):
    text = explain(bus(known(15), FROM), "toy:0", TRIPS, language)["text"]
    assert text.replace("\u00a0", " ") == WHOLE[language]
    assert "\n" not in text


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("place_", "language"), [(1, "ru"), (2, "be"), (3, "en")])
def test_why(case, place_, language):
    made, *wanted = CASES[case]
    sentences = told(made, language)
    ends = wanted[place_ - 1]
    # behind the norm stand the verdict's own sentences, and the release last
    assert sentences[-1 - len(ends) : -1] == ends


def test_a_reading_of_ours_is_told_once_as_such():
    ours = {"ru": "Посёлок может быть городом."}
    rows = [
        norm("ty.trips.a", 8, reading=ours, applies={"population": ">100"}),
        norm("ty.trips.b", 4, reading=ours, applies={"population": "<=100"}),
    ]
    for where in (place(population=50), place(population=None)):
        said = told(bus(known(9), *rows, where=where))
        assert said.count("Наше прочтение: Посёлок может быть городом.") == 1


def test_of_a_norm_that_was_not_read_it_is_not_said_that_there_is_none():
    hidden = [{"id": "ty.trips.x"}]
    said = told(bus(known(3), norm("ty.trips.v", 2), unread=hidden))
    assert said[-6:-1] == [
        (
            "Что требует норма здесь на этот день, не прочитано; из прочитанного "
            "возможны: не менее 2 рейсов в неделю (деревня). Отвечает: Минтранс."
        ),
        "Акты: Акт 1, пункт 3, редакция 2025, по сообщению.",
        (
            "Почему ответ неизвестен: норма есть или может быть, но её текст не "
            "прочитан: отсутствием нормы это не считается."
        ),
        "Разрыв может быть от 0 до 1.",
        "Решил бы дело текст акта, действующего на этот день.",
    ]
    gone = norm("ty.trips.v", 2, valid_to="2025-12-31")
    said = told(bus(known(3), gone, unread=hidden))
    assert said[-5] == (
        "Что требует норма здесь на этот день, не прочитано. Отвечает: Минтранс."
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ru", ("Ни одна строка нормы сюда не подходит: не менее 8 рейсов "
         "в неделю (деревня); не менее 20 рейсов в неделю (деревня); не менее 28 "
         "рейсов в неделю (деревня). Отсутствие нормы не значит, что норма "
         "выполнена. Акты: Акт 1, пункт 3, редакция 2025, по сообщению.")),
        ("be", ("Ніводны радок нормы сюды не падыходзіць: не менш за 8 рэйсаў "
         "на тыдзень (вёска); не менш за 20 рэйсаў на тыдзень (вёска); не менш за 28 "
         "рэйсаў на тыдзень (вёска). Адсутнасць нормы не значыць, што норма "
         "выканана. Акты: Акт 1, пункт 3, рэдакцыя 2025, паводле паведамлення.")),
        ("en", ("No row of the norm fits: at least 8 trips a week (village); at least "
         "20 trips a week (village); at least 28 trips a week (village). No norm "
         "does not mean a norm that is kept. Acts: Акт 1, item 3, revision "
         "2025, as reported.")),
    ],
)  # fmt: skip
def test_no_norm_names_the_rows_none_of_which_fits(language, sentence):
    made = bus(
        known(3),
        norm("ty.trips.b", 8, applies={"population": ">50"}),
        norm("ty.trips.c", 20, applies={"selsovet_centre": "yes"}),
        norm("ty.trips.t", 28, applies={"kind": ["agrogorodok"]}),
        where=place(population=10),
    )
    assert sentence in told(made, language)
    norms = explain(made, "toy:0", TRIPS)["norms"]
    assert [row["value"] for row in norms] == [8, 20, 28]


def test_possible_norms_are_listed_with_none_where_none_is_possible():
    made = bus(
        known(10),
        norm("ty.trips.b", 22, applies={"population": ">50"}),
        norm("ty.trips.x", 28, applies={"kind": ["capital"]}),
        where=place(population=60, population_low=40, population_high=80),
    )
    assert (
        "Какая норма действует здесь, точно не известно; возможны: не менее 22 "
        "рейсов в неделю (деревня); никакой. Отвечает: Минтранс."
    ) in told(made)
    assert (
        "Жителей 60, возможно от 40 до 80 (измерено; 2019 год; источник "
        "toy-people)." in (told(made))
    )


def test_kept_by_the_strictest_of_several_norms():
    made = bus(
        known(30),
        norm("ty.trips.a", 20, applies={"kind": ["agrogorodok"]}),
        norm("ty.trips.r", 8, applies={"kind": ["rural"]}),
        where=place(None),
    )
    assert told(made)[-2] == (
        "Сравнение: 30 ≥ 20 даже при самой строгой из возможных норм, разрыв 0."
    )


def test_a_norm_that_was_checked_says_by_whom():
    checked = norm(
        "ty.trips.v", 20, confidence="verified",
        verified={"by": "А. Юрист", "date": "2026-01-15"},
    )  # fmt: skip
    sentence = told(bus(known(22), checked))[3]
    assert "сверено с актом: А. Юрист, 2026-01-15" in sentence
    assert "день вступления в силу не прочитан" in sentence
    assert "по сообщению" not in sentence


def test_the_fields_say_the_same_as_the_text():
    made = bus(known(15), FROM)
    said = explain(made, "toy:0", TRIPS)
    assert said["value"]["origin"] == "register.csv:7"
    assert said["value"]["method_text"] == method_text("register", "ru")
    assert said["settlement"]["raion"] == {"id": "toy:raion", "name": "Лесной район"}
    assert said["norms"][0]["value"] == 20.0
    assert said["judgement"]["arithmetic"] == "1 − 15/20 = 0,25"
    assert said["judgement"]["gap"] == 0.25


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((17, 17), "17 минут "),
        ((None, None), "17 минут, но пределы неизвестны "),
        ((12, 21), "17 минут, но возможно от 12 до 21 "),
        ((None, 21), "17 минут, но возможно до 21, нижняя граница неизвестна "),
        ((12, None), "17 минут, но возможно от 12, верхняя граница неизвестна "),
        ((None, 17), "не более 17 минут "),
        ((17, None), "не менее 17 минут "),
    ],
)
def test_a_value_shows_how_far_it_is_known(ends, words):
    made = ambulance(known(17, *ends), norm("ty.wait.v", 30, "<="))
    assert told(made)[2].startswith(f"Показатель «Прибытие скорой»: {words}")


def test_a_second_entry_of_a_place_says_of_which():
    made = bus(known(15), FROM, where=place(duplicate_of="toy:5"))
    assert told(made)[2] == (
        "Это повторная запись о пункте toy:5: его жители считаются там."
    )


def test_a_class_on_which_sources_disagree_names_them():
    made = bus(known(15), FROM)
    row = {"settlement_id": "toy:0", "origin": "a.csv:2", "note": None}
    statements = [
        row | {"source": "a", "kinds": "agrogorodok", "date": date(2020, 7, 1)},
        row | {"source": "b", "kinds": "agrogorodok|rural", "date": None},
    ]
    said = (
        "Класс называют: агрогородок (a, 01.07.2020: другой источник говорит иначе); "
        "агрогородок или сельский населённый пункт (b, —: о другом месте)."
    )
    for outcomes, words in (
        (("disagrees", "refused"), [said]),
        (("settles", "settles"), []),
    ):
        made.held["class_statements"] = pa.Table.from_pylist(
            [
                one | {"outcome": outcome}
                for one, outcome in zip(statements, outcomes, strict=True)
            ],
            TABLES["class_statements"].schema,
        )
        made._indexes.clear()
        assert [line for line in told(made) if line.startswith("Класс")] == words


def test_invented_places_say_so_first():
    made = bus(known(15), FROM)
    made.manifest["country"]["synthetic"] = True
    assert told(made)[0] == "ВЫМЫШЛЕННЫЕ ДАННЫЕ."
    assert told(made, "en")[0] == "SYNTHETIC DATA."


def test_what_is_not_there_is_named():
    made = bus(known(15), FROM)
    with pytest.raises(NotFoundError, match="no settlement 'toy:9'"):
        explain(made, "toy:9", TRIPS)
    with pytest.raises(
        NotFoundError, match=r"no verdict by 'x' .* Standards: ty\.trips"
    ):
        explain(made, "toy:0", "x")


def test_a_standard_is_found_by_id_or_by_a_part_that_is_its_own():
    made = release({"toy:0": place()}, {}, [trips(FROM), wait(norm("ty.w", 5, "<="))])
    assert [entry["id"] for entry in find_standard(made, "рейс")] == [TRIPS]
    assert [entry["id"] for entry in find_standard(made, WAIT)] == [WAIT]
    assert len(find_standard(made, "ty.")) == 2
    assert find_standard(made, "почта") == []


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_every_method_has_words(language):
    engine = StraightLine.method
    for method in (
        "register", "operator's list", engine, f"call handling + {engine}",
        "geodesic distance", "nearest crowd-sourced cell",
        "crowd-sourced cells within radius", transport._METHOD,
    ):  # fmt: skip
        assert wording("methods", language)[method]
    assert method_text("something new", language) == "something new"
    assert method_text(None, language) == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "установлено с вероятностью 99 %: на этот день жителей от 60 до 200"),
        ("be", "устаноўлена з імавернасцю 99 %: на гэты дзень жыхароў ад 60 да 200"),
        ("en", "settled at 99%: on this day the place has 60 to 200 residents"),
    ],
)
def test_a_class_that_is_settled_says_at_which_probability(language, words):
    row = norm("ty.trips.v", 20, applies={"population": ">50"})
    where = place(population_low=0, population_high=300) | {
        "population_settled_low": 60,
        "population_settled_high": 200,
    }
    made = bus(known(15), row, where=where)
    assert any(words in sentence for sentence in told(made, language))
    fields = explain(made, "toy:0", TRIPS, language)["judgement"]
    assert (fields["verdict"], fields["settled_at"]) == ("breached", 0.99)
    card = scorecard(made, "toy:0", language).replace("\u00a0", " ")
    assert wording("scorecard", language)["settled"].format(share="99") in card
    # what the certain range settles needs no word
    sure = place(population_low=60, population_high=300)
    plain = explain(bus(known(15), row, where=sure), "toy:0", TRIPS, language)
    assert words not in plain["text"]
