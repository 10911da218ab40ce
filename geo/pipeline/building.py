"""From the sources to a published release."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from geo.estimates.declared import load_estimates
from geo.estimates.make import estimate
from geo.indicators.context import Measuring
from geo.indicators.journey_values import journeys
from geo.indicators.measure import evidence, measure
from geo.indicators.service_table import service_table
from geo.indicators.timetable_faults import faults_table
from geo.indicators.unit_values import UnitMeasuring, unit_values
from geo.indicators.ways import access_table
from geo.layers.class_statements import open_note
from geo.layers.facilities import closed_note, lost_note, unread_note
from geo.layers.model import Layers
from geo.layers.reconcile import reconcile
from geo.layers.roads_build import fault_notes
from geo.layers.settled_sizes import SettledSizes, settled_sizes
from geo.pipeline.ready import Clock, Progress, Ready, civil_today, ready
from geo.release.lock import country_lock
from geo.release.manifest import ManifestInputs, build_manifest, country_sections
from geo.release.write import Published, publish
from geo.scores.draws.robustness import robustness
from geo.scores.given import Given, Scoring
from geo.scores.scoring import score_tables
from geo.settings import Settings
from geo.sources.country import Country, load_country
from geo.sources.declarations import declarations_sha256, declared_dirs
from geo.sources.feeding import Gathered
from geo.sources.indicators import (
    Indicator,
    asked_for,
    domains,
    indicators,
    unit_indicators,
)
from geo.standards.country import Law, law_of
from geo.standards.judge import judge
from geo.standards.model import Standard
from geo.standards.settled import expected_wrong, thresholds
from geo.standards.units import judge_units


@dataclass
class Built:
    """What a build made.

    Attributes
    ----------
    published
        Release id, path, whether it is new, and what is served now and why.
    seconds
        Wall seconds per stage.
    cpu_seconds
        Seconds of the processors per stage, in all threads and child processes.
    manifest
        Counts by layer and status, as in the release.
    notes
        Sentences of the readers and of fetching (licences, missing optional feeds).
    """

    published: Published
    manifest: dict[str, Any]
    seconds: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    cpu_seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Work:
    """What a build knows when it has judged."""

    country: Country
    day: date
    layers: Layers
    listed: list[Indicator]
    law: Law
    measured: pd.DataFrame
    judged: pd.DataFrame
    of_units: list[Indicator]
    sized: SettledSizes

    @property
    def standards(self) -> list[Standard]:
        """What is judged."""
        return list(self.law.standards)


def build(  # noqa: PLR0913 - what a build depends on
    code: str,
    *,
    settings: Settings,
    mirror: str | None = None,
    on: date | None = None,
    out: Path | None = None,
    today: date | None = None,
    public: bool = False,
    progress: Progress | None = None,
) -> Built:
    """Build one release of a country, and serve it if its day says so.

    Parameters
    ----------
    code
        Country code.
    settings
        Folders and tokens.
    mirror
        Folder or address of a mirror; without it sources come from the publishers,
        and those of a synthetic country from the generator.
    on
        Day for which the standards are judged; by default the country's declared
        day, else today.
    out
        Folder of the releases.
    today
        The day that it is, by default that of the clock in the country's time zone: a
        release of a later day is not served.
    public
        Read no source that may not be redistributed; the manifest names them.
    progress
        Called with stage and detail.

    Raises
    ------
    ParitetError
        Any named error of the rooms on the way; the served release stays as it was.
    """
    clock = Clock(progress)
    root = out or settings.releases
    dirs = declared_dirs(settings)
    # before the lock makes a folder: none is made for a code that means nothing
    declared = load_country(code, dirs)
    today = today or civil_today(declared)
    day = on or declared.on or today
    with country_lock(root, code) as lock:
        prepared = ready(declared, settings, mirror, day, clock, public=public)
        country, layers = prepared.country, prepared.layers
        law = law_of(country, dirs)
        standards = list(law.standards)
        with clock.stage("measure") as tell:
            listed = asked_for(
                indicators(country),
                {s.indicator for s in standards if s.indicator},
                {*layers.observations["indicator"], *layers.facilities["kind"]},
            )
            measuring = prepared.measuring(tell)
            values = measure(measuring, listed)
            tables = {"access": access_table(measuring), **_transit_tables(measuring)}
        notes = _notes(prepared, measuring, law)
        # calls and roads are the bulk of the layers; what comes looks at neither
        layers = replace(layers, calls=pd.DataFrame(), roads=None)
        gathered, ways = prepared.gathered, measuring.ways
        del prepared, measuring
        with clock.stage("estimate"):
            estimated = estimate(layers, country, load_estimates(country), ways)
            tables |= estimated.tables
        with clock.stage("judge"):
            sized = _sized(country, layers, standards)
            layers = replace(layers, settlements=sized.onto(layers.settlements))
            judged = judge(
                layers.settlements,
                values,
                standards,
                day,
                {i.code: i.freshness_years for i in listed},
                layers.areas,
                settled_level=country.parameters.settled_level,
            )
        work = _Work(
            country,
            day,
            layers,
            listed,
            law,
            values,
            judged,
            unit_indicators(country),
            sized,
        )
        with clock.stage("score") as tell:
            given = _given(work)
            tables |= _tables(work, given)
            robust = robustness(given, country.parameters.robustness, tell)
            tables |= {"ranks": robust.ranks}
            inputs = replace(
                _manifest_inputs(work, gathered, dirs),
                robustness=robust.summary,
                estimates=estimated.manifest,
            )
        # the tables are all that is published: half of the memory is of use no more
        del gathered, layers, values, judged, work, given, robust, sized
        del estimated, ways
        with clock.stage("publish") as tell:
            manifest = build_manifest(inputs, tables)
            published = publish(
                root, code, day, tables, manifest, tell, today=today, lock=lock
            )
    return Built(published, manifest, clock.seconds, notes, clock.cpu_seconds)


def _notes(prepared: Ready, measuring: Measuring, law: Law) -> tuple[str, ...]:
    """Return what a build report says beside its counts."""
    layers = prepared.layers
    return (
        *prepared.gathered.notes,
        *fault_notes(layers.roads),
        *closed_note(layers.facilities),
        *unread_note(layers.facilities),
        *lost_note(layers.lost_facilities, prepared.country),
        *open_note(layers.class_statements),
        *measuring.engine.notes,
        *law.remarks,
    )


def _sized(
    country: Country, layers: Layers, standards: Sequence[Standard]
) -> SettledSizes:
    """Settle which settlements have the sizes that norms begin or end at."""
    p = country.parameters
    return settled_sizes(
        layers.people, thresholds(standards), p.settled_level, p.robustness.seed
    )


def standards_of(
    country: Country, dirs: Sequence[Path] | None = None
) -> list[Standard]:
    """Return the standards of a country: benchmarks, borrowed ones, and its own.

    See :func:`geo.standards.country.law_of`.

    Parameters
    ----------
    country
        Declarations of the country.
    dirs
        Declarations folders, the overlay last; by default the process's own.
    """
    return list(law_of(country, dirs).standards)


def _declarations(country: Country, dirs: Sequence[Path]) -> dict[str, str]:
    """Name the declarations by their content: ``project`` and, if any, ``overlay``."""
    concerned = (country.code, *country.standards_from)
    named = {"project": declarations_sha256(dirs[0], concerned)}
    for overlay in dirs[1:]:
        named["overlay"] = declarations_sha256(overlay)
    return named


def _unit_tables(work: _Work) -> dict[str, pd.DataFrame]:
    """Value and judge what is no settlement."""
    layers, day, of_units = work.layers, work.day, work.of_units
    measuring = UnitMeasuring(layers, work.measured, work.listed, day)
    stated = unit_values(measuring, of_units)
    windows = {i.code: i.freshness_years for i in of_units}
    judged = judge_units(
        layers.units, stated, work.standards, day, windows, layers.areas
    )
    return {"unit_values": stated, "unit_judgements": judged}


def _transit_tables(measuring: Measuring) -> dict[str, pd.DataFrame]:
    """Return what timetables offer, and what was wrong with them."""
    return {
        "service": service_table(measuring),
        "journeys": journeys(measuring),
        "timetable_faults": faults_table(measuring),
    }


def _given(work: _Work) -> Given:
    """Return what every score starts from."""
    p, layers = work.country.parameters, work.layers
    how = Scoring(
        floor=p.coverage_floor,
        k=p.deprivation_cutoff,
        bands=p.size_bands,
        small_town=p.small_town_people,
        better={i.code: i.better for i in work.listed},
        freshness={i.code: i.freshness_years for i in work.listed},
    )
    return Given(
        layers.settlements,
        work.measured,
        work.judged,
        layers.areas,
        work.standards,
        work.day,
        how,
        layers.people,
    )


def _tables(work: _Work, given: Given) -> dict[str, pd.DataFrame]:
    layers, values = work.layers, work.measured
    settlements, areas = layers.settlements, layers.areas
    scored = [domain.id for domain in domains() if domain.scored]
    return {
        "settlements": settlements,
        "class_statements": layers.class_statements,
        "size_probabilities": work.sized.table,
        "identifiers": layers.identifiers,
        "areas": areas,
        "facilities": layers.facilities.drop(columns=["lon", "lat"]),
        "values": values,
        **score_tables(given, scored),
        "evidence": evidence(settlements, values, work.listed, work.day),
        "reconciliation": reconcile(settlements, layers.census, areas),
        "census": layers.census,
        "rejected": layers.rejected.drop_duplicates(),
        **_unit_tables(work),
    }


def _manifest_inputs(
    work: _Work, gathered: Gathered, dirs: Sequence[Path]
) -> ManifestInputs:
    sections = country_sections(work.country)
    sections["parameters"]["declarations"] = _declarations(work.country, dirs)
    people = work.layers.people
    if people:
        sections["parameters"]["population_model"] = people.described()
    return ManifestInputs(
        on=work.day,
        inputs=gathered.described,
        indicators=[indicator.described() for indicator in work.listed],
        unit_indicators=[indicator.described() for indicator in work.of_units],
        standards=[standard.describe(work.day) for standard in work.standards],
        context=[entry.described() for entry in work.law.context],
        settled=expected_wrong(
            work.standards,
            work.judged,
            work.layers.settlements,
            work.sized.reached,
            work.country.parameters.settled_level,
        ),
        domains=[domain.model_dump(exclude_defaults=True) for domain in domains()],
        left_out=gathered.left_out,
        **sections,
    )
