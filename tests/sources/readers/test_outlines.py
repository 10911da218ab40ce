"""The land of outlines that are drawn wrongly, against land known on paper."""

import math
import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.sources.readers import outlines
from geo.sources.readers.geojson import FeatureFault
from geo.sources.readers.outlines import MOST_GUESSED, area_km2, mended


def ring(*points: tuple[float, float]) -> shapely.LinearRing:
    """A ring whose points are counted in tenths of a degree from 24 E, 52 N."""
    return shapely.LinearRing([(24 + x / 10, 52 + y / 10) for x, y in points])


def square(x: float, y: float, side: float) -> shapely.LinearRing:
    return ring((x, y), (x + side, y), (x + side, y + side), (x, y + side))


def land(shape: shapely.Geometry) -> float:
    """Area in square tenths of a degree."""
    return round(shape.area * 100, 9)


def fault(shape: shapely.Geometry) -> FeatureFault:
    with pytest.raises(FeatureFault) as caught:
        mended(shape)
    assert caught.value.field == "geometry"
    return caught.value


def test_a_square_of_the_ellipsoid():
    """A degree at the equator: 111.32 km by 110.57 km, 1 in 25,000 less for its top."""
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12308.8, abs=0.1)
    holed = shapely.box(0, 0, 1, 1) - shapely.box(0.25, 0.25, 0.75, 0.75)
    assert area_km2(holed) / 12308.8 == pytest.approx(0.75, abs=0.0001)


def test_a_whole_outline_stays_as_it_is():
    shape = shapely.Polygon(square(0, 0, 4), [square(1, 1, 2)])
    made = mended(shape)
    assert made.shape is shape
    assert made.note == ""


def test_a_hole_outside_its_shell_is_left_out_and_told():
    hole = square(20, 0, 2)
    made = mended(shapely.Polygon(square(0, 0, 4), [hole, square(1, 1, 2)]))
    assert made.shape.equals(shapely.Polygon(square(0, 0, 4), [square(1, 1, 2)]))
    km2 = area_km2(shapely.Polygon(hole))
    assert made.note == (
        "Hole lies outside shell[26 52]; the polygon was repaired, "
        f"{km2:.4g} km² of holes outside of it were left out"
    )


def test_a_hole_that_sticks_out_takes_away_what_it_covers():
    made = mended(shapely.Polygon(square(0, 0, 4), [square(3, 1, 2)]))
    assert land(made.shape) == 16 - 2
    outside = area_km2(shapely.box(24.4, 52.1, 24.5, 52.3))
    assert f"{outside:.4g} km² of holes outside of it were left out" in made.note


def test_parts_that_overlap_become_their_union():
    parts = [shapely.Polygon(square(0, 0, 4)), shapely.Polygon(square(2, 2, 4))]
    made = mended(shapely.MultiPolygon(parts))
    assert land(made.shape) == 16 + 16 - 4
    assert made.shape.covers(shapely.Point(24.3, 52.3))
    overlap = area_km2(shapely.box(24.2, 52.2, 24.4, 52.4))
    assert f"parts that overlap by {overlap:.4g} km² became one" in made.note


def test_a_part_within_a_part_is_land():
    parts = [shapely.Polygon(square(0, 0, 4)), shapely.Polygon(square(1, 1, 2))]
    assert land(mended(shapely.MultiPolygon(parts)).shape) == 16


def test_holes_that_overlap_are_taken_away_once():
    made = mended(shapely.Polygon(square(0, 0, 9), [square(1, 1, 4), square(3, 3, 4)]))
    assert land(made.shape) == 81 - (16 + 16 - 4)
    assert made.note.endswith("the polygon was repaired")


def test_a_spike_is_cut_off_without_a_guess():
    spiked = ring((0, 0), (4, 0), (4, 4), (8, 8), (4, 4), (0, 4))
    made = mended(shapely.Polygon(spiked))
    assert made.shape.equals(shapely.Polygon(square(0, 0, 4)))
    assert made.note.endswith("the polygon was repaired")


def test_a_ring_that_runs_round_a_hole_leaves_the_hole():
    """As some programs write a hole: the shell turns in at a corner and comes back."""
    inward = ring((0, 0), (9, 0), (9, 9), (0, 9), (0, 0), (2, 6), (6, 2))
    made = mended(shapely.Polygon(inward))
    assert land(made.shape) == 81 - 16
    assert not made.shape.covers(shapely.Point(24.3, 52.3))


def test_land_that_a_ring_goes_round_twice_is_land():
    """Below the middle of the top the line goes round a small square once more."""
    small = 0.1
    curled = ring(
        (0, 0), (10, 0), (10, 10), (5, 10), (5, 10 - small), (5 + small, 10 - small),
        (5 + small, 12), (0, 12),
    )  # fmt: skip
    made = mended(shapely.Polygon(curled))
    assert land(made.shape) == pytest.approx(100 + 2 * (5 + small), rel=1e-9)
    assert made.shape.covers(shapely.Point(24.505, 52.995))


def looped(width: float) -> shapely.Polygon:
    """A square of 10 x 10 whose line crosses itself above its upper right corner.

    Two triangles of width squared / 4 meet at the crossing, the upper one turned the
    other way.
    """
    return shapely.Polygon(
        ring((0, 0), (10, 0), (10, 10), (10 - width, 10 + width), (10, 10 + width),
             (10 - width, 10), (0, 10))
    )  # fmt: skip


