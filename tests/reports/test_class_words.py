"""What classes are called, and which of them are bad."""

import pytest

from geo.reports.class_words import bad_classes, class_label
from geo.reports.classed import classed
from geo.reports.promise import chosen_standard, due_of
from geo.reports.words import fitted
from tests.reports import toy_summary as toy
from tests.reports.toy_summary import IDS, release

LEVEL = toy.SERVICE | {
    "code": "level",
    "unit": "level",
    "classes": [1, 2],
    "quantity": "ordinal",
    "levels": {"0": {"ru": "нет"}, "1": {"ru": "ФАП"}, "10": {"ru": "амбулатория"}},
}
G = toy.SERVICE | {"code": "g", "unit": "G", "classes": [2, 3, 4, 5]}
BARE = toy.SERVICE | {"code": "bare", "unit": "km", "classes": []}


@pytest.mark.parametrize(
    ("of", "id_", "language", "text"),
    [
        ("value:km", "0", "en", "less than 2 km"),
        ("value:km", "1", "be", "2–5 км"),
        ("value:km", "3", "ru", "10 км и больше"),
        # whole things: 1, 2, 3 and not up to 4
        ("value:trips", "0", "ru", "0 рейсов в неделю"),
        ("value:trips", "1", "ru", "1–3 рейса в неделю"),
        ("value:trips", "3", "en", "8 trips a week or more"),
        ("value:service", "0", "be", "не"),
        ("value:service", "1", "en", "yes"),
        ("value:g", "0", "ru", "нет связи"),
        ("value:g", "3", "en", "4G"),
        ("value:level", "2", "ru", "амбулатория"),
        ("value:bare", "0", "ru", "Связь"),
        ("score:overall", "0", "ru", "меньше 5 %"),
        ("score:overall", "4", "en", "50% or more"),
        ("people", "0", "ru", "0–49 человек"),
        ("people", "4", "be", "10 000 чалавек і больш"),
        ("verdict:bus", "breached", "ru", "Нарушен"),
        ("estimate:x", "probably_not", "ru", "Вероятно нет, по модели"),
        ("status:km", "unreachable", "en", "Unreachable"),
        ("status:km", "a word of tomorrow", "en", "a word of tomorrow"),
    ],
)
def test_a_class_has_a_name_in_each_language(of, id_, language, text):
    indicators = [toy.KM, toy.SERVICE, toy.TRIPS, G, LEVEL, BARE]
    held = release({"indicators": indicators})
    assert class_label(held, of, id_, language).replace("\u00a0", " ") == text


def values(code, *numbers, status="measured"):
    many = len(numbers)
    said = [status if one is not None else "unreachable" for one in numbers]
    return toy.table(
        "values",
        settlement_id=IDS[:many],
        indicator=[code] * many,
        status=said,
        value=numbers,
    )


def bad(of, standard=None, manifest=None, **tables):
    held = release(manifest, **tables)
    found = bad_classes(held, of, classed(held, of), standard, "ru")
    return found.ids, found.clause.replace("\u00a0", " ")


def test_a_value_is_bad_beyond_the_limit_of_its_declaration():
    assert bad("value:km") == (("2", "3"), "соты нет ближе 5 км")
    km = toy.KM | {"beyond": toy.KM["beyond"] | {"limit": 10}}
    assert bad("value:km", manifest={"indicators": [km]})[0] == ("3",)


def test_where_there_is_no_way_at_all_it_is_bad_too():
    held = values("km", 1.0, None)
    assert bad("value:km", values=held)[0] == ("2", "3", "unreachable")


def test_without_a_limit_the_worst_class_that_is_there_is_bad_but_never_the_best():
    said = "показатель «Рейсов»: 1–3 рейса в неделю"
    assert bad("value:trips", values=values("trips", 3.0, 5.0, 9.0)) == (("1",), said)
    assert bad("value:trips", values=values("trips", 9.0, 8.0)) == ((), "")


def judged(*rows):
    many = len(rows)
    return toy.table(
        "judgements",
        settlement_id=IDS[:many],
        standard=["bus"] * many,
        verdict=["kept" if row else "no_norm" for row in rows],
        norm_id=rows,
    )


def test_the_norm_counts_only_where_it_holds_for_most_people_and_most_places():
    some = values("trips", 9.0, 5.0, 3.0, 9.0)
    # a, b, c and the town of 1,000 keep to the villages' norm, the city has none
    most = judged("village", "village", "village", "village", None)
    found = bad("value:trips", "bus", values=some, judgements=most)
    # three classes are one span in words
    said = "показатель «Рейсов»: 0–7 рейсов в неделю"
    assert found == (("0", "1", "2"), said)
    # most people are bound by the norm of towns, most settlements by that of villages
    split = judged("village", "village", "village", "centre", None)
    assert bad("value:trips", "bus", values=some, judgements=split)[0] == ("1",)


def test_a_verdict_is_bad_where_breached_else_where_nothing_can_be_said():
    assert bad("verdict:bus")[0] == ("breached",)
    none = toy.table(
        "judgements", settlement_id=IDS[:1], standard=["bus"], verdict=["unknown"]
    )
    assert bad("verdict:bus", judgements=none)[0] == ("unknown",)
    assert bad("verdict:due")[0] == ()
    assert bad("status:km")[0] == ("unknown",)
    assert bad("people")[0] == ()


def test_of_estimates_what_is_probably_lacking_is_bad_else_what_is_open():
    model = {"indicator": "e", "bands": [{"id": "probably"}], "beside": ["service"]}
    manifest = {"estimates": {"models": [model]}}

    def bands(*said):
        many = len(said)
        return toy.table(
            "estimates", settlement_id=IDS[:many], indicator=["e"] * many, band=said
        )

    lacking = bands("open", "probably_not", "probably")
    assert bad("estimate:e", None, manifest, estimates=lacking)[0] == ("probably_not",)
    left = bands("open", "probably")
    assert bad("estimate:e", None, manifest, estimates=left)[0] == ("open", "none")


def test_of_several_standards_the_one_that_is_due_next_is_told():
    later = toy.standard("later", "service", toy.norm("l", 1.0, due="2030-12-31"))
    past = toy.standard("past", "service", toy.norm("p", 1.0, due="2020-12-31"))
    due = toy.MANIFEST["standards"][0]
    held = release({"standards": [past, later, due]})
    assert chosen_standard(held, "value:service") == "due"
    assert due_of(due, "2027-01-01") == "2026-12-31"  # it has passed
    assert due_of(later | {"norms": []}, "2027-01-01") is None


def test_a_promise_stands_before_a_benchmark():
    bench = toy.standard("bench", "trips", force="benchmark")
    held = release({"standards": [bench, toy.MANIFEST["standards"][1]]})
    assert chosen_standard(held, "value:trips") == "bus"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("верагодна ёсць у 23 755", "верагодна ёсць у 23 755"),
        (
            "2 чалавекі у 23 755 населеных пунктах",
            "2 чалавекі ў 23 755 населеных пунктах",
        ),
        ("няма\u00a0у вёсцы", "няма\u00a0ў вёсцы"),
        # a stop stands between, or it is a part of a word
        ("мала, у вёсцы", "мала, у вёсцы"),
        ("яна ужо", "яна ужо"),
    ],
)
def test_u_is_short_after_a_vowel_in_any_sentence(text, said):
    assert fitted(text, "be") == said
    assert fitted(text, "ru") == text
