"""Settlements as the JSON of /v1: the row of a list, and the whole scorecard."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from api.ranks import SETTLEMENT, rank_of, tiers
from api.store import NAME_COLUMNS, Store
from api.transit import journeys, service
from api.ways import ways
from geo.release.columns import Positions, take
from geo.reports.norm_rows import cited_rows, decisive_row

_ROW = (
    "id",
    "name",
    "kind",
    "kinds_possible",
    "selsovet_centre",
    "urban",
    "population",
    "population_low",
    "population_high",
    "population_year",
    "population_status",
)
_MORE = (
    "kind_status",
    "place_type",
    "selsovet_centre_status",
    "raion_centre",
    "oblast_centre",
    "population_source",
    "population_census",
    "population_census_year",
    "households_low",
    "households_high",
    "duplicate_of",
    "source",
)
_AREA_IDS = ("raion_id", "oblast_id", "selsovet_id", "country_id", "grid_id")


def names(row: dict[str, Any]) -> dict[str, str]:
    """Return the names of a table row by language, without the unknown ones."""
    return {
        column.removeprefix("name_"): row[column]
        for column in NAME_COLUMNS
        if row[column] is not None
    }


def area_ref(store: Store, id_: str | None) -> dict[str, Any] | None:
    """Return ``{id, name}`` of an area, None where it is unknown."""
    if id_ is None:
        return None
    held = store.areas.get(id_)
    return {"id": id_, "name": held["name"] if held else None}


def settlement_rows(store: Store, rows: Positions) -> list[dict[str, Any]]:
    """Return the rows of ``/v1/settlements`` for these positions."""
    columns = [*_ROW, *NAME_COLUMNS, *_AREA_IDS[:2], "lon", "lat"]
    found = take(store.settlements.select(columns), rows).to_pylist()
    scores, judgements = _scores(store, rows), _judgements(store, rows)
    ranked = {name: held[rows].tolist() for name, held in tiers(store).items()}
    return [
        {column: row[column] for column in _ROW}
        | {
            "names": names(row),
            "raion": area_ref(store, row["raion_id"]),
            "oblast": area_ref(store, row["oblast_id"]),
            "lon": row["lon"],
            "lat": row["lat"],
            "score": scores[place],
            "judgements": judgements[place],
        }
        | {name: held[place] for name, held in ranked.items()}
        for place, row in enumerate(found)
    ]


def _scores(store: Store, rows: Positions) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = [{} for _ in rows]
    for group in store.groups:
        held = store.scored.get(group)
        if held is None:
            continue
        columns = (held.score, held.low, held.high, held.coverage)
        parts = zip(*(column[rows].tolist() for column in columns), strict=True)
        for entry, (score, low, high, coverage) in zip(out, parts, strict=True):
            entry[group] = {
                "score": score,
                "low": low,
                "high": high,
                "coverage": coverage,
            }
    return out


def _judgements(store: Store, rows: Positions) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = [{} for _ in rows]
    for standard, held in store.judged.items():
        columns = (held.verdict, held.gap, held.gap_low, held.gap_high, held.reason)
        parts = zip(*(column[rows].tolist() for column in columns), strict=True)
        for entry, (verdict, gap, low, high, reason) in zip(out, parts, strict=True):
            if verdict is not None:
                entry[standard] = {
                    "verdict": verdict,
                    "gap": gap,
                    "gap_low": low,
                    "gap_high": high,
                    "reason": reason,
                }
    return out


def scorecard(store: Store, row: int) -> dict[str, Any]:
    """Return everything that is known of one settlement."""
    place = np.array([row], dtype=np.int64)
    full = take(store.settlements.select([*_MORE, *_AREA_IDS]), place).to_pylist()[0]
    settlement = settlement_rows(store, place)[0]
    settlement |= {column: full[column] for column in _MORE}
    for column in _AREA_IDS[2:]:
        settlement[column.removesuffix("_id")] = area_ref(store, full[column])
    return {
        "settlement": settlement,
        "identifiers": [_without(r, "id") for r in store.rows_of("identifiers", row)],
        "values": [_value(store, r) for r in store.rows_of("values", row)],
        "judgements": [judgement(store, r) for r in store.rows_of("judgements", row)],
        "scores": [_without(r, "settlement_id") for r in store.rows_of("scores", row)],
        "rank": rank_of(store, SETTLEMENT, settlement["id"]),
        "measures": _measures(store, row),
        "access": ways(store, row),
        "service": service(store, row),
        "journeys": journeys(store, row),
    }


def _measures(store: Store, row: int) -> list[dict[str, Any]]:
    """Return what would lift the settlement, the most first; unranked ones last."""
    found = [_without(r, "settlement_id") for r in store.rows_of("measures", row)]
    return sorted(found, key=lambda one: (one["rank"] is None, one["rank"] or 0))


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def _value(store: Store, row: dict[str, Any]) -> dict[str, Any]:
    declared = store.indicators.get(row["indicator"], {})
    held = store.facilities.get(row["facility_id"]) if row["facility_id"] else None
    return _without(row, "settlement_id") | {
        "domain": declared.get("domain"),
        "label": declared.get("label", {}),
        "better": declared.get("better"),
        "freshness_years": declared.get("freshness_years"),
        "facility": held,
    }


def judgement(store: Store, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row of judgements with title, act and confidence of its norm."""
    standard = store.standard(row["standard"])
    decisive = decisive_row(standard, row)
    # Where no single norm decided, every act that could is named.
    cited = cited_rows(standard, row)
    return _without(row, "settlement_id") | {
        "title": standard.get("title", {}),
        "indicator": standard.get("indicator"),
        "responsible": standard.get("responsible") or {},
        "responsible_text": row["responsible"],
        "op": decisive.get("op") if decisive else None,
        "confidence": _confidence(cited),
        "readings": _distinct(
            [norm["reading"] for norm in cited if norm.get("reading")]
        ),
        "sources": _distinct([norm["source"] for norm in cited if norm.get("source")]),
    }


def _confidence(cited: Sequence[Mapping[str, Any]]) -> str | None:
    """Return ``verified`` only if every norm that may apply is."""
    if not cited:
        return None
    sure = all(norm.get("confidence") == "verified" for norm in cited)
    return "verified" if sure else "reported"


def _distinct(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    for entry in entries:
        if entry not in out:
            out.append(entry)
    return out
