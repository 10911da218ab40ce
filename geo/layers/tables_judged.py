"""Tables of what is judged and scored: verdicts, scores, ranks, what would lift."""

from geo.layers.declared_table import (
    Column,
    bounded,
    count,
    day,
    real,
    table,
    text,
    texts,
)
from geo.layers.tables_known import AREA, LEVEL, PEOPLE, SETTLEMENT
from geo.types import Force, Reason, Status, Verdict

STANDARD = text("Id of the standard in the manifest.")
PLACES = "{settlements}"
DOMAIN = text("Id of the domain of the standard, which the manifest lists.")
SUBGROUP = text(
    "`all`, or a group such as `town`, `small_town`, `kind:rural` or `size:0-19`."
)
SHARE = "1"
GAPS: dict[str, Column] = {
    "parity_gap": real("Gap against the level of the towns.", SHARE, null=True),
    "norm_gap": real(
        "Gap of its norm against that of the capital or an oblast centre.",
        SHARE,
        null=True,
    ),
}

#: A verdict on a settlement or on a whole unit, behind whose it is.
JUDGEMENT: dict[str, Column] = {
    "standard": STANDARD,
    "domain": DOMAIN,
    "force": text("What the standard is.", words=Force),
    "verdict": text("What the standard says on the day.", words=Verdict),
    "norm": real("The limit; null where several are possible.", null=True),
    "norm_low": real("Lowest limit that is possible.", null=True),
    "norm_high": real("Highest limit that is possible.", null=True),
    "norm_national": real(
        "Certain limit of the national list, as if it stood alone.", null=True
    ),
    "norm_oblast": real("Certain limit of the oblast's own list.", null=True),
    "norm_id": text("Id of the norm row that decided.", null=True),
    "norms_possible": texts(
        "Norm rows that the judge held possible: those that may bind, else the "
        "targets that wait; empty where there is no norm, null in an older release.",
        null=True,
    ),
    **bounded("gap", "Compliance gap, 0 (kept) to 1; null unless certain.", SHARE),
    **GAPS,
    "reason": text("Why the verdict is unknown.", null=True, words=Reason),
    "settled_at": real(
        "Probability at which the class by size was settled, where the range of the "
        "population alone would leave more norms possible; else null.",
        SHARE,
        null=True,
    ),
    "verdict_if_fresh": text(
        "The verdict if nothing were out of date.", null=True, words=Verdict
    ),
    "progress": real("Of a target: share reached.", SHARE, null=True),
    "required_pace": real("Of a target: still needed per year.", null=True),
    "due": day("Day by which the target must be kept.", null=True),
    "revision": text("Revision of the act.", null=True),
    "responsible": text("Who is responsible, in the country's language.", null=True),
    "status": text("Status of the value that was judged.", null=True, words=Status),
}


def _by_verdict(what: str, unit: str) -> dict[str, Column]:
    kind = real if what == "population" else count
    return {
        f"{what}_{verdict}": kind(f"Of these `{verdict}`.", unit) for verdict in Verdict
    }


def _poverty(*measures: str) -> dict[str, Column]:
    said = {
        "fgt0": "Foster-Greer-Thorbecke index: share of people with a gap.",
        "fgt1": "Foster-Greer-Thorbecke index: mean gap.",
        "fgt2": "Foster-Greer-Thorbecke index: mean squared gap.",
        "h": "Alkire-Foster headcount ratio.",
        "m0": "Alkire-Foster adjusted headcount ratio.",
    }
    made: dict[str, Column] = {}
    for measure in measures:
        made |= bounded(measure, said[measure], SHARE)
    return made | {
        "a": real("Alkire-Foster intensity among the deprived.", SHARE, null=True)
    }


