"""The manifest of the made-up country of the map's tests, and its releases on disk."""

from datetime import date
from pathlib import Path

import pandas as pd

from geo.release.manifest import ManifestInputs, build_manifest
from geo.release.write import publish
from tests.maps.country import tables
from tests.maps.country_places import (
    COLUMNS,
    DAYS_CODE,
    FIBRE_CODE,
    ON,
    POST,
    POST_CODE,
    QUEUE,
    QUEUE_CODE,
    ROWS,
    SERVED_CODE,
    SOUTH,
    TRIPS,
    TRIPS_CODE,
    WEST,
    Row,
)

#: Unit -> limits of the classes in which maps draw its values.
CLASSES = {"days/week": [1, 2, 4, 6], "trips/week": [1, 4, 8, 20]}


def _standard(identity: str, indicator: str, op: str, value: float) -> Row:
    domain = indicator.partition(".")[0]
    return {
        "id": identity,
        "domain": domain,
        "indicator": indicator,
        "title": {"ru": f"Норма: {domain}", "en": f"Norm: {domain}"},
        "responsible": {"ru": "Исполком", "be": "Выканкам", "en": "Committee"},
        "unit_of_assessment": "settlement",
        "force": "law",
        "norms": [
            {
                "id": f"{identity}.all",
                "applies": {},
                "op": op,
                "value": value,
                "valid_from": date(2026, 1, 1),
                "valid_to": None,
                "confidence": "reported",
                "reading": {"ru": "Хутор — тоже деревня", "en": "Hamlets are villages"},
                "source": {
                    "act": "zz1",
                    "title": "Постановление о пробе № 1",
                    "item": "3",
                    "revision": "2025",
                    "url": "https://law.example.org/zz1",
                },
            }
        ],
    }  # fmt: skip


def _input(source: str, title: str) -> Row:
    return {
        "source": source,
        "version": "1",
        "title": title,
        "sha256": "0" * 64,
        "licence": "CC-BY-4.0",
        "share_alike": False,
        "redistribute": "yes",
        "attribution": {
            "ru": f"© {title}",
            "be": f"© {title} be",
            "en": f"© {title} en",
        },
        "url": "https://data.example.org/",
        "reader": "csv",
        "date": date(2026, 1, 1),
    }


def manifest(
    made: dict[str, pd.DataFrame], code: str = "zz", *, synthetic: bool = True
) -> Row:
    """Return the manifest; coverage is above the floor of 0.6, so scores come first."""
    fresh = {"freshness_years": 2}
    units = {
        TRIPS_CODE: "trips/week",
        POST_CODE: "min",
        FIBRE_CODE: "yes/no",
        DAYS_CODE: "days/week",
        SERVED_CODE: "days/week",
    }
    labels = {
        TRIPS_CODE: ("Рейсов в неделю", "Trips per week"),
        POST_CODE: ("До почты", "To a post office"),
        FIBRE_CODE: ("Проводной интернет", "Fixed broadband"),
        DAYS_CODE: ("Дней с поездкой: больница", "Days with a journey: hospital"),
        SERVED_CODE: ("Дней с рейсами", "Days with service"),
    }
    names = {"digital": "Связь", "post": "Почта", "transport": "Транспорт"}
    declared = ManifestInputs(
        country={
            "code": code,
            "names": {"ru": f"Проба {code}", "en": f"Trial {code}"},
            "languages": ["ru", "be", "en"],
            "synthetic": synthetic,
            "bounds": (WEST, SOUTH, WEST + COLUMNS, SOUTH + ROWS),
        },
        on=ON,
        parameters={
            "coverage_floor": 0.6 if code == "zz" else 0.99,
            "transit": {
                "destinations": [
                    {"id": "hospital", "label": {"ru": "больница", "en": "hospital"}},
                    {"id": "pharmacy", "label": {"ru": "аптека", "en": "pharmacy"}},
                ]
            },
        },
        inputs=[_input("zz-places", "Места"), _input("zz-timetable", "Расписание")],
        indicators=[
            {"code": key, "domain": key.partition(".")[0], "unit": unit}
            | {"better": "lower" if unit == "min" else "higher"}
            | {"classes": CLASSES.get(unit, [])}
            | {"quantity": "count" if unit in CLASSES else "number"}
            | {"label": {"ru": labels[key][0], "en": labels[key][1]}}
            | fresh
            for key, unit in units.items()
        ],
        standards=[
            _standard(TRIPS, TRIPS_CODE, ">=", 16),
            _standard(POST, POST_CODE, "<=", 20),
            _standard(QUEUE, QUEUE_CODE, "<=", 0) | {"unit_of_assessment": "raion"},
        ],
        unit_indicators=[
            {"code": QUEUE_CODE, "domain": "digital", "unit": "applications",
             "better": "lower", "label": {"ru": "Заявления", "en": "Applications"},
             "freshness_years": 1, "unit_of_assessment": ["raion"]},
        ],
        domains=[{"id": key, "label": {"ru": name}} for key, name in names.items()],
        suppliers={
            FIBRE_CODE: {"ru": "Оператор связи", "en": "The operator"},
            QUEUE_CODE: {"ru": "Узел связи", "en": "The exchange"},
        },
    )  # fmt: skip
    return build_manifest(declared, made)


def publish_countries(root: Path) -> None:
    """Write two releases: ``zz`` with raions, and ``yy`` that has but a grid.

    Almost nothing of ``yy`` is judged, so that its first picture is the evidence.
    """
    for code, level in (("zz", "raion"), ("yy", "grid")):
        made = tables(level)
        document = manifest(made, code, synthetic=code == "zz")
        publish(root, code, ON, made, document, today=ON)
