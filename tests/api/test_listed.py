"""What a list tells of its settlements, and in which order."""

import pytest

from tests.api.test_settlements import ids, refused
from tests.api.tiny_estimates import LTE, MINUTES
from tests.api.tiny_manifest import MOBILE, TRIPS

AMBULANCE = "health.ambulance_minutes"


def row(client, number: str, query: str) -> dict:
    items = client.get(f"/v1/settlements?{query}").json()["items"]
    return next(one for one in items if one["id"] == f"zz:{number}")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("60-300", "03 04 10"),
        ("-59", "06 08 12"),
        ("2500-", "01 11"),
        ("40-40", "08"),
        # 05 and 09 are of unknown size, which is not none.
        ("0-", "01 02 03 04 06 07 08 10 11 12"),
        ("-0", ""),
    ],
)
def test_residents(client, people, expected):
    assert ids(client, f"people={people}") == expected.split()


@pytest.mark.parametrize("people", ["", "-", "60", "9-1", "a-b", "1.5-2", "-5-3", "١-"])
def test_no_range_of_residents(client, people):
    assert "the parameter 'people'" in refused(client, f"people={people}")
    assert "least-most" in refused(client, f"people={people}")


def test_other_filters_hold_beside_residents(client):
    query = f"people=60-&raion=zz:r2&standard={TRIPS}&judgement=breached"
    assert ids(client, query) == ["07", "10"]
    assert ids(client, "people=-799", "/v1/agrogorodoks") == ["03"]


def test_nothing_is_told_that_nobody_asked_for(client):
    found = row(client, "01", "")
    assert (found["norm"], found["values"], found["estimates"]) == (None, {}, {})


def test_values_that_are_asked_for(client):
    query = f"values={AMBULANCE},transport.trips_per_week&raion=zz:r2"
    assert row(client, "06", query)["values"] == {
        # Farther than any number: the status says it.
        AMBULANCE: dict.fromkeys(["value", "low", "high", "date"])
        | {"status": "unreachable"},
        "transport.trips_per_week": {"value": 4.0, "low": 4.0, "high": 4.0}
        | {"status": "declared", "date": None},
    }
    assert row(client, "01", f"values={AMBULANCE}")["values"] == {
        AMBULANCE: {"value": 10.0, "low": 10.0, "high": 10.0}
        | {"status": "measured", "date": "2026-05-01"}
    }


def test_estimates_that_are_asked_for(client):
    found = {
        number: row(client, number, f"estimates={LTE}")["estimates"]
        for number in ("02", "04", "05")
    }
    told = {"estimate": 0.6, "low": 0.4, "high": 0.8, "band": "open", "found": True}
    assert found["02"] == {LTE: told | {"reason": None}}
    nothing = dict.fromkeys(["estimate", "low", "high", "band"])
    assert found["04"] == {LTE: nothing | {"found": False, "reason": "outside_domain"}}
    assert found["05"] == {}


def test_norm_of_the_standard(client):
    none = {"norm_low": None, "norm_high": None, "status": None}
    assert row(client, "04", f"standard={TRIPS}")["norm"] == (
        none | {"norm": 8.0, "op": ">="}
    )
    assert row(client, "01", f"standard={TRIPS}")["norm"] == (
        none | {"norm": None, "op": None}
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (f"value:{AMBULANCE}", "01 06 02"),
        (f"-value:{AMBULANCE}", "06 01 02"),
        # What is on record is certain.
        (f"estimate:{LTE}", "01 03 02 04 05"),
        (f"-estimate:{LTE}", "02 01 03 04 05"),
        (f"-estimate:{MINUTES}", "06 05 01"),
    ],
)
def test_order_by_values_and_estimates(client, sort, expected):
    found = ids(client, f"sort={sort}")
    assert len(found) == 12
    assert found[: len(expected.split())] == expected.split()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("values=", f"'values' is ''. It must be by comma, each one of {AMBULANCE}"),
        (f"values={AMBULANCE},x", f"each one of {AMBULANCE}, transport.trips_per_w"),
        ("estimates=digital.lte", f"by comma, each one of {LTE}, {MINUTES}."),
        ("sort=value:x", "'sort' is 'value:x'. It must be one of"),
        (f"sort=value:{LTE}", f"estimate:{LTE}"),
        ("sort=--name", "'sort' is '--name'. It must be one of name,"),
        ("sort=", "'sort' is ''. It must be one of name, population, gap, score"),
    ],
)
def test_what_the_release_does_not_hold(client, query, words):
    assert words in refused(client, query)


def test_a_standard_without_verdicts_of_its_own_has_its_norm(client):
    assert row(client, "01", f"standard={MOBILE}")["norm"]["norm"] is None
