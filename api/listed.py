"""Settlements in a list: their rows, with the values that are asked for."""

from collections.abc import Sequence
from typing import Any

from api.errors import ParameterError
from api.query import Wanted, known
from api.rows import settlement_rows
from api.store import Store
from geo.release.columns import Positions
from geo.reports.classed import readings
from geo.reports.listed import ESTIMATE, NORM, VALUE, Shown, told_at

Told = dict[str, dict[str, Any]]


def parse_shown(
    store: Store, wanted: Wanted, values: str | None, estimates: str | None
) -> Shown:
    """Read what a list is to tell: codes by comma.

    Raises
    ------
    ParameterError
        If the release has no such value or estimate; names what is like it.
    """
    return Shown(
        wanted.standard,
        wanted.domain,
        _codes(store, "values", "value", values),
        _codes(store, "estimates", "estimate", estimates),
    )


def _codes(
    store: Store, parameter: str, kind: str, text: str | None
) -> tuple[str, ...]:
    if text is None:
        return ()
    every = readings(store)[kind]
    codes = tuple(dict.fromkeys(text.split(",")))
    for code in codes:
        if code not in every:
            raise ParameterError(
                parameter, text, f"by comma, each {known(every, code)}"
            )
    return codes


def listed_rows(store: Store, rows: Positions, shown: Shown) -> list[dict[str, Any]]:
    """Return the rows of ``/v1/settlements`` for these positions."""
    values = _told(store, "values", rows, shown.values, VALUE)
    estimates = _told(store, "estimates", rows, shown.estimates, ESTIMATE)
    norms = _norms(store, rows, shown.standard)
    parts = zip(settlement_rows(store, rows), norms, values, estimates, strict=True)
    return [
        row | {"norm": norm, "values": value, "estimates": estimate}
        for row, norm, value, estimate in parts
    ]


def _told(
    store: Store, name: str, rows: Positions, codes: Sequence[str], told: Sequence[str]
) -> list[Told]:
    """Return code -> what is told of it, for each of the rows that have any."""
    out: list[Told] = [{} for _ in rows]
    for code in codes:
        found = told_at(store, name, code, rows, told).to_pylist()
        for entry, held in zip(out, found, strict=True):
            if held.pop("settlement_id") is not None:
                entry[code] = held
    return out


def _norms(
    store: Store, rows: Positions, standard: str | None
) -> list[dict[str, Any] | None]:
    """Return what a standard demands of each; None where it says nothing of it."""
    if standard is None:
        return [None for _ in rows]
    declared = store.standards.get(standard, {}).get("norms") or []
    signs = {norm["id"]: norm.get("op") for norm in declared}
    told = (*NORM, "norm_id", "status")
    return [
        {name: row[name] for name in (*NORM, "status")}
        | {"op": signs.get(row["norm_id"])}
        if row["settlement_id"] is not None
        else None
        for row in told_at(store, "judgements", standard, rows, told).to_pylist()
    ]
