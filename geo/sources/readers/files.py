"""Opening a file: absent, empty, cut short or not UTF-8, it ends in one sentence."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import SourceFormatError

#: No provider's text is larger than this once unpacked: the radio cells of the whole
#: world are, those of a country take a hundredth.
UNPACKED_LIMIT = 2**30
#: Text packs to a tenth, a table of one repeated line to a hundredth; only a bomb packs
#: better. A small file may, for it cannot do harm.
RATIO_LIMIT, RATIO_FROM = 200, 64 * 2**20
_GZIP_MAGIC = b"\x1f\x8b"


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn what the disk says of a file that cannot be read into one sentence.

    Raises
    ------
    SourceFormatError
        If the file is absent, or nobody may read it.
    """
    try:
        yield
    except OSError as error:
        raise SourceFormatError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            remedy="Run `paritet fetch` again or check the mirror.",
        ) from error


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, unpacked if it is gzip.

    Raises
    ------
    SourceFormatError
        If the file is absent, empty, cut short, or larger than any list of a country.
    """
    with opening(path):
        if path.stat().st_size > UNPACKED_LIMIT:
            raise _too_large(path, f"{path.stat().st_size:,} bytes")
        content = path.read_bytes()
    if content.startswith(_GZIP_MAGIC):
        content = _unpack(content, path)
    elif path.suffix == ".gz" and content:
        raise SourceFormatError(
            "the name says gzip but the content is not",
            where=str(path),
            remedy="Fetch the file again, or remove .gz from its name.",
        )
    if not content.strip():
        raise SourceFormatError(
            "the file is empty", where=str(path), remedy="Fetch it again."
        )
    return content


def _too_large(path: Path, what: str) -> SourceFormatError:
    return SourceFormatError(
        f"the file is too large ({what})",
        where=str(path),
        remedy="Check where it came from, or cut it down to the country.",
    )


def _unpack(content: bytes, path: Path) -> bytes:
    limit = min(UNPACKED_LIMIT, max(RATIO_FROM, RATIO_LIMIT * len(content)))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            unpacked = stream.read(limit + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise SourceFormatError(
            f"the gzip file is cut short or damaged ({error})",
            where=str(path),
            remedy="Fetch it again.",
        ) from error
    if len(unpacked) > limit:
        raise _too_large(
            path,
            f"{len(content):,} bytes unpack to more than {limit:,}: a gzip bomb",
        )
    return unpacked


def decode(content: bytes, where: str) -> str:
    """Return UTF-8 text without a byte order mark.

    Raises
    ------
    SourceFormatError
        If a byte is no UTF-8, or zero; names line and byte and what it looks like.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceFormatError(
            f"not UTF-8 text: byte 0x{content[error.start]:02X} at offset "
            f"{error.start}{_likely_encoding(content)}",
            where=f"{where}, line {line}",
            remedy="Save the file as UTF-8.",
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceFormatError(
            "a byte of zero, which no text holds (it looks like UTF-16, or damaged)",
            where=f"{where}, line {line}",
            remedy="Save the file as UTF-8, or fetch it again.",
        )
    return text


def _likely_encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (it looks like UTF-16)"
    # In Windows-1251 nearly every byte above 127 is a letter, 0xC0-0xFF.
    high = [byte for byte in content[:65536] if byte > 0x7F]  # noqa: PLR2004
    letters = sum(byte >= 0xC0 for byte in high)  # noqa: PLR2004
    return " (it looks like Windows-1251)" if letters * 10 > len(high) * 8 else ""


def read_text(path: Path) -> str:
    """Return the text of a file, unpacked and checked to be UTF-8."""
    return decode(read_bytes(path), str(path))
