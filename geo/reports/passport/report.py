"""The half-year table of a raion: norm, oblast norm, actual, change since last time.

Numbers stand in columns of their own for a spreadsheet; the printed table says the
same numbers in one sentence per line.
"""

from collections.abc import Mapping
from typing import Any

from geo.errors import ComparisonError, NotFoundError
from geo.release.read import Release
from geo.reports.facts import AreaFacts, area_facts
from geo.reports.passport import evidence
from geo.reports.passport.amounts import of_oblast
from geo.reports.passport.area import (
    area_head,
    is_scored,
    norms,
    people_sentences,
    reading_of,
    remark,
    titled,
)
from geo.reports.passport.changes import norm_change, past_norm
from geo.reports.passport.grammar import day
from geo.reports.passport.lines import (
    Context,
    by_domain,
    cite_all,
    columns,
    domains,
    norm_of,
)
from geo.reports.passport.page import Cell, Page, Row, RowKind, Table
from geo.reports.passport.parts import closing_notes, head
from geo.reports.passport.report_lines import (
    bare_norm,
    line_cells,
    norm_cell,
    report_columns,
    with_means,
)
from geo.reports.passport.tallies import Verdicts, by_norm, whole_area
from geo.reports.words import name_of, text_of
from geo.texts import spoken

#: A district's table is read, not filed: it goes on to a second sheet before its
#: letters become smaller, in points.
SMALLEST = 7.0
#: Key of the class that is open, because kind or population is not known.
OPEN = "open"


def check_country(release: str, earlier: str) -> None:
    """Refuse a last report of another country, before it is looked for.

    Parameters
    ----------
    release, earlier
        Release ids, such as ``by/2026-11-25.1``.

    Raises
    ------
    ComparisonError
        If they are of two countries.
    """
    if release.partition("/")[0] != earlier.partition("/")[0]:
        raise ComparisonError(
            f"the last report {earlier[:60]!r} is of another country",
            where=release,
            remedy="Give an earlier release of the same country.",
        )


def check_comparable(facts: AreaFacts, earlier: AreaFacts) -> None:
    """Refuse an earlier report that is none.

    Raises
    ------
    ComparisonError
        If it is of another country, or not of an earlier day.
    """
    release, past = facts.release, earlier.release
    check_country(release.id, past.id)
    if past.on >= release.on:
        raise ComparisonError(
            f"the last report {past.id!r} is not of an earlier day",
            where=release.id,
            remedy="Give an earlier release of the same country.",
        )


def earlier_facts(release: Release, area: str) -> AreaFacts:
    """Return the area as the last report had it.

    Raises
    ------
    ComparisonError
        If the release of the last report has no such area.
    """
    try:
        return area_facts(release, area)
    except NotFoundError as error:
        raise ComparisonError(
            f"the last report has no area {area[:60]!r}",
            where=release.id,
            remedy="Give a release that has it, or none: then nothing is compared.",
        ) from error


def half_year_report(
    facts: AreaFacts, earlier: AreaFacts | None = None, language: str = "ru"
) -> Page:
    """Return the half-year table of an area.

    Parameters
    ----------
    facts
        The area in the release that is reported.
    earlier
        The same area in the release of the last report; None: there is none.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.

    Returns
    -------
    Page
        Table ``report``: a row per standard, and below it one per class of settlement
        where the norms differ, key ``<standard>/<norm id>``; ``units`` where the area
        itself is judged.

    Raises
    ------
    ComparisonError
        If the earlier report is of another country or of no earlier day.
    """
    if earlier is not None:
        check_comparable(facts, earlier)
    context = Context.of(facts.release, spoken(language))
    words = context.words
    context.sources.use(facts.row["source"])
    rows = tuple(_rows(context, facts, earlier))
    tables = [Table("report", words["report_table"], report_columns(words), rows)]
    if facts.units:
        own = by_domain(context, facts.units)
        tables.append(Table("units", words["unit_table"], columns(words), own))
    name = name_of(facts.row, context.language)
    return Page(
        **head(context, words["report"], name, (words["file_report"], "")),
        facts=tuple(area_head(context, facts)),
        sentences=(
            " ".join(people_sentences(context, facts)),
            _since(context, earlier),
        ),
        tables=tuple(tables),
        notes=closing_notes(context, *tables, extra=reading_of(facts)),
        smallest=SMALLEST,
    )


def _since(context: Context, earlier: AreaFacts | None) -> str:
    if earlier is None:
        text = context.sentences["no_earlier"]
        return f"{text[0].upper()}{text[1:]}."
    return context.sentences["since"].format(
        release=earlier.release.id,
        day=day(context.language, earlier.release.on),
    )


