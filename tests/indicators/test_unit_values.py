"""Values of whole units: stated, worked out where that is honest, else unknown."""

import pandas as pd
import pytest

from geo.errors import DeclarationError
from geo.indicators.unit_values import UnitMeasuring, unit_values
from geo.layers.schema import TABLES
from geo.sources.indicators import declared, indicators, unit_indicators
from tests.layers import toy

A, B, OBLAST = "soato:1204", "soato:1208", "soato:1"
LTE_SHARE = "digital.lte_settlements_share"
QUEUE, TARIFF = "digital.telephone_queue", "digital.base_tariff"
FRESH, OLD = pd.Timestamp("2024-06-01"), pd.Timestamp("2018-06-01")
YES, NO, UNKNOWN = (4, None), (2, 3), (2, None)
UNIT_COLUMNS = ("unit_of_assessment", "unit_ref", "indicator", "value", "status")


def generations(known):
    """Return values of the best generation: id -> (low, high), fresh unless a date."""
    rows = [
        {
            "settlement_id": f"ty:{place}",
            "indicator": "digital.best_generation",
            "low": low,
            "high": high,
            "status": "modelled",
            "source": "cells",
            "date": day[0] if day else FRESH,
        }
        for place, (low, high, *day) in known.items()
    ]
    table = pd.DataFrame(rows, columns=TABLES["values"].schema.names)
    for name in ("value", "low", "high"):
        table[name] = table[name].astype("float64")
    return table.astype({"date": "datetime64[s]", "source": "object"})


def valued(known=None, stated=()):
    """Return unit values indexed by unit and indicator."""
    table = pd.DataFrame(
        [dict(zip(UNIT_COLUMNS, row[:5], strict=True)) | row[5] for row in stated],
        columns=[*UNIT_COLUMNS, "low", "high", "date", "supplier", "file", "row"],
    )
    table[["low", "high"]] = table[["low", "high"]].astype("float64")
    single = table["low"].isna() & table["high"].isna()
    for bound in ("low", "high"):
        table[bound] = table[bound].mask(single, table["value"])
    table = table.assign(file="u.csv", row=[str(n + 2) for n in range(len(table))])
    feeds = [toy.feeding("toy-units", {"unit_observations": table})] if stated else []
    layers = toy.layers(*feeds)
    measured = generations(known or {})
    own = indicators(toy.country())
    measuring = UnitMeasuring(layers, measured, own, toy.ON)
    values = unit_values(measuring, unit_indicators(toy.country()))
    return values.set_index(["unit_id", "indicator"])


def shares(known):
    table = valued(known)
    rows = table.xs(LTE_SHARE, level="indicator")
    return {
        unit: rows.loc[unit, ["value", "low", "high"]].tolist() for unit in rows.index
    }


def share(known, unit):
    value, low, high = shares(known)[unit]
    return (None if pd.isna(value) else value, low, high)


