"""National scoring with Monte Carlo draws against the same in plain pandas.

    paritet bench robustness [--json]

25,000 settlements drawn from a seed are judged by all settlement standards of Belarus
(three indicators with measured, modelled, partial, stale and missing values, the others
unknown; uncertain people and classes), scored, and ranked over 500 draws. The peer
takes the same drawn gaps and weights and scores and ranks with melt, merge and groupby;
it is timed on a few draws and stated per draw. Both rank every settlement alike, or the
benchmark fails. The budget is 20 s of wall time and 2 GB; the draws run on all cores.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from geo.layers.schema import TABLES
from geo.scores.draws.drawn import drawn_gaps, drawn_scores
from geo.scores.draws.factors import Realisations, drawn_factors
from geo.scores.draws.ranking import ranks_of
from geo.scores.draws.robustness import Raions, robustness
from geo.scores.draws.uncertain import UncertainGaps, uncertain_gaps
from geo.scores.given import Given, Scoring
from geo.scores.scores import settlement_scores
from geo.sources.country import load_country
from geo.sources.indicators import indicators
from geo.sources.robustness_parameters import RobustnessParameters
from geo.standards.country import law_of
from geo.standards.judge import judge

SETTLEMENTS, SEED, PEER_DRAWS = 25_000, 2026, 6
ON = date(2026, 11, 22)
WAIT, TRIPS, NET = (
    "health.ambulance_minutes",
    "transport.trips_per_week",
    "digital.fixed_broadband",
)
Timed = dict[str, float]
OBLASTS = pd.DataFrame(
    [
        {"id": f"o{number}", "level": "oblast", "name": name}
        for number, name in enumerate(
            ["Могилёвская область", *(f"Oblast {n}" for n in range(1, 6))]
        )
    ]
)


def settlements(rng: np.random.Generator) -> pd.DataFrame:
    """Return settlements in 120 raions, most of them small villages."""
    people = np.ceil(np.exp(rng.normal(3.6, 1.3, SETTLEMENTS)))
    spread = rng.choice([0.0, 0.3, 1.5], SETTLEMENTS, p=[0.3, 0.4, 0.3])
    unsure = rng.random(SETTLEMENTS) < 0.3  # noqa: PLR2004
    agro = rng.random(SETTLEMENTS) < 0.06  # noqa: PLR2004
    kinds = [
        ["agrogorodok", "rural"] if open_ else ["agrogorodok" if flag else "rural"]
        for open_, flag in zip(unsure, agro, strict=True)
    ]
    flags = np.where(unsure, "unknown", np.where(agro, "yes", "no"))
    frame = pd.DataFrame(
        {
            "id": [f"bench:{number:05}" for number in range(SETTLEMENTS)],
            "kinds_possible": kinds,
            "selsovet_centre": flags,
            "raion_centre": "no",
            "oblast_centre": "no",
            "urban": "no",
            "population": people,
            "population_low": np.floor(people / (1 + spread)),
            "population_high": np.ceil(people * (1 + spread)),
            "raion_id": [f"r{number % 120:03}" for number in range(SETTLEMENTS)],
            "oblast_id": [f"o{number % 6}" for number in range(SETTLEMENTS)],
        }
    )
    columns = [n for n in TABLES["settlements"].schema.names if n != "geometry"]
    return frame.reindex(columns=columns).set_index("id")


def values(ids: pd.Index, rng: np.random.Generator) -> pd.DataFrame:
    """Return values: a third each known well, known as a range or bound, unknown."""
    size = len(ids)
    minutes, trips = rng.gamma(4, 9, size), rng.poisson(9, size).astype(float)
    how = rng.integers(0, 4, size)
    wait = pd.DataFrame({"value": minutes, "low": minutes, "high": minutes})
    wait.loc[how == 1, ["low", "high"]] = np.c_[minutes * 0.4, minutes * 2][how == 1]
    wait.loc[how >= 2, "low"] = np.nan  # noqa: PLR2004
    wait.loc[how >= 2, "high"] = (minutes * 2)[how >= 2]  # noqa: PLR2004
    wait["status"] = np.where(how == 0, "measured", "modelled")
    bus = pd.DataFrame({"value": trips, "low": trips, "high": trips})
    bus.loc[how == 1, "high"] = np.nan
    line = (rng.random(size) < 0.8).astype(float)  # noqa: PLR2004
    net = pd.DataFrame({"value": line, "low": line, "high": line})
    parts = []
    for code, unit, table in ((WAIT, "min", wait), (TRIPS, "", bus), (NET, "", net)):
        named = table.assign(settlement_id=ids, indicator=code, unit=unit)
        if code != WAIT:
            gone = rng.random(size) < 1 / 3
            named["status"] = np.where(gone, "unknown", "declared")
            named.loc[gone, ["value", "low", "high"]] = np.nan
        days = np.where(rng.random(size) < 0.1, "2010-06-01", "2026-06-01")  # noqa: PLR2004
        parts.append(named.assign(date=pd.to_datetime(days).astype("datetime64[s]")))
    whole = pd.concat(parts, ignore_index=True)
    return whole.reindex(columns=TABLES["values"].schema.names)


def timed(run: Callable[[], Any]) -> tuple[Any, Timed]:
    """Return what a call gives, its wall and its CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = run()
    return found, {
        "wall_seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
    }


