"""A list of settlements as one flat table: what a reader asked to see, and no more.

The columns bear the names of :func:`geo.reports.wide.wide_settlements`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.release.columns import Positions, take
from geo.release.read import LANGUAGES, TOLD, Release
from geo.reports.about import one_line
from geo.reports.wide import flat, with_area_names

SCORE = ("score", "score_low", "score_high", "coverage")
#: What is told of a standard; without the last it is in every list.
VERDICT = ("verdict", "reason", "gap", "gap_low", "gap_high")
NORM = ("norm", "norm_low", "norm_high")
VALUE = ("value", "low", "high", "status", "date")
ESTIMATE = ("estimate", "low", "high", "band", "found", "reason")
PLACE = (
    *("kind", "kinds_possible", "urban", "raion_id", "oblast_id"),
    *("population", "population_low", "population_high"),
    *("population_year", "population_status", "lon", "lat"),
)


@dataclass(frozen=True)
class Shown:
    """What a list tells of its settlements beside name, class, residents and area.

    Attributes
    ----------
    standard
        Its verdict, norm and gap, in the place of a score.
    domain
        Its score; by default the overall one.
    values, estimates
        Codes of what has values, and of what is estimated.
    """

    standard: str | None = None
    domain: str | None = None
    values: tuple[str, ...] = ()
    estimates: tuple[str, ...] = ()


def listed_table(release: Release, places: Positions, shown: Shown) -> pa.Table:
    """Return one row per settlement in the order of their places.

    Columns: ``id``, names, class, residents and areas as the table ``settlements`` has
    them (lists joined by ``|``), with ``raion`` and ``oblast`` in words; of the
    standard ``verdict_``, ``reason_``, ``gap_`` (0…1), ``norm_`` and their bounds, or
    else of the domain ``score_`` and ``coverage_``; per value ``value_``, ``low_`` and
    ``high_`` in the unit of the indicator, ``status_``, ``date_``; per estimate
    ``estimate_``, ``low_``, ``high_``, ``band_``, ``found_``, ``reason_``;
    ``geometry`` (WKB, a point or null) last. Dots of codes become ``_``. What is
    unreachable has no value and no bound, and its status says so.
    """
    names = [f"name_{one}" for one in release.languages if one in LANGUAGES]
    columns = ["id", "name", *names, *PLACE, "geometry"]
    table = flat(take(release.table("settlements", columns), places))
    geometry = table["geometry"]
    table = with_area_names(table.drop_columns(["geometry"]), release)
    for kind, code, told in _parts(shown):
        found = told_at(release, kind, code, places, told)
        for column in told:
            name = f"{column}_{code.replace('.', '_')}"
            table = table.append_column(name, _finite(found[column]))
    return table.append_column("geometry", geometry)


def told_at(
    release: Release, name: str, about: str, places: Positions, columns: Sequence[str]
) -> pa.Table:
    """Return what a long table tells of some settlements, one row for each.

    Parameters
    ----------
    release
        The opened release.
    name, about
        As :meth:`geo.release.read.Release.told` has them.
    places
        Of the settlements, in any order.
    columns
        What is told, beside ``settlement_id``, which is null where there is no row.
    """
    rows = release.index(name, TOLD[name]).rows(about)
    table = take(release.hold(name, ["settlement_id", *columns]), rows)
    at = np.full(release.count, -1, np.int64)
    at[release.places(table)] = np.arange(len(rows))
    return take(table, at[places])


def explained(release: Release, shown: Shown) -> list[tuple[str, str]]:
    """Return, for what a list tells, its code and what it is called, with its unit."""
    return [
        (code, one_line(_title(release, kind, code)) or code)
        for kind, code, _ in _parts(shown)
    ]


def _parts(shown: Shown) -> list[tuple[str, str, Sequence[str]]]:
    """Return long table, code and columns of each thing that is told."""
    judged = ("judgements", shown.standard or "", (*VERDICT, *NORM))
    scored = ("scores", shown.domain or "overall", SCORE)
    return [
        judged if shown.standard else scored,
        *(("values", code, VALUE) for code in shown.values),
        *(("estimates", code, ESTIMATE) for code in shown.estimates),
    ]


def _title(release: Release, kind: str, code: str) -> dict[str, Any]:
    if kind == "judgements":
        return release.standards.get(code, {}).get("title") or {}
    if kind == "scores":
        return release.domains.get(code, {}).get("label") or {}
    if kind == "values":
        entry = release.indicator(code)
        unit = entry.get("unit")
        texts = entry.get("label") or {}
        return {lang: f"{text} [{unit}]" for lang, text in texts.items()}
    models = release.manifest.get("estimates", {}).get("models", [])
    return next((one["label"] for one in models if one["indicator"] == code), {})


def _finite(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if not pa.types.is_floating(column.type):
        return column
    nothing = pa.scalar(None, column.type)
    return pc.if_else(pc.is_inf(column), nothing, column)
