"""The settlement in words: name, class, population and how certain they are."""

from typing import Any

from geo.reports.counting import figure
from geo.reports.explain.facts import Facts
from geo.texts import wording

_FIELDS = (
    "id", "name", "kind", "kinds_possible", "selsovet_centre", "raion_centre",
    "oblast_centre", "population", "population_low", "population_high",
    "population_year", "population_status", "population_source", "population_census",
    "population_census_year", "duplicate_of",
)  # fmt: skip


def place_parts(known: Facts, language: str) -> tuple[dict[str, Any], list[str]]:
    """Return the settlement as fields and as sentences."""
    say = wording("explain.say", language)
    row = known.settlement
    fields = {name: row[name] for name in _FIELDS}
    fields["raion"] = known.raion and {
        "id": known.raion["id"],
        "name": _named(known.raion, language),
    }
    fields["census_row"] = known.census and known.census["row"]
    fields["label"] = _label(known, language)
    said = [_people(known, language)]
    if row["duplicate_of"]:
        said.append(say["duplicate"].format(id=row["duplicate_of"]))
    return fields, said


def _named(row: dict[str, Any], language: str) -> str:
    return str(row[f"name_{language}"] or row["name"] or row["id"])


def _label(known: Facts, language: str) -> str:
    """Return "Кобрин (город районного подчинения, Кобринский район)"."""
    row = known.settlement
    said = [_kinds(row, language)]
    norms = known.standard.get("norms", [])
    if any((norm.get("applies") or {}).get("selsovet_centre") for norm in norms):
        said.append(
            wording("explain.centre", language).get(
                row["selsovet_centre"] or "unknown", ""
            )
        )
    if known.raion is not None:
        said.append(_named(known.raion, language))
    inside = "; ".join(part for part in said if part)
    return f"{_named(row, language)} ({inside})"


def _kinds(row: dict[str, Any], language: str) -> str:
    say = wording("explain.say", language)
    words = wording("settlement_kinds.word", language)
    if row["kind"]:
        return words[row["kind"]]
    kinds = [words[kind] for kind in row["kinds_possible"] or []]
    if not kinds:
        return ""
    return say["kind_unknown"].format(kinds=say["or"].join(kinds))


def _people(known: Facts, language: str) -> str:
    say = wording("explain.say", language)
    row = known.settlement
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
    return say["people"].format(number=number, range=span, how=_how(known, language))


def _how(known: Facts, language: str) -> str:
    say = wording("explain.say", language)
    row = known.settlement
    said = [
        wording("statuses.word", language).get(
            row["population_status"] or "unknown", ""
        )
    ]
    if row["population_year"]:
        said.append(say["year"].format(year=row["population_year"]))
    if row["population_source"]:
        said.append(say["source"].format(name=row["population_source"]))
    if row["population_census"] is not None and known.census is not None:
        said.append(
            say["census"].format(
                year=row["population_census_year"],
                number=figure(row["population_census"], language, 0),
                row=known.census["row"],
            )
        )
    return "; ".join(part for part in said if part)
