"""The manifest of the release by hand."""

from typing import Any

from geo.layers.schema import SCHEMA_VERSION
from tests.api.tiny_estimates import ESTIMATES

TRIPS = "zz.transport.trips"
AMBULANCE = "zz.health.ambulance"
MOBILE = "zz.digital.mobile"
BEDS = "zz.health.beds"
PLAN = "zz.digital.plan"

READING = {"ru": "так прочитали мы", "en": "so we read it"}
GP = "zz.health.gp"
_TEXTS = {"ru": "Рейсы", "be": "Рэйсы", "en": "Trips"}


def _norm(id_: str, value: float) -> dict[str, Any]:
    return {
        "id": id_,
        "applies": {"kind": ["rural"], "population": ">50"},
        "op": ">=",
        "value": value,
        "valid_from": "2026-01-01",
        "valid_to": None,
        "due": None,
        "source": {
            "act": f"act-{value:g}",
            "title": "Инструкция",
            "item": None,
            "revision": "2025",
            "url": None,
        },
        "confidence": "reported",
        "verified": None,
        "label": None,
        "reading": READING if id_ == f"{TRIPS}.village" else None,
        "note": None,
        "list": "national",
    }


def _standard(
    id_: str, domain: str, unit: str, force: str, **rest: Any
) -> dict[str, Any]:
    return {
        "id": id_,
        "domain": domain,
        "indicator": rest.pop("indicator", None),
        "title": _TEXTS,
        "responsible": {"ru": "Минтранс"},
        "unit_of_assessment": unit,
        "force": force,
        "note": None,
        "better": "higher",
        "norms": rest.pop("norms"),
    }


def manifest_of(country: str, name: str) -> dict[str, Any]:
    """Return the manifest of the tiny release, without checksums."""
    village, centre = _norm(f"{TRIPS}.village", 8.0), _norm(f"{TRIPS}.centre", 20.0)
    return {
        "schema_version": SCHEMA_VERSION,
        "release": f"{country}/{name}",
        "content_id": "0" * 64,
        "country": {
            "code": country,
            "names": {"ru": "Тестландия", "en": "Testland"},
            "languages": ["ru", "be", "en"],
            "synthetic": country == "demo",
            "bounds": [25.0, 52.0, 27.0, 53.0],
        },
        "on": name.partition(".")[0],
        "code_version": "0.1.0",
        "parameters": {
            "coverage_floor": 0.6,
            "robustness": {"draws": 500, "seed": 7, "interval": 0.9},
            "transit": {
                "destinations": [
                    {"id": "pharmacy", "label": {"ru": "аптека", "en": "pharmacy"}},
                    {"id": "hospital", "label": {"ru": "больница", "en": "hospital"}},
                ],
            },
        },
        "estimates": ESTIMATES,
        "robustness": {
            "settlement": {
                "ranked": 3,
                "within_one_tier": 0.3333,
                "apart_from_middle": 0.0,
                "tiers": {"1": 2, "2": 1, "3": 0, "4": 0, "5": 0},
            }
        },
        "inputs": [
            {
                "source": "hand",
                "version": "1",
                "title": "By hand",
                "sha256": "1" * 64,
                "licence": "CC0-1.0",
                "share_alike": False,
                "redistribute": "yes",
                "attribution": {"ru": "Сделано руками", "en": "Made by hand"},
                "url": "https://example.org/",
                "reader": "hand",
                "date": "2026-01-01",
            }
        ],
        "indicators": [
            {
                "code": "health.ambulance_minutes",
                "domain": "health",
                "unit": "min",
                "better": "lower",
                "label": {"ru": "Скорая", "en": "Ambulance"},
                "freshness_years": 5,
            },
            {
                "code": "transport.trips_per_week",
                "domain": "transport",
                "unit": "trips/week",
                "better": "higher",
                "label": _TEXTS,
                "freshness_years": 2,
            },
        ],
        "standards": [
            _standard(
                TRIPS,
                "transport",
                "settlement",
                "law",
                norms=[village, centre],
                indicator="transport.trips_per_week",
            ),
            _standard(
                AMBULANCE,
                "health",
                "settlement",
                "law",
                norms=[_norm(f"{AMBULANCE}.all", 20.0)],
            ),
            _standard(
                MOBILE,
                "digital",
                "settlement",
                "target",
                norms=[_norm(f"{MOBILE}.all", 10.0)],
            ),
            _standard(
                BEDS,
                "health",
                "raion",
                "law",
                norms=[_norm(f"{BEDS}.all", 9.0)],
                indicator="health.beds",
            ),
            _standard(
                PLAN,
                "digital",
                "operator",
                "law",
                norms=[_norm(f"{PLAN}.all", 1.0)],
                indicator="digital.plan",
            ),
        ],
        "context": [
            {
                "id": GP,
                "domain": "health",
                "title": {"ru": "Врачи", "en": "Doctors"},
                "metric": "residents per doctor",
                "unit": "residents per doctor",
                "unit_of_assessment": "raion",
                "status": "superseded",
                "figures": [{"of": "any", "op": "<=", "value": 1300.0}],
                "source": {"act": "act-1", "revision": "2019"},
                "confidence": "read",
                "notes": None,
            }
        ],
        "domains": [
            {"id": d, "label": {"en": d}} for d in ("health", "transport", "digital")
        ],
        "unit_indicators": [
            {
                "code": "health.beds",
                "domain": "health",
                "unit": "beds",
                "better": "higher",
                "label": {"ru": "Койки", "en": "Beds"},
                "freshness_years": 2,
                "unit_of_assessment": ["raion"],
            }
        ],
        "operators": [{"id": "uno", "name": "Уно", "nets": ["1"]}],
        "assumptions": [],
        "completeness": [],
        "suppliers": {"health.ambulance_minutes": {"ru": "Минздрав"}},
        "counts": {"settlements": 12, "areas": 4, "facilities": 2},
        "verdicts": {
            TRIPS: {"kept": 2, "breached": 4, "unknown": 3, "no_norm": 3, "not_due": 0},
            BEDS: {"kept": 1, "breached": 0, "unknown": 1, "no_norm": 0, "not_due": 0},
        },
        "statuses": {},
        "default_view": "scores",
    }
