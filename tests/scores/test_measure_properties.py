"""What must hold for the measures over people of any country."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.scores.groups import PARTITIONS, partition_of
from geo.scores.matrix import OVERALL
from geo.scores.scoring import score_tables
from geo.standards.gaps import gap
from geo.standards.judge import judge
from tests.standards import country, toy
from tests.standards.test_properties import FEW, countries

CUTOFFS = (0.0, 0.2, 1 / 3, 0.5, 1.0)
EXACT = 1e-12
SOME = settings(FEW, max_examples=15)


def _score(made, k=0.5, floor=0.0):
    given = country.given(*made, floor=floor, k=k, curve=CUTOFFS, bands=(0, 20, 100))
    tables = score_tables(given, country.DOMAINS)
    return tables["scores"], tables


@SOME
@given(countries(), st.sampled_from(CUTOFFS[1:]), st.sampled_from([0.0, 0.6]))
def test_m0_decomposes_exactly_by_standard_and_by_subgroup(made, k, floor):
    _, tables = _score(made, k, floor)
    overall = tables["area_scores"]
    overall = overall[overall["subject"] == OVERALL].set_index(["area_id", "subgroup"])
    ends = (
        ("m0", "contribution"),
        ("m0_low", "contribution_to_low"),
        ("m0_high", "contribution_to_high"),
    )
    for key, rows in tables["deprivation"].groupby(["area_id", "subgroup"]):
        for figure, part in ends:
            whole = overall.loc[key, figure]
            if not math.isnan(whole):
                assert abs(rows[part].sum() - whole) < EXACT
    for (area, _), rows in tables["decomposition"].groupby(["area_id", "partition"]):
        for figure in ("m0", "m0_low", "m0_high"):
            whole = overall.loc[(area, "all"), figure]
            if not math.isnan(whole):
                assert abs(rows[f"{figure}_contribution"].sum() - whole) < EXACT


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
    _, tables = _score(made, floor=floor)
    for name, figures in (
        ("deprivation_curve", ("h", "a", "m0")),
        ("deprivation", ("headcount",)),
        ("decomposition", ("m0",)),
    ):
        for figure in figures:
            low, central, high = (
                tables[name][f"{figure}{end}"] for end in ("_low", "", "_high")
            )
            both = low.notna() & high.notna()
            assert (low[both] <= high[both] + EXACT).all(), (name, figure)
            known = central.notna() & low.notna()
            assert (low[known] - EXACT <= central[known]).all(), (name, figure)
            assert (central[known] <= high[known] + EXACT).all(), (name, figure)
    curve = tables["deprivation_curve"].set_index(["area_id", "subgroup", "k"])
    for figure in ("h", "m0"):  # a stricter cutoff counts nobody more
        falling = curve[figure].unstack("k").dropna()  # noqa: PD010 - one level
        assert (np.diff(falling.to_numpy(), axis=1) <= EXACT).all()
    joined = tables["deprivation"].merge(
        curve.reset_index(), on=["area_id", "subgroup", "k"]
    )
    known = joined["headcount"].notna()
    assert (joined["headcount"][known] <= joined["h"][known] + EXACT).all()


@SOME
@given(countries())
def test_area_values_lie_between_those_of_their_members(made):
    _, tables = _score(made)
    for (area, _), rows in tables["decomposition"].groupby(["area_id", "partition"]):
        overall = tables["area_scores"]
        whole = overall[
            (overall["area_id"] == area)
            & (overall["subgroup"] == "all")
            & (overall["subject"] == OVERALL)
        ].iloc[0]
        parts = rows["m0"].dropna()
        if not math.isnan(whole["m0"]):
            assert parts.min() - EXACT <= whole["m0"] <= parts.max() + EXACT
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
    for name in ("concentration", "erreygers", "wagstaff"):
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
