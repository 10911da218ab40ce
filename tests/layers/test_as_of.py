"""Nothing is known of days to come, and nothing is known without a day."""

from datetime import date

import pandas as pd

from geo.indicators.measure import measured
from geo.layers.as_of import known_by
from geo.sources.indicators import indicators
from tests.layers import toy

ON, LATER = pd.Timestamp(toy.ON), pd.Timestamp("2062-01-01")
SPEED, QUEUE = "digital.mobile_mbps", "digital.telephone_queue"


def said(day, value=5.0, **more):
    return {
        "place_ref": "ty:dubrava",
        "indicator": SPEED,
        "value": value,
        "status": "measured",
        "date": day,
        "origin": f"speed.csv:{int(value)}",
    } | more


def observed(*rows, day="2025-06-01"):
    table = pd.DataFrame([*rows])
    table["date"] = table["date"].astype("datetime64[s]")
    feed = toy.feeding("speed", {"observations": table}, day)
    return known_by(toy.inputs(feed), toy.ON)


def test_a_statement_of_a_day_to_come_is_refused_with_its_row():
    next_day = ON + pd.Timedelta(days=1)
    inputs = observed(said(LATER, 2), said(next_day, 3), said(ON, 4))
    assert inputs.table("observations")["value"].tolist() == [4]
    assert inputs.rejected.to_dict("records") == [
        {
            "source": "speed",
            "file": "speed.csv",
            "row": row,
            "field": "date",
            "value": day,
            "reason": "a day after 2026-01-01, the day of the release",
        }
        for row, day in (("2", "2062-01-01"), ("3", "2026-01-02"))
    ]


def test_it_no_longer_wins_over_an_earlier_word():
    rows = pd.DataFrame([said(LATER, 2), said(pd.Timestamp("2025-12-01"), 35)])
    measuring = toy.measuring(toy.feeding("speed", {"observations": rows}))
    (speed,) = [one for one in indicators(measuring.country) if one.code == SPEED]
    row = measured(speed, measuring).loc["ty:dubrava"]
    assert (row["value"], row["date"]) == (35, pd.Timestamp("2025-12-01"))


def test_a_statement_without_a_day_is_of_the_day_of_its_source():
    table = observed(said(pd.NaT)).table("observations")
    assert table["date"].tolist() == [pd.Timestamp("2025-06-01")]
    assert table["date"].dtype == "datetime64[s]"


def test_but_not_of_a_day_after_the_release():
    table = observed(said(pd.NaT), day="2030-01-01").table("observations")
    assert table["date"].tolist() == [ON]


def test_units_and_fixed_access_alike():
    units = pd.DataFrame(
        {"unit_of_assessment": "raion", "unit_ref": "Алый район", "indicator": QUEUE,
         "value": 1.0, "status": "declared", "date": [LATER, pd.NaT], "file": "u.csv",
         "row": ["2", "3"]}
    )  # fmt: skip
    fixed = pd.DataFrame(
        {"place_ref": "ty:dubrava", "available": "yes", "date": [LATER, ON],
         "origin": ["f.csv:2", "f.csv:3"]}
    )  # fmt: skip
    tables = {"unit_observations": units, "fixed": fixed}
    inputs = known_by(toy.inputs(toy.feeding("office", tables)), toy.ON)
    assert inputs.table("unit_observations")["row"].tolist() == ["3"]
    assert inputs.table("unit_observations")["date"].dt.year.tolist() == [2025]
    assert inputs.table("fixed")["origin"].tolist() == ["f.csv:3"]
    assert inputs.rejected[["file", "row"]].to_numpy().tolist() == [
        ["u.csv", "2"],
        ["f.csv", "2"],
    ]


def cells(updated, day):
    table = pd.DataFrame(
        {"cell_id": ["c1"], "net": "1", "generation": 4, "lon": 27.1, "lat": 53.1,
         "updated": pd.Series([updated]).astype("datetime64[s]")}
    )  # fmt: skip
    return known_by(toy.inputs(toy.feeding("cells", {"cells": table}, day)), toy.ON)


def test_a_cell_may_be_as_young_as_its_list():
    kept = cells(pd.Timestamp("2026-05-01"), "2026-05-01")  # a look back
    assert len(kept.table("cells")) == 1
    late = cells(pd.Timestamp("2026-05-02"), "2026-05-01")
    assert len(late.table("cells")) == 0
    assert late.rejected[["file", "row", "field"]].to_numpy().tolist() == [
        ["layer cells", "c1", "updated"]
    ]
    assert len(cells(ON, "2020-01-01").table("cells")) == 1
    assert len(cells(pd.NaT, "2020-01-01").table("cells")) == 1


def test_a_population_of_a_year_to_come_is_left_empty():
    places = toy.places(
        population={"ty:dubrava": 120, "ty:lipki": 80},
        population_year={"ty:dubrava": 2062, "ty:lipki": 2026},
    )
    inputs = known_by(toy.inputs(places=places), toy.ON)
    table = inputs.table("places").set_index("place_id")
    assert table.loc["ty:dubrava", ["population", "population_year"]].isna().all()
    assert table.loc["ty:lipki", "population"] == 80
    assert inputs.rejected[["row", "value"]].to_numpy().tolist() == [
        ["ty:dubrava", "2062"]
    ]


def test_a_look_back_keeps_the_populations_of_its_list():
    places = toy.places(
        population={"ty:dubrava": 120}, population_year={"ty:dubrava": 2025}
    )
    inputs = known_by(toy.inputs(places=places), date(2020, 1, 1))
    table = inputs.table("places").set_index("place_id")
    assert table.loc["ty:dubrava", "population"] == 120
