"""Journeys by timetable in the toy country: every number can be checked on paper."""

import numpy as np
import pandas as pd
import pytest

from geo.indicators.journey_values import journeys
from geo.indicators.measure import measured
from geo.indicators.service_table import service_table
from geo.layers.schema import TABLES
from geo.sources.indicators import indicators
from geo.sources.transit import load_transit
from tests.indicators.journey_toy import (
    AT,
    BACK,
    DAILY,
    DAYS,
    MINUTES,
    THERE,
    WHOLE,
    WORKDAYS,
    bus,
    hospital,
    measuring,
    to_hospital,
    value,
)
from tests.layers import toy


def test_a_morning_at_the_hospital_by_hand():
    context = measuring(bus(THERE, BACK), hospital())
    row = to_hospital(context)
    assert row[["status", "method", "facility_id"]].tolist() == [
        "modelled", "timetable", "h1",
    ]  # fmt: skip
    # at the door 7:30, open 8:00 to 16:00, the bus home leaves at 14:00
    assert row[["arrival", "latest_return", "stay_minutes"]].tolist() == [
        "07:30", "14:00", 360,
    ]  # fmt: skip
    assert row[["return_days", "weekdays", "best_day"]].tolist() == [5, "12345", "1"]
    assert row[["minutes", "morning", "mornings"]].tolist() == [30, "1", 5]
    # who sets out at 6:00, 6:01 … 7:00 arrives (61 of 241 minutes); later one misses it
    assert row["missed"] == pytest.approx(180 / 241, abs=0.001)
    assert row[["minutes_p50", "minutes_p95"]].isna().all()
    assert row[["hours", "exact"]].tolist() == ["stated", False]
    # the timetable holds on the day, the register is older
    assert row["date"] == pd.Timestamp("2025-06-01")
    # more buses may go, so five days are the least, and thirty minutes the most
    assert value(context, DAYS) == [5, 5, None, "modelled"]
    assert value(context, MINUTES) == [30, None, 30, "modelled"]
    assert list(journeys(context).columns) == TABLES["journeys"].schema.names


def test_with_everything_known_the_days_are_exact():
    context = measuring(bus(THERE, BACK), hospital(), complete=WHOLE)
    assert to_hospital(context)["exact"]
    assert value(context, DAYS) == [5, 5, 5, "modelled"]
    # 17.35 km at 120 km/h are less than nine minutes, which nobody undercuts
    number, low, high, status = value(context, MINUTES)
    assert (number, high, status) == (30, 30, "modelled")
    assert low == pytest.approx(17.35 / 120 * 60, abs=0.05)


def test_frequency_hides_that_nobody_can_stay():
    # fourteen pairs a week, but each bus turns round at once
    pairs = [
        trip
        for hour in (7, 15.25)
        for trip in (
            (DAILY, "sosny", hour, "krinica", hour + 0.5),
            (DAILY, "krinica", hour + 0.6, "sosny", hour + 1.1),
        )
    ]
    context = measuring(bus(pairs[0], pairs[1]), hospital(), complete=WHOLE)
    row = to_hospital(context)
    service = service_table(context).set_index(["settlement_id", "period"])
    assert service.loc[("ty:sosny", "reference"), ["trips", "days"]].tolist() == [14, 7]
    assert row[["return_days", "weekdays", "best_day"]].tolist() == [0, None, None]
    assert row["minutes"] == 30
    assert value(context, DAYS) == [0, 0, 0, "modelled"]
    # with the afternoon bus one waits for the second way home: 8:00 to 15:51
    both = to_hospital(measuring(bus(*pairs), hospital()))
    assert both[["return_days", "latest_return"]].tolist() == [5, "15:51"]
    assert both["stay_minutes"] == 471


def test_days_rest_on_the_hours_where_those_are_assumed():
    context = measuring(bus(THERE, BACK), hospital(hours=None), complete=WHOLE)
    assert value(context, DAYS) == [5, 5, None, "assumed"]
    # the minutes do not ask for hours
    assert value(context, MINUTES)[3] == "modelled"
    # nobody gets there, whatever the hours
    assert value(context, DAYS, "dalniy") == [0, 0, 0, "modelled"]


def test_every_timetable_of_a_settlement_is_named():
    feeds = bus(THERE, BACK), bus(HOP, HOP_BACK, source="taxi")
    context = measuring(*feeds, hospital())
    # and so is the register that names the hospital
    assert to_hospital(context)["source"] == "bus, register, taxi"
    assert to_hospital(context, "dalniy")["source"] == "register, taxi"


