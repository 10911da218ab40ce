"""Canonical tables, facilities, references, completeness of supply lists."""

import numpy as np
import pandas as pd
import pytest

from geo.errors import SourceFormatError
from geo.layers.completeness import complete_areas, known_radius_km
from geo.layers.grid import grid_areas
from geo.layers.references import place_index
from geo.sources.country import Completeness
from geo.sources.result import CANONICAL, Rejections, canonical
from tests.layers import toy


@pytest.mark.parametrize("layer", sorted(CANONICAL))
def test_an_empty_table_gets_all_columns_and_types(layer):
    table = canonical(layer, pd.DataFrame())
    assert {name: str(kind) for name, kind in table.dtypes.items()} == CANONICAL[layer]


def test_missing_columns_are_unknown():
    table = canonical("facilities", pd.DataFrame({"facility_id": ["a", "b"]}))
    assert table["lon"].isna().all()
    assert table["name"].isna().all()
    assert table["located"].tolist() == [True, True]
    cells = canonical("cells", pd.DataFrame({"cell_id": ["a"]}))
    assert pd.isna(cells.at[0, "updated"])
    assert pd.isna(cells.at[0, "range_m"])


def test_a_value_of_the_wrong_type_is_named():
    with pytest.raises(SourceFormatError, match="column 'lon' holds a value") as caught:
        canonical("places", pd.DataFrame({"lon": ["east"]}))
    assert "layer places" in str(caught.value)


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan"), pd.NaT, np.nan])
def test_a_missing_value_is_refused_as_empty(missing):
    refused = Rejections("s", "f")
    refused.add(row=2, field="lat", value=missing, reason="missing")
    assert refused.frame().at[0, "value"] == ""


FACILITIES = pd.DataFrame(
    {
        "facility_id": ["h1", "h2", "h3", "h4"],
        "kind": "hospital",
        "lon": [27.23, np.nan, np.nan, np.nan],
        "lat": [53.22, np.nan, np.nan, np.nan],
        "status": "declared",
        "place_ref": [None, "Хутор", "Липки", None],
    }
)


def test_a_facility_takes_the_point_of_its_settlement_or_is_refused():
    built = toy.layers(toy.feeding("register", {"facilities": FACILITIES}))
    kept = built.facilities.set_index("id")
    assert sorted(kept.index) == ["h1", "h2"]
    assert kept["placed"].to_dict() == {"h1": "point", "h2": "settlement"}
    assert kept.loc["h2", ["lon", "lat", "settlement_id"]].tolist() == [
        27.48,
        53.3,
        "ty:hutor",
    ]
    refused = built.rejected[built.rejected["source"] == "register"]
    assert refused[["value", "reason"]].to_numpy().tolist() == [
        ["Липки", "2 settlements bear this name: ty:lipki, ty:lipki-b"],
        ["", "neither a point nor a settlement is given"],
    ]


def test_a_later_feed_stands_for_the_same_facility():
    later = FACILITIES.iloc[:1].assign(name="Новая")
    built = toy.layers(
        toy.feeding("register", {"facilities": FACILITIES.iloc[:2]}),
        toy.feeding("raion", {"facilities": later}),
    )
    assert built.facilities.set_index("id").loc["h1", ["name", "source"]].tolist() == [
        "Новая",
        "raion",
    ]


ASSUMPTION = {
    "id": "central",
    "enabled": True,
    "statement": {"en": "toy"},
    "kinds": ("hospital", "ambulance_station"),
    "at": "raion_centre",
    "stated_by": "test",
}


def _assuming(tmp_path, **changes):
    (tmp_path / "centres.csv").write_text(
        "level,area,centre,source\nraion,Алый район,Алый,toy\n"
        "raion,Белый район,Сосны,toy\n",
        encoding="utf-8",
    )
    return toy.country(folders=(tmp_path,), assumptions=(ASSUMPTION | changes,))


def test_an_assumption_fills_only_centres_without_a_listed_facility(tmp_path):
    # h1 stands in the town Алый without naming it
    feed = toy.feeding("register", {"facilities": FACILITIES.iloc[:1]})
    table = toy.layers(feed, declared=_assuming(tmp_path)).facilities
    assert table[["id", "status", "source"]].to_numpy().tolist() == [
        ["assumed:ambulance_station:ty:sosny", "assumed", "assumption:central"],
        ["assumed:ambulance_station:ty:town", "assumed", "assumption:central"],
        ["assumed:hospital:ty:sosny", "assumed", "assumption:central"],
        ["h1", "declared", "register"],
    ]


