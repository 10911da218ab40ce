"""All models of a country: fitted, checked, and what those that passed say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from geo.estimates.declared import Anchor, Estimates, Minutes, Model
from geo.estimates.gate import Checked, Estimate, blocks, check, in_band, widened
from geo.estimates.groups import group_rows
from geo.estimates.logistic import Fit
from geo.estimates.minutes import timed
from geo.estimates.subject import Bools, Ground, Subject, ground_of, subject_of
from geo.layers.geodesy import Floats, Indices
from geo.layers.model import Layers
from geo.layers.schema import TABLES
from geo.sources.country import Country

OPEN = "open"
#: of shares and scores, and more than enough of people
_DECIMALS = 4
NAMES = ("estimates", "estimate_checks", "estimate_groups")


@dataclass(frozen=True)
class Estimated:
    """The tables of a release that hold estimates, and their part of the manifest."""

    tables: dict[str, pd.DataFrame]
    manifest: dict[str, Any]


def estimate(
    layers: Layers,
    country: Country,
    declared: Estimates,
    ways: Mapping[str, pd.DataFrame],
) -> Estimated:
    """Fit and check each model; estimates are only of those that pass the gate.

    Parameters
    ----------
    layers
        Settlements, cells and facilities.
    country
        Operators, metric coordinate system and size bands.
    declared
        The models and the gate.
    ways
        Ways to the nearest facility of each kind that was asked for.

    Returns
    -------
    Estimated
        Tables ``estimates``, ``estimate_checks`` and ``estimate_groups``; ``models``
        (with why one failed) and ``anchors`` for the manifest.
    """
    # sums by several threads end in other digits, and matrices as small as these take
    # five times as long on them
    with threadpool_limits(limits=1, user_api="blas"):
        return _estimate(layers, country, declared, ways)


def _estimate(
    layers: Layers,
    country: Country,
    declared: Estimates,
    ways: Mapping[str, pd.DataFrame],
) -> Estimated:
    ground = ground_of(layers, country, declared)
    made: dict[str, list[pd.DataFrame]] = {name: [] for name in NAMES}
    listed = []
    for model in declared.models:
        every: pd.DataFrame | None = None
        any_draws: Floats | None = None
        for one in model.each(country.operators):
            subject = subject_of(one, ground, layers, declared.interval)
            checked = _checked(subject, declared)
            made["estimate_checks"].append(_check_rows(one, checked))
            listed.append(_described(subject, checked))
            if not checked.published:
                continue
            rows, draws = _published(subject, checked, declared, every)
            if every is not None and draws is not None and any_draws is not None:
                bound = every["found"].eq(False).to_numpy(bool)  # noqa: FBT003 - a value
                draws[:, bound] = np.minimum(draws, any_draws)[:, bound]
            if one.operator is None:
                every, any_draws = rows, draws
            made["estimates"].append(rows)
            bands = country.parameters.size_bands
            made["estimate_groups"].append(
                group_rows(ground.places, rows, draws, bands, declared.interval)
            )
    for timing in declared.minutes:
        if timing.kind in ways:
            found = timed(timing, ways[timing.kind], ground, layers, country, declared)
            if found is not None:
                made["estimate_checks"].append(_check_rows(timing, found.checked))
                made["estimates"] += [found.rows] * found.checked.published
                listed.append(found.described)
    tables = {name: _stacked(name, parts) for name, parts in made.items()}
    anchors = [_allowed(one, ground) for one in declared.anchors]
    manifest = declared.described() | {"models": listed, "anchors": anchors}
    return Estimated(tables, manifest)


def _checked(subject: Subject, declared: Estimates) -> Checked:
    model, known = subject.model, subject.known
    return check(subject.candidate(), known.looked, known, model.rule, declared.gate)


def _published(
    subject: Subject,
    checked: Checked,
    declared: Estimates,
    every: pd.DataFrame | None,
) -> tuple[pd.DataFrame, Floats | None]:
    """Return the rows of a model that passed, and probabilities by drawn coefficients.

    Nothing is called probable where somebody looked in vain, nor improbable what is on
    record: what is known of a place stands against the model. What one operator has any
    operator has: where ``every``, the estimates of any, tell less, theirs hold.
    """
    gate, known, model = declared.gate, subject.known, subject.model
    block = blocks(known.flat, gate.block_km, gate.seeds[0])
    learnt = subject.fitted(known.looked, known.found, block)
    said = widened(subject.say(learnt, subject.design), checked.wider, model.cap)
    p, low, high = said if every is None else _at_most(said, every)
    told = subject.ground.told
    propensity = _propensity(subject, block)
    within = told & ((propensity >= gate.domain) | known.looked)
    vain = known.looked & (known.found == 0) & (model.looked is not None)
    alone = np.zeros(len(p), bool)
    if every is not None:
        alone = every["reason"].eq("looked_not_found").to_numpy(bool)
    told_in = np.where(within, OPEN, "").astype(object)
    for band in model.bands:
        against = vain | alone if band.id == "probably" else known.found > 0
        told_in[within & in_band(band, p, low, high) & ~against] = band.id
    why = {
        "no_population": ~told,
        "outside_domain": ~within,
        "looked_not_found": vain,
        "any_not_found": alone,
    }
    reason = np.select([*why.values()], [*why], "")
    rows = pd.DataFrame(
        {
            "settlement_id": subject.ground.places["id"].to_numpy(object),
            "indicator": model.indicator,
            "operator": model.operator.id if model.operator else None,
            "model": model.id,
            "unit": "1",
            "estimate": np.where(within, p, np.nan),
            "low": np.where(within, low, np.nan),
            "high": np.where(within, high, np.nan),
            "band": _said(pd.Series(told_in, dtype="object")),
            "reason": _said(pd.Series(reason, dtype="object")),
            "found": known.found > 0,
            "days": subject.days,
            "propensity": propensity if model.looked else None,
            "n": int(known.looked.sum()),
        }
    )
    return rows, _draws(subject, learnt, checked, declared)


def _at_most(said: Estimate, every: pd.DataFrame) -> Estimate:
    """Return what is told of one operator, no more than of any where none is found."""
    bound = every["found"].eq(False).to_numpy(bool)  # noqa: FBT003 - a value of a column
    ends = (every[name].to_numpy(float) for name in ("estimate", "low", "high"))
    p, low, high = (
        np.where(bound, np.fmin(one, end), one)
        for one, end in zip(said, ends, strict=True)
    )
    return p, low, high


def _said(words: pd.Series) -> pd.Series:
    """Return words, null where there is none."""
    return words.mask(words.eq(""), None)


def _propensity(subject: Subject, block: Indices) -> Floats:
    """Return how probable it is that somebody looked: 1 where everywhere is."""
    looked = subject.known.looked
    if subject.model.looked is None:
        return np.ones(len(looked))
    every: Bools = np.ones(len(looked), bool)
    learnt = subject.fitted(every, looked.astype(float), block)
    return learnt.predict(subject.design)


def _draws(
    subject: Subject, learnt: Fit, checked: Checked, declared: Estimates
) -> Floats | None:
    """Return probabilities by drawn coefficients; none where everywhere is looked at.

    There the raw share of a group says it already.
    """
    if subject.model.looked is None:
        return None
    rng = np.random.default_rng(declared.gate.seeds[0])
    wide = Fit(learnt.coefficients, learnt.covariance * checked.wider**2)
    drawn = wide.draws(subject.design, declared.draws, rng)
    return np.minimum(drawn, subject.model.cap)


def _check_rows(model: Model | Minutes, checked: Checked) -> pd.DataFrame:
    return checked.rows.assign(
        model=model.id, indicator=model.indicator, published=checked.published
    )


def _described(subject: Subject, checked: Checked) -> dict[str, Any]:
    """Return what the manifest says of a model, published or failed."""
    model = subject.model
    return model.model_dump(mode="json", exclude={"per", "operator"}) | {
        "operator": model.operator.id if model.operator else None,
        "published": checked.published,
        "failed": list(checked.failed),
        "interval_widened": checked.wider,
        "checked": {k: v for k, v in checked.summary.items() if v == v},  # noqa: PLR0124 - NaN
    }


def _allowed(anchor: Anchor, ground: Ground) -> dict[str, Any]:
    """Return an anchor with what it allows: the people that it leaves out, at most."""
    left_out = (1 - anchor.share) * float(ground.places["population"].sum())
    return anchor.model_dump(mode="json") | {"people_without": round(left_out)}


def _stacked(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all models with exactly the columns of the table."""
    columns = TABLES[name].schema.names
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True).reindex(columns=columns)
    return table.round(_DECIMALS)
