"""Writes files whose bytes depend on their content alone: no clock, no locale."""

import gzip
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd

CHECKSUMS = "SHA256SUMS"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN_FILE = 0o644 << 16
_UNIX = 3


def table_text(
    table: pd.DataFrame, *, separator: str = ",", header: bool = True
) -> str:
    r"""Return a table as delimited text with ``\\n`` line ends."""
    text: str = table.to_csv(
        None, sep=separator, header=header, index=False, lineterminator="\n"
    )
    return text


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text without changing its line ends."""
    path.write_bytes(text.encode("utf-8"))


def write_gzip(path: Path, text: str) -> None:
    """Write gzip-packed UTF-8 text; neither time nor name goes into the header."""
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0) as stream:
        stream.write(text.encode("utf-8"))
    path.write_bytes(packed.getvalue())


def write_zip(path: Path, members: dict[str, str]) -> None:
    """Write text files into a zip archive, sorted by name, all of one date."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _PLAIN_FILE
            entry.create_system = _UNIX
            archive.writestr(entry, members[name].encode("utf-8"))


def write_geojson(path: Path, collection: dict[str, Any]) -> None:
    """Write a feature collection, one feature per line."""
    head = {key: value for key, value in collection.items() if key != "features"}
    lines = [f"{json.dumps(k)}: {_json(v)},\n" for k, v in head.items()]
    features = ",\n".join(_json(feature) for feature in collection["features"])
    write_text(path, "{\n" + "".join(lines) + f'"features": [\n{features}\n]\n}}\n')


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def write_xml(path: Path, root: ET.Element) -> None:
    """Write an XML document with its declaration."""
    write_text(path, _XML_HEAD + ET.tostring(root, encoding="unicode") + "\n")


def write_checksums(folder: Path) -> None:
    """Write ``SHA256SUMS`` over all files of a folder, in the order of their names."""
    lines = [f"{_sha256(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    write_text(folder / CHECKSUMS, "".join(lines))


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
