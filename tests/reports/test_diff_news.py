"""The changelog word by word, in three languages."""

from datetime import date

import pytest

from geo.reports.counting import counted, figure, long_date, plural
from geo.reports.diff.compare import compare
from geo.reports.diff.news import changelog
from geo.texts import noun_forms
from tests.release.pair import known, norm, place, release, trips

BUS = "transport.trips_per_week"
OLD, NEW = date(2025, 12, 31), date(2026, 2, 1)


def story(**manifest):
    """Return the comparison of two days of four places.

    Заречье lost trips while the norm rose; Бор (nobody knows how many live there) and
    Липки only met the new norm; of the town nothing is known. The people of Липки are
    an estimate.
    """
    law = {"applies": {"kind": ["rural"]}}
    before = trips(norm("ty.trips.v", 16, **law), norm("ty.trips.c", 30, **TOWN))
    after = trips(
        norm("ty.trips.v", 20, valid_from="2026-01-01", **law),
        norm("ty.trips.c", 30, **TOWN),
    )
    places = {
        "toy:0": place(population=1200),
        "toy:1": place(population=None),
        "toy:2": place(population=301, population_status="modelled"),
        "toy:3": place("raion_city", population=18400),
    }
    first = {"toy:0": known(16), "toy:1": known(16), "toy:2": known(16)}
    second = {"toy:0": known(12), "toy:1": known(16), "toy:2": known(16)}
    return compare(
        release(places, {BUS: first}, [before], OLD),
        release(places, {BUS: second}, [after], NEW, **manifest),
    )


TOWN = {"applies": {"kind": ["raion_city"]}, "label": {"ru": "город"}}
RU = [
    "Игрушка: что изменилось с 31 декабря 2025 года по 1 февраля 2026 года",
    (
        "С 1 января 2026 года норма «Рейсы» (деревня) — 20 рейсов в неделю "
        "вместо 16 (Акт 1, пункт 3, редакция 2025, по сообщению). Она "
        "наверняка относится к 3 населённым пунктам: 1 501 человек (в 1 из них "
        "число жителей неизвестно)."
    ),
    (
        "«Рейсы»: 1 200 человек в 1 деревне — раньше норма выполнялась, теперь "
        "нарушена; причина: обслуживание стало хуже и норма стала строже."
    ),
    (
        "«Рейсы»: 301 человек в 2 деревнях (в 1 из них число жителей "
        "неизвестно) — раньше норма выполнялась, теперь нарушена; причина: "
        "норма стала строже."
    ),
    "Ответ неизвестен по норме «Рейсы»: 18 400 человек в 1 населённом пункте.",
    (
        "Сравниваются выпуски ty/2025-12-31.1 и ty/2026-02-01.1; число жителей "
        "взято по выпуску ty/2026-02-01.1."
    ),
    "Для 1 населённого пункта число жителей — оценка, а не счёт.",
]
BE = [
    "Цацка: што змянілася з 31 снежня 2025 года па 1 лютага 2026 года",
    (
        "З 1 студзеня 2026 года норма «Рэйсы» (вёска) — 20 рэйсаў на тыдзень "
        "замест 16 (Акт 1, пункт 3, рэдакцыя 2025, паводле паведамлення). Яна "
        "напэўна адносіцца да 3 населеных пунктаў: 1 501 чалавек (у 1 з іх "
        "колькасць жыхароў невядомая)."
    ),
    (
        "«Рэйсы»: 1 200 чалавек у 1 вёсцы — раней норма выконвалася, цяпер "
        "парушана; прычына: абслугоўванне стала горшым і норма стала больш "
        "строгай."
    ),
    (
        "«Рэйсы»: 301 чалавек у 2 вёсках (у 1 з іх колькасць жыхароў "
        "невядомая) — раней норма выконвалася, цяпер парушана; прычына: норма "
        "стала больш строгай."
    ),
    ("Адказ невядомы паводле нормы «Рэйсы»: 18 400 чалавек у 1 населеным пункце."),
    (
        "Параўноўваюцца выпускі ty/2025-12-31.1 і ty/2026-02-01.1; колькасць "
        "жыхароў узята паводле выпуску ty/2026-02-01.1."
    ),
    "Для 1 населенага пункта колькасць жыхароў — ацэнка, а не лік.",
]
EN = [
    "Toyland: what changed between 31 December 2025 and 1 February 2026",
    (
        "From 1 January 2026 the norm “Trips” (village) is 20 trips a week "
        "instead of 16 (Акт 1, item 3, revision 2025, as reported). It "
        "certainly binds 3 settlements: 1,501 people (the population of 1 of "
        "them is unknown)."
    ),
    (
        "“Trips”: 1,200 people in 1 village: the norm was kept before, it is "
        "breached now; cause: service got worse and the norm got stricter."
    ),
    (
        "“Trips”: 301 people in 2 villages (the population of 1 of them is "
        "unknown): the norm was kept before, it is breached now; cause: the "
        "norm got stricter."
    ),
    "Unknown by “Trips”: 18,400 people in 1 settlement.",
    (
        "Releases ty/2025-12-31.1 and ty/2026-02-01.1 are compared; "
        "populations are those of ty/2026-02-01.1."
    ),
    "For 1 settlement the population is an estimate, not a count.",
]


