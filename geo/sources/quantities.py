"""What may be stated: the indicators of a country, and what a value of each may be.

Readers must know the unit to read a number: `да` is 1 of a yes/no indicator and nothing
of a share, `1,200` is 1.2 minutes and no number of residents. Units and bounds stand in
``data/indicators.yaml`` beside the indicators.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import DeclarationError
from geo.sources.country import Country, validation_sentence
from geo.sources.indicators import FILE, declared
from geo.yaml_file import read_mapping

#: what a raion counts of a settlement that is no indicator
HOUSEHOLDS = "population.households"


class Unit(BaseModel):
    """What a value in one unit may be; ``data/indicators.yaml`` explains each key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    least: float = 0.0
    most: Annotated[float, Field(allow_inf_nan=False)] | None = None
    only: tuple[float, ...] = ()
    whole: bool = False
    thousands: bool = False
    words: bool = False
    way: bool = False

    def fault(self, number: float) -> str | None:
        """Return why a number cannot be, None for one that can.

        Examples
        --------
        >>> Unit(most=100).fault(101)
        'more than 100'
        >>> Unit(only=(0, 1)).fault(0.5)
        'must be 0 or 1'
        """
        if self.only and number not in self.only:
            return f"must be {' or '.join(f'{one:g}' for one in self.only)}"
        if number < self.least:
            return "below zero" if self.least == 0 else f"less than {self.least:,g}"
        if self.most is not None and number > self.most:
            return f"more than {self.most:,.0f}"
        if self.whole and number % 1:
            return "not a whole number"
        return None


@dataclass(frozen=True)
class Quantity:
    """One indicator that may be stated.

    ``levels`` of units it is a value of; empty: of settlements. ``instead``: which list
    to send, where a value is never stated.
    """

    code: str
    name: str
    unit: Unit
    levels: tuple[str, ...] = ()
    instead: str = ""


def quantities(country: Country, path: Path = FILE) -> dict[str, Quantity]:
    """Return all indicators of a country by code, and the number of households.

    Raises
    ------
    DeclarationError
        If an indicator is in a unit that is not declared, or a unit wrongly so.
    """
    units = _units(read_mapping(path), path)
    found = {HOUSEHOLDS: Quantity(HOUSEHOLDS, "households", units["households"])}
    for one in declared(country, path):
        if one.unit not in units:
            raise DeclarationError(
                f"the unit {one.unit!r} is not among units",
                where=f"{path}, indicator {one.code}",
                remedy=f"Add it there, or use one of {', '.join(units)}.",
            )
        unit = units[one.unit]
        if one.levels:
            unit = unit.model_copy(update={"only": tuple(one.levels)})
        found[one.code] = Quantity(
            one.code, one.unit, unit, one.unit_of_assessment, one.instead
        )
    return found


def unit_named(name: str, path: Path = FILE) -> Unit:
    """Return what a value in this unit may be."""
    return _units(read_mapping(path), path)[name]


def _units(content: Mapping[Any, Any], path: Path) -> dict[str, Unit]:
    units = content.get("units")
    if not isinstance(units, dict) or "households" not in units:
        raise DeclarationError(
            "no mapping with households in it under the key 'units'",
            where=str(path),
            remedy=f"Restore {path.name} from the project.",
        )
    return {str(name): _unit(str(name), keys, path) for name, keys in units.items()}


def _unit(name: str, keys: Mapping[str, Any], path: Path) -> Unit:
    try:
        return Unit.model_validate(keys)
    except ValidationError as error:
        raise DeclarationError(
            validation_sentence(error),
            where=f"{path}, unit {name}",
            remedy="The comment above the units explains every key.",
        ) from error
