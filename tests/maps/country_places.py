"""The settlements of a made-up country, ten per square raion, and their verdicts."""

from datetime import date
from typing import Any

from shapely import Point

ON = date(2026, 11, 22)
TRIPS = "zz.transport.trips"
POST = "zz.post.minutes"
TRIPS_CODE = "transport.trips_per_week"
POST_CODE = "post.office_minutes"
FIBRE_CODE = "digital.fixed_broadband"
DAYS_CODE = "transport.return_days.hospital"
SERVED_CODE = "transport.days_per_week"
#: A norm of whole raions: the second one breaks it, of the others nothing is known.
QUEUE = "zz.digital.queue"
QUEUE_CODE = "digital.telephone_queue"
#: A settlement that keeps the norm of trips, but by an assumption.
ASSUMED = "zz:05"
VERDICTS = ("kept", "breached", "unknown", "no_norm", "breached")
KINDS = ("raion_city", "agrogorodok", "rural", None, "rural")
PER_RAION = 10
COLUMNS, ROWS = 3, 2
WEST, SOUTH = 25.0, 53.0
Row = dict[str, Any]


def settlements() -> list[Row]:
    """Return the settlements, ten per raion, the first one its town."""
    rows = []
    for raion in range(COLUMNS * ROWS):
        for i in range(PER_RAION):
            x = WEST + raion % COLUMNS + 0.1 + (i % 4) * 0.25
            y = SOUTH + raion // COLUMNS + 0.15 + (i // 4) * 0.3
            kind = KINDS[i % 5] if i != 5 else "rural"
            people = None if i == 9 else [12000, 1500, 420, 180, 75, 60, 33, 12, 5][i]
            rows.append(
                {
                    "id": f"zz:{raion}{i}",
                    "name": f"Деревня {raion}{i}" if i else f"Город {raion}",
                    "name_ru": f"Деревня {raion}{i}" if i else f"Город {raion}",
                    "name_be": f"Вёска {raion}{i}" if i else f"Горад {raion}",
                    "name_en": f"Village {raion}{i}" if i else f"Town {raion}",
                    "kind": kind,
                    "kinds_possible": [kind] if kind else ["agrogorodok", "rural"],
                    "urban": "yes" if i == 0 else "no",
                    "selsovet_centre": "unknown",
                    "population": people,
                    "population_low": people and people * 0.9,
                    "population_high": people and people * 1.1,
                    "population_year": None if people is None else 2009,
                    "population_status": "unknown" if people is None else "modelled",
                    "raion_id": f"raion:{raion}",
                    "oblast_id": f"oblast:{raion // COLUMNS}",
                    "country_id": "zz",
                    "lon": x,
                    "lat": y,
                    "geometry": Point(x, y),
                }
            )
    return rows


def verdict_of(row: Row) -> str:
    """Return the verdict of the trips standard for a settlement."""
    place = int(row["id"][-1])
    # The last raion is one about which nothing is known.
    return "unknown" if row["raion_id"] == "raion:5" else VERDICTS[place % 5]
