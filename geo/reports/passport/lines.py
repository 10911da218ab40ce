"""One line of a passport: a standard and one place that it is judged for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.reports.norm_rows import cited_rows, decisive_row
from geo.reports.passport.amounts import (
    Scale,
    gap,
    limits_of,
)
from geo.reports.passport.grammar import day, percent
from geo.reports.passport.page import Cell, Column, Row, RowKind
from geo.reports.passport.references import Acts, Readings, Sources
from geo.reports.words import text_of
from geo.texts import Section, wording
from geo.types import Force, Reason, Status, Verdict

_BY_CLASS = (Reason.CLASS, Reason.POPULATION)
_DECIDED = (Verdict.KEPT, Verdict.BREACHED)


@dataclass(frozen=True)
class Context:
    """What the lines of a page share: manifest, language, and what is cited so far."""

    manifest: Mapping[str, Any]
    language: str
    acts: Acts
    sources: Sources
    readings: Readings

    @classmethod
    def of(cls, manifest: Mapping[str, Any], language: str) -> "Context":
        """Return the context of a new page."""
        return cls(
            manifest,
            language,
            Acts(language),
            Sources(manifest, language),
            Readings(language),
        )

    @property
    def words(self) -> Section[str]:
        """The words of the language."""
        return wording("passport.words", self.language)

    @property
    def sentences(self) -> Section[str]:
        """The sentences of the language."""
        return wording("passport.sentences", self.language)

    def scale(self, standard: Mapping[str, Any]) -> Scale:
        """Return how the values of a standard's indicator are said."""
        declared = (
            *self.manifest.get("indicators", []),
            *self.manifest.get("unit_indicators", []),
        )
        wanted = standard.get("indicator")
        found: Mapping[str, Any] = next(
            (row for row in declared if row["code"] == wanted), {}
        )
        return Scale(
            self.language,
            found.get("unit"),
            standard.get("better"),
            found.get("levels") or {},
        )


