"""The fit against what can be worked out on paper."""

import numpy as np
import pytest
from scipy.special import logit

from geo.estimates.logistic import fit, spline_design


def test_a_constant_is_the_share_and_its_binomial_error():
    outcome = np.array([1.0] * 30 + [0.0] * 70)
    made = fit(np.ones((100, 1)), outcome, 1.0, np.arange(100))
    assert made.predict(np.ones((1, 1)))[0] == pytest.approx(0.3)
    # var of the log odds of a share: 1 / (n p q); each place is a block of its own
    assert made.covariance[0, 0] == pytest.approx(1 / (100 * 0.3 * 0.7), rel=1e-6)
    low, high = made.interval(np.ones((1, 1)), 1.96)
    wide = 1.96 / np.sqrt(21)
    assert logit(low[0]) == pytest.approx(logit(0.3) - wide)
    assert logit(high[0]) == pytest.approx(logit(0.3) + wide)


def test_places_that_repeat_each_other_count_once():
    once = np.array([1.0] * 3 + [0.0] * 7)
    alone = fit(np.ones((10, 1)), once, 1.0, np.arange(10))
    ten = fit(np.ones((100, 1)), np.repeat(once, 10), 1.0, np.repeat(np.arange(10), 10))
    assert ten.covariance == pytest.approx(alone.covariance)


def test_two_groups_without_a_penalty_are_their_shares():
    group = np.repeat([0.0, 1.0], 100)
    outcome = np.concatenate(
        [np.repeat([1.0, 0.0], [20, 80]), np.repeat([1.0, 0.0], [90, 10])]
    )
    design = np.column_stack((np.ones(200), group))
    made = fit(design, outcome, 1e-9, np.arange(200))
    assert made.predict(design)[[0, 150]] == pytest.approx([0.2, 0.9], abs=1e-6)


def test_a_penalty_draws_to_the_share_of_all():
    group = np.repeat([-1.0, 1.0], 100)
    outcome = np.concatenate(
        [np.repeat([1.0, 0.0], [20, 80]), np.repeat([1.0, 0.0], [80, 20])]
    )
    design = np.column_stack((np.ones(200), group))
    loose, tight = (fit(design, outcome, at, np.arange(200)) for at in (1.0, 100.0))
    assert 0.2 < loose.predict(design)[0] < tight.predict(design)[0] < 0.5


def test_where_it_starts_does_not_matter():
    rng = np.random.default_rng(3)
    design = np.column_stack((np.ones(300), rng.normal(size=(300, 3))))
    outcome = (rng.random(300) < 0.4).astype(float)
    block = np.arange(300)
    first = fit(design, outcome, 1.0, block)
    other = fit(design[:150], outcome[:150], 1.0, block[:150])
    again = fit(design, outcome, 1.0, block, start=other)
    assert again.coefficients == pytest.approx(first.coefficients, abs=1e-7)


def test_draws_have_the_spread_of_the_interval():
    outcome = np.array([1.0] * 30 + [0.0] * 70)
    made = fit(np.ones((100, 1)), outcome, 1.0, np.arange(100))
    drawn = made.draws(np.ones((1, 1)), 4000, np.random.default_rng(1))
    assert drawn.shape == (4000, 1)
    assert np.std(logit(drawn)) == pytest.approx(np.sqrt(1 / 21), rel=0.05)


def test_a_spline_has_a_column_per_knot():
    column = np.arange(101.0)[:, None]
    design = spline_design(column, np.ones(101, bool), 3)
    assert design.shape == (101, 5)
    # knots at 25, 50, 75: flat before, a straight rise after
    rise = np.diff(design[:, 3])
    assert rise[:50] == pytest.approx(np.zeros(50))
    assert rise[50:] == pytest.approx(np.full(50, rise[-1]))
    assert design[:, 1:].mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
