"""Exposure days on a line of places, counted by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest
from pydantic import ValidationError

from geo.estimates.declared import Looked, Model
from geo.estimates.exposure import exposure_days, found, records_of
from geo.sources.country import Operator

LOOKED = Looked(generations=(2, 3), near_km=5, away_km=(10, 60), years=4, days=2)
A1 = Operator(id="a1", name="A1", nets=("1",), shared=("6",))
#: along the parallel of 53° N a degree of longitude is 67.1 km
KM = 1 / 67.1
PLACES = pd.DataFrame({"lon": [27.0, 28.0], "lat": [53.0, 53.0]})


def model(**more):
    return Model(
        **{
            "id": "lte",
            "indicator": "digital.lte_found",
            "label": {"en": "LTE"},
            "meaning": {"en": "would be found"},
            "found": {"generation": 4, "km": 5},
            "looked": LOOKED.model_dump(),
            "covariates": ("people",),
            "knots": 1,
            "penalty": 1,
            "bands": [{"id": "probably", "at_least": 0.8}],
        }
        | more
    )


def cells(*rows):
    """Rows of generation, km east of the first place, last day, and more."""
    table = pd.DataFrame(
        [
            {"generation": g, "lon": 27 + km * KM, "updated": day, "net": "1"} | more
            for g, km, day, *rest in rows
            for more in (rest or [{}])
        ]
    )
    table["lat"], table["cell_id"] = 53.0, [str(n) for n in range(len(table))]
    table["created"] = table.get("created", table["updated"])
    return table.astype({"created": "datetime64[s]", "updated": "datetime64[s]"})


def days(*rows, of=None, operator=None):
    asked = model().model_copy(update={"operator": operator})
    records = records_of(cells(*rows))
    return exposure_days(asked, of or LOOKED, records, PLACES).tolist()


def test_a_day_counts_where_others_are_near_and_the_network_away():
    near, away = (3, 1, "2023-05-01"), (4, 30, "2023-05-01")
    # 30 km east of the first place is 37 km west of the second, which nobody was near
    assert days(near, away) == [1, 0]
    assert days(near, (2, 2, "2023-05-01"), away) == [1, 0], "a day counts once"
    assert days(near, (2, 2, "2023-05-02"), away) == [1, 0], "another day"
    assert days((3, 6, "2023-05-01"), away) == [0, 0], "too far to have been there"


@pytest.mark.parametrize(("km", "counts"), [(9, 0), (11, 1), (59, 1), (61, 0)])
def test_only_the_ring_tells_that_somebody_could_have_found_it(km, counts):
    assert days((3, 0, "2023-05-01"), (4, -km, "2023-05-01")) == [counts, 0]


def test_what_was_found_at_the_place_does_not_make_it_looked_at():
    assert days((4, 0, "2023-05-01"), (4, 30, "2023-05-01")) == [0, 0]
    assert days((3, 0, "2023-05-01"), (4, 1, "2023-05-01")) == [0, 0]


def test_first_and_last_days_of_the_last_calendar_years_count():
    first = {"created": "2020-01-01"}
    rows = [(3, 0, "2023-12-14", first), (4, 30, "2023-12-14", first)]
    assert days(*rows) == [2, 0]
    old = {"created": "2019-12-31"}
    assert days((3, 0, "2023-12-14", old), (4, 30, "2023-12-14", old)) == [1, 0]


def test_a_first_day_of_the_future_moves_no_year():
    slip = {"created": "2062-01-01"}
    assert days((3, 0, "2023-05-01", slip), (4, 30, "2023-05-01", slip)) == [1, 0]


def test_an_operator_is_looked_for_by_its_own_phones():
    own, other = {"net": "1"}, {"net": "2"}
    shared = (4, 30, "2023-05-01", {"net": "6"})
    assert days((3, 0, "2023-05-01", own), shared, operator=A1) == [1, 0]
    assert days((3, 0, "2023-05-01", other), shared, operator=A1) == [0, 0]


def test_no_cell_is_no_day():
    none = records_of(cells((3, 0, "2023-05-01"))[:0])
    assert exposure_days(model(), LOOKED, none, PLACES).sum() == 0


def test_found_is_what_is_on_record_near_the_place():
    table = cells(
        (4, 4, "2016-05-01"), (3, 0, "2023-05-01"), (4, 0, "2023-05-01", {"net": "2"})
    )
    layers = SimpleNamespace(cells=table)
    assert found(model(), layers, PLACES).tolist() == [True, False]
    asked = model().model_copy(update={"operator": A1})
    assert (
        found(asked, SimpleNamespace(cells=table[1:]), PLACES).tolist() == [False] * 2
    )


@pytest.mark.parametrize(
    "looked",
    [
        {"generations": (3, 4)},  # a record of what is found would be looking
        {"away_km": (4, 60)},  # the ring would reach into what is found
        {"away_km": (60, 10)},
    ],
)
def test_an_exposure_that_contains_the_outcome_cannot_be_declared(looked):
    with pytest.raises(ValidationError, match="must not hang on what was found"):
        model(looked=LOOKED.model_dump() | looked)