def columns(words: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of the table of standards."""
    widths = {
        "number": 7, "standard": 44, "national": 25, "oblast": 18, "actual": 33,
        "gap": 23, "verdict": 19, "responsible": 33, "act": 8, "source": 25,
        "date": 15, "remark": 37,
    }  # fmt: skip
    return tuple(Column(key, words[key], width) for key, width in widths.items())


def by_domain(
    context: Context,
    judgements: Sequence[Mapping[str, Any]],
    values: Mapping[str, Mapping[str, Any]],
) -> tuple[Row, ...]:
    """Return a heading per domain and a numbered line per standard that applies.

    In the order of the manifest; a domain without a line has no heading.
    """
    rows: list[Row] = []
    count = 0
    judged = {
        row["standard"]: row for row in judgements if row["verdict"] != Verdict.NO_NORM
    }
    for heading, standards in domains(context, lambda one: one["id"] in judged):
        rows.append(heading)
        for standard in standards:
            count += 1
            value = values.get(str(standard.get("indicator")))
            cells = line(context, standard, judged[standard["id"]], value)
            rows.append(Row(standard["id"], {"number": Cell(str(count))} | cells))
    return tuple(rows)


def domains(
    context: Context, wanted: Callable[[Mapping[str, Any]], bool]
) -> Iterator[tuple[Row, list[Mapping[str, Any]]]]:
    """Yield a heading and the wanted standards of each domain that has any.

    In the order of the manifest.
    """
    for domain in context.manifest["domains"]:
        inside = [
            standard
            for standard in context.manifest["standards"]
            if standard["domain"] == domain["id"] and wanted(standard)
        ]
        if inside:
            title = text_of(domain["label"], context.language)
            yield Row(domain["id"], {"number": Cell(title)}, RowKind.HEADING), inside


def line(
    context: Context,
    standard: Mapping[str, Any],
    judged: Mapping[str, Any],
    value: Mapping[str, Any] | None,
) -> dict[str, Cell]:
    """Return the cells of one standard: norms, actual, gap, verdict, source, remark.

    Parameters
    ----------
    context
        Takes up the acts and sources that the line cites.
    standard
        Its entry in the manifest.
    judged
        The row of ``judgements`` or ``unit_judgements``.
    value
        The value behind it, None where the release holds none.
    """
    words, language = context.words, context.language
    scale = context.scale(standard)
    norm, cited = decisive_row(standard, judged), cited_rows(standard, judged)
    national, oblast = scale.norms(standard, judged)
    certain = next((x for x in limits_of(judged) if x is not None), None)
    known = value is not None and value["status"] != Status.UNKNOWN
    dated = day(language, value["date"]) if known and value is not None else ""
    return {
        "standard": Cell(_title(context, standard, norm)),
        "national": national,
        "oblast": oblast,
        "actual": scale.actual(value, certain),
        "gap": gap(language, judged),
        "verdict": Cell(_verdict(context, judged, value)),
        "responsible": Cell(
            text_of(standard.get("responsible"), language)
            or judged.get("responsible")
            or words["unknown"]
        ),
        "act": Cell(context.acts.cite(cited) or words["none"]),
        "source": Cell(_source(context, value) or words["unknown"]),
        "date": Cell(dated or words["unknown"]),
        "remark": Cell(_remark(context, standard, judged, norm)),
    }


def norm_of(
    standard: Mapping[str, Any], norm_id: str | None
) -> Mapping[str, Any] | None:
    """Return the norm row of a standard, None where the id is none or not in force."""
    return next((row for row in standard["norms"] if row["id"] == norm_id), None)


def cite_all(context: Context, standard: Mapping[str, Any]) -> str:
    """Return the marks of the acts of all rows of a standard."""
    return context.acts.cite(standard["norms"]) or context.words["none"]


def force_word(context: Context, standard: Mapping[str, Any]) -> str:
    """Return what a standard is, where it is no law in force; else nothing."""
    force = standard.get("force", Force.LAW.value)
    return "" if force == Force.LAW else context.words[force]


def _title(
    context: Context, standard: Mapping[str, Any], norm: Mapping[str, Any] | None
) -> str:
    title = text_of(standard["title"], context.language) or standard["id"]
    if norm is None:
        label = context.words["class_unknown"]
    else:
        label = text_of(norm.get("label"), context.language)
    said = ", ".join(filter(None, (label, force_word(context, standard))))
    return f"{title} ({said})" if said else title


def _verdict(
    context: Context, judged: Mapping[str, Any], value: Mapping[str, Any] | None
) -> str:
    word = wording("verdicts.word", context.language)[judged["verdict"]]
    status = judged.get("status") or (value or {}).get("status")
    if judged["verdict"] in _DECIDED and status == Status.ASSUMED:
        return f"{word}, {context.words['assumed_mark']}"
    return word


def _source(context: Context, value: Mapping[str, Any] | None) -> str:
    if value is None or value["status"] == Status.UNKNOWN:
        return ""
    named = context.sources.use(value["source"])
    supplier = context.sources.supplier(value["supplier"])
    return "; ".join(dict.fromkeys(filter(None, (supplier, *named))))


def _remark(
    context: Context,
    standard: Mapping[str, Any],
    judged: Mapping[str, Any],
    norm: Mapping[str, Any] | None,
) -> str:
    parts = [
        *_why_unknown(context, standard, judged),
        *_target(context, standard, judged),
    ]
    readings = context.readings.cite(cited_rows(standard, judged))
    if readings:
        parts.append(context.sentences["reading"].format(marks=readings))
    if (norm or {}).get("note") or standard.get("note"):
        parts.append(context.sentences["note"])
    return "; ".join(parts) or context.words["none"]


def _why_unknown(
    context: Context, standard: Mapping[str, Any], judged: Mapping[str, Any]
) -> list[str]:
    reason = judged["reason"]
    if reason is None:
        return []
    if reason == Reason.STALE and judged["verdict_if_fresh"]:
        verdict = wording("verdicts.word", context.language)[judged["verdict_if_fresh"]]
        parts = [context.sentences["if_fresh"].format(verdict=verdict)]
    else:
        parts = [wording("reasons.why", context.language).get(reason, reason)]
    if reason in _BY_CLASS:
        return [*parts, context.sentences["settles_class"]]
    return [*parts, *who_could(context, standard)]


def who_could(context: Context, standard: Mapping[str, Any]) -> list[str]:
    """Return who could supply a standard's indicator, as none or one remark."""
    suppliers = context.manifest.get("suppliers") or {}
    who = text_of(suppliers.get(standard.get("indicator")), context.language)
    return [context.sentences["settles"].format(who=who)] if who else []


def _target(
    context: Context, standard: Mapping[str, Any], judged: Mapping[str, Any]
) -> list[str]:
    sentences, language = context.sentences, context.language
    parts = []
    if judged["due"] is not None:
        parts.append(sentences["due"].format(day=day(language, judged["due"])))
    if judged["progress"] is not None:
        share = percent(language, judged["progress"])
        parts.append(sentences["progress"].format(share=share))
    if judged["required_pace"]:
        pace = context.scale(standard).amount(judged["required_pace"])
        parts.append(sentences["pace"].format(x=pace))
    return parts
