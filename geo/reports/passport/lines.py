"""One line of a passport: a standard and one place that it is judged for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geo.release.read import Entry, Release
from geo.reports.facts import Judgement
from geo.reports.passport.amounts import Scale, gap, limits_of
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
    """What the lines of a page share: release, language, and what is cited so far."""

    release: Release
    language: str
    acts: Acts
    sources: Sources
    readings: Readings

    @classmethod
    def of(cls, release: Release, language: str) -> "Context":
        """Return the context of a new page."""
        return cls(
            release,
            language,
            Acts(language),
            Sources(release.manifest, language),
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
        found = self.release.indicator(standard.get("indicator"))
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


def by_domain(context: Context, judgements: Iterable[Judgement]) -> tuple[Row, ...]:
    """Return a heading per domain and a numbered line per standard that applies.

    In the order of the manifest; a domain without a line has no heading.
    """
    rows: list[Row] = []
    count = 0
    judged = {
        one.row["standard"]: one
        for one in judgements
        if one.row["verdict"] != Verdict.NO_NORM
    }
    for heading, standards in domains(context, lambda one: one["id"] in judged):
        rows.append(heading)
        for standard in standards:
            count += 1
            cells = line(context, judged[standard["id"]])
            rows.append(Row(standard["id"], {"number": Cell(str(count))} | cells))
    return tuple(rows)


def domains(
    context: Context, wanted: Callable[[Mapping[str, Any]], bool]
) -> Iterator[tuple[Row, list[Entry]]]:
    """Yield a heading and the wanted standards of each domain that has any.

    In the order of the manifest.
    """
    for id_, domain in context.release.domains.items():
        inside = [
            standard
            for standard in context.release.standards.values()
            if standard["domain"] == id_ and wanted(standard)
        ]
        if inside:
            title = text_of(domain["label"], context.language)
            yield Row(id_, {"number": Cell(title)}, RowKind.HEADING), inside


def line(context: Context, known: Judgement) -> dict[str, Cell]:
    """Return the cells of one verdict: norms, actual, gap, source, remark.

    The context takes up the acts and sources that the line cites.
    """
    words, language = context.words, context.language
    standard, judged, value = known.standard, known.row, known.value
    scale = context.scale(standard)
    national, oblast = scale.norms(standard, judged)
    certain = next((x for x in limits_of(judged) if x is not None), None)
    there = value if value and value["status"] != Status.UNKNOWN else {}
    return {
        "standard": Cell(_title(context, known)),
        "national": national,
        "oblast": oblast,
        "actual": scale.actual(value, certain),
        "gap": gap(language, judged),
        "verdict": Cell(_verdict(context, known)),
        "responsible": Cell(
            text_of(standard.get("responsible"), language)
            or judged.get("responsible")
            or words["unknown"]
        ),
        "act": Cell(context.acts.cite(known.cited) or words["none"]),
        "source": Cell((there and _source(context, there)) or words["unknown"]),
        "date": Cell((there and day(language, there["date"])) or words["unknown"]),
        "remark": Cell(_remark(context, known)),
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


def _title(context: Context, known: Judgement) -> str:
    title = text_of(known.standard["title"], context.language) or known.row["standard"]
    if known.decisive is None:
        label = context.words["class_unknown"]
    else:
        label = text_of(known.decisive.get("label"), context.language)
    said = ", ".join(filter(None, (label, force_word(context, known.standard))))
    return f"{title} ({said})" if said else title


def _verdict(context: Context, known: Judgement) -> str:
    judged = known.row
    word = wording("verdicts.word", context.language)[judged["verdict"]]
    status = judged.get("status") or (known.value or {}).get("status")
    if judged["verdict"] in _DECIDED and status == Status.ASSUMED:
        return f"{word}, {context.words['assumed_mark']}"
    return word


def _source(context: Context, value: Mapping[str, Any]) -> str:
    named = context.sources.use(value["source"])
    supplier = context.sources.supplier(value["supplier"])
    return "; ".join(dict.fromkeys(filter(None, (supplier, *named))))


def _remark(context: Context, known: Judgement) -> str:
    parts = [*_why_unknown(context, known), *_target(context, known)]
    readings = context.readings.cite(known.cited)
    if readings:
        parts.append(context.sentences["reading"].format(marks=readings))
    if (known.decisive or {}).get("note") or known.standard.get("note"):
        parts.append(context.sentences["note"])
    return "; ".join(parts) or context.words["none"]


def _why_unknown(context: Context, known: Judgement) -> list[str]:
    judged, reason = known.row, known.row["reason"]
    if reason is None:
        return []
    if reason == Reason.STALE and judged["verdict_if_fresh"]:
        verdict = wording("verdicts.word", context.language)[judged["verdict_if_fresh"]]
        parts = [context.sentences["if_fresh"].format(verdict=verdict)]
    else:
        parts = [wording("reasons.why", context.language).get(reason, str(reason))]
    if reason in _BY_CLASS:
        return [*parts, context.sentences["settles_class"]]
    if reason == Reason.NORM_NOT_READ:
        return parts
    return [*parts, *who_could(context, known.standard)]


def who_could(context: Context, standard: Mapping[str, Any]) -> list[str]:
    """Return who could supply a standard's indicator, as none or one remark."""
    suppliers = context.release.suppliers
    who = text_of(suppliers.get(standard.get("indicator", "")), context.language)
    return [context.sentences["settles"].format(who=who)] if who else []


def _target(context: Context, known: Judgement) -> list[str]:
    sentences, language, judged = context.sentences, context.language, known.row
    parts = []
    if judged["due"] is not None:
        parts.append(sentences["due"].format(day=day(language, judged["due"])))
    if judged["progress"] is not None:
        share = percent(language, judged["progress"])
        parts.append(sentences["progress"].format(share=share))
    if judged["required_pace"]:
        pace = context.scale(known.standard).amount(judged["required_pace"])
        parts.append(sentences["pace"].format(x=pace))
    return parts
