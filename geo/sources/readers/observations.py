"""Values that were measured or declared for a settlement itself (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.sources.country import Country
from geo.sources.quantities import Quantity, quantities
from geo.sources.readers.base import SourceInfo, finished, parse_options, refusals
from geo.sources.readers.fields import refuse_each
from geo.sources.readers.stated import StatedOptions, stated_values
from geo.sources.result import ReadResult

NAMES = ("settlement", "indicator")


class ObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def read(
    path: Path,
    source: SourceInfo,
    country: Country,
    options: Mapping[str, Any],
) -> ReadResult:
    """Read values of settlements into ``observations``.

    Refused are rows of an indicator that there is not (the nearest are named), that is
    a value of raions or operators, or that is never stated but worked out. How a value
    is stated: :func:`geo.sources.readers.stated.stated_values`.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(ObservationOptions, options)
    refused = refusals(path, source)
    known = quantities(country)
    table = stated_values(path, refused, chosen, NAMES, known)
    reasons = table["indicator"].map({code: _elsewhere(q) for code, q in known.items()})
    refuse_each(refused, table, reasons, field="indicator")
    table = table[reasons.isna()]
    table["place_ref"] = table["settlement"]
    return finished("observations", table, refused)


def _elsewhere(quantity: Quantity) -> str | None:
    """Return why nobody states this of a settlement, None where somebody may."""
    if quantity.levels:
        levels = " or ".join(quantity.levels)
        return f"a value of {levels}, not of a settlement (reader unit_observations)"
    if quantity.instead:
        return f"never stated of a settlement: send {quantity.instead} instead"
    return None
