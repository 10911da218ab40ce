"""What a release says of a place: which norms a verdict names, whose it is."""

import pytest

from geo.errors import NotFoundError
from geo.reports.facts import Judgement, area_facts, judged_units, settlement_facts
from tests.reports.passport import paper
from tests.reports.passport.paper import BIG, OVER_50, TRIPS, UNDER_50


def judged(norm_id=None, **more):
    """Return a judgement by the standard of trips, and the ids of what it names."""
    row = {"standard": TRIPS, "norm_id": norm_id, **more}
    return Judgement(paper.read(), row, {"trips": {"value": 3.0, "facility_id": None}})


def ids(norms):
    return [norm["id"] for norm in norms]


def test_the_row_that_decided_is_cited_alone():
    one = judged(BIG, norms_possible=[BIG])
    assert one.decisive["id"] == BIG
    assert ids(one.cited) == [BIG]


def test_where_none_decided_those_that_are_possible_are_cited_in_order():
    one = judged(norms_possible=[UNDER_50, OVER_50])
    assert one.decisive is None
    assert ids(one.possible) == ids(one.cited) == [OVER_50, UNDER_50]


@pytest.mark.parametrize("held", [{}, {"norms_possible": None}])
def test_what_an_older_release_did_not_record_is_not_made_up(held):
    one = judged(**held)
    assert one.possible is None
    assert ids(one.cited) == [BIG, OVER_50, UNDER_50]


def test_of_no_norm_all_rows_are_what_was_looked_at():
    one = judged(norms_possible=[])
    assert one.possible == []
    assert ids(one.cited) == [BIG, OVER_50, UNDER_50]


def test_a_verdict_is_verified_only_with_every_row_that_is_cited():
    one = judged(norms_possible=[BIG, OVER_50])
    one.norms[0]["confidence"] = "verified"
    assert not one.verified
    one.norms[1]["confidence"] = "verified"
    assert one.verified


def test_a_verdict_knows_value_indicator_and_facility():
    one = judged(BIG)
    assert (one.value["value"], one.indicator["unit"]) == (3.0, "trips/week")
    assert one.facility is None
    lost = Judgement(paper.read(), {"standard": "x", "norm_id": None}, {})
    assert (lost.standard, lost.indicator, lost.value, lost.cited) == ({}, {}, None, [])


def test_an_area_names_those_above_once_even_in_a_circle():
    rows = paper.tables()
    assert list(area_facts(paper.read(rows), "raion:p").parents) == [
        "oblast",
        "country",
    ]
    rows["areas"][0]["parent"] = "oblast:p"
    assert list(area_facts(paper.read(rows), "raion:p").parents) == [
        "oblast",
        "country",
    ]


def test_verdicts_of_an_area_are_those_of_its_settlements_and_no_others():
    rows = paper.tables()
    rows["settlements"][1]["raion_id"] = None
    facts = area_facts(paper.read(rows), "raion:p")
    assert list(facts.settlements) == ["p:1", "p:3", "p:4", "p:6"]
    told = [row["settlement_id"] for row in facts.judgements[TRIPS]]
    assert told == ["p:1", "p:3", "p:4", "p:6"]  # the twin is counted nowhere


def test_units_are_judged_by_their_own_values():
    rows = paper.tables()
    rows["unit_judgements"] = [
        {"unit_id": unit, "standard": TRIPS} for unit in ("oblast:p", "raion:p")
    ]
    rows["unit_values"] = [
        {"unit_id": unit, "indicator": "trips", "value": value}
        for unit, value in (("raion:p", 2.0), ("oblast:p", 1.0))
    ]
    release = paper.read(rows)
    every = judged_units(release)
    assert [(one.row["unit_id"], one.value["value"]) for one in every] == [
        ("oblast:p", 1.0),
        ("raion:p", 2.0),
    ]
    (own,) = judged_units(release, "raion:p")
    assert own.value["value"] == 2.0


def test_what_is_not_there_is_named():
    release = paper.read()
    with pytest.raises(NotFoundError, match=r"pp/2026-11-22.1: no settlement 'p:9'"):
        settlement_facts(release, "p:9")
    with pytest.raises(NotFoundError, match="no verdict by 'nope' for 'p:1'"):
        settlement_facts(release, "p:1").judged("nope")
    for area, why in (("raion:x", "is not there"), ("grid:1", "analytic grid")):
        with pytest.raises(NotFoundError, match=why):
            area_facts(release, area)
