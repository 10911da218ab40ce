"""A raion on paper: six settlements, five standards, every sum done by hand.

Trips: 28 for an agrogorodok over 1,000, 8 over 50 residents, 4 for 20 to 50.

| settlement | people | trips | norm | verdict |
|---|---|---|---|---|
| p:1 agrogorodok | 1,200 | 22 | 28 | breached, gap 6/28 |
| p:2 | 60 | 8 | 8 | kept |
| p:3 | 30.4 | unknown | 4 | unknown, no value |
| p:4 | unknown | 6 | 4 to 8 | unknown, population |
| p:5 twin of p:2 | (60, not counted) | 8 | 8 | kept |
| p:6 | 10 | 0 | none | no norm |
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.layers.schema import TABLES
from geo.release.read import Release

Row = dict[str, Any]
TRIPS, WAIT, FIBRE, CELL, SPEED = (
    "p.transport.trips", "p.health.wait", "p.digital.fibre", "p.digital.cell",
    "p.digital.speed",
)  # fmt: skip
BIG, OVER_50, UNDER_50 = (f"{TRIPS}.{name}" for name in ("big", "over_50", "under_50"))
NAMES = {
    "p:1": ('Агро "Ёлка" <b>', 'Агра "Ёлка" <b>', None),
    "p:2": ("Дубки", "Дубкі", "Dubki"),
    "p:3": ("Лес", None, None),
    "p:4": ("Поле", None, None),
    "p:5": ("Дубки", None, None),
    "p:6": ("Хутор", None, None),
}
PEOPLE = {"p:1": 1200.0, "p:2": 60.0, "p:3": 30.4, "p:5": 60.0, "p:6": 10.0}
GAP = 6 / 28


def _place(identity: str) -> Row:
    people = PEOPLE.get(identity)
    russian, belarusian, english = NAMES[identity]
    big = identity == "p:1"
    return {
        "id": identity, "name": russian, "name_ru": russian, "name_be": belarusian,
        "name_en": english, "kind": "agrogorodok" if big else None,
        "kinds_possible": ["agrogorodok"] if big else ["agrogorodok", "rural"],
        "selsovet_centre": "yes" if big else "unknown",
        "population": people, "population_low": 20.0 if people is None else people,
        "population_high": 1400.5 if big else (60.0 if people is None else people),
        "population_year": None if people is None else 2019,
        "population_status": "unknown" if people is None else "measured",
        "population_source": None if people is None else "p-census",
        "raion_id": "raion:p", "oblast_id": "oblast:p", "country_id": "pp",
        "duplicate_of": "p:2" if identity == "p:5" else None, "source": "p-places",
    }  # fmt: skip


def _trips() -> list[Row]:
    def row(place: str, verdict: str, norm: float | None, **rest: Any) -> Row:
        return {
            "settlement_id": place, "standard": TRIPS, "domain": "transport",
            "force": "law", "verdict": verdict, "norm": norm, "norm_low": norm,
            "norm_high": norm, **rest,
        }  # fmt: skip

    none = {"gap_low": 0.0, "gap_high": 1.0}
    return [
        row("p:1", "breached", 28.0, norm_id=BIG, gap=GAP, gap_low=GAP, gap_high=GAP),
        row("p:2", "kept", 8.0, norm_id=OVER_50, gap=0.0, gap_low=0.0, gap_high=0.0),
        row("p:3", "unknown", 4.0, norm_id=UNDER_50, reason="no_value", **none),
        row("p:4", "unknown", None, reason="population", gap_low=0.0, gap_high=0.25)
        | {"norm_low": 4.0, "norm_high": 8.0},
        row("p:5", "kept", 8.0, norm_id=OVER_50, gap=0.0, gap_low=0.0, gap_high=0.0),
        row("p:6", "no_norm", None),
    ]


def _others() -> list[Row]:
    """The other standards, of the agrogorodok alone."""
    head = {"settlement_id": "p:1", "force": "law", "norm": 35.0, "norm_low": 35.0,
            "norm_high": 35.0}  # fmt: skip
    due = {"force": "target", "verdict": "not_due", "due": date(2030, 12, 31)}
    return [
        head | {"standard": WAIT, "domain": "health", "norm_id": f"{WAIT}.all",
                "verdict": "kept", "gap": 0.0, "gap_low": 0.0, "gap_high": 0.0},
        head | {"standard": FIBRE, "domain": "digital", "norm_id": f"{FIBRE}.all",
                "verdict": "unknown", "reason": "stale", "norm": 1.0,
                "verdict_if_fresh": "breached", "gap_low": 0.0, "gap_high": 1.0},
        head | due | {"standard": SPEED, "domain": "digital", "norm": 30.0,
                      "norm_id": f"{SPEED}.all", "progress": 0.5,
                      "required_pace": 3.0},
        head | {"standard": CELL, "domain": "digital", "norm_id": f"{CELL}.all",
                "verdict": "breached", "gap": 1.0, "gap_low": 1.0, "gap_high": 1.0},
    ]  # fmt: skip


def _value(place: str, indicator: str, value: float | None, unit: str, **rest: Any):
    return {
        "settlement_id": place, "indicator": indicator, "value": value, "low": value,
        "high": value, "unit": unit, "status": "declared", "source": "p-bus",
        "supplier": "Автопарк", "date": date(2026, 5, 1), **rest,
    }  # fmt: skip


def _values() -> list[Row]:
    trips = {"p:1": 22.0, "p:2": 8.0, "p:4": 6.0, "p:5": 8.0, "p:6": 0.0}
    rows = [
        _value(place, "trips", value, "trips/week") for place, value in trips.items()
    ]
    nothing = {"status": "unknown", "source": None, "supplier": None, "date": None}
    rows.append(_value("p:3", "trips", None, "trips/week", **nothing))
    assumed = {"status": "assumed", "source": "assumption:station", "low": None,
               "high": 34.96, "date": None, "supplier": None}  # fmt: skip
    return [
        *rows,
        _value("p:1", "wait", 20.0, "min", **assumed),
        _value("p:1", "fibre", 0.0, "yes/no", supplier="alfa"),
        _value("p:1", "speed", 15.0, "Mbit/s", low=10.0, high=20.0, status="modelled"),
        _value("p:1", "cell", None, "km", status="unreachable", low=float("inf")),
    ]


def _area_scores() -> list[Row]:
    """Kept 60 people (the twin is not counted), breached 1,200, unknown 30.4."""
    head = {"area_id": "raion:p", "level": "raion", "settlements": 5,
            "population": 1300.4, "subgroup": "all"}  # fmt: skip
    verdicts = {
        "settlements_kept": 1, "settlements_breached": 1, "settlements_unknown": 2,
        "settlements_no_norm": 1, "settlements_not_due": 0, "population_kept": 60.0,
        "population_breached": 1200.0, "population_unknown": 30.4,
        "population_no_norm": 10.0, "population_not_due": 0.0,
    }  # fmt: skip
    known = 1260 / 1290.4
    trips = {"coverage": known, "score": 0.2, "score_low": 0.19, "score_high": 0.23}
    return [
        head | verdicts | trips | {"subject": f"standard:{TRIPS}"},
        head | verdicts | trips | {"subject": "domain:transport"},
        head | verdicts | trips | {"subject": "overall"},
        head | {"subject": "overall", "subgroup": "village"},
    ]


def tables() -> dict[str, list[Row]]:
    """Return the rows of every table."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    rows["settlements"] = [_place(identity) for identity in NAMES]
    rows["areas"] = [
        {"id": "pp", "level": "country", "name": "Бумага", "analytic": False},
        {"id": "oblast:p", "level": "oblast", "name": "Первая область",
         "parent": "pp", "analytic": False},
        {"id": "raion:p", "level": "raion", "name": "Бумажный район",
         "name_be": "Папяровы раён", "parent": "oblast:p", "analytic": False,
         "population_official": 1301, "population_official_year": 2025,
         "source": "p-places"},
        {"id": "grid:1", "level": "grid", "name": "Ячейка", "analytic": True},
    ]  # fmt: skip
    rows["identifiers"] = [
        {"id": "p:1", "scheme": "soato", "value": "7208801026"},
        {"id": "p:1", "scheme": "register", "value": "42"},
    ]
    rows["values"], rows["judgements"] = _values(), [*_trips(), *_others()]
    rows["scores"] = [
        {"settlement_id": "p:1", "group": group, "score": score, "score_low": low,
         "score_high": high, "coverage": coverage}
        for group, score, low, high, coverage in (
            ("transport", GAP, GAP, GAP, 1.0), ("digital", None, 0.5, 1.0, 0.5),
            ("health", 0.0, 0.0, 0.0, 1.0), ("post", None, None, None, None),
            ("overall", 0.4, 0.3, 0.6, 0.75),
        )
    ]  # fmt: skip
    rows["area_scores"] = _area_scores()
    rows["parity"] = [
        {"area_id": "raion:p", "indicator": "trips", "group": "village",
         "known_share": 0.98, "mean": 21.25},
        {"area_id": "raion:p", "indicator": "trips", "group": "town",
         "known_share": 0.5, "mean": 99.0},
    ]  # fmt: skip
    rows["evidence"] = [
        {"area_id": "raion:p", "indicator": "trips", "status": "declared",
         "population": 975.3, "date_min": date(2026, 4, 1),
         "date_max": date(2026, 5, 1), "sources": "p-bus"},
        {"area_id": "raion:p", "indicator": "trips", "status": "unknown",
         "population": 325.1},
    ]  # fmt: skip
    return rows


