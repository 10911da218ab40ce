"""Areas as the JSON of /v1: with scores, reconciliation and evidence."""

from typing import Any

from api.models_areas import AreaScore
from api.ranks import RAION, rank_of
from api.rows import area_ref, names
from api.store import Store
from api.units import unit_card

#: The subgroups that a list of areas carries; one area alone carries all.
LISTED_SUBGROUPS = ("all", "town", "village")


def area_row(store: Store, area: str) -> dict[str, Any]:
    """Return an area with the scores of its settlements, and its evidence."""
    scores = [
        {column: row[column] for column in AreaScore.model_fields}
        for row in store.of_area("area_scores", area)
        if row["subgroup"] in LISTED_SUBGROUPS
    ]
    return _area(store, area) | {"scores": scores, "evidence": evidence(store, area)}


def area_card(store: Store, area: str) -> dict[str, Any]:
    """Return everything that is known of one area."""
    reconciled = store.of_area("reconciliation", area)
    return {
        "area": _area(store, area)
        | {
            "scores": [_own(row) for row in store.of_area("area_scores", area)],
            "evidence": evidence(store, area),
            "parity": _rows(store, "parity", area),
            "ladder": sorted(_rows(store, "ladder", area), key=_rung),
            "inequality": _rows(store, "inequality", area),
            "deprivation": {
                "curve": _rows(store, "deprivation_curve", area),
                "standards": _rows(store, "deprivation", area),
                "decomposition": _rows(store, "decomposition", area),
            },
            "reconciliation": _own(reconciled[0]) if reconciled else None,
            **unit_card(store, area),
            "rank": rank_of(store, RAION, area),
        },
        "children": [
            {"id": id_, "level": row["level"], "name": row["name"]}
            for id_, row in store.areas.items()
            if row["parent"] == area
        ],
    }


def _area(store: Store, area: str) -> dict[str, Any]:
    row = store.areas[area]
    parent = area_ref(store, row["parent"])
    return {
        "id": row["id"],
        "level": row["level"],
        "name": row["name"],
        "names": names(row),
        "parent": row["parent"],
        "parent_name": parent["name"] if parent else None,
        "analytic": row["analytic"],
        "population_official": row["population_official"],
        "population_official_urban": row["population_official_urban"],
        "population_official_rural": row["population_official_rural"],
        "population_official_year": row["population_official_year"],
        "source": row["source"],
    }


def _own(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in row.items() if name not in ("area_id", "level")
    }


def _rows(store: Store, table: str, area: str) -> list[dict[str, Any]]:
    return [_own(row) for row in store.of_area(table, area)]


def _rung(row: dict[str, Any]) -> tuple[str, int]:
    """Order the ladder by indicator, each from its top rung down."""
    return row["indicator"], row["step"]


def evidence(store: Store, area: str) -> list[dict[str, Any]]:
    """Return, per indicator and status, the people and settlements of an area."""
    return [_own(row) for row in store.of_area("evidence", area)]


def evidence_by_indicator(store: Store, area: str) -> list[dict[str, Any]]:
    """Return, per indicator of the release, what is known and who could supply more.

    People come before settlements; an indicator without a row is listed too.
    """
    rows: dict[str, list[dict[str, Any]]] = {code: [] for code in store.indicators}
    for row in evidence(store, area):
        rows.setdefault(row["indicator"], []).append(row)
    suppliers = store.manifest.get("suppliers", {})
    return [
        {
            "indicator": code,
            "domain": store.indicators.get(code, {}).get("domain"),
            "label": store.indicators.get(code, {}).get("label", {}),
            "unit": store.indicators.get(code, {}).get("unit"),
            "freshness_years": store.indicators.get(code, {}).get("freshness_years"),
            "supplier": suppliers.get(code, {}),
            "population": {row["status"]: row["population"] for row in held},
            "settlements": {row["status"]: row["settlements"] for row in held},
            "population_stale": _sum([row["population_stale"] for row in held]),
            "settlements_stale": _sum([row["settlements_stale"] for row in held]),
            "date_min": min(
                (r["date_min"] for r in held if r["date_min"]), default=None
            ),
            "date_max": max(
                (r["date_max"] for r in held if r["date_max"]), default=None
            ),
            "sources": _sources(held),
        }
        for code, held in rows.items()
    ]


def _sum(parts: list[float | None]) -> float | None:
    """Return the sum; unknown (None) where any part is."""
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _sources(held: list[dict[str, Any]]) -> list[str]:
    named = (row["sources"] or "" for row in held)
    split = (part.strip() for text in named for part in text.split(","))
    return sorted({part for part in split if part})
