"""How the settlements of the tiny release travel: ways, buses, journeys."""

from datetime import date
from typing import Any

import shapely


def travel(country: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of access, service, journeys and the faults of timetables."""
    return {
        "access": _access(country),
        "service": _service(country),
        "journeys": _journeys(country),
        "timetable_faults": [
            {
                "source": "hand",
                "fault": "a trip with one call goes nowhere",
                "field": "trip_id",
                "count": 3,
                "done": "counted",
                "example": "trip 17",
            }
        ],
    }


def _access(country: str) -> list[dict[str, Any]]:
    """One way by road, and one settlement that no road leads to."""
    line = shapely.to_wkb(
        shapely.LineString([(25.4, 52.4), (25.4, 52.5), (25.1, 52.5)])
    )
    return [
        {
            "settlement_id": f"{country}:04",
            "kind": "ambulance_station",
            "status": "modelled",
            "method": "road network",
            "facility_id": f"{country}:f1",
            "minutes": 42.5,
            "straight_minutes": 11.2,
            "km": 35.1,
            "geodesic_km": 11.0,
            "detour": 3.191,
            "reason": "around",
            "leg_m": 120.0,
            "geometry": line,
        },
        {
            "settlement_id": f"{country}:05",
            "kind": "ambulance_station",
            "status": "unsnapped",
            "method": "road network",
            "straight_minutes": 14.0,
        },
    ]


def _service(country: str) -> list[dict[str, Any]]:
    """A bus twice a day, and once more in summer."""
    common = {
        "settlement_id": f"{country}:04",
        "days": 5,
        "weekdays": "12345",
        "first_departure": "06:40",
        "last_departure": "24:10",
        "gap_day_minutes": 1050.0,
        "gap_week_minutes": 3270.0,
        "routes": "7, 12",
        "carriers": "Автопарк",
        "stops": "s1",
        "week": date(2026, 9, 7),
        "complete": False,
        "source": "hand",
        "date": date(2026, 1, 1),
    }
    return [
        common | {"period": "reference", "trips": 10.0},
        common | {"period": "summer", "trips": 15.0},
    ]


def _journeys(country: str) -> list[dict[str, Any]]:
    """One that gets to the hospital and home again, and one that gets nowhere."""
    return [
        {
            "settlement_id": f"{country}:04",
            "destination": "hospital",
            "status": "modelled",
            "method": "timetable",
            "minutes": 55.0,
            "minutes_p50": 120.0,
            "missed": 0.25,
            "morning": "1",
            "mornings": 5,
            "return_days": 2,
            "weekdays": "13",
            "best_day": "3",
            "stay_minutes": 95.0,
            "arrival": "08:20",
            "latest_return": "13:35",
            "hours": "stated",
            "facility_id": f"{country}:f1",
            "exact": False,
            "source": "hand",
            "date": date(2026, 1, 1),
        },
        {
            "settlement_id": f"{country}:04",
            "destination": "pharmacy",
            "status": "unreachable",
            "method": "timetable",
            "missed": 1.0,
            "mornings": 0,
            "return_days": 0,
            "exact": True,
            "source": "hand",
            "date": date(2026, 1, 1),
        },
    ]
