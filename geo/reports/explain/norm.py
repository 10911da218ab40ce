"""The norm in words: limit, class, act, validity, who answers for it.

Which rows are or may be the norm of a place was decided by the judge and is recorded.
"""

from geo.release.read import Entry
from geo.reports.counting import long_date
from geo.reports.facts import Judgement
from geo.reports.words import act_of, limit_of, text_of
from geo.texts import wording
from geo.types import Reason, Status, Verdict


def norm_parts(known: Judgement, language: str) -> tuple[list[Entry], list[str]]:
    """Return the norms that are or may be the settlement's, and the sentences.

    Where there is no norm, all rows of the standard are returned; where the norm was
    not read, those beside it that were; where the release does not record which are
    possible, none.
    """
    rows = known.norms
    if known.row["reason"] == Reason.NORM_NOT_READ:
        return _unread(known, known.possible or [], language)
    if not rows:
        return [], [wording("explain.say", language)["no_rows"]]
    if known.row["verdict"] == Verdict.NO_NORM:
        return _without(known, rows, language)
    own = known.decisive
    if own is not None:
        sentences = [_certain(known, own, language), *_readings([own], language)]
        return [_fields(own)], sentences
    possible = known.possible
    if possible is None:
        untold = wording("explain.say", language)["norms_unrecorded"]
        return [], [untold.format(responsible=_responsible(known, language))]
    return _possible(known, possible, language)


def _fields(norm: Entry) -> Entry:
    names = (
        "id", "op", "value", "applies", "valid_from", "valid_to", "due", "source",
        "confidence", "verified", "label", "note",
    )  # fmt: skip
    return {name: norm.get(name) for name in names}


def limit_text(known: Judgement, norm: Entry, language: str) -> str:
    """Return "at least 20 trips a week"."""
    return limit_of(norm, known.indicator.get("unit", ""), language)


def _label(norm: Entry, language: str) -> str:
    return text_of(norm.get("label"), language) or str(norm["id"])


def _certain(known: Judgement, norm: Entry, language: str) -> str:
    say = wording("explain.say", language)
    return say["norm"].format(
        limit=limit_text(known, norm, language),
        label=_label(norm, language),
        act=act_of(norm, language),
        valid=_valid(norm, language),
        responsible=_responsible(known, language),
    )


def _valid(norm: Entry, language: str) -> str:
    say = wording("explain.say", language)
    first, last = norm.get("valid_from"), norm.get("valid_to")
    days = {
        "first": long_date(first, language) if first else "",
        "last": long_date(last, language) if last else "",
    }
    if first and last:
        return say["valid_both"].format(**days)
    if first:
        return say["valid_from"].format(day=days["first"])
    if last:
        unknown = say["valid_unknown"]
        return f"{say['valid_to'].format(day=days['last'])}; {unknown}"
    return say["valid_unknown"]


def _responsible(known: Judgement, language: str) -> str:
    declared = text_of(known.standard.get("responsible"), language)
    return declared or str(known.row["responsible"] or "")


def _possible(
    known: Judgement, may: list[Entry], language: str
) -> tuple[list[Entry], list[str]]:
    say = wording("explain.say", language)
    said = [_row(known, norm, language) for norm in may]
    if may_be_none(known):
        said.append(say["none_too"])
    sentence = say["norms_possible"].format(
        rows="; ".join(said), responsible=_responsible(known, language)
    )
    said = [sentence, _acts(may, language), *_readings(may, language)]
    return [_fields(norm) for norm in may], said


def may_be_none(known: Judgement) -> bool:
    """Tell whether, beside the norms that are possible, none is possible too."""
    strict = known.standard.get("better") == "lower"
    return known.row["norm_high" if strict else "norm_low"] is None


def _readings(rows: list[Entry], language: str) -> list[str]:
    """Return how the project reads what the text of these rows leaves open."""
    say = wording("explain.say", language)
    texts = [text_of(norm.get("reading"), language) for norm in rows]
    return [say["reading"].format(text=text) for text in dict.fromkeys(texts) if text]


def _unread(
    known: Judgement, may: list[Entry], language: str
) -> tuple[list[Entry], list[str]]:
    """Say that it was not read what holds, and which rows that were read may."""
    say = wording("explain.say", language)
    rows = "; ".join(_row(known, norm, language) for norm in may)
    sentence = say["norm_unread"].format(
        rows=say["unread_rows"].format(rows=rows) if may else "",
        responsible=_responsible(known, language),
    )
    said = [_acts(may, language), *_readings(may, language)] if may else []
    return [_fields(norm) for norm in may], [sentence, *said]


def _row(known: Judgement, norm: Entry, language: str) -> str:
    say = wording("explain.say", language)
    return say["row"].format(
        limit=limit_text(known, norm, language), label=_label(norm, language)
    )


def _acts(rows: list[Entry], language: str) -> str:
    say = wording("explain.say", language)
    acts = "; ".join(dict.fromkeys(act_of(norm, language) for norm in rows))
    return say["acts"].format(acts=acts)


def _without(
    known: Judgement, rows: list[Entry], language: str
) -> tuple[list[Entry], list[str]]:
    """Name the rows, none of which is the norm of this settlement."""
    say = wording("explain.say", language)
    asked = known.row["status"] != Status.NOT_APPLICABLE
    said = say["no_norm" if asked else "no_subject"].format(
        rows="; ".join(_row(known, norm, language) for norm in rows),
        acts="; ".join(dict.fromkeys(act_of(norm, language) for norm in rows)),
    )
    return [_fields(norm) for norm in rows], [said]
