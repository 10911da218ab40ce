"""The people of places, tried on what was hidden from the model: real census, towns."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from geo.layers.census import LOST, TOWN_TYPES, raion_of_rows
from geo.layers.change import fit_spread
from geo.layers.rural_places import joint_people, rural_model
from geo.layers.settled_sizes import settled_sizes

SEEDS = range(5)
SHARE, LEVEL = 0.05, 0.99


@dataclass(frozen=True)
class Hidden:
    """What the model says of places whose census row it has seen without its place.

    Attributes
    ----------
    truth
        Census people of all places without a value, 0 for those that are below the
        floor for certain.
    low, high
        Their settled range on the day of the census.
    reached
        By thresholds.
    """

    truth: pd.Series
    low: pd.Series
    high: pd.Series
    reached: pd.DataFrame

    def wrong(self, threshold: int) -> tuple[int, float, int]:
        """Return places settled wrongly, as many as were expected, and all settled."""
        share, is_there = self.reached[threshold], self.truth >= threshold
        below, above = self.high < threshold, self.low >= threshold
        wrong = (below & is_there) | (above & ~is_there)
        expected = share[below].sum() + (1 - share[above]).sum()
        return int(wrong.sum()), float(expected), int((below | above).sum())


def hide(by, seed, thresholds, floor=100):
    """Hide the places of some rows, and of all rows below a floor, from the model.

    Rows that are lost in truth are left out: of all others the truth is known.
    """
    settlements = by.layers.settlements
    village = ~by.layers.census["place_type"].isin(TOWN_TYPES)
    village &= by.layers.census["outcome"].ne("part_of_city")
    census = by.layers.census[village & ~by.layers.census["outcome"].isin(LOST)]
    raion = raion_of_rows(by.layers.census, settlements, by.layers.areas)
    modelled = settlements[settlements["population_status"] == "modelled"]
    census = census[census["settlement_id"].isin(modelled["id"])].copy()
    unlisted = census["population"] < floor
    rng = np.random.default_rng(seed)
    hidden = ~unlisted & (rng.random(len(census)) < SHARE)
    truth = census.set_index("settlement_id")["population"].astype("float64")
    seen = census[~unlisted].assign(
        settlement_id=census["settlement_id"].where(~hidden)
    )
    named = seen["settlement_id"].dropna()
    people = modelled.assign(
        population_census=modelled["population_census"].where(
            modelled["id"].isin(named)
        )
    )
    small = people.loc[people["population_census"].isna(), "raion_id"]
    units = by.raions.assign(oblast_id=by.raions["parent"])
    # the census is the official count, so that nothing has changed since
    listed = seen["population"].groupby(raion[seen.index]).sum()
    first = rural_model(small, seen, raion[seen.index], units, floor, 9.9)
    means = pd.Series({name: one.mean() for name, one in first.sizes.items()})
    below = first.table["places"] * means
    units["population_official_rural"] = (listed + below).reindex(units.index)
    model = rural_model(small, seen, raion[seen.index], units, floor, 9.9)
    fit = model.fit
    assert (fit.decline, fit.exponent) == pytest.approx((1, 0), abs=1e-3)
    joint = joint_people(people, people, model, 1.0, floor, (2009, 2009, 2009))
    found = settled_sizes(joint, thresholds, LEVEL, seed)
    own = found.ranges.loc[small.index]
    return Hidden(
        truth.reindex(small.index).fillna(0),
        own["population_settled_low"],
        own["population_settled_high"],
        found.reached.loc[small.index],
    )


@pytest.fixture(scope="module")
def held_out(by):
    return [hide(by, seed, [100, 300, 500, 1000]) for seed in SEEDS]


@pytest.mark.parametrize("threshold", [100, 300, 500, 1000])
def test_as_many_hidden_places_are_settled_wrongly_as_expected(held_out, threshold):
    tried = [one.wrong(threshold) for one in held_out]
    wrong, expected, settled = (sum(column) for column in zip(*tried, strict=True))
    # counts of rare things: within three standard deviations
    assert abs(wrong - expected) < 3 * np.sqrt(expected) + 1
    assert wrong < (1 - LEVEL) * settled


@pytest.mark.parametrize("floor", [150, 200])
def test_the_sizes_below_a_higher_floor(by, floor):
    # the curve of the larger places is carried below the floor, where all is known: it
    # gives too many people rather than too few
    found = hide(by, 0, [100, 150], floor)
    given, true = found.reached[100].sum(), (found.truth >= 100).sum()
    assert 1 < given / true < 1.3
    # of what it settles no more is wrong than it says
    wrong, expected, settled = found.wrong(150)
    assert wrong < expected + 3 * np.sqrt(expected) + 1
    assert wrong < (1 - LEVEL) * settled + 1


def test_the_spread_of_towns_holds_for_towns_that_it_has_not_seen(by):
    lone, ids = by.layers.people.lone, by.layers.people.ids
    then = by.layers.settlements.loc[ids[lone.rows], "population_census"]
    before = then.to_numpy(float, na_value=np.nan)
    twice = (before > 0) & (lone.yearly != 0)
    before, after = before[twice], lone.people[twice]
    assert len(before) > 150
    part = np.random.default_rng(1).integers(5, size=len(before))
    inside = np.zeros(len(before), bool)
    for fold in range(5):
        out = part == fold
        spread = fit_spread(before[~out], after[~out], 10)
        middle = np.median(np.log(after[~out] / before[~out]))
        away = np.abs(np.log(after[out] / before[out]) - middle)
        widest = stats.t.ppf(0.99, spread.freedom)
        inside[out] = away <= spread.of(before[out], 10, 100) * widest
    # 98 % were promised
    assert 0.95 < inside.mean() < 1


def test_every_draw_has_the_official_people_of_every_raion(by):
    joint, raions = by.layers.people, by.raions
    drawn = joint.official(50, seed=7)
    rural = raions["population_official_rural"].astype("float64")
    own = by.layers.settlements.loc[joint.ids, "raion_id"].to_numpy(object)
    for raion in joint.raions:
        rows = np.concatenate([raion.listed, raion.small])
        sums = drawn[:, rows].astype(float).sum(axis=1)
        assert sums == pytest.approx(rural[own[rows[0]]], rel=1e-4)
    modelled = by.layers.settlements.loc[joint.ids, "population_status"]
    known = modelled.isin(["modelled", "measured"]).to_numpy()
    total = drawn[:, known].astype(float).sum(axis=1)
    assert total == pytest.approx(9_475_174, rel=0.01)
    # a hamlet stays one: the sum over them is not 18 times too large
    people = by.layers.settlements["population"].reindex(joint.ids)
    hamlets = (people < 20).to_numpy() & known
    lost = sum(raion.lost.sum() for raion in joint.raions)
    expected = people[hamlets].sum() + lost
    assert drawn[:, hamlets].sum(axis=1).mean() == pytest.approx(expected, rel=0.1)
