"""Tables of what is judged: verdicts, scores, and how groups compare."""

import pyarrow as pa

from geo.layers.declared_table import COUNT, DAY, REAL, TEXT, table

_bounds = {
    f"{measure}{bound}": REAL
    for measure in ("fgt0", "fgt1", "fgt2", "h", "a", "m0")
    for bound in ("", "_low", "_high")
}
_verdict_counts = {
    f"{what}_{verdict}": (REAL if what == "population" else COUNT)
    for what in ("settlements", "population")
    for verdict in ("kept", "breached", "unknown", "no_norm", "not_due")
}

JUDGED = (
    table(
        "judgements",
        ("settlement_id", "standard"),
        settlement_id=TEXT,
        standard=TEXT,
        domain=TEXT,
        force=TEXT,
        verdict=TEXT,
        norm=REAL,  # null where several norms are possible
        norm_low=REAL,
        norm_high=REAL,
        norm_national=REAL,  # the certain limit of each list, null where none is
        norm_oblast=REAL,
        norm_id=TEXT,  # the norm row that decided
        norms_possible=pa.list_(TEXT),  # rows that may bind; else targets that wait
        gap=REAL,
        gap_low=REAL,
        gap_high=REAL,
        parity_gap=REAL,  # against the level of the towns
        norm_gap=REAL,  # its norm against that of the reference town
        reason=TEXT,
        verdict_if_fresh=TEXT,
        progress=REAL,  # not_due: share of the target reached
        required_pace=REAL,  # not_due: units per year still needed
        due=DAY,
        revision=TEXT,
        responsible=TEXT,
        status=TEXT,  # of the value that was judged
    ),
    table(
        "scores",
        ("settlement_id", "group"),
        settlement_id=TEXT,
        group=TEXT,  # a domain, or overall
        score=REAL,  # mean compliance gap; null below the coverage floor
        score_low=REAL,
        score_high=REAL,
        coverage=REAL,
        parity_gap=REAL,
        norm_gap=REAL,
        kept=COUNT,
        breached=COUNT,
        unknown=COUNT,
        no_norm=COUNT,
        not_due=COUNT,
    ),
    table(
        "area_scores",
        ("area_id", "subgroup", "subject"),
        area_id=TEXT,
        level=TEXT,
        subgroup=TEXT,  # all, or a member of a partition (geo/scores/groups.py)
        subject=TEXT,  # standard:<id>, domain:<id>, overall
        settlements=COUNT,
        population=REAL,
        **_verdict_counts,
        coverage=REAL,  # share of people under a norm whose verdict is known
        score=REAL,
        score_low=REAL,
        score_high=REAL,
        **_bounds,
    ),
    table(
        "parity",
        ("area_id", "indicator", "group"),
        area_id=TEXT,
        indicator=TEXT,
        group=TEXT,  # town, village, unclassified, kind:<kind>
        settlements=COUNT,
        population=REAL,
        known_share=REAL,
        mean=REAL,
        ratio=REAL,  # against town, over known values; 1 = parity
        difference=REAL,
    ),
    table(
        "ranks",
        ("unit", "id"),
        unit=TEXT,  # settlement, raion
        id=TEXT,
        score_median=REAL,  # over the draws of parameters.robustness
        score_low=REAL,
        score_high=REAL,
        rank_median=REAL,  # 1 is the worst; ties share the mean of their ranks
        rank_low=REAL,
        rank_high=REAL,
        ranked=COUNT,  # how many were ranked
        worst_decile=REAL,  # probability to be among the worst tenth
        tier=COUNT,  # fifth of the ranking of the median rank, 1 the worst
        tier_low=COUNT,
        tier_high=COUNT,
    ),
    table(
        "sensitivity",
        ("output", "factor"),
        output=TEXT,  # rank, rank_shift
        factor=TEXT,  # weights, k, aggregation, speeds, completeness, inputs
        first_order=REAL,
        first_order_low=REAL,
        first_order_high=REAL,
        total_order=REAL,
        total_order_low=REAL,
        total_order_high=REAL,
        settlements=COUNT,  # in the sample
        draws=COUNT,  # evaluations of the whole scoring
    ),
    table(
        "measures",
        ("settlement_id", "standard"),
        settlement_id=TEXT,
        standard=TEXT,
        value=REAL,
        needed=REAL,  # what keeps the strictest norm that may apply
        change=REAL,  # needed minus value, in the unit
        unit=TEXT,
        score_change_domain=REAL,  # after minus before; below 0 is better
        score_change_overall=REAL,
        rank=COUNT,  # 1 lifts most; equal lifts share a rank
    ),
    table(
        "ladder",
        ("area_id", "indicator", "rung"),
        area_id=TEXT,
        level=TEXT,
        indicator=TEXT,
        rung=TEXT,  # capital, oblast_city, raion_town, agrogorodok, village,
        step=COUNT,  # village_any; 1 is the top
        settlements=COUNT,
        population=REAL,
        known_share=REAL,
        assumed_share=REAL,  # of the known: people whose value is assumed
        mean=REAL,
        mean_low=REAL,
        mean_high=REAL,
        reference=TEXT,  # the top rung that has a figure
        ratio=REAL,  # 1 is parity, below 1 is worse off
        ratio_low=REAL,
        ratio_high=REAL,
        order_of_magnitude=TEXT,  # yes, no, unknown: ten times worse than the top
        reason=TEXT,  # why there is no ratio
        between_population=REAL,  # of the area: in none of the first five rungs
        between_share=REAL,
    ),
    table(
        "deprivation_curve",
        ("area_id", "subgroup", "k"),
        area_id=TEXT,
        level=TEXT,
        subgroup=TEXT,
        k=REAL,  # 0: any breach
        settlements=COUNT,  # under a norm
        settlements_deprived=COUNT,  # for certain
        settlements_undetermined=COUNT,
        population=REAL,  # under a norm
        population_counted=REAL,  # with any verdict known
        coverage=REAL,
        **{
            f"{measure}{bound}": REAL
            for measure in ("h", "a", "m0")
            for bound in ("", "_low", "_high")
        },
    ),
    table(
        "deprivation",
        ("area_id", "subgroup", "k", "standard"),
        area_id=TEXT,
        level=TEXT,
        subgroup=TEXT,
        k=REAL,
        standard=TEXT,
        domain=TEXT,
        settlements=COUNT,  # deprived and in breach of it for certain
        coverage=REAL,
        headcount=REAL,  # censored: deprived and in breach of it
        headcount_low=REAL,
        headcount_high=REAL,
        contribution=REAL,  # the contributions sum to m0
        share=REAL,  # of m0
        contribution_to_low=REAL,  # sums to m0_low
        contribution_to_high=REAL,
    ),
    table(
        "decomposition",
        ("area_id", "partition", "member"),
        area_id=TEXT,
        level=TEXT,
        partition=TEXT,  # town_village, kind, size, areas
        member=TEXT,  # a subgroup, an area id, or unplaced
        settlements=COUNT,
        settlements_deprived=COUNT,
        population=REAL,  # under a norm
        coverage=REAL,
        share_counted=REAL,  # of the area's people with any verdict known
        m0=REAL,
        m0_contribution=REAL,  # share_counted x m0; sums to the area's m0
        share_people=REAL,  # of the area's people under a norm
        m0_low=REAL,
        m0_low_contribution=REAL,
        m0_high=REAL,
        m0_high_contribution=REAL,
        share_scored=REAL,  # of the area's people with an overall score
        score=REAL,
        score_contribution=REAL,
    ),
    table(
        "inequality",
        ("area_id", "subject"),
        area_id=TEXT,
        level=TEXT,
        subject=TEXT,  # indicator:<code>, standard:<id> (its gap), overall (score)
        settlements=COUNT,  # that the figures rest on
        population=REAL,
        known_share=REAL,
        known_share_town=REAL,
        known_share_village=REAL,
        assumed_share=REAL,  # of the known: people whose value is assumed
        mean=REAL,
        ratio=REAL,  # village against town, as in the table parity
        difference=REAL,
        concentration=REAL,  # above 0: more of it in rural places
        erreygers=REAL,
        wagstaff=REAL,
        theil=REAL,
        theil_between=REAL,
        theil_within=REAL,
        reason=TEXT,  # why there is no figure
    ),
)
