"""Values that an office states of a whole raion, an oblast, an operator (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.sources.country import Country
from geo.sources.quantities import Quantity, quantities
from geo.sources.readers.base import SourceInfo, finished, parse_options, refusals
from geo.sources.readers.fields import refuse_each
from geo.sources.readers.stated import StatedOptions, stated_values
from geo.sources.readers.words import worded
from geo.sources.result import ReadResult
from geo.types import AssessedUnit

NAMES = ("unit_of_assessment", "unit", "indicator")


class UnitObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read values of whole units into ``unit_observations``.

    ``unit_of_assessment`` is one of :class:`geo.types.AssessedUnit`, ``unit`` the id,
    the code or the full name of the area, or the id or the name of the operator. How
    a value is stated: :func:`geo.sources.readers.stated.stated_values`. Refused are
    also indicators of another level.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(UnitObservationOptions, options)
    refused = refusals(path, source)
    known = {code: one for code, one in quantities(country).items() if one.levels}
    table = stated_values(path, refused, chosen, NAMES, known)
    table = worded(table, "unit_of_assessment", AssessedUnit, refused, what="unit")
    pairs = zip(table["indicator"], table["unit_of_assessment"], strict=True)
    reasons = [_of_another_level(known[code], level) for code, level in pairs]
    misplaced = pd.Series(reasons, index=table.index, dtype="str")
    refuse_each(refused, table, misplaced, field="unit_of_assessment")
    out = table[misplaced.isna()].rename(columns={"unit": "unit_ref"})
    out = out.assign(file=path.name, row=out["_row"].astype("str"))
    return finished("unit_observations", out, refused)


def _of_another_level(quantity: Quantity, level: str) -> str | None:
    if level in quantity.levels:
        return None
    return (
        f"{quantity.code} is a value of {' or '.join(quantity.levels)}, not of {level}"
    )
