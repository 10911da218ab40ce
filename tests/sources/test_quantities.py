"""What may be stated: the same indicators that are measured, each within its unit."""

import pandas as pd
import pytest

from geo.errors import DeclarationError
from geo.indicators.measure import measured
from geo.sources.country import country_codes, load_country
from geo.sources.indicators import indicators, unit_indicators
from geo.sources.quantities import HOUSEHOLDS, Unit, quantities
from tests.layers import toy

ANYTHING = 1.0


@pytest.mark.parametrize("code", country_codes())
def test_the_readers_know_the_indicators_that_are_measured(code):
    country = load_country(code)
    known = quantities(country)
    of_settlements = {one.code: one.unit for one in indicators(country)}
    of_units = {one.code: one.unit for one in unit_indicators(country)}
    assert {code: one.name for code, one in known.items() if code != HOUSEHOLDS} == (
        of_settlements | of_units
    )
    assert {code for code, one in known.items() if one.levels} == set(of_units)


def test_what_takes_no_statement_says_what_to_send_instead():
    """An observation of an indicator moves its value, or the readers refuse it."""
    known = quantities(toy.country())
    listed = [one for one in indicators(toy.country()) if not known[one.code].levels]
    said = pd.DataFrame(
        {
            "place_ref": "ty:dubrava",
            "indicator": [one.code for one in listed],
            "value": ANYTHING,
            "low": ANYTHING,
            "high": ANYTHING,
            "status": "declared",
        }
    )
    measuring = toy.measuring(toy.feeding("office", {"observations": said}))
    deaf = set()
    for one in listed:
        row = measured(one, measuring).loc["ty:dubrava"]
        if (row["value"], row["source"]) != (ANYTHING, "office"):
            deaf.add(one.code)
    assert deaf == {code for code, one in known.items() if one.instead}


@pytest.mark.parametrize(
    ("unit", "number", "fault"),
    [
        (Unit(), 0, None),
        (Unit(), -0.1, "below zero"),
        (Unit(least=1), 0.5, "less than 1"),
        (Unit(most=100), 100, None),
        (Unit(most=10080), 10080.1, "more than 10,080"),
        (Unit(only=(0, 2, 3)), 2, None),
        (Unit(only=(0, 2, 3)), 1, "must be 0 or 2 or 3"),
        (Unit(whole=True), 2.5, "not a whole number"),
        (Unit(whole=True), 2, None),
    ],
)
def test_bounds_of_a_unit(unit, number, fault):
    assert unit.fault(number) == fault


def test_levels_are_the_only_numbers_of_an_ordinal():
    level = quantities(load_country("kz"))["health.care_level"]
    assert level.unit.fault(4) is None
    assert level.unit.fault(5) == "must be 0 or 1 or 2 or 3 or 4"


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ("households: {}", "the unit 'min' is not among units"),
        ("households: {}\n  min: {longest: 5}", "key 'longest'"),
        ("households: {}\n  min: 5", "unit min"),
        ("min: {}", "no mapping with households in it under the key 'units'"),
    ],
)
def test_a_unit_must_be_declared(tmp_path, units, words):
    path = tmp_path / "indicators.yaml"
    path.write_text(
        "topics:\n- {id: bus, label: {ru: x, be: x, en: x}}\n"
        f"units:\n  {units}\nindicators:\n- {{code: a.b, unit: min, domain: x, "
        "better: lower, label: {ru: x}, topic: bus, caveat: {ru: x, be: x, en: x}}\n",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError) as caught:
        quantities(toy.country(), path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
