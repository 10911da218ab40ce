"""Tables that answers can be made from, and those that they cannot."""

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release import integrity
from geo.release.integrity import check_tables
from tests.filled import filled


def table(name, *rows):
    own = {"country_id": "a"} if name == "settlements" else {}
    full = [filled(name, own | row) for row in rows]
    return pa.Table.from_pylist(full, TABLES[name].schema)


def fault(tmp_path, **tables):
    with pytest.raises(ReleaseError) as caught:
        check_tables(tables, tmp_path)
    assert caught.value.remedy == "Build the country again."
    return str(caught.value).removeprefix(f"{tmp_path}/").partition(". ")[0]


def point(x, y):
    return shapely.to_wkb(shapely.Point(x, y))


def test_sound_tables_pass(tmp_path):
    check_tables(
        {
            "areas": table("areas", {"id": "a"}, {"id": "b", "parent": "a"}),
            "settlements": table(
                "settlements",
                {"id": "s", "raion_id": "b", "lon": -180.0, "lat": 90.0},
                {"id": "t", "raion_id": None, "lon": None, "lat": None},
            ),
            "journeys": table(
                "journeys",
                {"settlement_id": "s", "destination": "d", "facility_id": "t"},
            ),
            # What was refused may be refused twice, and a fault be met twice.
            "rejected": table("rejected", *[{"source": "x", "reason": "y"}] * 2),
            "timetable_faults": table(
                "timetable_faults", *[{"source": "x", "fault": "y"}] * 2
            ),
        },
        tmp_path,
    )


def test_an_id_of_identifiers_is_a_settlement(tmp_path):
    said = fault(
        tmp_path,
        settlements=table("settlements", {"id": "s"}),
        identifiers=table("identifiers", {"id": "t", "scheme": "x", "value": "1"}),
    )
    assert (
        said == "identifiers.parquet: row 1: id is 't', which settlements do not hold"
    )


@pytest.mark.parametrize(
    ("column", "target"),
    [
        ("raion_id", "areas"),
        ("oblast_id", "areas"),
        ("selsovet_id", "areas"),
        ("country_id", "areas"),
        ("grid_id", "areas"),
        ("duplicate_of", "settlements"),
    ],
)
def test_a_name_of_nothing_is_a_fault(tmp_path, column, target):
    rows = ({"id": "s"}, {"id": "t", column: "nowhere"})
    said = fault(
        tmp_path,
        areas=table("areas", {"id": "a"}),
        settlements=table("settlements", *rows),
    )
    assert said == (
        f"settlements.parquet: row 2: {column} is 'nowhere', which {target} do not hold"
    )


def test_a_rank_is_of_a_settlement_or_an_area(tmp_path):
    tables = {
        "areas": table("areas", {"id": "a"}),
        "settlements": table("settlements", {"id": "s"}),
    }
    ranks = [{"unit": "settlement", "id": "s"}, {"unit": "raion", "id": "a"}]
    check_tables(tables | {"ranks": table("ranks", *ranks)}, tmp_path)
    ranks.append({"unit": "raion", "id": "b"})
    assert fault(tmp_path, **tables, ranks=table("ranks", *ranks)) == (
        "ranks.parquet: row 3: id is 'b', which settlements or areas do not hold"
    )


def test_a_unit_is_an_area_unless_it_is_an_operator(tmp_path):
    areas = table("areas", {"id": "a"})
    units = [
        {"unit_of_assessment": "raion", "unit_id": "a", "indicator": "x"},
        {"unit_of_assessment": "operator", "unit_id": "solo", "indicator": "x"},
    ]
    held = {"areas": areas, "unit_values": table("unit_values", *units)}
    check_tables(held, tmp_path)
    for kind, said in (
        ("raion", "unit_id is 'solo', which areas do not hold"),
        (None, "unit_of_assessment is null, and may not be"),
    ):
        lost = {"unit_of_assessment": kind, "unit_id": "solo", "indicator": "y"}
        values = table("unit_values", *units, lost)
        assert fault(tmp_path, areas=areas, unit_values=values) == (
            f"unit_values.parquet: row 3: {said}"
        )


def test_a_key_of_three_columns(tmp_path):
    row = {"area_id": "a", "subgroup": "all", "subject": "overall"}
    others = [row | {"subject": "standard:y"}, row | {"subgroup": "town"}]
    tables = {"areas": table("areas", {"id": "a"})}
    check_tables(tables | {"area_scores": table("area_scores", row, *others)}, tmp_path)
    twice = tables | {"area_scores": table("area_scores", row, *others, row)}
    assert fault(tmp_path, **twice) == (
        "area_scores.parquet: row 4: the key 'a', 'all', 'overall' stands there twice"
    )


words = st.sampled_from(["", "a", "b", "ab"])


@pytest.mark.parametrize("most", [2**62, 8, 1])
@given(rows=st.lists(st.tuples(words, words, words), max_size=12))
def test_a_key_stands_twice_where_a_set_says_so(most, rows):
    made = table(
        "area_scores",
        *(
            dict(zip(("area_id", "subgroup", "subject"), row, strict=True))
            for row in rows
        ),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(integrity, "MOST_CODES", most)
        said = list(integrity._of_key(made, TABLES["area_scores"].key))
    assert bool(said) is (len(set(rows)) < len(rows))


def test_text_that_is_no_text(tmp_path):
    torn = pa.array([b"\xd0"], pa.binary()).view(pa.string())
    held = table("areas", {"id": "a"})
    place = held.schema.get_field_index("name")
    areas = held.set_column(place, held.schema.field("name"), torn)
    assert fault(tmp_path, areas=areas).startswith(
        "areas.parquet: column 'name' is damaged (In chunk 0: Invalid: Invalid UTF8 "
    )


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [
        (360.1, 0.0, "lon is 360.1"),
        (0.0, -90.5, "lat is -90.5"),
        (float("-inf"), 0.0, "lon is -inf"),
    ],
)
def test_a_point_off_the_globe(tmp_path, lon, lat, said):
    held = table("settlements", {"id": "s", "lon": lon, "lat": lat})
    assert fault(tmp_path, settlements=held) == (
        f"settlements.parquet: row 1: {said}, which are no degrees"
    )


@pytest.mark.parametrize(
    "shape",
    [
        b"",
        b"\x01",
        b"POINT (1 2)",
        point(361, 0),
        point(0, 91),
        point(0, np.nan),
        bytes.fromhex("0108000000" + "03000000" + "00" * 48),
    ],
    ids=["empty", "torn", "text", "east", "north", "no number", "curve"],
)
def test_a_shape_that_cannot_be_shown(tmp_path, shape):
    held = table("areas", {"id": "a"}, {"id": "b", "geometry": shape})
    assert fault(tmp_path, areas=held) == (
        "areas.parquet: row 2: the geometry of 'b' is damaged"
    )


def test_shapes_that_can_be_shown(tmp_path):
    shapes = [
        shapely.Point(),
        shapely.box(179, 50, 182, 60),
        shapely.GeometryCollection([shapely.Point(1, 2)]),
        # Crossing itself: a map can draw it, and nobody is hurt.
        shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)]),
    ]
    rows = [{"id": str(i), "geometry": shapely.to_wkb(s)} for i, s in enumerate(shapes)]
    check_tables({"areas": table("areas", *rows)}, tmp_path)
