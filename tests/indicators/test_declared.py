"""What only an office can state: one function, many codes, where it is asked for."""

import pandas as pd
import pytest

from geo.errors import DeclarationError
from geo.indicators import catalog
from geo.indicators.catalog import DECLARED, FUNCTIONS, asked_for, indicators
from geo.sources.country import load_country
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
    table = FUNCTIONS[WATER](context)
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
    assert codes.isdisjoint(DECLARED)
    assert codes == {i.code for i in listed} - set(DECLARED)
    codes = {i.code for i in asked_for(listed, {WATER}, {"digital.fibre"})}
    assert codes & set(DECLARED) == {WATER, "digital.fibre"}


def test_levels_are_declared_and_described():
    listed = {i.code: i for i in indicators(load_country("kz"))}
    level = listed["health.care_level"].described()
    assert level["quantity"] == "ordinal"
    assert level["levels"]["3"]["ru"] == "ФАП"
    assert listed["digital.best_generation"].quantity == "ordinal"
    assert listed[WATER].described()["levels"] == {}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "indicators.yaml: no list under the key 'indicators'. Restore"),
        ([], "indicators.yaml: no list under the key 'indicators'. Restore"),
        ({"indicators": {"a": 1}}, "no list under the key 'indicators'"),
        ({"indicators": ["x"]}, "indicators, entry 1: 'x' is no mapping with the key"),
        ({"indicators": [{"unit": "%"}]}, "is no mapping with the key 'code'"),
        (
            {"indicators": [{"code": WATER, "unit": "%"}]},
            f"indicators, entry {WATER}: key 'domain' is missing. Every entry has",
        ),
    ],
)
def test_entries_that_are_none_are_named(content, words, monkeypatch):
    monkeypatch.setattr(catalog, "read_yaml", lambda _: content)
    with pytest.raises(DeclarationError) as caught:
        indicators(load_country("lt"))
    assert words in str(caught.value)


def test_a_domain_without_its_name_is_named(monkeypatch):
    content = {"domains": [{"id": "x"}]}
    monkeypatch.setattr(catalog, "read_yaml", lambda _: content)
    with pytest.raises(DeclarationError, match="key 'label' is missing"):
        catalog.domains()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"quantity": "rank"}, "key 'quantity': 'rank'. It must be one of number, ord"),
        (
            {"levels": {1: {"ru": "x"}}},
            "key 'levels': given for a number. Add",
        ),
        (
            {"quantity": "ordinal", "levels": {"one": {"ru": "x"}}},
            "key 'levels': a level is no number",
        ),
    ],
)
def test_a_quantity_that_does_not_exist_is_refused(more, words, monkeypatch):
    entry = {"code": WATER, "domain": "utilities", "unit": "%", "better": "higher",
             "label": {"ru": "x"}}  # fmt: skip
    monkeypatch.setattr(catalog, "read_yaml", lambda _: {"indicators": [entry | more]})
    with pytest.raises(DeclarationError) as caught:
        indicators(load_country("lt"))
    assert words in str(caught.value)
    assert WATER in caught.value.where
