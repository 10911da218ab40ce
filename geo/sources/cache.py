"""The cache of downloads: one folder per source and version, one file, its record.

A file without a fixed hash counts only together with its record, which is written
after the file was proved and moved; one process at a time downloads a file.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from geo.errors import FetchError
from geo.sources.download import Patience, download
from geo.sources.partial import PartialFile, Validators
from geo.sources.response import MissingSourceError, Order
from geo.sources.source import TOKEN_MARK, Source
from geo.sources.verify import (
    check_sha256,
    check_signature,
    file_sha256,
    read_record,
    remembered_sha256,
    write_record,
)

#: Called with the source, the bytes that are here and the bytes there will be (None
#: while unknown).
Progress = Callable[[Source, int, int | None], None]


@dataclass(frozen=True)
class Request:
    """How to download.

    Attributes
    ----------
    mirror
        Address of a mirror; None asks the publisher.
    cache
        Folder of the cache.
    progress
        Told of every piece that arrives.
    refresh
        Ask whether the server's file is newer than a copy that has no fixed hash.
    patience
        Timeouts and number of tries.
    """

    mirror: str | None
    cache: Path
    progress: Progress
    refresh: bool
    patience: Patience


def fetch_to_cache(source: Source, request: Request) -> tuple[Path, str, str]:
    """Return path, SHA-256 and public address of a source's file in the cache.

    Raises
    ------
    MissingSourceError
        If there is no address, no such file there, or no token.
    HashMismatchError
        If the bytes are not those that ``sources.csv`` promises; they are removed.
    FetchError
        For every other fault of network, server or disk.
    """
    address = _address(source, request.mirror)
    public = _without_credentials(address)
    final = request.cache / "sources" / source.id / source.version / source.file_name
    with _storage_faults(final.parent):
        final.parent.mkdir(parents=True, exist_ok=True)
        digest = _current(source, final, public, request)
        if not digest:
            with _alone(final, source):
                # Another process may have brought it while this one came here.
                digest = _current(source, final, public, request)
                digest = digest or _bring(source, final, address, request)
    return final, digest, public


def _current(source: Source, final: Path, public: str, request: Request) -> str:
    """Return the hash of a copy that need not be asked for again, else empty."""
    if request.refresh and not source.sha256:
        return ""
    return _trusted_copy(source, final, public, request.cache)


def _trusted_copy(source: Source, final: Path, public: str, cache: Path) -> str:
    """Return the hash of the copy in the cache, or empty if it proves nothing."""
    if not final.is_file():
        return ""
    digest = remembered_sha256(final, cache)
    if source.sha256:
        return digest if digest == source.sha256 else ""
    record = read_record(_record(final))
    same = record.get("sha256") == digest and record.get("address") == public
    return digest if same else ""


def _address(source: Source, mirror: str | None) -> str:
    if mirror is not None:
        return f"{mirror.rstrip('/')}/{quote(source.mirror)}"
    if not source.publisher_url:
        known = f" The dataset is described at {source.homepage}."
        raise MissingSourceError(
            f"no publisher serves the file of source {source.id!r}",
            where="sources.csv",
            remedy=f"Give a mirror that holds {source.mirror!r} with --mirror."
            + (known if source.homepage else ""),
        )
    return source.publisher_url


def _without_credentials(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise FetchError(
            f"not a valid address ({error})",
            where=url,
            remedy="Mend the address in sources.csv or in --mirror.",
        ) from error
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _token(source: Source, mirror: str | None) -> str:
    if mirror is not None or not source.token_env:
        return ""
    token = os.environ.get(source.token_env, "").strip()
    if not token:
        raise MissingSourceError(
            f"source {source.id!r} needs your own token and the environment variable "
            f"{source.token_env} is not set",
            where=source.publisher_url,
            remedy=f"Register at {source.homepage} and set {source.token_env}, or "
            "take the file from a mirror.",
        )
    return token


def _bring(source: Source, final: Path, address: str, request: Request) -> str:
    """Download, prove and move; the hash of the copy if that is still current."""
    secret = _token(source, request.mirror)
    public = _without_credentials(address)
    copy = _trusted_copy(source, final, public, request.cache)
    order = Order(
        url=address.replace(TOKEN_MARK, quote(secret, safe="")),
        public=public,
        secret=secret,
        hashed=bool(source.sha256),
        known=_validators(final) if copy else Validators(),
        hosts=() if request.mirror else tuple(source.redirect_hosts.split()),
    )
    partial = PartialFile(final.with_name(f"{final.name}.part"), public)

    def told(done: int, total: int | None) -> None:
        request.progress(source, done, total)

    if not download(order, partial, request.patience, told):
        return copy
    digest = _prove(source, partial, public)
    validators = partial.validators
    partial.move_to(final)
    write_record(
        _record(final),
        {
            "address": public,
            "etag": validators.etag,
            "last_modified": validators.last_modified,
            "sha256": digest,
        },
    )
    return digest


def _prove(source: Source, partial: PartialFile, public: str) -> str:
    """Return the hash of what arrived, or remove it."""
    try:
        digest = file_sha256(partial.path)
        check_sha256(
            source,
            digest,
            where=public,
            remedy="What arrived was removed. Fetch again; if the publisher has a "
            "newer vintage, add a row with its own version and hash to sources.csv.",
        )
        check_signature(partial.path, source, where=public)
    except FetchError:
        partial.discard()
        raise
    return digest


def _record(final: Path) -> Path:
    return final.with_name(f"{final.name}.json")


def _validators(final: Path) -> Validators:
    record = read_record(_record(final))
    return Validators(
        str(record.get("etag") or ""), str(record.get("last_modified") or "")
    )


@contextmanager
def _alone(final: Path, source: Source) -> Iterator[None]:
    """Let one process at a time download a file."""
    with final.with_name(f"{final.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FetchError(
                f"another process is fetching source {source.id!r}",
                where=str(final),
                remedy="Wait until it has finished, then try again.",
            ) from error
        yield


@contextmanager
def _storage_faults(folder: Path) -> Iterator[None]:
    """Turn a cache that cannot be used into a sentence."""
    try:
        yield
    except OSError as error:
        raise FetchError(
            f"the cache cannot be used ({error.strerror or error})",
            where=str(folder),
            remedy="Set PARITET_CACHE to a folder that you may write to and that has "
            "free space.",
        ) from error
