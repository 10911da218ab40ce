"""The wide settlements as CSV and as GeoJSON."""

from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import shapely

from geo.inert import FORMULA, UNFORMULA
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


def write_csv(release: Release, path: Path, *, bom: bool = True) -> None:
    """Write the wide settlements as UTF-8 CSV, comma separated, header first.

    A CSV has no place for remarks, so the release, the notice and the attribution
    are columns: they survive when rows are copied out. Empty means unknown. A text
    that a spreadsheet would compute has an apostrophe before its sign
    (:func:`geo.inert.no_formula`).

    Parameters
    ----------
    release
        The opened release.
    path
        The file.
    bom
        Whether to begin with a byte order mark, which Excel needs for Cyrillic.
    """
    manifest = release.manifest
    said = [
        ("release", release.id),
        ("on", release.on),
        ("synthetic", SYNTHETIC_NOTICE if is_synthetic(manifest) else "no"),
        ("attribution", credits_line(manifest)),
    ]
    table = wide_settlements(release).drop_columns(["geometry"])
    with path.open("wb") as stream:
        stream.write(BOM if bom else b"")
        pa_csv.write_csv(_without_formulas(provenance(table, said)), stream)


def _without_formulas(table: pa.Table) -> pa.Table:
    """Return the table with :func:`geo.inert.no_formula` of all texts."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            texts = pc.replace_substring_regex(table[field.name], FORMULA, UNFORMULA)
            table = table.set_column(position, field.name, texts)
    return table


def write_geojson(release: Release, path: Path) -> None:
    """Write the wide settlements as one GeoJSON FeatureCollection (RFC 7946).

    The foreign member ``about`` holds release, notice and attributions. A settlement
    without a point has ``geometry: null``.
    """
    table = wide_settlements(release)
    shapes = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    table = table.drop_columns(["geometry"])
    about = orjson.dumps(about_rows(release.manifest))
    with path.open("wb") as stream:
        stream.write(b'{"type":"FeatureCollection","about":' + about)
        stream.write(b',"features":[')
        for number, (row, shape) in enumerate(
            zip(table.to_pylist(), shapes, strict=True)
        ):
            known = {key: finite(value) for key, value in row.items()}
            feature = {
                "type": "Feature",
                "id": row["id"],
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
                "properties": known,
            }
            stream.write(b",\n" if number else b"\n")
            stream.write(orjson.dumps(feature))
        stream.write(b"\n]}\n")
