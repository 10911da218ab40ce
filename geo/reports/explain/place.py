"""The settlement in words: name, class, population and how certain they are."""

from typing import Any

from geo.layers.counted import MARKS
from geo.release.read import Entry, Row
from geo.reports.counting import figure, short_date
from geo.reports.facts import SettlementFacts
from geo.reports.words import name_of
from geo.texts import wording
from geo.types import ClassOutcome, Level

_FIELDS = (
    "id", "name", "kind", "kinds_possible", "selsovet_centre", "raion_centre",
    "oblast_centre", "population", "population_low", "population_high",
    "population_year", "population_status", "population_source", "population_census",
    "population_census_year", *MARKS,
)  # fmt: skip


def place_parts(
    place: SettlementFacts, standard: Entry, language: str
) -> tuple[dict[str, Any], list[str]]:
    """Return the settlement as fields and as sentences."""
    say = wording("explain.say", language)
    row, raion = place.row, place.areas.get(Level.RAION)
    census = place.release.row("census", place.id)
    fields = {name: row[name] for name in _FIELDS}
    named = name_of(raion, language) if raion else ""
    fields["raion"] = raion and {"id": raion["id"], "name": named}
    fields["census_row"] = census and census["row"]
    fields["label"] = _label(row, standard, named, language)
    said = [_people(row, census, language), *_stated(place, language)]
    if row["duplicate_of"]:
        said.append(say["duplicate"].format(id=row["duplicate_of"]))
    if row["foreign"]:
        said.append(say["foreign"].format(country=row["foreign"].upper()))
    return fields, said


def _label(row: Row, standard: Entry, raion: str, language: str) -> str:
    """Return "Кобрин (город районного подчинения, Кобринский район)"."""
    said = [_kinds(row, language)]
    norms = standard.get("norms", [])
    if any((norm.get("applies") or {}).get("selsovet_centre") for norm in norms):
        centre = row["selsovet_centre"] or "unknown"
        said.append(wording("explain.centre", language).get(centre, ""))
    inside = "; ".join(part for part in (*said, raion) if part)
    return f"{name_of(row, language)} ({inside})"


def _kinds(row: Row, language: str) -> str:
    say = wording("explain.say", language)
    words = wording("settlement_kinds.word", language)
    if row["kind"]:
        return words[row["kind"]]
    kinds = [words[kind] for kind in row["kinds_possible"] or []]
    if not kinds:
        return ""
    return say["kind_unknown"].format(kinds=say["or"].join(kinds))


def _stated(place: SettlementFacts, language: str) -> list[str]:
    """Return who states the class, where not all that is said of it holds."""
    rows = place.rows("class_statements")
    if all(row["outcome"] == ClassOutcome.SETTLES for row in rows):
        return []
    say = wording("explain.say", language)
    words = wording("settlement_kinds.word", language)
    outcomes = wording("class_outcomes", language)
    told = [
        say["class_by"].format(
            kinds=say["or"].join(words[kind] for kind in row["kinds"].split("|")),
            source=row["source"],
            date=short_date(row["date"], language) if row["date"] else "—",
            outcome=outcomes[row["outcome"]],
        )
        for row in rows
    ]
    return [say["class_said"].format(told="; ".join(told))]


def _people(row: Row, census: Row | None, language: str) -> str:
    say = wording("explain.say", language)
    low, high = row["population_low"], row["population_high"]
    span = ""
    if low is not None and high is not None and low != high:
        which = "range" if row["population"] is not None else "range_only"
        span = say[which].format(
            low=figure(low, language, 0), high=figure(high, language, 0)
        )
    if row["population"] is None:
        return say["people_unknown"].format(range=span)
    number = figure(row["population"], language, 0)
    how = _how(row, census, language)
    return say["people"].format(number=number, range=span, how=how)


def _how(row: Row, census: Row | None, language: str) -> str:
    say = wording("explain.say", language)
    said = [
        wording("statuses.word", language).get(
            row["population_status"] or "unknown", ""
        )
    ]
    if row["population_year"]:
        said.append(say["year"].format(year=row["population_year"]))
    if row["population_source"]:
        said.append(say["source"].format(name=row["population_source"]))
    if row["population_census"] is not None and census is not None:
        said.append(
            say["census"].format(
                year=row["population_census_year"],
                number=figure(row["population_census"], language, 0),
                row=census["row"],
            )
        )
    return "; ".join(part for part in said if part)
