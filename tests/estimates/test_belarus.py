"""The models of the real country: which pass, and what held-out blocks say."""

import pytest

from geo.estimates.declared import load_estimates
from geo.estimates.make import estimate
from tests.layers.belarus import belarus

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def made(mirror, tmp_path_factory):
    by = belarus(mirror, tmp_path_factory.getbasetemp() / "by")
    return estimate(by.layers, by.country, load_estimates(by.country), {})


def test_which_models_pass(made):
    told = {one["id"]: one["published"] for one in made.manifest["models"]}
    assert told == {
        "lte": True,
        "lte.a1": False,
        "lte.mts": True,
        "lte.life": True,
        "3g": False,
        "3g.a1": False,
        "3g.mts": False,
        "3g.life": False,
        "post_office": True,
    }


def test_lte_is_told_better_than_by_size(made):
    (lte,) = (one["checked"] for one in made.manifest["models"] if one["id"] == "lte")
    assert lte["n"] == pytest.approx(2500, rel=0.05)
    assert lte["baseline_log_score"] == pytest.approx(0.64, abs=0.02)
    assert lte["log_score"] < 0.53
    assert lte["seeds_beaten"] == 5


def test_what_is_called_probable_is_found_in_nine_of_ten(made):
    checks = made.tables["estimate_checks"].set_index(["model", "part"])
    band = checks.loc[("lte", "band:probably")]
    assert band["n"] > 800
    assert band["observed"] == pytest.approx(0.91, abs=0.03)


def test_the_gap_of_villages_is_less_at_equal_exposure(made):
    groups = made.tables["estimate_groups"].query("indicator == 'digital.lte_found'")
    groups = groups.set_index("group")
    raw = groups["population_found"] / groups["population"]
    assert raw["town"] - raw["village"] > 0.5
    village = groups.loc["village"]
    assert -0.35 < village["difference_low"] < village["difference_high"] < -0.1