def peer(
    gaps: UncertainGaps,
    fields: Realisations,
    parameters: RobustnessParameters,
    draw: int,
) -> pd.Series:
    """Return the ranks of one draw by melt, merge and groupby."""
    f = drawn_factors(fields, range(draw, draw + 1))
    names = list(gaps.standards)
    drawn = pd.DataFrame(
        np.stack([drawn_gaps(gaps, f, n)[0] for n in range(len(names))], axis=1),
        columns=names,
    ).where(gaps.applies)
    long = drawn.rename_axis("settlement").reset_index()
    long = long.melt("settlement", var_name="standard", value_name="gap").dropna()
    weights = pd.DataFrame(
        {
            "standard": names,
            "domain": gaps.domain,
            "inner": f.standard_weights[0],
            "outer": f.domain_weights[0][gaps.domain],
        }
    )
    long = long.merge(weights, on="standard")
    inside = long.groupby(["settlement", "domain"])["inner"].transform("sum")
    long["weight"] = long["outer"] * long["inner"] / inside
    total = long.groupby("settlement")["weight"].transform("sum")
    long["weight"] /= total
    form = parameters.aggregations[f.form[0]]
    if form == "arithmetic":
        score = (long["weight"] * long["gap"]).groupby(long["settlement"]).sum()
    elif form == "geometric":
        kept = np.log((1 - long["gap"]).clip(lower=parameters.achievement_floor))
        score = 1 - np.exp((long["weight"] * kept).groupby(long["settlement"]).sum())
    else:
        breach = long["weight"] * (long["gap"] > 0)
        score = breach.groupby(long["settlement"]).sum()
        score = score.where(score >= f.k[0] - 1e-12, 0.0)
    return score.round(9).rank(ascending=False)


def main() -> None:
    """Time both and print the ratio per draw."""
    rng = np.random.default_rng(SEED)
    places = settlements(rng)
    country = load_country("by")
    windows = {i.code: i.freshness_years for i in indicators(country)}
    law = law_of(country).standards
    standards = [standard for standard in law if standard.for_settlements]
    known = values(places.index, rng)
    parameters = RobustnessParameters()
    judged = judge(places, known, standards, ON, windows, OBLASTS)
    how = Scoring(0.6, 0.34, (), 20_000, {}, windows)
    given = Given(places, known, judged, OBLASTS, standards, ON, how)
    domains = sorted({standard.domain for standard in standards})

    def ours() -> None:
        settlement_scores(given, judged, domains)
        robustness(given, parameters)

    _, spent = timed(ours)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    rows = np.flatnonzero(given.matrix.applicable.any(axis=1))
    gaps = uncertain_gaps(given).take(rows)
    raion = Raions.of(given.places.iloc[rows], given.people[rows]).of_settlement
    fields = Realisations(parameters, 0, raion, gaps.indicators, gaps.domain)
    draws = range(PEER_DRAWS)
    fast, one = timed(
        lambda: drawn_scores(gaps, drawn_factors(fields, draws), parameters)
    )
    ranked, two = timed(lambda: [ranks_of(scores)[0] for scores in fast])
    theirs, three = timed(
        lambda: [peer(gaps, fields, parameters, draw) for draw in draws]
    )
    same = all(
        np.array_equal(a, b.to_numpy()) for a, b in zip(ranked, theirs, strict=True)
    )
    drawn = drawn_factors(fields, draws).form
    forms = {parameters.aggregations[number] for number in drawn}
    per_draw = (one["cpu_seconds"] + two["cpu_seconds"]) / PEER_DRAWS
    peer_draw = three["cpu_seconds"] / PEER_DRAWS
    result = {
        "settlements": SETTLEMENTS,
        "standards": len(gaps.standards),
        "verdicts": judged["verdict"].value_counts().to_dict(),
        "draws": parameters.draws,
        **spent,
        "peak_memory_mb": peak,
        "within_budget": spent["wall_seconds"] <= 20 and peak <= 2048,  # noqa: PLR2004
        "cpu_seconds_per_draw": round(per_draw, 4),
        "peer": "pandas: melt, merge, groupby; the same random numbers",
        "peer_draws": PEER_DRAWS,
        "peer_aggregations": sorted(forms),
        "peer_cpu_seconds_per_draw": round(peer_draw, 4),
        "peer_over_ours": round(peer_draw / per_draw, 1),
        "same_ranks": same,
    }
    if "--json" in sys.argv:
        print(json.dumps(result))
    else:
        for key, value in result.items():
            print(f"{key:<26} {value}")
    if not same:
        sys.exit("the peer ranks otherwise: one of the two is wrong")


if __name__ == "__main__":
    main()
