"""A hand-made country of six settlements in two raions, for tests of releases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point, Polygon

from geo.layers.schema import TABLES
from geo.release.manifest import ManifestInputs, build_manifest
from tests.filled import filled

ON = date(2026, 11, 22)
#: the day that it is when tests publish
TODAY = date(2026, 11, 30)
CODE = "ty"
TRIPS = "ty.transport.trips"
CELL = "ty.digital.cell"

PARENTS = {"raion_id": "raion:west", "oblast_id": "oblast:o", "country_id": "ty"}
SETTLEMENTS = [
    {"id": "toy:1", "name_ru": "Ёлочка", "name_be": "Ёлачка", "name_en": "Yolochka",
     "kind": "agrogorodok", "kinds_possible": ["agrogorodok"], "population": 1200.0,
     "lon": 25.25, "lat": 53.5},
    {"id": "toy:2", "name_ru": "Ўздым", "name_be": "Ўздым", "name_en": "Uzdym",
     "kind": None, "kinds_possible": ["agrogorodok", "rural"], "population": 85.0,
     "lon": 25.75, "lat": 53.25},
    {"id": "toy:3", "name_ru": "=СУММ(1;2)", "name_be": "Крыніца", "name_en": None,
     "kind": "rural", "kinds_possible": ["rural"], "population": None,
     "lon": 26.5, "lat": 53.5, "raion_id": "raion:east"},
    {"id": "toy:4", "name_ru": "Қостанай", "name_be": None, "name_en": "Kostanay",
     "name_kk": "Қостанай ң ү ұ", "kind": "raion_city",
     "kinds_possible": ["raion_city"], "population": 25000.0,
     "lon": 26.75, "lat": 53.75, "raion_id": "raion:east"},
    {"id": "toy:10", "name_ru": "Без точки", "name_be": None, "name_en": None,
     "kind": "rural", "kinds_possible": ["rural"], "population": 7.0,
     "lon": None, "lat": None},
    {"id": "toy:11", "name_ru": "</script><b>Хитрая", "name_be": None, "name_en": "",
     "kind": "rural", "kinds_possible": ["rural"], "population": 0.0,
     "lon": 25.1, "lat": 53.9},
]  # fmt: skip
VERDICTS = {
    "toy:1": ("kept", 0.0), "toy:2": ("unknown", None), "toy:3": ("breached", 0.25),
    "toy:4": ("no_norm", None), "toy:10": ("unknown", None),
    "toy:11": ("not_due", None),
}  # fmt: skip


def frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a table of the release; what a row does not say is null or neutral."""
    table = TABLES[name]
    full = [filled(name, row) for row in rows]
    data = pd.DataFrame(full, columns=table.schema.names)
    if table.geo:
        return gpd.GeoDataFrame(data, geometry="geometry", crs="OGC:CRS84")
    return data


def _settlements() -> pd.DataFrame:
    rows = []
    for row in SETTLEMENTS:
        point = None if row["lon"] is None else Point(row["lon"], row["lat"])
        rows.append({**PARENTS, "name": row["name_ru"], "geometry": point, **row})
    return frame("settlements", rows)


def _areas() -> pd.DataFrame:
    west = Polygon([(25, 53), (26, 53), (26.013, 53.5), (26, 54), (25, 54)])
    east = Polygon([(26, 53), (27, 53), (27, 54), (26, 54), (26.013, 53.5)])
    return frame(
        "areas",
        [
            {"id": "ty", "level": "country", "name": "Игрушка", "analytic": False},
            {"id": "oblast:o", "level": "oblast", "name": "Область", "parent": "ty",
             "analytic": False},
            {"id": "raion:west", "level": "raion", "name": "Западный район",
             "name_ru": "Западный район", "parent": "oblast:o", "analytic": False,
             "geometry": west},
            {"id": "raion:east", "level": "raion", "name": "Восточный район",
             "name_ru": "Восточный район", "parent": "oblast:o", "analytic": False,
             "geometry": east},
        ],
    )  # fmt: skip


def _judgements() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for settlement, (verdict, gap) in VERDICTS.items():
        both = {"settlement_id": settlement, "verdict": verdict, "gap": gap}
        rows.append({**both, "standard": TRIPS, "domain": "transport", "norm": 16.0})
        rows.append({**both, "standard": CELL, "domain": "digital"})
    return rows


