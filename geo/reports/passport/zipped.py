"""A zip archive without a clock: fixed times, the given order, the same bytes."""

import io
import zipfile

#: The earliest time that a zip entry can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def steady_zip(content: bytes) -> bytes:
    """Return an archive with the same entries, each dated 1 January 1980.

    ``[Content_Types].xml`` comes first, as Office writes it; the rest by name.
    """
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = sorted(source.namelist(), key=lambda n: (n[0] != "[", n))
        for name in names:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            target.writestr(entry, source.read(name), compresslevel=6)
    return held.getvalue()