def norm(identity: str, value: float, label: str, **rest: Any) -> Row:
    """Return a norm row as the manifest has it."""
    return {
        "id": identity, "applies": {}, "op": ">=", "value": value, "due": None,
        "confidence": "reported", "verified": None, "note": None,
        "label": {"ru": label, "be": f"{label} (бел.)", "en": f"{label} (en)"},
        "source": {"act": "Акт № 1", "title": "О рейсах", "item": "3",
                   "revision": "2025", "url": "https://law.example.org/1"},
        **rest,
    }  # fmt: skip


def _standard(identity: str, indicator: str, norms: list[Row], **rest: Any) -> Row:
    name = indicator.capitalize()
    return {
        "id": identity, "domain": identity.split(".")[1], "indicator": indicator,
        "title": {"ru": f"Стандарт {name}", "be": f"Стандарт {name} бел",
                  "en": f"Standard {name}"},
        "responsible": {"ru": "Исполком", "be": "Выканкам", "en": "Committee"},
        "unit_of_assessment": "settlement", "force": "law", "better": "higher",
        "note": None, "norms": norms, **rest,
    }  # fmt: skip


def standards() -> list[Row]:
    """Return the standards, by id."""
    fibre = norm(f"{FIBRE}.all", 1.0, "все", op="has", note="in English only")
    checked = {"by": "И. Юрист", "date": "2026-03-02", "copy_of": "Акт"}
    wait = norm(f"{WAIT}.all", 35.0, "село", op="<=", confidence="verified",
                verified=checked)  # fmt: skip
    return [
        _standard(CELL, "cell", [norm(f"{CELL}.all", 5.0, "все")], better="lower",
                  force="benchmark"),
        _standard(FIBRE, "fibre", [fibre]),
        _standard(SPEED, "speed", [norm(f"{SPEED}.all", 30.0, "все")], force="target"),
        _standard(WAIT, "wait", [wait], better="lower"),
        _standard(TRIPS, "trips", [
            norm(BIG, 28.0, "агрогородок"), norm(OVER_50, 8.0, "более 50"),
            norm(UNDER_50, 4.0, "от 20 до 50"),
        ]),
    ]  # fmt: skip


