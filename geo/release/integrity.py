"""What the tables of a release must keep so that answers can be made from them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geo.errors import ReleaseError
from geo.layers.schema import TABLES, Table
from geo.release.columns import Objects, Positions, floats, numbers, objects

Tables = Mapping[str, pa.Table]

#: Lists of what was met: two rows may say the same.
LOGS = frozenset({"rejected", "timetable_faults"})
#: Column -> the tables of whose ids it names one; null is unknown.
TARGETS = {
    **dict.fromkeys(("settlement_id", "duplicate_of", "centre"), ("settlements",)),
    **dict.fromkeys(("area_id", "parent", "selsovet_id", "raion_id"), ("areas",)),
    **dict.fromkeys(("oblast_id", "country_id", "grid_id", "unit_id"), ("areas",)),
    "facility_id": ("facilities",),
}
#: Columns that do not follow their name. A journey may lead to a settlement, where
#: the centre of one is meant.
EXCEPTIONS = {
    ("identifiers", "id"): ("settlements",),
    ("ranks", "id"): ("settlements", "areas"),
    ("journeys", "facility_id"): ("facilities", "settlements"),
}
#: Degrees. A shape across the 180th meridian may go on beyond it.
LON_LIMIT, LAT_LIMIT = 360.0, 90.0
#: Beyond it, two keys could get the same number of 64 bits.
MOST_CODES = 2**62


def check_tables(tables: Tables, folder: Path) -> None:
    """Check text, keys, references, geometry and points of a release.

    Parameters
    ----------
    tables
        All tables by name, with the columns of their schemas.
    folder
        The release, for the message.

    Raises
    ------
    ReleaseError
        Naming table, row and value of the first fault.
    """
    for name, fault in _faults(tables):
        raise ReleaseError(
            fault,
            where=str(folder / f"{name}.parquet"),
            remedy="Build the country again.",
        )


def _faults(tables: Tables) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        found = [_of_columns(table, TABLES[name]), _of_references(tables, name)]
        if name not in LOGS:
            found.append(_of_key(table, TABLES[name].key))
        if TABLES[name].geo:
            found.append(_of_shapes(table))
        if name == "settlements":
            found.append(_of_points(table))
        for faults in found:
            yield from ((name, fault) for fault in faults)


def _of_columns(table: pa.Table, declared: Table) -> Iterator[str]:
    """Yield the fault of a column: text other than UTF-8, torn, or null where not."""
    for column in declared.columns:
        try:
            table[column.name].validate(full=True)
        except pa.ArrowInvalid as error:
            yield f"column {column.name!r} is damaged ({error})"
        if table[column.name].null_count and not column.null:
            row = table[column.name].is_null().to_pylist().index(True)
            yield f"row {row + 1}: {column.name} is null, and may not be"


def _of_references(tables: Tables, name: str) -> Iterator[str]:
    """Yield the first row of each column that names an id which is not there."""
    for column in TABLES[name].schema.names:
        targets = EXCEPTIONS.get((name, column), TARGETS.get(column))
        if targets is None or not set(targets) <= set(tables):
            continue
        named = tables[name][column]
        parts = [chunk for one in targets for chunk in tables[one]["id"].chunks]
        ids = pa.chunked_array(parts, pa.string()).combine_chunks()
        lost = pc.and_(named.is_valid(), pc.index_in(named, value_set=ids).is_null())
        if column == "unit_id":  # an operator stands in the manifest, in no table
            kind = tables[name]["unit_of_assessment"]
            # as a pattern: a scalar of pyarrow would load pandas
            lost = pc.and_not(lost, pc.match_like(kind, "operator"))
        if pc.any(lost).as_py():
            row = lost.to_pylist().index(True)
            wanted, held = named[row].as_py(), " or ".join(targets)
            yield f"row {row + 1}: {column} is {wanted!r}, which {held} do not hold"


def _of_key(table: pa.Table, key: tuple[str, ...]) -> Iterator[str]:
    """Yield the first row whose key stands twice."""
    codes = _codes(table, key)
    order = np.argsort(codes, kind="stable")
    twice = order[1:][np.diff(codes[order]) == 0]
    if len(twice):
        row = int(twice.min())
        said = ", ".join(repr(table[column][row].as_py()) for column in key)
        yield f"row {row + 1}: the key {said} stands there twice"


def _codes(table: pa.Table, key: tuple[str, ...]) -> Positions:
    """Return one number per row, the same for the same key; nothing is null."""
    codes = np.zeros(table.num_rows, np.int64)
    different = 1
    for column in key:
        coded = table[column].combine_chunks().dictionary_encode()
        size = max(len(coded.dictionary), 1)
        if different * size > MOST_CODES:
            _, codes = np.unique(codes, return_inverse=True)
            different = table.num_rows
        own = numbers(pa.chunked_array([coded.indices])).astype(np.int64)
        codes = codes * size + own
        different *= size
    return codes


def _of_shapes(table: pa.Table) -> Iterator[str]:
    """Yield the first row whose geometry cannot be read, or is not on the globe."""
    stored = objects(table, "geometry")
    shapes = _decoded(stored)
    given = np.array([one is not None for one in stored], bool)
    bad = given & shapely.is_missing(shapes)
    points, of = shapely.get_coordinates(shapes, return_index=True)
    on_earth = np.abs(points) <= (LON_LIMIT, LAT_LIMIT)  # False for NaN
    bad[of[~on_earth.all(axis=1)]] = True
    for row in np.flatnonzero(bad)[:1].tolist():
        yield f"row {row + 1}: the geometry of {table[0][row].as_py()!r} is damaged"


def _decoded(stored: Objects) -> Objects:
    """Return the shapes of WKB, None for what is none or has arcs."""
    try:
        with np.errstate(invalid="ignore"):
            return np.asarray(shapely.from_wkb(stored, on_invalid="ignore"), object)
    except NotImplementedError:  # one has arcs: shapely names none, so halve the rest
        if len(stored) == 1:
            return np.array([None], object)
        return np.concatenate([_decoded(half) for half in np.array_split(stored, 2)])


def _of_points(table: pa.Table) -> Iterator[str]:
    """Yield the first row whose point is not on the globe."""
    for column, limit in (("lon", LON_LIMIT), ("lat", LAT_LIMIT)):
        values = floats(table, column)
        for row in np.flatnonzero(np.abs(values) > limit)[:1].tolist():
            yield f"row {row + 1}: {column} is {values[row]}, which are no degrees"
