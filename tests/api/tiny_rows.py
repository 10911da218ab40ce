"""The tables of the release by hand.

Every case that the API must tell apart is in it once: unknown, unreachable, not due,
no norm, a class that is not certain, a place without a point, an area without a
polygon, one name twice, ё beside е.
"""

from datetime import date
from typing import Any

import shapely

from tests.api.tiny_areas import area_measures, area_scores, areas, evidence
from tests.api.tiny_manifest import AMBULANCE, MOBILE, TRIPS
from tests.api.tiny_travel import travel

# id, name, name_be, name_en, kind, population, raion, lon, lat
PLACES: list[tuple[Any, ...]] = [
    (
        "01",
        "Берёзовка",
        "Бярозаўка",
        "Biarozauka",
        "raion_city",
        30_000.0,
        "r1",
        25.1,
        52.1,
    ),
    ("02", "Зелёный Бор", "Зялёны Бор", None, "agrogorodok", 1_200.0, "r1", 25.2, 52.2),
    ("03", "Новое Берёзово", None, None, None, 300.0, "r1", 25.3, 52.3),
    ("04", "Вёска", "Вёска", "Vioska", "rural", 60.0, "r1", 25.4, 52.4),
    ("05", "Малая Берёза", None, None, "rural", None, "r1", 25.5, 52.5),
    ("06", "Хутор Дальний", None, None, "rural", 5.0, "r2", 26.1, 52.1),
    ("07", "Ёлкино", None, None, "agrogorodok", 800.0, "r2", 26.2, 52.2),
    ("08", "Елкино", None, None, "rural", 40.0, "r2", 26.3, 52.3),
    ("09", "Безместное", None, None, None, None, None, None, None),
    ("10", "Узгорок", "Ўзгорак", "Uzhorak", "rural", 90.0, "r2", 26.4, 52.4),
    ("11", "Дубрава", None, None, "urban_settlement", 2_500.0, "r2", 26.5, 52.5),
    ("12", "Дубрава", None, None, "rural", 15.0, "r1", 25.6, 52.6),
]

# settlement -> verdict, gap, low, high, reason
_TRIPS: dict[str, tuple[Any, ...]] = {
    "01": ("no_norm", None, None, None, None),
    "02": ("kept", 0.0, 0.0, 0.0, None),
    "03": ("unknown", None, 0.0, 0.5, "class"),
    "04": ("breached", 0.5, 0.5, 0.5, None),
    "05": ("unknown", None, 0.0, 1.0, "population"),
    "06": ("no_norm", None, None, None, None),
    "07": ("breached", 0.25, 0.25, 0.25, None),
    "08": ("kept", 0.0, 0.0, 0.0, None),
    "09": ("unknown", None, 0.0, 1.0, "no_value"),
    "10": ("breached", 0.75, 0.75, 0.75, None),
    "11": ("no_norm", None, None, None, None),
    # Breached under either class; the gap is between the two.
    "12": ("breached", None, 0.3, 0.6, None),
}
_AMBULANCE: dict[str, tuple[Any, ...]] = {
    "01": ("kept", 0.0, 0.0, 0.0, None),
    "06": ("breached", 1.0, 1.0, 1.0, None),
}
_UNKNOWN = ("unknown", None, 0.0, 1.0, "no_value")
_NOT_DUE = ("not_due", None, None, None, None)


def _settlement(country: str, place: tuple[Any, ...]) -> dict[str, Any]:
    number, name, be, en, kind, population, raion, lon, lat = place
    urban = kind in ("raion_city", "urban_settlement")
    point = None if lon is None else shapely.to_wkb(shapely.Point(lon, lat))
    return {
        "id": f"{country}:{number}",
        "name": name,
        "name_ru": name,
        "name_be": be,
        "name_en": en,
        "kind": kind,
        "kind_status": "declared" if kind else "unknown",
        "kinds_possible": [kind] if kind else ["agrogorodok", "rural"],
        "selsovet_centre": "unknown",
        "selsovet_centre_status": "unknown",
        "raion_centre": "yes" if number == "01" else "no",
        "oblast_centre": "no",
        "urban": "yes" if urban else "no",
        "population": population,
        "population_low": population or 0.0,
        "population_high": population or 99.0,
        "population_year": 2019 if population else None,
        "population_status": "measured" if population else "unknown",
        "raion_id": raion and f"{country}:{raion}",
        "oblast_id": raion and f"{country}:o1",
        "country_id": f"{country}:country",
        "source": "hand",
        "lon": lon,
        "lat": lat,
        "geometry": point,
    }


def _possible(number: str, standard: str, verdict: str) -> list[str]:
    """Both rows where nothing is certain; in 09 the village's or none."""
    if verdict == "no_norm" or standard != TRIPS:
        return [] if verdict == "no_norm" else [f"{standard}.all"]
    sure = number == "09" or verdict in ("kept", "breached")
    return [
        f"{TRIPS}.{row}" for row in (("village",) if sure else ("village", "centre"))
    ]


def _judgements(country: str) -> list[dict[str, Any]]:
    rows = []
    for number, *_ in PLACES:
        of = {
            TRIPS: ("transport", "law", _TRIPS[number]),
            AMBULANCE: ("health", "law", _AMBULANCE.get(number, _UNKNOWN)),
            MOBILE: ("digital", "target", _NOT_DUE),
        }
        for standard, (domain, force, said) in of.items():
            verdict, gap, low, high, reason = said
            norm = (
                8.0 if standard == TRIPS and verdict in ("kept", "breached") else None
            )
            rows.append(
                {
                    "settlement_id": f"{country}:{number}",
                    "standard": standard,
                    "domain": domain,
                    "force": force,
                    "verdict": verdict,
                    "norm": norm,
                    "norm_id": f"{TRIPS}.village" if norm else None,
                    "norms_possible": _possible(number, standard, verdict),
                    "gap": gap,
                    "gap_low": low,
                    "gap_high": high,
                    "parity_gap": 0.75 if standard == TRIPS else None,
                    "norm_gap": 0.6 if standard == TRIPS else None,
                    "reason": reason,
                    "progress": 0.4 if verdict == "not_due" else None,
                    "due": date(2030, 12, 31) if verdict == "not_due" else None,
                    "revision": "2025",
                    "responsible": "Минтранс",
                }
            )
    return rows


