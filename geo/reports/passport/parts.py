"""The parts that every page has: head, sources, how to read it, which release."""

from collections.abc import Iterable
from typing import Any

from geo.reports.about import SYNTHETIC_NOTICE
from geo.reports.passport.grammar import day
from geo.reports.passport.lines import Context
from geo.reports.passport.page import Note, Table
from geo.texts import wording


def head(
    context: Context, title: str, name: str, file_name: tuple[str, str]
) -> dict[str, Any]:
    """Return the fields of a page that name it.

    Parameters
    ----------
    context
        Manifest and language.
    title
        The kind of document.
    name
        Whom it is about.
    file_name
        What the file is called before the name, and what tells namesakes apart.
    """
    on = context.release.on
    kind, where = file_name
    place = f"{name} ({where})" if where and where != name else name
    return {
        "language": context.language,
        "title": title,
        "name": name,
        "state": context.sentences["state"].format(day=day(context.language, on)),
        "notice": SYNTHETIC_NOTICE if context.release.synthetic else "",
        "release": context.release.id,
        "on": on,
        "file_name": f"{kind} — {place}, {on}",
    }


def closing_notes(
    context: Context, *tables: Table, extra: tuple[str, ...] = ()
) -> tuple[Note, ...]:
    """Return acts, sources, how to read the page, and the release it is from.

    Parameters
    ----------
    context
        Its acts and sources are what the tables, made before, cite.
    tables
        They decide which words need an explanation.
    extra
        Keys of further sentences on how to read the page.
    """
    words, sentences = context.words, context.sentences
    reading = ["reading_unknown", *extra]
    acts = context.acts.lines()
    reported = wording("confidences", context.language)["reported"]
    if any(line.endswith(reported) for line in acts):
        reading.append("reading_reported")
    texts = [
        cell.text
        for table in tables
        for row in table.rows
        for cell in row.cells.values()
    ]
    if words["no_list"] in texts:
        reading.append("reading_oblast")
    if any(sentences["note"] in text for text in texts):
        reading.append("reading_note")
    content = str(context.release.manifest.get("content_id") or words["unknown"])
    numbered = sentences["numbered"].format(content=content)
    notes = (
        Note("acts", words["acts"], _joined(". ", acts)),
        Note("readings", words["readings"], _joined(" ", context.readings.lines())),
        Note("sources", words["sources"], _joined("; ", context.sources.lines())),
        Note("reading", words["reading"], _joined(" ", map(sentences.get, reading))),
        Note(
            "release",
            words["release"],
            (f"{context.release.id}. {numbered}",),
        ),
    )
    return tuple(note for note in notes if note.lines)


def _joined(between: str, texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return texts as one line: a sheet of paper has more width than height."""
    said = between.join(filter(None, texts))
    return (said,) if said else ()
