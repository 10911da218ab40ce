"""A release as one file for a spreadsheet, a GIS or a statistics program.

Every export carries the release id, the attribution of each source and, for a
made-up country, the notice that it is one. The same release gives the same bytes.
The page for a browser (``html``) is made by :mod:`maps.folium_export`.
"""

import json
from collections.abc import Callable
from pathlib import Path

from geo.disk.whole import write_whole
from geo.errors import ReleaseError
from geo.release.geoparquet import write_parquet
from geo.release.read import Release, open_release
from geo.reports.about import about_rows
from geo.reports.export_text import write_csv, write_geojson
from geo.reports.export_xlsx import write_xlsx
from geo.reports.wide import wide_settlements

__all__ = ["FORMATS", "default_name", "export", "write_whole"]

Writer = Callable[[Release, Path], None]


def _write_geoparquet(release: Release, path: Path) -> None:
    about = json.dumps(about_rows(release.manifest), ensure_ascii=False)
    table = wide_settlements(release)
    write_parquet(table, path, geo=True, about={"paritet": about})


def _write_gpkg(release: Release, path: Path) -> None:
    # pyogrio loads geopandas, 1.2 s that a server need not pay at its start.
    from geo.reports.export_gpkg import write_gpkg  # noqa: PLC0415

    write_gpkg(release, path)


#: Format -> file name ending and writer.
FORMATS: dict[str, tuple[str, Writer]] = {
    "csv": (".csv", write_csv),
    "xlsx": (".xlsx", write_xlsx),
    "gpkg": (".gpkg", _write_gpkg),
    "geojson": (".geojson", write_geojson),
    "geoparquet": (".parquet", _write_geoparquet),
}


def export(release_path: Path, format: str, out: Path) -> Path:  # noqa: A002 (the word of the command line)
    """Write a release in one format, and return the file.

    Parameters
    ----------
    release_path
        Folder of the release.
    format
        One of :data:`FORMATS`.
    out
        The file, or an existing folder in which ``<cc>-<date>.<n>`` is made. An older
        file is replaced in one step when the new one is whole.

    Raises
    ------
    ReleaseError
        If the format is unknown, the release is not whole, or the file cannot be
        written.
    """
    if format not in FORMATS:
        raise ReleaseError(
            f"unknown format {format!r}",
            where="export",
            remedy=f"Known formats: {', '.join(FORMATS)}; "
            "html comes from: paritet export RELEASE --format html.",
        )
    release = open_release(release_path)
    ending, writer = FORMATS[format]
    return write_whole(out, default_name(release, ending), lambda p: writer(release, p))


def default_name(release: Release, ending: str) -> str:
    """Return ``<cc>-<date>.<n><ending>``."""
    return f"{release.id.replace('/', '-')}{ending}"
