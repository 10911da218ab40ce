"""What is probably so, in words that no verdict has; beside the verdicts."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.release.read import Entry, Release, Row
from geo.reports.counting import counted, figure, long_date
from geo.reports.words import text_of
from geo.texts import wording

ALL, TOWN, VILLAGE = "all", "town", "village"


def models(release: Release) -> list[Entry]:
    """Return the models of a release, published or failed; none in an older one."""
    return list(release.manifest.get("estimates", {}).get("models", []))


def beside(release: Release, indicator: str) -> set[str]:
    """Return what is estimated beside the values of an indicator."""
    return {
        model["indicator"]
        for model in models(release)
        if any(
            indicator == one or indicator.startswith(f"{one}.")
            for one in model["beside"]
        )
    }


def estimate_lines(
    release: Release, settlement: str, language: str, indicator: str | None = None
) -> list[str]:
    """Return a sentence for each estimate of a settlement.

    Parameters
    ----------
    release
        An opened release.
    settlement
        Its id.
    language
        ``ru``, ``be`` or ``en``.
    indicator
        Only what stands beside the values of this one.
    """
    wanted = None if indicator is None else beside(release, indicator)
    listed = {model["id"]: model for model in models(release)}
    return [
        sentence(release, listed[row["model"]], row, language)
        for row in release.rows("estimates", settlement)
        if wanted is None or row["indicator"] in wanted
    ]


def sentence(release: Release, model: Entry, row: Row, language: str) -> str:
    """Return what is estimated of one settlement, and how it was checked."""
    say = wording("estimates.say", language)
    said = {"label": text_of(model["label"], language), "days": row["days"]}
    if row["unit"] != "1":
        return _minutes(row, said, language)
    if row["found"] and model["looked"] is None:
        # of a list that is looked at everywhere, the record is the answer
        km = figure(model["found"]["km"], language)
        return say["recorded"].format(label=said["label"], km=km)
    if row["band"] in {"probably", "probably_not"}:
        key = row["band"]
        said |= _band(release, model, key, language)
    else:
        key = row["reason"] or "open"
        ends = {"p": row["estimate"], "low": row["low"], "high": row["high"]}
        said |= {name: _percent(share, language) for name, share in ends.items()}
    told = say[key].format(**said)
    if not row["found"]:
        return told
    km = figure(model["found"]["km"], language)
    return f"{told}; {say['found'].format(km=km)}"


def _minutes(row: Row, said: dict[str, Any], language: str) -> str:
    """Return a value with its interval, and the assumption that it rests on."""
    say = wording("estimates.say", language)
    if row["estimate"] is None:
        return say["unlisted"].format(**said)
    ends = {"p": row["estimate"], "low": row["low"], "high": row["high"]}
    said |= {name: figure(minutes, language, 0) for name, minutes in ends.items()}
    told = say["value"].format(**said)
    if row["assumption"] is None:
        return told
    return f"{told}; {say['assumed'].format(assumption=row['assumption'])}"


def _band(release: Release, model: Entry, band: str, language: str) -> dict[str, str]:
    """Return limit, places and held-out share of a band."""
    declared = next(one for one in model["bands"] if one["id"] == band)
    limit = declared["at_least"] if band == "probably" else declared["at_most"]
    checked = checks(release, model["id"])[f"band:{band}"]
    return {
        "limit": _percent(limit, language),
        "places": counted(checked["n"], language, "in_settlements"),
        "held": _percent(checked["observed"], language),
    }


def checks(release: Release, model: str) -> dict[str, Row]:
    """Return the rows of ``estimate_checks`` of a model by their part."""
    return {row["part"]: row for row in release.rows("estimate_checks", model)}


def groups(release: Release, indicator: str) -> dict[str, Row]:
    """Return the rows of ``estimate_groups`` of an indicator by group."""
    return {row["group"]: row for row in release.rows("estimate_groups", indicator)}


def headline(release: Release, model: Entry, language: str) -> list[str]:
    """Return who probably has it, in towns and villages, and what offices state.

    Parameters
    ----------
    release
        An opened release.
    model
        A published one, of the manifest.
    language
        ``ru``, ``be`` or ``en``.
    """
    say = wording("estimates.say", language)
    label = text_of(model["label"], language)
    rows = groups(release, model["indicator"])
    if not rows or not rows[ALL]["population"]:
        return []
    every, sides = rows[ALL], [rows[g] for g in (TOWN, VILLAGE) if g in rows]
    lines = [
        say["headline"].format(
            label=label,
            likely=_people(every["population_probably"], language),
            share=_share(every, "population_probably", language),
            found=_percent(
                every["population_found"] / max(every["population_probably"], 1),
                language,
            ),
            open=_people(every["population_open"], language),
        )
    ]
    if len(sides) == 2:  # noqa: PLR2004 - town and village
        town, village = sides
        lines.append(
            say["split"].format(
                town=_share(town, "population_probably", language),
                village=_share(village, "population_probably", language),
                town_found=_share(town, "population_found", language),
                village_found=_share(village, "population_found", language),
            )
        )
        lines += _equal(town, village, language)
        lines += _anchors(release, model, every, village, language)
    return lines


def _equal(town: Row, village: Row, language: str) -> Iterable[str]:
    if town["mean"] is None or village["mean"] is None:
        return
    ends = ("low", "high", "difference", "difference_low", "difference_high")
    shares = {name: _percent(village[name], language) for name in ends}
    shares |= {
        side: _percent(row["mean"], language)
        for side, row in (("town", town), ("village", village))
    }
    yield wording("estimates.say", language)["equal"].format(**shares)


def _anchors(
    release: Release, model: Entry, every: Row, village: Row, language: str
) -> Iterable[str]:
    """Return what an office states, and what it leaves for the villages at least."""
    say = wording("estimates.say", language)
    for anchor in release.manifest["estimates"]["anchors"]:
        if anchor["indicator"] != model["indicator"] or not village["population"]:
            continue
        without = (1 - anchor["share"]) * every["population"]
        least = max(0.0, 1 - without / village["population"])
        yield say["anchor"].format(
            who=text_of(anchor["stated_by"], language),
            day=long_date(anchor["date"], language),
            label=text_of(model["label"], language),
            share=figure(100 * anchor["share"], language, 1),
            without=_people(without, language),
            village=_percent(least, language),
        )


def report(release: Release, language: str) -> list[str]:
    """Return all models of a release with how they were checked, as lines."""
    say = wording("estimates.say", language)
    lines = [say["title"]]
    if release.synthetic:
        lines.insert(0, wording("notices", language)["synthetic"])
    for model in models(release):
        lines += [
            "",
            _named(model, language),
            f"  {_checked(release, model, language)}",
        ]
        if model["published"]:
            lines += [f"  {line}" for line in headline(release, model, language)]
            lines += _calibration(checks(release, model["id"]), language)
    return lines if models(release) else [*lines, say["none"]]


def _checked(release: Release, model: Entry, language: str) -> str:
    """Return how a model was checked, or why it failed."""
    say, why = wording("estimates.say", language), wording("estimates.why", language)
    found = model["checked"]
    places = counted(found["n"], language, "settlements")
    if not model["published"]:
        few = found.get("observed") is None
        return say["failed_bare" if few else "failed"].format(
            why=", ".join(why[one] for one in model["failed"]),
            places=places,
            observed=_percent(found.get("observed"), language),
        )
    return say["passed" if "bands" in model else "passed_value"].format(
        places=places,
        skill=_percent(found["skill"], language),
        coverage=_percent(found.get("coverage"), language),
        beaten=found["seeds_beaten"],
        seeds=len(release.manifest["estimates"]["gate"]["seeds"]),
    )


def _named(model: Mapping[str, Any], language: str) -> str:
    said = {name: text_of(model[name], language) for name in ("label", "meaning")}
    return wording("estimates.say", language)["model"].format(**said)


def _calibration(rows: Mapping[str, Row], language: str) -> Iterable[str]:
    """Return a line per band and tenth: what was said, what was found, in how many."""
    for part, row in rows.items():
        kind, _, name = part.partition(":")
        if kind in {"band", "bin"} and row["observed"] is not None:
            said, found = (
                _percent(row[share], language) for share in ("predicted", "observed")
            )
            bar = "#" * round(30 * row["observed"])
            yield f"    {name:<14} {said:>4} % → {found:>4} %  n {row['n']:<6} {bar}"


def _people(number: float, language: str) -> str:
    return counted(round(number), language, "of_people")


def _share(row: Row, column: str, language: str) -> str:
    return _percent(row[column] / row["population"], language)


def _percent(share: float | None, language: str) -> str:
    return "—" if share is None else figure(100 * share, language, 0)
