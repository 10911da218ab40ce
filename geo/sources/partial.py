"""A download that is not finished yet, and what of it may be trusted after a crash.

Bytes go to ``<name>.part``. At every checkpoint they are forced to the disk first
and then counted in ``<name>.part.json`` with the server's validator. After a crash
only the counted bytes are kept, and only while the server confirms the validator.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from geo.sources.verify import read_record, write_record

CHECKPOINT_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class Validators:
    """What a server says of the identity of a file; empty where it does not."""

    etag: str = ""
    last_modified: str = ""

    @property
    def strong(self) -> str:
        """The value for ``If-Range``: a strong ETag, else the date."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.last_modified


class PartialFile:
    """Temporary file of one download.

    Parameters
    ----------
    path
        Where the temporary file lies, in the folder of the final one.
    address
        Public address (without a token) that it comes from.
    """

    def __init__(self, path: Path, address: str) -> None:
        self.path = path
        self.address = address
        self.record = path.with_name(f"{path.name}.json")
        self.validators = Validators()
        self.total: int | None = None
        self.size = 0
        self._stream: BinaryIO | None = None
        self._counted = 0
        self._load()

    def _load(self) -> None:
        state = read_record(self.record)
        synced, total = state.get("synced"), state.get("total")
        if state.get("address") != self.address or not self.path.is_file():
            return
        if not isinstance(synced, int) or self.path.stat().st_size < synced:
            return
        self.validators = Validators(
            str(state.get("etag") or ""), str(state.get("last_modified") or "")
        )
        self.total = total if isinstance(total, int) else None
        self.size = synced

    @property
    def complete(self) -> bool:
        """Whether all bytes are here, forced to the disk and counted."""
        return self.total is not None and self.size == self.total

    @property
    def resumable(self) -> bool:
        """Whether a server can be asked for the rest only."""
        return self.size > 0 and bool(self.validators.strong)

    @property
    def free(self) -> int:
        """Free bytes on the disk that the file lies on."""
        return shutil.disk_usage(self.path.parent).free

    def start_over(self, validators: Validators, total: int | None) -> None:
        """Forget what is here; the next byte is the file's first."""
        self.record.unlink(missing_ok=True)
        self.size = 0
        self.validators = validators
        self.total = total

    def __enter__(self) -> Self:
        """Open for appending after the trusted bytes."""
        self._stream = self.path.open("r+b" if self.size else "wb")
        self._stream.truncate(self.size)
        self._stream.seek(self.size)
        self._counted = self.size
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what arrived, unless the disk itself is at fault."""
        if self._stream is None:
            return
        try:
            if not isinstance(error, OSError):
                self.checkpoint()
        finally:
            self._stream.close()
            self._stream = None

    def append(self, chunk: bytes) -> None:
        """Add the next bytes, with a checkpoint now and then."""
        if self._stream is None:
            raise RuntimeError("the partial file is not open")
        self._stream.write(chunk)
        self.size += len(chunk)
        if self.size - self._counted >= CHECKPOINT_BYTES:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Force the bytes to the disk, then count them."""
        if self._stream is None:
            raise RuntimeError("the partial file is not open")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._count()

    def finish(self) -> None:
        """Declare the file whole at its present size."""
        self.total = self.size
        self._count()

    def _count(self) -> None:
        self._counted = self.size
        write_record(
            self.record,
            {
                "address": self.address,
                "etag": self.validators.etag,
                "last_modified": self.validators.last_modified,
                "synced": self.size,
                "total": self.total,
            },
        )

    def move_to(self, final: Path) -> None:
        """Put the whole file in its place in one step."""
        self.path.replace(final)
        sync_folder(final.parent)
        self.record.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove the file and its record."""
        self.path.unlink(missing_ok=True)
        self.start_over(Validators(), None)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to the disk, so that a rename survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
