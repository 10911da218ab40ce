"""Who states the class of a settlement, and what becomes of each statement.

The list of places, the type in the census, registers and raions may all speak of it. No
statement is dropped: each stands in the release table ``class_statements`` with its
outcome. What a register says of a place without naming its point may be meant for
another place of that name, so it is checked against the outlines of towns and raions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import pandas as pd

from geo.layers.census import may_be_of
from geo.layers.inputs import Inputs
from geo.sources.country import Country
from geo.types import URBAN_KINDS, ClassOutcome, Kind

_URBAN = frozenset(kind.value for kind in URBAN_KINDS)


@dataclass
class Statement:
    """One source's word on the class of one settlement.

    Attributes
    ----------
    settlement_id, source, date, origin
        Whose class, who says it, of which day, and where it stands.
    kinds
        Classes of which it is one, sorted.
    office
        Whether the raion itself says it of its own.
    own
        Whether the list of places or the census says it, not a register.
    doubt
        Why another place may be meant; empty where nothing says so.
    outcome, note
        What became of it, and why.
    """

    settlement_id: str
    source: str
    date: str
    origin: str
    kinds: tuple[str, ...]
    office: bool = False
    own: bool = False
    doubt: str = ""
    outcome: ClassOutcome = ClassOutcome.SETTLES
    note: str = ""


def stated(
    places: pd.DataFrame, inputs: Inputs, country: Country
) -> dict[str, list[Statement]]:
    """Return all statements by settlement, those of registers checked.

    Parameters
    ----------
    places
        Settlements with ``id``, ``kind`` of the list of places, ``place_type`` (as
        the census has it, where it names the place), ``census_row``, ``city``,
        ``town``, ``raion_key``, ``_source``, ``_date``.
    inputs
        Canonical tables; rows of ``places`` without a point are registers.
    country
        ``kinds`` maps a place type to classes.
    """
    own = list(_listed(places, inputs, country))
    urban = {one.settlement_id for one in own if _URBAN.issuperset(one.kinds)}
    every = [*own, *_registered(places, inputs, urban)]
    every.sort(key=attrgetter("settlement_id"))
    by_place = groupby(every, key=attrgetter("settlement_id"))
    return {place: list(found) for place, found in by_place}


def _listed(
    places: pd.DataFrame, inputs: Inputs, country: Country
) -> Iterator[Statement]:
    """Yield what the list of places says, else what its or the census's type means."""
    census = inputs.table("census")
    first = census.head(1)[["_source", "_date"]].to_numpy().tolist()
    of_census = (str(first[0][0]), str(first[0][1])) if first else ("", "")
    columns = ["id", "kind", "place_type", "census_row", "city", "_source", "_date"]
    for place, kind, kind_of, row, city, source, day in places[columns].itertuples(
        index=False
    ):
        said_by, said_on = of_census if pd.notna(row) else (source, day)
        if isinstance(kind, str) and kind:
            yield Statement(place, source, day, "kind", (kind,), own=True)
        elif isinstance(kind_of, str) and kind_of in country.kinds:
            kinds = _meant(country.kinds[kind_of], of_its_own=city)
            origin = f"place type {kind_of}"
            yield Statement(place, said_by, said_on, origin, kinds, own=True)


def _meant(classes: str, *, of_its_own: bool) -> tuple[str, ...]:
    """Return the classes of a place type; a city beside the raions is an oblast's."""
    if classes == "city":
        return ((Kind.OBLAST_CITY if of_its_own else Kind.RAION_CITY).value,)
    return tuple(sorted(classes.split("|")))


