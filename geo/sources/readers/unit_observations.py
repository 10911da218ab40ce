"""Values that an office states of a whole raion, an oblast, an operator (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.sources.country import Country
from geo.sources.readers.base import SourceInfo, finished, parse_options, refusals
from geo.sources.readers.fields import refuse
from geo.sources.readers.stated import StatedOptions, stated_values
from geo.sources.result import ReadResult
from geo.types import AssessedUnit

NAMES = ("unit_of_assessment", "unit", "indicator")


class UnitObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read values of whole units into ``unit_observations``.

    ``unit_of_assessment`` is one of :class:`geo.types.AssessedUnit`, ``unit`` the id,
    the code or the full name of the area, or the id or the name of the operator. How
    a value is stated: :func:`geo.sources.readers.stated.stated_values`.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(UnitObservationOptions, options)
    refused = refusals(path, source)
    table = stated_values(path, refused, chosen, NAMES)
    table["unit_of_assessment"] = table["unit_of_assessment"].str.lower()
    known = [unit.value for unit in AssessedUnit]
    strange = ~table["unit_of_assessment"].isin(known)
    refuse(
        refused,
        table[strange],
        field="unit_of_assessment",
        reason=f"must be one of {', '.join(known)}",
    )
    out = table[~strange].rename(columns={"unit": "unit_ref"})
    out = out.assign(file=path.name, row=out["_row"].astype("str"))
    return finished("unit_observations", out, refused)
