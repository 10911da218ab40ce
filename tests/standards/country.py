"""Eight settlements in two raions whose scores are computed by hand in the tests.

====  ============  ======  =====================  ==================  ==============
no.   kind          people  trips (norm)           ambulance (norm)    broadband
====  ============  ======  =====================  ==================  ==============
0 A   raion_city    10,000  40 (none)              10 (20) kept        yes
1 A   agrogorodok    1,000  15 (20) gap 1/4        80 (40) gap 1/2     no, gap 1
2 A   rural            100   8 (8)  kept           50 (40) gap 1/5     no norm
3 A   rural            400   unknown               40 (40) kept        yes
4 B   rural            600   4 (8)  gap 1/2        unknown             unknown
5 B   rural             30   4 (4)  kept           unreachable, gap 1  no norm
6 B   rural        unknown   8 (0, 4 or 8) kept    20 (40) kept        no: unknown
7 B   rural      100, twin   0 (8)  gap 1          100 (40) gap 3/5    no norm
====  ============  ======  =====================  ==================  ==============
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from geo.scores.comparison import compare
from geo.scores.given import Given, Scoring
from geo.scores.scores import settlement_scores
from geo.standards.judge import judge
from geo.standards.model import Standard
from tests.standards import toy

TRIPS, WAIT, NET, SPEED = (
    "transport.trips_per_week",
    "health.ambulance_minutes",
    "digital.fixed_broadband",
    "digital.mobile_mbps",
)
DOMAINS = ("health", "transport", "digital", "post")
FLOOR = 0.6
BETTER = {TRIPS: "higher", WAIT: "lower", NET: "higher", SPEED: "higher"}

STANDARDS = [
    toy.standard(
        "toy.trips",
        TRIPS,
        {"applies": {"kind": ["agrogorodok"]}, "value": 20},
        {"applies": {"kind": ["rural"], "population": ">50"}, "value": 8},
        {"applies": {"kind": ["rural"], "population": "20-50"}, "value": 4},
    ),
    toy.standard(
        "toy.wait",
        WAIT,
        {"applies": {"kind": ["oblast_city", "raion_city"]}, "op": "<=", "value": 20},
        {"applies": {"kind": ["agrogorodok", "rural"]}, "op": "<=", "value": 40},
    ),
    toy.standard("toy.net", NET, {"applies": {"population": ">=300"}, "op": "has"}),
    toy.standard(
        "toy.speed", SPEED, {"value": 30, "due": "2030-12-31"}, force="target"
    ),
]


def _place(raion: str, kind: str, population: float | None, **more: object) -> dict:
    return {
        "kind": kind,
        "population": population,
        "urban": "yes" if kind == "raion_city" else "no",
        "raion_id": raion,
        "oblast_id": "o",
        "country_id": "ty",
    } | more


def settlements() -> pd.DataFrame:
    return toy.settlements(
        _place("a", "raion_city", 10000),
        _place("a", "agrogorodok", 1000),
        _place("a", "rural", 100),
        _place("a", "rural", 400),
        _place("b", "rural", 600),
        _place("b", "rural", 30),
        _place("b", "rural", None),
        _place("b", "rural", 100, duplicate_of="toy:2"),
    )


def values() -> pd.DataFrame:
    nowhere = {"status": "unreachable", "low": float("inf")}
    table = {
        TRIPS: [40, 15, 8, None, 4, 4, 8, 0],
        WAIT: [10, 80, 50, 40, None, nowhere, 20, 100],
        NET: [1, 0, 0, 1, None, 0, 0, 0],
        SPEED: [50, 15, 60, None, None, None, None, None],
    }
    return toy.values(
        *(
            (f"toy:{number}", indicator, known)
            for indicator, column in table.items()
            for number, known in enumerate(column)
        )
    )


def areas() -> pd.DataFrame:
    """Return the areas; residents by age are known of raion a alone."""
    rows = [("ty", "country"), ("o", "oblast"), ("a", "raion"), ("b", "raion")]
    ages = {"official_urban": 10000, "official_rural": 1500}
    ages |= {"young_urban": 2000, "young_rural": 150}
    ages |= {"old_urban": 2500, "old_rural": 600}
    columns = {
        f"population_{name}": pd.array([None, None, count, None], "Int64")
        for name, count in ages.items()
    }
    return pd.DataFrame(rows, columns=["id", "level"]).assign(**columns)


def judged() -> pd.DataFrame:
    return judge(settlements(), values(), STANDARDS, toy.ON, {})


def given(
    places: pd.DataFrame | None = None,
    known: pd.DataFrame | None = None,
    judgements: pd.DataFrame | None = None,
    standards: Sequence[Standard] = STANDARDS,
    within: pd.DataFrame | None = None,
    **how: Any,
) -> Given:
    """Return what scores start from; what is not said is the toy country's."""
    rows = settlements() if places is None else places
    stated = values() if known is None else known
    lie = areas() if within is None else within
    usual = {
        "floor": FLOOR,
        "k": 0.5,
        "small_town": 20_000,
        "bands": (),
        "better": BETTER,
    }
    scoring = Scoring(**usual | {"freshness": {}} | how)
    if judgements is None:
        judgements = judge(rows, stated, standards, toy.ON, scoring.freshness, lie)
    return Given(rows, stated, judgements, lie, standards, toy.ON, scoring)


def scored(made: Given | None = None) -> pd.DataFrame:
    made = made or given()
    return settlement_scores(made, compare(made), DOMAINS)
