"""Writing a release so that a reader never sees half of one.

A release is made in a staging folder beside, made durable, and renamed in one step;
only then the text file ``latest`` is replaced, if :mod:`geo.release.serving` says so.
Killed at any moment, this leaves the served release as it was. A build killed between
the two steps leaves a whole release that nobody serves; the next build of the same
content finds it and serves it.
"""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from geo.disk.faults import ask_disk, disk_faults
from geo.disk.whole import sync
from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release import shelf
from geo.release.content import content_id, manifest_bytes
from geo.release.geoparquet import write_parquet
from geo.release.hexagons import described
from geo.release.lock import BuildLock, country_lock
from geo.release.read import MANIFEST, open_release
from geo.release.serving import Serving, serve_built
from geo.release.tables import arrow_table
from geo.release.tiles import make_tiles
from geo.release.verify_tiles import verify_tiles

STAGES = ("sweep", "tables", "tiles", "sync", "manifest", "rename", "latest", "end")

#: what a disk is asked for where tiles came out short: if it has no more, it is full
_ROOM_ASKED = 2**20

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """The release that holds what was built, and what is served now.

    Attributes
    ----------
    release_id
        ``<cc>/<date>.<n>``.
    path
        Its folder.
    new
        False where the content had not changed since the newest release of the day.
    serving
        Which release is served now and why: it may be another one.
    """

    release_id: str
    path: Path
    new: bool
    serving: Serving


def publish(  # noqa: PLR0913 (the parts of a release, each named)
    root: Path,
    country: str,
    on: date,
    tables: dict[str, pd.DataFrame],
    manifest: Mapping[str, Any],
    progress: Progress | None = None,
    *,
    today: date,
    lock: BuildLock | None = None,
) -> Published:
    """Write one release of a country, and serve it if its day says so.

    Parameters
    ----------
    root
        Folder of all releases.
    country
        Country code, the folder below ``root``.
    on
        The day of the release.
    tables
        Every table of :data:`geo.layers.schema.TABLES`; taken out one by one, as a
        large country has no room for two forms of all.
    manifest
        From :func:`geo.release.manifest.build_manifest`.
    progress
        Is told each stage of :data:`STAGES` before it begins.
    today
        The day in the country's time zone: a release of a later one is not served.
    lock
        The country's lock where the caller holds it already.

    Raises
    ------
    BuildLockedError
        If another build of the country is running.
    ReleaseError
        If a table does not fit its schema, or the disk refuses; what is served stays
        served.
    """
    tell = progress or (lambda _stage: None)
    if manifest["on"] != on.isoformat():
        raise ReleaseError(
            f"the manifest is of {manifest['on']}, the release of {on.isoformat()}",
            where=f"release of {country}",
            remedy="Give both the same day.",
        )
    with ExitStack() as held:
        if lock is None:
            lock = held.enter_context(country_lock(root, country))
        tell("sweep")
        with disk_faults("the releases folder cannot be read", lock.folder):
            shelf.sweep(lock.folder)
        tell("tables")
        arrow = _arrow_tables(tables)
        counts = {name: rows.num_rows for name, rows in arrow.items()}
        with disk_faults(
            "the release cannot be written",
            lock.folder,
            need=sum(rows.nbytes for rows in arrow.values()),
            room="paritet releases --keep N removes old releases.",
            hint="The served release is untouched.",
        ):
            staging = lock.folder / f"{shelf.STAGING}{os.getpid()}"
            try:
                staging.mkdir()
                checksums = _fill(staging, arrow, tell)
                made = {"counts": counts, "tiles": described(arrow["settlements"])}
                document = {**manifest, **made, "checksums": checksums}
                return _put_on_shelf(staging, on, today, document, tell)
            finally:
                shelf.remove(staging)


def _fill(
    staging: Path, arrow: Mapping[str, pa.Table], tell: Progress
) -> dict[str, str]:
    """Write all files but the manifest, durably; return their checksums."""
    tell("tiles")
    # tippecanoe is a process of its own: tables are written beside it
    with ThreadPoolExecutor(1) as beside:
        tiles = beside.submit(make_tiles, staging, arrow)
        for name, rows in arrow.items():
            write_parquet(rows, staging / f"{name}.parquet", geo=TABLES[name].geo)
        tiles.result()
    for archive in sorted(staging.rglob("*.pmtiles")):
        _require_whole(archive)
    tell("sync")
    files = sorted(path for path in staging.rglob("*") if path.is_file())
    for path in files:
        sync(path)
    for folder in {path.parent for path in files}:
        sync(folder)
    return {path.relative_to(staging).as_posix(): shelf.digest(path) for path in files}


def _require_whole(archive: Path) -> None:
    """Refuse tiles that are cut short: tippecanoe does not tell of a full disk."""
    try:
        verify_tiles(archive)
    except ReleaseError as error:
        ask_disk(archive.parent, _ROOM_ASKED)
        raise ReleaseError(
            f"{error.what}: tippecanoe wrote them so",
            where=error.where,
            remedy="Look at the disk and build again.",
        ) from error


def _put_on_shelf(
    staging: Path, day: date, today: date, document: dict[str, Any], tell: Progress
) -> Published:
    """Name and rename what is in ``staging`` unless it is there, and serve it."""
    folder, on = staging.parent, day.isoformat()
    content = content_id(document, document["checksums"])
    newest = shelf.newest_of_day(folder, on)
    new = newest is None or not _same(newest, content)
    if newest is None or new:
        name = f"{on}.{shelf.next_number(folder, on)}"
        named = {"release": f"{folder.name}/{name}", "content_id": content}
        tell("manifest")
        shelf.write_durably(staging / MANIFEST, manifest_bytes(document | named))
        sync(staging)
        tell("rename")
        newest = staging.rename(folder / name)
        sync(folder)
    tell("latest")
    serving = serve_built(folder, newest.name, today)
    tell("end")
    return Published(f"{folder.name}/{newest.name}", newest, new, serving)


def _same(release: Path, content: str) -> bool:
    """Say whether a release holds this content, every byte of it."""
    try:
        found = open_release(release, checksums=True)
    except ReleaseError:  # damaged: it stays for inspection, a new one is made
        return False
    return bool(found.manifest.get("content_id") == content)


def _arrow_tables(tables: dict[str, pd.DataFrame]) -> dict[str, pa.Table]:
    missing = sorted(set(TABLES) - set(tables))
    unknown = sorted(set(tables) - set(TABLES))
    if missing or unknown:
        raise ReleaseError(
            f"missing tables: {', '.join(missing) or 'none'}; "
            f"unknown tables: {', '.join(unknown) or 'none'}",
            where="release",
            remedy="A release has exactly the tables of geo/layers/schema.py.",
        )
    return {
        name: arrow_table(tables.pop(name), TABLES[name]) for name in sorted(tables)
    }
