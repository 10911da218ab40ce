"""Settlements as the JSON of /v1: the row of a list, and the whole scorecard."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from api.columns import SETTLEMENT_ROW
from api.estimates import settlement_estimates
from api.ranks import SETTLEMENT, rank_of, tiers
from api.store import NAME_COLUMNS, Store
from geo.release.columns import Positions, take
from geo.release.read import Entry, Row
from geo.reports.explain.brief import brief
from geo.reports.facts import (
    Judgement,
    SettlementFacts,
    is_stale,
    settlement_facts,
)
from geo.texts import LANGUAGES

_MORE = (
    "kind_status",
    "kind_source",
    "kind_date",
    "place_type",
    "selsovet_centre_status",
    "raion_centre",
    "oblast_centre",
    "population_settled_low",
    "population_settled_high",
    "population_source",
    "population_census",
    "population_census_year",
    "households_low",
    "households_high",
    "duplicate_of",
    "foreign",
    "source",
)
_REF = ("id", "kind", "name")
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
    """Return what every list says of the settlements at these positions."""
    columns = [*SETTLEMENT_ROW, *NAME_COLUMNS, *_AREA_IDS[:2], "lon", "lat"]
    found = take(store.table("settlements", columns), rows).to_pylist()
    scores, judgements = _scores(store, rows), _judgements(store, rows)
    ranked = {name: held[rows].tolist() for name, held in tiers(store).items()}
    return [
        {column: row[column] for column in SETTLEMENT_ROW}
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


def scorecard(store: Store, id_: str) -> dict[str, Any]:
    """Return everything that is known of one settlement."""
    facts = settlement_facts(store, id_)
    place = np.array([store.position[id_]], dtype=np.int64)
    settlement = settlement_rows(store, place)[0]
    settlement |= {column: facts.row[column] for column in _MORE}
    for column in _AREA_IDS[2:]:
        settlement[column.removesuffix("_id")] = area_ref(store, facts.row[column])
    measures = facts.rows("measures")
    return {
        "settlement": settlement,
        "class_statements": facts.rows("class_statements"),
        "identifiers": facts.rows("identifiers"),
        "values": [_value(facts, row) for row in facts.values.values()],
        "judgements": [judgement(one) for one in facts.judgements],
        "scores": facts.rows("scores"),
        "estimates": settlement_estimates(store, id_),
        "rank": rank_of(store, SETTLEMENT, id_),
        # what would lift the settlement, the most first; unranked ones last
        "measures": sorted(measures, key=lambda m: (m["rank"] is None, m["rank"] or 0)),
        "access": ways(facts),
        "service": facts.rows("service"),
        "journeys": [with_facility(facts, row) for row in facts.journeys],
    }


def ways(facts: SettlementFacts) -> list[dict[str, Any]]:
    """Return the ways of a settlement to facilities, without their lines."""
    return [with_facility(facts, row) for row in facts.rows("access")]


def with_facility(facts: SettlementFacts, row: Row) -> dict[str, Any]:
    """Return a row with id, kind and name of the facility that it speaks of."""
    return row | {"facility": facts.release.row("facilities", row["facility_id"], _REF)}


def described(declared: Entry) -> dict[str, Any]:
    """Return what is said of an indicator beside its value."""
    return {
        "domain": declared.get("domain"),
        "label": declared.get("label", {}),
        "better": declared.get("better"),
        "freshness_years": declared.get("freshness_years"),
    }


def _value(facts: SettlementFacts, row: Row) -> dict[str, Any]:
    declared = facts.release.indicators.get(row["indicator"], {})
    stale = is_stale(row, declared, facts.release.on)
    return with_facility(facts, row | described(declared) | {"stale": stale})


def judgement(judged: Judgement) -> dict[str, Any]:
    """Return a verdict with title, act and confidence of its norm.

    Where no single norm decided, every act that could is named.
    """
    standard, decisive, cited = judged.standard, judged.decisive, judged.cited
    confidence = "verified" if judged.verified else "reported"
    return judged.row | {
        "brief": {language: brief(judged, language) for language in LANGUAGES},
        "title": standard.get("title", {}),
        "indicator": standard.get("indicator"),
        "responsible": standard.get("responsible") or {},
        "responsible_text": judged.row["responsible"],
        "op": decisive.get("op") if decisive else None,
        "confidence": confidence if cited else None,
        "readings": _distinct(norm.get("reading") for norm in cited),
        "sources": _distinct(norm.get("source") for norm in cited),
    }


def _distinct(entries: Iterable[Entry | None]) -> list[Entry]:
    out: list[Entry] = []
    for entry in entries:
        if entry and entry not in out:
            out.append(entry)
    return out
