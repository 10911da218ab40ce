"""Minutes and km to facilities, with the bounds that completeness allows."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.indicators.access import ambulance_minutes, minutes_to, rail_stop_km
from geo.indicators.context import Measuring
from geo.indicators.measure import measured
from geo.layers.areas import build_territory
from geo.layers.facilities import supply
from geo.layers.geodesy import geodesic_km
from geo.layers.inputs import stack
from geo.layers.references import place_index
from geo.sources.indicators import indicators
from geo.travel.engine import extent_km
from geo.types import FacilityKind
from tests.layers import toy

HOSPITAL = "health.hospital_minutes"


def facilities(*points, kind="hospital", located=True):
    return pd.DataFrame(
        {
            "facility_id": [f"{kind}{n}" for n in range(len(points))],
            "kind": kind,
            "lon": [lon for lon, _ in points],
            "lat": [lat for _, lat in points],
            "status": "declared",
            "located": located,
        }
    )


def measuring(table, *complete, more=()):
    declared = toy.country(
        completeness=tuple(
            {"layer": "facilities", "area": area, "stated_by": "test"}
            for area in complete
        )
    )
    feed = toy.feeding("register", {"facilities": table})
    return toy.measuring(feed, *more, declared=declared)


def hospital(*args, **kwargs):
    return values_of(HOSPITAL, measuring(*args, **kwargs))


def values_of(code, context):
    (one,) = [i for i in indicators(context.country) if i.code == code]
    return measured(one, context)


def km(place, point):
    lon, lat = next((lon, lat) for name, _, lon, lat in toy.PLACES if name == place)
    return geodesic_km(*(np.array([x]) for x in (lon, lat, *point)))[0]


CENTRE = (27.23, 53.22)


def test_the_origin_of_a_way_is_the_row_of_the_facility():
    table = facilities(CENTRE).assign(origin="hospitals.csv:2")
    assert hospital(table).loc["ty:dubrava", "origin"] == "hospitals.csv:2"
    # a list without rows of its own is named by the facility
    assert hospital(facilities(CENTRE)).loc["ty:dubrava", "origin"] == "hospital0"


def test_a_stated_value_is_not_the_way_to_a_facility():
    said = pd.DataFrame(
        {
            "place_ref": ["Дубрава"], "indicator": [HOSPITAL], "value": [12.0],
            "status": ["measured"], "origin": ["stated.csv:3"],
        }
    )  # fmt: skip
    feed = toy.feeding("stated", {"observations": said})
    table = hospital(facilities(CENTRE), more=(feed,))
    row = table.loc["ty:dubrava"]
    assert (row["value"], row["origin"]) == (12.0, "stated.csv:3")
    assert pd.isna(row["facility_id"])
    assert table.loc["ty:sosny", "facility_id"] == "hospital0"


def test_a_bank_is_a_destination_like_the_others():
    banks = measuring(facilities(CENTRE, kind="bank"))
    row = values_of("finance.bank_minutes", banks).loc["ty:dubrava"]
    assert row["value"] == pytest.approx(km("dubrava", CENTRE) * 1.2)
    assert row[["facility_id", "status"]].tolist() == ["bank0", "modelled"]
    none = values_of("finance.bank_minutes", measuring(facilities(CENTRE)))
    assert set(none["status"]) == {"unknown"}


@pytest.mark.parametrize(("complete", "bound"), [((), np.nan), (("*",), 45.0)])
def test_the_nearest_pharmacy_says_how_long_it_is_open(complete, bound):
    near, far = CENTRE, (27.80, 53.20)
    listed = facilities(near, far, kind="pharmacy").assign(
        hours=["пн-пт 8-17", "по записи"]
    )
    table = values_of("health.pharmacy_hours", measuring(listed, *complete))
    row = table.loc["ty:dubrava"]
    assert row[["value", "status", "facility_id"]].tolist() == [
        45.0,
        "modelled",
        "pharmacy0",
    ]
    assert row[["low", "high"]].tolist() == pytest.approx([bound] * 2, nan_ok=True)
    # the nearest one says nothing, whatever the next one says
    silent = table.loc["ty:sosny"]
    assert silent["status"] == "unknown"
    assert silent[["value", "facility_id"]].isna().all()


def test_without_a_pharmacy_nothing_is_open_and_nothing_is_known():
    none = measuring(facilities(CENTRE), "*")
    assert set(values_of("health.pharmacy_hours", none)["status"]) == {"unknown"}


def test_an_incomplete_list_gives_an_upper_bound_only():
    row = hospital(facilities(CENTRE)).loc["ty:dubrava"]
    way = km("dubrava", CENTRE)
    assert way == pytest.approx(15.93, abs=0.01)
    assert row[["value", "high"]].tolist() == pytest.approx([way * 1.2, way * 4])
    assert np.isnan(row["low"])
    assert row[["status", "source", "facility_id"]].tolist() == [
        "modelled",
        "register",
        "hospital0",
    ]
    assert row["date"] == pd.Timestamp("2025-06-01")


def test_a_complete_raion_gives_a_low_bound_up_to_its_border():
    table = hospital(facilities(CENTRE), "Алый район")
    # 120 km/h without detour: two km a minute
    low = table["low"]
    assert low["ty:dubrava"] == pytest.approx(km("dubrava", CENTRE) / 2)
    # beyond the border, 1.334 km x 0.95 away, a nearer one may stand
    assert low["ty:hutor"] == pytest.approx(1.334 * 0.95 / 2, abs=0.005)
    assert np.isnan(low["ty:sosny"])


def test_a_complete_country_without_any_is_unreachable():
    table = hospital(facilities(CENTRE, kind="pharmacy"), "*")
    assert (table["status"] == "unreachable").all()
    assert np.isinf(table["low"]).all()
    assert table["value"].isna().all()


def test_without_a_list_nothing_is_known():
    table = hospital(facilities(CENTRE, kind="pharmacy"), "Алый район")
    assert (table["status"] == "unknown").all()
    assert table[["value", "low", "high"]].isna().all(axis=None)


def test_a_coarse_point_is_no_destination():
    table = hospital(facilities(CENTRE, located=False))
    assert (table["status"] == "unknown").all()


def test_a_facility_placed_by_its_settlement_may_stand_anywhere_within_it():
    travel = toy.TRAVEL | {"density_town_per_km2": 1500, "density_village_per_km2": 300}
    parameters = toy.DECLARED["parameters"] | {"travel": travel}
    everywhere = {"layer": "facilities", "area": "*", "stated_by": "test"}
    declared = toy.country(parameters=parameters, completeness=(everywhere,))
    table = facilities((np.nan, np.nan)).assign(place_ref="Алый")
    work = toy.measuring(
        toy.feeding("register", {"facilities": table}), declared=declared
    )
    found = minutes_to(work, FacilityKind.HOSPITAL)
    reach = extent_km(work.layers.settlements, declared.parameters.travel)
    town, village = reach["ty:town"], reach["ty:dubrava"]
    way = km("dubrava", CENTRE)
    assert 0 < town < way
    row = found.loc["ty:dubrava"]
    assert row["value"] == pytest.approx(way * 1.2)
    assert row["low"] == pytest.approx((way - town) / 2)
    assert row["high"] == pytest.approx((way + town + village) * 4)
    # in the town itself: at the door, or at the other end
    assert found.at["ty:town", "low"] == 0.0
    assert found.at["ty:town", "high"] == pytest.approx(2 * town * 4)


def test_the_ambulance_needs_the_call_too():
    found = ambulance_minutes(
        measuring(facilities(CENTRE, kind="ambulance_station"), "*")
    )
    way = km("dubrava", CENTRE)
    # call 4 minutes, at least 0; low drive at 160 km/h
    assert found.loc["ty:dubrava", ["value", "low"]].tolist() == pytest.approx(
        [4 + way * 1.2, way / 160 * 60]
    )
    # the crew may be out, and the call may wait
    assert found["high"].isna().all()


def test_a_register_of_arrivals_wins():
    arrivals = pd.DataFrame(
        {
            "place_ref": ["ty:dubrava", "ty:dubrava"],
            "indicator": "health.ambulance_minutes",
            "value": [21.5, 30.0],
            "status": "measured",
            "date": pd.to_datetime(["2025-12-01", "2024-12-01"]),
            "supplier": "station",
        }
    )
    more = [toy.feeding("arrivals", {"observations": arrivals})]
    table = facilities(CENTRE, kind="ambulance_station")
    found = values_of("health.ambulance_minutes", measuring(table, more=more))
    row = found.loc["ty:dubrava"]
    assert row[["value", "low", "high"]].tolist() == [21.5, 21.5, 21.5]
    assert row[["status", "supplier", "source"]].tolist() == [
        "measured",
        "station",
        "arrivals",
    ]


def test_rail_stops_are_measured_as_the_crow_flies():
    stop = (27.11, 53.10)
    row = rail_stop_km(measuring(facilities(stop, kind="rail_stop"))).loc["ty:dubrava"]
    assert row[["value", "high"]].tolist() == pytest.approx([km("dubrava", stop)] * 2)
    assert np.isnan(row["low"])
    assert row["status"] == "declared"


ANYWHERE = st.tuples(st.floats(26.9, 28.1), st.floats(52.9, 53.6))


def _with(points, complete):
    """Measure the toy country with these hospitals, without harmonising it again."""
    declared = toy.country(
        completeness=tuple(
            {"layer": "facilities", "area": area, "stated_by": "test"}
            for area in complete
        )
    )
    whole = toy.whole()
    inputs = stack([toy.feeding("register", {"facilities": facilities(*points)})])
    places = place_index(whole.settlements, whole.identifiers)
    territory = build_territory(stack([]), declared)
    listed, _, _ = supply(
        inputs, whole.settlements, places, territory, declared, toy.ON
    )
    layers = type(whole)(**(vars(whole) | {"facilities": listed}))
    engine = toy.StraightLine(declared.parameters.travel)
    context = Measuring(layers, declared, date(2026, 1, 1), engine)
    return minutes_to(context, FacilityKind.HOSPITAL)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(ANYWHERE, min_size=1, max_size=5),
    ANYWHERE,
    st.sampled_from([(), ("Алый район",), ("Алый район", "Белый район"), ("*",)]),
)
def test_a_new_clinic_never_raises_a_bound(points, new, complete):
    before, after = _with(points, complete), _with([*points, new], complete)
    for bound in ("value", "low", "high"):
        old, now = before[bound].to_numpy(float), after[bound].to_numpy(float)
        assert (np.isnan(old) == np.isnan(now)).all()
        assert not (now > old + 1e-9).any()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(ANYWHERE, min_size=1, max_size=5),
    st.sampled_from([(), ("Алый район",), ("*",)]),
)
def test_bounds_stand_around_the_value(points, complete):
    table = _with(points, complete)
    assert not (table["low"] > table["value"] + 1e-9).any()
    assert not (table["value"] > table["high"] + 1e-9).any()
