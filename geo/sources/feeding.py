"""Fetch and read every feed of a country, in the order of its declarations."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from geo.settings import Settings
from geo.sources.country import Country, Feed
from geo.sources.fetch import CountryFetch, Fetched, fetch_country
from geo.sources.kept import entry_of, kept
from geo.sources.readers.catalog import KEPT, reader_named
from geo.sources.registry import Registry
from geo.sources.result import ReadResult
from geo.sources.text import clean_text
from geo.sources.workbook.store import (
    SuppliedWorkbook,
    read_supplied,
    stated_completeness,
    supplied,
)

Tell = Callable[[str], None]


@dataclass
class Feeding:
    """One reader's result with the source it came from.

    ``date`` is the ISO date that holds for values which carry none of their own.
    """

    source: str
    date: str
    result: ReadResult
    supplier: str = ""


@dataclass
class Gathered:
    """All feeds of a country, and how the manifest names them.

    ``country`` also holds what the raions' workbooks state to be complete. ``left_out``
    names the sources that a public release does without; None of one that is not.
    """

    country: Country
    feedings: list[Feeding] = field(default_factory=list)
    described: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[dict[str, str]] | None = None


def gather(  # noqa: PLR0913 - what a build depends on
    country: Country,
    registry: Registry,
    settings: Settings,
    mirror: str | None,
    on: date,
    tell: Tell,
    *,
    public: bool = False,
) -> Gathered:
    """Fetch and read all feeds, then the workbooks that raions have sent.

    Parameters
    ----------
    country, registry
        Declarations.
    settings
        Cache and the folder of supplied workbooks.
    mirror
        Folder or address; None asks the publishers.
    tell
        Called with the name of the source at hand.
    on
        Day of the release; what a workbook states must be in force on it.
    public
        Leave out what may not be redistributed.

    Raises
    ------
    FetchError, SourceFormatError, DeclarationError
        For the first source that cannot be brought or read.
    """
    brought = fetch_country(
        country, registry, mirror=mirror, cache=settings.cache, public=public
    )
    gathered = Gathered(country, notes=[*brought.skipped, *brought.warnings])
    if public:
        gathered.left_out = [
            {"source": one.id, "title": one.title, "licence": one.spdx}
            for one in brought.left_out
        ]
    for feed in country.feeds:
        if feed.source in brought.files:
            tell(feed.source)
            _read(gathered, feed, brought, settings.cache)
            gathered.notes += _younger(gathered.feedings[-1], on)
    for workbook in supplied(country.code, settings.supplied):
        tell(f"workbook {workbook.raion}")
        _read_workbook(gathered, workbook, on)
    return gathered


def _read(gathered: Gathered, feed: Feed, brought: CountryFetch, cache: Path) -> None:
    fetched, country = brought.files[feed.source], gathered.country
    read = reader_named(feed.reader, where=f"country {country.code}")

    def anew() -> ReadResult:
        return read(fetched.path, fetched.source, country, feed.options)

    result = (
        kept(cache, entry_of(feed, fetched), anew) if feed.reader in KEPT else anew()
    )
    day = result.date or fetched.source.date
    gathered.feedings.append(Feeding(feed.source, day, result))
    gathered.described.append(_described(fetched, feed.reader, day))
    gathered.notes += [f"{feed.source}: {note}" for note in result.notes]


def _younger(feeding: Feeding, on: date) -> list[str]:
    """Note a source of a later day than the release: a slip, or a look back."""
    if feeding.date <= on.isoformat():
        return []
    return [f"{feeding.source} is of {feeding.date}, after the day of the release"]


def _described(fetched: Fetched, reader: str, day: str) -> dict[str, Any]:
    source = fetched.source
    return {
        "source": source.id,
        "version": source.version,
        "title": source.title,
        "sha256": fetched.sha256,
        "licence": source.spdx,
        "share_alike": source.share_alike,
        "redistribute": source.redistribute,
        "attribution": {
            "ru": source.attribution_ru,
            "be": source.attribution_be,
            "en": source.attribution_en,
        },
        "url": source.publisher_url or source.homepage,
        "reader": reader,
        "date": day,
    }


def _read_workbook(gathered: Gathered, workbook: SuppliedWorkbook, on: date) -> None:
    country, source = gathered.country, workbook.source
    result = read_supplied(workbook, country, on=on)
    stated = (*country.completeness, *stated_completeness(workbook))
    gathered.country = country.model_copy(update={"completeness": stated})
    gathered.feedings.append(
        Feeding(source, workbook.date.isoformat(), result, workbook.supplier)
    )
    gathered.described.append(
        {
            "source": source,
            "version": workbook.date.isoformat(),
            "title": clean_text(f"Raion workbook: {workbook.raion}"),
            "sha256": workbook.sha256,
            "licence": "LicenseRef-declared",
            "share_alike": False,
            "redistribute": "derived",
            "attribution": dict.fromkeys(
                ("ru", "be", "en"), clean_text(workbook.supplier)
            ),
            "url": "",
            "reader": "workbook",
            "date": workbook.date.isoformat(),
        }
    )
