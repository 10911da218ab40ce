"""What the gate lets through, and what it must refuse."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize
from scipy.special import expit

from geo.estimates.declared import Band, Rule
from geo.estimates.gate import (
    Known,
    blocks,
    check,
    in_band,
    log_score,
    size_shares,
    widened,
)
from tests.estimates.invented import GATE, RULE, certain, invented, logistic


def occupancy(country):
    """MacKenzie et al. (2002): one occupancy, one detection per visit, no covariate.

    Fitted to the days with any record, as textbooks do with visits to sites.
    """

    def learnt(rows, asked, block):  # noqa: ARG001
        visits, hits = country.visits[rows], country.hits[rows]

        def loss(at):
            psi, p = expit(at)
            seen = psi * p**hits * (1 - p) ** (visits - hits)
            return -np.log(seen + (1 - psi) * (hits == 0)).sum()

        psi, p = expit(minimize(loss, [0.0, 0.0]).x)
        detected = psi * (1 - (1 - p) ** country.visits[asked])
        return certain(detected)

    return learnt


def test_a_model_that_knows_what_matters_passes():
    country = invented()
    known = country.known()
    checked = check(logistic(country), known.looked, known, RULE, GATE)
    assert checked.published
    summary = checked.summary
    assert summary["n"] == known.looked.sum()
    assert summary["skill"] == pytest.approx(
        1 - summary["log_score"] / summary["baseline_log_score"]
    )
    band = checked.rows.set_index("part").loc["band:probably"]
    assert band["holds"]
    assert band["observed"] >= 0.8


def test_the_textbook_occupancy_model_is_refused():
    country = invented()
    known = country.known()
    rule = Rule(RULE.bands)
    checked = check(occupancy(country), known.looked, known, rule, GATE)
    assert "skill" in checked.failed


def test_a_model_whose_exposure_contains_the_outcome_is_refused():
    country = invented()
    known = country.known()
    # "somebody looked" where anything is on record: two visits, or it was found at all
    tainted = (country.hits > 0) | (country.visits >= 6)
    checked = check(logistic(country), tainted, known, RULE, GATE)
    assert "skill" in checked.failed
    rest = check(logistic(country), known.looked, known, RULE, GATE)
    assert rest.summary["log_score"] < checked.summary["log_score"]


def test_a_band_that_does_not_hold_is_refused():
    country = invented()
    known = country.known()
    honest = logistic(country)

    def boasting(rows, asked, block):
        p, _, _ = honest(rows, asked, block)
        return certain(np.where(p > 0.5, np.maximum(p, 0.85), p))

    rule = Rule((Band(id="probably", at_least=0.85),))
    assert "band" in check(boasting, known.looked, known, rule, GATE).failed
    assert not check(honest, known.looked, known, rule, GATE).failed


def test_a_band_that_nothing_falls_in_holds_nothing():
    country = invented()
    known = country.known()
    rule = Rule((Band(id="probably", at_least=1.0, low_at_least=1.0),))
    assert "band" in check(logistic(country), known.looked, known, rule, GATE).failed


@pytest.mark.parametrize("found", [0.0, 1.0])
def test_one_outcome_alone_teaches_nothing(found):
    country = invented(200)
    known = country.known()
    one = Known(np.full(200, found), known.looked, known.size, known.flat)
    checked = check(logistic(country), known.looked, one, RULE, GATE)
    assert checked.failed == ("too_few",)


def test_a_country_of_one_block_is_too_small():
    country = invented(200)
    known = country.known()
    flat = Known(known.found, known.looked, known.size, known.flat / 100)
    assert check(logistic(country), known.looked, flat, RULE, GATE).failed == (
        "too_few",
    )


def test_no_place_is_told_by_its_own_block():
    country = invented(600)
    known = country.known()
    seen = []

    def watching(rows, asked, block):
        seen.append(set(block[rows]) & set(block[asked]))
        return certain(np.full(asked.sum(), 0.5))

    check(watching, known.looked, known, RULE, GATE)
    assert len(seen) == GATE.folds * len(GATE.seeds)
    assert not any(seen)


def test_blocks_are_squares_of_their_size():
    flat = np.array([[0.0, 0.0], [0.0, 49.0], [0.0, 200.0], [200.0, 0.0]])
    block = blocks(flat, 50, seed=1)
    assert block[0] != block[2]
    assert block[0] != block[3]
    assert block[2] != block[3]
    many = np.random.default_rng(1).uniform(0, 500, (5000, 2))
    frame = pd.DataFrame(many, columns=["x", "y"])
    span = frame.groupby(blocks(many, 50, seed=2)).agg(np.ptp)
    assert span.to_numpy().max() < 50


def test_log_score_and_shares_on_paper():
    found = np.array([1.0, 1.0, 0.0, 1.0])
    assert log_score(found, np.full(4, 0.75)) == pytest.approx(
        -(3 * np.log(0.75) + np.log(0.25)) / 4
    )
    size = np.array([0, 0, 0, 1])
    # all 3/4; band 0 has 2 of 3, band 1 has 1 of 1, each with two places of the share
    shares = size_shares(found, size, np.ones(4, bool))
    assert shares == pytest.approx([3.5 / 5, 3.5 / 5, 3.5 / 5, 2.5 / 3])


def test_a_band_asks_for_probability_and_interval():
    band = Band(id="probably", at_least=0.8, low_at_least=0.6)
    p = np.array([0.8, 0.9, 0.79])
    low = np.array([0.6, 0.59, 0.7])
    assert in_band(band, p, low, p).tolist() == [True, False, False]


def test_widening_is_in_log_odds_and_keeps_the_cap():
    told = tuple(expit(np.array([end, end + 2.0])) for end in (0.0, -1.0, 1.0))
    p, low, high = widened(told, 2.0, 0.7)
    assert p == pytest.approx([0.5, 0.7])
    assert low == pytest.approx(expit([-2.0, 0.0]))
    assert high == pytest.approx(expit([2.0, 4.0])), "more is not told, not excluded"
