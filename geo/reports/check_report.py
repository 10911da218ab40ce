"""The report of ``paritet check``: plain data, and its rendering as text."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from geo.reports.check_units import UnitNorm, unit_lines
from geo.reports.passport.grammar import percent
from geo.sources.workbook.form import SETTLEMENTS, form
from geo.texts import wording


@dataclass(frozen=True)
class StatusShare:
    """Settlements and people whose value of an indicator has one status."""

    status: str
    settlements: int
    people: float
    people_stale: float


@dataclass(frozen=True)
class IndicatorReport:
    """What is known of one indicator in the area.

    Attributes
    ----------
    known
        Share of the people, 0 … 1, as :func:`known_share` has it.
    first, last
        Oldest and newest date of a value.
    sources, suppliers
        Where the values come from; ``could_supply`` names who could give the rest.
    sheet
        Key of the workbook's sheet that asks for it, None where the raion cannot know.
    """

    code: str
    label: str
    known: float | None
    statuses: tuple[StatusShare, ...]
    first: date | None
    last: date | None
    sources: tuple[str, ...]
    suppliers: tuple[str, ...]
    could_supply: str
    sheet: str | None


@dataclass(frozen=True)
class Wanted:
    """One sheet of the workbook and the unknown verdicts that it would settle.

    Attributes
    ----------
    people, settlements
        With at least one unknown verdict for which this sheet alone is missing.
    verdicts
        The same people counted once per standard.
    people_together
        Further people whose verdict also needs the list of settlements (kind, centre,
        population), because the norm itself is not certain.
    """

    sheet: str
    title: str
    people: float
    settlements: int
    verdicts: float
    people_together: float


@dataclass(frozen=True)
class CheckReport:
    """The whole report, plain data; ``text`` renders it."""

    release: str
    on: str
    area: str
    name: str
    language: str
    settlements: int
    people: float
    settlements_without_people: int
    indicators: tuple[IndicatorReport, ...]
    wanted: tuple[Wanted, ...]
    outside: tuple[tuple[str, float], ...]
    missing: tuple[str, ...]
    units: tuple[UnitNorm, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data for JSON; dates are ISO text."""
        return asdict(self, dict_factory=_plain)

    @property
    def text(self) -> str:
        """The report as lines of plain text."""
        return "\n".join(render(self))


def _plain(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in items
    }


def render(report: CheckReport) -> list[str]:
    """Return the report as lines in its language."""
    words = wording("check", report.language)
    lines = [
        words["title"].format(name=report.name, on=report.on, release=report.release),
        words["people"].format(
            settlements=_count(report.settlements),
            population=_count(report.people),
            unknown=_count(report.settlements_without_people),
        ),
        "",
        f"{words['first']}:",
        *(_wanted_lines(report) or [words["nothing"]]),
    ]
    if report.outside:
        labels = {said.code: said.label for said in report.indicators}
        lines += ["", f"{words['outside']}:"]
        lines += [
            "  " + words["outside_line"].format(
                label=labels.get(code, code), people=_count(people)
            )
            for code, people in report.outside
        ]  # fmt: skip
    if report.units:
        lines += ["", f"{words['units']}:", *unit_lines(report.units, report.language)]
    lines += ["", f"{words['known']}:"]
    for indicator in report.indicators:
        lines += _indicator_lines(indicator, report.language)
    if report.area == report.release.partition("/")[0]:
        lines += ["", f"{words['missing']}:"]
        lines += [f"  {line}" for line in report.missing or (words["complete"],)]
    return lines


def _wanted_lines(report: CheckReport) -> list[str]:
    words = wording("check", report.language)
    other = form(())[SETTLEMENTS].title
    lines = []
    for rank, want in enumerate(report.wanted, start=1):
        line = words["sheet"].format(
            rank=rank,
            sheet=want.title,
            people=_count(want.people),
            settlements=_count(want.settlements),
            verdicts=_count(want.verdicts),
        )
        if want.people_together:
            more = words["also"].format(
                people=_count(want.people_together), other=other
            )
            line = f"{line}; {more}"
        lines.append(f"  {line}")
    return lines


def _indicator_lines(said: IndicatorReport, language: str) -> list[str]:
    words = wording("check", language)
    share = "?" if said.known is None else percent(language, said.known)
    if said.first and said.last:
        age = words["age"].format(first=said.first, last=said.last)
    else:
        age = words["undated"]
    origin = said.suppliers or said.sources
    names = words["from"].format(names=", ".join(origin)) if origin else words["nobody"]
    head = words["indicator"].format(label=said.label, share=share)
    lines = [f"  {head}; {age}; {names}"]
    for part in said.statuses:
        line = words["status"].format(
            status=wording("statuses.word", language)[part.status],
            people=_count(part.people),
            settlements=_count(part.settlements),
        )
        if part.people_stale:
            line += "; " + words["stale"].format(people=_count(part.people_stale))
        lines.append(f"    {line}")
    if said.could_supply:
        lines.append("    " + words["could"].format(names=said.could_supply))
    return lines


def _count(number: float) -> str:
    return f"{number:,.0f}".replace(",", "\u00a0")
