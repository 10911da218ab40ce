"""Tables of how groups and places compare: parity, its ladder, inequality."""

from geo.layers.declared_table import bounded, count, real, table, text
from geo.layers.tables_judged import PLACES, SHARE
from geo.layers.tables_known import AREA, INDICATOR, LEVEL, PEOPLE
from geo.types import Tristate

KNOWN_SHARE = real("Share of the people whose value is known.", SHARE, null=True)
ASSUMED_SHARE = real(
    "Share of the known people whose value is assumed.", SHARE, null=True
)
RUNG = ("capital", "oblast_city", "raion_town", "agrogorodok", "village", "village_any")

COMPARED = (
    table(
        "parity",
        "The mean of an indicator in a group of settlements, against the towns.",
        ("area_id", "indicator", "group"),
        area_id=AREA,
        indicator=INDICATOR,
        group=text("`town`, `small_town`, `village`, `unclassified` or `kind:<kind>`."),
        settlements=count("Settlements of the group.", PLACES),
        population=real("People there.", PEOPLE),
        known_share=KNOWN_SHARE,
        mean=real("Mean over the people; null of grades.", null=True),
        ratio=real("Against town, over known values; 1 is parity.", "1", null=True),
        difference=real("Mean minus that of the towns.", null=True),
    ),
    table(
        "ladder",
        "One rung of the parity ladder, against the top rung that has a figure.",
        ("area_id", "indicator", "rung"),
        area_id=AREA,
        level=LEVEL,
        indicator=INDICATOR,
        rung=text("The rung.", words=RUNG),
        step=count("Its number, 1 is the top."),
        settlements=count("Settlements of the rung.", PLACES),
        population=real("People there.", PEOPLE),
        known_share=KNOWN_SHARE,
        assumed_share=ASSUMED_SHARE,
        **bounded("mean", "Mean over the people."),
        reference=text("The top rung that has a figure.", null=True, words=RUNG),
        **bounded(
            "ratio", "Against the reference; 1 is parity, below 1 is worse off.", "1"
        ),
        order_of_magnitude=text(
            "Whether the top rung is ten times better, for certain.",
            null=True,
            words=Tristate,
        ),
        reason=text(
            "Why there is no ratio.",
            null=True,
            words=("no_people", "assumed", "coverage", "ordinal", "zero"),
        ),
        between_population=real(
            "People of the area on none of the first five rungs.", PEOPLE, null=True
        ),
        between_share=real("Their share.", SHARE, null=True),
    ),
    table(
        "inequality",
        "How unequally something lies over the people, where towns and villages can be "
        "compared; above 0: more of it in villages.",
        ("area_id", "subject"),
        area_id=AREA,
        level=LEVEL,
        subject=text("`indicator:<code>`, `standard:<id>` (its gap), `overall`."),
        settlements=count("Settlements that the figures rest on.", PLACES),
        population=real("People there.", PEOPLE),
        known_share=KNOWN_SHARE,
        known_share_town=real("The same in towns.", SHARE, null=True),
        known_share_village=real("The same in villages.", SHARE, null=True),
        assumed_share=ASSUMED_SHARE,
        mean=real("Mean over the people.", null=True),
        concentration=real("Concentration index.", "1", null=True),
        erreygers=real("Erreygers index.", "1", null=True),
        theil=real("Theil's T.", "1", null=True),
        theil_between=real("Of it between town and village.", "1", null=True),
        theil_within=real("Of it within them.", "1", null=True),
    ),
)
