"""Cells as evidence, by operator; fixed access as stated."""

import numpy as np
import pandas as pd
import pytest

from geo.indicators.digital import (
    best_generation,
    cell_km,
    cellular_service,
)
from geo.indicators.fixed import broadband
from geo.indicators.measure import evidence, measure, measured
from geo.layers.counted import counted
from geo.sources.indicators import indicators
from tests.layers import toy

BEST = "digital.best_generation"
# at Дубрава (27.10, 53.10); 0.0440° of latitude are 4.896 km, 0.0460° 5.119 km
CELLS = pd.DataFrame(
    [
        ("a", "1", 2, 27.10, 53.1000, "2017-03-01"),
        ("b", "1", 2, 27.10, 53.1000, "2016-03-01"),
        ("c", "6", 4, 27.10, 53.1440, "2020-05-01"),
        ("d", "2", 3, 27.10, 53.0540, "2023-05-01"),
    ],
    columns=["cell_id", "net", "generation", "lon", "lat", "updated"],
)
CELLS["updated"] = pd.to_datetime(CELLS["updated"])


@pytest.fixture(scope="module")
def measuring():
    return toy.measuring(toy.feeding("cells", {"cells": CELLS}, "2023-12-14"))


def _row(table, place="ty:dubrava"):
    return table.loc[place]


def test_the_nearest_cell_is_an_upper_bound(measuring):
    row = _row(cell_km(measuring), "ty:sosny")
    assert row["value"] == row["high"] == pytest.approx(33.5, abs=0.1)
    assert np.isnan(row["low"])
    assert row["status"] == "modelled"


def test_the_best_generation_within_five_km(measuring):
    row = _row(best_generation(measuring))
    assert row[["value", "low"]].tolist() == [4, 4]
    assert np.isnan(row["high"])  # a better one may be there without evidence
    assert row["date"] == pd.Timestamp("2020-05-01")  # of the 4G cell


@pytest.mark.parametrize(
    ("nets", "value", "day"),
    [(("1",), 2, "2017-03-01"), (("1", "6"), 4, "2020-05-01"), (("2",), None, None)],
)
def test_by_network(measuring, nets, value, day):
    row = _row(best_generation(measuring, nets))
    if value is None:
        assert np.isnan(row["value"])
        assert row["status"] == "unknown"
    else:
        assert row["value"] == value
        assert row["date"] == pd.Timestamp(day)  # the newest cell of that generation


def test_an_operator_shares_the_wholesale_network(measuring):
    by_code = {i.code: i for i in indicators(measuring.country)}
    one = measured(by_code["digital.generation.one"], measuring)
    two = measured(by_code["digital.generation.two"], measuring)
    assert _row(one)["value"] == 4
    assert _row(two)["status"] == "unknown"
    assert by_code["digital.generation.one"].label["en"].endswith(": One")


def test_any_cell_is_service_and_none_is_no_evidence(measuring):
    table = cellular_service(measuring)
    assert _row(table)[["value", "low", "high"]].tolist() == [1, 1, 1]
    assert _row(table)["date"] == pd.Timestamp("2020-05-01")
    # the radius is a convention of ours: evidence, and no proof
    assert _row(table)["status"] == "assumed"
    assert _row(best_generation(measuring))["status"] == "assumed"
    far = _row(table, "ty:dalniy")
    assert far["status"] == "unknown"
    assert far[["value", "low", "high"]].isna().all()


def test_without_cells_nothing_is_known():
    empty = toy.measuring()
    for table in (cell_km(empty), best_generation(empty)):
        assert (table["status"] == "unknown").all()


def _said(*rows):
    columns = ["place_ref", "indicator", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns).assign(
        status="declared", date=pd.Timestamp("2025-05-01"), supplier="raion"
    )


def test_a_declared_generation_wins_and_a_bare_bound_only_raises():
    said = _said(
        ("ty:dubrava", "digital.generation.one", 3, None, None),
        ("ty:dubrava", BEST, None, 3, None),
        ("ty:dalniy", BEST, None, 3, None),
    )
    context = toy.measuring(
        toy.feeding("cells", {"cells": CELLS}),
        toy.feeding("raion", {"observations": said}),
    )
    tables = {i.code: measured(i, context) for i in indicators(context.country)}
    one = _row(tables["digital.generation.one"])
    assert one[["value", "high", "status"]].tolist() == [3, 3, "declared"]
    # what an office declares, if only a bound, wins over what is assumed
    near = _row(tables[BEST])
    assert near[["low", "status"]].tolist() == [3, "declared"]
    assert np.isnan(near["value"])
    far = _row(tables[BEST], "ty:dalniy")
    assert far["low"] == 3
    assert np.isnan(far["value"])
    assert far["status"] == "declared"