@pytest.mark.parametrize(("language", "wanted"), [("ru", RU), ("be", BE), ("en", EN)])
def test_a_newspaper_could_print_it(language, wanted):
    told = [text.replace("\u00a0", " ") for text in changelog(story(), language)]
    # the mean gap has a test of its own
    assert [text for text in told if "0,2" not in text and "0.2" not in text] == wanted


def test_an_area_keeps_its_name_and_a_language_that_is_not_there_reads_as_russian():
    told = changelog(story(), "kk", area="toy:raion")
    assert told[0] == RU[0].replace("Игрушка", "Лесной район")


def test_thousands_stand_apart_without_a_break():
    assert "1\u00a0501\u00a0человек" in changelog(story(), "ru")[1]


def test_the_split_of_the_mean_gap_is_told_where_the_score_is_known():
    norms = [trips(norm("ty.trips.v", limit)) for limit in (16, 20)]
    made = [
        release({"toy:0": place()}, {BUS: {"toy:0": known(value)}}, [law], on)
        for value, law, on in zip((16, 12), norms, (OLD, NEW), strict=True)
    ]
    assert changelog(compare(*made), "ru")[3] == (
        "Средний разрыв (Игрушка): было 0, стало 0,4; обслуживание +0,225, "
        "норма +0,175."
    )


def test_invented_places_are_said_to_be_invented():
    country = {
        "code": "ty", "names": {"ru": "И", "be": "І", "en": "T"}, "synthetic": True,
    }  # fmt: skip
    said = {
        language: changelog(story(country=country), language)[1]
        for language in ("ru", "be", "en")
    }
    assert said["ru"].startswith("Данные вымышлены: ")
    assert said["be"].startswith("Даныя выдуманыя: ")
    assert said["en"].startswith("The data are synthetic: ")


def test_releases_that_were_not_made_alike_say_so_first():
    told = changelog(story(code_version="2"), "ru")
    assert told[1] == (
        "Выпуски сделаны не одинаково (версия программы: было 1, стало 2); то, "
        "что меняется от этого, не отнесено на счёт обслуживания."
    )


def test_the_same_release_twice_is_one_sentence():
    made = story().after
    assert changelog(compare(made, made), "en")[1:] == [
        "This is one and the same release: nothing changed."
    ]


def test_new_and_gone_places_are_named():
    law = [trips(norm("ty.trips.v", 16))]
    before = release({"toy:0": place(), "toy:1": place()}, {}, law, OLD)
    after = release({"toy:0": place(), "toy:2": place(population=40)}, {}, law, NEW)
    told = [text.replace("\u00a0", " ") for text in changelog(compare(before, after))]
    assert "Новые в списке: 1 населённый пункт, 40 человек (Липки)." in told
    assert "Больше не в списке: 1 населённый пункт, 100 человек (Бор)." in told


