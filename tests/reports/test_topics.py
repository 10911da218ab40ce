"""Which subject a page opens with, and how a topic orders its own: by rule alone."""

import pytest

from geo.reports.topics import (
    Subject,
    first_subject,
    ordered,
    promised_of,
    shown,
    topic_of,
    topics_of,
)
from tests.reports import toy_summary as toy
from tests.reports.toy_summary import release


def of(id_, topic="a", said=0.0, fresh=None, **more):
    fresh = said if fresh is None else fresh
    return Subject(id_, topic, said, fresh, said, **more)


def ids(subjects):
    return [one.id for one in subjects]


def test_a_decided_standard_comes_before_all_and_what_is_derived_after_all():
    some = [
        of("value", said=900),
        of("derived", said=1000, derived=True),
        of("few places", said=500, decided=3),
        of("undecided"),
        of("many places", said=100, decided=40),
    ]
    assert ids(ordered(some)) == [
        *("many places", "few places", "value", "undecided", "derived")
    ]


def test_of_equally_many_people_today_counts_and_then_the_order_as_it_was():
    some = [
        of("old", said=10, fresh=0),
        of("new", said=10),
        of("assumed", said=0),
        of("twin", said=10.2),  # the same people, summed in another order
    ]
    assert ids(ordered(some)) == ["new", "twin", "old", "assumed"]


def test_a_country_whose_verdicts_are_decided_opens_with_all_standards():
    assert first_subject([of("x", said=9, promised=True)], scored=True) == "overall"


def test_else_the_topic_of_most_that_is_promised_and_of_today_opens():
    some = [
        of("hospital", "doctor", said=100),  # more is known of it, but nobody promised
        of("lte", "mobile", said=50, promised=True),
        of("3g", "mobile", said=40, promised=True),
        of("ambulance", "doctor", said=80, promised=True),
        of("trips", "bus", said=95, fresh=0, promised=True),
        of("back", "bus", said=99, derived=True, promised=True),
    ]
    assert first_subject(some, scored=False) == "lte"
    # the topic opens with what says most of it, out of date or not
    old = of("cell", "mobile", said=60, fresh=5, promised=True)
    assert first_subject([*some, old], scored=False) == "cell"
    unasked = [one for one in some if not one.promised]
    assert first_subject(unasked, scored=False) == "hospital"


def test_where_nothing_is_of_today_what_is_known_opens():
    assert first_subject([of("x", said=9, fresh=0)], scored=False) == "known"
    assert first_subject([], scored=False) == "known"


def test_topics_hold_what_the_release_has_and_no_empty_one():
    found = topics_of(release())
    listed = {one["id"]: one["subjects"] for one in found["topics"]}
    assert listed == {
        # the standard is not due: nothing is decided
        "mobile": ["indicator:km", "standard:due"],
        "bus": ["standard:bus"],
        "people": ["people"],
        "overall": ["overall"],
        "known": ["known", "known:km", "known:service", "known:trips"],
    }
    assert found["topics"][0]["label"]["be"] == "Сувязь"
    assert found["first"] == "indicator:km"


def test_own_topics_of_a_release_win_and_an_older_one_has_those_of_today():
    topics = {"topics": [{"id": "bus", "label": {"ru": "Автобус"}}]}
    found = topics_of(release(topics))["topics"]
    assert [one["id"] for one in found] == ["bus"]
    older = release({"indicators": [{"code": "digital.cell_km", "unit": "km"}]})
    assert shown(older, "digital.cell_km")["topic"] == "mobile"
    assert shown(older, "digital.cell_km")["unit"] == "km"


@pytest.mark.parametrize(
    ("of", "topic", "promised"),
    [
        ("value:km", "mobile", ["due"]),  # what it bears on
        ("value:trips", "bus", ["bus"]),  # its own
        ("status:trips", "known", ["bus"]),
        ("verdict:bus", "bus", ["bus"]),
        ("estimate:found", "mobile", ["due"]),  # what it stands beside
        ("score:overall", "overall", []),
        ("people", "people", []),
    ],
)
def test_a_reading_has_a_topic_and_a_promise(of, topic, promised):
    models = [{"indicator": "found", "bands": [], "beside": ["service"]}]
    held = release({"estimates": {"models": models}})
    assert topic_of(held, of) == topic
    assert promised_of(held, of) == promised


def test_a_norm_of_operators_is_no_promise_of_settlements():
    entry = toy.standard("plan", "service", unit_of_assessment="operator")
    assert promised_of(release({"standards": [entry]}), "value:service") == []
