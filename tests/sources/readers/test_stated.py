"""What a stated value may be: in the unit of its indicator, or refused by row."""

import pytest

from tests.sources.readers.conftest import refused

VALUES = "settlement,indicator,value,low,high,status,date\n"
UNITS = "unit_of_assessment,unit,indicator,value,low,high,status,date\n"
PHONE, TRIPS = "digital.health_point_phone_share", "transport.trips_per_week"
AMBULANCE, FIBRE = "health.ambulance_minutes", "digital.fibre"


def one(read, indicator, value, status="declared"):
    """Return the value of a file of one row, or the field and reason of its refusal."""
    text = VALUES + f'Бор,{indicator},"{value}",,,{status},2024-01-01\n'
    result = read("observations", text)
    if len(result.rejected):
        assert len(result.tables["observations"]) == 0
        return [(field, reason) for _, field, _, reason in refused(result)]
    return result.tables["observations"]["value"].tolist()


@pytest.mark.parametrize(
    ("indicator", "written", "value"),
    [
        (FIBRE, "да", 1),
        (FIBRE, "Нет", 0),
        (FIBRE, "так", 1),
        (FIBRE, "Не", 0),
        (FIBRE, "иә", 1),
        (FIBRE, "жоқ", 0),
        (FIBRE, "1", 1),
        (FIBRE, "0.0", 0),
        (PHONE, "24,125", 24.125),
        (PHONE, "24.125", 24.125),
        (PHONE, "100", 100),
        (AMBULANCE, "1,200", 1.2),
        (AMBULANCE, "1 200", 1200),
        (TRIPS, "1 200", 1200),
        (TRIPS, "3,5", 3.5),
        ("digital.best_generation", "4", 4),
        ("population.households", "1 200", 1200),
    ],
)
def test_read_in_its_unit(read, indicator, written, value):
    assert one(read, indicator, written) == [value]


@pytest.mark.parametrize(
    ("indicator", "written", "reason"),
    [
        (PHONE, "да", f"not a number ({PHONE} is in %)"),
        (AMBULANCE, "нет", f"not a number ({AMBULANCE} is in min)"),
        (TRIPS, "yes", f"not a number ({TRIPS} is in trips/week)"),
        (FIBRE, "2", f"must be 0 or 1 ({FIBRE} is in yes/no)"),
        (FIBRE, "0.5", f"must be 0 or 1 ({FIBRE} is in yes/no)"),
        (FIBRE, "наверное", f"not a number ({FIBRE} is in yes/no)"),
        (PHONE, "101", f"more than 100 ({PHONE} is in %)"),
        (PHONE, "-1", f"below zero ({PHONE} is in %)"),
        (PHONE, "85%", f"not a number ({PHONE} is in %)"),
        (AMBULANCE, "-0,5", f"below zero ({AMBULANCE} is in min)"),
        (AMBULANCE, "99999", f"more than 10,080 ({AMBULANCE} is in min)"),
        ("transport.days_per_week", "8",
         "more than 7 (transport.days_per_week is in days/week)"),
        ("digital.best_generation", "1",
         "must be 0 or 2 or 3 or 4 or 5 (digital.best_generation is in G)"),
        ("population.households", "1.5",
         "not a whole number (population.households is in households)"),
    ],
)  # fmt: skip
def test_refused_with_the_unit(read, indicator, written, reason):
    assert one(read, indicator, written) == [("value", reason)]


@pytest.mark.parametrize("written", ["1,000", "1.000", "12,500"])
@pytest.mark.parametrize(
    "indicator",
    [TRIPS, "transport.residents_per_vehicle", "population.households"],
)
def test_thousands_are_never_a_fraction(read, indicator, written):
    ((field, reason),) = one(read, indicator, written)
    assert field == "value"
    assert reason.startswith("a comma or dot before three figures")


def test_a_speed_on_offer_runs_into_thousands(read):
    text = 'settlement,available,max_mbps\nБор,да,"1,000"\nСосны,да,1000\nЕль,да,2e9\n'
    result = read("fixed_register", text)
    assert result.tables["fixed"]["max_mbps"].tolist() == [1000]
    assert [row for row, *_ in refused(result)] == ["2", "4"]


def test_one_bad_value_does_not_hide_the_next(read):
    text = VALUES + (
        f"Бор,{PHONE},да,,,declared,\n"
        f"Сосны,{PHONE},50,40,да,declared,\n"
        f"Ель,{PHONE},50,40,60,declared,\n"
    )
    result = read("observations", text)
    assert result.tables["observations"]["place_ref"].tolist() == ["Ель"]
    assert [(row, field) for row, field, *_ in refused(result)] == [
        ("2", "value"),
        ("3", "high"),
    ]


def test_a_mistyped_indicator_is_refused_with_the_nearest(read):
    ((field, reason),) = one(read, "transport.trips_per_weak", "5")
    assert field == "indicator"
    assert reason.startswith(f"no indicator is called so; the nearest are {TRIPS}, ")
    assert reason.count(",") == 2
    ((_, reason),) = one(read, "digital.generation.nobody", "4")
    assert "the nearest are" in reason  # no such operator


def test_an_indicator_in_capitals_is_meant(read):
    assert one(read, TRIPS.upper(), "5") == [5]


def test_what_is_no_statement_of_a_settlement_says_where_it_belongs(read):
    assert one(read, "digital.base_tariff", "yes") == [
        (
            "indicator",
            "a value of operator, not of a settlement (reader unit_observations)",
        )
    ]
    ((_, reason),) = one(read, "digital.fixed_broadband", "yes")
    assert reason.startswith("never stated of a settlement: send an operator's list")
    assert "fixed_register" in reason


def test_only_a_way_is_unreachable(read):
    text = VALUES + (f"Бор,{AMBULANCE},,,,unreachable,\nБор,{PHONE},,,,unreachable,\n")
    result = read("observations", text)
    assert result.tables["observations"]["indicator"].tolist() == [AMBULANCE]
    assert refused(result) == [
        (
            "3",
            "status",
            "unreachable",
            "only a way is unreachable, and this indicator is none",
        )
    ]


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("raion,a,digital.queue,0,,,declared", "indicator",
         "must be one of health.interdistrict_centres, digital.telephone_queue, "),
        ("raion,a,transport.trips_per_week,5,,,declared", "indicator",
         "must be one of health.interdistrict_centres, digital.telephone_queue, "),
        ("raion,a,health.interdistrict_centres,1,,,declared", "unit_of_assessment",
         "health.interdistrict_centres is a value of oblast, not of raion"),
        ("raion,a,digital.telephone_queue,-1,,,declared", "value", "below zero"),
        ('raion,a,digital.telephone_queue,"1,000",,,declared', "value", "thousands"),
        ("country,ty,digital.lte_settlements_share,101,,,declared", "value",
         "more than 100"),
        ("operator,one,digital.base_tariff,0.5,,,declared", "value", "must be 0 or 1"),
        ("raion,a,digital.telephone_queue,,,,unreachable", "status", "only a way"),
    ],
)  # fmt: skip
def test_values_of_units_are_refused_with_their_line(read, row, field, reason):
    result = read("unit_observations", UNITS + row + ",\n")
    assert len(result.tables["unit_observations"]) == 0
    ((line, where, _, why),) = refused(result)
    assert (line, where) == ("2", field)
    assert reason in why
