"""What must hold for the measures over people of any country."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.scores.matrix import OVERALL
from geo.scores.scoring import score_tables
from geo.standards.gaps import gap
from geo.standards.judge import judge
from tests.scores.test_groups import PARTITIONS, partition_of
from tests.standards import country, toy
from tests.standards.test_properties import FEW, countries

CUTOFFS = (0.2, 1 / 3, 0.5, 1.0)
EXACT = 1e-12
SOME = settings(FEW, max_examples=15)


def _score(made, k=0.5, floor=0.0):
    given = country.given(*made, floor=floor, k=k, bands=(0, 20, 100))
    tables = score_tables(given, country.DOMAINS)
    return tables["scores"], tables


@SOME
@given(countries(), st.sampled_from(CUTOFFS))
def test_m0_decomposes_exactly_by_subgroup(made, k):
    _, tables = _score(made, k)
    table = tables["area_scores"]
    table = table[table["subject"] == OVERALL]
    table = table.assign(partition=table["subgroup"].map(partition_of))
    people = sum(table[f"population_{one}"] for one in ("kept", "breached", "unknown"))
    table = table.assign(people=people)
    for _, rows in table.groupby("area_id"):
        whole = rows[rows["subgroup"] == "all"].iloc[0]
        for partition in PARTITIONS:
            parts = rows[rows["partition"] == partition]
            if not whole["people"] or parts["m0_high"].isna().all():
                continue
            summed = (parts["people"] * parts["m0_high"].fillna(0)).sum()
            if (made[0]["population"].notna()).all():
                assert summed / whole["people"] == pytest.approx(whole["m0_high"])


@SOME
@given(countries())
def test_partitions_hold_every_settlement_once(made):
    _, tables = _score(made)
    table = tables["area_scores"]
    table = table[table["subject"] == OVERALL]
    named = table.assign(partition=table["subgroup"].map(partition_of))
    counts = named.groupby(["area_id", "partition"])[
        ["settlements", "population"]
    ].sum()
    for area in named["area_id"].unique():
        whole = counts.loc[(area, "all")]
        for partition in PARTITIONS:
            if whole["settlements"]:
                assert counts.loc[(area, partition)].tolist() == pytest.approx(
                    whole.tolist()
                )


@SOME
@given(countries(), st.sampled_from([0.0, 0.6]))
def test_figures_stay_inside_their_bounds(made, floor):
    scored, tables = _score(made, floor=floor)
    areas = tables["area_scores"]
    for table, figures in (
        (scored, ("score",)),
        (areas, ("score", "fgt0", "fgt1", "fgt2", "h", "m0")),
    ):
        for figure in figures:
            low, central, high = (
                table[f"{figure}{end}"] for end in ("_low", "", "_high")
            )
            both = low.notna() & high.notna()
            assert (low[both] <= high[both] + EXACT).all(), figure
            assert both[central.notna()].all(), figure
            known = central.notna()
            assert (low[known] - EXACT <= central[known]).all(), figure
            assert (central[known] <= high[known] + EXACT).all(), figure


@SOME
@given(countries())
def test_nothing_is_covered_whole_beside_an_unknown_verdict(made):
    _, tables = _score(made)
    areas = tables["area_scores"]
    nobody = made[0]["population"] == 0
    if not nobody.any():
        assert (
            areas.loc[areas["settlements_unknown"] > 0, "coverage"].fillna(0) < 1
        ).all()


@SOME
@given(countries())
def test_ladder_means_lie_between_the_values(made):
    _, tables = _score(made)
    ladder = tables["ladder"]
    for (_, indicator), rows in ladder[ladder["area_id"] == "ty"].groupby(
        ["area_id", "indicator"]
    ):
        values = made[1].loc[made[1]["indicator"] == indicator, "value"]
        known = rows["mean"].dropna()
        assert known.between(values.min() - 1e-9, values.max() + 1e-9).all()


@SOME
@given(countries())
def test_inequality_keeps_its_ranges(made):
    _, tables = _score(made)
    table = tables["inequality"]
    if table.empty:
        return
    for name in ("concentration", "erreygers"):
        assert table[name].dropna().between(-1 - EXACT, 1 + EXACT).all(), name
    for name in ("theil", "theil_between", "theil_within"):
        assert (table[name].dropna() >= -EXACT).all(), name
    split = table["theil_between"] + table["theil_within"]
    assert np.allclose(split, table["theil"], atol=EXACT, equal_nan=True)
    known = table["erreygers"].notna() & table["concentration"].notna()
    assert np.allclose(
        (4 * table["mean"] * table["concentration"])[known],
        table["erreygers"][known],
        atol=EXACT,
    )


@SOME
@given(countries())
def test_a_measure_moves_the_score_by_what_keeping_it_does(made):
    settlements, values = made
    scored, tables = _score(made, floor=0.6)
    before = scored[scored["group"] == OVERALL].set_index("settlement_id")["score"]
    judged = judge(settlements, values, country.STANDARDS, toy.ON, {})
    for row in tables["measures"].itertuples():
        mended = judged.copy()
        mine = (mended["settlement_id"] == row.settlement_id) & (
            mended["standard"] == row.standard
        )
        mended.loc[mine, "verdict"] = "kept"
        mended.loc[mine, ["gap", "gap_low", "gap_high"]] = 0.0
        after = country.scored(country.given(*made, mended))
        after = after[after["group"] == OVERALL].set_index("settlement_id")["score"]
        moved = after[row.settlement_id] - before[row.settlement_id]
        assert row.score_change_overall == pytest.approx(moved, abs=EXACT, nan_ok=True)
        assert math.isnan(moved) or moved <= EXACT


@SOME
@given(countries(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(made, random):
    settlements, values = made
    order = list(range(len(settlements)))
    random.shuffle(order)
    mixed = values.sample(frac=1, random_state=random.randint(0, 9999))
    _, one = _score(made)
    _, other = _score((settlements.iloc[order], mixed))
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True)


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 300), min_size=1, max_size=6),
    st.floats(0, 300),
    st.floats(1, 120),
)
def test_a_new_clinic_never_widens_a_gap(minutes, new, limit):
    nearest = np.array([min(minutes), min([*minutes, new])])
    before, after = gap(nearest, np.full(2, limit), "lower")
    assert 0 <= after <= before <= 1
