"""What is probably so, as the JSON of /v1."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from api.query import Wanted, one_of, select
from api.store import Store
from geo.release.columns import Objects, objects
from geo.release.read import Entry
from geo.reports.estimated import checks, groups, headline, models, sentence
from geo.texts import LANGUAGES

#: of a manifest's model, what the answer has under a name of its own
_NAMED = ("id", "indicator", "operator", "label", "meaning", "published", "failed")
_OWN = frozenset({"model", "indicator", "operator", "published"})


@dataclass(frozen=True)
class WantedEstimates:
    """Which estimates are asked for; None means no such filter."""

    indicator: str | None = None
    operator: str | None = None
    band: str | None = None


def matching_estimates(
    store: Store, wanted: WantedEstimates, place: Wanted, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many estimates match, and one page of them, by settlement.

    Raises
    ------
    ParameterError
        If a filter names something that the release does not hold.
    """
    table = store.table("estimates")
    for name in ("indicator", "operator"):
        asked = getattr(wanted, name)
        one_of(name, asked, sorted(filter(None, table[name].unique().to_pylist())))
    for name, asked in vars(wanted).items():
        if asked is not None:
            table = table.filter(pc.equal(table[name], asked))
    if place != Wanted():
        ids = store.table("settlements", ["id"])["id"].take(select(store, place))
        table = table.filter(pc.is_in(table["settlement_id"], value_set=ids))
    page = table.slice(offset, limit).to_pylist()
    names, people = store.column("name"), store.column("population")
    labels = _labels(store)
    rows = [
        row
        | {
            "label": labels.get(row["model"], {}),
            "name": names[store.position[row["settlement_id"]]],
            "population": people[store.position[row["settlement_id"]]],
        }
        for row in page
    ]
    return table.num_rows, rows


def settlement_estimates(store: Store, id_: str) -> list[dict[str, Any]]:
    """Return the estimates of one settlement, each with its sentence."""
    listed = {model["id"]: model for model in models(store)}
    return [
        {name: held for name, held in row.items() if name != "settlement_id"}
        | {
            "label": listed[row["model"]]["label"],
            "text": {
                language: sentence(store, listed[row["model"]], row, language)
                for language in LANGUAGES
            },
        }
        for row in store.rows("estimates", id_)
    ]


def estimate_columns(store: Store) -> dict[tuple[str, str], Objects]:
    """Return (column, indicator) -> one place per settlement, None where there is none.

    Of each model that passed, ``estimate`` and ``band``.
    """
    table = store.table("estimates")
    place, code = store.places(table), objects(table, "indicator")
    made: dict[tuple[str, str], Objects] = {}
    for column in ("estimate", "band"):
        held = objects(table, column)
        for indicator in sorted(set(code)):
            mine = code == indicator
            made[column, indicator] = np.full(store.count, None, dtype=object)
            made[column, indicator][place[mine]] = held[mine]
    return made


def estimate_models(store: Store, language: str) -> dict[str, Any]:
    """Return the gate, all models with checks and groups, and the anchors."""
    held = store.manifest.get("estimates", {})
    return {
        "gate": held.get("gate"),
        "interval": held.get("interval"),
        "models": [_model(store, one, language) for one in models(store)],
        "anchors": [_circulated(one) for one in held.get("anchors", [])],
    }


def _circulated(anchor: Entry) -> dict[str, Any]:
    """Return an anchor without where it was seen: that is for who verifies it."""
    return {key: held for key, held in anchor.items() if key != "seen_at"}


def _model(store: Store, model: Entry, language: str) -> dict[str, Any]:
    named = {name: model[name] for name in _NAMED}
    rows = groups(store, model["indicator"]).values() if model["published"] else ()
    return named | {
        "declared": {k: held for k, held in model.items() if k not in _NAMED},
        "checks": [_row(row) for row in checks(store, model["id"]).values()],
        "groups": [_row(row) for row in rows],
        "headline": headline(store, model, language) if model["published"] else [],
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: held for name, held in row.items() if name not in _OWN}


def _labels(store: Store) -> dict[str, dict[str, str]]:
    return {one["id"]: one["label"] for one in models(store)}
