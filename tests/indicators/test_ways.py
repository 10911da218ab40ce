"""Where no way is found there is a word, a bound, and never a number."""

from dataclasses import replace

import numpy as np
import pytest

from geo.indicators.access import minutes_to
from geo.indicators.ways import access_table
from geo.layers.schema import TABLES
from geo.standards.values import measured
from geo.travel.engine import StraightLine, Way
from geo.types import FacilityKind
from tests.indicators.test_access import CENTRE, HOSPITAL, facilities
from tests.layers import toy

LOST = {"ty:dubrava": Way.UNSNAPPED, "ty:lipki": Way.UNREACHABLE}


class Gappy(StraightLine):
    """A network on which two villages are lost."""

    method = "road network"

    def nearest(self, origins, targets, kind="", *, lines=False):
        found = super().nearest(origins, targets, kind, lines=lines)
        for place, way in LOST.items():
            found.loc[place, ["way", "target"]] = [way, -1]
            found.loc[place, ["minutes", "minutes_high", "km", "geodesic_km"]] = np.nan
        return found


def measuring(*complete):
    declared = toy.country(
        completeness=tuple(
            {"layer": layer, "area": "*", "stated_by": "test"} for layer in complete
        )
    )
    feed = toy.feeding("register", {"facilities": facilities(CENTRE)})
    made = toy.measuring(feed, declared=declared)
    return replace(made, engine=Gappy(declared.parameters.travel))


def hospital(*complete):
    return minutes_to(measuring(*complete), FacilityKind.HOSPITAL)


def test_no_way_has_a_status_and_a_source_and_no_number():
    table = hospital("facilities")
    assert table.loc[list(LOST), "status"].tolist() == ["unsnapped", "unreachable"]
    assert table.loc[list(LOST), ["value", "high", "facility_id"]].isna().all(axis=None)
    assert table.loc[list(LOST), "source"].tolist() == ["register"] * 2
    # nobody beats the straight line, whatever the roads
    assert (table.loc[list(LOST), "low"] > 0).all()
    others = table.drop(index=list(LOST))
    assert set(others["status"]) == {"modelled"}
    assert others["value"].notna().all()


def test_without_a_whole_list_not_even_the_low_bound_stands():
    assert hospital().loc[list(LOST), "low"].isna().all()


@pytest.mark.parametrize(
    ("complete", "proven"),
    [((), False), (("facilities",), False), (("roads",), False),
     (("facilities", "roads"), True)],
)  # fmt: skip
def test_unreachable_is_proven_only_by_whole_roads_and_a_whole_list(complete, proven):
    table = hospital(*complete)
    assert np.isposinf(table.loc["ty:lipki", "low"]) == proven
    assert not np.isposinf(table.loc["ty:dubrava", "low"])
    values = table.assign(settlement_id=table.index, indicator=HOSPITAL)
    laid = measured(values, table.index, {HOSPITAL: "lower"}, toy.ON, {})[HOSPITAL]
    row = table.index.get_loc("ty:lipki")
    assert laid.unreachable[row] == proven
    assert np.isposinf(laid.central[row]) == proven
    assert np.isnan(laid.central[table.index.get_loc("ty:dubrava")])


def test_ways_are_published_with_their_statuses():
    context = measuring("facilities")
    minutes_to(context, FacilityKind.HOSPITAL)
    table = access_table(context).set_index("settlement_id")
    assert set(table["kind"]) == {"hospital"}
    lost = table.loc[list(LOST)]
    assert lost["status"].tolist() == ["unsnapped", "unreachable"]
    assert (
        lost[["minutes", "km", "detour", "reason", "facility_id"]].isna().all(axis=None)
    )
    assert lost["straight_minutes"].notna().all()
    found = table.drop(index=list(LOST))
    assert (found["detour"].dropna() == 1.0).all()
    assert list(access_table(toy.measuring())) == TABLES["access"].schema.names
