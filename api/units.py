"""Whole units as the JSON of /v1: raions, oblasts, the country, operators."""

from dataclasses import dataclass
from typing import Any

from api.rows import described, judgement, names
from api.store import Store
from geo.release.read import Row
from geo.reports.facts import Judgement, judged_units
from geo.types import AssessedUnit, Verdict


@dataclass(frozen=True)
class WantedUnits:
    """Which judgements of units are asked for; None means no such filter."""

    unit_of_assessment: AssessedUnit | None = None
    standard: str | None = None
    verdict: Verdict | None = None


def matching_units(store: Store, wanted: WantedUnits) -> list[dict[str, Any]]:
    """Return the judgements that match, by unit and standard; the tables are small."""
    asked = {name: want for name, want in vars(wanted).items() if want is not None}
    return [
        _judgement(store, one)
        for one in judged_units(store)
        if all(one.row[name] == want for name, want in asked.items())
    ]


def unit_card(store: Store, unit: str) -> dict[str, Any]:
    """Return the values and judgements of one unit as a whole."""
    return {
        "unit_values": [_value(store, r) for r in store.rows("unit_values", unit)],
        "unit_judgements": [_judgement(store, o) for o in judged_units(store, unit)],
    }


def _judgement(store: Store, judged: Judgement) -> dict[str, Any]:
    unit = judged.row["unit_id"]
    operators = {o["id"]: o["name"] for o in store.manifest.get("operators", [])}
    area = store.areas.get(unit)
    return judgement(judged) | {
        "name": area["name"] if area else operators.get(unit),
        "names": names(area) if area else {},
        "value": judged.value and _value(store, judged.value),
    }


def _value(store: Store, row: Row) -> dict[str, Any]:
    own = {k: v for k, v in row.items() if k not in ("unit_id", "unit_of_assessment")}
    return (
        own
        | described(store.unit_indicators.get(row["indicator"], {}))
        | {"could_supply": store.suppliers.get(row["indicator"], {})}
    )
