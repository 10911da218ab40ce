"""One draw of the Monte Carlo, computed by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.scores.draws.drawn import drawn_gaps, drawn_scores, pattern_weights
from geo.scores.draws.factors import Realisations, central_factors
from geo.scores.draws.loops import BOUNDS, INPUTS, NEARER, OPEN, SPEEDS, Factors
from geo.scores.draws.ranking import ranks_of
from geo.scores.draws.uncertain import uncertain_gaps
from geo.scores.matrix import OVERALL
from geo.sources.robustness_parameters import AGGREGATIONS, RobustnessParameters
from geo.standards.judge import judge
from tests.standards import country, toy
from tests.standards.test_properties import FEW, OBLASTS, ranges, standards

PARAMETERS = RobustnessParameters()
TRIPS, WAIT = "transport.trips_per_week", "health.ambulance_minutes"


def gaps_of(settlements, values, declared):
    return uncertain_gaps(
        country.given(settlements, values, standards=declared, within=OBLASTS)
    )


def central(gaps, **given) -> Factors:
    return central_factors(gaps.size, gaps.indicators, gaps.domain, **given)


def scores(gaps, **given) -> list[float]:
    return drawn_scores(gaps, central(gaps, **given), PARAMETERS)[0].tolist()


def one_wait(known, norm: int = 40):
    """Return the gaps of one village with one norm of minutes."""
    limit = toy.standard("toy.wait", WAIT, {"op": "<=", "value": norm})
    values = toy.values(("toy:0", WAIT, known))
    return gaps_of(toy.settlements({"kind": "rural"}), values, [limit])


@pytest.fixture(scope="module")
def toy_gaps():
    return gaps_of(country.settlements(), country.values(), country.STANDARDS)


def test_the_central_draw_is_the_published_score(toy_gaps):
    overall = country.scored()
    overall = overall[overall["group"] == OVERALL]
    published, coverage = overall["score"].to_numpy(), overall["coverage"].to_numpy()
    drawn = np.array(scores(toy_gaps))
    known = coverage == 1
    assert known.sum() == 5
    assert drawn[known] == pytest.approx(published[known])
    # weights renormalise over what applies exactly as the published ones do
    matrix = country.given().matrix
    weights = pattern_weights(toy_gaps, central(toy_gaps))[0]
    assert toy_gaps.standards == ("toy.net", "toy.trips", "toy.wait")
    counted = [matrix.standards.index(name) for name in toy_gaps.standards]
    published = matrix.weights(OVERALL)
    # the target that is not due has no weight
    assert published.sum() == pytest.approx(published[:, counted].sum())
    assert weights[toy_gaps.patterns[1]] == pytest.approx(published[:, counted])


def test_three_ways_to_combine_the_gaps(toy_gaps):
    # place 1: gaps 1/4, 1/2, 1; place 2: 0 and 1/5; place 5: 0 and 1
    assert scores(toy_gaps, form=0)[1] == pytest.approx(1.75 / 3)
    geometric = scores(toy_gaps, form=1)
    assert geometric[1] == pytest.approx(1 - (0.75 * 0.5 * 0.01) ** (1 / 3))
    assert geometric[2] == pytest.approx(1 - 0.8**0.5)
    assert geometric[5] == pytest.approx(0.9)  # 1 - sqrt(1 x 0.01)
    assert geometric[0] == 0
    assert scores(toy_gaps, form=2)[:3] == [0, 1, 0.5]
    assert scores(toy_gaps, form=2, k=0.5)[2] == 0.5
    assert scores(toy_gaps, form=2, k=0.51)[2] == 0
    assert AGGREGATIONS == ("arithmetic", "geometric", "counting")


def test_completeness_runs_from_all_kept_to_all_breached(toy_gaps):
    good, bad = (scores(toy_gaps, completeness=end) for end in (0.0, 1.0))
    assert (good[3], bad[3]) == pytest.approx((0, 1 / 3))
    assert (good[4], bad[4]) == pytest.approx((0.5 / 3, 2.5 / 3))
    assert good[:3] == bad[:3]  # what is known does not move
    # half kept; of the breaches every depth; yes or no has none
    assert scores(toy_gaps, completeness=0.5)[4] == pytest.approx(0.5 / 3)
    three_quarters = scores(toy_gaps, completeness=0.75)
    assert three_quarters[3] == pytest.approx(0.5 / 3)
    assert three_quarters[4] == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_people_decide_which_norm_binds(toy_gaps):
    # place 6, population unknown, no broadband: the norm begins at 300
    few, many = (scores(toy_gaps, people=end)[6] for end in (0.0, 1.0))
    assert (few, many) == pytest.approx((0, 1 / 3))
    limit = toy.standard(
        "toy.trips",
        TRIPS,
        {"applies": {"population": ">50"}, "value": 8},
        {"applies": {"population": "20-50"}, "value": 4},
    )
    place = {"population": 40, "population_low": 10, "population_high": 60}
    values = toy.values(("toy:0", TRIPS, 2))
    gaps = gaps_of(toy.settlements(place), values, [limit])
    # 10 people: no norm; 25 and 40: 4 trips; 60: 8 trips
    found = [scores(gaps, people=at)[0] for at in (0, 0.25, 0.5, 0.8, 1)]
    assert found == pytest.approx([0, 0.5, 0.5, 0.75, 0.75])


def test_people_are_whole():
    limit = toy.standard(
        "toy.trips", TRIPS, {"applies": {"population": ">=300"}, "value": 8}
    )
    place = {"population": 299, "population_low": 299, "population_high": 300}
    values = toy.values(("toy:0", TRIPS, 2))
    gaps = gaps_of(toy.settlements(place), values, [limit])
    # 299.8 people are 300
    assert [scores(gaps, people=at)[0] for at in (0.7, 0.9)] == [0, 0.75]


def test_people_that_are_drawn_together_decide_in_place_of_a_position():
    limit = toy.standard(
        "toy.trips", TRIPS, {"applies": {"population": ">=300"}, "value": 8}
    )
    fibre = toy.standard(
        "toy.fibre", "digital.fibre", {"applies": {"households": ">=100"}, "op": "has"}
    )
    place = {"population": 8, "population_low": 0, "population_high": 473}
    values = toy.values(("toy:0", TRIPS, 2), ("toy:0", "digital.fibre", 0))
    gaps = gaps_of(toy.settlements(place), values, [limit, fibre])
    fields = central(gaps, people=0.9)

    def found(people: float) -> list[list[float]]:
        drawn = fields._replace(counted=np.array([[people]], np.float32))
        return [drawn_gaps(gaps, drawn, n).ravel().tolist() for n in range(2)]

    # at the position 0.9 it has 380 people; 120 have no more households than people
    assert found(np.nan) == [[1], [0.75]]
    assert found(299.6) == [[1], [0.75]]
    assert found(120) == [[1], [0]]
    assert found(99) == [[0], [0]]


def test_a_stale_value_is_no_value():
    limit = toy.standard("toy.wait", WAIT, {"op": "<=", "value": 40})
    known = {"value": 80, "low": 60, "high": 100, "date": "2010-06-01"}
    values = toy.values(("toy:0", WAIT, known))
    settlements = toy.settlements({"kind": "rural"})
    gaps = uncertain_gaps(
        country.given(settlements, values, standards=[limit], freshness={WAIT: 5})
    )
    assert gaps.pairs.way.tolist() == [[OPEN]]
    found = [scores(gaps, completeness=at)[0] for at in (0.2, 0.75, 1)]
    assert found == pytest.approx([0, 0.5, 1])


@pytest.mark.parametrize(
    ("known", "law"),
    [
        ({"status": "assumed"}, {}),
        ({"date": "2026-01-01"}, {"due": "2026-06-30", "valid_from": "2026-02-01"}),
        ({}, {"source": {"act": "toy", "seen": "2030-01-01"}}),
    ],
)
def test_what_carries_no_verdict_is_open(known, law):
    """Assumed, older than the promise, a norm not read: kept as likely as breached."""
    force = "target" if "due" in law else "law"
    limit = toy.standard("toy.trips", TRIPS, {"value": 8} | law, force=force)
    known = {"value": 6.0, "low": 6.0, "high": 6.0} | known
    values = toy.values(("toy:0", TRIPS, known))
    gaps = gaps_of(toy.settlements({"kind": "rural"}), values, [limit])
    assert gaps.pairs.way.tolist() == [[OPEN]]
    found = [scores(gaps, completeness=at)[0] for at in (0.2, 0.75, 1)]
    assert found == pytest.approx([0, 0.5, 1])


def test_each_possible_class_is_drawn():
    limit = toy.standard(
        "toy.trips",
        TRIPS,
        {"applies": {"kind": ["agrogorodok"]}, "value": 20},
        {"applies": {"kind": ["rural"]}, "value": 8},
    )
    place = {"kinds_possible": ["agrogorodok", "rural"], "population": 100}
    values = toy.values(("toy:0", TRIPS, 10))
    gaps = gaps_of(toy.settlements(place), values, [limit])
    assert sorted(scores(gaps, classes=at)[0] for at in (0.2, 0.8)) == [0, 0.5]


@pytest.mark.parametrize(
    ("speeds", "minutes"), [(0, 20), (0.5, 40), (0.75, 60), (1, 80)]
)
def test_speeds_move_the_time_and_the_gap_follows(speeds, minutes):
    known = {"value": 40, "low": 20, "high": 80, "status": "modelled", "unit": "min"}
    gaps = one_wait(known)
    assert gaps.pairs.way.tolist() == [[SPEEDS]]
    assert scores(gaps, speeds=speeds) == pytest.approx([max(0, 1 - 40 / minutes)])
    # at 60 minutes the gap is 1/3, not the 1/4 half way between the bounds
    assert scores(gaps, speeds=0.75)[0] == pytest.approx(1 / 3)
    # a measured range is an input of its own and no matter of roads
    measured = one_wait(known | {"status": "measured"})
    assert measured.pairs.way.tolist() == [[INPUTS]]
    assert scores(measured, speeds=1) == [0]
    assert scores(measured, inputs=1) == pytest.approx([0.5])


def test_a_nearer_place_may_be_missing_from_the_list():
    gaps = one_wait({"value": 60, "high": 80, "status": "modelled", "unit": "min"})
    assert gaps.pairs.way.tolist() == [[NEARER]]
    assert scores(gaps, completeness=1) == pytest.approx([1 - 40 / 60])
    assert scores(gaps, completeness=1, speeds=1) == pytest.approx([0.5])
    assert scores(gaps, completeness=0, speeds=1) == [0]
    assert scores(gaps, completeness=0.8) == pytest.approx([1 - 40 / 48])
    # no fast end is published: nothing faster than the model is made up
    assert scores(gaps, completeness=1, speeds=0) == pytest.approx([1 - 40 / 60])


def test_a_timetable_with_holes_has_no_upper_bound():
    limit = toy.standard("toy.trips", TRIPS, {"value": 8})
    values = toy.values(("toy:0", TRIPS, {"value": 2, "low": 2}))
    gaps = gaps_of(toy.settlements({"kind": "rural"}), values, [limit])
    assert gaps.pairs.way.tolist() == [[OPEN]]
    found = [scores(gaps, completeness=at)[0] for at in (0, 0.5, 0.75, 1)]
    assert found == pytest.approx([0, 0, 0.375, 0.75])


def test_a_breach_of_unknown_depth_stays_a_breach():
    gaps = one_wait({"low": 80})
    assert gaps.pairs.way.tolist() == [[BOUNDS]]
    found = [scores(gaps, completeness=at)[0] for at in (0, 0.5, 1)]
    assert found == pytest.approx([0.5, 0.75, 1])


def test_standards_of_one_indicator_see_one_value():
    limits = [
        toy.standard(f"toy.wait{norm}", WAIT, {"op": "<=", "value": norm})
        for norm in (30, 60)
    ]
    known = {"value": 40, "low": 20, "high": 80}
    gaps = gaps_of(
        toy.settlements({"kind": "rural"}), toy.values(("toy:0", WAIT, known)), limits
    )
    factors = central(gaps, inputs=1)
    found = [drawn_gaps(gaps, factors, number)[0, 0] for number in (0, 1)]
    assert found == pytest.approx([1 - 30 / 80, 1 - 60 / 80])


def test_weights_alone_decide_between_three_places():
    limits = [
        toy.standard("toy.trips", TRIPS, {"value": 10}),
        toy.standard("toy.wait", WAIT, {"op": "<=", "value": 10}),
    ]
    # gaps of transport and health: A 0.6 and 0, B 0 and 0.6, C 0.5 and 0.5
    known = {TRIPS: [4, 10, 5], WAIT: [10, 25, 20]}
    values = toy.values(
        *((f"toy:{n}", code, x) for code, xs in known.items() for n, x in enumerate(xs))
    )
    gaps = gaps_of(toy.settlements({}, {}, {}), values, limits)
    health = gaps.domain[1]
    for weight, expected in ((0.9, [1, 3, 2]), (0.5, [2.5, 2.5, 1]), (0.1, [3, 1, 2])):
        base = central(gaps)
        domains = np.array([[weight, weight]])
        domains[0, health] = 1 - weight
        changed = base._replace(domain_weights=domains)
        ranks, _ = ranks_of(drawn_scores(gaps, changed, PARAMETERS)[0])
        assert ranks.tolist() == expected


def test_unknown_supply_is_alike_within_a_raion():
    raion = np.array([0, 0, 1, 1])

    def positions(far: float, near: float) -> np.ndarray:
        parameters = RobustnessParameters(
            completeness_correlation=far, completeness_correlation_raion=near
        )
        fields = Realisations(parameters, 0, raion, 2, np.array([0, 1]))
        return fields.completeness([4])[0]

    alike = positions(1, 1)
    assert np.allclose(alike, alike[0, 0])
    nested = positions(0, 1)
    assert np.allclose(nested[:, 0], nested[:, 1])
    assert not np.allclose(nested[:, 0], nested[:, 2])
    assert len(np.unique(positions(0, 0).round(9))) == 8


def test_draws_come_in_mirrored_pairs():
    fields = Realisations(PARAMETERS, 0, np.array([0, 0, 1]), 2, np.array([0, 0, 1]))
    unknown = fields.completeness([6, 7, 8])
    assert np.allclose(unknown[0] + unknown[1], 1)
    for one, other in fields.inputs([6, 7]):
        assert np.allclose(one + other, 1)
    assert fields.scalars(6)[2] + fields.scalars(7)[2] == pytest.approx(1)
    assert not np.allclose(unknown[0], unknown[2])
    assert np.array_equal(fields.completeness([7, 6])[::-1], unknown[:2])
    # a draw of fewer values leaves all others as they are
    fewer = replace(fields, ranged=0).inputs([6, 7])
    asked = [fields.inputs([6, 7])[0][:, :1], *fields.inputs([6, 7])[1:]]
    assert all(map(np.array_equal, fewer, asked))
    outer, inside = fields.weights(6)
    assert outer.sum() == pytest.approx(1)
    assert [inside[:2].sum(), inside[2]] == pytest.approx([1, 1])


@FEW
@given(standards(), ranges(), st.integers(0, 60), st.integers(0, 40), st.data())
def test_a_draw_is_what_the_judge_would_say(standard, known, low, span, data):
    """Whatever people and value are drawn: the gap is that of the certain place."""
    place = {"kind": "rural", "population": low + span // 2, "population_low": low}
    place |= {"oblast_id": data.draw(st.sampled_from(["a", "c"]))}
    place |= dict.fromkeys(("selsovet_centre", "raion_centre"), "no")
    least, most = known
    if least is None or most is None:
        least = most = 6
    values = toy.values(
        ("toy:0", standard.indicator, {"low": least, "high": most, "value": least})
    )
    uncertain = toy.settlements(place | {"population_high": low + span})
    gaps = gaps_of(uncertain, values, [standard])
    people = data.draw(st.integers(low, low + span))
    centre = low + span // 2
    half = (centre - low, low + span - centre)[people > centre] or 1
    at = 0.5 + (people - centre) / half / 2
    certain = toy.settlements(place | {"population": people, "population_low": people,
                                       "population_high": people})  # fmt: skip
    exact = toy.values(("toy:0", standard.indicator, least))
    judged = judge(certain, exact, [standard], toy.ON, {}, OBLASTS)
    wanted = judged["gap"].fillna(0.0).tolist()
    if not gaps.standards:  # no norm whatever is drawn
        assert wanted == [0.0]
        return
    drawn = drawn_gaps(gaps, central(gaps, people=at, inputs=0), 0)[0].tolist()
    assert drawn == pytest.approx(wanted)
