"""Ways to damage a copy of the toy release, and what its check then says."""

import hashlib
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release.content import content_id, manifest_bytes
from geo.release.verify import verify_release


def sign(folder, **changes):
    """Write the manifest anew so that checksums and content id agree with the files."""
    path = folder / "manifest.json"
    document = json.loads(path.read_bytes()) | changes
    document["checksums"] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in document["checksums"]
    }
    document["content_id"] = content_id(document, document["checksums"])
    path.write_bytes(manifest_bytes(document))


def edit(folder, name, **columns):
    """Write a table anew with other columns."""
    path = folder / f"{name}.parquet"
    rows = pq.read_table(path)
    for column, values in columns.items():
        place = rows.column_names.index(column)
        kind = TABLES[name].schema.field(column).type
        rows = rows.set_column(place, column, pa.array(values, kind))
    pq.write_table(rows, path)
    sign(folder)


def fault(folder):
    with pytest.raises(ReleaseError) as caught:
        verify_release(folder)
    said = str(caught.value)
    assert said.startswith(str(folder)), said
    return said.removeprefix(str(folder)).lstrip("/")


def column(folder, name, key):
    return pq.read_table(folder / f"{name}.parquet")[key].to_pylist()
