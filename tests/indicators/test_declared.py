"""Entries of indicators, and what only an office can state, where it is asked for."""

import pandas as pd
import pytest
import yaml

from geo.errors import DeclarationError
from geo.indicators.measure import function_of, measured
from geo.sources.country import load_country
from geo.sources.indicators import (
    asked_for,
    declared,
    domains,
    entries,
    indicators,
    suppliers,
    supplying_sheet,
    topics,
)
from tests.layers import toy

WATER = "utilities.water_share"


def test_a_statement_is_taken_as_it_was_made():
    said = pd.DataFrame(
        [
            ("ty:dubrava", WATER, 81.5, 81.5, 81.5, "declared"),
            ("ty:sosny", WATER, None, None, None, "not_applicable"),
            ("ty:dubrava", "digital.fibre", 1.0, 1.0, 1.0, "declared"),
        ],
        columns=["place_ref", "indicator", "value", "low", "high", "status"],
    ).assign(date=pd.Timestamp("2025-05-01"), supplier="utility")
    context = toy.measuring(toy.feeding("utility", {"observations": said}))
    (water,) = [one for one in indicators(context.country) if one.code == WATER]
    table = measured(water, context)
    assert table.loc["ty:dubrava", ["value", "low", "high"]].tolist() == [81.5] * 3
    assert table.loc["ty:dubrava", ["status", "supplier"]].tolist() == [
        "declared",
        "utility",
    ]
    assert table.loc["ty:sosny", "status"] == "not_applicable"
    others = table.drop(index=["ty:dubrava", "ty:sosny"])
    assert set(others["status"]) == {"unknown"}
    assert others[["value", "low", "high"]].isna().all().all()


def test_what_nobody_asks_for_and_nobody_sent_is_not_measured():
    listed = indicators(load_country("lt"))
    codes = {i.code for i in asked_for(listed, {"health.hospital_minutes"}, set())}
    stated = {WATER, "digital.fibre", "health.care_level"}
    assert codes.isdisjoint(stated)
    # whatever is worked out is measured, and speeds of the inspectorate are looked for
    assert codes == {i.code for i in listed if not i.if_asked}
    assert {"digital.mobile_mbps", "health.pharmacy_minutes"} <= codes
    codes = {i.code for i in asked_for(listed, {WATER}, {"digital.fibre"})}
    assert codes & stated == {WATER, "digital.fibre"}


def test_a_list_of_its_kind_asks_for_it():
    listed = [
        one.model_copy(update={"if_asked": True, "kind": kind})
        for one in indicators(load_country("lt"))[:2]
        for kind in ("bank", "shop")
    ]
    assert {one.kind for one in asked_for(listed, set(), {"bank", WATER})} == {"bank"}


def test_levels_are_declared_and_described():
    listed = {i.code: i for i in indicators(load_country("kz"))}
    level = listed["health.care_level"].described()
    assert level["quantity"] == "ordinal"
    assert level["levels"]["3"]["ru"] == "ФАП"
    assert listed["digital.best_generation"].quantity == "ordinal"
    assert listed[WATER].described()["levels"] == {}


def test_classes_of_maps_stand_in_the_entry():
    listed = {i.code: i.described() for i in indicators(load_country("by"))}
    assert listed["transport.trips_per_week"]["classes"] == [1, 4, 8, 20]
    assert listed["transport.return_days.hospital"]["classes"] == [1, 2, 4, 6]
    assert listed["health.hospital_minutes"]["classes"] == [30, 60, 120]
    # of a few figures each is a class: none, 2G, 3G … and no, yes
    assert listed["digital.best_generation"]["classes"] == [2, 3, 4, 5]
    assert listed["digital.fibre"]["classes"] == [1]
    assert listed["health.care_level"]["classes"] == [1, 2, 3, 4]


def test_every_indicator_of_settlements_has_a_topic_and_a_caveat_in_each_language():
    listed = {i.code: i.described() for i in indicators(load_country("by"))}
    assert all(one["caveat"].keys() == {"ru", "be", "en"} for one in listed.values())
    assert listed["digital.generation.a1"]["topic"] == "mobile"
    assert (
        listed["digital.cell_km"]["caveat"] == listed["digital.generation.a1"]["caveat"]
    )
    assert listed["digital.cell_km"]["bears_on"] == "digital.cellular_service"
    assert [one.id for one in topics()][:5] == [
        *("mobile", "internet", "bus", "train", "doctor")
    ]


ENTRY = {"code": WATER, "domain": "utilities", "unit": "%", "better": "higher",
         "label": {"ru": "x"}, "topic": "water", "caveat": {"ru": "x"}}  # fmt: skip
