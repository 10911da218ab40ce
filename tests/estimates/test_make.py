"""A whole country of models: who gets an estimate, who does not and why."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from geo.estimates.declared import Estimates
from geo.estimates.make import _at_most, estimate
from geo.layers.schema import TABLES
from geo.release.tables import arrow_table
from geo.sources.country import Operator
from tests.estimates.invented import GATE
from tests.estimates.test_exposure import model

COUNT = 900
NOBODY, TWICE, ABROAD = "p1", "p2", "p4"


def _layers(seed=1):
    """Places of 20 to 20,000 people; where there are many there is LTE, and phones go
    to a third of all, along a line of masts that is 30 km from each.
    """
    rng = np.random.default_rng(seed)
    lon, lat = rng.uniform(24, 31, COUNT), rng.uniform(52, 55.5, COUNT)
    people = np.exp(rng.uniform(3, 10, COUNT))
    people[1] = np.nan
    settlements = pd.DataFrame(
        {
            "id": [f"p{n}" for n in range(COUNT)],
            "lon": lon,
            "lat": lat,
            "population": people,
            "urban": np.where(people > 5000, "yes", "no"),
            "kind": None,
            "raion_centre": "no",
            "duplicate_of": None,
            "foreign": None,
        }
    ).set_index("id", drop=False)
    settlements.loc[TWICE, "duplicate_of"] = "p3"
    settlements.loc[ABROAD, "foreign"] = "xx"
    has = rng.random(COUNT) < expit(2 * (np.log(np.nan_to_num(people, nan=20)) - 6))
    went = rng.random(COUNT) < 0.4
    went[1] = False
    parts = []
    for n in np.flatnonzero(went):
        for day in ("2023-05-01", "2023-06-01"):
            parts += [(3, lon[n], lat[n], day), (4, lon[n], lat[n] + 0.27, day)]
        if has[n]:
            parts.append((4, lon[n], lat[n], "2023-07-01"))
    cells = pd.DataFrame(parts, columns=["generation", "lon", "lat", "updated"])
    cells = cells.assign(created=cells["updated"], net="1")
    cells["cell_id"] = [str(n) for n in range(len(cells))]
    cells = cells.astype({"created": "datetime64[s]", "updated": "datetime64[s]"})
    return SimpleNamespace(settlements=settlements, cells=cells, facilities=None)


COUNTRY = SimpleNamespace(
    crs_metric="EPSG:32635",
    parameters=SimpleNamespace(size_bands=(0, 5000)),
    operators=(
        Operator(id="a1", name="A1", nets=("1",)),
        Operator(id="none", name="None", nets=("9",)),
    ),
)


BARE = {
    "covariates": ("people",),
    "knots": 3,
    "per": "operator",
    "bands": [{"id": "probably", "at_least": 0.8, "low_at_least": 0.6}],
}


def _declared(**more):
    lte = model(**(BARE | more))
    return Estimates(gate=GATE, interval=0.9, draws=50, models=(lte,))


@pytest.fixture(scope="module")
def made():
    return estimate(_layers(), COUNTRY, _declared(), {})


def test_tables_fit_their_declarations(made):
    assert set(made.tables) == {"estimates", "estimate_checks", "estimate_groups"}
    for name, table in made.tables.items():
        arrow_table(table, TABLES[name])


def test_each_operator_has_a_model_of_its_own(made):
    told = {
        one["id"]: (one["published"], one["failed"]) for one in made.manifest["models"]
    }
    assert told == {
        "lte": (True, []),
        "lte.a1": (True, []),
        "lte.none": (False, ["too_few"]),
    }
    table = made.tables["estimates"]
    assert set(table["model"]) == {"lte", "lte.a1"}, "a model that failed says nothing"
    assert "lte.none" in set(made.tables["estimate_checks"]["model"])


def test_only_who_is_counted_has_a_row(made):
    table = made.tables["estimates"].query("model == 'lte'")
    assert len(table) == COUNT - 2
    assert not {TWICE, ABROAD} & set(table["settlement_id"])


def test_without_people_or_likeness_there_is_no_estimate_and_why(made):
    rows = made.tables["estimates"].query("model == 'lte'").set_index("settlement_id")
    assert rows.at[NOBODY, "reason"] == "no_population"
    bare = rows[rows["band"].isna()]
    assert bare[["estimate", "low", "high"]].isna().all(axis=None)
    assert set(bare["reason"]) <= {"no_population", "outside_domain"}


def test_outside_the_domain_there_is_no_estimate():
    narrow = _declared().model_copy(
        update={"gate": GATE.model_copy(update={"domain": 0.99})}
    )
    rows = estimate(_layers(), COUNTRY, narrow, {}).tables["estimates"]
    rows = rows.query("model == 'lte' and days == 0")
    assert set(rows["reason"]) == {"outside_domain", "no_population"}
    assert rows["estimate"].isna().all()


def test_what_was_looked_for_in_vain_is_not_called_probable(made):
    rows = made.tables["estimates"].query("model == 'lte'")
    vain = rows[(rows["days"] >= 2) & ~rows["found"].astype(bool)]
    assert len(vain) > 50
    assert set(vain["band"]) == {"open"}
    assert set(vain["reason"]) == {"looked_not_found"}
    assert (vain["estimate"] > 0.8).any(), "the model alone would have said so"


def test_an_operator_has_no_more_than_any(made):
    table = made.tables["estimates"]
    every = table.query("model == 'lte'").set_index("settlement_id")
    own = table.query("model == 'lte.a1'").set_index("settlement_id")
    both = (
        every["estimate"].notna()
        & own["estimate"].notna()
        & ~every["found"].astype(bool)
    )
    assert (own["estimate"] <= every["estimate"])[both].all()
    none = every["reason"].eq("looked_not_found")
    assert not (own["band"].eq("probably") & none).any()


def test_the_mean_of_a_group_lies_in_its_interval(made):
    table = made.tables["estimate_groups"].dropna(subset=["mean"])
    assert set(table["model"]) == {"lte", "lte.a1"}
    assert table["mean"].between(table["low"], table["high"]).all()


def test_what_no_operator_has_is_told_of_none():
    said = tuple(np.array([0.9, 0.9, 0.9]) + end for end in (0.0, -0.1, 0.05))
    every = pd.DataFrame(
        {
            "found": [False, True, False],
            "estimate": [0.3, 0.3, np.nan],
            "low": [0.2, 0.2, np.nan],
            "high": [0.4, 0.4, np.nan],
        }
    )
    p, low, high = _at_most(said, every)
    assert p.tolist() == [0.3, 0.9, 0.9], "bound by any, but not where it is on record"
    assert low == pytest.approx([0.2, 0.8, 0.8])
    assert high == pytest.approx([0.4, 0.95, 0.95])


def test_a_band_is_what_its_declaration_says(made):
    rows = made.tables["estimates"].query("band == 'probably'")
    assert len(rows) > 50
    assert rows["estimate"].min() >= 0.8
    assert rows["low"].min() >= 0.6


def test_the_same_input_gives_the_same_figures(made):
    again = estimate(_layers(), COUNTRY, _declared(), {})
    for name, table in made.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])
    assert again.manifest == made.manifest


def test_no_probability_is_above_the_cap():
    table = estimate(_layers(), COUNTRY, _declared(cap=0.9), {}).tables["estimates"]
    assert table["estimate"].max() == 0.9
    assert table["low"].max() <= 0.9 < table["high"].max()
