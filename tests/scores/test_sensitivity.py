"""Sobol' indices against functions whose indices are known in closed form."""

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform

from geo.scores.draws.factors import FACTORS
from geo.scores.draws.robustness import nominal_scores
from geo.scores.draws.sensitivity import indices, sensitivity
from geo.scores.draws.uncertain import uncertain_gaps
from geo.sources.robustness_parameters import RobustnessParameters
from tests.standards import country, toy


def estimate(function, factors: int, points: int = 1024):
    return indices(function, factors, points, seed=7, interval=0.9)


def test_linear_function():
    # variances 16/12, 4/12 and 0: shares 0.8, 0.2, 0
    found = estimate(lambda x: (4 * x[0] + 2 * x[1])[None, :], 3)
    assert found.first_order == pytest.approx([0.8, 0.2, 0], abs=0.01)
    assert found.total_order == pytest.approx([0.8, 0.2, 0], abs=0.01)
    assert found.total_order[2] == 0
    low, high = found.total_bounds
    assert (low <= found.total_order).all()
    assert (found.total_order <= high).all()


def test_ishigami_has_an_interaction():
    def ishigami(x):
        one, two, three = np.pi * (2 * x - 1)
        return (np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))[
            None, :
        ]

    found = estimate(ishigami, 3, 4096)
    assert found.first_order == pytest.approx([0.3139, 0.4424, 0], abs=0.02)
    assert found.total_order == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    # the estimators are scipy's own
    plain = sobol_indices(
        func=ishigami,
        n=4096,
        dists=[uniform()] * 3,
        rng=np.random.default_rng([7, 1]),
    )
    assert found.first_order == pytest.approx(plain.first_order)
    assert found.total_order == pytest.approx(plain.total_order)


def test_several_outputs_count_by_their_variance():
    # outputs x1 and 3 x2: variances 1 and 9
    found = estimate(lambda x: np.stack([x[0], 3 * x[1]]), 2)
    assert found.first_order == pytest.approx([0.1, 0.9], abs=0.01)
    assert found.total_order == pytest.approx([0.1, 0.9], abs=0.01)


def test_nothing_varies_nothing_is_said():
    found = estimate(lambda x: np.ones((2, x.shape[1])), 2, 16)
    assert np.isnan(found.first_order).all()
    assert np.isnan(found.total_bounds).all()


def test_the_bootstrap_is_seeded():
    def product(x):
        return (x[0] * x[1])[None, :]

    one, two = (estimate(product, 2, 64) for _ in range(2))
    assert one.first_bounds.tobytes() == two.first_bounds.tobytes()
    assert (one.first_bounds[0] < one.first_bounds[1]).all()


@pytest.mark.parametrize(
    ("unknown", "driver"),
    [
        ({"value": 40, "low": 20, "high": 80, "status": "modelled", "unit": "min"},
         "speeds"),
        ({"value": 40, "low": 20, "high": 80}, "inputs"),
        (None, "completeness"),
    ],
)  # fmt: skip
def test_the_factor_that_varies_is_named(unknown, driver):
    """One norm, so that weights cannot matter; plain means, so that k cannot."""
    code = "health.ambulance_minutes"
    limit = toy.standard("toy.wait", code, {"op": "<=", "value": 40})
    settlements = toy.settlements(*({"raion_id": f"r{n}"} for n in range(6)))
    values = toy.values(
        *((f"toy:{n}", code, unknown if n < 2 else 40 + 5 * n) for n in range(6))
    )
    given = country.given(settlements, values, standards=[limit])
    gaps = uncertain_gaps(given)
    parameters = RobustnessParameters(
        draws=64, sobol_points=64, aggregations=("arithmetic",)
    )
    raion = np.arange(6)
    table = sensitivity(gaps, raion, nominal_scores(given.matrix), parameters)
    assert set(table["factor"]) == set(FACTORS)
    assert set(table["settlements"]) == {6}
    assert set(table["draws"]) == {64 * 8}
    total = table[table["output"] == "rank"].set_index("factor")["total_order"]
    assert total[driver] == pytest.approx(1, abs=0.3)
    assert (total.drop(driver) == 0).all()


def test_the_nominal_scoring_is_the_published_one():
    overall = country.scored()
    overall = overall[overall["group"] == "overall"]
    found = nominal_scores(country.given().matrix)
    given = overall["score"].notna().to_numpy()
    assert found[given] == pytest.approx(overall["score"].to_numpy()[given])
    # place 4, below the floor: trips alone are known, gap 1/2
    assert found[4] == pytest.approx(0.5)
