"""A hand-made release of two raions, small enough to know every number in it."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from openpyxl.worksheet.worksheet import Worksheet

from geo.layers.schema import SCHEMA_VERSION, TABLES
from tests.filled import filled

RAION, OTHER = "area:ozer", "area:bor"
OPERATORS = ({"id": "red", "name": "Красный"}, {"id": "blue", "name": "Синий"})
BOUNDS = (23.0, 51.0, 33.0, 56.5)
TODAY = date(2026, 11, 22)

#: id, name_ru, name_be, raion, kind, population, lon, lat
PLACES = (
    ("toy:1", "Озёрск", "Азёрск", RAION, "raion_city", 5000, 24.30, 52.20),
    ("toy:2", "Малые Ляды", "Малыя Ляды", RAION, None, 120, 24.40, 52.25),
    ("toy:3", "Малые Ляды", "Малыя Ляды", RAION, None, None, 24.50, 52.30),
    ("toy:4", "Залесье", "Залессе", RAION, "agrogorodok", 900, 24.60, 52.35),
    ("toy:5", "Бор", "Бор", RAION, None, 40, 24.70, 52.40),
    ("toy:6", "Борок", "Барок", OTHER, None, 300, 25.40, 52.60),
    ("toy:7", "Малые Ляды", "Малыя Ляды", OTHER, None, 80, 25.50, 52.65),
)


def settlements_frame() -> pd.DataFrame:
    """Return the table as a release gives it."""
    return _table("settlements", settlements()).to_pandas()


def _table(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    full = [filled(table, row) for row in rows]
    return pa.Table.from_pylist(full, schema=TABLES[table].schema)


def settlements() -> list[dict[str, Any]]:
    rows = []
    for id_, ru, be, raion, kind, people, lon, lat in PLACES:
        modelled = id_ == "toy:5"
        rows.append(
            {
                "id": id_, "name": ru, "name_ru": ru, "name_be": be, "kind": kind,
                "kind_status": "measured" if kind else "unknown",
                "kinds_possible": [kind] if kind else ["agrogorodok", "rural"],
                "selsovet_centre": "unknown", "population": people,
                "population_year": 2009 if people else None,
                "population_status": "unknown" if not people
                else "modelled" if modelled else "measured",
                "population_census": None if modelled else people,
                "raion_id": raion, "country_id": "xx", "lon": lon, "lat": lat,
                "geometry": shapely.Point(lon, lat).wkb,
            }
        )  # fmt: skip
    return rows


def areas() -> list[dict[str, Any]]:
    return [
        {"id": "xx", "level": "country", "name": "Тойландия", "analytic": False},
        {"id": "area:west", "level": "oblast", "name": "Западная область",
         "parent": "xx", "analytic": False},
        {"id": RAION, "level": "raion", "name": "Озёрский район", "analytic": False,
         "name_ru": "Озёрский район", "name_be": "Азёрскі раён",
         "name_en": "Oziorsk District", "parent": "area:west"},
        {"id": OTHER, "level": "raion", "name": "Борский район", "analytic": False,
         "name_ru": "Борский район", "name_be": "Борскі раён", "parent": "area:west"},
        {"id": "area:bor2", "level": "raion", "name": "Борский район",
         "analytic": False, "name_ru": "Борский район", "parent": "xx"},
    ]  # fmt: skip


def facilities() -> list[dict[str, Any]]:
    return [
        {"id": "post:1", "kind": "post_office", "name": "Отделение 225301",
         "status": "assumed", "source": "by-post", "located": True,
         "settlement_id": "toy:4", "raion_id": RAION,
         "geometry": shapely.Point(24.601, 52.351).wkb},
        {"id": "hosp:1", "kind": "hospital", "name": "Озёрская ЦРБ",
         "status": "measured", "source": "osm", "located": True, "date": TODAY,
         "settlement_id": "toy:1", "raion_id": RAION, "hours": "24/7",
         "geometry": shapely.Point(24.301, 52.201).wkb},
        {"id": "stop:1", "kind": "rail_stop", "name": "Бор",
         "status": "measured", "source": "rail", "located": True,
         "geometry": shapely.Point(24.70, 52.41).wkb},
        {"id": "stop:2", "kind": "rail_stop", "name": "Борок",
         "status": "measured", "source": "rail", "located": True,
         "geometry": shapely.Point(25.40, 52.61).wkb},
        {"id": "post:2", "kind": "post_office", "name": "Отделение 225302",
         "status": "assumed", "source": "by-post", "located": False,
         "geometry": shapely.Point(24.51, 52.31).wkb},
    ]  # fmt: skip


INDICATORS = (
    "transport.trips_per_week", "transport.days_per_week", "post.office_minutes",
    "digital.generation.red", "digital.generation.blue", "digital.mobile_mbps",
    "digital.fixed_broadband",
)  # fmt: skip


def values() -> list[dict[str, Any]]:
    rows = []
    for id_, *_ in PLACES:
        for code in INDICATORS:
            row: dict[str, Any] = {
                "settlement_id": id_, "indicator": code, "status": "unknown",
            }  # fmt: skip
            if code == "digital.generation.red" and id_ in ("toy:1", "toy:2"):
                row |= {"value": 4.0, "low": 4.0, "status": "modelled",
                        "source": "cells", "date": date(2017, 3, 1)}  # fmt: skip
            if code == "digital.fixed_broadband" and id_ == "toy:1":
                row |= {"value": 1.0, "low": 1.0, "high": 1.0, "status": "declared",
                        "method": "operator's list", "source": "op",
                        "supplier": "Белтелеком", "date": date(2026, 1, 1)}  # fmt: skip
            rows.append(row)
    return rows


STANDARDS = (
    ("xx.trips", "transport.trips_per_week"),
    ("xx.post", "post.office_minutes"),
    ("xx.mbps", "digital.mobile_mbps"),
    ("xx.fixed", "digital.fixed_broadband"),
)


def judgements() -> list[dict[str, Any]]:
    rows = []
    for id_, _ru, _be, _raion, kind, *_ in PLACES:
        for standard, _indicator in STANDARDS:
            row: dict[str, Any] = {
                "settlement_id": id_, "standard": standard, "verdict": "unknown",
                "reason": "no_value", "norm": 1.0,
            }  # fmt: skip
            if standard == "xx.trips":
                row["norm"] = 8.0 if kind else None
            if standard == "xx.post" and id_ == "toy:1":
                row |= {"verdict": "kept", "reason": None}
            if standard == "xx.post" and id_ == "toy:2":
                row["reason"] = "class"
            if standard == "xx.fixed":
                row |= {"verdict": "no_norm", "reason": None, "norm": None}
            if standard == "xx.fixed" and id_ == "toy:1":
                row |= {"verdict": "kept", "reason": None, "norm": 1.0}
            rows.append(row)
    return rows


def manifest() -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "release": "xx/2026-11-22.1",
        "on": "2026-11-22",
        "country": {"code": "xx", "names": {"ru": "Тойландия", "en": "Toyland"},
                    "languages": ["ru", "be"], "synthetic": True,
                    "bounds": list(BOUNDS)},
        "inputs": [{"source": "cells"}],
        "operators": list(OPERATORS),
        "completeness": [],
        "suppliers": {"transport.trips_per_week": {"ru": "райисполком"}},
        "indicators": [
            {"code": code, "domain": code.partition(".")[0], "unit": "",
             "better": "higher", "label": {"ru": f"Показатель {code}", "en": code},
             "freshness_years": 5}
            for code in INDICATORS
        ],
        "standards": [
            {"id": id_, "indicator": indicator, "title": {"ru": f"Норма {id_}"}}
            for id_, indicator in STANDARDS
        ],
        "checksums": {},
    }  # fmt: skip


def write_release(path: Path) -> Path:
    """Write the toy release through the release's own schemas."""
    path.mkdir(parents=True)
    made = {
        "settlements": settlements(), "areas": areas(), "facilities": facilities(),
        "values": values(), "judgements": judgements(),
    }  # fmt: skip
    for name in TABLES:
        rows = made.get(name, [])
        pq.write_table(_table(name, rows), path / f"{name}.parquet")
    text = json.dumps(manifest(), ensure_ascii=False)
    (path / "manifest.json").write_text(text, encoding="utf-8")
    return path


