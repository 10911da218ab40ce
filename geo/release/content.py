"""What a release says, as one hash; light, because the server looks at it too."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

#: Keys that :func:`geo.release.write.publish` adds; they are no part of the content.
GIVEN_BY_PUBLISH = frozenset({"release", "content_id", "checksums"})


def content_id(document: Mapping[str, Any], checksums: Mapping[str, str]) -> str:
    """Return the SHA-256 of what a release says, whatever it is called.

    Hashes one line ``<sha256>  <name>`` per file, sorted by name, and a last line
    for the manifest without the keys of :data:`GIVEN_BY_PUBLISH`: a corrected
    attribution is a new content too.
    """
    said = {key: v for key, v in document.items() if key not in GIVEN_BY_PUBLISH}
    own = hashlib.sha256(manifest_bytes(said)).hexdigest()
    lines = [f"{digest}  {name}\n" for name, digest in sorted(checksums.items())]
    return hashlib.sha256("".join([*lines, f"{own}  manifest\n"]).encode()).hexdigest()


def manifest_bytes(document: Mapping[str, Any]) -> bytes:
    """Return the manifest as sorted UTF-8 JSON."""
    text = json.dumps(
        document, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False
    )
    return f"{text}\n".encode()
