"""What would lift each place of the toy country most."""

import pandas as pd
import pytest

from geo.scores.measures import measures
from tests.standards import country, toy


@pytest.fixture(scope="module")
def table():
    made = measures(country.given())
    return made.set_index(["settlement_id", "standard"])


def test_every_breach_has_its_measure_and_nothing_else(table):
    judged = country.judged()
    broken = judged.loc[judged["verdict"] == "breached", ["settlement_id", "standard"]]
    assert table.index.tolist() == list(broken.itertuples(index=False, name=None))


def test_the_agrogorodok_of_place_one(table):
    rows = table.loc["toy:1"]
    assert rows["needed"].to_dict() == {"toy.net": 1, "toy.trips": 20, "toy.wait": 40}
    assert rows["change"].to_dict() == {"toy.net": 1, "toy.trips": 5, "toy.wait": -40}
    # gaps 1, 1/4 and 1/2, each a domain of its own, each a third of the whole
    assert rows["score_change_domain"].tolist() == pytest.approx([-1, -0.25, -0.5])
    assert rows["score_change_overall"].tolist() == pytest.approx(
        [-1 / 3, -0.25 / 3, -0.5 / 3]
    )
    assert rows["rank"].tolist() == [1, 3, 2]


def test_an_unreachable_place_has_no_value_to_change(table):
    row = table.loc[("toy:5", "toy.wait")]
    assert row["needed"] == 40
    assert pd.isna(row["value"])
    assert pd.isna(row["change"])
    assert row["score_change_overall"] == pytest.approx(-0.5)


def test_below_the_floor_the_whole_does_not_move(table):
    row = table.loc[("toy:4", "toy.trips")]
    assert pd.isna(row["score_change_overall"])
    assert row["score_change_domain"] == pytest.approx(-0.5)
    assert row["rank"] == 1


def test_equal_lifts_share_a_rank():
    same = [
        toy.standard(f"toy.{name}", code, {"op": "<=", "value": 20})
        for name, code in (
            ("hospital", "health.hospital_minutes"),
            ("pharmacy", "health.pharmacy_minutes"),
            ("wait", "health.ambulance_minutes"),
        )
    ]
    values = toy.values(
        ("toy:0", "health.hospital_minutes", 40),
        ("toy:0", "health.pharmacy_minutes", 40),
        ("toy:0", "health.ambulance_minutes", 25),
    )
    rows = toy.settlements({"kind": "rural", "population": 10.0})
    made = measures(country.given(rows, values, standards=same))
    assert made["rank"].tolist() == [1, 1, 3]
    assert made["score_change_overall"].tolist() == pytest.approx(
        [-0.5 / 3, -0.5 / 3, -0.2 / 3]
    )


def test_of_several_possible_norms_the_strictest_is_needed():
    either = toy.standard(
        "toy.trips",
        country.TRIPS,
        {"applies": {"kind": ["agrogorodok"]}, "value": 20},
        {"applies": {"kind": ["rural"]}, "value": 8},
    )
    rows = toy.settlements(
        {"kinds_possible": ["agrogorodok", "rural"], "population": 10.0}
    )
    values = toy.values(("toy:0", country.TRIPS, 4))
    given = country.given(rows, values, standards=[either])
    assert given.judgements["norm"].isna().all()
    made = measures(given).iloc[0]
    assert (made["needed"], made["change"]) == (20, 16)
    # the gap is 1/2 or 4/5; the score counts its middle
    assert made["score_change_overall"] == pytest.approx(-(0.5 + 0.8) / 2)


def test_a_benchmark_beside_the_law_moves_no_score():
    law = toy.standard("toy.trips", country.TRIPS, {"value": 8})
    custom = toy.standard(
        "toy.wait", country.WAIT, {"op": "<=", "value": 20}, force="benchmark"
    )
    rows = toy.settlements({"kind": "rural", "population": 10.0})
    values = toy.values(("toy:0", country.TRIPS, 4), ("toy:0", country.WAIT, 30))
    made = measures(country.given(rows, values, standards=[law, custom]))
    assert made["score_change_overall"].tolist() == [-0.5, 0.0]
    assert made["rank"].tolist() == [1, 2]


def test_no_breach_no_measure():
    values = country.values()
    values = values[values["settlement_id"] == "toy:0"]
    made = measures(country.given(country.settlements().iloc[:1], values))
    assert len(made) == 0
    assert isinstance(made, pd.DataFrame)