def column_of(page: Worksheet, title: str) -> int:
    """Return the number of the column with this header."""
    for cell in page[1]:
        if cell.value == title:
            return int(cell.column)
    raise AssertionError(f"no column {title} on {page.title}")


def row_of(page: Worksheet, key: str) -> int:
    """Return the row whose first cell holds ``key``."""
    for row in page.iter_rows(min_row=2, max_col=1):
        if row[0].value == key:
            return int(row[0].row)
    raise AssertionError(f"no row {key} on {page.title}")


Cells = Mapping[str, Mapping[str | int, Mapping[str, Any]]]


def fill(path: Path, cells: Cells, *, sender: bool = True) -> Path:
    """Fill cells in: sheet -> row (first cell, or number; 0 appends) -> column."""
    book = openpyxl.load_workbook(path)
    if sender:
        page = book["Кто заполнил"]
        page["B1"], page["B3"] = "Озёрский райисполком", date(2026, 11, 20)
    for sheet, rows in cells.items():
        page = book[sheet]
        for key, given in rows.items():
            number = row_of(page, key) if isinstance(key, str) else key
            for title, value in given.items():
                page.cell(number or page.max_row, column_of(page, title)).value = value
    book.save(path)
    return path


def grid(path: Path, sheet: str, *, without: tuple[str, ...] = ()) -> list[list[Any]]:
    """Return the cells of a sheet, trailing empty rows cut, some columns left out."""
    page = openpyxl.load_workbook(path)[sheet]
    left_out = {column_of(page, title) - 1 for title in without}
    rows = [
        [value for place, value in enumerate(row) if place not in left_out]
        for row in page.iter_rows(values_only=True)
    ]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    return rows