def test_a_stay_that_is_too_short_is_shown_and_does_not_count():
    late = ("krinica", 8.5, "sosny", 9)
    row = to_hospital(measuring(bus(THERE, late), hospital()))
    # another bus may make it a day
    assert row[["return_days", "stay_minutes", "best_day"]].tolist() == [None, 30, "1"]
    context = measuring(bus(THERE, late), hospital())
    assert value(context, DAYS) == [None, None, None, "unknown"]
    assert value(context, MINUTES)[0] == 30
    row = to_hospital(measuring(bus(THERE, late), hospital(), complete=WHOLE))
    assert row[["return_days", "stay_minutes", "best_day"]].tolist() == [0, 30, "1"]


@pytest.mark.parametrize(
    ("hours", "mask", "days", "told"),
    [
        ("пн, ср 08:00-16:00", DAILY, "13", "stated"),
        ("круглосуточно", DAILY, "1234567", "stated"),
        (None, DAILY, "12345", "assumed"),  # data/transit.yaml: working days, 8 to 16
        ("по записи", DAILY, "12345", "unread"),
        ("сб 09:00-13:00", WORKDAYS, None, "stated"),
    ],
)
def test_days_are_those_of_the_bus_and_of_the_door(hours, mask, days, told):
    trips = [(mask, *THERE), (mask, *BACK)]
    row = to_hospital(measuring(bus(*trips), hospital(hours=hours)))
    assert row["weekdays"] == days
    assert row["hours"] == told


@pytest.mark.parametrize(
    ("hours", "reception", "days", "told"),
    [
        ("8:00-17:00", "пн, ср, пт", "135", "stated"),
        ("круглосуточно", "1-6", "123456", "stated"),
        # the hours are assumed, but not the days
        (None, "вт, сб", "2", "assumed"),
        # days that were not understood say nothing of the hours either
        ("8:00-17:00", "когда как", "12345", "unread"),
        ("по записи", "вт", "2", "unread"),
    ],
)
def test_nobody_is_received_on_other_days(hours, reception, days, told):
    listed = hospital(hours=hours)
    listed.result.tables["facilities"]["staff_days"] = reception
    trips = [(DAILY, *THERE), (DAILY, *BACK)]
    context = measuring(bus(*trips), listed, complete=WHOLE)
    row = to_hospital(context)
    assert row[["weekdays", "hours"]].tolist() == [days, told]
    exact = told == "stated"
    bounds = [len(days), len(days), len(days) if exact else None]
    assert value(context, DAYS) == [*bounds, "modelled" if exact else "assumed"]


def test_who_lives_near_walks_without_any_bus():
    # 0.02 degrees of longitude at 53.3 north are 1.33 km: 1.3 x 1.33 / 4.5 km/h
    context = measuring(hospital(lon=27.50, lat=53.30))
    row = to_hospital(context, "hutor")
    assert row[["method", "return_days", "source"]].tolist() == [
        "on foot", 5, "register",
    ]  # fmt: skip
    assert row["minutes"] == pytest.approx(1.333 * 1.3 / 4.5 * 60, abs=0.1)
    assert row["minutes_p50"] == row["minutes_p95"] == row["minutes"]
    assert row["missed"] == 0
    assert row["date"] == pd.Timestamp("2025-06-01")
    assert to_hospital(context) is None
    assert value(context, DAYS) == [None, None, None, "unknown"]


def test_where_the_whole_timetable_has_no_stop_nobody_gets_there():
    feeds = bus(THERE, BACK), hospital()
    row = to_hospital(measuring(*feeds, complete=WHOLE), "dalniy")
    assert row[["status", "return_days", "exact"]].tolist() == ["unreachable", 0, True]
    context = measuring(*feeds, complete=WHOLE)
    assert value(context, DAYS, "dalniy") == [0, 0, 0, "modelled"]
    assert value(context, MINUTES, "dalniy") == [None, np.inf, None, "unreachable"]
    # where nobody says that all buses are in, nothing is known
    context = measuring(*feeds)
    assert to_hospital(context, "dalniy") is None
    assert value(context, MINUTES, "dalniy") == [None, None, None, "unknown"]


def test_a_bus_that_goes_elsewhere_proves_nothing():
    feeds = bus(("dalniy", 7, "sosny", 8)), hospital()
    nothing = [None, None, None, "unknown"]
    # all buses may be in, but not all hospitals, or the other way round
    for complete in ((), WHOLE[:1], WHOLE[1:]):
        context = measuring(*feeds, complete=complete)
        assert to_hospital(context, "dalniy") is None
        assert value(context, DAYS, "dalniy") == nothing
        assert value(context, MINUTES, "dalniy")[::3] == nothing[::3]
    context = measuring(*feeds, complete=WHOLE)
    assert value(context, DAYS, "dalniy") == [0, 0, 0, "modelled"]
    assert value(context, MINUTES, "dalniy") == [None, np.inf, None, "unreachable"]


