"""Areas as the JSON of /v1: with scores, reconciliation and evidence."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from api.models_areas import AreaName, AreaScore
from api.ranks import RAION, rank_of
from api.rows import area_ref, names
from api.store import Store
from api.units import unit_card
from geo.errors import ReleaseError
from geo.release.columns import objects
from geo.release.manifest_file import verify_files
from geo.release.read import Release, Row
from geo.reports.contributions import contributions
from geo.reports.facts import AreaFacts
from geo.reports.known import known_share
from geo.reports.peers import PEER_LEVELS, area_sizes, nearest
from geo.reports.trend import newest_of_each_day, trend
from geo.types import Level

#: Levels by which settlements say where they lie, each with scores of its own.
_CONTRIBUTED = (Level.COUNTRY, Level.OBLAST, Level.RAION)
#: The subgroups that a list of areas carries; one area alone carries all.
LISTED_SUBGROUPS = ("all", "town", "small_town", "village")


def area_name(store: Store, id_: str) -> dict[str, Any]:
    """Return what an area is called, and its bounds."""
    whole = _area(store, id_)
    return {column: whole[column] for column in AreaName.model_fields}


def area_row(store: Store, id_: str) -> dict[str, Any]:
    """Return an area with the scores of its settlements, and its evidence."""
    facts = AreaFacts(store, store.areas[id_])
    scores = [
        {column: row[column] for column in AreaScore.model_fields}
        for row in facts.scores.values()
        if row["subgroup"] in LISTED_SUBGROUPS
    ]
    return _area(store, id_) | {"scores": scores} | _known(facts)


def area_card(store: Store, id_: str) -> dict[str, Any]:
    """Return everything that is known of one area."""
    facts = AreaFacts(store, store.areas[id_])
    return {
        "area": _area(store, id_)
        | {
            "scores": facts.rows("area_scores"),
            **_known(facts),
            "parity": facts.rows("parity"),
            "ladder": sorted(facts.rows("ladder"), key=_rung),
            "inequality": facts.rows("inequality"),
            "ages": facts.rows("age_gaps"),
            "reconciliation": next(iter(facts.rows("reconciliation")), None),
            **unit_card(store, id_),
            "rank": rank_of(store, RAION, id_),
            "peers": _peers(store, id_),
            "contributions": _contributions(store, id_),
        },
        "children": [
            {"id": child, "level": row["level"], "name": row["name"]}
            for child, row in store.areas.items()
            if row["parent"] == id_
        ],
    }


def area_trend(store: Store, releases: Iterable[Release], id_: str) -> dict[str, Any]:
    """Return the scores of an area in the releases of its country.

    A release whose scores are not what was published is left out: it is not served.
    """
    own = [one for one in releases if one.country == store.country]
    steps = trend(newest_of_each_day(filter(_is_whole, own)), id_)
    return {
        "area": area_ref(store, id_),
        "items": [
            vars(step) | {"scores": {k: _score(row) for k, row in step.scores.items()}}
            for step in steps
        ],
    }


def _is_whole(release: Release) -> bool:
    name = "area_scores.parquet"
    promised = release.manifest["checksums"].get(name)
    try:
        if promised:
            verify_files(release.path, {name: promised})
    except (OSError, ReleaseError):
        return False
    return bool(promised)


def _score(row: Row) -> dict[str, Any]:
    return {
        "score": row["score"],
        "low": row["score_low"],
        "high": row["score_high"],
        "coverage": row["coverage"],
    }


def _peers(store: Store, id_: str) -> list[dict[str, Any]]:
    """Return the areas of like size with their scores; an analytic cell has none."""
    row = store.areas[id_]
    if row["analytic"] or row["level"] not in PEER_LEVELS:
        return []
    sizes = area_sizes(store, row["level"])
    found = []
    for peer in nearest(sizes, id_):
        facts = AreaFacts(store, store.areas[peer])
        scores = (one for (group, _), one in facts.scores.items() if group == "all")
        found.append(
            {
                "id": peer,
                "name": facts.row["name"],
                "names": names(facts.row),
                "population": sizes[peer].population,
                "village_share": sizes[peer].villagers,
                "scores": {one["subject"]: _score(one) for one in scores},
                "known_share": _known(facts)["known_share"],
            }
        )
    return found


def _contributions(store: Store, id_: str) -> dict[str, dict[str, float]]:
    """Return what the standards add to the scores; made once of each area."""
    level = store.areas[id_]["level"]
    if level not in _CONTRIBUTED:
        return {}
    made: dict[str, dict[str, dict[str, float]]]
    made = store.made.setdefault("contributions", {})
    if id_ not in made:
        made[id_] = contributions(store, id_, level)
    return made[id_]


def _known(facts: AreaFacts) -> dict[str, Any]:
    """Return the evidence of an area, and of which share of the people it tells."""
    shares = {code: known_share(held) for code, held in facts.evidence.items()}
    return {"evidence": facts.rows("evidence"), "known_share": shares}


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
        **{name: row[name] for name in row if name.startswith("population_")},
        "source": row["source"],
        "bounds": area_bounds(store).get(area),
    }


def area_bounds(store: Store) -> dict[str, list[float]]:
    """Return west, south, east, north of the areas: of the border, else of the places.

    An area without either is left out.
    """
    if "bounds" not in store.made:
        store.made["bounds"] = _member_bounds(store) | _border_bounds(store)
    found: dict[str, list[float]] = store.made["bounds"]
    return found


def _border_bounds(store: Store) -> dict[str, list[float]]:
    table = store.table("areas", ["id", "geometry"])
    bounds = shapely.bounds(shapely.from_wkb(objects(table, "geometry")))
    return _written(zip(objects(table, "id"), bounds, strict=True))


def _member_bounds(store: Store) -> dict[str, list[float]]:
    lon, lat = store.numbers("lon"), store.numbers("lat")
    members: dict[str, list[int]] = {}
    for level in ("selsovet_id", "raion_id", "oblast_id"):
        for place in np.flatnonzero(store.listed & ~np.isnan(lon + lat)).tolist():
            members.setdefault(store.column(level)[place], []).append(place)
    return _written(
        (area, (lon[at].min(), lat[at].min(), lon[at].max(), lat[at].max()))
        for area, at in members.items()
    )


def _written(bounds: Iterable[tuple[str, Iterable[float]]]) -> dict[str, list[float]]:
    rounded = ((area, np.round(list(box), 4).tolist()) for area, box in bounds)
    return {area: box for area, box in rounded if area and not np.isnan(box).any()}


def _rung(row: dict[str, Any]) -> tuple[str, int]:
    """Order the ladder by indicator, each from its top rung down."""
    return row["indicator"], row["step"]


def evidence_by_indicator(store: Store, area: str) -> list[dict[str, Any]]:
    """Return, per indicator of the release, what is known and who could supply more.

    People come before settlements; an indicator without a row is listed too.
    """
    rows: dict[str, list[Row]] = {code: [] for code in store.indicators}
    rows |= AreaFacts(store, store.areas[area]).evidence
    return [_evidence(store, code, held) for code, held in rows.items()]


def _evidence(store: Store, code: str, held: list[Row]) -> dict[str, Any]:
    declared = store.indicators.get(code, {})
    return {
        "indicator": code,
        "domain": declared.get("domain"),
        "label": declared.get("label", {}),
        "unit": declared.get("unit"),
        "freshness_years": declared.get("freshness_years"),
        "supplier": store.suppliers.get(code, {}),
        "population": {row["status"]: row["population"] for row in held},
        "settlements": {row["status"]: row["settlements"] for row in held},
        "population_stale": _sum([row["population_stale"] for row in held]),
        "settlements_stale": _sum([row["settlements_stale"] for row in held]),
        "date_min": min((r["date_min"] for r in held if r["date_min"]), default=None),
        "date_max": max((r["date_max"] for r in held if r["date_max"]), default=None),
        "known_share": known_share(held),
        "sources": _sources(held),
    }


def _sum(parts: list[float | None]) -> float | None:
    """Return the sum; unknown (None) where any part is."""
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None


def _sources(held: list[dict[str, Any]]) -> list[str]:
    named = (row["sources"] or "" for row in held)
    split = (part.strip() for text in named for part in text.split(","))
    return sorted({part for part in split if part})
