"""Cells: sizes by the extent of a country, numbers by the points, whole shapes."""

import h3
import numpy as np
import pyarrow as pa
import pytest
import shapely

from geo.errors import ReleaseError
from geo.release.hexagons import (
    NOWHERE,
    Resolution,
    cells,
    described,
    hexagons,
    numbered,
    outline,
    resolutions,
)

#: Mean width of the cells of H3 from side to side, km, by resolution (h3geo.org: edge
#: length times the root of 3).
WIDTH = {2: 316.1, 3: 119.5, 4: 45.2, 5: 17.1, 6: 6.45}


def places(points, foreign=()):
    """Return settlements at these points (lon, lat); numbers of foreign ones."""
    lon, lat = zip(*points, strict=True)
    marks = ["zz" if n in foreign else None for n in range(len(points))]
    return pa.table(
        {
            "lon": pa.array(lon, pa.float64()),
            "lat": pa.array(lat, pa.float64()),
            "duplicate_of": pa.nulls(len(points), pa.string()),
            "foreign": pa.array(marks, pa.string()),
        }
    )


def pixels(resolution, zoom, lat):
    """Width of a cell on a map with tiles of 512 pixels."""
    metres = 40_075_017 * np.cos(np.radians(lat)) / 512 / 2**zoom
    return WIDTH[resolution] * 1000 / metres


def test_a_country_as_wide_as_belarus_has_three_sizes():
    table = places([(23.2, 51.3), (32.8, 56.2)])
    assert resolutions(table) == [
        Resolution(4, 0, 5),
        Resolution(5, 5, 7),
        Resolution(6, 7, 8),
    ]
    # 15 pixels or more in the middle of each zoom, and the next finer ones have fewer
    for zoom, resolution in ((4, 4), (5, 5), (6, 5), (7, 6)):
        assert pixels(resolution, zoom + 0.5, 53.75) >= 15
        if resolution < 6:
            assert pixels(resolution + 1, zoom + 0.5, 53.75) < 15


def test_a_country_that_fits_when_dots_are_drawn_has_none():
    malta = [(14.18, 35.79), (14.58, 36.08)]
    assert resolutions(places(malta)) == []
    assert described(places(malta)) == {"settlements": "by_cell", "hexagons": []}
    assert resolutions(places([(14.5, 35.9)])) == []
    assert resolutions(places([(None, None)])) == []


def test_the_extent_is_that_of_who_is_drawn_and_goes_the_short_way_around():
    small = [(179.9, -17.0), (-179.9, -17.1)]
    assert resolutions(places(small)) == []
    assert resolutions(places([*small, (0.0, 0.0)], foreign=[2])) == []
    assert resolutions(places([*small, (0.0, 0.0)]))


def test_numbers_are_places_among_the_sorted_ids_of_the_cells():
    points = [(27.5, 53.9), (23.7, 52.1), (27.501, 53.9), (None, None), (30.0, 55.0)]
    found = cells(places(points, foreign=[4]), 5)
    ids = sorted({h3.latlng_to_cell(53.9, 27.5, 5), h3.latlng_to_cell(52.1, 23.7, 5)})
    assert [h3.int_to_str(one) for one in found.ids.tolist()] == ids
    here = [h3.latlng_to_cell(lat, lon, 5) for lon, lat in points[:3]]
    assert found.of.tolist() == [*map(ids.index, here), NOWHERE, NOWHERE]


def test_settlements_are_numbered_by_neighbourhood_and_the_undrawn_come_last():
    brest, minsk, beside = (23.7, 52.1), (27.5, 53.9), (23.7001, 52.1)
    table = places([brest, (None, None), minsk, (27.0, 53.0), beside], foreign=[3])
    order = numbered(table).tolist()
    assert order[3:] == [1, 3]
    assert set(order[:3]) == {0, 2, 4}
    assert abs(order.index(0) - order.index(4)) == 1


def test_a_feature_is_the_outline_of_its_cell_in_its_zooms():
    (feature,) = hexagons(places([(27.5, 53.9)]), Resolution(5, 5, 7))
    assert feature["id"] == 0
    assert feature["properties"] == {}
    assert feature["tippecanoe"] == {"minzoom": 5, "maxzoom": 6}
    (ring,) = feature["geometry"]["coordinates"]
    cell = h3.latlng_to_cell(53.9, 27.5, 5)
    expected = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
    assert np.array(ring)[:-1] == pytest.approx(np.array(expected))


def test_a_cell_across_the_180th_meridian_is_cut_in_two():
    cell = h3.latlng_to_cell(-17.0, 180.0, 4)
    lons = [lon for _, lon in h3.cell_to_boundary(cell)]
    assert max(lons) - min(lons) > 180
    shape = outline(h3.str_to_int(cell))
    assert shape.is_valid
    assert shape.geom_type == "MultiPolygon"
    west, _, east, _ = shape.bounds
    assert (west, east) == (-180, 180)
    # nothing is lost: as wide as its neighbour that is whole
    whole = outline(h3.str_to_int(h3.latlng_to_cell(-17.0, 178.0, 4)))
    assert shape.area == pytest.approx(whole.area, rel=0.05)
    assert not shape.intersects(shapely.box(-179, -90, 179, 90))


def test_a_pole_has_no_place_on_the_map():
    with pytest.raises(ReleaseError, match="a settlement lies at a pole"):
        list(hexagons(places([(0.0, 90.0)]), Resolution(3, 0, 5)))
