"""What all readers share: how they are asked, their options, and how they end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Generic, Protocol, Self, TypeVar

import geopandas as gpd
import pandas as pd
from pydantic import BaseModel, ConfigDict, ValidationError

from geo.errors import DeclarationError, SourceFormatError
from geo.sources.country import Country, validation_sentence
from geo.sources.quantities import Quantity, quantities
from geo.sources.result import CANONICAL, ReadResult, Rejections, canonical, origins

#: the line in the file, in every table at work
ROW = "_row"


class SourceInfo(Protocol):
    """The part of a registered source that a reader may know."""

    @property
    def id(self) -> str:
        """Key of the source in ``sources.csv``."""

    @property
    def date(self) -> str:
        """Vintage of the source, ISO."""


Reader = Callable[[Path, SourceInfo, Country, Mapping[str, Any]], ReadResult]


class Options(BaseModel):
    """Base of the options that ``country.yaml`` may give to one reader."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


Chosen = TypeVar("Chosen", bound=Options)


@dataclass
class Reading(Generic[Chosen]):
    """One file at hand.

    Attributes
    ----------
    path, source, country
        The file, where it is from, and the country that it is read for.
    options
        Of the feed.
    refused
        Takes the rows that cannot be used.
    notes
        Takes sentences for the build report.
    """

    path: Path
    source: SourceInfo
    country: Country
    options: Chosen
    refused: Rejections
    notes: list[str] = field(default_factory=list)

    @classmethod
    def begun(
        cls,
        model: type[Chosen],
        asked: tuple[Path, SourceInfo, Country, Mapping[str, Any]],
        reader: str,
    ) -> Self:
        """Return a reading with nothing refused yet.

        Parameters
        ----------
        model
            Of the options.
        asked
            What a reader is called with.
        reader
            Its module, for messages.

        Raises
        ------
        DeclarationError
            If an option is unknown or of the wrong type; names the known ones.
        """
        path, source, country, options = asked
        try:
            chosen = model.model_validate(dict(options))
        except ValidationError as error:
            raise DeclarationError(
                validation_sentence(error),
                where=where_declared(reader),
                remedy=f"Known options: {', '.join(model.model_fields) or 'none'}.",
            ) from error
        return cls(path, source, country, chosen, Rejections(source.id, path.name))

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """What may be stated in the country, by code."""
        return quantities(self.country)

    def result(self, tables: Mapping[str, pd.DataFrame], date: str = "") -> ReadResult:
        """Return what was read: layer -> table, each made canonical.

        Where the layer keeps it, ``_row`` becomes the origin of each row. ``date`` is
        the day (ISO) that the file itself tells.
        """
        made = {}
        for layer, table in tables.items():
            placed = table
            if "origin" in CANONICAL[layer] and ROW in table:
                placed = table.assign(origin=origins(self.path.name, table[ROW]))
            made[layer] = canonical(layer, placed)
        if "areas" in made:
            areas = made["areas"]
            made["areas"] = gpd.GeoDataFrame(
                areas, geometry="geometry", crs="EPSG:4326"
            )
        return ReadResult(made, self.refused.frame(), date, tuple(self.notes))


def where_declared(reader: str) -> str:
    """Return where the options of a reader stand, by its module."""
    return f"country.yaml, options of reader {reader.rsplit('.', 1)[-1]}"


def reader(
    model: type[Chosen],
) -> Callable[[Callable[[Reading[Chosen]], ReadResult]], Reader]:
    """Make a reader of a function that reads one file, with these options."""

    def made(read: Callable[[Reading[Chosen]], ReadResult]) -> Reader:
        @wraps(read)
        def run(
            path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
        ) -> ReadResult:
            asked = (path, source, country, options)
            return read(Reading.begun(model, asked, read.__module__))

        return run

    return made


def require_columns(
    header: Sequence[str], needed: Sequence[str], where: str, remedy: str
) -> None:
    """Check that all needed columns are there.

    Raises
    ------
    SourceFormatError
        If one is missing; names it, the header found and what to do.
    """
    missing = [name for name in needed if name not in header]
    if missing:
        names = ", ".join(repr(name) for name in missing)
        word = "columns are" if len(missing) > 1 else "column is"
        found = ",".join(header) or "empty"
        raise SourceFormatError(
            f"{word} missing: {names}; the header found is {found}",
            where=where,
            remedy=remedy,
        )
