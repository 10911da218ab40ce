"""The vocabulary: one word per concept in YAML, Python, API and map legend."""

from enum import StrEnum


class Status(StrEnum):
    """How a value is known."""

    MEASURED = "measured"
    DECLARED = "declared"
    MODELLED = "modelled"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    UNSNAPPED = "unsnapped"
    AT_HOME = "at_home"
    NOT_APPLICABLE = "not_applicable"


#: How something is known that is known of a place; an assumption says nothing of it.
KNOWN_STATUSES = (
    Status.MEASURED,
    Status.DECLARED,
    Status.MODELLED,
    Status.UNREACHABLE,
)

#: Why there is no value; with the others there is one, or bounds at least.
WITHOUT_VALUE = (
    Status.UNREACHABLE,
    Status.UNSNAPPED,
    Status.AT_HOME,
    Status.NOT_APPLICABLE,
    Status.UNKNOWN,
)


class Verdict(StrEnum):
    """What a standard says of a settlement on the day of the release."""

    KEPT = "kept"
    BREACHED = "breached"
    UNKNOWN = "unknown"
    NO_NORM = "no_norm"
    NOT_DUE = "not_due"


#: units that one settlement keeps or breaches by itself: a town is one, and the share
#: of the facilities of a settlement is one value of it
SETTLEMENT_UNITS = frozenset({"settlement", "city", "facility"})


class Reason(StrEnum):
    """Why a verdict is unknown."""

    NO_VALUE = "no_value"
    VALUE = "value"
    CLASS = "class"
    POPULATION = "population"
    STALE = "stale"
    PARTIAL = "partial"
    ASSUMPTION = "assumption"
    BEFORE_PROMISE = "before_promise"
    NORM_NOT_READ = "norm_not_read"


class Force(StrEnum):
    """What a standard is: only law and targets are promises of the state."""

    LAW = "law"
    TARGET = "target"
    BENCHMARK = "benchmark"


class Kind(StrEnum):
    """Class of a settlement in the sense of the norms."""

    CAPITAL = "capital"
    OBLAST_CITY = "oblast_city"
    RAION_CITY = "raion_city"
    URBAN_SETTLEMENT = "urban_settlement"
    AGROGORODOK = "agrogorodok"
    RURAL = "rural"


URBAN_KINDS = frozenset(
    {Kind.CAPITAL, Kind.OBLAST_CITY, Kind.RAION_CITY, Kind.URBAN_SETTLEMENT}
)


class ClassOutcome(StrEnum):
    """What became of a statement of a settlement's class."""

    SETTLES = "settles"
    DISAGREES = "disagrees"
    DOUBTFUL = "doubtful"
    OUTWEIGHED = "outweighed"
    REFUSED = "refused"


class Tristate(StrEnum):
    """A yes or no that may be unknown."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Level of an area, from the largest to the smallest."""

    COUNTRY = "country"
    OBLAST = "oblast"
    RAION = "raion"
    SELSOVET = "selsovet"
    GRID = "grid"


class AssessedUnit(StrEnum):
    """A unit other than a settlement for which a standard is judged as a whole."""

    SELSOVET = "selsovet"
    RAION = "raion"
    OBLAST = "oblast"
    COUNTRY = "country"
    OPERATOR = "operator"


class FacilityKind(StrEnum):
    """What is supplied at a point."""

    HOSPITAL = "hospital"
    PRIMARY_CARE = "primary_care"
    PHARMACY = "pharmacy"
    AMBULANCE_STATION = "ambulance_station"
    POST_OFFICE = "post_office"
    BANK = "bank"
    SHOP = "shop"
    BUS_STOP = "bus_stop"
    RAIL_STOP = "rail_stop"
    MAST = "mast"
