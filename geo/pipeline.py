"""The order of the steps: fetch, read, harmonise, measure, judge, publish."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from geo.indicators.catalog import Indicator, domains, indicators
from geo.indicators.context import Measuring
from geo.indicators.measure import evidence, measure
from geo.layers.harmonise import harmonise
from geo.layers.inputs import stack
from geo.layers.model import Layers
from geo.layers.reconcile import reconcile
from geo.release.lock import country_lock
from geo.release.manifest import ManifestInputs, build_manifest, country_sections
from geo.release.write import Published, publish
from geo.settings import Settings
from geo.sources.country import Country, load_country
from geo.sources.feeding import Gathered, gather
from geo.sources.registry import load_registry
from geo.standards.areas import area_scores
from geo.standards.comparison import compare
from geo.standards.judge import judge
from geo.standards.load import load_standards
from geo.standards.model import Standard
from geo.standards.parity import parity
from geo.standards.scores import settlement_scores
from geo.synthetic.mirror import cached_mirror
from geo.travel.engine import StraightLine

STAGES = ("fetch", "read", "harmonise", "measure", "judge", "score", "publish")
Progress = Callable[[str, str], None]


@dataclass
class Built:
    """What a build made.

    Attributes
    ----------
    published
        Release id, path and whether it is new.
    seconds
        Wall seconds per stage.
    manifest
        Counts by layer and status, as in the release.
    notes
        Sentences of the readers and of fetching (licences, missing optional feeds).
    """

    published: Published
    manifest: dict[str, Any]
    seconds: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class _Clock:
    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[str], None]]:
        def tell(detail: str) -> None:
            if self._progress:
                self._progress(name, detail)

        started = time.perf_counter()
        tell("")
        yield tell
        self.seconds[name] = round(time.perf_counter() - started, 2)


def build(
    code: str,
    *,
    settings: Settings,
    mirror: str | None = None,
    on: date | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Built:
    """Build and publish one release of a country.

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
        day, else today in the country's time zone.
    out
        Folder of the releases.
    progress
        Called with stage and detail.

    Raises
    ------
    ParitetError
        Any named error of the rooms on the way; the served release stays as it was.
    """
    country = load_country(code)
    day = on or country.on or datetime.now(ZoneInfo(country.timezone)).date()
    clock = _Clock(progress)
    root = out or settings.releases
    with country_lock(root, code) as lock:
        with clock.stage("fetch") as tell:
            if country.synthetic and mirror is None:
                tell("making the synthetic mirror")
                mirror = str(cached_mirror(country.synthetic, settings.cache))
        with clock.stage("read") as tell:
            gathered = gather(
                country, load_registry(), settings, mirror or settings.mirror, day, tell
            )
            country = gathered.country
        with clock.stage("harmonise"):
            layers = harmonise(stack(gathered.feedings), country, day)
        with clock.stage("measure"):
            listed = indicators(country)
            engine = StraightLine(country.parameters.travel)
            values = measure(Measuring(layers, country, day, engine), listed)
        with clock.stage("judge"):
            standards = standards_of(country)
            windows = {i.code: i.freshness_years for i in listed}
            judged = judge(
                layers.settlements, values, standards, day, windows, layers.areas
            )
        with clock.stage("score"):
            tables = _tables(layers, country, values, judged, standards, listed, day)
        with clock.stage("publish") as tell:
            manifest = build_manifest(
                _manifest_inputs(country, gathered, listed, standards, layers, day),
                tables,
            )
            published = publish(root, code, day, tables, manifest, tell, lock=lock)
    return Built(published, manifest, clock.seconds, tuple(gathered.notes))


def standards_of(country: Country) -> list[Standard]:
    """Return the standards of a country: its own, borrowed ones, and benchmarks.

    A synthetic country borrows another's (``standards_from``).
    """
    # A later folder wins, so what is borrowed comes before the country's own.
    folders = [
        folder / "standards"
        for other in country.standards_from
        for folder in load_country(other).folders
    ]
    folders += [folder / "standards" for folder in country.folders]
    if country.benchmarks:
        folders += sorted(
            {folder.parent.parent / "international" for folder in country.folders}
        )
    better = {i.code: i.better for i in indicators(country)}
    return load_standards([folder for folder in folders if folder.is_dir()], better)


def _tables(
    layers: Layers,
    country: Country,
    values: pd.DataFrame,
    judged: pd.DataFrame,
    standards: list[Standard],
    listed: list[Indicator],
    day: date,
) -> dict[str, pd.DataFrame]:
    settlements, areas = layers.settlements, layers.areas
    p = country.parameters
    windows = {i.code: i.freshness_years for i in listed}
    better = {i.code: i.better for i in listed}
    compared = compare(
        settlements, values, judged, standards, day, windows, floor=p.coverage_floor
    )
    scores = settlement_scores(
        judged, p.coverage_floor, [domain["id"] for domain in domains()], compared
    )
    return {
        "settlements": settlements,
        "identifiers": layers.identifiers,
        "areas": areas,
        "facilities": layers.facilities.drop(columns=["lon", "lat"]),
        "values": values,
        "judgements": judged,
        "scores": scores,
        "area_scores": area_scores(
            settlements, judged, scores, areas, p.deprivation_cutoff, p.coverage_floor
        ),
        "parity": parity(
            settlements, values, areas, better, day, windows, floor=p.coverage_floor
        ),
        "evidence": evidence(settlements, values, listed, day),
        "reconciliation": reconcile(settlements, layers.census, areas),
        "census": layers.census,
        "rejected": layers.rejected.drop_duplicates(),
    }


def _manifest_inputs(
    country: Country,
    gathered: Gathered,
    listed: list[Indicator],
    standards: list[Standard],
    layers: Layers,
    day: date,
) -> ManifestInputs:
    sections = country_sections(country)
    if layers.fit:
        sections["parameters"]["population_model"] = {
            "decline": round(layers.fit.decline, 6),
            "people_below_floor": round(layers.fit.small, 6),
            "raions": layers.fit.raions,
        }
    return ManifestInputs(
        on=day,
        inputs=gathered.described,
        indicators=[indicator.described() for indicator in listed],
        standards=[standard.describe(day) for standard in standards],
        domains=domains(),
        **sections,
    )
