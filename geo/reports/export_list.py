"""A list of settlements as a file: what a reader sees, in the format of a program."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from geo.disk.faults import disk_faults
from geo.release.read import Release
from geo.reports.about import about_rows
from geo.reports.export_text import BOM, csv_parts, geojson_parts

Said = Sequence[tuple[str, str]]
#: Format -> media type. The first two leave in parts.
LIST_FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
}


def list_parts(
    release: Release,
    table: pa.Table,
    said: Said,
    format: str,  # noqa: A002 - the word of the API
) -> Iterator[bytes]:
    """Yield the bytes of a file that says what it is a list of, and of which release.

    Parameters
    ----------
    release
        Whose settlements these are.
    table
        Of :func:`geo.reports.listed.listed_table`.
    said
        Key and text: what is shown, which filters hold, in which order. A CSV, which
        has no place for remarks, has the filters in a column.
    format
        A key of :data:`LIST_FORMATS`.

    Raises
    ------
    ReleaseError
        If the disk has no room for the file while it is made.
    """
    about = [*about_rows(release.manifest), *said]
    if format == "csv":
        filters = "; ".join(text for key, text in said if key == "filter")
        yield BOM
        yield from csv_parts(release, table, [("filters", filters)])
    elif format == "geojson":
        yield from geojson_parts(table, about)
    else:
        yield _made(format, release, table, about)


def _made(format_: str, release: Release, table: pa.Table, about: Said) -> bytes:
    # What they import is slow to load, which a server need not pay at its start.
    writer: Callable[[Release, pa.Table, Said, Path], None]
    if format_ == "xlsx":
        from geo.reports.export_xlsx import write_list_xlsx as writer  # noqa: PLC0415
    else:
        from geo.reports.export_gpkg import write_list_gpkg as writer  # noqa: PLC0415
    what = "the file cannot be made"
    with disk_faults(what, "temporary files"), TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{format_}"
        writer(release, table, about, path)
        return path.read_bytes()
