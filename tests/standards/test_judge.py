"""What the cases of the law do not show: territory, households, dates, bad tables."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.errors import DeclarationError, LayerError
from geo.layers.schema import TABLES
from geo.scores.comparison import reference_norm
from geo.standards.gaps import oldest_fresh_day
from geo.standards.judge import judge
from tests.standards import toy

TRIPS = "transport.trips_per_week"


def _judge(standard, rows, known, areas=None, on=toy.ON, freshness=None):
    values = toy.values(*((f"toy:{n}", TRIPS, x) for n, x in enumerate(known)))
    table = judge(
        toy.settlements(*rows), values, [standard], on, freshness or {}, areas
    )
    return table.set_index("settlement_id")


AREAS = pd.DataFrame(
    [
        {"id": "o1", "level": "oblast", "name": "Брестская", "name_en": "Brest"},
        {"id": "r1", "level": "raion", "name": "Кобринский", "name_en": "Kobrin"},
        {"id": "s1", "level": "selsovet", "name": "Брестская", "name_en": "x"},
    ]
)


@pytest.mark.parametrize("name", ["o1", "Брестская", "brest", "БРЕСТСКАЯ"])
def test_a_row_may_bind_one_oblast_by_id_or_name(name):
    standard = toy.standard(
        "t", TRIPS, {"value": 8}, {"value": 10, "applies": {"territory": [name]}}
    )
    rows = [{"oblast_id": "o1"}, {"oblast_id": "o2"}, {"oblast_id": None}]
    found = _judge(standard, rows, [9, 9, 9], AREAS)
    assert found["verdict"].tolist() == ["breached", "kept", "unknown"]
    assert found["reason"].tolist()[2] == "class"
    assert found["norm"].tolist()[:2] == [10, 8]


def test_the_level_of_a_territory_is_known_from_the_areas():
    standard = toy.standard("t", TRIPS, {"value": 10, "applies": {"territory": ["o1"]}})
    found = _judge(standard, [{"oblast_id": "o2", "raion_id": None}], [9], AREAS)
    assert found["verdict"].tolist() == ["no_norm"]


def test_an_unknown_raion_says_nothing_against_an_oblast():
    standard = toy.standard("t", TRIPS, {"value": 10, "applies": {"territory": ["o1"]}})
    rows = [{"oblast_id": "o2", "raion_id": None}, {"oblast_id": "o1"}]
    found = _judge(standard, rows, [9, 9])
    assert found["verdict"].tolist() == ["no_norm", "breached"]


def test_a_territory_that_does_not_exist_is_said():
    standard = toy.standard(
        "t", TRIPS, {"value": 10, "applies": {"territory": ["Брэст"]}}
    )
    with pytest.raises(DeclarationError, match="territory 'Брэст' is no oblast") as bad:
        _judge(standard, [{"oblast_id": "o1"}], [9], AREAS)
    assert bad.value.where == "norm t.0"


def test_households_are_usually_unknown():
    standard = toy.standard(
        "t", TRIPS, {"value": 4, "applies": {"households": ">=100"}}
    )
    rows = [
        {"households_low": 100.0, "households_high": 100.0},
        {"households_low": 10.0, "households_high": 99.0},
        {},
    ]
    found = _judge(standard, rows, [1, 1, 1])
    assert found["verdict"].tolist() == ["breached", "no_norm", "unknown"]
    assert found["reason"].tolist()[2] == "population"


def test_a_settlement_without_any_hint_of_its_class_may_be_everything():
    standard = toy.standard("t", TRIPS, {"value": 4, "applies": {"kind": ["capital"]}})
    found = _judge(standard, [{}, {"kind": "rural"}], [1, 1])
    assert found["verdict"].tolist() == ["unknown", "no_norm"]


def test_the_strictest_of_several_rows_applies_and_is_recorded():
    standard = toy.standard("t", TRIPS, {"value": 4}, {"value": 12}, {"value": 8})
    row = _judge(standard, [{}], [6]).iloc[0]
    assert (row["norm"], row["norm_id"], row["gap"]) == (12, "t.1", 0.5)
    lower = toy.standard(
        "t",
        TRIPS,
        {"value": 40, "op": "<="},
        {"value": 30, "op": "<="},
    )
    assert _judge(lower, [{}], [60]).iloc[0]["norm_id"] == "t.1"


def test_a_norm_to_come_is_no_norm_yet_and_an_old_one_no_more():
    standard = toy.standard(
        "t", TRIPS, {"value": 4, "valid_from": "2027-01-01", "valid_to": "2027-12-31"}
    )
    for day, verdict in (
        (date(2026, 12, 31), "no_norm"),
        (date(2027, 1, 1), "breached"),
        (date(2027, 12, 31), "breached"),
        (date(2028, 1, 1), "no_norm"),
    ):
        assert _judge(standard, [{}], [1], on=day).iloc[0]["verdict"] == verdict


def test_steps_of_a_target_bind_one_by_one():
    standard = toy.standard(
        "t",
        TRIPS,
        {"value": 10, "due": "2026-06-30"},
        {"value": 20, "due": "2028-11-22"},
        force="target",
    )
    first = _judge(standard, [{}], [15], on=date(2026, 1, 1)).iloc[0]
    assert (first["verdict"], first["norm"]) == ("not_due", 10)
    assert first["progress"] == 1.0
    now = {"value": 15.0, "low": 15.0, "high": 15.0, "date": "2026-11-22"}
    later = _judge(standard, [{}], [now]).iloc[0]
    assert (later["verdict"], later["norm"], later["gap"]) == ("kept", 10, 0)


def test_of_several_promises_the_latest_day_counts():
    """Which of two binds is not known: the value must be young enough for both."""
    rows = [
        {"value": 8, "applies": {"kind": [kind]}, "valid_from": made, "due": due}
        for kind, made, due in (
            ("rural", "2025-01-01", "2026-01-01"),
            ("agrogorodok", "2025-06-01", "2026-06-01"),
        )
    ]
    standard = toy.standard("t", TRIPS, *rows, force="target")
    either = {"kinds_possible": ["agrogorodok", "rural"]}
    told = [
        dict.fromkeys(("value", "low", "high"), trips) | {"date": day}
        for trips, day in (
            (9.0, "2025-05-31"),
            (9.0, "2025-06-01"),
            (1.0, "2026-05-31"),
            (1.0, "2026-06-01"),
        )
    ]
    found = _judge(standard, [either] * 4, told)
    assert found["verdict"].tolist() == ["unknown", "kept", "unknown", "breached"]
    assert found["reason"].tolist()[::2] == ["before_promise"] * 2
    # of a village the earlier promise is enough
    assert _judge(standard, [{"kind": "rural"}], told[:1])["verdict"].tolist() == [
        "kept"
    ]


def test_required_pace_is_per_year_and_stale_values_show_no_progress():
    standard = toy.standard(
        "t", TRIPS, {"value": 20, "due": "2028-11-21"}, force="target"
    )
    row = _judge(standard, [{}], [10]).iloc[0]
    assert row["required_pace"] == pytest.approx(10 / (730 / 365.25))
    assert row["progress"] == 0.5
    old = {"value": 10.0, "low": 10.0, "high": 10.0, "date": "2014-01-01"}
    stale = _judge(standard, [{}], [old], freshness={TRIPS: 2}).iloc[0]
    assert stale["verdict"] == "not_due"
    assert pd.isna(stale["progress"])
    assert pd.isna(stale["reason"])


def test_a_place_that_the_indicator_does_not_concern_has_no_norm():
    standard = toy.standard("t", TRIPS, {"value": 4})
    found = _judge(standard, [{}], [{"status": "not_applicable"}]).iloc[0]
    assert found["verdict"] == "no_norm"
    assert pd.isna(found["gap_high"])


def test_unreachable_is_a_breach_also_where_more_is_better():
    standard = toy.standard("t", TRIPS, {"value": 4})
    row = _judge(standard, [{}], [{"status": "unreachable", "low": np.inf}]).iloc[0]
    assert (row["verdict"], row["gap"]) == ("breached", 1.0)


def test_no_way_on_a_network_that_may_lack_a_road_proves_nothing():
    wait = "health.ambulance_minutes"
    standard = toy.standard("t", wait, {"op": "<=", "value": 20})
    lows = {"toy:0": 5.0, "toy:1": np.inf, "toy:2": 40.0}  # as the crow flies
    values = toy.values(
        *(
            (key, wait, {"status": "unreachable", "low": low})
            for key, low in lows.items()
        )
    )
    found = judge(toy.settlements({}, {}, {}), values, [standard], toy.ON, {}, None)
    assert found["verdict"].tolist() == ["unknown", "breached", "breached"]
    assert found["gap_low"].tolist() == [0.0, 1.0, 0.5]  # 1 - 20/40
    assert found["gap"].isna().tolist() == [True, False, True]


def test_a_central_value_without_bounds_proves_nothing():
    standard = toy.standard("t", TRIPS, {"value": 4})
    row = _judge(standard, [{}], [{"value": 9.0}]).iloc[0]
    assert (row["verdict"], row["reason"]) == ("unknown", "value")


def test_a_value_without_a_date_has_no_age():
    standard = toy.standard("t", TRIPS, {"value": 4})
    assert (
        _judge(standard, [{}], [5], freshness={TRIPS: 2}).iloc[0]["verdict"] == "kept"
    )


def test_a_settlement_without_a_row_of_values_is_unknown_not_lost():
    standard = toy.standard("t", TRIPS, {"value": 4})
    found = _judge(standard, [{}, {}, {}], [5])
    assert found["verdict"].tolist() == ["kept", "unknown", "unknown"]
    assert found["reason"].tolist()[1:] == ["no_value"] * 2


def test_norms_of_a_raion_are_not_spread_over_its_villages():
    raion = toy.standard("t.raion", TRIPS, {"value": 4}, unit_of_assessment="raion")
    found = _judge(raion, [{}], [1])
    assert found.empty
    assert [found.index.name, *found.columns] == list(TABLES["judgements"].schema.names)


def test_no_settlements_and_no_values_give_an_empty_table_of_the_right_columns():
    empty = toy.settlements({}).iloc[:0]
    table = judge(empty, toy.values().iloc[:0], [], toy.ON, {})
    assert table.empty
    assert list(table.columns) == list(TABLES["judgements"].schema.names)
    standard = toy.standard("t", TRIPS, {"value": 4, "applies": {"kind": ["rural"]}})
    assert judge(empty, toy.values(), [standard], toy.ON, {}).empty


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("toy:9", TRIPS, 4)], "for 'toy:9' belongs to no settlement"),
        ([("toy:0", TRIPS, 4), ("toy:0", TRIPS, 5)], "for 'toy:0' stands there twice"),
        ([("toy:0", TRIPS, {"low": 5.0, "high": 4.0})], "has a low above its high"),
    ],
)
def test_values_that_break_the_contract_are_said(rows, words):
    standard = toy.standard("t", TRIPS, {"value": 4})
    with pytest.raises(LayerError, match=words):
        judge(toy.settlements({}), toy.values(*rows), [standard], toy.ON, {})


def test_a_settlement_id_may_stand_only_once():
    twice = pd.concat([toy.settlements({}), toy.settlements({})])
    with pytest.raises(LayerError, match="settlement 'toy:0' stands there twice"):
        judge(twice, toy.values(), [], toy.ON, {})


def test_the_reference_town_of_the_norm_gap():
    judged = [s for s in toy.declared_standards() if s.for_settlements]
    found = {s.id: reference_norm(s, toy.ON) for s in judged}
    assert found == {
        "by.education.school_transport": None,  # a town is not asked
        "by.health.telemedicine": 100,
        "by.telecom.fibre_100_households": 1,
        "by.telecom.phones_in_health_points": 100,
        "by.transport.urban_vehicles": 2000,
        "by.utilities.water_agrogorodok": None,  # what holds after 2025 was not read
        "kz.health.network": None,
        "by.health.ambulance.emergency_wait": 20,
        "by.health.ambulance.urgent_wait": 75,
        "by.health.ambulance.transport_wait": 135,
        "by.telecom.broadband_300": 1,
        "by.telecom.mobile_all_settlements_2026": 1,
        "by.telecom.mobile_speed_2030": 70,
        "by.transport.trips": None,  # no norm of trips for a town
        "intl.health.two_hours": 120,
    }


@pytest.mark.parametrize(
    ("on", "years", "oldest"),
    [
        (date(2024, 2, 29), 1, date(2023, 2, 28)),
        (date(2026, 1, 31), 0.25, date(2025, 10, 31)),
        (date(2026, 3, 31), 1 / 12, date(2026, 2, 28)),
    ],
)
def test_windows_are_counted_in_calendar_months(on, years, oldest):
    assert oldest_fresh_day(on, years) == oldest
