"""Rows, sums and scores of a comparison as plain data: for JSON, CSV and the API."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from geo.inert import no_formula
from geo.reports.diff.compare import Diff, cause_names
from geo.reports.diff.grid import JUDGED_REALS, JUDGED_TEXTS, Side
from geo.reports.diff.split import PARTS
from geo.reports.diff.sums import Sum

_EPOCH = date(1970, 1, 1)
_VALUE_TEXTS = ("status", "method", "source", "supplier", "origin")
_VALUE_REALS = ("value", "low", "high")
_SERVICE = {1: "better", -1: "worse", 0: None}
_STRICTNESS = {1: "stricter", -1: "looser", 0: None}
_GAP = {1: "larger", -1: "smaller", 0: None}
SIDE_COLUMNS = (
    *JUDGED_TEXTS, *JUDGED_REALS, *_VALUE_REALS, *_VALUE_TEXTS, "date", "population",
    "population_low", "population_high", "kind",
)  # fmt: skip


def records(diff: Diff, spots: Iterable[int]) -> list[dict[str, Any]]:
    """Return the rows at these places of the grid (from :meth:`Diff.select`).

    Returns
    -------
    list of dict
        ``settlement, name, raion, oblast, lon, lat, people, standard, causes, service
        (better, worse), norm_change (stricter, looser), gap_change, parts (cause ->
        share; null where it cannot be split), before, after``; the last two hold
        :data:`SIDE_COLUMNS`, null where the settlement or standard is not there.
    """
    told = {name: _newest(diff, name) for name in ("name", "lon", "lat")}
    return [_record(diff, int(spot), told) for spot in spots]


def _newest(diff: Diff, name: str) -> list[Any]:
    """Return a column of the newer release, else what the older one knew."""
    return [
        new if new is not None else old
        for old, new in zip(
            *(_column(side, name, len(diff.grid.ids)) for side in diff.grid.sides),
            strict=True,
        )
    ]


def _column(side: Side, name: str, size: int) -> list[Any]:
    held = side.places[name].to_pylist()
    return [held[row] if row >= 0 else None for row in side.row.tolist()[:size]]


def _record(diff: Diff, spot: int, told: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    pair, found = diff.grid, diff.causes
    row, column = divmod(spot, len(pair.standards))
    before, after = (_side(diff, side, row, column) for side in pair.sides)
    change = _number(found.gap_change[row, column])
    parts = {name: float(found.parts[name][row, column]) for name in PARTS}
    return {
        "settlement": pair.ids[row],
        "name": told["name"][row],
        "raion": diff.members["raion"][row],
        "oblast": diff.members["oblast"][row],
        "lon": told["lon"][row],
        "lat": told["lat"][row],
        "people": _number(diff.people[row]),
        "standard": pair.standards[column],
        "causes": cause_names(found, spot),
        "service": _SERVICE[int(found.service[row, column])],
        "norm_change": _STRICTNESS[int(found.strictness[row, column])],
        "gap_change": change,
        "parts": None
        if change is None
        else {name: share for name, share in parts.items() if share},
        "before": before,
        "after": after,
    }


def _side(diff: Diff, side: Side, row: int, column: int) -> dict[str, Any] | None:
    if not side.judged[row, column]:
        return None
    texts = diff.grid.words.texts
    out: dict[str, Any] = {
        name: texts[int(side.texts[name][row, column])]
        for name in (*JUDGED_TEXTS, *_VALUE_TEXTS)
    }
    for name in (*JUDGED_REALS, *_VALUE_REALS):
        out[name] = _number(side.reals[name][row, column])
    day = _number(side.reals["date"][row, column])
    out["date"] = None if day is None else (_EPOCH + timedelta(days=day)).isoformat()
    for name, numbers in side.people.items():
        out[name] = _number(numbers[row])
    out["kind"] = side.places["kind"][int(side.row[row])].as_py()
    return {name: out[name] for name in SIDE_COLUMNS}


def _number(number: Any) -> float | None:
    """Return a number as JSON can hold it; unknown and unreachable are null."""
    return float(number) if math.isfinite(number) else None


def sum_record(line: Sum) -> dict[str, Any]:
    """Return one line of the sums with its directions in words."""
    return asdict(line) | {
        "causes": list(line.causes),
        "service": _SERVICE[line.service],
        "strictness": _STRICTNESS[line.strictness],
        "gap": _GAP[line.gap],
    }


def head(diff: Diff) -> dict[str, Any]:
    """Return the two releases, what is not alike, and which norms changed."""
    return {
        "from": diff.before.id,
        "to": diff.after.id,
        "days": [diff.before.on, diff.after.on],
        "synthetic": diff.after.synthetic,
        "comparable": not diff.notes,
        "notes": [asdict(note) for note in diff.notes],
        "norms": [
            {
                "standard": one.standard,
                "id": one.id,
                "before": _limit(one.limits[0]),
                "after": _limit(one.limits[1]),
                "old": None if one.old is None else dict(one.old),
                "new": None if one.new is None else dict(one.new),
            }
            for one in diff.norms
        ],
    }


def _limit(limit: float) -> float | None:
    return None if math.isnan(limit) else limit


def document(
    diff: Diff,
    area: str | None = None,
    standard: str | None = None,
    cause: str | None = None,
) -> dict[str, Any]:
    """Return the whole comparison as plain data."""
    return head(diff) | {
        "bounds_only": diff.count_bounds_only(area, standard),
        "sums": [sum_record(line) for line in diff.sums(area, standard)],
        "scores": [asdict(split) for split in diff.scores(area)],
        "rows": records(diff, diff.select(area, standard, cause)),
    }


def csv_text(diff: Diff, spots: Iterable[int]) -> str:
    """Return rows as CSV with ``before_`` and ``after_`` columns.

    A CSV has no place for remarks: releases and ``synthetic`` are columns.
    """
    about = (diff.before.id, diff.after.id, "yes" if diff.after.synthetic else "no")
    plain = (
        "settlement", "name", "raion", "oblast", "people", "standard", "causes",
        "service", "norm_change", "gap_change",
    )  # fmt: skip
    sides = [f"{side}_{name}" for name in SIDE_COLUMNS for side in ("before", "after")]
    shares = [f"part_{name}" for name in PARTS]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["from", "to", "synthetic", *plain, *shares, *sides])
    for row in records(diff, spots):
        cells = [row[name] for name in plain]
        cells[plain.index("causes")] = "+".join(row["causes"])
        parts = row["parts"] or {}
        cells += [parts.get(name) for name in PARTS]
        for name in SIDE_COLUMNS:
            cells += [(row[side] or {}).get(name) for side in ("before", "after")]
        writer.writerow([no_formula(cell) for cell in (*about, *cells)])
    return out.getvalue()
