"""Tables for the judge from a few words: what is not said is unknown."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from geo.layers.schema import TABLES
from geo.standards.load import load_standards
from geo.standards.model import Standard

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 22)
BY = ROOT / "data" / "countries" / "by" / "standards"
KZ = ROOT / "data" / "countries" / "kz" / "standards"
INTERNATIONAL = ROOT / "data" / "international"


def declared_indicators() -> list[dict[str, Any]]:
    text = (ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text)["indicators"])


def better() -> dict[str, str]:
    return {entry["code"]: entry["better"] for entry in declared_indicators()}


def freshness() -> dict[str, float | None]:
    return {
        entry["code"]: entry.get("freshness_years") for entry in declared_indicators()
    }


def ordinal() -> list[str]:
    listed = declared_indicators()
    return [entry["code"] for entry in listed if entry.get("quantity") == "ordinal"]


def declared_standards() -> list[Standard]:
    """Return the standards that are judged settlement by settlement."""
    found = load_standards([BY, KZ, INTERNATIONAL], better(), ordinal())
    return [s for s in found if s.for_settlements]


def declared_unit_standards() -> list[Standard]:
    """Return the standards of raions, oblasts, the country and operators."""
    return [s for s in load_standards([BY], better(), ordinal()) if s.for_units]


def settlements(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return the table settlements; ``population`` alone is exact."""
    full = []
    for number, row in enumerate(rows):
        people = row.get("population")
        kind = row.get("kind")
        full.append(
            {
                "id": f"toy:{number}",
                "urban": "unknown",
                "kinds_possible": [] if kind is None else [kind],
                "population_low": people,
                "population_high": people,
            }
            | row
        )
    columns = [
        name for name in TABLES["settlements"].schema.names if name != "geometry"
    ]
    table = pd.DataFrame(full).reindex(columns=columns)
    for name in ("population", "population_low", "population_high"):
        table[name] = table[name].astype("float64")
    return table.set_index("id")


def values(*rows: tuple[str, str, Any]) -> pd.DataFrame:
    """Return the table values from (settlement, indicator, what is known)."""
    full = []
    for settlement, indicator, known in rows:
        entry = known if isinstance(known, dict) else {"value": known}
        if not isinstance(known, dict) and known is not None:
            entry |= {"low": known, "high": known}
        status = "unknown" if known is None else "measured"
        full.append(
            {"settlement_id": settlement, "indicator": indicator, "status": status}
            | entry
        )
    table = pd.DataFrame(full).reindex(columns=TABLES["values"].schema.names)
    for name in ("value", "low", "high"):
        table[name] = table[name].astype("float64")
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[s]")
    return table


def standard(key: str, indicator: str, *norms: dict[str, Any], **more: Any) -> Standard:
    """Return a standard; every row gets an id, a source and a confidence."""
    rows = [
        {
            "id": f"{key}.{number}",
            "op": ">=",
            "source": {"act": "toy", "seen": "2000-01-01"},
            "confidence": "reported",
        }
        | norm
        for number, norm in enumerate(norms)
    ]
    entry = {
        "id": key,
        "domain": indicator.partition(".")[0],
        "indicator": indicator,
        "title": {"en": key},
        "responsible": {"en": "nobody"},
        "unit_of_assessment": "settlement",
        "force": "law",
        "norms": rows,
    }
    return Standard.model_validate(entry | more)
