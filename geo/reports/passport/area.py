"""The passport of a raion (or another area): people by verdict, and where it fails."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.reports.facts import AreaFacts
from geo.reports.passport import evidence
from geo.reports.passport.amounts import DECIMALS, of_oblast
from geo.reports.passport.grammar import counted, number, percent
from geo.reports.passport.lines import (
    Context,
    by_domain,
    cite_all,
    columns,
    domains,
    force_word,
    who_could,
)
from geo.reports.passport.page import Cell, Column, Note, Page, Row, Table
from geo.reports.passport.parts import closing_notes, head
from geo.reports.passport.settlement import (
    OVERALL,
    score_cells,
    scores_table,
)
from geo.reports.passport.tallies import (
    ALL,
    JUDGED,
    Tally,
    Verdicts,
    people_of,
    published,
    whole_area,
    without_people,
)
from geo.reports.words import name_of, text_of
from geo.texts import spoken, wording
from geo.types import Level, Verdict

#: Settlements named per breached standard; the rest are counted.
LISTED = 6
REASONS_SAID = 2


def area_passport(facts: AreaFacts, language: str = "ru") -> Page:
    """Return the passport of an area.

    Parameters
    ----------
    facts
        What one release says of it.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.

    Returns
    -------
    Page
        Tables ``standards`` (people and settlements by verdict, key the standard),
        ``units`` where the area itself is judged, and ``scores``.
    """
    context = Context.of(facts.release, spoken(language))
    words = context.words
    context.sources.use(facts.row["source"])
    tables = [_standards(context, facts)]
    if facts.units:
        rows = by_domain(context, facts.units)
        tables.append(Table("units", words["unit_table"], columns(words), rows))
    tables.append(_scores(context, facts))
    name = name_of(facts.row, context.language)
    return Page(
        **head(context, words["passport"], name, (words["file_passport"], "")),
        facts=tuple(area_head(context, facts)),
        sentences=tuple(_sentences(context, facts)),
        tables=tuple(tables),
        notes=(
            *_breached(context, facts),
            *closing_notes(context, *tables, extra=reading_of(facts)),
        ),
    )


def reading_of(facts: AreaFacts) -> tuple[str, ...]:
    """Return which sentences on how to read counts a page of this area needs."""
    villages = people_of(facts, "village").places > 0
    return ("reading_sums", *(("reading_villages",) if villages else ()))


def area_head(context: Context, facts: AreaFacts) -> list[tuple[str, str]]:
    """Return the facts of the head: parents, people, settlements, code."""
    words, language = context.words, context.language
    said = [
        (words["oblast_area"], name_of(row, language))
        for level, row in facts.parents.items()
        if level == Level.OBLAST
    ]
    everybody = people_of(facts, ALL)
    said.append((words["population"], counted(language, "people", everybody.people)))
    official = facts.row["population_official"]
    if official is not None:
        year = facts.row["population_official_year"]
        people = counted(language, "people", official)
        said.append((words["official"], f"{people}, {year}"))
    said.append((words["places_count"], number(language, everybody.places)))
    return [*said, (words["code"], str(facts.row["id"]))]


def people_sentences(context: Context, facts: AreaFacts) -> list[str]:
    """Return who lives where: towns, villages, and whose number is unknown."""
    sentences, language = context.sentences, context.language
    said = []
    for subgroup, noun in (("town", "towns"), ("village", "villages")):
        tally = people_of(facts, subgroup)
        if tally.places:
            said.append(sentences[noun].format(people=tally.text(language, noun)))
    missing = without_people(facts)
    if missing:
        n = counted(language, "of_settlements", missing)
        text = sentences["uncounted"].format(n=n)
        said.append(f"{text[0].upper()}{text[1:]}.")
    return said


def _sentences(context: Context, facts: AreaFacts) -> list[str]:
    said = [" ".join(people_sentences(context, facts))]
    verdicts = published(facts, OVERALL)
    texts = {v.value: verdicts.of(v).text(context.language) for v in JUDGED}
    said.append(context.sentences["overall"].format(**texts))
    row = facts.scores.get((ALL, OVERALL))
    if row is None or row["coverage"] is None:
        return [*said, context.sentences["coverage_unknown"]]
    share = percent(context.language, row["coverage"])
    return [*said, context.sentences["coverage"].format(share=share)]


def _columns(words: Mapping[str, str]) -> tuple[Column, ...]:
    widths = {
        "number": 7, "standard": 42, "national": 21, "oblast": 15, "kept": 17,
        "breached": 17, "unknown": 18, "gap": 21, "coverage": 13, "responsible": 30,
        "act": 8, "source": 20, "date": 16, "remark": 66,
    }  # fmt: skip
    titles = {**words, "unknown": words["unknown_column"]}
    groups = dict.fromkeys(map(str, JUDGED), words["people_places"])
    return tuple(
        Column(key, titles[key], width, groups.get(key, ""))
        for key, width in widths.items()
    )


def _standards(context: Context, facts: AreaFacts) -> Table:
    rows: list[Row] = []
    count = 0
    for heading, standards in domains(context, lambda one: is_scored(facts, one)):
        rows.append(heading)
        for standard in standards:
            count += 1
            cells = {"number": Cell(str(count))} | _cells(context, facts, standard)
            rows.append(Row(standard["id"], cells))
    words = context.words
    return Table("standards", words["settlement_table"], _columns(words), tuple(rows))


def is_scored(facts: AreaFacts, standard: Mapping[str, Any]) -> bool:
    """Say whether a release published counts of a standard for the area."""
    return (ALL, f"standard:{standard['id']}") in facts.scores


def _cells(
    context: Context, facts: AreaFacts, standard: Mapping[str, Any]
) -> dict[str, Cell]:
    words, language = context.words, context.language
    verdicts = whole_area(facts, standard["id"])
    row = facts.scores[ALL, f"standard:{standard['id']}"]
    scored = score_cells(language, row)
    judged = verdicts.judged.places > 0
    none = Cell(words["none"])
    indicator = standard.get("indicator")
    return {
        "standard": Cell(titled(context, standard)),
        "national": norms(context, standard, oblast=False),
        "oblast": norms(context, standard, oblast=True),
        **{
            v.value: _people(context, verdicts.of(v)) if judged else none
            for v in JUDGED
        },
        "gap": scored["score"] if judged else none,
        "coverage": scored["coverage"] if judged else none,
        "responsible": Cell(text_of(standard.get("responsible"), language)),
        "act": Cell(cite_all(context, standard)),
        "source": Cell(evidence.sources(context, facts, indicator)),
        "date": Cell(evidence.dates(context, facts, indicator)),
        "remark": Cell(remark(context, facts, standard, verdicts)),
    }


def titled(context: Context, standard: Mapping[str, Any]) -> str:
    """Return the title of a standard, and what it is if it is no law in force."""
    title = text_of(standard["title"], context.language) or str(standard["id"])
    force = force_word(context, standard)
    return f"{title} ({force})" if force else title


def norms(context: Context, standard: Mapping[str, Any], *, oblast: bool) -> Cell:
    """Return the limits of one list of norms; several as a range over the classes."""
    scale = context.scale(standard)
    values = sorted(
        {norm["value"] for norm in standard["norms"] if of_oblast(norm) == oblast}
    )
    if len(values) > 1:
        said = scale.range(values[0], values[-1])
        return Cell(f"{said}, {context.words['by_class']}")
    return scale.limit(values[0] if values else None)


def _people(context: Context, tally: Tally) -> Cell:
    return Cell(tally.short(context.language), round(tally.people, DECIMALS))


def remark(
    context: Context, facts: AreaFacts, standard: Mapping[str, Any], verdicts: Verdicts
) -> str:
    """Return why answers are unknown, who could help, and how values are known."""
    sentences, language = context.sentences, context.language
    parts = []
    if verdicts.reasons:
        words = wording("reasons.why", language)
        said = [
            f"{words.get(reason, reason)} ({number(language, places)})"
            for reason, places in verdicts.reasons[:REASONS_SAID]
        ]
        parts.append(sentences["why"].format(reasons=", ".join(said)))
        parts += who_could(context, standard)
    known = evidence.known_by(context, facts, standard.get("indicator"))
    if known:
        parts.append(sentences["values"].format(statuses=known))
    for verdict, key in (
        (Verdict.NOT_DUE, "not_due"),
        (Verdict.NO_NORM, "no_norm_here"),
    ):
        tally = verdicts.of(verdict)
        if tally.places:
            parts.append(sentences[key].format(people=tally.short(language)))
    return "; ".join(parts) or context.words["none"]


def _scores(context: Context, facts: AreaFacts) -> Table:
    words, language = context.words, context.language
    scores = {
        subject: row for (group, subject), row in facts.scores.items() if group == ALL
    }
    labels = {
        subject: text_of(row["label"], language)
        for id_, row in context.release.domains.items()
        if (subject := f"domain:{id_}") in scores
    } | {OVERALL: words["overall"]}
    return scores_table(context, labels, scores)


def _breached(context: Context, facts: AreaFacts) -> list[Note]:
    """Name the largest settlements where a standard is breached; count the rest."""
    lines = []
    for id_, standard in context.release.standards.items():
        places = [
            (facts.settlements[row["settlement_id"]], row["gap"])
            for row in facts.judgements.get(id_, [])
            if row["verdict"] == Verdict.BREACHED
        ]
        if places:
            lines.append(f"{titled(context, standard)}: {_named(context, places)}.")
    if not lines:
        return []
    return [Note("breached", context.words["breached_list"], tuple(lines))]


def _named(
    context: Context, places: Sequence[tuple[Mapping[str, Any], float | None]]
) -> str:
    language = context.language
    places = sorted(
        places, key=lambda pair: (-(pair[0]["population"] or 0), pair[0]["id"])
    )
    said = []
    for place, gap in places[:LISTED]:
        people = place["population"]
        inside = [
            context.sentences["no_people"].lower()
            if people is None
            else counted(language, "people", people)
        ]
        if gap is not None:
            inside.append(percent(language, gap))
        said.append(f"{name_of(place, language)} ({', '.join(inside)})")
    rest = Tally()
    for place, _gap in places[LISTED:]:
        people = place["population"]
        rest += Tally(people or 0.0, 1, int(people is None))
    if rest.places:
        said.append(context.sentences["rest"].format(people=rest.text(language)))
    return ", ".join(said)
