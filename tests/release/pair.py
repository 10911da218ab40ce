"""Small releases to compare, judged by the real judge: a few words per settlement.

Four places of one raion and oblast; a release is what is said of them on a day.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo.layers.schema import SCHEMA_VERSION, TABLES
from geo.release.content import content_id
from geo.release.read import Release
from geo.scores.areas import area_scores
from geo.scores.given import Given, Scoring
from geo.scores.scores import settlement_scores
from geo.standards.judge import judge
from geo.standards.model import Standard
from tests.filled import filled
from tests.standards import toy

TRIPS = "ty.trips"
WAIT = "ty.wait"
INDICATORS = [
    {"code": "transport.trips_per_week", "domain": "transport", "unit": "trips/week",
     "better": "higher", "freshness_years": 2,
     "label": {"ru": "Рейсов в неделю", "be": "Рэйсаў на тыдзень",
               "en": "Trips per week"}},
    {"code": "health.ambulance_minutes", "domain": "health", "unit": "min",
     "better": "lower", "freshness_years": 5,
     "label": {"ru": "Прибытие скорой", "be": "Прыбыццё хуткай",
               "en": "Ambulance arrival"}},
]  # fmt: skip
DOMAINS = ("health", "transport")
FLOOR = 0.5
NAMES = {
    "toy:0": ("Заречье", "Зарэчча", "Zarechye"),
    "toy:1": ("Бор", "Бор", "Bor"),
    "toy:2": ("Липки", "Ліпкі", "Lipki"),
    "toy:3": ("Город", "Горад", "Gorod"),
}


def norm(id_: str, value: float, op: str = ">=", **more: Any) -> dict[str, Any]:
    """Return one row of a standard."""
    return {
        "id": id_,
        "op": op,
        "value": value,
        "source": {
            "act": "Акт 1",
            "title": "Акт",
            "revision": "2025",
            "item": "3",
            "seen": "2009-01-01",
        },
        "confidence": "reported",
        "label": {"ru": "деревня", "be": "вёска", "en": "village"},
    } | more


def trips(*rows: dict[str, Any], **more: Any) -> Standard:
    """Return the standard of trips a week."""
    return _standard(
        TRIPS, "transport", "transport.trips_per_week", rows,
        {"ru": "Рейсы", "be": "Рэйсы", "en": "Trips"}, **more,
    )  # fmt: skip


def wait(*rows: dict[str, Any], **more: Any) -> Standard:
    """Return the standard of minutes to wait."""
    return _standard(
        WAIT, "health", "health.ambulance_minutes", rows,
        {"ru": "Скорая", "be": "Хуткая", "en": "Ambulance"}, **more,
    )  # fmt: skip


def _standard(
    id_: str, domain: str, indicator: str, rows: Any, title: Any, **more: Any
) -> Standard:
    return Standard.model_validate(
        {
            "id": id_,
            "domain": domain,
            "indicator": indicator,
            "title": title,
            "responsible": {"ru": "Минтранс", "be": "Мінтранс", "en": "Mintrans"},
            "unit_of_assessment": "settlement",
            "force": "law",
            "norms": list(rows),
        }
        | more
    )


def place(
    kind: str | None = "rural", population: float | None = 100, **more: Any
) -> dict:
    """Return what is said of one place; ``kinds`` where the class is open."""
    urban = {"rural": "no", "agrogorodok": "no", None: "unknown"}.get(kind, "yes")
    kinds = more.pop("kinds", [kind] if kind else ["agrogorodok", "rural"])
    return {
        "kind": kind,
        "kinds_possible": kinds,
        "urban": urban,
        "population": population,
        "selsovet_centre": "no",
        "raion_centre": "no",
        "oblast_centre": "no",
        "population_year": 2019,
        "population_status": "measured",
        "population_source": "toy-people",
        "raion_id": "toy:raion",
        "oblast_id": "toy:oblast",
        "country_id": "toy",
    } | more


def known(value: float | None, low: Any = ..., high: Any = ..., **more: Any) -> dict:
    """Return one value; exact unless bounds are given."""
    return {
        "value": value,
        "low": value if low is ... else low,
        "high": value if high is ... else high,
        "status": "measured",
        "method": "register",
        "source": "toy-register",
        "date": date(2026, 1, 10),
        "origin": "register.csv:7",
    } | more


UNREACHABLE = known(None, float("inf"), None, status="unreachable")


def release(
    places: Mapping[str, dict],
    values: Mapping[str, Mapping[str, dict]],
    standards: Sequence[Standard],
    on: date = date(2026, 2, 1),
    name: str = "",
    **manifest: Any,
) -> Release:
    """Judge and score a few places, and return the release.

    Parameters
    ----------
    places
        Id -> :func:`place`.
    values
        Indicator -> id -> :func:`known`; what is not said is unknown.
    """
    settlements = _settlements(places)
    listed = _values(places, values)
    windows = {entry["code"]: entry["freshness_years"] for entry in INDICATORS}
    judged = judge(settlements, listed, standards, on, windows, settled_level=0.99)
    areas = _areas()
    how = Scoring(FLOOR, 0.34, (), 20_000, {}, windows)
    given = Given(settlements, listed, judged, areas, standards, on, how)
    scores = settlement_scores(given, judged, DOMAINS)
    summed = area_scores(given, DOMAINS)
    frames = {
        "settlements": settlements.reset_index(),
        "values": listed,
        "judgements": judged,
        "scores": scores,
        "area_scores": summed,
        "areas": areas,
    }
    tables = {table: _arrow(table, frames.get(table)) for table in TABLES}
    document = {
        "schema_version": SCHEMA_VERSION,
        "release": f"ty/{name or f'{on.isoformat()}.1'}",
        "on": on.isoformat(),
        "country": {
            "code": "ty",
            "names": {"ru": "Игрушка", "be": "Цацка", "en": "Toyland"},
            "languages": ["ru", "be", "en"],
            "synthetic": False,
        },
        "code_version": "1",
        "parameters": {"coverage_floor": FLOOR, "stop_radius_km": 1.0},
        "inputs": [
            {"source": "toy-register", "sha256": on.isoformat(), "title": "Реестр"}
        ],
        "indicators": INDICATORS,
        "standards": [standard.describe(on) for standard in standards],
        "verdicts": {standard.id: {} for standard in standards},
        "suppliers": {
            "transport.trips_per_week": {
                "ru": "перевозчики", "be": "перавозчыкі", "en": "carriers",
            }
        },
        "assumptions": [
            {"id": "hospital", "statement": {
                "ru": "В центре есть больница.", "be": "У цэнтры ёсць бальніца.",
                "en": "The centre has a hospital.",
            }}
        ],
        "domains": [],
        "checksums": {},
    } | manifest  # fmt: skip
    return Release(Path("/nowhere"), document, tables)


def _settlements(places: Mapping[str, dict]) -> pd.DataFrame:
    table = toy.settlements(*({"id": id_} | said for id_, said in places.items()))
    for column, names in zip(
        ("name_ru", "name_be", "name_en"),
        zip(*NAMES.values(), strict=True),
        strict=True,
    ):
        table[column] = table.index.map(dict(zip(NAMES, names, strict=True)))
    table["name"] = table["name_ru"]
    return table


def _values(
    places: Mapping[str, dict], values: Mapping[str, Mapping[str, dict]]
) -> pd.DataFrame:
    rows = [
        {
            "settlement_id": id_,
            "indicator": entry["code"],
            "unit": entry["unit"],
            "status": "unknown",
        }
        | values.get(str(entry["code"]), {}).get(id_, {})
        for id_ in places
        for entry in INDICATORS
    ]
    table = pd.DataFrame(rows).reindex(columns=TABLES["values"].schema.names)
    for column in ("value", "low", "high"):
        table[column] = table[column].astype("float64")
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    return table


def _areas() -> pd.DataFrame:
    rows = [
        ("toy", "country", "Игрушка", "Цацка", "Toyland"),
        ("toy:oblast", "oblast", "Область", "Вобласць", "Oblast"),
        ("toy:raion", "raion", "Лесной район", "Лясны раён", "Forest District"),
    ]
    columns = ["id", "level", "name_ru", "name_be", "name_en"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(name=table["name_ru"])


def _arrow(name: str, frame: pd.DataFrame | None) -> pa.Table:
    schema = TABLES[name].schema
    if frame is None:
        return schema.empty_table()
    full = frame.reindex(columns=schema.names)
    # an empty day is no number
    for column in full.columns[full.isna().all()]:
        full[column] = None
    for column, neutral in filled(name, {}).items():
        if neutral not in (None, []):
            full[column] = full[column].astype(object).fillna(neutral)
    if TABLES[name].geo:
        full["geometry"] = None  # no place has a shape here
    return pa.Table.from_pandas(full, schema=schema, preserve_index=False).sort_by(
        [(key, "ascending") for key in TABLES[name].key]
    )


def write(root: Path, made: Release) -> Path:
    """Write a release to disk and serve it."""
    country, name = made.id.split("/")
    folder = root / country / name
    folder.mkdir(parents=True)
    for table, rows in made.held.items():
        pq.write_table(rows, folder / f"{table}.parquet")
    checksums = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }
    document = json.loads(json.dumps(made.manifest, default=str))
    document["content_id"] = content_id(document, checksums)
    document["checksums"] = checksums
    text = json.dumps(document, ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    (root / country / "latest").write_text(f"{name}\n", encoding="utf-8")
    return folder