def manifest(name: str = "2026-11-22.1", **rest: Any) -> Row:
    """Return the manifest of the release called ``pp/<name>``."""

    def source(code: str, text: str, licence: str) -> Row:
        return {"source": code, "version": "1", "title": code, "licence": licence,
                "attribution": {"ru": text, "en": f"{text} (en)"}}  # fmt: skip

    units = {"trips": "trips/week", "wait": "min", "fibre": "yes/no",
             "speed": "Mbit/s", "cell": "km"}  # fmt: skip
    return {
        "release": f"pp/{name}", "on": name.partition(".")[0], "content_id": "c0" * 32,
        "schema_version": 2,
        "country": {"code": "pp", "names": {"ru": "Бумага"}, "synthetic": False},
        "parameters": {"coverage_floor": 0.6},
        "inputs": [
            source("p-bus", "Автобусы", "CC-BY-4.0"),
            source("p-census", "Перепись", "LicenseRef-Facts"),
            source("p-places", "Места", "ODbL-1.0"),
        ],
        "assumptions": [{"id": "station", "stated_by": "Paritet",
                         "statement": {"ru": "Станция в центре.", "en": "A station."}}],
        "operators": [{"id": "alfa", "name": "Альфа"}],
        "suppliers": {"trips": {"ru": "Автопарк", "en": "The bus company"}},
        "indicators": [{"code": code, "unit": unit} for code, unit in units.items()],
        "domains": [{"id": "health", "label": {"ru": "Здоровье", "en": "Health"}},
                    {"id": "transport", "label": {"ru": "Транспорт", "be": "Транспарт",
                                                  "en": "Transport"}},
                    {"id": "digital", "label": {"ru": "Связь", "en": "Digital"}},
                    {"id": "post", "label": {"ru": "Почта", "en": "Post"}}],
        "standards": standards(),
        **rest,
    }  # fmt: skip


def read(
    rows: Mapping[str, list[Row]] | None = None, made: Mapping[str, Any] | None = None
) -> Release:
    """Return the release as if it had been read."""
    held = {
        name: pa.Table.from_pylist(
            [toy_row(row, TABLES[name].schema.names) for row in rows_],
            schema=TABLES[name].schema,
        )
        for name, rows_ in (rows or tables()).items()
    }
    return Release(Path("/nowhere"), dict(made or manifest()), held)


def toy_row(row: Row, names: list[str]) -> Row:
    """Return a row with every column, null where it says nothing."""
    assert set(row) <= set(names), set(row) - set(names)
    return {name: row.get(name) for name in names}
