"""Are these the right bytes? Hashes, remembered per file, and format signatures."""

import hashlib
import json
import os
from pathlib import Path

from geo.disk.beside import Naming
from geo.disk.whole import write_bytes_whole
from geo.errors import FetchError, HashMismatchError
from geo.sources.source import Source

#: File name ending -> the bytes that a file of this format starts with (any of).
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    ".gz": (b"\x1f\x8b",),
    ".zip": (b"PK\x03\x04",),
    ".parquet": (b"PAR1",),
    ".tif": (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"),
    ".geojson": (b"{", b"\xef\xbb\xbf{"),
    ".xml": (b"<", b"\xef\xbb\xbf<"),
}
_PBF_HEADER = b"OSMHeader"
_HTML = (b"<!doctype html", b"<html")
_HEAD = 64
_RECORD = Naming(".record-", ".part")
_PUBLISHERS_REFUSAL = (
    "The server answered with a page or an error text instead of the file: check the "
    "token, the proxy and the address, then fetch again."
)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, lower-case hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remembered_sha256(path: Path, cache: Path) -> str:
    """Return the SHA-256 of a file, hashing it only when it has changed.

    The answer is kept in ``cache/verified`` under the file's path and holds while
    size, modification time and change time stay the same.

    Parameters
    ----------
    path
        An existing file.
    cache
        Folder of the cache; where it cannot be written the hash is computed anew
        each time.
    """
    place = path.resolve()
    name = hashlib.sha256(os.fsencode(place)).hexdigest()
    note = cache / "verified" / f"{name}.json"
    stamp = _stamp(place)
    known = read_record(note)
    if known.get("stamp") == stamp and isinstance(known.get("sha256"), str):
        return str(known["sha256"])
    digest = file_sha256(place)
    # A file that changed while it was read has no hash worth remembering.
    if _stamp(place) == stamp:
        try:
            note.parent.mkdir(parents=True, exist_ok=True)
            write_record(note, {"path": str(place), "stamp": stamp, "sha256": digest})
        except OSError:
            return digest
    return digest


def _stamp(path: Path) -> list[int]:
    info = path.stat()
    return [info.st_size, info.st_mtime_ns, info.st_ctime_ns]


def read_record(path: Path) -> dict[str, object]:
    """Return a small JSON record; empty where it is missing or damaged."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(path: Path, record: dict[str, object]) -> None:
    """Write a small JSON record so that a reader sees the old or the new one whole."""
    content = json.dumps(record, ensure_ascii=False, sort_keys=True)
    write_bytes_whole(path, content.encode(), _RECORD)


def check_sha256(source: Source, digest: str, *, where: str, remedy: str) -> None:
    """Compare a hash with the one that the registry promises, if it promises one.

    Raises
    ------
    HashMismatchError
        Quotes both hashes.
    """
    if source.sha256 and digest != source.sha256:
        raise HashMismatchError(
            f"wrong bytes for source {source.id!r}, version {source.version!r}: "
            f"SHA-256 is {digest}, sources.csv promises {source.sha256}",
            where=where,
            remedy=remedy,
        )


def check_signature(path: Path, source: Source, *, where: str) -> None:
    """Check that a file of a known format starts as such files do.

    A proxy's login page or ``{"message": "INVALID_TOKEN"}`` comes with status 200;
    where no hash is fixed, only the first bytes tell.

    Raises
    ------
    FetchError
        Quotes the beginning of what arrived.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    name = source.file_name.lower()
    if name.endswith(".pbf"):
        fits = _PBF_HEADER in head
    else:
        signatures = SIGNATURES.get(Path(name).suffix)
        text = head.lstrip() if name.endswith((".geojson", ".xml")) else head
        fits = bool(head) and (signatures is None or text.startswith(signatures))
    if not fits or head.lstrip().lower().startswith(_HTML):
        raise FetchError(
            f"what arrived for source {source.id!r} is no {Path(name).suffix} file; "
            f"it begins with {head[:40].decode('utf-8', 'replace')!r}",
            where=where,
            remedy=_PUBLISHERS_REFUSAL,
        )
