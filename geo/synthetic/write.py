"""The one writer of the mirror: canonical tables go out as their layouts say.

The bytes depend on the tables alone: no clock, no locale.
"""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import shapely

from geo.synthetic.faults import Fault, spoilt
from geo.synthetic.layouts import LAYOUTS, Layout

CHECKSUMS = "SHA256SUMS"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN_FILE = 0o644 << 16
_UNIX = 3


def write_files(
    folder: Path, tables: Mapping[str, pd.DataFrame], faults: Iterable[Fault]
) -> None:
    """Write one file per table; members of an archive stand behind its name.

    Parameters
    ----------
    folder
        The mirror.
    tables
        Canonical table by the name of its file, as in :data:`LAYOUTS`.
    faults
        What is wrong on purpose.
    """
    listed = list(faults)
    members: dict[str, dict[str, bytes]] = {}
    for name, given in tables.items():
        layout, table = LAYOUTS[name], given.reset_index(drop=True)
        # what is no column of the provider, a writer needs: shape, element, parent
        rows = layout.rows(table).join(table.filter(["shape", "element", "parent"]))
        rows = spoilt(rows, [fault for fault in listed if fault.file == name])
        content = _content(name, layout, rows).encode("utf-8")
        archive, _, member = name.partition("/")
        if member:
            members.setdefault(archive, {})[member] = content
        else:
            packed = _gzip(content) if name.endswith(".gz") else content
            (folder / name).write_bytes(packed)
    for archive, content_of in members.items():
        _write_zip(folder / archive, content_of)


def _content(name: str, layout: Layout, rows: pd.DataFrame) -> str:
    if name.endswith(".geojson"):
        return _geojson(layout, rows)
    if name.endswith(".xml"):
        return _xml(rows)
    text: str = rows.to_csv(
        None,
        sep=layout.separator,
        header=layout.header,
        index=False,
        lineterminator="\n",
    )
    return text


def _geojson(layout: Layout, rows: pd.DataFrame) -> str:
    """Return a feature collection, one feature per line, to five decimals."""
    head = {"type": "FeatureCollection", **layout.head}
    lines = [f"{_json(key)}: {_json(value)},\n" for key, value in head.items()]
    shapes = shapely.orient_polygons(rows["shape"].to_numpy())
    features = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": "MultiPolygon", "coordinates": _rings(shape)},
        }
        for properties, shape in zip(
            rows.drop(columns="shape").to_dict("records"), shapes, strict=True
        )
    ]
    body = ",\n".join(map(_json, features))
    return "{\n" + "".join(lines) + f'"features": [\n{body}\n]\n}}\n'


def _rings(shape: shapely.Geometry) -> list[list[Any]]:
    return [
        [
            np.round(shapely.get_coordinates(ring), 5).tolist()
            for ring in shapely.get_rings(polygon)
        ]
        for polygon in shapely.get_parts(shape)
    ]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _xml(rows: pd.DataFrame) -> str:
    """Return elements inside their parents; what is empty is no attribute."""
    nodes: list[ET.Element] = []
    for row in rows.fillna("").to_dict("records"):
        element, parent = row.pop("element"), row.pop("parent")
        attributes = {str(key): value for key, value in row.items() if value}
        nodes.append(ET.Element(element, attributes))
        if len(nodes) > 1:
            nodes[int(parent)].append(nodes[-1])
    ET.indent(nodes[0], space="    ")
    return _XML_HEAD + ET.tostring(nodes[0], encoding="unicode") + "\n"


def _gzip(content: bytes) -> bytes:
    """Pack, with neither time nor name in the header."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream:
        stream.write(content)
    return packed.getvalue()


def _write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write files into a zip archive, sorted by name, all of one date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _PLAIN_FILE
            entry.create_system = _UNIX
            archive.writestr(entry, members[name])


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over all files of a folder, in the order of their names."""
    lines = [f"{_sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / CHECKSUMS).write_bytes("".join(lines).encode("utf-8"))


def intact(folder: Path) -> bool:
    """Tell whether a folder holds exactly the files of its ``SHA256SUMS``."""
    listing = folder / CHECKSUMS
    if not listing.is_file():
        return False
    lines = listing.read_text(encoding="utf-8").splitlines()
    promised = {name: digest for digest, _, name in (x.partition("  ") for x in lines)}
    there = {path.name for path in folder.iterdir()} - {CHECKSUMS}
    return there == set(promised) and all(
        _sha256(folder / name) == digest for name, digest in promised.items()
    )


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