@pytest.mark.parametrize("width", [0.1, 0.3])
def test_a_small_loop_is_mended_and_the_guess_is_told(width):
    """The land has both triangles; by direction they cancel each other."""
    made = mended(looped(width))
    assert made.shape.is_valid
    assert land(made.shape) == pytest.approx(100 + width**2 / 2, rel=1e-6)
    found = re.search(r"([\d.]+) of its ([\d.]+) km² are a guess", made.note)
    guessed, whole = map(float, found.groups())
    assert whole == pytest.approx(area_km2(made.shape), rel=1e-3)
    assert guessed / whole == pytest.approx(width**2 / 2 / 100, rel=0.05)
    assert guessed / whole < MOST_GUESSED


def test_a_loop_beyond_the_share_is_refused_with_figures():
    found = fault(looped(1))  # a half of 100.5, a little less so far north
    assert "(0.49%) would be guessed, 0.1% at most may be" in found.reason
    assert str(found.value).startswith("Self-intersection[")


def test_a_bow_tie_is_all_a_guess():
    found = fault(shapely.Polygon(ring((0, 0), (4, 4), (4, 0), (0, 4))))
    assert "(100.00%) would be guessed" in found.reason


def test_a_hole_that_crosses_itself_is_a_guess_too():
    """Two triangles of four each are taken away; by direction they cancel."""
    hole = ring((2, 2), (6, 6), (6, 2), (2, 6))
    found = fault(shapely.Polygon(square(0, 0, 9), [hole]))
    share = re.search(r"\(([\d.]+)%\) would be guessed", found.reason)
    assert float(share[1]) == pytest.approx(100 * 8 / (81 - 8), rel=0.01)


def test_a_ring_drawn_twice_is_not_clear():
    twice = ring((0, 0), (4, 0), (4, 4), (0, 4), (0, 0), (4, 0), (4, 4), (0, 4))
    assert "would be guessed" in fault(shapely.Polygon(twice)).reason


def test_a_line_there_and_back_leaves_no_area():
    found = fault(shapely.Polygon(ring((0, 0), (4, 4), (0, 0), (0, 0))))
    assert found.reason == "no area is left of it"


def test_a_hole_that_covers_its_shell_leaves_no_area():
    found = fault(shapely.Polygon(square(1, 1, 2), [square(0, 0, 4)]))
    assert found.reason == "no area is left of it"


def star(points: int) -> shapely.Polygon:
    """Spikes from near the centre outwards: valid, and each box meets most others."""
    turns = np.arange(points) * (2 * math.pi / points)
    reach = np.where(np.arange(points) % 2, 1.0, 0.1)
    return shapely.Polygon(
        np.column_stack([25 + reach * np.cos(turns), 52 + reach * np.sin(turns)])
    )


def test_a_tangle_is_refused_before_it_is_tested(monkeypatch):
    monkeypatch.setattr(outlines, "MOST_CLOSE", 100_000)
    assert mended(star(1_000)).note == ""  # too few lines to be slow
    found = fault(star(4_000))
    assert found.reason == (
        "its 4,000 lines are a tangle: more than 100,000 pairs of them are near each "
        "other"
    )


def test_a_fine_border_is_no_tangle(monkeypatch):
    """Each of 5,000 segments is near itself and its two neighbours."""
    turns = np.arange(5_000) * (2 * math.pi / 5_000)
    circle = shapely.Polygon(np.column_stack([np.cos(turns), np.sin(turns)]))
    monkeypatch.setattr(outlines, "MOST_CLOSE", 15_000)
    assert mended(circle).shape is circle
    monkeypatch.setattr(outlines, "MOST_CLOSE", 14_999)
    assert "are a tangle" in fault(circle).reason


def test_crossings_are_counted_one_by_one(monkeypatch):
    """Three upright bars across three lying ones: four crossings for each pair."""
    upright = [shapely.box(x, 0, x + 1, 9) for x in (1, 4, 7)]
    lying = [shapely.box(0, y, 9, y + 1) for y in (1, 4, 7)]
    bars = shapely.MultiPolygon([*upright, *lying])
    monkeypatch.setattr(outlines, "MOST_CROSSINGS", 36)
    assert mended(bars).shape.area == 6 * 9 - 9
    monkeypatch.setattr(outlines, "MOST_CROSSINGS", 35)
    assert fault(bars).reason == "its lines cross in more than 35 places"


boxes = st.tuples(
    st.integers(0, 12), st.integers(0, 12), st.integers(1, 8), st.integers(1, 8)
)


@given(st.lists(boxes, min_size=1, max_size=5), st.lists(boxes, max_size=4))
def test_the_land_is_the_union_of_parts_without_their_holes(parts, holes):
    """Against squares that are counted one by one."""
    drawn = [
        shapely.Polygon(_outline(part), [_outline(hole) for hole in holes])
        for part in parts
    ]
    cells = set().union(*(_cells(part) for part in parts)) - set().union(
        *(_cells(hole) for hole in holes)
    )
    shape = drawn[0] if len(drawn) == 1 else shapely.MultiPolygon(drawn)
    if cells:
        made = mended(shape)
        assert made.shape.is_valid
        assert land(made.shape) == len(cells)
    else:
        assert fault(shape).reason == "no area is left of it"


def _outline(box: tuple[int, int, int, int]) -> shapely.LinearRing:
    x, y, wide, high = box
    return ring((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))


def _cells(box: tuple[int, int, int, int]) -> set[tuple[int, int]]:
    x, y, wide, high = box
    return {(i, j) for i in range(x, x + wide) for j in range(y, y + high)}