class TestLteShare:
    """A: town, dubrava, lipki, hutor; B: sosny, lipki-b, krinica-b, dalniy."""

    def test_bounds_by_hand(self):
        known = {"town": YES, "dubrava": NO, "lipki": UNKNOWN, "sosny": YES}
        # A: 1 of 4 certain, 3 of 4 not excluded; B: 1 and 4 of 4; together 2 and 7 of 8
        assert share(known, A) == (None, 25, 75)
        assert share(known, B) == (None, 25, 100)
        assert share(known, "ty") == share(known, OBLAST) == (None, 25, 87.5)

    def test_a_value_stands_where_all_are_settled(self):
        known = {"town": YES, "dubrava": NO, "lipki": (5, 5), "hutor": NO}
        assert share(known, A) == (50, 50, 50)
        assert share(known, "ty") == (None, 25, 75)

    def test_a_stale_value_counts_as_unknown(self):
        known = {"town": YES, "lipki": (4, None, OLD), "dubrava": (2, 3, OLD)}
        assert share(known, A) == (None, 25, 100)

    def test_a_flagged_duplicate_counts_on_neither_side(self):
        assert share({"sosny-again": YES, "sosny": NO}, B) == (None, 0, 75)

    def test_nothing_known_is_unknown_without_bounds(self):
        table = valued({"town": YES, "sosny": UNKNOWN})
        row = table.loc[(B, LTE_SHARE)]
        assert row["status"] == "unknown"
        assert row[["value", "low", "high", "date"]].isna().all()

    def test_it_says_how_it_is_known_and_how_old(self):
        known = {"town": (4, None, pd.Timestamp("2023-02-01")), "dubrava": YES}
        table = valued(known)
        row = table.loc[(A, LTE_SHARE)]
        assert row[["status", "source", "unit"]].tolist() == ["modelled", "cells", "%"]
        assert row["date"] == pd.Timestamp("2023-02-01")  # the oldest that was used
        assert row["method"]

    def test_an_office_knows_better_but_its_silence_undoes_nothing(self):
        known = {"town": YES}
        told = ("raion", A, LTE_SHARE, 80.0, "declared", {})
        silent = ("raion", A, LTE_SHARE, None, "unknown", {})
        table = valued(known, [told])
        assert table.loc[(A, LTE_SHARE), ["value", "status"]].tolist() == [
            80,
            "declared",
        ]
        table = valued(known, [silent])
        assert table.loc[(A, LTE_SHARE), ["low", "status"]].tolist() == [25, "modelled"]


def test_every_unit_of_the_level_has_a_row_and_nothing_is_invented():
    table = valued()
    assert set(table.index) == {
        *((unit, LTE_SHARE) for unit in ("ty", OBLAST, A, B)),
        *((unit, QUEUE) for unit in (A, B)),
        (OBLAST, "health.interdistrict_centres"),
        *(
            (operator, f"digital.{name}")
            for operator in ("one", "two")
            for name in (
                "lte_territory_share",
                "base_tariff",
                "unlimited_volume",
                "unlimited_floor_mbps",
            )
        ),
    }
    assert set(table["status"]) == {"unknown"}
    assert set(TABLES["unit_values"].schema.names) == {
        *table.columns,
        *table.index.names,
    }


def test_a_stated_value_carries_its_supplier_and_the_day_of_its_source():
    table = valued(
        stated=[("raion", "Алый район", QUEUE, 3.0, "declared", {"supplier": "Узел"})]
    )
    row = table.loc[(A, QUEUE)]
    assert row[["value", "low", "high"]].tolist() == [3, 3, 3]
    assert row[["supplier", "source"]].tolist() == ["Узел", "toy-units"]
    assert row["date"] == pd.Timestamp("2025-06-01")
    assert table.loc[(B, QUEUE), "status"] == "unknown"


def test_an_indicator_of_units_is_none_of_settlements():
    of_units = {indicator.code for indicator in unit_indicators(toy.country())}
    assert not of_units & {one.code for one in indicators(toy.country())}


def test_a_country_may_set_its_own_window():
    own = toy.country(freshness_years={QUEUE: 0.5})
    windows = {one.code: one.freshness_years for one in unit_indicators(own)}
    assert windows[QUEUE] == 0.5


@pytest.mark.parametrize("levels", ["raion", "[village]", "[]"])
def test_levels_of_an_indicator_must_be_units(tmp_path, levels):
    path = tmp_path / "indicators.yaml"
    path.write_text(
        "indicators: [{code: a.b, domain: x, unit: min, better: lower, label: {ru: x}, "
        "topic: bus, caveat: {ru: x, be: x, en: x}, "
        f"unit_of_assessment: {levels}}}]",
        encoding="utf-8",
    )
    with pytest.raises(DeclarationError, match=r"entry a.b: key 'unit_of_assessment"):
        declared(toy.country(), path)
