"""Service, faults of timetables and what-ifs, beside the journeys."""

import numpy as np
import pandas as pd
import pytest

from geo.indicators.service_table import service_table
from geo.indicators.timetable_faults import faults_table
from geo.indicators.transit_whatif import what_if
from geo.travel.timetable.edit_kinds import AddTrip, OnDemandZone, RemoveTrip
from tests.indicators.journey_toy import (
    BACK,
    DAILY,
    SATURDAY,
    THERE,
    WHOLE,
    WORKDAYS,
    bus,
    hospital,
    measuring,
    said,
)


def test_service_tells_first_last_and_gaps():
    trips = [THERE, (WORKDAYS, "sosny", 13, "krinica", 13.5), BACK]
    context = measuring(bus(*trips, (SATURDAY, *THERE)))
    row = service_table(context).set_index(["settlement_id", "period"]).loc[
        ("ty:sosny", "reference")
    ]  # fmt: skip
    assert row[["trips", "days", "weekdays"]].tolist() == [16, 6, "123456"]
    # the bus of 14:30 ends here: it is a trip, but no departure
    assert row[["first_departure", "last_departure"]].tolist() == ["07:00", "13:00"]
    assert row["gap_day_minutes"] == 360
    # from Saturday 7:00 to Monday 7:00
    assert row["gap_week_minutes"] == 2 * 1440
    assert row[["routes", "carriers", "complete"]].tolist() == [
        "r0, r1, r2, r3",
        "АП",
        False,
    ]


def test_service_of_one_departure_a_week():
    context = measuring(bus((SATURDAY, *THERE)))
    table = service_table(context)
    rows = table[table["period"] == "reference"].set_index("settlement_id")
    # at Криница it only ends: no departure, no gap
    assert np.isnan(rows.loc["ty:krinica-b", "gap_week_minutes"])
    row = rows.loc["ty:sosny"]
    assert np.isnan(row["gap_day_minutes"])
    assert row["gap_week_minutes"] == 7 * 1440


def test_seasons_are_told_where_the_calendar_tells_them():
    summer = bus((DAILY, *THERE), source="summer", period=("2025-06-02", "2025-08-31"))
    school = bus(THERE, source="school", period=("2025-09-01", "2026-05-31"))
    table = service_table(measuring(summer, school))
    own = table[table["settlement_id"] == "ty:sosny"].set_index("period")
    assert own["trips"].to_dict() == {"reference": 5, "school_year": 5, "summer": 7}
    assert own.loc["summer", "week"] == pd.Timestamp("2025-08-25")
    timeless = bus(THERE)
    for name in ("first_day", "last_day"):
        timeless.result.tables["timetable_calls"][name] = pd.NaT
    assert set(service_table(measuring(timeless))["period"]) == {"reference"}


def test_a_trip_of_two_timetables_counts_once():
    one, other = bus(THERE, BACK), bus((DAILY, *THERE), source="copy")
    context = measuring(one, other)
    row = service_table(context).set_index(["settlement_id", "period"]).loc[
        ("ty:sosny", "reference")
    ]  # fmt: skip
    # five mornings are in both; the copy adds two days at the weekend
    assert row["trips"] == 5 + 5 + 2
    # another route at the same minute is another bus
    third = bus(THERE, source="third", route="99")
    assert service_table(measuring(one, third)).iloc[0]["trips"] > 10


def test_carriers_that_are_all_in_make_the_timetable_whole():
    carriers = (
        {"name": "АП", "areas": ("Белый район",), "source": "test"},
        {"name": "Такси", "areas": ("Белый район",), "source": "test"},
    )
    one = (said("timetable", "Белый район", "АП"),)
    both = (*one, said("timetable", kind="Такси"))
    for complete, whole in ((one, False), (both, True)):
        context = measuring(bus(THERE, BACK), complete=complete, carriers=carriers)
        settlements = context.layers.settlements
        found = pd.Series(context.timetable_whole, settlements.index)
        assert found["ty:sosny"] == whole
        assert not found["ty:hutor"]  # nobody is declared to serve it
    everywhere = measuring(bus(THERE), complete=(said("timetable"),), carriers=carriers)
    assert everywhere.timetable_whole.all()


def test_faults_are_counted_by_timetable():
    feed = bus(
        THERE, ("sosny", 9, "krinica", 8.5), ("sosny", 10), ("gone", 1, "sosny", 2)
    )
    calls = feed.result.tables["timetable_calls"]
    blank = calls.iloc[:1].assign(
        trip_id="b", sequence=[1], arrival_s=np.nan, departure_s=np.nan
    )
    ends = [blank.assign(sequence=n, departure_s=s) for n, s in ((0, 3600), (2, 7200))]
    for part in ends:
        part["arrival_s"] = part["departure_s"]
    feed.result.tables["timetable_calls"] = pd.concat([calls, blank, *ends])
    table = faults_table(measuring(feed))
    assert set(table["source"]) == {"bus"}
    counts = {
        row["fault"].split(":")[0]: (row["count"], row["done"])
        for row in table.to_dict("records")
    }
    assert counts == {
        "a blank time between two times": (1, "mended"),
        "a time that goes backwards": (1, "mended"),
        "a trip with one call goes nowhere": (1, "counted"),
        "a call at a stop without a place": (1, "counted"),
    }
    example = table.set_index("fault")["example"]
    assert example["a trip with one call goes nowhere"] == "trip t2"


def test_a_removed_bus_shows_at_every_settlement():
    context = measuring(bus(THERE, BACK), hospital(), complete=WHOLE)
    table = what_if(context, [RemoveTrip(trip_id="t0")])
    rows = table.set_index(["settlement_id", "measure"])[["before", "after"]]
    sosny = rows.loc["ty:sosny"]
    assert sosny.loc["trips"].tolist() == [10, 5]
    assert sosny.loc["return_days:hospital"].tolist() == [5, 0]
    assert sosny.loc["minutes:hospital", "before"] == 30
    assert np.isnan(sosny.loc["minutes:hospital", "after"])
    assert rows.loc[("ty:krinica-b", "trips")].tolist() == [10, 5]
    # where nothing changes there is no row
    assert "ty:dalniy" not in rows.index
    assert what_if(context, []).empty


def test_a_vehicle_on_demand_takes_people_and_is_no_schedule():
    context = measuring(bus(THERE, BACK), hospital())
    zone = OnDemandZone(
        zone_id="z", stops=("dalniy", "krinica"), first="07:00", last="16:00",
        wait_minutes=30, kmh=60, detour=1.2, step_minutes=10, days="вт, чт",
    )  # fmt: skip
    table = what_if(context, [zone])
    rows = table.set_index(["settlement_id", "measure"])[["before", "after"]]
    assert rows.loc[("ty:dalniy", "return_days:hospital"), "after"] == 2
    assert not rows.index.isin([("ty:dalniy", "trips")]).any()
    # called at 7:00, 30 minutes of waiting, 23.2 km x 1.2 at 60 km/h
    minutes = rows.loc[("ty:dalniy", "minutes:hospital"), "after"]
    assert minutes == pytest.approx(30 + 23.2 * 1.2, abs=0.5)


def test_an_added_trip_shortens_what_it_can():
    context = measuring(bus(THERE, BACK), hospital())
    add = AddTrip(trip_id="n", calls=(("sosny", "06:30"), ("krinica", "06:50")))
    rows = what_if(context, [add]).set_index(["settlement_id", "measure"])
    assert rows.loc[("ty:sosny", "minutes:hospital"), "after"] == 20
    assert rows.loc[("ty:sosny", "trips"), "after"] == 17  # it goes every day
