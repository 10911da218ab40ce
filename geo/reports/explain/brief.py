"""The one sentence that a card opens with: verdict, value, norm, source and day."""

from geo.release.read import Entry
from geo.reports.counting import long_date
from geo.reports.explain.norm import limit_text, may_be_none
from geo.reports.explain.value import number_text
from geo.reports.explain.verdict import ASSUMPTION, reason_text
from geo.reports.facts import Judgement
from geo.reports.words import text_of
from geo.texts import wording
from geo.types import Reason, Status, Verdict

#: Of these there is no figure to tell; why not stands in the reason.
_UNTOLD = frozenset({Status.UNKNOWN, Status.NOT_APPLICABLE, Status.AT_HOME})


def brief(known: Judgement, language: str) -> str:
    r"""Return the verdict and what it rests on in one sentence.

    What is not known is left out, but for the reason of an unknown answer and who could
    tell; of a place without a norm it is said that there is none.

    Parameters
    ----------
    known
        A verdict on a settlement.
    language
        One of :data:`geo.texts.LANGUAGES`.
    """
    verdict = wording("verdicts.clause", language)[known.row["verdict"]]
    said = verdict[:1].upper() + verdict[1:]
    if known.row["verdict"] == Verdict.NO_NORM:
        return f"{said}."
    parts = [
        _value(known, language),
        _reason(known, language),
        _norm(known, language),
        _due(known, language),
        _source(known, language),
        _could(known, language),
    ]
    told = "; ".join(part for part in parts if part)
    return f"{said}: {told}." if told else f"{said}."


def _is_told(known: Judgement) -> bool:
    return known.value is not None and known.value["status"] not in _UNTOLD


def _value(known: Judgement, language: str) -> str:
    row = known.value
    if row is None or not _is_told(known):
        return ""
    number = number_text(row, language)
    if row["unit"] == "yes/no":
        number = f"{text_of(known.indicator.get('label'), language)} — {number}"
    how = (
        []
        if row["value"] is None
        else [wording("statuses.word", language)[row["status"]]]
    )
    if known.facility is not None and known.facility["name"]:
        facility = wording("explain.say", language)["facility"]
        how.append(facility.format(name=known.facility["name"]))
    return f"{number} ({'; '.join(how)})" if how else number


def _norm(known: Judgement, language: str) -> str:
    """Return the limit with the day it began, or all that are possible."""
    words, say = (wording(name, language) for name in ("explain.brief", "explain.say"))
    if (own := known.decisive) is not None:
        limit, first = limit_text(known, own, language), own.get("valid_from")
        if first:
            since = say["valid_from"].format(day=long_date(first, language))
            limit = f"{limit}, {since}"
        return words["norm"].format(limit=limit)
    limits = [limit_text(known, norm, language) for norm in known.possible or []]
    if limits and may_be_none(known):
        limits.append(say["none_too"])
    limit = say["or"].join(dict.fromkeys(limits))
    return words["norm"].format(limit=limit) if limits else ""


def _due(known: Judgement, language: str) -> str:
    day = known.row["due"]
    if known.row["verdict"] != Verdict.NOT_DUE or not day:
        return ""
    words = wording("explain.brief", language)
    return words["due"].format(day=long_date(day, language))


def _reason(known: Judgement, language: str) -> str:
    reason = known.row["reason"]
    if known.row["verdict"] == Verdict.NOT_DUE and known.stale:
        reason = Reason.STALE.value
    return reason_text(known, reason, language) if reason else ""


def _source(known: Judgement, language: str) -> str:
    row = known.value
    if row is None or not _is_told(known):
        return ""
    day = long_date(row["date"], language) if row["date"] else ""
    named = (_title(known, one, language) for one in (row["source"] or "").split(", "))
    return ", ".join(part for part in (*dict.fromkeys(named), day) if part)


def _title(known: Judgement, source: str, language: str) -> str:
    """Return a source as it wants to be named, else by its title or id."""
    inputs = known.release.manifest.get("inputs", [])
    entry: Entry = next((one for one in inputs if one["source"] == source), {})
    named = text_of(entry.get("attribution"), language) or entry.get("title")
    return str(named or ("" if source.startswith(ASSUMPTION) else source))


def _could(known: Judgement, language: str) -> str:
    """Name who could tell, where a figure is what the answer waits for."""
    names = text_of(known.release.suppliers.get(known.asked), language)
    reason, remedies = known.row["reason"], wording("reasons.remedy", language)
    if not names or not reason or "{supplier}" not in remedies[reason]:
        return ""
    return wording("explain.brief", language)["could"].format(names=names)
