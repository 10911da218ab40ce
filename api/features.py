"""The collections of OGC API Features: flat properties, geometry as GeoJSON."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import orjson
import pyarrow as pa
import shapely

from api.columns import described
from api.estimates import estimate_columns
from api.query import Box, Mask
from api.ranks import tiers
from api.store import Store
from geo.release.columns import Floats, Objects, Positions, objects, take

Kind = Literal["settlements", "areas", "facilities", "access", "service", "journeys"]
Columns = dict[str, list[Any]]
Schema = dict[str, dict[str, Any]]

TITLES: dict[Kind, str] = {
    "settlements": "Settlements with judgements, gaps and scores",
    "areas": "Areas with scores",
    "facilities": "Facilities (supply points)",
    "access": "Ways to the nearest facility of each kind",
    "service": "Trips and departures at settlements, by part of the year",
    "journeys": "Journeys by timetable, and home the same day",
}
#: Property -> may be asked for by equality (queryables).
FILTERS: dict[Kind, tuple[str, ...]] = {
    "settlements": ("kind", "urban", "raion_id", "oblast_id"),
    "areas": ("level", "parent"),
    "facilities": ("kind", "status", "raion_id"),
    "access": ("kind", "status", "reason", "settlement_id"),
    "service": ("period", "settlement_id"),
    "journeys": ("destination", "status", "settlement_id"),
}
_MEASURES = ("settlements", "population", "score", "coverage")
_LEFT_OUT = ("geometry", "lon", "lat", "country_id")


@dataclass(frozen=True)
class Collection:
    """One collection of one release.

    Attributes
    ----------
    schema
        JSON Schema of each property; every feature has every one of them.
    columns
        Positions -> property -> values.
    shapes
        Geometries in the order of the table, None where unknown.
    """

    kind: Kind
    store: Store
    table: pa.Table
    position: dict[str, int]
    schema: Schema
    columns: Callable[[Positions], Columns]
    shapes: Objects

    @property
    def id(self) -> str:
        """Collection id, such as ``by-settlements``."""
        return f"{self.store.country}-{self.kind}"

    def select(self, filters: dict[str, str], box: Box | None) -> Positions:
        """Return the rows that match, in the order of ids; what is counted alone."""
        mask: Mask = np.ones(self.table.num_rows, dtype=bool)
        if self.kind == "settlements":
            mask &= self.store.listed
        for name, value in filters.items():
            mask &= objects(self.table, name) == value
        if box is not None:
            mask &= self._touched(box)
        return np.flatnonzero(mask)

    def words(self, name: str) -> list[str]:
        """Return the different values of a text property, in their order."""
        return sorted(self.table[name].unique().drop_null().to_pylist())

    def _touched(self, box: Box) -> Mask:
        parts = [box]
        if box.west > box.east:
            parts = [box._replace(east=180.0), box._replace(west=-180.0)]
        areas = [shapely.box(*part) for part in parts]
        # A geometry that is unknown intersects nothing.
        hits = [shapely.intersects(self.shapes, area) for area in areas]
        return np.asarray(np.logical_or.reduce(hits), dtype=bool)

    def features(self, rows: Positions) -> list[dict[str, Any]]:
        """Return GeoJSON features for these positions."""
        columns = self.columns(rows)
        names = list(columns)
        texts = shapely.to_geojson(self.shapes[rows]).tolist()
        values = zip(*columns.values(), strict=True)
        return [
            {
                "type": "Feature",
                "id": entry[0],
                "geometry": None if text is None else orjson.Fragment(text),
                "properties": dict(zip(names, entry, strict=True)),
            }
            for entry, text in zip(values, texts, strict=True)
        ]


def collection(store: Store, kind: Kind) -> Collection:
    """Return one collection of a release."""
    makers: dict[Kind, Callable[[Store], Collection]] = {
        "settlements": _settlements,
        "areas": _areas,
        "facilities": _facilities,
        "access": _access,
        "service": partial(_at_settlements, kind="service", key="period"),
        "journeys": partial(_at_settlements, kind="journeys", key="destination"),
    }
    if kind not in store.made:
        store.made[kind] = makers[kind](store)
    made: Collection = store.made[kind]
    return made


def _base_columns(store: Store, table: pa.Table) -> list[str]:
    """Return the flat columns; only the names in the country's languages."""
    spoken = {f"name_{language}" for language in store.languages}
    return [
        name
        for name in table.schema.names
        if name not in _LEFT_OUT and (not name.startswith("name_") or name in spoken)
    ]


def _schema_of(kind: Kind, names: list[str]) -> Schema:
    return {name: described(kind, name) for name in names}


def _text(says: str) -> dict[str, Any]:
    return {"type": "string", "description": says}


def _said_of(what: str, table: str, name: str) -> dict[str, Any]:
    """Return the schema of a column of which there is one property each."""
    schema = described(table, name)
    return schema | {"description": f"{what}: {schema['description']}"}


def _plain(table: pa.Table, rows: Positions) -> Columns:
    found: Columns = take(table, rows).to_pydict()
    for name, values in found.items():
        if pa.types.is_list(table.schema.field(name).type):
            found[name] = [None if v is None else ",".join(v) for v in values]
    return found


def _flat(id_: str) -> str:
    return id_.replace(".", "_")


