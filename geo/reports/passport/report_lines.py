"""One line of the half-year table: its columns, counts, shares and sentence."""

from collections.abc import Mapping
from typing import Any

from geo.reports.passport import evidence
from geo.reports.passport.amounts import DECIMALS, YES_NO
from geo.reports.passport.changes import change
from geo.reports.passport.grammar import counted, number, rounded_percent, whole
from geo.reports.passport.lines import Context
from geo.reports.passport.page import Cell, Column, Medium
from geo.reports.passport.tallies import JUDGED, Tally, Verdicts
from geo.texts import wording
from geo.types import Verdict


def report_columns(words: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns; those of numbers stand in a spreadsheet only."""
    both, sheet, paper = Medium.BOTH, Medium.SHEET, Medium.PRINT
    people, places = words["people"], words["places"]
    kept, breached, unknown = (
        f"{words['actual']}: {words[key].lower()}"
        for key in ("kept", "breached", "unknown_column")
    )
    changed = words["change"]
    return (
        Column("number", words["number"], 8, medium=both),
        Column("standard", words["standard"], 52, medium=both),
        Column("unit", words["unit"], 20, medium=both),
        Column("national", words["national"], 19, medium=both, numeric=True),
        Column("oblast", words["oblast"], 19, medium=both, numeric=True),
        Column("actual", words["actual"], 74, medium=paper),
        Column("kept_people", people, 13, kept, sheet, numeric=True),
        Column("kept_places", places, 13, kept, sheet, numeric=True),
        Column("breached_people", people, 13, breached, sheet, numeric=True),
        Column("breached_places", places, 13, breached, sheet, numeric=True),
        Column("unknown_people", people, 13, unknown, sheet, numeric=True),
        Column("unknown_places", places, 13, unknown, sheet, numeric=True),
        Column("share_low", words["share_low"], 13, words["kept"], sheet, numeric=True),
        Column(
            "share_high", words["share_high"], 13, words["kept"], sheet, numeric=True
        ),
        Column("mean_town", words["mean_town"], 13, medium=sheet, numeric=True),
        Column("mean_village", words["mean_village"], 13, medium=sheet, numeric=True),
        Column("change", changed, 32, medium=paper),
        Column("change_share", words["points"], 13, changed, sheet, numeric=True),
        Column("change_people", people, 13, changed, sheet, numeric=True),
        Column("change_places", places, 13, changed, sheet, numeric=True),
        Column("remark", words["remark"], 68, medium=both),
    )


def norm_cell(
    context: Context, standard: Mapping[str, Any], norm: Mapping[str, Any]
) -> Cell:
    """Return the limit of one norm row as a number; its unit has a column."""
    if context.scale(standard).unit == YES_NO:
        return Cell(context.words["must"])
    text = context.scale(standard).plain(norm["value"])
    return Cell(text, norm["value"], DECIMALS)


def bare_norm(context: Context, cell: Cell) -> Cell:
    """Return a norm as a number where it is one: its unit has a column."""
    if cell.value is None:
        return cell
    return Cell(number(context.language, cell.value, DECIMALS), cell.value, DECIMALS)


def unit_text(context: Context, standard: Mapping[str, Any]) -> str:
    """Return the unit and the direction: «рейсов в неделю, не менее»."""
    scale = context.scale(standard)
    word = scale.word
    if scale.unit == YES_NO or not word:
        return word or context.words["none"]
    key = "unit_at_most" if standard.get("better") == "lower" else "unit_at_least"
    return context.sentences[key].format(unit=word)


def line_cells(
    context: Context,
    standard: Mapping[str, Any],
    now: Verdicts,
    before: Verdicts | None,
    *,
    has_earlier: bool,
) -> dict[str, Cell]:
    """Return unit, counts, shares, sentence and change of a line.

    A norm that concerns nobody today has dashes, not zeros.
    """
    language, judged = context.language, now.judged.places > 0
    none = Cell(context.words["none"])
    cells = {"unit": Cell(unit_text(context, standard))}
    for verdict in JUDGED:
        tally = now.of(verdict)
        places = Cell(number(language, tally.places), float(tally.places))
        cells[f"{verdict}_people"] = people_cell(context, tally) if judged else none
        cells[f"{verdict}_places"] = places if judged else none
    shares = now.shares or (None, None)
    for key, share in zip(("share_low", "share_high"), shares, strict=True):
        cells[key] = _share_cell(context, share)
    cells["actual"] = Cell(sentence(context, now, cells))
    return cells | change(context, now, before, has_earlier=has_earlier)


def people_cell(context: Context, tally: Tally) -> Cell:
    """Return people as a whole number; unknown where nobody's number is known."""
    if tally.places and tally.uncounted == tally.places:
        return Cell(context.words["unknown"])
    people = whole(tally.people)
    return Cell(number(context.language, people), float(people))


def _share_cell(context: Context, share: float | None) -> Cell:
    if share is None:
        return Cell(context.words["none"])
    value = rounded_percent(share)
    return Cell(number(context.language, value, DECIMALS), value, DECIMALS)


def sentence(context: Context, now: Verdicts, cells: Mapping[str, Cell]) -> str:
    """Return the counts of a line as a district writes them, people first.

    «выполнено: 18 400 из 20 100 человек (212 из 240 населённых пунктов), это
    от 91,5 % до 100 % жителей; неизвестно: 1 700 человек в 28 населённых пунктах».
    """
    words, language, judged = context.words, context.language, now.judged
    if not judged.places:
        return words["none"]
    said = {
        verdict: f"{words[key].lower()}: {now.of(verdict).text(language)}"
        for verdict, key in (
            (Verdict.KEPT, "kept"),
            (Verdict.BREACHED, "breached"),
            (Verdict.UNKNOWN, "unknown_column"),
        )
        if now.of(verdict).places
    }
    if judged.uncounted < judged.places:
        said = {Verdict.KEPT: _kept_of(context, now, cells)} | {
            verdict: text for verdict, text in said.items() if verdict != Verdict.KEPT
        }
    return "; ".join(said.values())


def _kept_of(context: Context, now: Verdicts, cells: Mapping[str, Cell]) -> str:
    """Return for how many of how many people and settlements a norm is kept."""
    sentences, language, judged = context.sentences, context.language, now.judged
    said = sentences["kept_of"].format(
        people=cells["kept_people"].text,
        # the sum of the rounded parts, so that the line adds up
        all_people=counted(
            language, "of_people", sum(whole(now.of(v).people) for v in JUDGED)
        ),
        places=cells["kept_places"].text,
        all_places=counted(language, "of_settlements", judged.places),
    )
    if now.shares is None:
        return said
    low, high = cells["share_low"].text, cells["share_high"].text
    text = low if low == high else sentences["between"].format(low=low, high=high)
    shares = wording("grammar", language)["percent"].format(x=text)
    return f"{said}, {sentences['share_range'].format(range=shares)}"


def with_means(
    context: Context, standard: Mapping[str, Any], cells: Mapping[str, Cell]
) -> str:
    """Return the sentence of a line with the means that are known."""
    means = [
        context.sentences[key].format(
            x=evidence.mean_with_unit(context, standard, cells[key])
        )
        for key in ("mean_town", "mean_village")
        if cells[key].value is not None
    ]
    said = cells["actual"].text
    if not means:
        return said
    return f"{said}; {context.sentences['means'].format(means=', '.join(means))}"
