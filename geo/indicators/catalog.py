"""The explicit list of indicators: code and function.

Labels, units and freshness windows stand in ``data/indicators.yaml``.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import pandas as pd

from geo.errors import DeclarationError
from geo.indicators.access import ambulance_minutes, minutes_to, rail_stop_km
from geo.indicators.context import Measuring
from geo.indicators.digital import (
    best_generation,
    cell_km,
    cellular_service,
    fixed_broadband,
    mobile_mbps,
)
from geo.indicators.journey_values import journey_minutes, return_days
from geo.indicators.stated import declared
from geo.indicators.transport import days_per_week, trips_per_week
from geo.settings import DECLARATIONS
from geo.sources.country import Country
from geo.sources.entries import entries, whole
from geo.sources.transit import load_transit
from geo.types import FacilityKind
from geo.yaml_file import read_yaml

Function = Callable[[Measuring], pd.DataFrame]

_ACCESS = {
    "health.hospital_minutes": FacilityKind.HOSPITAL,
    "health.primary_care_minutes": FacilityKind.PRIMARY_CARE,
    "health.pharmacy_minutes": FacilityKind.PHARMACY,
    "post.office_minutes": FacilityKind.POST_OFFICE,
}
FUNCTIONS: dict[str, Function] = {
    code: partial(minutes_to, kind=kind, indicator=code)
    for code, kind in _ACCESS.items()
} | {
    "health.ambulance_minutes": ambulance_minutes,
    "transport.trips_per_week": trips_per_week,
    "transport.days_per_week": days_per_week,
    "transport.rail_stop_km": rail_stop_km,
    "digital.cell_km": cell_km,
    "digital.best_generation": partial(
        best_generation, indicator="digital.best_generation"
    ),
    "digital.cellular_service": cellular_service,
    "digital.fixed_broadband": fixed_broadband,
    "digital.mobile_mbps": mobile_mbps,
}
#: values that only somebody who knows can state: one function, many codes
DECLARED = (
    "health.telemedicine_share",
    "health.care_level",
    "transport.residents_per_vehicle",
    "digital.fibre",
    "digital.health_point_phone_share",
    "utilities.water_share",
    "education.school_transport",
)
FUNCTIONS |= {code: partial(declared, indicator=code) for code in DECLARED}
OPERATOR_INDICATOR = "digital.generation.*"
#: one per destination of transit.yaml
BY_DESTINATION = {
    "transport.return_days.*": return_days,
    "transport.journey_minutes.*": journey_minutes,
}
QUANTITIES = ("number", "ordinal")
_FILE = DECLARATIONS / "indicators.yaml"


@dataclass(frozen=True)
class Indicator:
    """One measured quantity with its words and its function.

    ``quantity`` is ``ordinal`` where values are levels; ``levels`` says each in words.
    ``derived``: worked out from what other indicators are worked out from too.
    """

    code: str
    domain: str
    unit: str
    better: str
    label: dict[str, str]
    freshness_years: float | None
    function: Function
    quantity: str = "number"
    levels: Mapping[int, dict[str, str]] = field(default_factory=dict)
    derived: bool = False

    def described(self) -> dict[str, Any]:
        """Return the indicator as the manifest shows it."""
        return {
            "code": self.code,
            "domain": self.domain,
            "unit": self.unit,
            "better": self.better,
            "label": dict(self.label),
            "freshness_years": self.freshness_years,
            "quantity": self.quantity,
            "levels": {str(level): dict(text) for level, text in self.levels.items()},
            "derived": self.derived,
        }


def domains() -> list[dict[str, Any]]:
    """Return id and label of every domain, in the order of the declarations."""
    listed = entries(read_yaml(_FILE), "domains", _FILE)
    return [whole(entry, "domains", _FILE) for entry in listed]


def indicators(country: Country) -> list[Indicator]:
    """Return the indicators of a country; more per mobile operator and destination.

    Raises
    ------
    DeclarationError
        If ``data/indicators.yaml`` names a code that has no function, or lacks a key.
    """
    found: list[Indicator] = []
    for entry in entries(read_yaml(_FILE), "indicators", _FILE):
        code = entry["code"]
        if "unit_of_assessment" in entry:  # geo/indicators/unit_catalog.py
            continue
        whole(entry, "indicators", _FILE)
        if code == OPERATOR_INDICATOR:
            found += _by_operator(entry, country)
            continue
        if code in BY_DESTINATION:
            found += _by_destination(entry, country)
            continue
        if code not in FUNCTIONS:
            raise DeclarationError(
                f"indicator {code!r} has no function",
                where=str(_FILE),
                remedy="Add it to FUNCTIONS in geo/indicators/catalog.py.",
            )
        found.append(_indicator(entry, country, FUNCTIONS[code]))
    return found


def asked_for(
    listed: Sequence[Indicator], judged: Collection[str], supplied: Collection[str]
) -> list[Indicator]:
    """Leave out what can only be declared and neither is judged nor was supplied.

    Parameters
    ----------
    listed
        All indicators of the country.
    judged, supplied
        Codes that a standard of the country uses, and that observations speak of.
    """
    wanted = {*judged, *supplied}
    return [i for i in listed if i.code not in DECLARED or i.code in wanted]


def _indicator(
    entry: dict[str, Any], country: Country, function: Function
) -> Indicator:
    window = country.freshness_years.get(entry["code"], entry.get("freshness_years"))
    _check_quantity(entry)
    return Indicator(
        entry["code"],
        entry["domain"],
        entry["unit"],
        entry["better"],
        entry["label"],
        window,
        function,
        entry.get("quantity", "number"),
        entry.get("levels", {}),
        bool(entry.get("derived", False)),
    )


def _check_quantity(entry: dict[str, Any]) -> None:
    """Refuse a quantity that does not exist, and words for levels that are none."""
    quantity, levels = entry.get("quantity", "number"), entry.get("levels", {})
    if quantity not in QUANTITIES:
        what = f"key 'quantity': {quantity!r}"
        remedy = f"It must be one of {', '.join(QUANTITIES)}."
    elif levels and quantity != "ordinal":
        what, remedy = "key 'levels': given for a number", "Add quantity: ordinal."
    elif not all(isinstance(level, int) for level in levels):
        what, remedy = "key 'levels': a level is no number", "Write 0, 1, 2 as keys."
    else:
        return
    raise DeclarationError(
        what,
        where=f"{_FILE}, indicator {entry['code']}",
        remedy=remedy,
    )


def _by_operator(entry: dict[str, Any], country: Country) -> list[Indicator]:
    found = []
    for operator in country.operators:
        code = OPERATOR_INDICATOR.replace("*", operator.id)
        nets = (*operator.nets, *operator.shared)
        function = partial(best_generation, indicator=code, nets=nets)
        label = {
            lang: f"{text}: {operator.name}" for lang, text in entry["label"].items()
        }
        found.append(
            replace(_indicator(entry, country, function), code=code, label=label)
        )
    return found


def _by_destination(entry: dict[str, Any], country: Country) -> list[Indicator]:
    found = []
    for destination in load_transit(country).destinations:
        code = entry["code"].replace("*", destination.id)
        function = partial(
            BY_DESTINATION[entry["code"]], destination=destination, indicator=code
        )
        label = {
            lang: f"{text}: {destination.label.get(lang, destination.id)}"
            for lang, text in entry["label"].items()
        }
        made = _indicator(entry | {"code": code}, country, function)
        found.append(replace(made, label=label))
    return found
