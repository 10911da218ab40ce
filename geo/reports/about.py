"""What every export says of itself: release, licences, and whether it is made up."""

from collections.abc import Mapping
from typing import Any

from geo.layers.schema import LANGUAGES as NAME_LANGUAGES
from geo.texts import LANGUAGES, wording


def _notice(key: str, *languages: str) -> str:
    return " / ".join(wording("notices", language)[key] for language in languages)


SYNTHETIC_NOTICE = _notice("synthetic_export", *LANGUAGES)
UNKNOWN_NOTICE = _notice("empty_cell", "en", "ru", "be")


def one_line(texts: Mapping[str, str] | None) -> str:
    """Return texts by language as one line, each different text once.

    >>> one_line({"en": "Post", "be": "Пошта", "ru": "Почта", "kk": "Почта"})
    'Почта / Пошта / Post'
    """
    given = texts or {}
    order = [*NAME_LANGUAGES, *sorted(set(given) - set(NAME_LANGUAGES))]
    return " / ".join(dict.fromkeys(filter(None, map(given.get, order))))


def attributions(manifest: Mapping[str, Any]) -> list[str]:
    """Return one line per source: title, version, attribution, licence.

    A source that two readers read stands there once. The attribution stands in every
    language that the source declares.
    """
    lines = []
    for source in manifest["inputs"]:
        head = f"{source.get('title') or source['source']}, {source['version']}"
        said = one_line(source.get("attribution")) or "no attribution stated"
        lines.append(f"{head}: {said} ({source['licence']})")
    return list(dict.fromkeys(lines))


def credits_line(manifest: Mapping[str, Any]) -> str:
    """Return the attributions in one language, each once: short enough for a row.

    English where a source has it, else its first language.
    """
    credited = []
    for source in manifest["inputs"]:
        texts = source.get("attribution") or {}
        text = texts.get("en") or one_line(texts).split(" / ")[0]
        credited.append(f"{text or source['source']} ({source['licence']})")
    return "; ".join(dict.fromkeys(credited))


def about_rows(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what an export says of itself, as key and text."""
    names = manifest["country"]["names"]
    rows = [
        ("release", manifest["release"]),
        ("on", manifest["on"]),
        ("country", one_line(names)),
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