def _values(country: str) -> list[dict[str, Any]]:
    rows = []
    for number, *_ in PLACES:
        minutes: dict[str, Any] = {"status": "unknown"}
        if number == "01":
            minutes = {
                "status": "measured",
                "value": 10.0,
                "low": 10.0,
                "high": 10.0,
                "facility_id": f"{country}:f1",
                "date": date(2026, 5, 1),
            }
        elif number == "06":
            minutes = {"status": "unreachable", "low": float("inf")}
        trips = {"status": "declared", "value": 4.0, "low": 4.0, "high": 4.0}
        for indicator, unit, value in (
            ("health.ambulance_minutes", "min", minutes),
            ("transport.trips_per_week", "trips/week", trips),
        ):
            rows.append(
                {
                    "settlement_id": f"{country}:{number}",
                    "indicator": indicator,
                    "unit": unit,
                    "source": "hand",
                    **value,
                }
            )
    return rows


def _scores(country: str) -> list[dict[str, Any]]:
    rows = []
    for number, *_ in PLACES:
        verdict, gap, low, high, _reason = _TRIPS[number]
        known = gap is not None
        rows.extend(
            {
                "settlement_id": f"{country}:{number}",
                "group": group,
                "score": gap,
                "score_low": low,
                "score_high": high,
                "coverage": 1.0 if known else 0.0,
                "kept": int(verdict == "kept"),
                "breached": int(verdict == "breached"),
                "unknown": int(verdict == "unknown"),
                "no_norm": int(verdict == "no_norm"),
                "not_due": 0,
            }
            for group in ("overall", "transport")
        )
    return rows


def _ranks(country: str) -> list[dict[str, Any]]:
    return [
        {
            "unit": unit,
            "id": f"{country}:{number}",
            "score_median": 0.5,
            "score_low": 0.25,
            "score_high": 0.75,
            "rank_median": rank,
            "rank_low": 1.0,
            "rank_high": rank + 1,
            "ranked": 3 if unit == "settlement" else 1,
            "worst_decile": 0.4,
            "tier": tier,
            "tier_low": 1,
            "tier_high": tier + 1,
        }
        for unit, number, rank, tier in (
            ("raion", "r1", 1.0, 3),
            ("settlement", "04", 2.0, 1),
            ("settlement", "07", 3.0, 2),
            ("settlement", "10", 1.0, 1),
        )
    ]


def rows_of(country: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table of the tiny release."""
    point = shapely.to_wkb(shapely.Point(25.1, 52.1))
    return {
        "settlements": [_settlement(country, place) for place in PLACES],
        "identifiers": [
            {
                "id": f"{country}:01",
                "scheme": "soato",
                "value": "1204500000",
                "valid_from": date(2009, 1, 1),
                "source": "hand",
            },
            {
                "id": f"{country}:02",
                "scheme": "geonames",
                "value": "0012",
                "source": "hand",
            },
        ],
        "areas": areas(country),
        "facilities": [
            {
                "id": f"{country}:f1",
                "kind": "ambulance_station",
                "name": "Станция скорой",
                "status": "assumed",
                "source": "hand",
                "located": True,
                "raion_id": f"{country}:r1",
                "geometry": point,
            },
            {
                "id": f"{country}:f2",
                "kind": "post_office",
                "name": "Пошта «Ўзгорак»",
                "status": "declared",
                "source": "hand",
                "located": False,
            },
        ],
        **travel(country),
        "values": _values(country),
        "judgements": _judgements(country),
        "scores": _scores(country),
        "area_scores": area_scores(country),
        "parity": [
            {
                "area_id": f"{country}:r1",
                "indicator": "transport.trips_per_week",
                "group": "village",
                "settlements": 5,
                "known_share": 1.0,
                "mean": 4.0,
                "ratio": 1.0,
                "difference": 0.0,
            }
        ],
        "ranks": _ranks(country),
        "measures": [
            {
                "settlement_id": f"{country}:03",
                "standard": standard,
                "value": 4.0,
                "needed": needed,
                "change": needed - 4.0,
                "unit": "trips/week",
                "score_change_domain": change,
                "score_change_overall": change,
                "rank": rank,
            }
            for standard, needed, change, rank in (
                (AMBULANCE, 8.0, None, None),
                (TRIPS, 20.0, -0.4, 1),
            )
        ],
        **area_measures(country),
        "evidence": evidence(country),
        "reconciliation": [
            {
                "area_id": f"{country}:r1",
                "settlements": 6,
                "official_population": 31_700.0,
                "model_population": 31_575.0,
                "difference": -125.0,
                "note": "",
            }
        ],
        "census": [],
        "rejected": [
            {
                "source": "hand",
                "file": "places.csv",
                "row": "14",
                "field": "lat",
                "value": "97.0",
                "reason": "latitude above 90",
            },
            {
                "source": "hand",
                "file": "places.csv",
                "row": "15",
                "field": "lon",
                "value": "0",
                "reason": "point at 0,0",
            },
        ],
    }