TOPICS = [{"id": "water", "label": {"ru": "x"}}, {"id": "people", "label": {"ru": "x"}}]


def written(tmp_path, content):
    path = tmp_path / "indicators.yaml"
    topics = {"topics": TOPICS}
    path.write_text(yaml.safe_dump(topics | content), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({}, "indicators.yaml: no list under the key 'indicators'. Restore"),
        ({"indicators": {"a": 1}}, "no list under the key 'indicators'"),
        ({"indicators": ["x"]}, "indicators, entry 1: key '': input should be a valid"),
        ({"indicators": [{"unit": "%"}]}, "indicators, entry 1: key 'code': field req"),
        (
            {"indicators": [{"code": WATER, "unit": "%"}]},
            f"indicators, entry {WATER}: key 'domain': field required",
        ),
        ({"indicators": [ENTRY | {"colour": 1}]}, "key 'colour': extra inputs are not"),
        ({"indicators": [ENTRY | {"kind": "bazaar"}]}, "key 'kind': input should be"),
    ],
)
def test_entries_that_are_none_are_named(content, words, tmp_path):
    with pytest.raises(DeclarationError) as caught:
        entries(written(tmp_path, content))
    assert words in str(caught.value)


def test_a_domain_without_its_name_is_named(tmp_path):
    path = written(tmp_path, {"domains": [{"id": "x"}]})
    with pytest.raises(DeclarationError, match="entry x: key 'label': field required"):
        domains(path)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {"quantity": "rank"},
            "key 'quantity': input should be 'number', 'count' or 'ordinal'",
        ),
        ({"levels": {1: {"ru": "x"}}}, "levels are of a quantity that is ordinal"),
        (
            {"quantity": "ordinal", "levels": {"one": {"ru": "x"}}},
            "key 'levels.one.[key]': input should be a valid integer",
        ),
        ({"code": "a.*"}, "a code ends in * where there is one per something"),
        ({"classes": [2, 1]}, "classes are limits in ascending order"),
        ({"classes": [1, 1]}, "classes are limits in ascending order"),
        ({"classes": [0, 1]}, "key 'classes.0': input should be greater than 0"),
        ({"classes": [1, 2, 3, 4, 5]}, "key 'classes': tuple should have at most 4"),
        (
            {"classes": [1], "unit_of_assessment": ["raion"]},
            "classes are of numbers that settlements have",
        ),
        (
            {"classes": [1], "quantity": "ordinal"},
            "classes are of numbers that settlements have",
        ),
        ({"caveat": None}, "what settlements have needs a caveat"),
        ({"topic": None}, "key 'topic': input should be a valid string"),
        ({"topic": "watr"}, "topic 'watr' must be one of water. Name one"),
        ({"topic": "people"}, "topic 'people' must be one of water"),
        (
            {"beyond": {"limit": 3, "ru": "x", "be": "x", "en": "x"}, "classes": [2]},
            "the limit of beyond is one of the classes",
        ),
        ({"per": "operator"}, "a code ends in * where there is one per something"),
    ],
)
def test_a_quantity_that_does_not_exist_is_refused(more, words, tmp_path):
    with pytest.raises(DeclarationError) as caught:
        entries(written(tmp_path, {"indicators": [ENTRY | more]}))
    assert words in str(caught.value)
    assert ({"code": WATER} | more)["code"] in caught.value.where


@pytest.mark.parametrize("name", ["access.hours_to", "bazaar.minutes_to", "minutes"])
def test_a_function_that_does_not_exist_is_named(name, tmp_path):
    path = written(tmp_path, {"indicators": [ENTRY | {"function": name}]})
    (one,) = declared(toy.country(), path)
    with pytest.raises(DeclarationError, match=rf"indicator {WATER}.*'{name}'"):
        function_of(one)


def test_the_supplier_that_is_named_most_closely_could_send_it():
    country = toy.country(
        suppliers={"health.*": {"en": "A"}, "health.ambulance_minutes": {"en": "B"}}
    )
    found = suppliers(country)
    assert found["health.pharmacy_minutes"] == {"en": "A"}
    assert found["health.ambulance_minutes"] == {"en": "B"}
    assert "post.office_minutes" not in found


def test_a_sheet_supplies_the_indicators_of_each_destination():
    assert supplying_sheet("transport.return_days.bazaar") == "timetable"
    assert supplying_sheet("transport.trips_per_week") == "trips"
    assert supplying_sheet("utilities.water_share") is None
    assert supplying_sheet("bazaar.minutes") is None
