"""Indicators of whole units: raions, oblasts, the country, operators.

They stand in ``data/indicators.yaml`` with ``unit_of_assessment``, the levels that have
such a value. They are no indicators of settlements: nothing is measured, mapped or
scored by them village by village.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import Country
from geo.sources.entries import entries, whole
from geo.types import AssessedUnit
from geo.yaml_file import read_yaml

_LEVELS = tuple(unit.value for unit in AssessedUnit)


@dataclass(frozen=True)
class UnitIndicator:
    """One quantity of a whole unit with its words."""

    code: str
    domain: str
    unit: str
    better: str
    label: dict[str, str]
    freshness_years: float | None
    units: tuple[str, ...]

    def described(self) -> dict[str, Any]:
        """Return the indicator as the manifest shows it."""
        return {
            "code": self.code,
            "domain": self.domain,
            "unit": self.unit,
            "better": self.better,
            "label": dict(self.label),
            "freshness_years": self.freshness_years,
            "unit_of_assessment": list(self.units),
        }


def unit_indicators(
    country: Country, path: Path = DECLARATIONS / "indicators.yaml"
) -> list[UnitIndicator]:
    """Return the indicators of units, with the country's own freshness windows.

    Raises
    ------
    DeclarationError
        If an entry names a level that is none.
    """
    return [
        _indicator(entry, country, path)
        for entry in entries(read_yaml(path), "indicators", path)
        if "unit_of_assessment" in entry
    ]


def _indicator(entry: dict[str, Any], country: Country, path: Path) -> UnitIndicator:
    code, units = entry["code"], entry["unit_of_assessment"]
    if not isinstance(units, list) or not units or not set(units) <= set(_LEVELS):
        raise DeclarationError(
            f"key 'unit_of_assessment': {units!r} is no list of levels",
            where=f"{path}, indicator {code}",
            remedy=f"Give one or more of {', '.join(_LEVELS)}, in square brackets.",
        )
    whole(entry, "indicators", path)
    return UnitIndicator(
        code,
        entry["domain"],
        entry["unit"],
        entry["better"],
        entry["label"],
        country.freshness_years.get(code, entry.get("freshness_years")),
        tuple(units),
    )
