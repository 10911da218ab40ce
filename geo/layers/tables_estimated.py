"""Tables of what is probably so: estimates, how they were checked, groups compared."""

from geo.layers.declared_table import count, flag, real, table, text
from geo.layers.tables_judged import PLACES, SHARE
from geo.layers.tables_known import PEOPLE, SETTLEMENT

ESTIMATED_INDICATOR = text("What is estimated; the manifest's models say it in words.")
MODEL = text("Id of the model in the manifest.")
OPERATOR = text("Id of the operator; null where any operator counts.", null=True)

ESTIMATED = (
    table(
        "estimates",
        "What is probably so of a settlement, by a model that passed the gate; enters "
        "no verdict and no score.",
        ("settlement_id", "indicator"),
        settlement_id=SETTLEMENT,
        indicator=ESTIMATED_INDICATOR,
        operator=OPERATOR,
        model=MODEL,
        unit=text("`1` for a probability, else the unit of the value."),
        estimate=real(
            "The probability, or the value; null where there is no estimate.", null=True
        ),
        low=real("Lower end of its interval, at the manifest's level.", null=True),
        high=real("Upper end of its interval.", null=True),
        band=text(
            "The band that the estimate lies in; `value` where it is no probability; "
            "null where there is none.",
            null=True,
            words=("probably", "probably_not", "open", "value"),
        ),
        reason=text(
            "Why there is no estimate, or why nothing is said to be probable.",
            null=True,
            words=(
                *("no_population", "outside_domain", "looked_not_found"),
                *("any_not_found", "unlisted"),
            ),
        ),
        found=flag("Whether it is on record there.", null=True),
        days=count("Days on which somebody looked there.", "d", null=True),
        propensity=real("Probability that somebody looked there.", SHARE, null=True),
        n=count("Places that the model learnt from.", PLACES),
        facility_id=text("Id of the facility that the value leads to.", null=True),
        assumption=text("Id of the assumption that the value rests on.", null=True),
    ),
    table(
        "estimate_checks",
        "What blocks that a model had not seen say of it.",
        ("model", "part"),
        model=MODEL,
        indicator=ESTIMATED_INDICATOR,
        published=flag("Whether the model passed the gate."),
        part=text("`all`, `seed:<n>`, `band:<band>`, `bin:<from>-<to>`."),
        n=count("Held-out places; over all seeds their mean.", PLACES),
        predicted=real("Mean of what was said.", null=True),
        observed=real("Share found among them.", SHARE, null=True),
        log_score=real(
            "Mean of minus the log of the probability given to what happened.",
            null=True,
        ),
        brier=real("Mean squared error of the probability.", null=True),
        baseline=text(
            "The better of what it is compared with.",
            null=True,
            words=("constant", "size_band"),
        ),
        baseline_log_score=real("Log score of that.", null=True),
        skill=real(
            "One minus log score divided by that of the baseline; of a value, mean "
            "absolute error of its logarithm.",
            null=True,
        ),
        seeds_beaten=count("Seeds in which the skill suffices.", null=True),
        coverage=real(
            "Of a probability: share of ten equal groups whose share found lies in "
            "their mean interval; of a value: share of places within it.",
            SHARE,
            null=True,
        ),
        holds=flag("Whether the share found lies in the band.", null=True),
    ),
    table(
        "estimate_groups",
        "Parity on estimates: a group of settlements at equal exposure.",
        ("indicator", "group"),
        indicator=ESTIMATED_INDICATOR,
        operator=OPERATOR,
        model=MODEL,
        group=text("`all`, `town`, `village`, `kind:<kind>` or `size:<band>`."),
        settlements=count("Settlements of the group.", PLACES),
        population=real("People there.", PEOPLE),
        population_found=real("People where it is on record: the raw count.", PEOPLE),
        population_probably=real("People where it is on record or probable.", PEOPLE),
        population_probably_not=real(
            "People where it is neither on record nor probable.", PEOPLE
        ),
        population_open=real("People of whom it cannot be told.", PEOPLE),
        population_estimated=real("People with an estimate.", PEOPLE),
        mean=real("Mean probability over the people with one.", SHARE, null=True),
        low=real("Lower end of its interval over drawn coefficients.", null=True),
        high=real("Upper end of its interval.", null=True),
        difference=real("Mean minus that of the towns.", null=True),
        difference_low=real("Lower end of its interval.", null=True),
        difference_high=real("Upper end of its interval.", null=True),
    ),
)
