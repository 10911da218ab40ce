"""What every export says of itself: release, licences, and whether it is made up."""

from collections.abc import Mapping
from typing import Any

SYNTHETIC_NOTICE = (
    "СИНТЕТИЧЕСКИЕ ДАННЫЕ: выдуманная страна, ни одно место не существует. / "
    "СІНТЭТЫЧНЫЯ ДАНЫЯ: выдуманая краіна, ніводнае месца не існуе. / "
    "SYNTHETIC DATA: a made-up country, no place in it exists."
)
UNKNOWN_NOTICE = (
    "An empty cell is unknown, never zero. / Пустая ячейка: неизвестно, а не ноль. / "
    "Пустая ячэйка: невядома, а не нуль."
)


def attributions(manifest: Mapping[str, Any]) -> list[str]:
    """Return one line per source: title, version, attribution, licence.

    The attribution stands in every language that the source declares.
    """
    lines = []
    for source in manifest["inputs"]:
        texts = dict.fromkeys((source.get("attribution") or {}).values())
        head = f"{source.get('title') or source['source']}, {source['version']}"
        said = " / ".join(text for text in texts if text)
        lines.append(f"{head}: {said or 'no attribution stated'} ({source['licence']})")
    return lines


def about_rows(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what an export says of itself, as key and text."""
    names = manifest["country"]["names"]
    rows = [
        ("release", manifest["release"]),
        ("on", manifest["on"]),
        ("country", " / ".join(dict.fromkeys(names.values()))),
        ("synthetic", "yes" if is_synthetic(manifest) else "no"),
    ]
    if is_synthetic(manifest):
        rows.append(("notice", SYNTHETIC_NOTICE))
    rows.append(("reading", UNKNOWN_NOTICE))
    rows += [("attribution", line) for line in attributions(manifest)]
    return [
        *rows,
        ("content_id", manifest["content_id"]),
        ("code_version", f"paritet {manifest['code_version']}"),
        ("schema_version", str(manifest["schema_version"])),
    ]


def is_synthetic(manifest: Mapping[str, Any]) -> bool:
    """Say whether the country is made up."""
    return bool(manifest["country"].get("synthetic"))
