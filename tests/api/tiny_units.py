"""Whole units of the tiny release: a raion that keeps its norm, one of which nothing
is known, and an operator that breaks its own.
"""

from datetime import date
from typing import Any

from tests.api.tiny_manifest import BEDS, PLAN

BEDS_CODE, PLAN_CODE = "health.beds", "digital.plan"


def unit_rows(country: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of both tables of units."""
    told = {"status": "declared", "source": "hand", "supplier": "Райздрав"}
    day = date(2026, 10, 1)
    known = {"value": 9.0, "low": 9.0, "high": 9.0, "date": day} | told
    no = {"value": 0.0, "low": 0.0, "high": 0.0, "date": day} | told
    raion = {"unit_of_assessment": "raion", "indicator": BEDS_CODE, "unit": "beds"}
    operator = {"unit_of_assessment": "operator", "unit_id": "uno"}
    plan = operator | {"indicator": PLAN_CODE, "unit": "yes/no"}
    return {
        "unit_values": [
            plan | no,
            raion | {"unit_id": f"{country}:r1"} | known,
            raion | {"unit_id": f"{country}:r2", "status": "unknown"},
        ],
        "unit_judgements": [
            operator | _judged(PLAN, "digital", 1.0, ("breached", 1.0, 1.0, 1.0)),
            {"unit_of_assessment": "raion", "unit_id": f"{country}:r1"}
            | _judged(BEDS, "health", 9.0, ("kept", 0.0, 0.0, 0.0)),
            {"unit_of_assessment": "raion", "unit_id": f"{country}:r2"}
            | _judged(BEDS, "health", 9.0, ("unknown", None, 0.0, 1.0))
            | {"reason": "no_value"},
        ],
    }


def _judged(
    standard: str, domain: str, norm: float, said: tuple[Any, ...]
) -> dict[str, Any]:
    verdict, gap, low, high = said
    return {
        "standard": standard,
        "domain": domain,
        "force": "law",
        "verdict": verdict,
        "norm": norm,
        "norm_low": norm,
        "norm_high": norm,
        "norm_id": f"{standard}.all",
        "gap": gap,
        "gap_low": low,
        "gap_high": high,
        "revision": "2025",
        "responsible": "Минтранс",
    }
