"""Parquet and GeoParquet files that are the same bytes in every run.

Fixed compression, no pandas metadata, no clock. Light on purpose: the server writes
exports with it and loads no pandas.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

COMPRESSION_LEVEL = 9
ROW_GROUP_ROWS = 1 << 16
GEO_VERSION = "1.1.0"


def write_parquet(
    rows: pa.Table, path: Path, *, geo: bool, about: Mapping[str, str] | None = None
) -> None:
    """Write a table; with ``geo`` as GeoParquet 1.1.

    Parameters
    ----------
    rows
        The table; a GeoParquet table has its WKB in the column ``geometry``.
    path
        The file.
    geo
        Whether the table has a geometry.
    about
        More key-value metadata of the file.
    """
    metadata = {key.encode(): text.encode() for key, text in (about or {}).items()}
    if geo:
        metadata[b"geo"] = geo_metadata(rows)
    with path.open("wb") as stream:
        pq.write_table(
            rows.replace_schema_metadata(metadata or None),
            stream,
            row_group_size=ROW_GROUP_ROWS,
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            version="2.6",
            write_page_index=True,
        )


def geo_metadata(rows: pa.Table) -> bytes:
    """Return the GeoParquet 1.1 ``geo`` key; no ``crs`` means OGC:CRS84."""
    shapes = shapely.from_wkb(rows["geometry"].to_numpy(zero_copy_only=False))
    kinds = sorted({shape.geom_type for shape in shapes if shape is not None})
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": kinds}
    # A table may be empty, and its shapes may all be null: then it has no box.
    located = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    if len(located):
        column["bbox"] = [float(bound) for bound in shapely.total_bounds(located)]
    document = {
        "version": GEO_VERSION,
        "primary_column": "geometry",
        "columns": {"geometry": column},
    }
    return json.dumps(document, sort_keys=True).encode()