def test_a_pharmacy_that_one_raion_has_entered_cuts_nobody_off():
    pharmacy = hospital()
    pharmacy.result.tables["facilities"]["kind"] = "pharmacy"
    # from Дальний a bus goes elsewhere, at Хутор none stops
    context = measuring(bus(THERE, BACK, ("dalniy", 7, "sosny", 8)), pharmacy)
    table = journeys(context)
    found = table[table["destination"] == "pharmacy"].set_index("settlement_id")
    assert set(found.index) == {"ty:sosny", "ty:sosny-again", "ty:krinica-b"}
    for place in ("hutor", "dalniy"):
        for name in ("return_days", "journey_minutes"):
            row = value(context, f"transport.{name}.pharmacy", place)
            assert row == [None, None, None, "unknown"]


def test_an_assumed_hospital_makes_assumed_values():
    context = measuring(bus(THERE, BACK), hospital(status="assumed"))
    assert to_hospital(context)["status"] == "assumed"
    assert value(context, DAYS)[3] == "assumed"
    assert value(context, MINUTES)[3] == "assumed"


HOP, HOP_BACK = ("dalniy", 6, "sosny", 6.75), ("sosny", 15, "dalniy", 15.75)


def test_one_changes_between_timetables_that_are_in_force_together():
    feeds = bus(THERE, BACK), bus(HOP, HOP_BACK, source="taxi")
    row = to_hospital(measuring(*feeds, hospital()), "dalniy")
    assert row[["return_days", "minutes"]].tolist() == [5, 90]


def test_one_does_not_change_to_a_bus_of_another_year():
    old = bus(THERE, BACK, period=("2014-02-24", "2014-03-23"))
    feeds = old, bus(HOP, HOP_BACK, source="taxi")
    context = measuring(*feeds, hospital())
    assert to_hospital(context, "dalniy") is None
    # Сосны is served by a timetable in force, so the old one does not count there
    assert to_hospital(context) is None
    alone = to_hospital(measuring(old, hospital()))
    assert alone["return_days"] == 5
    assert alone["date"] == pd.Timestamp("2014-03-23")
    assert alone["source"] == "bus, register"


def test_platforms_of_a_station_are_one_place_to_change():
    at = AT | {"p1": (27.70, 53.30), "p2": (27.75, 53.30)}  # 3 km apart, for the test
    trips = [("sosny", 7, "p1", 7.5), ("p2", 7.6, "krinica", 8), BACK]
    feed = bus(*trips, at=at)
    assert to_hospital(measuring(feed, hospital())) is None
    stops = feed.result.tables["timetable_stops"]
    stops["station"] = stops["stop_id"].map({"p1": "s", "p2": "s"})
    row = to_hospital(measuring(feed, hospital()))
    assert row[["minutes", "return_days"]].tolist() == [60, 5]


def test_the_centre_is_that_of_the_own_raion():
    context = measuring(bus(THERE, BACK))
    areas = context.layers.areas
    raion = context.layers.settlements.loc["ty:sosny", "raion_id"]
    areas.loc[areas["id"] == raion, "centre"] = "ty:krinica-b"
    table = journeys(context).set_index(["destination", "settlement_id"])
    row = table.loc[("raion_centre", "ty:sosny")]
    assert row[["status", "facility_id", "hours"]].tolist() == [
        "modelled", "ty:krinica-b", "assumed",
    ]  # fmt: skip
    # 9:00 to 14:00 within the assumed hours
    assert row[["stay_minutes", "return_days"]].tolist() == [300, 5]
    assert ("raion_centre", "ty:hutor") not in table.index  # of another raion
    code = "transport.return_days.raion_centre"
    assert value(context, code) == [5, 5, None, "modelled"]
    (one,) = [i for i in indicators(context.country) if i.code == code]
    assert measured(one, context)["facility_id"].isna().all()
    # nobody travels to where he lives
    row = table.loc[("raion_centre", "ty:krinica-b")]
    assert row[["status", "method", "exact"]].tolist() == ["at_home", "on foot", True]
    names = ["minutes", "minutes_p50", "return_days", "missed", "mornings", "weekdays"]
    assert row[names].isna().all()
    for name in ("return_days", "journey_minutes"):
        own = value(context, f"transport.{name}.raion_centre", "krinica-b")
        assert own == [None, None, None, "at_home"]


def test_parameters_are_those_of_the_declarations():
    transit = load_transit(toy.country())
    ids = [one.id for one in transit.destinations]
    assert ids == [
        "hospital",
        "primary_care",
        "pharmacy",
        "raion_centre",
        "oblast_centre",
    ]
    described = transit.described()
    assert described["window"] == ["06:00", "10:00"]
    assert described["destinations"][0]["opens"] == "08:00"
    assert described["seasons"][0]["from"] == "06-01"


def test_journeys_are_derived_and_do_not_count_twice_in_what_is_known():
    described = {i.code: i.described()["derived"] for i in indicators(toy.country())}
    assert described[DAYS]
    assert described[MINUTES]
    assert not described["transport.trips_per_week"]
    journeys_of = [code for code in described if code.startswith("transport.")]
    assert sum(described[code] for code in journeys_of) == 10