def _registered(
    places: pd.DataFrame, inputs: Inputs, urban: set[str]
) -> Iterator[Statement]:
    """Yield what registers and raions say, with the outcome of what is refused."""
    rows = inputs.table("places")
    rows = rows[rows["lon"].isna() & rows["lat"].isna() & rows["kind"].notna()]
    rows = rows.assign(
        origin=rows["origin"].fillna("register"), doubt=rows["doubt"].fillna("")
    )
    known = places.set_index("id")[["town", "raion_key"]]
    rows = rows[rows["place_id"].isin(known.index)]
    keys = [key for key in known["raion_key"] if isinstance(key, frozenset)]
    every: set[str] = set().union(*keys)
    outlined = bool(known["town"].notna().any())
    here = known.loc[rows["place_id"]]
    columns = ["place_id", "_source", "_date", "origin", "kind", "doubt"]
    columns += ["_supplier", "raion_name"]
    for (*said, supplier, raion), town, key in zip(
        rows[columns].itertuples(index=False),
        here["town"],
        here["raion_key"],
        strict=True,
    ):
        place, source, day, origin, kind, doubt = said
        kinds = tuple(sorted(kind.split("|")))
        one = Statement(place, source, day, origin, kinds, doubt=doubt)
        one.office = bool(supplier)
        in_town, urban_kind = isinstance(town, str), _URBAN.issuperset(kinds)
        placed = isinstance(raion, str) and isinstance(key, frozenset)
        if placed and not may_be_of(raion, key, every):
            _refuse(one, f"the place lies outside {raion}")
        elif in_town and not one.office and not _URBAN.intersection(kinds):
            _refuse(one, f"the place lies inside the outline of {town}")
        elif urban_kind and outlined and not (in_town or one.office or place in urban):
            _refuse(one, "the place lies outside the outlines of all towns")
        yield one


def _refuse(one: Statement, why: str) -> None:
    one.outcome, one.note = ClassOutcome.REFUSED, f"{why}: another one may be meant"


def settled(
    statements: list[Statement], default: tuple[str, ...]
) -> tuple[tuple[str, ...], list[Statement]]:
    """Return the classes that are possible, and the statements that this rests on.

    A raion's own word, the latest, stands before all others. Else what all allow; where
    they disagree, or another place may be meant, all that any of them says stays
    possible. A doubtful statement is no reason to doubt what the list of places or the
    census settles.

    Parameters
    ----------
    statements
        Of one settlement, those of a later feed last; their outcomes are set here.
    default
        Classes of a place of which nobody says anything.
    """
    left = [one for one in statements if one.outcome is not ClassOutcome.REFUSED]
    office = [one for one in left if one.office][-1:]
    for one in left:
        if office and one is not office[0]:
            one.outcome = ClassOutcome.OUTWEIGHED
            one.note = f"{office[0].source} is the raion's own word"
    chosen = office or left
    sure = [one for one in chosen if not one.doubt]
    doubtful = [one for one in chosen if one.doubt]
    for one in doubtful:
        one.outcome, one.note = ClassOutcome.DOUBTFUL, one.doubt
    common = set.intersection(*(set(one.kinds) for one in sure)) if sure else set()
    firm = any(one.own and len(one.kinds) == 1 for one in sure)
    if common and (firm or not doubtful):
        return tuple(sorted(common)), _exact(sure, common)
    if not chosen:
        return tuple(sorted(default)), []
    _disagree([] if common else sure)
    wide = {kind for one in chosen for kind in one.kinds}
    return tuple(sorted(wide | set(default if doubtful else ()))), chosen


def _exact(sure: list[Statement], common: set[str]) -> list[Statement]:
    """Return the statements that alone say as much as all together, else all."""
    return [one for one in sure if set(one.kinds) == common] or sure


def _disagree(sure: list[Statement]) -> None:
    for one in sure:
        others = sorted(
            f"{'|'.join(other.kinds)} ({other.source})"
            for other in sure
            if other.kinds != one.kinds
        )
        one.outcome = ClassOutcome.DISAGREES
        one.note = "also stated: " + ", ".join(dict.fromkeys(others))


def open_note(table: pd.DataFrame) -> tuple[str, ...]:
    """Return what the build report says of classes on which sources disagree."""
    rows = table[table["outcome"] == ClassOutcome.DISAGREES.value]
    if rows.empty:
        return ()
    places = f"{rows['settlement_id'].nunique():,} settlements"
    sources = ", ".join(sorted(rows["source"].unique()))
    said = "stays open and both are named (table class_statements)"
    return (f"classes: of {places} two are stated, by {sources}; the class {said}",)


def statements_table(statements: dict[str, list[Statement]]) -> pd.DataFrame:
    """Return the release table ``class_statements``."""
    rows = [
        {
            "settlement_id": one.settlement_id,
            "source": one.source,
            "origin": one.origin,
            "kinds": "|".join(one.kinds),
            "date": one.date or None,
            "outcome": one.outcome.value,
            "note": one.note or None,
        }
        for found in statements.values()
        for one in found
    ]
    columns = ["settlement_id", "source", "origin", "kinds", "date", "outcome", "note"]
    table = pd.DataFrame(rows, columns=columns)
    table["date"] = pd.to_datetime(table["date"]).dt.date
    return table.drop_duplicates(["settlement_id", "source", "origin", "kinds"])
