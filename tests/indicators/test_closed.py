"""A facility that its hours call closed serves nobody: no way, no minutes, no day."""

import pandas as pd
import pytest

from geo.indicators.access import minutes_to
from geo.indicators.ways import access_table, way_to
from geo.layers.facilities import closed_note
from geo.types import FacilityKind
from tests.indicators.journey_toy import (
    BACK,
    DAYS,
    HOURS,
    MINUTES,
    THERE,
    bus,
    measuring,
    said,
    to_hospital,
    value,
)
from tests.layers import toy

KIND = FacilityKind.HOSPITAL
WHOLE = (said("timetable"), said("facilities"))


def hospitals(*rows):
    """Feed hospitals by id, point and hours."""
    columns = ["facility_id", "lon", "lat", "hours"]
    table = pd.DataFrame(rows, columns=columns).assign(
        kind="hospital", status="declared", located=True
    )
    return toy.feeding("register", {"facilities": table})


NEAR, FAR = (27.80, 53.20), (27.90, 53.40)


@pytest.mark.parametrize("hours", ["off", "24/7 closed", "закрыт"])
def test_closed_it_stays_listed_and_nothing_leads_to_it(hours):
    context = measuring(bus(THERE, BACK), hospitals(("h1", *NEAR, hours)))
    (row,) = context.layers.facilities.to_dict("records")
    assert (row["id"], row["hours"], row["located"]) == ("h1", hours, False)
    assert row["weekly_hours"] == 0
    (note,) = closed_note(context.layers.facilities)
    assert note == (
        "facilities: 1 are closed by their opening hours: listed, and no way leads to "
        "them"
    )
    assert set(minutes_to(context, KIND)["status"]) == {"unknown"}
    assert access_table(context).empty
    assert to_hospital(context) is None
    assert value(context, DAYS) == [None, None, None, "unknown"]
    assert value(context, MINUTES) == [None, None, None, "unknown"]


def test_the_next_one_that_is_open_counts():
    shut, open_ = ("h1", *NEAR, "закрыто"), ("h2", *FAR, HOURS)
    context = measuring(bus(THERE, BACK), hospitals(shut, open_), complete=WHOLE)
    alone = measuring(bus(THERE, BACK), hospitals(open_), complete=WHOLE)
    assert set(way_to(context, KIND)["id"]) == {"h2"}
    pd.testing.assert_frame_equal(minutes_to(context, KIND), minutes_to(alone, KIND))


def test_where_all_are_closed_and_the_list_is_whole_there_is_none():
    context = measuring(hospitals(("h1", *NEAR, "off")), complete=WHOLE)
    assert set(minutes_to(context, KIND)["status"]) == {"unreachable"}


@pytest.mark.parametrize("hours", ["Nov-Mar Mo-Fr 09:00-17:00", "по записи", None])
def test_hours_of_a_season_are_assumed_and_say_so(hours):
    context = measuring(bus(THERE, BACK), hospitals(("h1", *NEAR, hours)))
    assert context.layers.facilities["located"].all()
    assert closed_note(context.layers.facilities) == ()
    assert to_hospital(context)["hours"] == ("unread" if hours else "assumed")
    assert value(context, DAYS)[3] == "assumed"
    assert set(minutes_to(context, KIND)["status"]) == {"modelled"}


def test_each_facility_by_its_own_hours():
    context = measuring(hospitals(("h1", *NEAR, "off"), ("h2", *NEAR, "24/7")))
    assert context.layers.facilities["located"].tolist() == [False, True]
