"""What each standard adds to the gap of an area: on paper, and summing to the score."""

import numpy as np
import pyarrow as pa
import pytest

from geo.reports.contributions import Gaps, contributions, parts
from tests.release.pair import (
    TRIPS,
    WAIT,
    known,
    norm,
    place,
    release,
    trips,
    wait,
)  # fmt: skip

NORMS = [trips(norm("ty.trips.v", 20)), wait(norm("ty.wait.v", 30, "<="))]
BUS, AMBULANCE = "transport.trips_per_week", "health.ambulance_minutes"


def made(buses, minutes, people=(100, 300)):
    places = {f"toy:{n}": place(population=p) for n, p in enumerate(people)}
    values = {
        BUS: {f"toy:{n}": known(v) for n, v in enumerate(buses) if v is not None},
        AMBULANCE: {
            f"toy:{n}": known(v) for n, v in enumerate(minutes) if v is not None
        },
    }
    return release(places, values, NORMS)


def published(release_, subject="overall"):
    (score,) = (
        row["score"]
        for row in release_.rows("area_scores", "toy:raion")
        if (row["subgroup"], row["subject"]) == ("all", subject)
    )
    return score


def test_people_weigh_and_domains_weigh_alike():
    # buses: gaps 1 - 10/20 = 1/2 of 100 people, 0 of 300; half the weight: 1/16
    # ambulance: kept of 100 people, 1 - 30/40 = 1/4 of 300; half the weight: 3/32
    release_ = made((10, 20), (30, 40))
    found = contributions(release_, "toy:raion", "raion")
    assert list(found["overall"]) == [WAIT, TRIPS]
    assert found["overall"] == pytest.approx({TRIPS: 1 / 16, WAIT: 3 / 32})
    assert found["domain:transport"] == pytest.approx({TRIPS: 1 / 8})
    assert sum(found["overall"].values()) == pytest.approx(published(release_))


def test_what_is_not_known_adds_what_the_known_suggests():
    # K = 100 x 1/2 x 1/2 / 400 = 1/16; C = 3/4 + ...: of 300 people one of two is open
    release_ = made((10, 20), (30, None))
    found = contributions(release_, "toy:raion", "raion")["overall"]
    covered, told, open_ = 5 / 8, 1 / 16, 3 / 8
    assert found == pytest.approx({TRIPS: told, WAIT: told / covered * open_})
    assert sum(found.values()) == pytest.approx(published(release_))


def test_without_a_score_there_are_no_parts():
    release_ = made((None, 20), (None, None))
    assert published(release_) is None
    found = contributions(release_, "toy:raion", "raion")
    assert "overall" not in found
    assert found["domain:transport"] == {TRIPS: 0.0}


def test_a_score_of_another_formula_has_no_parts():
    release_ = made((10, 20), (30, 40))
    scores = release_.table("area_scores")
    other = pa.array([0.5] * len(scores), pa.float64())
    column = scores.column_names.index("score")
    release_.held["area_scores"] = scores.set_column(column, "score", other)
    assert contributions(release_, "toy:raion", "raion") == {}


def test_nothing_known_is_no_number():
    none = np.zeros((1, 1), bool)
    gaps = Gaps(np.array([5.0]), none, ~none, np.array([[1.0]]))
    assert np.isnan(parts(gaps, np.array([[1.0]]))).all()