JUDGED = (
    table(
        "judgements",
        "The verdict on a settlement by one standard.",
        ("settlement_id", "standard"),
        settlement_id=SETTLEMENT,
        **JUDGEMENT,
    ),
    table(
        "scores",
        "The score of a settlement in one domain, or overall.",
        ("settlement_id", "group"),
        settlement_id=SETTLEMENT,
        group=text("A domain, or `overall`."),
        **bounded(
            "score",
            "Share of the promise not kept: mean gap; null below the coverage floor.",
            SHARE,
        ),
        coverage=real("Share of the weight whose verdict is known.", SHARE, null=True),
        **GAPS,
        **{verdict: count(f"Standards `{verdict}`.") for verdict in Verdict},
    ),
    table(
        "area_scores",
        "People and settlements of a subgroup of an area by verdict, and their score.",
        ("area_id", "subgroup", "subject"),
        area_id=AREA,
        level=LEVEL,
        subgroup=SUBGROUP,
        subject=text("`overall`, `domain:<id>` or `standard:<id>`."),
        settlements=count("Settlements of the subgroup.", PLACES),
        population=real("People there.", PEOPLE),
        **_by_verdict("settlements", PLACES),
        **_by_verdict("population", PEOPLE),
        coverage=real(
            "Share of the people under a norm whose verdict is known, at least: those "
            "who may live where the population is not known lower it.",
            SHARE,
            null=True,
        ),
        **bounded(
            "score",
            "Share of the promise not kept: mean gap over what `coverage` counts; null "
            "below the floor.",
            SHARE,
        ),
        **_poverty("fgt0", "fgt1", "fgt2", "h", "m0"),
    ),
    table(
        "age_gaps",
        "Gaps by age group, from the ages of residents of raions: ecological.",
        ("area_id", "subgroup", "subject", "age"),
        area_id=AREA,
        level=LEVEL,
        subgroup=text("`all`, `town`, `small_town` or `village`."),
        subject=text("`overall`, `domain:<id>` or `standard:<id>`."),
        age=text("Age group.", words=("below_working", "working", "above_working")),
        population=real("People of this age, where ages are known.", PEOPLE),
        coverage=real("As in `area_scores`, of these people.", SHARE, null=True),
        **bounded("score", "As in `area_scores`, of these people.", SHARE),
    ),
    table(
        "ranks",
        "Where a settlement or raion stands over all draws, 1 the worst.",
        ("unit", "id"),
        unit=text("What is ranked.", words=("settlement", "raion")),
        id=text("Id of the settlement or of the area."),
        score_median=real("Median score over the draws.", SHARE),
        score_low=real("Lower end of its interval over the draws.", SHARE),
        score_high=real("Upper end of its interval.", SHARE),
        rank_median=real(
            "Median rank, 1 the worst; ties share the mean. Null where every tier is "
            "possible.",
            null=True,
        ),
        rank_low=real("Lower end of its interval over the draws."),
        rank_high=real("Upper end of its interval."),
        ranked=count("How many were ranked."),
        worst_decile=real(
            "Probability to be among the worst tenth; null where every tier is "
            "possible.",
            SHARE,
            null=True,
        ),
        tier=count(
            "Fifth of the ranking of the median rank, 1 the worst; null where every "
            "tier is possible: the evidence does not tell it apart.",
            null=True,
        ),
        tier_low=count("Tier of `rank_low`."),
        tier_high=count("Tier of `rank_high`."),
    ),
    table(
        "measures",
        "A breach: what would keep the norm, and what that does to the scores.",
        ("settlement_id", "standard"),
        settlement_id=SETTLEMENT,
        standard=STANDARD,
        value=real("The value now, in `unit`.", null=True),
        needed=real("What keeps the strictest norm that may apply."),
        change=real("Needed minus value.", null=True),
        unit=text("Unit of the indicator."),
        score_change_domain=real(
            "Score of the domain after minus before; below 0 is better.",
            SHARE,
            null=True,
        ),
        score_change_overall=real(
            "Overall score after minus before; below 0 is better.", SHARE, null=True
        ),
        rank=count(
            "Place among the measures, 1 lifts most; equal lifts share it.", null=True
        ),
    ),
)
