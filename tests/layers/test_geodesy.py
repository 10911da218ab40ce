"""Nearest and within against brute force over all pairs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.layers.geodesy import geodesic_km, nearest, within

MANY = settings(max_examples=60, deadline=None)


@st.composite
def points(draw, least: int = 0):
    """Clusters and scattered points, with many equal ones, poles and the date line."""
    grid = st.sampled_from([-180.0, -179.99, 0.0, 0.01, 0.011, 27.5, 179.99, 180.0])
    lon = st.one_of(grid, st.floats(-180, 180))
    lat = st.one_of(st.sampled_from([-90.0, 0.0, 0.01, 53.0, 90.0]), st.floats(-90, 90))
    pairs = draw(st.lists(st.tuples(lon, lat), min_size=least, max_size=14))
    table = np.array(pairs, dtype=float).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def all_pairs(origins, targets):
    shape = (len(origins[0]), len(targets[0]))
    if 0 in shape:
        return np.empty(shape)
    i, j = (index.ravel() for index in np.indices(shape))
    km = geodesic_km(origins[0][i], origins[1][i], targets[0][j], targets[1][j])
    return km.reshape(shape)


@MANY
@given(points(), points(least=1))
def test_nearest_is_the_nearest_of_all(origins, targets):
    km = all_pairs(origins, targets)
    index, found = nearest(origins, targets)
    assert found == pytest.approx(km.min(axis=1), abs=1e-8)
    # of equally near targets (to a micrometre) the first
    assert index.tolist() == np.round(km, 9).argmin(axis=1).tolist()


@MANY
@given(points(), points(), st.sampled_from([0.0, 0.5, 1.2, 5.0, 300.0, 25000.0]))
def test_within_is_all_pairs_in_reach(origins, targets, radius):
    expected = np.argwhere(all_pairs(origins, targets) <= radius)
    origin, target = within(origins, targets, radius)
    assert np.column_stack((origin, target)).tolist() == expected.tolist()


def test_without_targets_nothing_is_near():
    index, km = nearest((np.array([27.0]), np.array([53.0])), (np.empty(0),) * 2)
    assert index.tolist() == [-1]
    assert np.isnan(km).all()


def test_more_equal_targets_than_the_shortlist_give_the_first():
    here = (np.array([27.0]), np.array([53.0]))
    there = (np.full(9, 27.1), np.full(9, 53.0))
    assert nearest(here, there)[0].tolist() == [0]


def test_a_degree_of_the_equator():
    one = np.array([1.0])
    zero = np.array([0.0])
    # WGS 84: a = 6378.137 km, 2 pi a / 360
    assert geodesic_km(zero, zero, one, zero)[0] == pytest.approx(111.3195, abs=1e-4)


def test_the_radius_is_geodesic_not_spherical():
    # 5 km from 53° N are 0.044929° along the meridian, 0.074474° along the parallel; on
    # a sphere of the mean radius 0.04497° and 0.07472°: it would take all four
    here = (np.array([27.0]), np.array([53.0]))
    inside = (np.array([27.0, 27.07447]), np.array([53.04492, 53.0]))
    outside = (np.array([27.0, 27.07448]), np.array([53.04494, 53.0]))
    assert within(here, inside, 5.0)[1].tolist() == [0, 1]
    assert within(here, outside, 5.0)[1].tolist() == []