def tables() -> dict[str, pd.DataFrame]:
    """Return all tables of the toy release."""
    ids = [row["id"] for row in SETTLEMENTS]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    rows["judgements"] = _judgements()
    rows["values"] = [
        {"settlement_id": one, "indicator": code, "status": status, "value": value,
         "low": value, "high": value, "unit": "trips/week", "date": date(2026, 5, 1)}
        for one in ids
        for code, status, value in (
            ("transport.trips_per_week", "measured", 12.0),
            ("digital.cell_km", "unknown", None),
        )
    ]  # fmt: skip
    rows["values"][0] |= {"status": "unreachable", "value": None, "low": float("inf")}
    rows["scores"] = [
        {"settlement_id": one, "group": "overall", "score": 0.123456, "coverage": 0.5}
        for one in ids
    ]
    rows["area_scores"] = [
        {"area_id": area, "level": level, "subgroup": "all", "subject": "overall",
         "settlements": 3, "population": 1000.0, "coverage": coverage, "score": score}
        for area, level, coverage, score in (
            ("ty", "country", 0.7, 0.2), ("raion:west", "raion", 0.9, 0.1),
            ("raion:east", "raion", 0.3, None),
        )
    ]  # fmt: skip
    rows["ranks"] = [
        {"unit": "settlement", "id": "toy:3", "score_median": 0.25, "rank_median": 2.0,
         "rank_low": 1.5, "rank_high": 3.0, "ranked": 5, "worst_decile": 0.2,
         "tier": 1, "tier_low": 1, "tier_high": 2},
        {"unit": "raion", "id": "raion:east", "rank_median": 1.0, "ranked": 2},
    ]  # fmt: skip
    rows["facilities"] = [
        {"id": "f:1", "kind": "hospital", "name": "Больница", "status": "declared",
         "source": "toy", "geometry": Point(25.5, 53.5)},
        {"id": "f:2", "kind": "post_office", "name": "Пошта", "status": "assumed",
         "source": "toy"},
    ]  # fmt: skip
    rows["rejected"] = [
        {"source": "toy", "file": "toy.csv", "row": "7", "field": "lat", "value": "97",
         "reason": "latitude above 90"}
    ]  # fmt: skip
    made = {name: frame(name, given) for name, given in rows.items()}
    return made | {"settlements": _settlements(), "areas": _areas()}


def _standard(identity: str, domain: str, indicator: str) -> dict[str, Any]:
    return {
        "id": identity,
        "domain": domain,
        "indicator": indicator,
        "title": {"ru": f"Норма {domain}", "be": f"Норма {domain} be", "en": domain},
        "responsible": {"ru": "Исполком", "be": "Выканкам", "en": "Committee"},
        "force": "law",
        "norms": [
            {"id": f"{identity}.all", "applies": {"kind": "rural"},
             "op": ">=", "value": 16,
             "valid_from": date(2026, 1, 1), "valid_to": None, "confidence": "reported",
             "source": {"act": "toy1", "title": "Игрушечный акт", "revision": "2025"}},
        ],
    }  # fmt: skip


def inputs(*, synthetic: bool = True) -> ManifestInputs:
    """Return what the toy country declares."""
    return ManifestInputs(
        country={
            "code": CODE,
            "names": {"ru": "Игрушка", "be": "Цацка", "en": "Toy"},
            "languages": ["ru", "be", "en"],
            "synthetic": synthetic,
            "bounds": (25.0, 53.0, 27.0, 54.0),
        },
        on=ON,
        parameters={"coverage_floor": 0.6},
        inputs=[
            {"source": "toy-places", "version": "1", "title": "Toy places",
             "sha256": "0" * 64, "licence": "CC-BY-4.0", "share_alike": False,
             "redistribute": "yes", "url": "https://example.org/toy",
             "attribution": {"ru": "Игрушечные данные", "en": "Toy data"},
             "reader": "toy", "date": date(2026, 1, 1)},
        ],
        indicators=[
            {"code": "transport.trips_per_week", "domain": "transport",
             "unit": "trips/week", "better": "higher", "label": {"en": "Trips"},
             "quantity": "count", "classes": [1, 4, 8, 20]},
            {"code": "digital.cell_km", "domain": "digital", "unit": "km",
             "better": "lower", "label": {"en": "Cell"}},
        ],
        standards=[
            _standard(TRIPS, "transport", "transport.trips_per_week"),
            _standard(CELL, "digital", "digital.cell_km"),
        ],
        domains=[
            {"id": "transport", "label": {"ru": "Транспорт", "en": "Transport"}},
            {"id": "digital", "label": {"ru": "Связь", "en": "Connectivity"}},
        ],
    )  # fmt: skip


def manifest(
    made: Mapping[str, pd.DataFrame] | None = None, *, synthetic: bool = True
) -> dict[str, Any]:
    """Return the toy manifest for these tables."""
    return build_manifest(inputs(synthetic=synthetic), made or tables())