FIXED = pd.DataFrame(
    [
        ("ty:dubrava", "yes", "2022-01-01", "North"),
        ("ty:dubrava", "no", "2025-01-01", "North"),
        ("ty:sosny", "no", "2025-01-01", "North"),
        ("ty:sosny", "yes", "2024-01-01", "South"),
        ("ty:hutor", "no", "2025-01-01", None),
    ],
    columns=["place_ref", "available", "date", "operator"],
)


def test_fixed_access_is_the_newest_word_of_each_operator():
    table = FIXED.assign(date=pd.to_datetime(FIXED["date"]))
    found = broadband(toy.measuring(toy.feeding("fixed", {"fixed": table})))
    assert found["value"].dropna().to_dict() == {
        "ty:dubrava": 0,  # North has withdrawn its yes
        "ty:sosny": 1,  # South provides it
        "ty:hutor": 0,
    }
    assert found.loc["ty:sosny", ["supplier", "low", "high"]].tolist() == [
        "South",
        1,
        1,
    ]
    assert pd.isna(found.loc["ty:hutor", "supplier"])
    assert found.loc["ty:lipki", "status"] == "unknown"


def test_values_are_rounded_and_complete(measuring):
    listed = indicators(measuring.country)
    values = measure(measuring, listed)
    assert len(values) == len(listed) * len(measuring.layers.settlements)
    km = values[values["indicator"] == "digital.cell_km"].set_index("settlement_id")
    assert km.loc["ty:sosny", "value"] == round(km.loc["ty:sosny", "value"], 3)
    exact = cell_km(measuring).loc["ty:sosny", "value"]
    assert km.loc["ty:sosny", "value"] == pytest.approx(exact, abs=5e-4)
    assert km.loc["ty:sosny", "value"] != exact


def test_evidence_counts_people_by_status_without_twins(measuring):
    listed = [i for i in indicators(measuring.country) if i.code == BEST]
    settlements = measuring.layers.settlements
    table = evidence(settlements, measure(measuring, listed), listed, toy.ON)
    rows = table.set_index(["area_id", "status"])
    known = rows.loc[("ty", "assumed")]
    # Дубрава 172.4 and Липки 129.3, 2.6 km from it
    assert known[["settlements", "population"]].tolist() == [2, 301.7]
    # five years before 2026-01-01 is 2021-01-01: the cell of 2020 is history
    assert known[["settlements_stale", "population_stale"]].tolist() == [2, 301.7]
    assert known["sources"] == "cells"
    assert known[["date_min", "date_max"]].tolist() == [pd.Timestamp("2020-05-01")] * 2
    unknown = rows.loc[("ty", "unknown")]
    assert unknown["settlements"] == len(toy.PLACES) - 2 - 2  # abroad, and the twin
    assert pd.isna(unknown["sources"])
    nobody = settlements[counted(settlements) & settlements["population"].isna()]
    bounded = nobody["population_high"].dropna()
    assert unknown["settlements_open"] == len(nobody) - len(bounded)
    assert unknown["population_possible"] == bounded.sum()
    assert known[["settlements_open", "population_possible"]].tolist() == [0, 0]
    by_raion = table[table["level"] == "raion"]
    assert by_raion["population"].sum() == pytest.approx(
        rows.loc["ty", "population"].sum(), abs=0.2
    )


def test_the_origin_of_a_value_is_its_cell(measuring):
    best = best_generation(measuring)
    assert best.loc["ty:dubrava", "origin"] == "c"
    # of the cells in reach the newest one is the evidence of service
    assert cellular_service(measuring).loc["ty:dubrava", "origin"] in ("c", "d")
    assert cell_km(measuring).loc["ty:dubrava", "origin"] in ("a", "b")


def test_the_origin_of_a_list_is_its_row():
    table = pd.DataFrame(
        {"place_ref": ["Дубрава"], "available": ["yes"], "origin": ["net.csv:7"]}
    )
    found = broadband(toy.measuring(toy.feeding("fixed", {"fixed": table})))
    assert found.loc["ty:dubrava", "origin"] == "net.csv:7"
