"""Whole units as the JSON of /v1: raions, oblasts, the country, operators."""

from dataclasses import dataclass, field
from typing import Any

from api.rows import judgement, names
from api.store import Store
from geo.types import AssessedUnit, Verdict

_MADE = "units"


@dataclass
class Units:
    """What is known and judged of whole units in one release.

    Attributes
    ----------
    values
        Unit id -> its rows of ``unit_values`` as JSON.
    judgements
        Rows of ``unit_judgements`` as JSON, by unit and standard.
    """

    values: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    judgements: list[dict[str, Any]] = field(default_factory=list)


def units_of(store: Store) -> Units:
    """Return the units of a release, made once; the tables are small."""
    if _MADE not in store.made:
        store.made[_MADE] = _units(store)
    made: Units = store.made[_MADE]
    return made


def _units(store: Store) -> Units:
    made = Units()
    declared, suppliers = store.unit_indicators, store.manifest.get("suppliers", {})
    behind: dict[tuple[str, str], dict[str, Any]] = {}
    for row in store.tables["unit_values"].to_pylist():
        value = _value(declared.get(row["indicator"], {}), row)
        value["could_supply"] = suppliers.get(row["indicator"], {})
        made.values.setdefault(row["unit_id"], []).append(value)
        behind[row["unit_id"], row["indicator"]] = value
    operators = {o["id"]: o["name"] for o in store.manifest.get("operators", [])}
    for row in store.tables["unit_judgements"].to_pylist():
        unit = row["unit_id"]
        judged = judgement(store, row)
        area = store.areas.get(unit)
        judged |= {
            "name": area["name"] if area else operators.get(unit),
            "names": names(area) if area else {},
            "value": behind.get((unit, judged["indicator"])),
        }
        made.judgements.append(judged)
    return made


def _value(declared: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    own = {k: v for k, v in row.items() if k not in ("unit_id", "unit_of_assessment")}
    return own | {
        "domain": declared.get("domain"),
        "label": declared.get("label", {}),
        "better": declared.get("better"),
        "freshness_years": declared.get("freshness_years"),
    }


@dataclass(frozen=True)
class WantedUnits:
    """Which judgements of units are asked for; None means no such filter."""

    unit_of_assessment: AssessedUnit | None = None
    standard: str | None = None
    verdict: Verdict | None = None


def judged_units(store: Store, wanted: WantedUnits) -> list[dict[str, Any]]:
    """Return the judgements that match, by unit and standard."""
    asked = {name: want for name, want in vars(wanted).items() if want is not None}
    return [
        row
        for row in units_of(store).judgements
        if all(row[name] == want for name, want in asked.items())
    ]


def unit_card(store: Store, unit: str) -> dict[str, Any]:
    """Return the values and judgements of one unit as a whole."""
    made = units_of(store)
    return {
        "unit_values": made.values.get(unit, []),
        "unit_judgements": [r for r in made.judgements if r["unit_id"] == unit],
    }