def _rows(context: Context, facts: AreaFacts, earlier: AreaFacts | None) -> list[Row]:
    rows: list[Row] = []
    count = 0
    for heading, standards in domains(context, lambda one: is_scored(facts, one)):
        rows.append(heading)
        for standard in standards:
            count += 1
            classes = _classes(context, facts, earlier, standard)
            cells = _whole(context, facts, earlier, standard)
            if not classes:
                cells["remark"] = _with_changes(context, earlier, standard, cells)
            cells["number"] = Cell(str(count))
            rows += [Row(str(standard["id"]), cells), *classes]
    return rows


def _whole(
    context: Context,
    facts: AreaFacts,
    earlier: AreaFacts | None,
    standard: Mapping[str, Any],
) -> dict[str, Cell]:
    """Return the line of a standard over all classes, as the release published it."""
    key = str(standard["id"])
    now = whole_area(facts, key)
    before = None
    if earlier is not None and is_scored(earlier, standard):
        before = whole_area(earlier, key)
    cells = line_cells(context, standard, now, before, has_earlier=earlier is not None)
    cells |= {
        "standard": Cell(f"{titled(context, standard)} {cite_all(context, standard)}"),
        "national": bare_norm(context, norms(context, standard, oblast=False)),
        "oblast": bare_norm(context, norms(context, standard, oblast=True)),
        "mean_town": evidence.mean(context, facts, standard, "town"),
        "mean_village": evidence.mean(context, facts, standard, "village"),
        "remark": Cell(_sourced(context, facts, standard, now)),
    }
    return cells | {"actual": Cell(with_means(context, standard, cells))}


def _sourced(
    context: Context, facts: AreaFacts, standard: Mapping[str, Any], now: Verdicts
) -> str:
    """Return the remark of a line and where its values are from."""
    said = remark(context, facts, standard, now)
    indicator = standard.get("indicator")
    sources = evidence.sources(context, facts, indicator)
    if sources == context.words["unknown"]:
        return said
    dates = evidence.dates(context, facts, indicator)
    text = context.sentences["sourced"].format(sources=sources, dates=dates)
    return f"{said}; {text}"


def _with_changes(
    context: Context,
    earlier: AreaFacts | None,
    standard: Mapping[str, Any],
    cells: Mapping[str, Cell],
) -> Cell:
    """Return the remark of a line without classes, changed norms first."""
    parts = [
        text
        for norm in standard["norms"]
        for text in norm_change(context, earlier, standard, norm)
    ]
    if cells["remark"].text != context.words["none"] or not parts:
        parts.append(cells["remark"].text)
    return Cell("; ".join(parts))


def _classes(
    context: Context,
    facts: AreaFacts,
    earlier: AreaFacts | None,
    standard: Mapping[str, Any],
) -> list[Row]:
    """Return a line per class of settlement; one class says no more than the whole."""
    key = str(standard["id"])
    groups = by_norm(facts, key)
    if len(groups) == 1:
        return []
    rows = []
    for norm_id in [*(norm["id"] for norm in standard["norms"]), None]:
        if norm_id in groups:
            before = _before(earlier, standard, norm_id)
            has_earlier = earlier is not None
            now = groups[norm_id]
            cells = line_cells(context, standard, now, before, has_earlier=has_earlier)
            norm = norm_of(standard, norm_id)
            cells |= _class_cells(context, standard, norm)
            remarks = norm_change(context, earlier, standard, norm)
            if norm is None:
                remarks.append(context.sentences["settles_class"])
            cells["remark"] = Cell("; ".join(remarks) or context.words["none"])
            rows.append(Row(f"{key}/{norm_id or OPEN}", cells, RowKind.PART))
    return rows


def _before(
    earlier: AreaFacts | None, standard: Mapping[str, Any], norm_id: str | None
) -> Verdicts | None:
    """Return a class in the last report, None where its norm did not stand there."""
    if earlier is None or not is_scored(earlier, standard):
        return None
    if norm_id is not None and past_norm(earlier, standard, norm_id) is None:
        return None
    return by_norm(earlier, str(standard["id"])).get(norm_id, Verdicts({}))


def _class_cells(
    context: Context, standard: Mapping[str, Any], norm: Mapping[str, Any] | None
) -> dict[str, Cell]:
    """Return the name and the norm of a class; of the open one neither is known."""
    words = context.words
    none, missing = Cell(words["none"]), Cell(words["no_list"])
    means = {"mean_town": none, "mean_village": none}
    if norm is None:
        label = words["class_unknown"]
        national, oblast = Cell(words["unknown"]), missing
    else:
        label = text_of(norm.get("label"), context.language) or str(norm["id"])
        one = norm_cell(context, standard, norm)
        national, oblast = (missing, one) if of_oblast(norm) else (one, missing)
    cells = {"number": Cell(""), "standard": Cell(label)}
    return cells | {"national": national, "oblast": oblast} | means
