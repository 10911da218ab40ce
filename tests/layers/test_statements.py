"""A statement of completeness that means nothing is not passed over."""

import pytest

from geo.layers.statements import void_statements
from tests.layers import toy


def void(*statements, carriers=()):
    said = [{"stated_by": "x"} | one for one in statements]
    country = toy.country(completeness=said, carriers=carriers)
    table = void_statements(country, toy.whole().areas)
    return table[["row", "field", "value", "reason"]].to_numpy().tolist()


@pytest.mark.parametrize(
    "statement",
    [
        {"layer": "facilities"},
        {"layer": "facilities", "kind": "hospital", "area": "Алый район"},
        {"layer": "facilities", "kind": "shop", "area": "soato:1208"},
        {"layer": "roads"},
        {"layer": "cells", "kind": "anything"},
    ],
)
def test_what_holds_is_silent(statement):
    assert void(statement) == []


def test_a_kind_and_an_area_that_there_are_not():
    ok = {"layer": "facilities", "kind": "shop"}
    found = void(ok, {"layer": "facilities", "kind": "hospitl", "area": "Аллый район"})
    assert [row[:3] for row in found] == [
        ["completeness 2", "area", "Аллый район"],
        ["completeness 2", "kind", "hospitl"],
    ]
    assert found[0][3] == "must be one of Алый район, Белый район"
    assert found[1][3].startswith("must be one of hospital, primary_care")


def test_a_carrier_must_be_declared():
    statement = {"layer": "timetable", "kind": "Автопарк"}
    assert void(statement) == [
        ["completeness 1", "kind", "Автопарк", "there is no carrier"]
    ]
    carrier = {"name": "Автопарк", "source": "x"}
    assert void(statement, carriers=[carrier]) == []
    lost = carrier | {"areas": ("Нигде",)}
    assert [row[:3] for row in void(statement, carriers=[lost])] == [
        ["carrier Автопарк", "area", "Нигде"]
    ]


def test_it_reaches_the_refused_rows_of_the_release():
    said = [{"layer": "facilities", "area": "Нигде", "stated_by": "x"}]
    built = toy.layers(declared=toy.country(completeness=said))
    assert "Нигде" in built.rejected["value"].tolist()