def test_nothing_is_assumed_where_a_list_is_stated_to_be_whole(tmp_path):
    feed = toy.feeding("register", {"facilities": FACILITIES.iloc[:1]})

    def assumed(*statements):
        declared = _assuming(tmp_path)
        declared = declared.model_copy(update={"completeness": statements})
        found = toy.layers(feed, declared=declared).facilities
        return found.loc[found["status"].eq("assumed"), "id"].str[8:].tolist()

    station = "ambulance_station"
    assert assumed(said(kind=station, area="*")) == ["hospital:ty:sosny"]
    assert assumed(said(kind=station, area="Белый район")) == [
        "ambulance_station:ty:town",
        "hospital:ty:sosny",
    ]
    over = said(kind="*", area="*", valid_to="2020-12-31")
    assert len(assumed(over)) == 3


def test_an_assumption_can_be_switched_off(tmp_path):
    declared = _assuming(tmp_path, enabled=False)
    assert toy.layers(declared=declared).facilities.empty


def test_references_by_id_code_and_unique_name():
    table = toy.whole().settlements
    codes = pd.DataFrame({"id": ["ty:hutor"], "value": ["Q1"]})
    places = place_index(table, codes)
    assert places.find("ty:hutor") == ("ty:hutor",)
    assert places.find("Q1") == ("ty:hutor",)
    assert places.find(" хутор ") == ("ty:hutor",)
    assert places.find("Липки") == ("ty:lipki", "ty:lipki-b")
    assert places.find("Сосны") == ("ty:sosny",)  # its flagged twin is no answer
    assert places.find("Нигде") == ()


def said(**changes) -> Completeness:
    stated = {"layer": "facilities", "stated_by": "test"}
    return Completeness.model_validate(stated | changes)


def _complete(*statements, kind="hospital", on=toy.ON):
    areas = toy.whole().areas
    return complete_areas(statements, areas, layer="facilities", kind=kind, on=on)


def test_what_nobody_states_is_incomplete():
    assert _complete() == set()
    assert _complete(said(layer="timetable", area="*")) == set()
    assert _complete(said(kind="pharmacy", area="*")) == set()


def test_statements_by_area_kind_and_period():
    assert _complete(said(area="Алый р-н")) == {"soato:1204"}
    assert _complete(said(area="soato:1208", kind="hospital")) == {"soato:1208"}
    assert _complete(said()) is None
    assert _complete(said(valid_to="2025-12-31")) == set()
    assert _complete(said(valid_from="2026-01-02")) == set()
    assert _complete(said(valid_from="2026-01-01", valid_to="2026-01-01")) is None


def test_the_known_radius_ends_at_the_incomplete_neighbour():
    built = toy.whole()
    settlements = built.settlements
    args = (settlements, built.areas, toy.country())
    radius = pd.Series(known_radius_km(*args, {"soato:1204"}), settlements.index)
    # 0.02° of longitude at 53.3° N are 1.334 km; five per cent for the projection
    assert radius["ty:hutor"] == pytest.approx(1.334 * 0.95, abs=0.005)
    assert radius["ty:sosny"] == 0
    assert np.isinf(known_radius_km(*args, None)).all()
    assert (known_radius_km(*args, set()) == 0).all()
    assert np.isinf(known_radius_km(*args, {"soato:1204", "soato:1208"})).all()


def test_the_grid_covers_the_settlements_and_says_what_it_is():
    settlements = toy.whole().settlements
    cells, ids = grid_areas(settlements, toy.country(grid_km=20))
    assert set(cells["id"]) == set(ids)
    assert cells["analytic"].all()
    own = cells.set_index("id").loc[ids, "geometry"]
    assert all(
        cell.buffer(1e-4).contains(point)
        for cell, point in zip(own, settlements.geometry, strict=True)
    )


def test_a_country_with_a_grid_gives_each_settlement_its_cell():
    built = toy.layers(declared=toy.country(grid_km=20))
    cells = built.areas[built.areas["level"] == "grid"]
    assert set(built.settlements["grid_id"]) == set(cells["id"])
