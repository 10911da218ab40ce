"""Frames through the schemas: columns, types, keys, order, GeoParquet."""

import json
from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release.geoparquet import write_parquet
from geo.release.tables import arrow_table
from geo.types import Verdict
from tests.release import toy

VALUES = TABLES["values"]


def rows(**changed):
    row = {"settlement_id": "toy:1", "indicator": "a", "value": 1.5} | changed
    return toy.frame("values", [row])


def test_columns_come_in_the_order_of_the_schema_whatever_the_frame_has():
    shuffled = rows()[sorted(VALUES.schema.names)]
    assert arrow_table(shuffled, VALUES).schema == VALUES.schema


def test_a_missing_and_an_unknown_column_are_both_named():
    frame = rows().drop(columns=["status"]).assign(speed=1)
    with pytest.raises(ReleaseError) as caught:
        arrow_table(frame, VALUES)
    assert str(caught.value) == (
        "table values: missing columns: status; unknown columns: speed. "
        "The columns of every table stand in geo/layers/schema.py."
    )


def test_nan_na_nat_and_none_all_become_null():
    frame = rows(value=np.nan, low=pd.NA, method=None, date=pd.NaT)
    made = arrow_table(frame, VALUES)
    assert [made[name].null_count for name in ("value", "low", "method", "date")] == [
        1, 1, 1, 1,
    ]  # fmt: skip


def test_infinity_stays_infinity():
    made = arrow_table(rows(value=None, low=float("inf")), VALUES)
    assert made["low"].to_pylist() == [float("inf")]


def test_an_all_null_column_keeps_its_type():
    made = arrow_table(rows(), VALUES)
    assert made.schema.field("date").type == pa.date32()
    assert made.schema.field("facility_id").type == pa.string()


@pytest.mark.parametrize(
    "day",
    [date(2026, 5, 1), pd.Timestamp(2026, 5, 1), np.datetime64("2026-05-01")],
)
def test_dates_of_any_make_are_days(day):
    frame = rows(date=day)
    assert arrow_table(frame, VALUES)["date"].to_pylist() == [date(2026, 5, 1)]
    typed = frame.assign(date=frame["date"].astype("datetime64[s]"))
    assert arrow_table(typed, VALUES)["date"].to_pylist() == [date(2026, 5, 1)]


def test_nullable_integers_categories_and_enums_are_read():
    one = {"settlement_id": "a", "standard": "s", "verdict": Verdict.KEPT}
    frame = toy.frame("judgements", [one])
    frame["standard"] = frame["standard"].astype("category")
    made = arrow_table(frame, TABLES["judgements"])
    assert made["verdict"].to_pylist() == ["kept"]
    assert made["standard"].to_pylist() == ["s"]
    census = toy.frame("census", [{"row": 2, "population": 120}, {"row": 3}])
    census = census.astype({"population": "Int64"})
    made = arrow_table(census, TABLES["census"])
    assert made["population"].to_pylist() == [120, None]


def test_a_value_that_does_not_fit_names_table_and_column():
    with pytest.raises(ReleaseError, match=r"table values: column 'value' holds a"):
        arrow_table(rows(value="много"), VALUES)


def test_rows_are_sorted_by_key_in_byte_order():
    frame = pd.concat(
        [rows(settlement_id=one) for one in ("toy:2", "Ё", "toy:10", "А", "a")]
    )
    made = arrow_table(frame, VALUES)
    ids = made["settlement_id"].to_pylist()
    assert ids == ["a", "toy:10", "toy:2", "Ё", "А"]


def test_a_key_that_occurs_twice_is_named():
    frame = pd.concat([rows(), rows(indicator="b"), rows(value=2.0)])
    with pytest.raises(ReleaseError) as caught:
        arrow_table(frame, VALUES)
    assert str(caught.value) == (
        "table values: 1 keys occur more than once, the first: settlement_id, "
        "indicator = toy:1, a. A key names one row; mend the step that makes this "
        "table."
    )


def test_an_empty_key_is_an_error():
    with pytest.raises(ReleaseError, match=r"column 'indicator' is null in 1 row"):
        arrow_table(rows(indicator=None), VALUES)


def test_geoparquet_is_read_by_geopandas_with_its_crs_and_nulls(tmp_path):
    path = tmp_path / "settlements.parquet"
    made = arrow_table(toy.tables()["settlements"], TABLES["settlements"])
    write_parquet(made, path, geo=True)
    read = gpd.read_parquet(path).set_index("id")
    assert read.crs.to_string() == "OGC:CRS84"
    assert read.geometry["toy:4"].coords[0] == (26.75, 53.75)
    assert read.geometry["toy:10"] is None
    assert list(read["kinds_possible"]["toy:2"]) == ["agrogorodok", "rural"]


def test_geo_metadata_says_types_and_bounds_and_nothing_else_is_stored(tmp_path):
    path = tmp_path / "areas.parquet"
    write_parquet(arrow_table(toy.tables()["areas"], TABLES["areas"]), path, geo=True)
    metadata = pq.read_schema(path).metadata
    assert set(metadata) == {b"geo"}
    assert json.loads(metadata[b"geo"]) == {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": ["Polygon"],
                "bbox": [25.0, 53.0, 27.0, 54.0],
            }
        },
    }


def test_a_geo_table_without_a_single_shape_has_no_bounds(tmp_path):
    path = tmp_path / "areas.parquet"
    frame = toy.frame("areas", [{"id": "x", "level": "raion"}])
    write_parquet(arrow_table(frame, TABLES["areas"]), path, geo=True)
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": []}


@pytest.mark.parametrize("name", ["facilities", "areas"])
def test_an_empty_table_of_shapes_is_geoparquet_without_a_box(tmp_path, name):
    path = tmp_path / f"{name}.parquet"
    table = TABLES[name]
    write_parquet(table.schema.empty_table(), path, geo=True)
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": []}
    assert len(gpd.read_parquet(path)) == 0
