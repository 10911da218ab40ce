"""Cells of the real country: evidence falls with the size of the place."""

import numpy as np
import pytest

from geo.indicators.context import Measuring
from geo.indicators.measure import measure
from geo.sources.indicators import indicators
from geo.travel.engine import StraightLine
from tests.layers.belarus import ON

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def values(by):
    engine = StraightLine(by.country.parameters.travel)
    measuring = Measuring(by.layers, by.country, ON, engine)
    table = measure(measuring, indicators(by.country))
    return table.set_index(["indicator", "settlement_id"])


@pytest.mark.parametrize(
    ("least", "shares"), [(2, (100, 96, 84, 76, 67)), (4, (68, 32, 18, 15, 9))]
)
def test_share_of_places_with_a_cell_within_five_km(by, values, least, shares):
    best = values.loc["digital.best_generation", "value"]
    places = by.inputs.table("places").query("_source == 'by-places'")
    places = places.set_index("place_id")
    places = places[places.index.isin(best.index)]
    size = places["population"].astype("Float64").fillna(0).to_numpy(float)
    band = np.digitize(size, [100, 500, 2_000, 20_000])
    near = best.reindex(places.index).ge(least).to_numpy()
    found = [100 * near[band == number].mean() for number in (4, 3, 2, 1, 0)]
    assert found == pytest.approx(shares, abs=1)


def test_every_value_has_a_status_a_source_and_a_date(values):
    known = values[values["status"] != "unknown"]
    assert known["source"].notna().all()
    # an assumption has no day; a register of assumed facilities has one
    stated = known["source"].str.startswith("assumption:")
    assert known.loc[~stated, "date"].notna().all()
    assert known.loc[stated, "status"].eq("assumed").all()
    unknown = values[values["status"] == "unknown"]
    assert unknown[["value", "low", "high"]].isna().all(axis=None)
    assert not (values["low"] > values["value"]).any()
    assert not (values["value"] > values["high"]).any()


def test_what_no_source_brings_is_unknown(values):
    assert values.loc["health.pharmacy_minutes", "status"].eq("unknown").all()
    # a list that is not whole gives upper bounds only
    care = values.loc["health.primary_care_minutes"]
    assert care["status"].eq("modelled").all()
    assert care["low"].isna().all()
    # in four raions no hospital is listed
    hospital = values.loc["health.hospital_minutes"]
    shares = hospital["status"].value_counts(normalize=True)
    assert set(shares.index) == {"modelled", "assumed"}
    assert shares["assumed"] < 0.05
    assert hospital["low"].isna().all()
    assert values.loc["post.office_minutes", "status"].eq("assumed").all()


def test_the_partial_timetable_is_a_lower_bound(values):
    trips = values.loc["transport.trips_per_week"]
    served = trips[trips["status"] == "declared"]
    # the stops of Minsk and its raion, and the termini of the Brest station
    assert served["source"].value_counts().between(45, 110).all()
    assert len(served) == 155
    assert served["high"].isna().all()
    assert (served["low"] > 0).all()
