"""What the first page offers: topics, their subjects, and the one to open with.

A subject is what is shown (``standard:<id>``, ``indicator:<code>``, …). Which stands
first is decided by what the release says of its people, never by the country.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.release.read import Entry, Release
from geo.reports.classed import readings
from geo.sources.indicators import KNOWN, OVERALL, PEOPLE, SHOWN, entry_of, topics
from geo.types import KNOWN_STATUSES, SETTLEMENT_UNITS, WITHOUT_VALUE, Level, Verdict

#: Kinds of subjects that a topic lists.
STANDARD, INDICATOR, ESTIMATE = "standard", "indicator", "estimate"
#: Of a standard without an indicator, and of an indicator that is no longer declared.
OTHER = "other"
#: Where no release says from which share of the people on verdicts are shown first.
FLOOR = 0.6
_DECIDED = (Verdict.KEPT, Verdict.BREACHED)


@dataclass(frozen=True)
class Subject:
    """One thing that can be shown, and of how many people it says something.

    Attributes
    ----------
    id
        As it stands in an address.
    topic
        Under which heading.
    said
        People of whom it says something that somebody knows or a model tells.
    fresh
        Of these where it is not out of date.
    told
        People of whom it says anything, assumptions too.
    decided
        Of a standard that is kept or breached for most of whom it binds: in how many
        settlements; else 0.
    derived
        Whether it is worked out from what other subjects say.
    promised
        Whether a standard asks for it.
    """

    id: str
    topic: str
    said: float = 0.0
    fresh: float = 0.0
    told: float = 0.0
    decided: int = 0
    derived: bool = False
    promised: bool = False


def ordered(subjects: Iterable[Subject]) -> list[Subject]:
    """Return subjects, the one that says most first.

    A standard that is decided for most comes before all, in more settlements first, and
    what is derived after what it is derived from; of the others who speaks of more
    people, then of more of today.

    >>> some = Subject("standard:a", "bus", said=9), Subject("indicator:b", "bus", 50)
    >>> [one.id for one in ordered(some)]
    ['indicator:b', 'standard:a']
    """
    return sorted(
        subjects,
        key=lambda one: (
            *(-one.decided, one.derived),
            *(-round(people) for people in (one.said, one.fresh, one.told)),
        ),
    )


def first_subject(subjects: Sequence[Subject], *, scored: bool) -> str:
    """Return the subject with which the page of a country opens.

    Parameters
    ----------
    subjects
        All of them.
    scored
        Whether verdicts are decided for most of the people.

    Returns
    -------
    str
        ``overall`` where they are. Else the first of the topic of which there is most
        that is of today or estimated: the sum over its subjects of the people whom they
        speak of, of those that a standard asks for, or of all where none is asked for.
        ``known`` where nothing is said at all.
    """
    if scored:
        return OVERALL
    own = [one for one in subjects if not one.derived and one.fresh > 0]
    own = [one for one in own if one.promised] or own
    weight: dict[str, float] = {}
    for one in own:
        weight[one.topic] = weight.get(one.topic, 0.0) + one.fresh
    if not weight:
        return KNOWN
    most = max(weight, key=weight.__getitem__)
    return ordered(one for one in subjects if one.topic == most)[0].id


def topics_of(release: Release) -> dict[str, Any]:
    """Return the topics of a release with their subjects, and the first subject.

    Returns
    -------
    dict
        ``topics``: ``id, label, subjects`` in the declared order, those that have
        subjects; ``first``.
    """
    found = subjects(release)
    labels = _labels(release)
    listed: dict[str, list[str]] = {one: [] for one in labels} | {
        PEOPLE: [PEOPLE],
        OVERALL: [OVERALL, *_domains(release)],
        KNOWN: [KNOWN, *(f"{KNOWN}:{code}" for code in release.indicators)],
    }
    for one in ordered(found):  # what has no heading stands with all standards
        listed.setdefault(one.topic, listed[OVERALL]).append(one.id)
    scored = release.manifest.get("default_view", "scores") == "scores"
    return {
        "topics": [
            {"id": id_, "label": labels[id_], "subjects": listed[id_]}
            for id_ in labels
            if listed[id_]
        ],
        "first": first_subject(found, scored=scored),
    }


def shown(release: Release, code: str | None) -> Entry:
    """Return an indicator with what is said of it on the first page.

    A release that does not say it has it by today's declarations.
    """
    entry = release.indicator(code)
    if "topic" in entry or code is None:
        return entry
    declared = entry_of(code)
    own = declared.model_dump(mode="json", include=set(SHOWN)) if declared else {}
    return {"topic": OTHER} | own | entry


def topic_of(release: Release, of: str) -> str:
    """Return the topic of a reading."""
    kind = of.partition(":")[0]
    if kind == "score":
        return OVERALL
    if kind in {PEOPLE, "status"}:
        return PEOPLE if kind == PEOPLE else KNOWN
    return str(shown(release, indicator_of(release, of)).get("topic", OTHER))


def indicator_of(release: Release, of: str) -> str | None:
    """Return the indicator that a reading speaks of; the first beside an estimate."""
    kind, _, name = of.partition(":")
    if kind == "verdict":
        return release.standards.get(name, {}).get("indicator")
    if kind == "estimate":
        model = model_of(release, name)
        own = (one for one in model.get("beside", []) if one in release.indicators)
        return next(own, None)
    return name if kind in {"value", "status"} else None


def model_of(release: Release, estimated: str) -> Entry:
    """Return the model of what is estimated; empty where the manifest has none."""
    models: list[Entry] = release.manifest.get("estimates", {}).get("models", [])
    return next((one for one in models if one["indicator"] == estimated), {})


def promised_of(release: Release, of: str) -> list[str]:
    """Return the standards of settlements that a reading is about.

    Of a value those that ask for its indicator, else for the one that it bears on; of
    an estimate those of all that it stands beside.
    """
    kind, _, name = of.partition(":")
    if kind == "verdict":
        return [name] if name in release.standards else []
    if kind == "estimate":
        beside = model_of(release, name).get("beside", [])
        asked = [one for code in beside for one in asked_by(release, code)]
        return list(dict.fromkeys(asked))
    if kind not in {"value", "status"}:
        return []
    bears_on = shown(release, name).get("bears_on")
    return asked_by(release, name) or asked_by(release, bears_on)


def asked_by(release: Release, code: str | None) -> list[str]:
    """Return the standards of settlements that ask for an indicator."""
    return [
        id_
        for id_, standard in release.standards.items()
        if code is not None
        and standard.get("indicator") == code
        and standard.get("unit_of_assessment", "settlement") in SETTLEMENT_UNITS
    ]


def country_of(release: Release) -> str:
    """Return the id of the country; empty where there is no such area."""
    areas = release.table("areas", ["id", "level"]).to_pylist()
    found = (row["id"] for row in areas if row["level"] == Level.COUNTRY)
    return str(next(found, ""))


def subjects(release: Release) -> list[Subject]:
    """Return what can be shown of a release: what has verdicts, values, estimates."""
    country = country_of(release)
    there = readings(release)
    return [
        *_standards(release, country, there["verdict"]),
        *_indicators(release, country),
        *_estimates(release, there["estimate"]),
    ]


def _standards(
    release: Release, country: str, judged: Sequence[str]
) -> Iterable[Subject]:
    floor = release.manifest["parameters"].get("coverage_floor", FLOOR)
    sums = {
        row["subject"]: row
        for row in release.rows("area_scores", country)
        if row["subgroup"] == "all"
    }
    for id_ in judged:
        standard = release.standards.get(id_, {})
        if standard.get("unit_of_assessment", "settlement") not in SETTLEMENT_UNITS:
            continue
        row = sums.get(f"{STANDARD}:{id_}", {})
        said = sum(row.get(f"population_{one}") or 0.0 for one in _DECIDED)
        places = sum(row.get(f"settlements_{one}") or 0 for one in _DECIDED)
        bound = said + (row.get(f"population_{Verdict.UNKNOWN}") or 0.0)
        yield Subject(
            f"{STANDARD}:{id_}",
            shown(release, standard.get("indicator")).get("topic", OTHER),
            *(said, said, said),
            decided=places if said >= floor * bound else 0,
            promised=True,
        )


def _indicators(release: Release, country: str) -> Iterable[Subject]:
    held: dict[str, list[Mapping[str, Any]]] = {one: [] for one in release.indicators}
    for row in release.rows("evidence", country):
        if row["status"] not in WITHOUT_VALUE and row["indicator"] in held:
            held[row["indicator"]].append(row)
    for code, rows in held.items():
        entry = shown(release, code)
        if not rows or not entry.get("classes"):
            continue
        known = [row for row in rows if row["status"] in KNOWN_STATUSES]
        said = sum(row["population"] for row in known)
        stale = sum(row["population_stale"] or 0.0 for row in known)
        yield Subject(
            f"{INDICATOR}:{code}",
            entry["topic"],
            said,
            said - stale,
            sum(row["population"] for row in rows),
            derived=bool(entry.get("derived")),
            promised=bool(promised_of(release, f"value:{code}")),
        )


def _estimates(release: Release, estimated: Sequence[str]) -> Iterable[Subject]:
    for name in estimated:
        model, of = model_of(release, name), f"{ESTIMATE}:{name}"
        if not model.get("published"):
            continue
        groups = release.rows("estimate_groups", name)
        every = next((row for row in groups if row["group"] == "all"), None)
        said = release.numbers("population")[release.listed]
        people = float(said[said == said].sum())  # noqa: PLR0124 - no number is none
        if model.get("bands"):
            people = sum(
                (every or {}).get(f"population_{one}") or 0.0
                for one in ("probably", "probably_not")
            )
        topic = topic_of(release, of)
        promised = bool(promised_of(release, of))
        yield Subject(of, topic, people, people, people, promised=promised)


def _domains(release: Release) -> list[str]:
    """Return the domains that are scored and have standards, as subjects."""
    scored = set(readings(release)["score"])
    asked = {standard["domain"] for standard in release.standards.values()}
    return [f"domain:{id_}" for id_ in release.domains if id_ in scored & asked]


def _labels(release: Release) -> dict[str, dict[str, str]]:
    declared = release.manifest.get("topics") or [one.model_dump() for one in topics()]
    return {one["id"]: one["label"] for one in declared}
