"""Reading ``manifest.json``: whatever is in it, a manifest comes out or one sentence.

Light on purpose, as :mod:`geo.release.read` is.
"""

import hashlib
from pathlib import Path
from typing import Any

import orjson

from geo.codes import parse_release_name
from geo.errors import ReleaseError
from geo.layers.schema import SCHEMA_VERSION
from geo.release.manifest_shape import check_door

MANIFEST = "manifest.json"
ACCEPTED_VERSIONS = (SCHEMA_VERSION, SCHEMA_VERSION - 1)
REQUIRED_KEYS = ("schema_version", "release", "country", "on", "checksums")
REBUILD = "Build the country again, or take the folder from its publisher again."
#: The largest known manifest has 0.2 MB; what is far above is no manifest.
MOST_BYTES = 64 * 1024 * 1024


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a release, as far as opening it goes checked.

    Raises
    ------
    ReleaseError
        If the folder or the file is missing, the file is no manifest, or of a schema
        version that this program does not read.
    OSError
        If the disk refuses.
    """
    manifest = _document(_file(folder))
    for key in REQUIRED_KEYS:
        if key not in manifest:
            raise _fault(folder, f"key {key!r} is missing")
    version = manifest["schema_version"]
    if type(version) is not int or version not in ACCEPTED_VERSIONS:
        raise ReleaseError(
            f"schema version {version!r} is not one this program reads "
            f"({' or '.join(str(known) for known in ACCEPTED_VERSIONS)})",
            where=str(folder / MANIFEST),
            remedy="Install the paritet that made it, or build the country again.",
        )
    try:
        check_door(manifest)
    except ReleaseError as error:
        raise _fault(folder, error.what) from error
    return manifest


def _file(folder: Path) -> Path:
    if not folder.is_dir():
        raise ReleaseError(
            "no such release folder",
            where=str(folder),
            remedy="List what is there with: paritet releases",
        )
    file = folder / MANIFEST
    if not file.is_file() or file.is_symlink():
        whose = folder.parent.name if parse_release_name(folder.name) else "CC"
        raise ReleaseError(
            f"half-written release: it has no {MANIFEST}",
            where=str(folder),
            remedy=f"Remove the folder and run: paritet build {whose}",
        )
    if file.stat().st_size > MOST_BYTES:
        raise _fault(folder, f"larger than {MOST_BYTES} bytes")
    return file


def _document(file: Path) -> dict[str, Any]:
    try:
        manifest = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise _fault(
            file.parent, f"not valid JSON (line {error.lineno}, column {error.colno})"
        ) from error
    if not isinstance(manifest, dict):
        raise _fault(file.parent, "not a JSON object")
    return manifest


def _fault(folder: Path, what: str) -> ReleaseError:
    return ReleaseError(what, where=str(folder / MANIFEST), remedy=REBUILD)


def verify_files(path: Path, checksums: dict[str, str]) -> None:
    """Compare files of a release with what its manifest promises of them.

    Raises
    ------
    ReleaseError
        If one is another; names it.
    OSError
        If one cannot be read.
    """
    for name, promised in sorted(checksums.items()):
        with (path / name).open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        if found != promised:
            raise ReleaseError(
                f"SHA-256 is {found[:12]}…, the manifest promises {promised[:12]}…",
                where=str(path / name),
                remedy=REBUILD,
            )
