"""Estimates of the tiny release: a model that passed the gate, and one that failed."""

from typing import Any

LTE, OTHER = "digital.lte_found", "digital.3g_found"
MINUTES = "health.hospital_minutes_listed"


def _model(id_: str, indicator: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "indicator": indicator,
        "operator": None,
        "beside": ["digital.best_generation"],
        "label": {"ru": "LTE", "be": "LTE", "en": "LTE"},
        "meaning": {"ru": "нашлась бы", "be": "знайшлася б", "en": "would be found"},
        "found": {"generation": 4, "facility": None, "km": 5.0},
        "bands": [{"id": "probably", "at_least": 0.8, "low_at_least": 0.6}],
        "looked": {"generations": [2, 3], "days": 2},
        "cap": 1.0,
    } | more


ESTIMATES: dict[str, Any] = {
    "gate": {"block_km": 50, "seeds": [1, 2, 3, 4, 5], "skill": 0.05},
    "interval": 0.9,
    "models": [
        _model(
            "lte",
            LTE,
            published=True,
            failed=[],
            checked={"n": 921, "observed": 0.7, "skill": 0.26, "seeds_beaten": 5},
        ),
        _model(
            "3g",
            OTHER,
            published=False,
            failed=["skill"],
            checked={"n": 58, "observed": 0.98},
        ),
        {
            "id": "hospital",
            "indicator": MINUTES,
            "operator": None,
            "beside": ["health.hospital_minutes"],
            "label": {"ru": "до больницы", "be": "да бальніцы", "en": "to a hospital"},
            "meaning": {"ru": "из списка", "be": "са спіса", "en": "of a list"},
            "published": True,
            "failed": [],
            "checked": {"n": 921, "skill": 0.5, "coverage": 0.95, "seeds_beaten": 5},
        },
    ],
    "anchors": [
        {
            "indicator": LTE,
            "share": 0.99,
            "date": "2026-02-17",
            "stated_by": {"ru": "Минсвязи", "be": "Мінсувязі", "en": "Ministry"},
            "seen_at": "https://news.example/",
            "confidence": "reported",
            "people_without": 10,
        }
    ],
}


def estimate_rows(country: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the three tables."""
    lte = {"indicator": LTE, "model": "lte", "unit": "1", "n": 2489, "found": False}
    places = [
        {"estimate": 0.9, "low": 0.7, "high": 0.97, "band": "probably", "days": 0},
        {"estimate": 0.6, "low": 0.4, "high": 0.8, "band": "open", "found": True},
        {"estimate": 0.9, "low": 0.8, "high": 0.95, "band": "open", "days": 7}
        | {"reason": "looked_not_found"},
        {"reason": "outside_domain"},
    ]
    way = {"indicator": MINUTES, "model": "hospital", "unit": "min", "n": 40}
    minutes = [
        {"estimate": 14.2, "low": 7.1, "high": 33.6, "band": "value"},
        {"estimate": 20.0, "low": 9.0, "high": 40.0, "band": "value"}
        | {"assumption": "central-raion-hospital"},
        {"reason": "unlisted"},
    ]
    checks = {"indicator": LTE, "model": "lte", "published": True}
    people = {"population": 1000.0, "population_found": 400.0}
    return {
        "estimates": [
            lte | {"settlement_id": f"{country}:{n:02}"} | row
            for n, row in enumerate(places, start=1)
        ]
        + [
            way | {"settlement_id": f"{country}:{n:02}"} | row
            for n, row in enumerate(minutes, start=5)
        ],
        "estimate_checks": [
            checks | {"part": "all", "n": 921, "skill": 0.26},
            checks
            | {"part": "band:probably", "n": 321, "predicted": 0.9, "observed": 0.95},
        ],
        "estimate_groups": [
            people | lte_group | {"model": "lte", "indicator": LTE}
            for lte_group in (
                {
                    "group": "all",
                    "population_probably": 800.0,
                    "population_open": 200.0,
                },
                {"group": "town", "population": 600.0, "population_probably": 580.0}
                | {"mean": 0.95},
                {"group": "village", "population_probably": 250.0, "mean": 0.75}
                | {"low": 0.7, "high": 0.8, "difference": -0.2}
                | {"difference_low": -0.25, "difference_high": -0.15},
            )
        ],
    }
