"""What all draws say together: intervals, tiers, worst tenth, raions, same bytes."""

from dataclasses import replace

import hypothesis
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st

from geo.errors import DeclarationError
from geo.layers.schema import TABLES
from geo.release.tables import arrow_table
from geo.scores.draws.drawn import drawn_scores, pattern_weights
from geo.scores.draws.factors import Realisations, drawn_factors
from geo.scores.draws.ranking import ranks_of, tier_of
from geo.scores.draws.robustness import Raions, draw, robustness
from geo.scores.draws.uncertain import uncertain_gaps
from geo.scores.given import Given
from geo.scores.matrix import OVERALL
from geo.sources.country import load_country
from geo.sources.robustness_parameters import RobustnessParameters
from tests.standards import country, toy
from tests.standards.test_properties import FEW

TRIPS, WAIT = "transport.trips_per_week", "health.ambulance_minutes"
LIMITS = [
    toy.standard("toy.trips", TRIPS, {"value": 10}),
    toy.standard("toy.wait", WAIT, {"op": "<=", "value": 10}),
]
FAST = RobustnessParameters(draws=21)
STILL = {"dirichlet_concentration": 1e15, "aggregations": ("arithmetic",)}


def known(trips: list, wait: list) -> Given:
    """Return settlements with these trips and minutes; norms 10 and 10."""
    values = toy.values(
        *((f"toy:{n}", TRIPS, x) for n, x in enumerate(trips)),
        *((f"toy:{n}", WAIT, x) for n, x in enumerate(wait)),
    )
    return country.given(
        toy.settlements(*({} for _ in trips)), values, standards=LIMITS
    )


@pytest.fixture(scope="module")
def whole():
    parameters = RobustnessParameters(draws=200)
    return robustness(country.given(), parameters)


def places(table: pd.DataFrame, unit: str = "settlement") -> pd.DataFrame:
    return table[table["unit"] == unit].set_index("id")


def test_nothing_to_vary_leaves_no_width():
    parameters = RobustnessParameters(**STILL, draws=20)
    found = places(robustness(country.given(), parameters).ranks)
    overall = country.scored()
    overall = overall[overall["group"] == OVERALL].set_index("settlement_id")
    sure = [f"toy:{number}" for number in (0, 1, 2, 5)]
    for name in ("score_low", "score_median", "score_high"):
        assert found.loc[sure, name].tolist() == pytest.approx(
            overall.loc[sure, "score"].tolist(), abs=1e-6
        )
    # place 4 of 1/6 ... 5/6 moves within what is possible
    row = found.loc["toy:4"]
    assert 1 / 6 - 1e-6 <= row["score_low"] < row["score_high"] <= 5 / 6 + 1e-6


def test_weights_alone_decide_between_three_places():
    # gaps of transport and health: A 0.6 and 0, B 0 and 0.6, C 0.5 and 0.5
    judged = known([4, 10, 5], [10, 25, 20])
    parameters = RobustnessParameters(
        draws=400, aggregations=("arithmetic",), dirichlet_concentration=5
    )
    found = places(robustness(judged, parameters).ranks)
    fields = _fields(judged, parameters)
    weights = drawn_factors(*fields, range(400)).domain_weights
    transport = weights[:, 1]
    # C is the worst unless one weight is above 5/6
    first = np.where(transport > 5 / 6, "A", np.where(transport < 1 / 6, "B", "C"))
    worst = {name: round((first == name).mean(), 4) for name in "ABC"}
    # three places: the worst tenth is 0.3 of the worst place
    assert found["worst_decile"].tolist() == pytest.approx(
        [0.3 * worst[name] for name in "ABC"], abs=1e-4
    )
    assert found["rank_high"].tolist() == [3, 3, 2]
    assert found["rank_median"].tolist()[2] == 1
    assert found.loc["toy:2", "score_median"] == 0.5


def _fields(judged: Given, parameters: RobustnessParameters):
    raion = np.zeros(len(judged.settlements), np.int64)
    return (Realisations(parameters, 0, raion, 2, np.array([1, 0])),)


