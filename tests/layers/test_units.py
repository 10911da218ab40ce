"""Which units there are, what a norm may ask of them, and who a register speaks of."""

import pandas as pd
import pytest

from geo.layers.units import assessed_units, resolve_units
from tests.layers import toy

A, B, OBLAST = "soato:1204", "soato:1208", "soato:1"
STATED = ["unit_of_assessment", "unit_ref"]


def stated(*pairs):
    table = pd.DataFrame(pairs, columns=STATED)
    rows = [str(number) for number in range(2, len(table) + 2)]
    return table.assign(_source="toy", file="units.csv", row=rows)


def ids(*pairs):
    found, lost = resolve_units(stated(*pairs), toy.whole().units)
    return found["unit_id"].tolist(), lost["reason"].tolist()


def test_all_areas_and_operators_are_units_and_cells_of_a_grid_are_none():
    units = toy.layers(declared=toy.country(grid_km=10)).units
    areas = toy.layers(declared=toy.country(grid_km=10)).areas
    assert (areas["level"] == "grid").any()
    own = units.groupby("unit_of_assessment")["unit_id"].apply(list).to_dict()
    assert own["country"] == ["ty"]
    assert own["oblast"] == [OBLAST]
    assert own["raion"] == [A, B]
    assert own["operator"] == ["one", "two"]
    assert set(own) == {"country", "oblast", "raion", "selsovet", "operator"}


def test_where_a_unit_lies():
    units = toy.whole().units.set_index("unit_id")
    assert units.loc[A, ["oblast_id", "raion_id"]].tolist() == [OBLAST, A]
    assert units.loc[OBLAST, "oblast_id"] == OBLAST
    assert pd.isna(units.loc[OBLAST, "raion_id"])
    selsovet = units[units["unit_of_assessment"] == "selsovet"].iloc[0]
    assert (selsovet["oblast_id"], selsovet["raion_id"]) == (OBLAST, A)
    assert units.loc[["ty", "one"], ["oblast_id", "raion_id"]].isna().all(axis=None)


def test_residents_of_2025_may_have_changed_by_half_until_2026():
    units = toy.whole().units.set_index("unit_id")
    bounds = ["population_low", "population_high"]
    assert units.loc[A, bounds].tolist() == [1000, 2250]
    assert units.loc[B, bounds].tolist() == [300, 675]
    assert units.loc["one", bounds].isna().all()


def test_a_count_of_a_later_year_is_as_uncertain():
    early = assessed_units(
        toy.whole().areas, toy.country(), toy.ON.replace(year=2024)
    ).set_index("unit_id")
    assert early.loc[A, ["population_low", "population_high"]].tolist() == [1000, 2250]


@pytest.mark.parametrize(
    ("level", "reference", "unit"),
    [
        ("raion", A, A),
        ("raion", "1204", A),
        ("raion", "Алый район", A),
        ("raion", " алый  р-н", A),
        ("country", "Страна", "ty"),
        ("oblast", "Первая область", OBLAST),
        ("operator", "one", "one"),
        ("operator", "Two", "two"),
    ],
)
def test_a_unit_is_found_by_id_code_or_name(level, reference, unit):
    assert ids((level, reference)) == ([unit], [])


def test_an_unknown_name_shows_names_like_it():
    assert ids(("raion", "Алай район")) == (
        [],
        ["no raion has this id or name; such as Алый район, Белый район"],
    )


def test_an_area_of_another_level_is_not_taken():
    found, reasons = ids(("oblast", A), ("operator", "Three"))
    assert not found
    assert reasons[0].startswith("no oblast has this id or name; such as Первая")
    assert reasons[1] == "no operator has this id or name; such as One, Two"


def test_a_name_of_two_units_is_never_guessed():
    units = toy.whole().units.copy()
    raions = units["unit_of_assessment"] == "raion"
    units.loc[raions, "name"] = units.loc[raions, "name_ru"] = "Новый район"
    found, lost = resolve_units(stated(("raion", "Новый район"), ("raion", B)), units)
    assert found["unit_id"].tolist() == [B]
    assert lost.to_dict("records") == [
        {
            "source": "toy",
            "file": "units.csv",
            "row": "2",
            "field": "unit",
            "value": "Новый район",
            "reason": f"2 units of level raion bear this name: {A}, {B}; give one id",
        }
    ]


def test_what_a_register_says_reaches_the_layers_and_the_refused_rows():
    table = stated(("raion", "Белый район"), ("raion", "Нигде"))
    table = table.assign(indicator="x", value=1.0, status="declared")
    layers = toy.layers(toy.feeding("toy-units", {"unit_observations": table}))
    assert layers.unit_observations["unit_id"].tolist() == [B]
    lost = layers.rejected[layers.rejected["source"] == "toy-units"]
    assert lost[["row", "field", "value"]].to_numpy().tolist() == [
        ["3", "unit", "Нигде"]
    ]