def _settlements(store: Store) -> Collection:
    table = store.table("settlements")
    base = _base_columns(store, table)
    schema = _schema_of("settlements", base)
    schema |= {"raion": _text("Name of the raion."), "oblast": _text("Of the oblast.")}
    sources: dict[str, Floats | Objects] = {}
    for standard, judged in store.judged.items():
        sources[f"verdict_{_flat(standard)}"] = judged.verdict
        sources[f"gap_{_flat(standard)}"] = judged.gap
        for name in ("verdict", "gap"):
            schema[f"{name}_{_flat(standard)}"] = _said_of(standard, "judgements", name)
    for name, place in tiers(store).items():
        sources[name] = place
        schema[name] = described("ranks", name)
    for group in store.groups:
        nothing = np.full(store.count, np.nan)
        held = store.scored.get(group)
        sources[f"score_{group}"] = held.score if held else nothing
        sources[f"coverage_{group}"] = held.coverage if held else nothing
        for name in ("score", "coverage"):
            schema[f"{name}_{group}"] = _said_of(group, "scores", name)
    for (name, indicator), told in estimate_columns(store).items():
        sources[f"{name}_{_flat(indicator)}"] = told
        said = _said_of(indicator, "estimates", name)
        schema[f"{name}_{_flat(indicator)}"] = said
    flat = table.select(base)

    def columns(rows: Positions) -> Columns:
        found = _plain(flat, rows)
        for level in ("raion", "oblast"):
            ids = found[f"{level}_id"]
            found[level] = [
                store.areas[i]["name"] if i in store.areas else None for i in ids
            ]
        return found | {name: held[rows].tolist() for name, held in sources.items()}

    return Collection(
        "settlements", store, table, store.position, schema, columns, store.points
    )


def _areas(store: Store) -> Collection:
    table = store.table("areas")
    base = _base_columns(store, table)
    schema = _schema_of("areas", base)
    subjects = [
        "overall",
        *(f"domain:{name}" for name in store.scored_domains),
        *(f"standard:{name}" for name in store.judged),
    ]
    measures = {s: s.partition(":")[2] or s for s in subjects}
    flat = table.select(base)
    for name in ("settlements", "population"):
        schema[name] = described("area_scores", name)
    for name in measures.values():
        for measure in ("score", "coverage"):
            said = _said_of(name, "area_scores", measure)
            schema[f"{measure}_{_flat(name)}"] = said

    known = _area_scores(store)

    def columns(rows: Positions) -> Columns:
        found = _plain(flat, rows)
        held = [known.get(area, {}) for area in found["id"]]
        for name in ("settlements", "population"):
            found[name] = [scores.get("overall", {}).get(name) for scores in held]
        for subject, name in measures.items():
            for measure in ("score", "coverage"):
                found[f"{measure}_{_flat(name)}"] = [
                    scores.get(subject, {}).get(measure) for scores in held
                ]
        return found

    position = {id_: row for row, id_ in enumerate(table["id"].to_pylist())}
    shapes = _shapes(table)
    return Collection("areas", store, table, position, schema, columns, shapes)


def _area_scores(store: Store) -> dict[str, dict[str, dict[str, Any]]]:
    """Return area id -> subject -> scores of all its settlements."""
    columns = ["area_id", "subgroup", "subject", *_MEASURES]
    out: dict[str, dict[str, dict[str, Any]]] = {}
    table = store.table("area_scores").select(columns)
    whole = np.flatnonzero(objects(table, "subgroup") == "all")
    for row in take(table, whole).to_pylist():
        out.setdefault(row["area_id"], {})[row["subject"]] = row
    return out


def _facilities(store: Store) -> Collection:
    table = store.table("facilities")
    base = _base_columns(store, table)
    flat = table.select(base)
    position = {id_: row for row, id_ in enumerate(table["id"].to_pylist())}
    return Collection(
        "facilities",
        store,
        table,
        position,
        _schema_of("facilities", base),
        lambda rows: _plain(flat, rows),
        _shapes(table),
    )


def _access(store: Store) -> Collection:
    """One feature per settlement and kind of facility, with the line of the way."""
    return _long(store, "access", "kind", _shapes(store.table("access")))


def _at_settlements(store: Store, *, kind: Kind, key: str) -> Collection:
    """One feature per settlement and ``key``, at the point of the settlement."""
    return _long(store, kind, key, store.points[store.places(store.table(kind))])


def _long(store: Store, kind: Kind, key: str, shapes: Objects) -> Collection:
    """Show a table with several rows per settlement, its name before its numbers."""
    held = store.table(kind)
    ids = [
        f"{row['settlement_id']}:{row[key]}"
        for row in held.select(["settlement_id", key]).to_pylist()
    ]
    names = dict(zip(store.position, store.column("name"), strict=True))
    called = [names.get(id_) for id_ in held["settlement_id"].to_pylist()]
    table = held.add_column(0, "id", pa.array(ids, pa.string()))
    table = table.add_column(2, "settlement", pa.array(called, pa.string()))
    base = _base_columns(store, table)
    flat = table.select(base)
    added = {
        "id": _text(f"`settlement_id` and `{key}`, a colon between."),
        "settlement": _text("Name of the settlement."),
    }
    return Collection(
        kind,
        store,
        table,
        {id_: row for row, id_ in enumerate(ids)},
        added | _schema_of(kind, [name for name in base if name not in added]),
        lambda rows: _plain(flat, rows),
        shapes,
    )


def _shapes(table: pa.Table) -> Objects:
    found: Objects = np.asarray(
        shapely.from_wkb(objects(table, "geometry")), dtype=object
    )
    return found