def test_what_is_left_out_is_counted():
    told = changelog(story(), "en", limit=1)
    assert told[2].replace("\u00a0", " ") == (
        "2 changes more of smaller size; the table has them all."
    )


def test_estimates_that_only_grew_older_are_no_news_about_people():
    law = [trips(norm("ty.trips.v", 16, applies={"population": ">50"}))]
    made = [
        release(
            {"toy:0": place(population_low=low)}, {BUS: {"toy:0": known(20)}}, law, on
        )
        for low, on in ((60, OLD), (40, NEW))
    ]
    broken = [
        release(
            {"toy:0": place(population_low=low)}, {BUS: {"toy:0": known(4)}}, law, on
        )
        for low, on in ((60, OLD), (40, NEW))
    ]
    assert changelog(compare(*made))[1] == "Ни один ответ не изменился."
    assert changelog(compare(*broken))[1].endswith(
        "причина: оценка числа жителей с годами стала менее точной."
    )


@pytest.mark.parametrize(
    ("number", "ru", "be"),
    [
        (1, "деревня", "вёска"), (2, "деревни", "вёскі"), (4, "деревни", "вёскі"),
        (5, "деревень", "вёсак"), (11, "деревень", "вёсак"), (14, "деревень", "вёсак"),
        (21, "деревня", "вёска"), (22, "деревни", "вёскі"), (100, "деревень", "вёсак"),
        (111, "деревень", "вёсак"), (1001, "деревня", "вёска"),
    ],
)  # fmt: skip
def test_counted_villages(number, ru, be):
    assert plural(number, "ru", noun_forms("nouns", "ru")["villages"]) == ru
    assert plural(number, "be", noun_forms("nouns", "be")["villages"]) == be


def test_counted_people_and_fractions():
    assert counted(22, "ru", "people") == "22\u00a0человека"
    assert counted(25, "be", "people") == "25\u00a0чалавек"
    assert counted(2.5, "ru", "min", "units.counted") == "2,5\u00a0минуты"
    assert counted(2.5, "be", "trips/week", "units.counted").endswith(
        "рэйса на тыдзень"
    )
    assert counted(1, "en", "people") == "1\u00a0person"
    assert figure(-1234.5, "ru") == "−1\u00a0234,5"
    assert figure(-0.0001, "en") == "0"
    assert long_date(date(2026, 5, 9), "be") == "9 мая 2026 года"
    assert long_date("2026-05-09", "en") == "9 May 2026"


def test_many_differences_of_the_program_are_counted_not_listed():
    made = story(parameters={f"extra_{number}": number for number in range(9)})
    notes = len(made.notes)
    assert notes >= 9
    said = next(
        line for line in changelog(made, "ru") if "сделаны не одинаково" in line
    )
    assert "extra_4" in said
    assert "extra_5" not in said
    assert f"; и ещё {notes - 6})" in said


def test_a_norm_that_was_only_not_read_is_not_told_as_out_of_force():
    """The row ends with the year, and nobody read what came then; and the way back."""
    row = norm("ty.trips.v", 16, valid_from="2025-01-01", valid_to="2025-12-31")
    gone = [{"id": "ty.trips.later", "valid_from": "2026-01-01"}]
    for unread, told in (
        ([], "Больше не действует норма «Рейсы» (деревня) — 16 рейсов в неделю"),
        (
            gone,
            "Что требует теперь норма «Рейсы» (деревня; раньше — 16 рейсов в неделю",
        ),
    ):
        law = trips(row, norm("ty.trips.c", 30, **TOWN), unread=unread)
        places = {"toy:0": place(population=1200)}
        old, new = (
            release(places, {BUS: {"toy:0": known(16)}}, [law], on) for on in (OLD, NEW)
        )
        said = [text.replace("\u00a0", " ") for text in changelog(compare(old, new))]
        assert any(text.startswith(told) for text in said)
        back = " ".join(changelog(compare(new, old)))
        assert ("Прочитана норма «Рейсы»" in back) == bool(unread)
        if unread:
            assert "не действует" not in " ".join(said)
            # what may be stricter or looser is neither
            assert "норма стала" not in " ".join(said)
