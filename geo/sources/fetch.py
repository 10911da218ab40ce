"""Bring the sources: from a mirror if one is given, else from the publisher.

A mirror is a folder or a server inside a closed network. Nothing half-written is
ever trusted: a file is downloaded beside its place, checked for length, signature and
hash, forced to the disk and only then moved.
"""

from dataclasses import dataclass, field
from pathlib import Path

from geo.errors import DeclarationError, FetchError
from geo.sources.cache import Progress, Request, fetch_to_cache
from geo.sources.country import Country
from geo.sources.download import Patience
from geo.sources.registry import Registry
from geo.sources.response import MissingSourceError
from geo.sources.source import Source
from geo.sources.verify import check_sha256, remembered_sha256


@dataclass(frozen=True)
class Fetched:
    """A file that is here and proved.

    Attributes
    ----------
    path
        Where it lies: in the mirror folder itself, or in the cache.
    sha256
        Its hash, lower-case hexadecimal.
    origin
        Path or address (without a token) it was taken from; for people, never for a
        release, which holds no path.
    source
        Its row of the registry.
    warnings
        Sentences that must be shown, such as a ban on commercial use.
    """

    path: Path
    sha256: str
    origin: str
    source: Source
    warnings: tuple[str, ...] = ()


@dataclass
class CountryFetch:
    """What was brought for one country.

    Attributes
    ----------
    files
        Source id -> file.
    skipped
        One sentence per optional feed that is not to be had.
    licences
        One line per source that was brought: which licence applies.
    warnings
        Sentences that must be shown.
    left_out
        Sources that a public release must do without.
    """

    files: dict[str, Fetched] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: list[Source] = field(default_factory=list)


def fetch(
    source: Source,
    *,
    mirror: str | Path | None,
    cache: Path,
    progress: Progress | None = None,
    refresh: bool = False,
    patience: Patience | None = None,
) -> Fetched:
    """Bring one source and prove it.

    Parameters
    ----------
    source
        A row of the registry.
    mirror
        Folder, or http(s) address of a server inside a closed network; with a mirror
        nothing is asked of the publisher. None asks the publisher.
    cache
        Folder for downloads and remembered hashes; made if it is missing.
    progress
        Told of every piece that arrives.
    refresh
        Ask the server whether its file is newer than the copy in the cache.
    patience
        Timeouts and number of tries.

    Raises
    ------
    MissingSourceError
        If mirror or publisher has no such file, or a token is not set.
    HashMismatchError
        If the bytes are not those that ``sources.csv`` promises.
    FetchError
        For every other fault of network, server or disk.
    """
    if source.is_tiled:
        raise FetchError(
            f"source {source.id!r} is a set of tiles, not one file",
            where="sources.csv",
            remedy="Name a tile, such as N53_00_E027, and fetch that.",
        )
    if mirror is not None and not _is_server(mirror):
        return _from_folder(source, Path(mirror).expanduser(), cache)
    request = Request(
        mirror=None if mirror is None else str(mirror),
        cache=cache,
        progress=progress or _silent,
        refresh=refresh,
        patience=patience or Patience(),
    )
    return _fetched(source, *fetch_to_cache(source, request))


def fetch_country(  # noqa: PLR0913 - what bringing depends on
    country: Country,
    registry: Registry,
    *,
    mirror: str | Path | None,
    cache: Path,
    progress: Progress | None = None,
    refresh: bool = False,
    public: bool = False,
) -> CountryFetch:
    """Bring every source that feeds a country, each once.

    An optional feed that has no row, no file at the mirror or publisher, or no token
    is skipped with a note; a broken download or a wrong hash is a fault even there. For
    a ``public`` release nothing is brought that may not be redistributed.

    Raises
    ------
    FetchError
        As :func:`fetch`, for the first source that cannot be brought.
    DeclarationError
        If a feed that is not optional names no source of the registry.
    """
    brought = CountryFetch()
    for feed in country.feeds:
        if feed.source in brought.files:
            continue
        try:
            source = registry.by_id(feed.source)
            if public and source.redistribute == "no":
                if source not in brought.left_out:
                    brought.left_out.append(source)
                continue
            got = fetch(
                source, mirror=mirror, cache=cache, progress=progress, refresh=refresh
            )
        except (DeclarationError, MissingSourceError) as error:
            if not feed.optional:
                raise
            note = f"optional source {feed.source!r} was skipped: {error}"
            if note not in brought.skipped:
                brought.skipped.append(note)
            continue
        brought.files[feed.source] = got
        brought.licences.append(source.licence_line)
        brought.warnings.extend(got.warnings)
    return brought


def _silent(_source: Source, _done: int, _total: int | None) -> None:
    """Show nothing."""


def _is_server(mirror: str | Path) -> bool:
    return isinstance(mirror, str) and mirror.lower().startswith(
        ("http://", "https://")
    )


def _fetched(source: Source, path: Path, digest: str, origin: str) -> Fetched:
    warning = (
        f"{source.title} ({source.id}) is under {source.spdx}: non-commercial use "
        "only; a public release leaves it out."
    )
    warnings = (warning,) if source.non_commercial else ()
    return Fetched(path, digest, origin, source, warnings)


def _require_inside(path: Path, folder: Path, source: Source) -> None:
    """Refuse what a link leads out to, and what would be waited for without end."""
    try:
        place = path.resolve()
    except (OSError, RuntimeError) as error:
        raise FetchError(
            f"{source.mirror!r} is a link that leads nowhere ({error})",
            where=str(folder),
            remedy="Copy the file into the mirror.",
        ) from error
    if not place.is_relative_to(folder.resolve()):
        raise FetchError(
            f"{source.mirror!r} is a link out of the mirror, to {str(place)!r}",
            where=str(folder),
            remedy="Copy the file into the mirror; links are followed inside it only.",
        )
    if place.exists() and not place.is_file():
        kind = "folder" if place.is_dir() else "pipe, device or socket"
        raise FetchError(
            f"{source.mirror!r} is a {kind}, not a file",
            where=str(folder),
            remedy="Put the file itself there.",
        )


def _from_folder(source: Source, folder: Path, cache: Path) -> Fetched:
    """Use a mirror's file in place, after its hash was checked."""
    if not folder.is_dir():
        raise FetchError(
            "the mirror folder does not exist",
            where=str(folder),
            remedy="Give an existing folder or an http(s) address with --mirror.",
        )
    path = folder / source.mirror
    _require_inside(path, folder, source)
    if not path.is_file():
        raise MissingSourceError(
            f"the mirror has no file {source.mirror!r} for source {source.id!r}",
            where=str(folder),
            remedy=_how_to_mirror(source),
        )
    try:
        digest = remembered_sha256(path, cache)
    except OSError as error:
        raise FetchError(
            f"the file cannot be read ({error.strerror})",
            where=str(path),
            remedy="Check its rights and the disk it lies on.",
        ) from error
    check_sha256(
        source,
        digest,
        where=str(path),
        remedy="Copy the file to the mirror anew; if it is a newer vintage, add a "
        "row with its own version and hash to sources.csv.",
    )
    return _fetched(source, path, digest, str(path))


def _how_to_mirror(source: Source) -> str:
    if source.publisher_url:
        return (
            f"Copy the file there from {source.publisher_url}, or leave out --mirror."
        )
    known = f" The dataset is described at {source.homepage}."
    return "Copy the file there." + (known if source.homepage else "")
