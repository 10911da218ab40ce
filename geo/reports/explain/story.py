"""``paritet explain``: the story of one verdict in one paragraph.

Settlement, value with source and origin, norm with act, the arithmetic of the gap, the
verdict, and where it is unknown, why and what would settle it. The command line and the
API share it; it imports no pandas and computes no number that is not in the release.
"""

from typing import Any

from geo.release.read import Release
from geo.reports.counting import long_date
from geo.reports.estimated import estimate_lines
from geo.reports.explain.brief import brief
from geo.reports.explain.norm import norm_parts
from geo.reports.explain.place import place_parts
from geo.reports.explain.value import value_parts
from geo.reports.explain.verdict import verdict_parts
from geo.reports.facts import Judgement, settlement_facts
from geo.reports.words import text_of
from geo.texts import spoken, wording
from geo.types import Force


def explain(
    release: Release, settlement: str, standard: str, language: str = "ru"
) -> dict[str, Any]:
    """Tell the story of one verdict.

    Parameters
    ----------
    release
        An opened release.
    settlement, standard
        Ids.
    language
        ``ru``, ``be`` or ``en``; anything else reads as ``ru``.

    Returns
    -------
    dict
        ``brief`` (one sentence), ``text`` (one paragraph), ``language``,
        ``sentences``, and the same as fields: ``settlement``, ``value`` (null where
        there is none), ``norms`` (those that are or may be his), ``judgement``;
        ``estimates``, what is probably so by a model: sentences that stand beside the
        paragraph, never in it.

    Raises
    ------
    NotFoundError
        If there is no such settlement or verdict.
    """
    language = spoken(language)
    say = wording("explain.say", language)
    facts = settlement_facts(release, settlement)
    known = facts.judged(standard)
    place, place_said = place_parts(facts, known.standard, language)
    value, value_said = value_parts(known, language)
    norms, norm_said = norm_parts(known, language)
    judgement, verdict_said = verdict_parts(known, language)
    sentences = [
        *_head(known, place["label"], language),
        *place_said,
        *value_said,
        *norm_said,
        *verdict_said,
        say["release"].format(release=release.id),
    ]
    return {
        "brief": brief(known, language),
        "text": " ".join(sentences),
        "language": language,
        "sentences": sentences,
        "settlement": place,
        "value": value,
        "norms": norms,
        "judgement": judgement,
        "estimates": estimate_lines(release, settlement, language, known.asked),
    }


def _head(known: Judgement, place: str, language: str) -> list[str]:
    say = wording("explain.say", language)
    out = []
    if known.release.synthetic:
        out.append(wording("notices", language)["synthetic"] + ".")
    out.append(
        say["head"].format(
            place=place,
            title=text_of(known.standard["title"], language),
            day=long_date(known.release.on, language),
            verdict=wording("verdicts.clause", language)[known.row["verdict"]],
        )
    )
    if known.standard.get("force") == Force.BENCHMARK:
        out.append(say["benchmark"])
    return out


def find_standard(release: Release, wanted: str) -> list[dict[str, Any]]:
    """Return the standards that an id, or a part of an id or a title, means.

    Only those by which settlements are judged; a whole id matches alone.
    """
    judged = release.manifest.get("verdicts", {})
    entries = [dict(entry) for id_, entry in release.standards.items() if id_ in judged]
    whole = [entry for entry in entries if entry["id"] == wanted]
    part = wanted.casefold()
    return whole or [
        entry
        for entry in entries
        if part in entry["id"].casefold()
        or any(part in str(text).casefold() for text in entry["title"].values())
    ]
