"""A list that is declared complete is not whole where a refused row may stand."""

import numpy as np
import pandas as pd
import pytest

from geo.layers.facilities import lost_note
from geo.layers.geodesy import geodesic_km
from tests.indicators.journey_toy import hospital
from tests.indicators.test_access import HOSPITAL, values_of
from tests.layers import toy

SOSNY, KRINICA = (27.60, 53.10), (27.80, 53.20)
FAR = (27.9, 53.4)
#: the listed hospital is at Криница
LISTED = geodesic_km(*SOSNY, *KRINICA) / 120 * 60


def least(*lost, source="register", said="*", complete=True):
    """Return the least minutes from Сосны, with refused rows (kind, point, place)."""
    rows = [
        {"kind": kind, "lon": point[0], "lat": point[1], "place_ref": place}
        for kind, point, place in lost
    ]
    feeds = [hospital(*KRINICA)]
    if rows:
        feeds.append(toy.feeding(source, {"facilities_lost": pd.DataFrame(rows)}))
    statement = {"layer": "facilities", "stated_by": "test", "source": said}
    declared = toy.country(completeness=(statement,) if complete else ())
    context = toy.measuring(*feeds, declared=declared)
    return values_of(HOSPITAL, context).loc["ty:sosny", "low"], context


NOWHERE = (np.nan, np.nan)
HALF = (27.70, 53.15)
NEAR = geodesic_km(*SOSNY, *HALF) / 120 * 60


@pytest.mark.parametrize(
    ("lost", "minutes"),
    [
        ([], LISTED),
        # where it may stand decides
        ([("hospital", HALF, None)], NEAR),
        ([("hospital", FAR, None)], LISTED),
        ([("hospital", FAR, None), ("hospital", HALF, None)], NEAR),
        # the settlement says where, but not beside a point of its own
        ([("hospital", NOWHERE, "Хутор")], geodesic_km(*SOSNY, 27.48, 53.30) / 2),
        ([("hospital", FAR, "Хутор")], LISTED),
        # anywhere: no place, or one that two settlements bear, or nobody
        ([("hospital", NOWHERE, None)], None),
        ([("hospital", NOWHERE, "Липки")], None),
        ([("hospital", NOWHERE, "Нет такого")], None),
        # what it is decides
        ([("pharmacy", NOWHERE, None)], LISTED),
        ([(None, HALF, None)], NEAR),
        ([(None, NOWHERE, None)], None),
    ],
)
def test_the_nearest_may_be_the_refused_one(lost, minutes):
    found, _ = least(*lost)
    if minutes is None:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(min(minutes, LISTED), abs=1e-3)


def test_a_statement_on_one_source_does_not_mind_what_others_lost():
    lost = ("hospital", NOWHERE, None)
    assert least(lost, source="other", said="register")[0] == pytest.approx(LISTED)
    assert np.isnan(least(lost, source="register", said="register")[0])
    assert np.isnan(least(lost, source="other", said="*")[0])


def test_without_a_statement_nothing_is_whole_anyway():
    assert np.isnan(least(complete=False)[0])


def test_the_report_says_how_many_were_refused():
    def notes(*lost, **how):
        _, context = least(*lost, **how)
        return lost_note(context.layers.lost_facilities, context.country)

    lost = ("hospital", FAR, None), ("hospital", NOWHERE, None)
    assert notes() == notes(*lost, complete=False) == ()
    (note,) = notes(*lost)
    assert note.startswith("facilities: 2 were refused, 1 of them without a place")


def test_a_facility_of_a_settlement_that_nobody_knows_is_lost_too():
    strange = hospital(np.nan, np.nan)
    strange.result.tables["facilities"]["place_ref"] = "Нет такого"
    strange.result.tables["facilities"]["facility_id"] = "h2"
    statement = {"layer": "facilities", "stated_by": "test"}
    declared = toy.country(completeness=(statement,))
    context = toy.measuring(hospital(*KRINICA), strange, declared=declared)
    assert np.isnan(values_of(HOSPITAL, context).loc["ty:sosny", "low"])


def test_nobody_is_cut_off_where_a_refused_one_may_be_near():
    statement = {"layer": "facilities", "stated_by": "test"}
    declared = toy.country(completeness=(statement,))
    gone = {"kind": ["hospital"], "lon": [np.nan], "lat": [np.nan]}
    for tables, status in (
        ({}, "unreachable"),
        ({"facilities_lost": pd.DataFrame(gone)}, "unknown"),
    ):
        feed = toy.feeding("register", tables)
        context = toy.measuring(feed, declared=declared)
        assert values_of(HOSPITAL, context).loc["ty:sosny", "status"] == status
