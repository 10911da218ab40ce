"""What is known of a raion or country, how old, from whom, and what to send first."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geo.layers.counted import counted
from geo.release.read import Release, open_release
from geo.reports.check_report import (
    CheckReport,
    IndicatorReport,
    StatusShare,
    Wanted,
)
from geo.reports.check_units import unit_norms
from geo.reports.known import known_share
from geo.reports.prefill import frame
from geo.reports.workbook import find_raion
from geo.sources.country import Country
from geo.sources.indicators import supplying_sheet
from geo.sources.workbook.form import SETTLEMENTS, form
from geo.standards.gaps import oldest_fresh_day
from geo.texts import spoken, wording
from geo.types import KNOWN_STATUSES, Reason, Status, Verdict

_BY_CLASS = (Reason.CLASS.value, Reason.POPULATION.value)


def check(
    release_path: Path,
    raion: str | None = None,
    lang: str = "ru",
    country: Country | None = None,
) -> CheckReport:
    """Report what a release knows of a raion, or of the whole country.

    Parameters
    ----------
    release_path
        Folder of the release.
    raion
        Id, or name in any language; None reports the country and what its
        declarations lack.
    lang
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.
    country
        The country's declarations; tells which feeds brought no file.

    Raises
    ------
    NotFoundError
        If no raion, or more than one, has this name.
    ReleaseError
        If the release cannot be opened.
    """
    release = open_release(release_path)
    language = spoken(lang)
    settlements = frame(release, "settlements")
    settlements = settlements[counted(settlements)]
    if raion is None:
        names = release.manifest["country"]["names"]
        area, name = release.country, str(names.get(language) or release.country)
    else:
        found = find_raion(release, raion)
        area, name = found.id, found.name
        settlements = settlements[settlements["raion_id"] == found.id]
    people = settlements.set_index("id")["population"]
    values = _of(frame(release, "values"), people)
    nobody = settlements[settlements["population"].isna()].set_index("id")
    possible = values["settlement_id"].map(nobody["population_high"])
    open_ = values["settlement_id"].isin(nobody.index) & possible.isna()
    values = values.assign(
        population_possible=possible.fillna(0.0), settlements_open=open_
    )
    judged = _of(frame(release, "judgements"), people)
    wanted, outside = _wanted(release, judged, people)
    return CheckReport(
        release=release.id,
        on=release.on,
        area=area,
        name=name,
        language=language,
        settlements=len(people),
        people=float(people.sum()),
        settlements_without_people=int(people.isna().sum()),
        indicators=_indicators(release, values, language),
        wanted=wanted,
        outside=outside,
        units=unit_norms(release, area, language),
        missing=() if raion else _missing(release, values, judged, country, language),
    )


def _of(table: pd.DataFrame, people: pd.Series) -> pd.DataFrame:
    own = table[table["settlement_id"].isin(people.index)]
    return own.assign(people=own["settlement_id"].map(people).fillna(0.0))


def _label(indicator: dict[str, Any], language: str) -> str:
    label = indicator["label"]
    return str(label.get(language) or label.get("ru") or indicator["code"])


def _indicators(
    release: Release, values: pd.DataFrame, language: str
) -> tuple[IndicatorReport, ...]:
    on = date.fromisoformat(release.on)
    suppliers = release.manifest.get("suppliers", {})
    by_code = dict(list(values.groupby("indicator")))
    found = []
    for indicator in release.manifest["indicators"]:
        code = str(indicator["code"])
        rows = by_code.get(code, values.iloc[:0])
        known = rows[rows["status"].isin(KNOWN_STATUSES)]
        dates = pd.to_datetime(known["date"]).dropna()
        window = indicator.get("freshness_years")
        stale = pd.Series(False, rows.index)  # noqa: FBT003 - a column of it
        if window is not None:
            oldest = pd.Timestamp(oldest_fresh_day(on, window))
            stale = pd.to_datetime(rows["date"]) < oldest
        could = suppliers.get(code) or {}
        found.append(
            IndicatorReport(
                code=code,
                label=_label(indicator, language),
                known=_known_share(rows.assign(stale=stale)),
                statuses=_statuses(rows.assign(stale=stale)),
                first=dates.min().date() if len(dates) else None,
                last=dates.max().date() if len(dates) else None,
                sources=_named(known["source"]),
                suppliers=_named(known["supplier"]),
                could_supply=str(could.get(language) or could.get("ru") or ""),
                sheet=supplying_sheet(code),
            )
        )
    return tuple(found)


def _known_share(rows: pd.DataFrame) -> float | None:
    """Return the share of the people whose value is known, as ``evidence`` tells it."""
    stale = rows["people"].where(rows["stale"], 0.0)
    sums = (
        rows.assign(people_stale=stale)
        .groupby("status")
        .agg(
            settlements=("people", "size"),
            population=("people", "sum"),
            settlements_stale=("stale", "sum"),
            population_stale=("people_stale", "sum"),
            population_possible=("population_possible", "sum"),
            settlements_open=("settlements_open", "sum"),
        )
    )
    return known_share(sums.reset_index().to_dict("records"))


def _statuses(rows: pd.DataFrame) -> tuple[StatusShare, ...]:
    order = [status.value for status in Status]
    return tuple(
        StatusShare(
            status,
            len(part),
            float(part["people"].sum()),
            float(part.loc[part["stale"], "people"].sum()),
        )
        for status in order
        if len(part := rows[rows["status"] == status])
    )


def _named(column: pd.Series) -> tuple[str, ...]:
    return tuple(sorted({str(name) for name in column.dropna() if name}))


def _wanted(
    release: Release, judged: pd.DataFrame, people: pd.Series
) -> tuple[tuple[Wanted, ...], tuple[tuple[str, float], ...]]:
    """Rank the sheets by the people whose unknown verdicts they would settle."""
    indicator = {
        str(said["id"]): str(said["indicator"])
        for said in release.manifest["standards"]
    }
    rows = judged[judged["verdict"] == Verdict.UNKNOWN.value].copy()
    rows["by_class"] = rows["reason"].isin(_BY_CLASS)
    rows["indicator"] = rows["standard"].map(indicator)
    rows["sheet"] = rows["indicator"].map(
        {code: supplying_sheet(code) for code in indicator.values()}
    )
    rows["sheet"] = rows["sheet"].where(~rows["by_class"], SETTLEMENTS)
    rows["together"] = rows["norm"].isna() & ~rows["by_class"]
    titles = {key: sheet.title for key, sheet in form(()).items()}
    wanted = [
        _sheet(str(key), titles[str(key)], part, people)
        for key, part in rows.dropna(subset=["sheet"]).groupby("sheet")
    ]
    wanted.sort(key=lambda want: (-want.people, -want.people_together, -want.verdicts))
    beyond = rows[rows["sheet"].isna()].drop_duplicates(["settlement_id", "indicator"])
    outside = beyond.groupby("indicator")["people"].sum()
    return tuple(wanted), tuple((str(k), float(v)) for k, v in outside.items())


def _sheet(key: str, title: str, rows: pd.DataFrame, people: pd.Series) -> Wanted:
    alone = rows[~rows["together"]]
    settled = set(alone["settlement_id"])
    together = set(rows.loc[rows["together"], "settlement_id"]) - settled
    return Wanted(
        sheet=key,
        title=title,
        people=float(people.reindex(sorted(settled)).sum()),
        settlements=len(settled),
        verdicts=float(alone["people"].sum()),
        people_together=float(people.reindex(sorted(together)).sum()),
    )


def _missing(
    release: Release,
    values: pd.DataFrame,
    judged: pd.DataFrame,
    country: Country | None,
    language: str,
) -> tuple[str, ...]:
    words = wording("check", language)
    brought = {str(said["source"]) for said in release.manifest.get("inputs", [])}
    feeds = country.feeds if country else ()
    missing = dict.fromkeys(f.source for f in feeds if f.source not in brought)
    lines = [words["no_source"].format(code=source) for source in missing]
    known = set(values.loc[values["status"] != Status.UNKNOWN.value, "indicator"])
    lines += [
        words["no_value"].format(label=_label(said, language), code=said["code"])
        for said in release.manifest["indicators"]
        if said["code"] not in known
    ]
    if not release.manifest["standards"]:
        lines.append(words["no_standard"])
    lines += _unjudged(release, judged, language)
    if not release.manifest.get("completeness"):
        lines.append(words["no_complete"])
    lines += [
        words["refused"].format(code=source, count=count)
        for source, count in _spoilt(release)
    ]
    return tuple(lines)


def _spoilt(release: Release) -> Iterable[tuple[str, int]]:
    """Yield sources of lists that are called whole, and how many rows they lost."""
    called = {said["layer"] for said in release.manifest.get("completeness", [])}
    told = frame(release, "facilities")
    listed = {
        "facilities": told.loc[told["status"] != Status.ASSUMED.value, "source"],
        "timetable": frame(release, "timetable_faults")["source"],
    }
    refused = frame(release, "rejected")["source"].value_counts()
    sources = {
        one for layer, column in listed.items() if layer in called for one in column
    }
    for source in sorted(sources & set(refused.index)):
        yield str(source), int(refused[source])


def _unjudged(release: Release, judged: pd.DataFrame, language: str) -> Iterable[str]:
    """Name the standards whose every verdict is unknown."""
    own = ["standard", "verdict"]
    every = pd.concat([judged[own], frame(release, "unit_judgements")[own]])
    verdicts = every.groupby("standard")["verdict"].agg(set)
    for said in release.manifest["standards"]:
        found = set(verdicts.get(said["id"], set())) - {Verdict.NO_NORM.value}
        if found == {Verdict.UNKNOWN.value}:
            title = said.get("title") or {}
            shown = title.get(language) or title.get("ru") or said["id"]
            yield wording("check", language)["no_verdict"].format(
                title=shown, code=said["id"]
            )
