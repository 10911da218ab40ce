"""A made-up country for the tests of the map: 60 settlements in six square raions."""

from collections.abc import Iterable
from datetime import date

import pandas as pd
from shapely import Point, box

from geo.layers.schema import TABLES
from tests.maps.country_places import (
    ASSUMED,
    COLUMNS,
    DAYS_CODE,
    FIBRE_CODE,
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
    settlements,
    verdict_of,
)
from tests.maps.country_travel import travel
from tests.release.toy import frame


def _units(areas: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return values and verdicts of the raions as a whole."""
    values, judged = [], []
    for raion in (row["id"] for row in areas if row["level"] == "raion"):
        unit = {"unit_of_assessment": "raion", "unit_id": raion}
        known = raion == "raion:1"
        told = {"value": 3.0, "low": 3.0, "high": 3.0, "source": "zz-places"}
        value = unit | {"indicator": QUEUE_CODE, "unit": "applications"}
        value |= {"status": "declared" if known else "unknown"}
        values.append(value | (told if known else {}))
        verdict = {"verdict": "breached", "gap": 1.0} if known else {
            "verdict": "unknown", "reason": "no_value"
        }  # fmt: skip
        bounds = {"gap_low": float(known), "gap_high": 1.0, "norm": 0.0}
        names = {"standard": QUEUE, "domain": "digital", "force": "law"}
        judged.append(unit | names | verdict | bounds | {"norm_id": f"{QUEUE}.all"})
    return values, judged


def _gap(verdict: str) -> float | None:
    return {"kept": 0.0, "breached": 0.5}.get(verdict)


def _judgements(rows: Iterable[Row]) -> list[Row]:
    made = []
    for row in rows:
        verdict = verdict_of(row)
        gap = _gap(verdict)
        common = {"settlement_id": row["id"], "force": "law"}
        made.append(
            common
            | {
                "standard": TRIPS,
                "domain": "transport",
                "verdict": verdict,
                "norm": 16.0,
                "norm_national": 20.0,
                "norm_oblast": 16.0 if row["id"] == "zz:01" else None,
                "norm_id": f"{TRIPS}.all",
                "gap": gap,
                "gap_low": 0.0 if gap is None else gap,
                "gap_high": 1.0 if gap is None else gap,
                "reason": "no_value" if verdict == "unknown" else None,
            }
        )
        made.append(
            common
            | {"standard": POST, "domain": "post", "verdict": "unknown"}
            | {"gap_low": 0.0, "gap_high": 1.0, "reason": "partial"}
        )
    return made


def _values(rows: Iterable[Row]) -> list[Row]:
    made = []
    for row in rows:
        known = verdict_of(row) != "unknown"
        status = "assumed" if row["id"] == ASSUMED else "measured"
        trips = 16.0 if verdict_of(row) == "kept" else 8.0
        made.append(
            {
                "settlement_id": row["id"],
                "indicator": TRIPS_CODE,
                "unit": "trips/week",
                "status": status if known else "unknown",
                "value": trips if known else None,
                "low": trips if known else None,
                "high": trips if known else None,
                "source": "zz-timetable" if known else None,
                "date": date(2026, 5, 1) if known else None,
            }
        )
        made.append(
            {
                "settlement_id": row["id"],
                "indicator": POST_CODE,
                "unit": "min",
                "status": "modelled",
                "high": 22.5,
                # its way is drawn from here
                "facility_id": "f:1" if row["id"] == "zz:01" else None,
                "source": "zz-places",
                "date": date(2024, 3, 1),
            }
        )
        made.append(
            {"settlement_id": row["id"], "indicator": FIBRE_CODE, "unit": "yes/no"}
            | {"status": "unknown"}
        )
        if row["id"] == "zz:01":
            made.append(
                {
                    "settlement_id": row["id"],
                    "indicator": SERVED_CODE,
                    "unit": "days/week",
                    "status": "declared",
                    "value": 5.0,
                    "low": 5.0,
                    "source": "zz-timetable",
                    "date": date(2026, 5, 1),
                }
            )
        # the number in the raion: 0 for the town, 1, 2 … 7; of the last two nothing;
        # the sixth is assumed, the seventh out of date
        days = int(row["id"][-1])
        known = days < 8
        made.append(
            {
                "settlement_id": row["id"],
                "indicator": DAYS_CODE,
                "unit": "days/week",
                "status": ("assumed" if days == 6 else "modelled")
                if known
                else "unknown",
                "value": float(days) if known else None,
                "low": float(days) if known else None,
                "high": float(days) if known and days < 4 else None,
                "source": "zz-timetable" if known else None,
                "date": date(2020 if days == 7 else 2026, 5, 1) if known else None,
            }
        )
    return made


def _scores(rows: Iterable[Row]) -> list[Row]:
    return [
        {
            "settlement_id": row["id"],
            "group": group,
            "score": _gap(verdict_of(row)) if group != "post" else None,
            "score_low": 0.0
            if _gap(verdict_of(row)) is None
            else _gap(verdict_of(row)),
            "score_high": 1.0 if _gap(verdict_of(row)) is None else 0.5,
            "coverage": 0.5 if group == "overall" else 1.0,
        }
        for row in rows
        for group in ("overall", "post", "transport")
    ]


def _area_score(area: Row, subgroup: str, subject: str, inside: list[Row]) -> Row:
    verdicts = ["unknown" if POST in subject else verdict_of(row) for row in inside]
    people = [row["population"] or 0 for row in inside]
    known = area["id"] != "raion:5" and "post" not in subject
    made: Row = {
        "area_id": area["id"],
        "level": area["level"],
        "subgroup": subgroup,
        "subject": subject,
        "settlements": len(inside),
        "population": float(sum(people)),
        "coverage": 0.75 if known else 0.0,
        # Each raion falls in another class of the legend.
        "score": (int(area["id"][-1:] or 0) * 0.16 if known else None)
        if area["level"] in ("raion", "grid")
        else (0.21 if known else None),
        "score_low": 0.1 if known else 0.0,
        "score_high": 0.9 if known else 1.0,
    }
    for verdict in set(verdicts):
        made[f"settlements_{verdict}"] = verdicts.count(verdict)
        made[f"population_{verdict}"] = float(
            sum(
                n for n, given in zip(people, verdicts, strict=True) if given == verdict
            )
        )
    return made


def _inside(area: Row, rows: list[Row]) -> list[Row]:
    key = {"raion": "raion_id", "grid": "raion_id", "oblast": "oblast_id"}
    column = key.get(area["level"], "country_id")
    return [row for row in rows if row[column] == area["id"]]


SUBJECTS = ("overall", "domain:transport", f"standard:{TRIPS}", f"standard:{POST}")


def _area_scores(areas: list[Row], rows: list[Row]) -> list[Row]:
    made = []
    for area in areas:
        inside = _inside(area, rows)
        groups = {
            "all": inside,
            "town": [row for row in inside if row["urban"] == "yes"],
            "village": [row for row in inside if row["urban"] == "no"],
        }
        made += [
            _area_score(area, subgroup, subject, part)
            for subgroup, part in groups.items()
            for subject in SUBJECTS
        ]
    return made


def _evidence(areas: list[Row], rows: list[Row], values: list[Row]) -> list[Row]:
    table = pd.DataFrame(values).merge(
        pd.DataFrame(rows), left_on="settlement_id", right_on="id"
    )
    made = []
    for area in areas:
        ids = {row["id"] for row in _inside(area, rows)}
        inside = table[table["settlement_id"].isin(ids)]
        for (indicator, status), part in inside.groupby(["indicator", "status"]):
            days = part["date"].dropna()
            made.append(
                {
                    "area_id": area["id"],
                    "level": area["level"],
                    "indicator": indicator,
                    "status": status,
                    "settlements": len(part),
                    "population": float(part["population"].sum()),
                    "settlements_stale": 0,
                    "population_stale": 0.0,
                    "date_min": days.min() if len(days) else None,
                    "date_max": days.max() if len(days) else None,
                    "sources": ",".join(sorted(set(part["source"].dropna()))) or None,
                }
            )
    return made


def _measure(place: str, standard: str, value: float, norm: float, rank: int) -> Row:
    return {
        "settlement_id": place,
        "standard": standard,
        "value": value,
        "needed": norm,
        "change": norm - value,
        "unit": "trips/week",
        "score_change_domain": -0.25,
        "score_change_overall": -0.125,
        "rank": rank,
    }


def _ladder(areas: list[Row]) -> list[Row]:
    """Two rungs of each oblast: villages at a twentieth of the towns, or fewer."""
    return [
        {
            "area_id": area["id"],
            "level": "oblast",
            "indicator": TRIPS_CODE,
            "rung": rung,
            "step": step,
            "known_share": 0.75,
            "mean": mean,
            "reference": "raion_town",
            "ratio": ratio,
            "ratio_low": low,
            "ratio_high": ratio,
            "order_of_magnitude": said,
            "between_share": 0.2,
        }
        for area in areas
        if area["level"] == "oblast"
        for rung, step, mean, low, ratio, said in (
            ("raion_town", 3, 40.0, 1.0, 1.0, None),
            ("village", 5, 2.0, None, 0.05, "yes"),
        )
    ]


def _areas(level: str) -> list[Row]:
    made: list[Row] = [
        {"id": "zz", "level": "country", "name": "Проба", "analytic": False}
    ]
    made += [
        {
            "id": f"oblast:{i}",
            "level": "oblast",
            "name": f"Область {i}",
            "name_en": f"Region {i}",
            "parent": "zz",
            "analytic": False,
            "geometry": box(WEST, SOUTH + i, WEST + COLUMNS, SOUTH + i + 1),
        }
        for i in range(ROWS)
    ]
    for i in range(COLUMNS * ROWS):
        x, y = WEST + i % COLUMNS, SOUTH + i // COLUMNS
        made.append(
            {
                "id": f"raion:{i}",
                "level": level,
                "name": f"Район {i}",
                "name_be": f"Раён {i}",
                "name_en": f"Raion {i}",
                "parent": f"oblast:{i // COLUMNS}" if level == "raion" else "zz",
                "analytic": level == "grid",
                "geometry": box(x, y, x + 1, y + 1),
            }
        )
    # A country without boundaries has neither raions nor oblasts.
    return (
        made if level == "raion" else [row for row in made if row["level"] != "oblast"]
    )


def tables(level: str = "raion") -> dict[str, pd.DataFrame]:
    """Return all tables; ``level`` is that of the areas: raion, or grid."""
    rows, areas = settlements(), _areas(level)
    if level == "grid":
        rows = [row | {"oblast_id": None} for row in rows]
    values = _values(rows)
    unit_values, unit_judgements = _units(areas)
    filled: dict[str, list[Row]] = {name: [] for name in TABLES}
    filled |= {
        "settlements": rows,
        "areas": areas,
        "judgements": _judgements(rows),
        "values": values,
        "unit_values": unit_values,
        "unit_judgements": unit_judgements,
        "scores": _scores(rows),
        "area_scores": _area_scores(areas, rows),
        "evidence": _evidence(areas, rows, values),
        "measures": [_measure("zz:01", TRIPS, 12.0, 16.0, 1)],
        "ladder": _ladder(areas),
        "ranks": [
            {
                "unit": "settlement",
                "id": place,
                "tier": 2,
                "tier_low": low,
                "tier_high": high,
            }
            for place, low, high in (("zz:01", 1, 3), ("zz:03", 1, 5))
        ],
        **travel(),
        "facilities": [
            {
                "id": "f:1",
                "kind": "post_office",
                "name": "Почта",
                "status": "declared",
                "source": "zz-places",
                "geometry": Point(25.35, 53.15),
            }
        ],
        "identifiers": [
            {"id": row["id"], "scheme": "soato", "value": f"70000000{row['id'][3:]}"}
            for row in rows
        ],
    }
    return {name: frame(name, given) for name, given in filled.items()}
