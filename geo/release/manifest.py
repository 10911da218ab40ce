"""The manifest of a release: what went in, what was in force, what came out.

Everything here is plain data (text, numbers, lists, mappings). No clock and no path
of this machine: the same inputs give the same manifest.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import ReleaseError
from geo.layers.counted import counted
from geo.layers.schema import SCHEMA_VERSION
from geo.release.content import content_id, manifest_bytes
from geo.sources.country import Country
from geo.sources.indicators import suppliers, topics
from geo.sources.transit import load_transit
from geo.types import Status, Verdict

__all__ = [
    "ManifestInputs",
    "build_manifest",
    "content_id",
    "country_sections",
    "default_view",
    "manifest_bytes",
    "plain_data",
]

DISTRIBUTION = "paritet"
OVERALL = "overall"


@dataclass(frozen=True)
class ManifestInputs:
    """The declared half of a manifest; the counted half comes from the tables.

    Attributes
    ----------
    country
        ``code, names, languages, synthetic, bounds`` (west, south, east, north in
        degrees).
    on
        The day for which the standards were judged.
    parameters
        Parameters of the indicators; ``coverage_floor`` decides the first picture.
    inputs
        One mapping per source: ``source, version, title, sha256, licence,
        share_alike, redistribute, attribution, url, reader, date``.
    indicators, standards, domains
        As declared, the standards with the rows in force on the day.
    context
        Norms that are documented and never judged.
    operators, assumptions, completeness
        As declared for the country.
    suppliers
        Indicator -> who could supply it, by language.
    unit_indicators
        As declared: what raions, oblasts, operators have a value of as a whole.
    settled
        How many classes by size are settled, and how many of them are expected to be
        wrong, from :mod:`geo.standards.settled`.
    robustness
        What the draws say as a whole, from :mod:`geo.scores.draws.robustness`.
    left_out
        ``source, title, licence`` of what a public release does without; None of a
        release that may not be public.
    estimates
        The gate, the models that passed it and those that failed, and the anchors, from
        :mod:`geo.estimates.make`.
    topics
        The headings of the first page, in their order.
    """

    country: Mapping[str, Any]
    on: date
    parameters: Mapping[str, Any]
    inputs: Sequence[Mapping[str, Any]]
    indicators: Sequence[Mapping[str, Any]]
    standards: Sequence[Mapping[str, Any]]
    domains: Sequence[Mapping[str, Any]]
    context: Sequence[Mapping[str, Any]] = ()
    operators: Sequence[Mapping[str, Any]] = ()
    assumptions: Sequence[Mapping[str, Any]] = ()
    completeness: Sequence[Mapping[str, Any]] = ()
    suppliers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unit_indicators: Sequence[Mapping[str, Any]] = ()
    settled: Mapping[str, Any] = field(default_factory=dict)
    robustness: Mapping[str, Any] = field(default_factory=dict)
    left_out: Sequence[Mapping[str, str]] | None = None
    estimates: Mapping[str, Any] = field(default_factory=dict)
    topics: Sequence[Mapping[str, Any]] = ()


def country_sections(country: Country) -> dict[str, Any]:
    """Return the manifest sections that a country's declarations fill.

    The keys fit the fields of :class:`ManifestInputs`; folders of this machine stay
    out.
    """
    declared = country.model_dump(mode="json")
    return {
        "country": {
            "code": country.code,
            "names": declared["names"],
            "languages": declared["languages"],
            "synthetic": country.synthetic is not None,
            "bounds": declared["bounds"],
            "level_names": declared["level_names"],
        },
        "parameters": declared["parameters"]
        | {
            "transit": load_transit(country).described(),
            "carriers": declared["carriers"],
        },
        "operators": declared["operators"],
        "assumptions": declared["assumptions"],
        "completeness": declared["completeness"],
        "suppliers": suppliers(country),
        "topics": [topic.model_dump() for topic in topics()],
    }


def build_manifest(
    declared: ManifestInputs, tables: Mapping[str, pd.DataFrame]
) -> dict[str, Any]:
    """Return the manifest without what :func:`~geo.release.write.publish` adds.

    Parameters
    ----------
    declared
        What was declared.
    tables
        The tables of the release by name, for the counts.

    Raises
    ------
    ReleaseError
        If a declared value is no plain data; names its key.
    """
    places = tables["settlements"]
    left_out = places.loc[~counted(places), "id"]
    judged, values = (
        table[~table["settlement_id"].isin(left_out)]
        for table in (tables["judgements"], tables["values"])
    )
    document = {
        "schema_version": SCHEMA_VERSION,
        "code_version": version(DISTRIBUTION),
        **{name: getattr(declared, name) for name in declared.__dataclass_fields__},
        "counts": {name: len(table) for name, table in tables.items()},
        "verdicts": _tally(judged, "standard", "verdict", Verdict)
        | _tally(tables["unit_judgements"], "standard", "verdict", Verdict),
        "statuses": _tally(values, "indicator", "status", Status),
        "default_view": default_view(tables["area_scores"], declared.parameters),
    }
    document["inputs"] = sorted(
        document["inputs"], key=lambda entry: (entry["source"], entry["version"])
    )
    plain: dict[str, Any] = plain_data(document)
    return plain


def default_view(area_scores: pd.DataFrame, parameters: Mapping[str, Any]) -> str:
    """Return ``scores``, or ``evidence`` where too little is known to colour scores.

    Compares the coverage of the whole country (share of people under a norm whose
    verdict is known, 0…1) with the parameter ``coverage_floor``; a coverage that is
    itself unknown is below any floor.
    """
    whole = area_scores[
        (area_scores["level"] == "country")
        & (area_scores["subgroup"] == "all")
        & (area_scores["subject"] == OVERALL)
    ]
    coverage = whole["coverage"].max() if len(whole) else float("nan")
    enough = not pd.isna(coverage) and coverage >= parameters["coverage_floor"]
    return "scores" if enough else "evidence"


def _tally(
    table: pd.DataFrame, by: str, what: str, words: Iterable[str]
) -> dict[str, dict[str, int]]:
    """Return group -> word -> rows, every word present, 0 where there is none."""
    counted = table.groupby([by, what], observed=True).size()
    groups = sorted({str(name) for name in table[by].unique()})
    return {
        group: {str(word): int(counted.get((group, str(word)), 0)) for word in words}
        for group in groups
    }


def plain_data(value: Any, where: str = "manifest") -> Any:
    """Return ``value`` as JSON can hold it: dates as ISO text, sets sorted.

    Raises
    ------
    ReleaseError
        If a value is no plain data (a path, an object) or no finite number.
    """
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        return {str(key): plain_data(v, f"{where}.{key}") for key, v in value.items()}
    if isinstance(value, set | frozenset):
        value = sorted(value)
    if isinstance(value, list | tuple):
        return [plain_data(v, f"{where}[{i}]") for i, v in enumerate(value)]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ReleaseError(
        f"{value!r} is no plain data", where=where, remedy="Give text or a number."
    )