def test_the_toy_country_is_ranked_as_far_as_it_is_known(whole):
    table = places(whole.ranks)
    # the flagged twin of place 2 is not ranked a second time
    assert table.index.tolist() == [f"toy:{number}" for number in range(7)]
    assert set(table["ranked"]) == {7}
    assert table["rank_median"].idxmin() == "toy:1"  # every norm breached
    assert table.loc["toy:0", ["score_low", "score_high"]].tolist() == [0, 0]
    assert table.loc["toy:1", "tier"] == 1
    assert table["worst_decile"].sum() == pytest.approx(0.7, abs=1e-3)
    width = table["rank_high"] - table["rank_low"]
    assert width["toy:4"] > width["toy:1"]  # one of three known against all three
    raions = places(whole.ranks, "raion")
    assert raions.index.tolist() == ["a", "b"]
    assert raions.loc["a", "rank_median"] == 2  # 10,000 townspeople have everything
    assert whole.summary["settlement"]["ranked"] == 7
    assert sum(whole.summary["settlement"]["tiers"].values()) == 7
    # of two, one in the upper and one in the lower half
    assert whole.summary["raion"]["tiers"] == {"1": 0, "2": 1, "3": 0, "4": 1, "5": 0}


def test_where_any_tier_is_possible_there_is_no_rank():
    # eight places are known to the minute, of two nothing
    wait = [11, 12, 13, 14, 15, 16, 17, 18, None, None]
    judged = known([10] * 10, wait)
    found = robustness(judged, RobustnessParameters(**STILL, draws=400))
    table = places(found.ranks)
    open_ = table.index.isin(["toy:8", "toy:9"])
    assert (
        table.loc[open_, ["tier_low", "tier_high"]].to_numpy().tolist() == [[1, 5]] * 2
    )
    told = ["rank_median", "tier", "worst_decile"]
    assert table.loc[open_, told].isna().all(axis=None)
    assert table.loc[~open_, told].notna().all(axis=None)
    assert found.summary["settlement"]["told_apart"] == 8
    assert sum(found.summary["settlement"]["tiers"].values()) == 8


def test_raions_count_people():
    settlements = country.settlements().iloc[:7]
    raions = Raions.of(settlements, country.given().people[:7])
    scores = np.array([0, 0.6, 0.2, 0.3, 0.5, 1.0, 0.9])
    expected = [(600 + 20 + 120) / 11500, (300 + 30) / 630]
    assert raions.scores(scores).tolist() == pytest.approx(expected)
    assert raions.ids.tolist() == ["a", "b"]
    assert raions.of_settlement.tolist() == [0, 0, 0, 0, 1, 1, 1]


def test_tables_fit_their_schemas_and_may_be_empty(whole):
    arrow_table(whole.ranks, TABLES["ranks"])
    nobody = robustness(
        country.given(toy.settlements({}).iloc[:0], toy.values(), standards=[]), FAST
    )
    assert nobody.ranks.empty
    assert nobody.summary["settlement"]["within_one_tier"] is None
    arrow_table(nobody.ranks, TABLES["ranks"])


def test_ties_share_ranks_and_the_room_in_the_worst_tenth():
    ranks, worst = ranks_of(np.array([0.0] * 15 + [0.9] + [0.5] * 4))
    assert ranks.tolist() == [13.0] * 15 + [1.0] + [3.5] * 4
    # two places have room: the worst one, and one of four
    assert worst.tolist() == [0.0] * 15 + [1.0] + [0.25] * 4
    assert tier_of(ranks, 20)[[0, 15, 16]].tolist() == [4, 1, 1]


TRIP = st.one_of(st.none(), st.integers(0, 12))
MINUTES = st.one_of(
    st.none(),
    st.integers(5, 40),
    st.tuples(st.integers(5, 20), st.integers(20, 60)).map(
        lambda ends: {"low": ends[0], "high": ends[1], "value": ends[0],
                      "status": "modelled", "unit": "min"}
    ),
)  # fmt: skip
SOME = st.lists(st.tuples(TRIP, MINUTES), min_size=1, max_size=12)


@FEW
@hypothesis.given(SOME, st.randoms(use_true_random=False))
def test_what_holds_for_every_ranking(rows, random):
    judged = known([trip for trip, _ in rows], [wait for _, wait in rows])
    found = robustness(judged, FAST)
    table = found.ranks
    any_tier = (table["tier_low"] == 1) & (table["tier_high"] == 5)
    for name in ("rank_median", "worst_decile", "tier"):  # no rank, where any may be
        assert table[name].isna().equals(any_tier)
    told = table[~any_tier]
    assert found.summary["settlement"]["told_apart"] == len(
        told[told["unit"] == "settlement"]
    )
    assert (table["score_low"] <= table["score_median"]).all()
    assert (table["score_median"] <= table["score_high"]).all()
    assert told["rank_median"].between(told["rank_low"], told["rank_high"]).all()
    assert told["tier"].between(told["tier_low"], told["tier_high"]).all()
    assert told["worst_decile"].between(0, 1).all()
    if not any_tier.any():
        assert told["worst_decile"].sum() == pytest.approx(len(rows) / 10, abs=2e-3)
    order = random.sample(range(len(rows)), len(rows))
    turned = replace(
        judged,
        settlements=judged.settlements.iloc[order],
        values=judged.values.sample(  # noqa: PD011 - a table of that name
            frac=1, random_state=1
        ),
        judgements=judged.judgements.sample(frac=1, random_state=2),
    )
    again = robustness(turned, FAST)
    pd.testing.assert_frame_equal(again.ranks, table)


