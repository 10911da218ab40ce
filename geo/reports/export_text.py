"""Settlements as CSV and as GeoJSON: in parts, for a file or for an answer."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import shapely

from geo.inert import FORMULA, UNFORMULA
from geo.release.columns import objects
from geo.release.read import Release
from geo.reports.about import (
    SYNTHETIC_NOTICE,
    about_rows,
    credits_line,
    is_synthetic,
)
from geo.reports.wide import finite, provenance, wide_settlements

#: Excel takes a CSV without this mark for the local 8-bit code page.
BOM = b"\xef\xbb\xbf"
PART_ROWS = 5_000


def write_csv(release: Release, path: Path, *, bom: bool = True) -> None:
    """Write the wide settlements as :func:`csv_parts` has them.

    Parameters
    ----------
    release
        The opened release.
    path
        The file.
    bom
        Whether to begin with a byte order mark, which Excel needs for Cyrillic.
    """
    with path.open("wb") as stream:
        stream.write(BOM if bom else b"")
        stream.writelines(csv_parts(release, wide_settlements(release)))


def csv_parts(
    release: Release, table: pa.Table, said: Sequence[tuple[str, str]] = ()
) -> Iterator[bytes]:
    """Yield a table as UTF-8 CSV without a mark, comma separated, header first.

    A CSV has no place for remarks, so the release, the notice and the attribution
    are columns: they survive when rows are copied out. Empty means unknown. A text
    that a spreadsheet would compute has an apostrophe before its sign
    (:func:`geo.inert.no_formula`).

    Parameters
    ----------
    release
        Whose settlements these are.
    table
        A row for each; its column ``geometry`` is left out.
    said
        More columns with the same text in every row.
    """
    manifest = release.manifest
    columns = [
        ("release", release.id),
        ("on", release.on),
        *said,
        ("synthetic", SYNTHETIC_NOTICE if is_synthetic(manifest) else "no"),
        ("attribution", credits_line(manifest)),
    ]
    bare = table.drop_columns(["geometry"])
    for start in range(0, max(1, bare.num_rows), PART_ROWS):
        part = provenance(bare.slice(start, PART_ROWS), columns)
        options = pa_csv.WriteOptions(include_header=start == 0)
        held = BytesIO()
        pa_csv.write_csv(_without_formulas(part), held, options)
        yield held.getvalue()


def _without_formulas(table: pa.Table) -> pa.Table:
    """Return the table with :func:`geo.inert.no_formula` of all texts."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            texts = pc.replace_substring_regex(table[field.name], FORMULA, UNFORMULA)
            table = table.set_column(position, field.name, texts)
    return table


def write_geojson(release: Release, path: Path) -> None:
    """Write the wide settlements as :func:`geojson_parts` has them."""
    about = about_rows(release.manifest)
    with path.open("wb") as stream:
        stream.writelines(geojson_parts(wide_settlements(release), about))


def geojson_parts(table: pa.Table, about: Sequence[tuple[str, str]]) -> Iterator[bytes]:
    """Yield a table with ``id`` and ``geometry`` as a FeatureCollection (RFC 7946).

    The foreign member ``about`` holds release, notice and attributions. A settlement
    without a point has ``geometry: null``.
    """
    yield b'{"type":"FeatureCollection","about":' + orjson.dumps(about)
    yield b',"features":['
    for start in range(0, table.num_rows, PART_ROWS):
        part = table.slice(start, PART_ROWS)
        shapes = shapely.from_wkb(objects(part, "geometry"))
        rows = part.drop_columns(["geometry"]).to_pylist()
        features = (
            orjson.dumps(_feature(row, shape))
            for row, shape in zip(rows, shapes, strict=True)
        )
        yield (b",\n" if start else b"\n") + b",\n".join(features)
    yield b"\n]}\n"


def _feature(row: dict[str, Any], shape: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row["id"],
        "geometry": None if shape is None else shapely.geometry.mapping(shape),
        "properties": {key: finite(value) for key, value in row.items()},
    }
