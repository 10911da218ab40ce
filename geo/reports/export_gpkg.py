"""Settlements, areas, facilities and the ways to them as layers of one GeoPackage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from geo.disk.faults import ask_disk
from geo.errors import ReleaseError
from geo.inert import visible
from geo.release.read import Release
from geo.reports.about import about_rows
from geo.reports.wide import flat, wide_settlements

CRS = "EPSG:4326"
CLOCK = "OGR_CURRENT_DATE"
_ONE_CLOCK = Lock()


def write_gpkg(release: Release, path: Path) -> None:
    """Write ``settlements`` (wide), ``areas``, ``facilities``, ``access``, and tables.

    ``service``, ``journeys`` and ``about`` have no geometry; the first two join
    settlements by ``settlement_id``. Polygons become multipolygons: a GeoPackage layer
    has one geometry type. The times of change that the format demands are those of the
    release's day.

    Raises
    ------
    OSError
        If the disk refuses.
    ReleaseError
        If GDAL cannot write a layer though the disk would take it.
    """
    layers = {
        "settlements": (wide_settlements(release), "Point"),
        "areas": (_multi(flat(release.table("areas"))), "MultiPolygon"),
        "facilities": (_points(flat(release.table("facilities"))), "Point"),
        "access": (release.table("access"), "LineString"),
    }
    rows = {name: release.table(name) for name in ("service", "journeys")}
    _write(release, path, layers, rows, about_rows(release.manifest))


def write_list_gpkg(
    release: Release, table: pa.Table, about: Sequence[tuple[str, str]], path: Path
) -> None:
    """Write a table of settlements as the layer of that name, and ``about``.

    Raises
    ------
    OSError, ReleaseError
        As :func:`write_gpkg`.
    """
    _write(release, path, {"settlements": (table, "Point")}, {}, about)


def _write(
    release: Release,
    path: Path,
    layers: Mapping[str, tuple[pa.Table, str]],
    rows: Mapping[str, pa.Table],
    about: Sequence[tuple[str, str]],
) -> None:
    need = sum(table.nbytes for table in rows.values())
    need += sum(table.nbytes for table, _ in layers.values())
    with _clock_at(release.on), _faults_of_gdal(path, need):
        for name, (table, kind) in layers.items():
            pyogrio.write_arrow(
                _without_nul(table),
                path,
                layer=name,
                driver="GPKG",
                geometry_name="geometry",
                geometry_type=kind,
                crs=CRS,
                append=name != "settlements",
            )
        for name, table in rows.items():
            bare = _without_nul(table)
            pyogrio.write_arrow(bare, path, layer=name, driver="GPKG", append=True)
        keys, texts = zip(*about, strict=True)
        said = pa.table({"key": list(keys), "text": list(texts)})
        pyogrio.write_arrow(said, path, layer="about", driver="GPKG", append=True)


@contextmanager
def _faults_of_gdal(path: Path, need: int) -> Iterator[None]:
    """Ask the disk itself why GDAL, which hides it, could not write."""
    try:
        yield
    except (DataSourceError, DataLayerError) as error:
        ask_disk(path.parent, need)
        raise ReleaseError(
            f"GDAL cannot write it ({error})",
            where=path.name,
            remedy="Check the disk, or choose another format.",
        ) from error


@contextmanager
def _clock_at(day: str) -> Iterator[None]:
    # The option is that of the whole process: two that write at once take turns.
    with _ONE_CLOCK:
        before = pyogrio.get_gdal_config_option(CLOCK)
        pyogrio.set_gdal_config_options({CLOCK: f"{day}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({CLOCK: before})


def _without_nul(table: pa.Table) -> pa.Table:
    """Return the table with NUL written out in texts, for GDAL would end them there."""
    for position, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            texts = pc.replace_substring(table[field.name], "\0", visible("\0"))
            table = table.set_column(position, field, texts)
    return table


def _multi(table: pa.Table) -> pa.Table:
    shapes = _shapes(table)
    single = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    shapes[single] = [shapely.MultiPolygon([shape]) for shape in shapes[single]]
    return _with(table, shapes)


def _points(table: pa.Table) -> pa.Table:
    """Facilities that a source draws as buildings stand at a point inside."""
    return _with(table, shapely.point_on_surface(_shapes(table)))


def _shapes(table: pa.Table) -> np.ndarray:
    shapes: np.ndarray = shapely.from_wkb(
        table["geometry"].to_numpy(zero_copy_only=False)
    )
    return shapes


def _with(table: pa.Table, shapes: np.ndarray) -> pa.Table:
    encoded = pa.array(shapely.to_wkb(shapes, byte_order=1), type=pa.binary())
    position = table.column_names.index("geometry")
    return table.set_column(position, "geometry", encoded)
