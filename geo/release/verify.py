"""Whether a release is whole: all that can be checked without its sources.

Checked are the manifest, its content id and checksums, every table against its schema,
unique keys, that what names another row or a norm names one that is there, that every
geometry can be read, and that every tile can. Light on purpose: a server may ask too.
"""

from pathlib import Path

import pyarrow as pa

from geo.disk.faults import disk_faults
from geo.errors import ReleaseError
from geo.layers.schema import TABLES
from geo.release.content import content_id
from geo.release.integrity import check_tables
from geo.release.manifest_file import MANIFEST, REBUILD
from geo.release.manifest_shape import check_manifest
from geo.release.read import Release, open_release
from geo.release.verify_tiles import verify_tiles


def verify_release(path: Path) -> Release:
    """Check all of a release, and return it.

    Parameters
    ----------
    path
        Its folder, named by day and number below that of its country.

    Raises
    ------
    ReleaseError
        If anything is wrong; names file, column or row, and the fault.
    """
    release = open_release(path, checksums=True)
    check_identity(release)
    _check_listed(release)
    _check_hexagons(release)
    tables = {name: release.table(name) for name in TABLES}
    for name, rows in tables.items():
        _check_count(release, name, rows.num_rows)
    check_tables(tables, path)
    for name in ("judgements", "unit_judgements"):
        _check_norms(release, name, tables[name])
    with disk_faults("the release cannot be read", path):
        for name in sorted(release.manifest["checksums"]):
            if name.endswith(".pmtiles"):
                verify_tiles(path / name)
    return release


def check_identity(release: Release) -> None:
    """Check that a manifest is of its folder, and says what was published.

    Parameters
    ----------
    release
        One that was opened; its files are not looked at.

    Raises
    ------
    ReleaseError
        If its id or day is not that of the folder, a part that answers rest on is
        missing, or anything in it was changed since it was written.
    """
    try:
        _check_place(release)
        check_manifest(release.manifest)
        _check_content(release)
    except ReleaseError as error:
        where, remedy = str(release.path / MANIFEST), error.remedy or REBUILD
        raise ReleaseError(error.what, where=where, remedy=remedy) from error


def _check_place(release: Release) -> None:
    folder = release.path.resolve()
    named, country = f"{folder.parent.name}/{folder.name}", folder.parent.name
    if release.id != named or release.country != country:
        raise ReleaseError(
            f"the manifest says {release.id!r} of {release.country!r}, the folder "
            f"{named!r}",
            remedy="A release folder must keep its name.",
        )
    if not folder.name.startswith(f"{release.on}."):
        raise ReleaseError(f"the release of {folder.name} was judged on {release.on}")


def _check_content(release: Release) -> None:
    manifest = release.manifest
    said, found = (
        manifest.get("content_id"),
        content_id(manifest, manifest["checksums"]),
    )
    if said != found:
        raise ReleaseError(
            f"changed after it was published: its content id is {found[:12]}…, it says "
            f"{str(said)[:12]}…"
        )


def _check_listed(release: Release) -> None:
    """Check that the manifest has a checksum of each table and archive that is read."""
    files = [*release.path.glob("*.parquet"), *release.path.glob("tiles/*.pmtiles")]
    listed = set(release.manifest["checksums"])
    for path in sorted(files):
        if path.relative_to(release.path).as_posix() not in listed:
            raise ReleaseError(
                "the manifest has no checksum of this file",
                where=str(path),
                remedy=REBUILD,
            )


def _check_hexagons(release: Release) -> None:
    """Check that there are tiles of the hexagons that the manifest promises."""
    promised = release.manifest.get("tiles", {}).get("hexagons")
    if promised and "tiles/hexagons.pmtiles" not in release.manifest["checksums"]:
        raise ReleaseError(
            "the manifest promises tiles of hexagons that are not there",
            where=str(release.path / MANIFEST),
            remedy=REBUILD,
        )


def _check_norms(release: Release, name: str, rows: pa.Table) -> None:
    """Check that judgements name standards and norms of the manifest."""
    norms = {
        standard["id"]: {norm["id"] for norm in standard["norms"]}
        for standard in release.manifest["standards"]
    }
    named = {
        (standard, norm)
        for standard, decided, possible in zip(
            *(rows[key].to_pylist() for key in ("standard", "norm_id")),
            rows["norms_possible"].to_pylist(),
            strict=True,
        )
        for norm in (decided, *(possible or ()))
    }
    for standard, norm in sorted(named, key=str):
        if standard not in norms or (norm and norm not in norms[standard]):
            lacks = f"norm {norm!r} of" if standard in norms else "standard"
            raise ReleaseError(
                f"the manifest has no {lacks} {standard!r}",
                where=str(release.path / f"{name}.parquet"),
                remedy=REBUILD,
            )


def _check_count(release: Release, name: str, found: int) -> None:
    promised = release.manifest.get("counts", {}).get(name, found)
    if found != promised:
        raise ReleaseError(
            f"{found} rows, the manifest counts {promised}",
            where=str(release.path / f"{name}.parquet"),
            remedy=REBUILD,
        )
