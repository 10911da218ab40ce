"""The norm in words: limit, class, act, validity, who answers for it."""

from collections.abc import Mapping
from typing import Any

from geo.reports.counting import long_date
from geo.reports.explain.facts import Facts, misfit
from geo.reports.words import act_of, bounded, text_of
from geo.texts import wording
from geo.types import Verdict

Norm = Mapping[str, Any]


def norm_parts(known: Facts, language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the norms that are or may be the settlement's, and the sentences.

    Where no norm fits, all rows are returned, each with what it fails by.
    """
    rows: list[Norm] = list(known.standard.get("norms", []))
    if not rows:
        return [], [wording("explain.say", language)["no_rows"]]
    if known.judgement["verdict"] == Verdict.NO_NORM:
        return _without(known, rows, language)
    own = [norm for norm in rows if norm["id"] == known.judgement["norm_id"]]
    if own:
        return [_fields(own[0])], [_certain(known, own[0], language)]
    return _possible(known, rows, language)


def _fields(norm: Norm, fails: str | None = None) -> dict[str, Any]:
    names = (
        "id", "op", "value", "applies", "valid_from", "valid_to", "due", "source",
        "confidence", "verified", "label", "note",
    )  # fmt: skip
    return {name: norm.get(name) for name in names} | {"fails": fails}


def limit_text(known: Facts, norm: Norm, language: str) -> str:
    """Return "at least 20 trips a week"."""
    say = wording("explain.say", language)
    if norm["op"] == "has":
        return say["has"]
    unit = known.indicator.get("unit", "")
    limit = bounded(float(norm["value"]), unit, language)
    return wording("explain.limit", language)[norm["op"]].format(limit=limit)


def _label(norm: Norm, language: str) -> str:
    return text_of(norm.get("label"), language) or str(norm["id"])


def _certain(known: Facts, norm: Norm, language: str) -> str:
    say = wording("explain.say", language)
    return say["norm"].format(
        limit=limit_text(known, norm, language),
        label=_label(norm, language),
        act=act_of(norm, language),
        valid=_valid(norm, language),
        responsible=_responsible(known, language),
    )


def _valid(norm: Norm, language: str) -> str:
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


def _responsible(known: Facts, language: str) -> str:
    declared = text_of(known.standard.get("responsible"), language)
    return declared or str(known.judgement["responsible"] or "")


def _possible(
    known: Facts, rows: list[Norm], language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    say = wording("explain.say", language)
    may = [n for n in rows if misfit(n.get("applies") or {}, known.settlement) is None]
    said = [_row(known, norm, language) for norm in may]
    strict = known.standard.get("better") == "lower"
    lenient = known.judgement["norm_high" if strict else "norm_low"]
    if lenient is None:
        said.append(say["none_too"])
    sentence = say["norms_possible"].format(
        rows="; ".join(said), responsible=_responsible(known, language)
    )
    return [_fields(norm) for norm in may], [sentence, _acts(may, language)]


def _row(known: Facts, norm: Norm, language: str) -> str:
    say = wording("explain.say", language)
    return say["row"].format(
        limit=limit_text(known, norm, language), label=_label(norm, language)
    )


def _acts(rows: list[Norm], language: str) -> str:
    say = wording("explain.say", language)
    acts = "; ".join(dict.fromkeys(act_of(norm, language) for norm in rows))
    return say["acts"].format(acts=acts)


def _without(
    known: Facts, rows: list[Norm], language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Say of every row why it does not bind this settlement."""
    say = wording("explain.say", language)
    fails = [misfit(norm.get("applies") or {}, known.settlement) for norm in rows]
    words = wording("explain.unlike", language)
    said = [
        f"{_row(known, norm, language)} — {words.get(fail or 'else', words['else'])}"
        for norm, fail in zip(rows, fails, strict=True)
    ]
    acts = "; ".join(dict.fromkeys(act_of(norm, language) for norm in rows))
    sentence = say["no_norm"].format(rows="; ".join(said), acts=acts)
    fields = [_fields(n, fail) for n, fail in zip(rows, fails, strict=True)]
    return fields, [sentence]
