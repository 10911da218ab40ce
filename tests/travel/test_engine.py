"""The straight line: minutes = km x detour / speed x 60."""

import geopandas as gpd
import numpy as np
import pytest

from geo.layers.geodesy import geodesic_km
from geo.sources.country import TravelParameters
from geo.travel.engine import StraightLine
from tests.layers import toy

ENGINE = StraightLine(TravelParameters.model_validate(toy.TRAVEL))


def frame(*points):
    lon, lat = zip(*points, strict=True) if points else ((), ())
    columns = {"lon": list(lon), "lat": list(lat)}
    return gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_minutes_to_the_nearest_target():
    origins = frame((27.0, 53.0)).set_axis(["home"])
    found = ENGINE.nearest(origins, frame((27.5, 53.0), (27.1, 53.0)))
    km = geodesic_km(*(np.array([x]) for x in (27.0, 53.0, 27.1, 53.0)))[0]
    assert km == pytest.approx(6.7138, abs=1e-3)
    row = found.loc["home"]
    assert row["target"] == 1
    assert row["km"] == pytest.approx(km)
    assert row["minutes"] == pytest.approx(km * 1.2)  # 60 km/h: a km a minute
    assert row["minutes_low"] == pytest.approx(km / 2)  # no detour at 120 km/h
    assert row["minutes_high"] == pytest.approx(km * 2 * 2)  # twice the way at 30 km/h


def test_no_target_is_no_way():
    found = ENGINE.nearest(frame((27.0, 53.0)), frame())
    assert found["target"].tolist() == [-1]
    assert found[["km", "minutes", "minutes_low", "minutes_high"]].isna().all(axis=None)