@FEW
@hypothesis.given(SOME)
def test_scores_stay_inside_the_bounds_of_their_own_weights(rows):
    judged = known([trip for trip, _ in rows], [wait for _, wait in rows])
    parameters = RobustnessParameters(aggregations=("arithmetic",))
    matrix, gaps = judged.matrix, uncertain_gaps(judged)
    factors = drawn_factors(*_fields(judged, parameters), range(30))
    drawn = drawn_scores(gaps, factors, parameters)
    weights = pattern_weights(gaps, factors)[:, gaps.patterns[1]]
    low = (weights * np.nan_to_num(matrix.low)).sum(axis=2)
    high = (weights * np.nan_to_num(matrix.high)).sum(axis=2)
    assert (drawn >= low - 1e-8).all()
    assert (drawn <= high + 1e-8).all()


@FEW
@hypothesis.given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(5, 40)), min_size=1, max_size=8),
    st.tuples(st.integers(0, 12), st.integers(5, 40)),
    st.tuples(st.integers(0, 6), st.integers(0, 20)),
)
def test_the_better_place_never_ranks_worse(others, place, more):
    better = (place[0] + more[0], max(place[1] - more[1], 1))
    rows = [place, better, *others]
    judged = known([trip for trip, _ in rows], [wait for _, wait in rows])
    table = places(robustness(judged, FAST).ranks)
    one, other = table.loc["toy:1"], table.loc["toy:0"]
    for name in ("rank_low", "rank_high"):
        assert one[name] >= other[name]
    # where every tier is possible there is neither a median nor a share
    if one[["tier", "rank_median"]].notna().all() and pd.notna(other["tier"]):
        assert one["rank_median"] >= other["rank_median"]
        assert one["worst_decile"] <= other["worst_decile"]


def test_batches_change_no_digit():
    given = country.given()
    gaps, raions = uncertain_gaps(given), Raions.of(given.places, given.people)
    told: list[str] = []
    found = [
        draw(gaps, raions, RobustnessParameters(draws=101), told.append, batch)
        for batch in (1, 7, 101)
    ]
    for unit in ("settlement", "raion"):
        first, *rest = (tally[unit].summary(0.9) for tally in found)
        for other in rest:
            assert first.keys() == other.keys()
            for name, numbers in first.items():
                assert numbers.tobytes() == other[name].tobytes()
    assert told == ["ranking: 0 of 101 draws", "ranking: 100 of 101 draws"] * 3


def test_the_seed_decides():
    judged = known([4, 10, None, 2], [10, None, 20, 30])
    one, same, other = (
        robustness(judged, RobustnessParameters(draws=50, seed=seed))
        for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one.ranks, same.ranks)
    assert not one.ranks.equals(other.ranks)


BAD = {
    "draws: 0": "robustness.draws': input should be greater than or equal to 1, got 0",
    "k_low: 0.5\n    k_high: 0.2": (
        "robustness': k_low 0.5 is above k_high 0.2; exchange them, or give both the "
        "same number for a fixed cutoff"
    ),
    "sobol_points: 512": "robustness.sobol_points': extra inputs are not",
    "aggregations: [geometric, geometric]": (
        "names a form twice; each is drawn as often as the others"
    ),
    "aggregations: [harmonic]": "'arithmetic', 'geometric' or 'counting'",
    "dirichlet_concentration: 0": "input should be greater than 0, got 0",
    "interval: 1": "input should be less than 1, got 1",
    "completeness_correlation: 0.9": (
        "completeness_correlation is above completeness_correlation_raion; two "
        "places of one raion are no less alike than any two: raise the second"
    ),
    "weights: 3": "key 'parameters.robustness.weights': extra inputs are not",
}


@pytest.mark.parametrize(("declared", "words"), BAD.items())
def test_bad_parameters_name_file_key_and_remedy(tmp_path, declared, words):
    text = (toy.ROOT / "data/countries/li/country.yaml").read_text(encoding="utf-8")
    spot = "parameters:\n"
    text = text.replace(spot, f"{spot}  robustness:\n    {declared}\n")
    file = tmp_path / "countries" / "li" / "country.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_country("li", [tmp_path])
    said = str(caught.value)
    assert words in said
    assert str(file) in said
    assert "See docs/countries.md for every key." in said
