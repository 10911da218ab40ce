"""The passport of one settlement: head, standards by domain, scores, sources."""

import math
from collections.abc import Mapping
from typing import Any

from geo.reports.facts import SettlementFacts
from geo.reports.passport.amounts import span
from geo.reports.passport.grammar import counted, number, percent
from geo.reports.passport.lines import Context, by_domain, columns
from geo.reports.passport.page import Cell, Column, Note, Page, Row, Table
from geo.reports.passport.parts import closing_notes, head
from geo.reports.words import name_of, text_of
from geo.texts import spoken, wording
from geo.types import Level, Status, Tristate, Verdict

OVERALL = "overall"
#: How the layer of areas writes a city that stands beside the raions.
CITY = "г. "


def settlement_passport(facts: SettlementFacts, language: str = "ru") -> Page:
    """Return the passport of a settlement.

    Parameters
    ----------
    facts
        Its rows in one release.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.

    Returns
    -------
    Page
        Tables ``standards`` (a row per standard that applies, key its id) and
        ``scores`` (key the domain or ``overall``). Unknown is a word, never 0.
    """
    context = Context.of(facts.release, spoken(language))
    words = context.words
    context.sources.use(facts.row["population_source"])
    context.sources.use(facts.row["source"])
    standards = Table(
        "standards",
        words["settlement_table"],
        columns(words),
        by_domain(context, facts.judgements),
    )
    name = name_of(facts.row, context.language)
    above = dict(_areas(facts))
    where = (
        name_of(above[Level.RAION], context.language) if Level.RAION in above else ""
    )
    return Page(
        **head(context, words["passport"], name, (words["file_passport"], where)),
        facts=tuple(_facts(context, facts)),
        sentences=(_summary(context, facts),),
        tables=(standards, _scores(context, facts)),
        notes=(*_without_norm(context, facts), *closing_notes(context, standards)),
    )


def _facts(context: Context, facts: SettlementFacts) -> list[tuple[str, str]]:
    words, language, row = context.words, context.language, facts.row
    said = [(words["kind"], _kind(context, row))]
    labels = {
        Level.SELSOVET: words["selsovet"],
        Level.RAION: words["raion"],
        Level.OBLAST: words["oblast_area"],
    }
    said += [
        (labels[Level(level)], name_of(area, language)) for level, area in _areas(facts)
    ]
    said.append((words["population"], population(context, row)))
    schemes = wording("schemes", language)
    codes = [
        f"{schemes.get(code['scheme'], code['scheme'])} {code['value']}"
        for code in facts.rows("identifiers")
    ]
    said.append((words["codes"], ", ".join(codes or [row["id"]])))
    return said


def _areas(facts: SettlementFacts) -> list[tuple[str, Mapping[str, Any]]]:
    """Return selsovet, raion and oblast; a city that is its own raion is left out."""
    own = str(facts.row["name"])
    return [
        (level, area)
        for level, area in facts.areas.items()
        if str(area["name"]).removeprefix(CITY) != own
    ]


def _kind(context: Context, row: Mapping[str, Any]) -> str:
    kinds = wording("settlement_kinds.word", context.language)
    if row["kind"]:
        said = kinds.get(row["kind"], row["kind"])
    else:
        possible = row["kinds_possible"] or []
        listed = ", ".join(kinds.get(kind, kind) for kind in possible)
        said = (
            context.sentences["kinds"].format(kinds=listed)
            if listed
            else context.words["unknown"]
        )
    centre = row["selsovet_centre"] == Tristate.YES
    return f"{said}; {context.words['selsovet_centre']}" if centre else said


def population(context: Context, row: Mapping[str, Any]) -> str:
    """Return residents with range, year and status; unknown with its bounds."""
    sentences, language = context.sentences, context.language
    low, high = row["population_low"], row["population_high"]
    bounds = ""
    if low is not None and high is not None and low != high:
        bounds = sentences["between"].format(
            low=number(language, math.floor(low)),
            high=number(language, math.ceil(high)),
        )
    if row["population"] is None:
        key = "population_within" if bounds else "population_unknown"
        return sentences[key].format(range=bounds)
    status = row["population_status"] or Status.UNKNOWN.value
    year = row["population_year"]
    return sentences["population_range" if bounds else "population"].format(
        people=counted(language, "people", row["population"]),
        range=bounds,
        year=sentences["year_unknown"] if year is None else year,
        status=wording("statuses.word", language)[status],
    )


def _summary(context: Context, facts: SettlementFacts) -> str:
    """Say for how many people how many standards are kept, breached, unknown."""
    people = facts.row["population"]
    who = (
        context.sentences["no_people"]
        if people is None
        else counted(context.language, "people", people)
    )
    verdicts = [one.row["verdict"] for one in facts.judgements]
    counts = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
    return context.sentences["verdicts"].format(people=who, **counts)


def _scores(context: Context, facts: SettlementFacts) -> Table:
    words, language = context.words, context.language
    by_group = {row["group"]: row for row in facts.rows("scores")}
    labels = {
        id_: text_of(row["label"], language)
        for id_, row in context.release.domains.items()
        if id_ in by_group
    }
    groups = {**labels, OVERALL: words["overall"]}
    return scores_table(context, groups, by_group)


def scores_table(
    context: Context,
    groups: Mapping[str, str],
    scores: Mapping[str, Mapping[str, Any]],
) -> Table:
    """Return the scores: a column per group, a row for mean gap and for coverage.

    Parameters
    ----------
    context
        Language and words.
    groups
        Key of a group -> what it is called, in the order of the columns.
    scores
        Key of a group -> its row of ``scores`` or ``area_scores``. A group without a
        standard that applies has neither a score nor a coverage and no column.
    """
    words = context.words
    shown = [key for key in groups if scores.get(key, {}).get("coverage") is not None]
    cells = {key: score_cells(context.language, scores[key]) for key in shown}
    columns = (
        Column("group", words["group"], 40),
        *(Column(key, groups[key], 237 / max(1, len(shown))) for key in shown),
    )
    rows = [
        Row(
            what, {"group": Cell(words[what]), **{k: c[what] for k, c in cells.items()}}
        )
        for what in ("score", "coverage")
    ]
    return Table("scores", words["scores"], columns, tuple(rows if shown else ()))


def score_cells(language: str, row: Mapping[str, Any]) -> dict[str, Cell]:
    """Return mean gap with bounds, and coverage of one group."""
    bounds = span(language, row["score_low"], row["score_high"])
    score, coverage = row["score"], row["coverage"]
    said = bounds
    if score is not None:
        middle = percent(language, score)
        said = middle if middle == bounds else f"{middle} ({bounds})"
    elif row["score_low"] != row["score_high"]:
        said = f"{unknown_word(language)} ({bounds})"
    known = unknown_word(language) if coverage is None else percent(language, coverage)
    return {"score": Cell(said, score), "coverage": Cell(known, coverage)}


def unknown_word(language: str) -> str:
    """Return the word for an unknown value."""
    return wording("statuses.word", language)[Status.UNKNOWN.value]


def _without_norm(context: Context, facts: SettlementFacts) -> list[Note]:
    free = {
        one.row["standard"]
        for one in facts.judgements
        if one.row["verdict"] == Verdict.NO_NORM
    }
    titles = [
        text_of(standard["title"], context.language)
        for id_, standard in context.release.standards.items()
        if id_ in free
    ]
    if not titles:
        return []
    return [Note("no_norm", context.words["no_norm"], ("; ".join(titles),))]
