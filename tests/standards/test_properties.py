"""What must hold for every settlement, every norm and every area."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.scores.areas import area_scores
from geo.scores.matrix import OVERALL
from geo.scores.parity import parity
from geo.standards.gaps import gap
from geo.standards.judge import judge
from tests.standards import country, toy
from tests.standards.oracle import FLAGS, outcome

FEW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
KINDS = ["raion_city", "urban_settlement", "agrogorodok", "rural"]
BANDS = [None, ">50", ">=20", "<20", "<=50", "20-50", "[20, 50)", "(20, 50]"]
TRISTATE = st.sampled_from(["yes", "no", "unknown"])
OBLASTS = pd.DataFrame(
    [{"id": name, "level": "oblast", "name": name.upper()} for name in "abc"]
)
INDICATOR = {">=": "transport.trips_per_week", "<=": "health.ambulance_minutes"}


@st.composite
def norms(draw, op: str) -> dict:
    applies: dict = {}
    if draw(st.booleans()):
        applies["kind"] = draw(
            st.lists(st.sampled_from(KINDS), min_size=1, unique=True)
        )
    if band := draw(st.sampled_from(BANDS)):
        applies["population"] = band
    for flag in FLAGS[:2]:
        if draw(st.integers(0, 3)) == 0:
            applies[flag] = draw(st.booleans())
    row = {"op": op, "value": draw(st.integers(1, 12))}
    if draw(st.integers(0, 2)) == 0:
        applies["territory"] = [draw(st.sampled_from(["a", "b"]))]
        row["list"] = draw(st.sampled_from(["national", "oblast", "oblast"]))
    return row | {"applies": applies}


@st.composite
def standards(draw, op: str | None = None):
    op = op or draw(st.sampled_from([">=", "<="]))
    rows = draw(st.lists(norms(op), min_size=1, max_size=4))
    return toy.standard("toy.any", INDICATOR[op], *rows)


@st.composite
def places(draw) -> dict:
    low = draw(st.sampled_from([0, 15, 19, 20, 21, 49, 50, 51, 60]))
    return {
        "kinds_possible": draw(
            st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True)
        ),
        "population_low": low,
        "population_high": low + draw(st.sampled_from([0, 1, 5, 40])),
        "oblast_id": draw(st.sampled_from(["a", "b", "c", None])),
    } | {flag: draw(TRISTATE) for flag in FLAGS}


@st.composite
def ranges(draw) -> tuple[int | None, int | None]:
    low = draw(st.integers(0, 15))
    high = low + draw(st.sampled_from([0, 0, 1, 5]))
    return (
        None if draw(st.integers(0, 4)) == 0 else low,
        None if draw(st.integers(0, 4)) == 0 else high,
    )


def _judge(standard, rows, known):
    values = toy.values(
        *(
            (f"toy:{n}", standard.indicator, {"low": low, "high": high})
            for n, (low, high) in enumerate(known)
        )
    )
    return judge(toy.settlements(*rows), values, [standard], toy.ON, {}, OBLASTS)


def _certain(limits: frozenset[float | None]) -> float:
    """Return the limit that a list has in every world, else NaN."""
    (only, *more) = limits
    return math.nan if more or only is None else only


@FEW
@given(
    standards(),
    st.lists(st.tuples(places(), ranges()), min_size=1, max_size=10),
)
def test_the_judge_agrees_with_trying_every_combination(standard, rows):
    judged = _judge(
        standard, [place for place, _ in rows], [known for _, known in rows]
    )
    for number, (place, (low, high)) in enumerate(rows):
        found, wanted = judged.iloc[number], outcome(standard, place, low, high)
        assert found["verdict"] == wanted.verdict
        if wanted.verdict != "no_norm":
            lists = [found["norm_national"], found["norm_oblast"]]
            certain = [_certain(wanted.national), _certain(wanted.oblast)]
            assert lists == pytest.approx(certain, nan_ok=True)
        bounds = [found["gap_low"], found["gap_high"]]
        assert bounds == pytest.approx([wanted.gap_low, wanted.gap_high], nan_ok=True)
        if wanted.verdict != "unknown":
            assert pd.isna(found["reason"])
        else:
            assert found["reason"] in {
                "no_value", "value", "partial", "class", "population",
            }  # fmt: skip


@FEW
@given(standards(), places(), ranges(), st.data())
def test_finding_out_more_never_overturns_a_verdict(standard, place, known, data):
    low, high = known
    least = low or 0
    exact = data.draw(st.integers(least, least + 20 if high is None else high))
    count = data.draw(st.integers(place["population_low"], place["population_high"]))
    settled = {
        "kinds_possible": [data.draw(st.sampled_from(place["kinds_possible"]))],
        "population_low": count,
        "population_high": count,
        "oblast_id": place["oblast_id"] or data.draw(st.sampled_from(["a", "b", "c"])),
    } | {
        flag: place[flag]
        if place[flag] != "unknown"
        else data.draw(st.sampled_from(["yes", "no"]))
        for flag in FLAGS
    }
    vague = _judge(standard, [place], [known]).iloc[0]
    sure = _judge(standard, [settled], [(exact, exact)]).iloc[0]
    assert sure["verdict"] != "unknown"
    allowed = {"kept": {"kept", "no_norm"}}.get(vague["verdict"], {vague["verdict"]})
    if vague["verdict"] != "unknown":
        assert sure["verdict"] in allowed
    if sure["verdict"] != "no_norm":
        assert 0 <= sure["gap_low"] == sure["gap_high"] <= 1
        assert vague["gap_low"] - 1e-12 <= sure["gap_low"] <= vague["gap_high"] + 1e-12


@settings(deadline=None)
@given(
    st.floats(0, 1e6),
    st.floats(0.001, 1e6),
    st.floats(1, 1e3),
    st.sampled_from(["higher", "lower"]),
)
def test_a_gap_is_a_share_and_a_stricter_norm_never_narrows_it(x, n, factor, better):
    stricter = n * factor if better == "higher" else n / factor
    wide, narrow = gap(np.array([x, x]), np.array([stricter, n]), better)
    assert 0 <= narrow <= wide <= 1
    worse = x / factor if better == "higher" else x * factor
    assert gap(np.array([worse]), np.array([n]), better)[0] >= narrow


@st.composite
def countries(draw):
    """A country of two raions with gaps in everything that is known."""
    size = draw(st.integers(1, 9))
    rows, known = [], []
    for _ in range(size):
        people = draw(st.sampled_from([None, 5, 30, 80, 1000]))
        kind = draw(st.sampled_from(KINDS))
        rows.append(
            {
                "kind": kind,
                "population": people,
                "urban": "yes" if kind in KINDS[:2] else "no",
                "raion_id": draw(st.sampled_from(["a", "b"])),
                "country_id": "ty",
                "duplicate_of": draw(st.sampled_from([None, None, None, "toy:x"])),
            }
        )
        known.append(
            [draw(st.one_of(st.none(), st.integers(0, n))) for n in (30, 90, 1)]
        )
    values = toy.values(
        *(
            (f"toy:{n}", code, None if x is None else float(x))
            for n, row in enumerate(known)
            for code, x in zip(
                (country.TRIPS, country.WAIT, country.NET), row, strict=True
            )
        )
    )
    return toy.settlements(*rows), values


def _tables(made, k=0.5, floor=0.6):
    laid = country.given(*made, floor=floor, k=k)
    scored = country.scored(laid)
    return laid.judgements, scored, area_scores(laid, scored), parity(laid)


@FEW
@given(
    countries(), st.sampled_from([0.2, 1 / 3, 0.5, 1.0]), st.sampled_from([0.0, 0.6])
)
def test_every_figure_stays_inside_its_bounds(made, k, floor):
    _, scored, summed, _ = _tables(made, k, floor)
    for table, names in (
        (scored, ("score",)),
        (summed, ("score", "fgt0", "fgt1", "fgt2", "h", "m0")),
    ):
        for name in names:
            low, high = table[f"{name}_low"], table[f"{name}_high"]
            central = table[name]
            both = low.notna() & high.notna()
            assert (low[both] <= high[both] + 1e-12).all(), name
            inside = central.isna() | (
                (low <= central + 1e-12) & (central <= high + 1e-12)
            )
            assert inside.all(), name
            assert central.dropna().between(0, 1).all()
    overall = summed[summed["subject"] == OVERALL]
    product = overall["h"] * overall["a"]
    known = overall["a"].notna()
    assert np.allclose(product[known], overall["m0"][known], atol=1e-12)
    covered = summed["coverage"].fillna(0) >= floor - 1e-9
    assert summed.loc[~covered, ["score", "fgt0", "h", "m0"]].isna().all().all()


@FEW
@given(countries())
def test_areas_add_up_and_lie_between_their_members(made):
    _, scored, summed, _ = _tables(made, floor=0.0)
    table = summed.set_index(["area_id", "subgroup", "subject"])
    counted = [c for c in table if c.startswith(("settlements", "population"))]
    for subject in table.index.unique("subject"):
        parts = [table.loc[(raion, "all", subject)] for raion in "ab"]
        whole = table.loc[("ty", "all", subject)]
        for column in counted:
            assert sum(p[column] for p in parts) == pytest.approx(whole[column])
        people = [
            sum(p[f"population_{v}"] for v in ("kept", "breached", "unknown"))
            for p in parts
        ]
        # who may live where nobody is counted widens the bounds of the whole
        known = made[0]["population"].notna().all()
        for name in ("m0_low", "m0_high") if known and subject == OVERALL else ():
            total = sum(n * p[name] for n, p in zip(people, parts, strict=True) if n)
            assert sum(people) == 0 or abs(total / sum(people) - whole[name]) < 1e-12
    mine = scored[scored["group"] == OVERALL]
    whole = table.loc[("ty", "all", OVERALL)]
    if not math.isnan(whole["score"]):
        assert mine["score_low"].min() - 1e-12 <= whole["score"]
        assert whole["score"] <= mine["score_high"].max() + 1e-12


@FEW
@given(countries(), st.randoms(use_true_random=False))
def test_the_order_of_rows_is_irrelevant(made, random):
    settlements, values = made
    order = list(range(len(settlements)))
    random.shuffle(order)
    mixed = values.sample(frac=1, random_state=random.randint(0, 9999))
    for one, other in zip(
        _tables(made), _tables((settlements.iloc[order], mixed)), strict=True
    ):
        pd.testing.assert_frame_equal(one, other, check_exact=True)
