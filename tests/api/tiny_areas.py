"""The tables of areas of the release by hand."""

from datetime import date
from typing import Any

import shapely

from tests.api.tiny_manifest import TRIPS


def areas(country: str) -> list[dict[str, Any]]:
    rows = [
        ("country", "country", "Тестландия", None, None, None, None),
        (
            "o1",
            "oblast",
            "Полесская область",
            "Палеская вобласць",
            None,
            "country",
            None,
        ),
        (
            "r1",
            "raion",
            "Берёзовский район",
            "Бярозаўскі раён",
            "Biaroza District",
            "o1",
            shapely.to_wkb(shapely.box(25.0, 52.0, 26.0, 53.0)),
        ),
        ("r2", "raion", "Зеленоборский район", None, None, "o1", None),
    ]
    return [
        {
            "id": f"{country}:{number}",
            "level": level,
            "name": name,
            "name_ru": name,
            "name_be": be,
            "name_en": en,
            "parent": parent and f"{country}:{parent}",
            "analytic": False,
            "population_official": 31_700 if number == "r1" else None,
            "population_official_year": 2019 if number == "r1" else None,
            "source": "hand",
            "geometry": shape,
        }
        for number, level, name, be, en, parent, shape in rows
    ]


def area_scores(country: str) -> list[dict[str, Any]]:
    rows = []
    for area, level, settlements, score in (
        ("country", "country", 12, 0.2),
        ("r1", "raion", 6, 0.1),
        ("r2", "raion", 5, None),
    ):
        for subgroup in ("all", "town", "village", "kind:agrogorodok"):
            rows.extend(
                {
                    "area_id": f"{country}:{area}",
                    "level": level,
                    "subgroup": subgroup,
                    "subject": subject,
                    "settlements": settlements,
                    "population": 31_575.0 if area == "r1" else 4_000.0,
                    "settlements_kept": 1,
                    "coverage": 0.5,
                    "score": score,
                    "fgt0": 0.5,
                }
                for subject in ("overall", "domain:transport", f"standard:{TRIPS}")
            )
    return rows


def area_measures(country: str) -> dict[str, list[dict[str, Any]]]:
    area = {"area_id": f"{country}:r1", "level": "raion"}
    return {
        "ladder": [
            area
            | {
                "indicator": "transport.trips_per_week",
                "rung": rung,
                "step": step,
                "reference": "raion_town",
                "ratio": ratio,
                "order_of_magnitude": said,
            }
            for rung, step, ratio, said in (
                ("agrogorodok", 4, 0.05, "unknown"),
                ("raion_town", 3, 1.0, None),
            )
        ],
        "inequality": [area | {"subject": "overall", "erreygers": 0.25}],
        "age_gaps": [
            area
            | {
                "subgroup": "all",
                "subject": "overall",
                "age": "above_working",
                "population": 9_000.0,
                "coverage": 0.5,
            }
        ],
    }


def evidence(country: str) -> list[dict[str, Any]]:
    return [
        {
            "area_id": f"{country}:{area}",
            "level": level,
            "indicator": "health.ambulance_minutes",
            "status": status,
            "settlements": count,
            "population": people,
            "settlements_stale": 0,
            "population_stale": 0.0,
            "date_min": day,
            "date_max": day,
            "sources": "hand" if day else None,
        }
        for area, level in (("country", "country"), ("r1", "raion"))
        for status, count, people, day in (
            ("measured", 1, 30_000.0, date(2026, 5, 1)),
            ("unknown", 11, 5_010.0, None),
        )
    ]
