"""Tables of what is judged: verdicts, scores, and how groups compare."""

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
        gap=REAL,
        gap_low=REAL,
        gap_high=REAL,
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
        subgroup=TEXT,  # all, town, village, kind:<kind>
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
        group=TEXT,  # town, village, kind:<kind>
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
)
