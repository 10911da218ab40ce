"""Values that were measured or declared for a settlement itself (CSV)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.sources.country import Country
from geo.sources.readers.base import SourceInfo, finished, parse_options, refusals
from geo.sources.readers.stated import StatedOptions, stated_values
from geo.sources.result import ReadResult

NAMES = ("settlement", "indicator")


class ObservationOptions(StatedOptions):
    """``supplier``: who sent the values, for rows that do not say."""


def read(
    path: Path,
    source: SourceInfo,
    country: Country,  # noqa: ARG001 - the signature of all readers
    options: Mapping[str, Any],
) -> ReadResult:
    """Read values of settlements into ``observations``.

    How a value is stated: :func:`geo.sources.readers.stated.stated_values`.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable.
    """
    chosen = parse_options(ObservationOptions, options)
    refused = refusals(path, source)
    table = stated_values(path, refused, chosen, NAMES)
    table["place_ref"] = table["settlement"]
    return finished("observations", table, refused)
