"""A demo country of 200 settlements, built in seconds: an overlay makes it small."""

import hashlib
import json
from datetime import date
from pathlib import Path

from geo.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
#: the day that it is when tests build
TODAY = date(2026, 11, 30)
SMALL = "synthetic: {seed: 7, settlements: 200}\n"


def overlay(folder: Path, **files: str) -> Path:
    """Write an overlay that makes ``demo`` small; ``files`` are more of its files.

    A key is a path below ``countries/demo`` with ``__`` for the slash and ``_`` for
    the dot before the ending.
    """
    country = folder / "countries" / "demo"
    country.mkdir(parents=True)
    (country / "country.yaml").write_text(SMALL, encoding="utf-8")
    for key, text in files.items():
        stem, _, ending = key.replace("__", "/").rpartition("_")
        path = country / f"{stem}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def settings_of(base: Path, data: Path | None, **given: Path) -> Settings:
    """Return settings whose every folder lies below ``base``."""
    folders = {"releases": base / "releases", "supplied": base / "supplied"}
    folders |= {"cache": base / "cache", "data": data} | given
    return Settings(**folders)


def contents(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by relative name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def served(root: Path, country: str = "demo") -> str:
    """Return the name of the served release."""
    return (root / country / "latest").read_text(encoding="utf-8").strip()


def manifest(release: Path) -> dict:
    """Return the manifest of a release folder."""
    return json.loads((release / "manifest.json").read_bytes())
