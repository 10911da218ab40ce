"""How two settlements of the made-up country travel."""

from datetime import date
from typing import Any

from shapely import LineString

Row = dict[str, Any]


def travel() -> dict[str, list[Row]]:
    """Return the rows of access, service and journeys."""
    return {
        "access": [
            {
                "settlement_id": "zz:01",
                "kind": "post_office",
                "status": "modelled",
                "method": "road network",
                "facility_id": "f:1",
                "minutes": 12.4,
                "straight_minutes": 3.0,
                "km": 9.31,
                "geodesic_km": 2.1,
                "detour": 4.433,
                "reason": "around",
                "leg_m": 240.0,
                "geometry": LineString([(25.05, 53.05), (25.2, 53.3), (25.35, 53.15)]),
            },
            {
                "settlement_id": "zz:02",
                "kind": "post_office",
                "status": "unsnapped",
                "method": "road network",
                "straight_minutes": 9.0,
            },
        ],
        "service": [
            _served("reference", 10.0, "12345"),
            _served("summer", 14.0, "1234567"),
            _served("school_year", 10.0, "12345"),
        ],
        "journeys": [
            {
                "settlement_id": "zz:01",
                "destination": "hospital",
                "status": "modelled",
                "method": "timetable",
                "minutes": 64.6,
                "missed": 0.5,
                "mornings": 5,
                "return_days": 2,
                "weekdays": "13",
                "best_day": "3",
                "stay_minutes": 95.0,
                "arrival": "08:20",
                "latest_return": "13:35",
                "hours": "assumed",
                "exact": False,
                "source": "zz-timetable",
                "date": date(2026, 5, 1),
            },
            {
                "settlement_id": "zz:04",
                "destination": "hospital",
                "status": "modelled",
                "method": "timetable",
                "minutes": 404.0,
                "missed": 0.0,
                "mornings": 5,
                "return_days": 0,
                "hours": "stated",
                "exact": False,
                "source": "zz-timetable",
                "date": date(2026, 5, 1),
            },
            {
                "settlement_id": "zz:01",
                "destination": "pharmacy",
                "status": "unreachable",
                "method": "timetable",
                "missed": 1.0,
                "mornings": 0,
                "return_days": 0,
                "exact": True,
                "source": "zz-timetable",
                "date": date(2026, 5, 1),
            },
        ],
    }


def _served(period: str, trips: float, weekdays: str) -> Row:
    return {
        "settlement_id": "zz:01",
        "period": period,
        "trips": trips,
        "days": len(weekdays),
        "weekdays": weekdays,
        "first_departure": "06:40",
        "last_departure": "18:05",
        "gap_day_minutes": 685.0,
        "gap_week_minutes": 45.0,
        "routes": "7",
        "complete": False,
        "source": "zz-timetable",
        "date": date(2026, 5, 1),
    }
