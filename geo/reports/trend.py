"""The scores of one area from release to release, and where they are not alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from geo.release.read import Release, Row
from geo.reports.diff.law import norm_changes, notes

_COLUMNS = ("subgroup", "subject", "score", "score_low", "score_high", "coverage")


@dataclass(frozen=True)
class Step:
    """An area in one release.

    Attributes
    ----------
    release, on
        Its id and day.
    scores
        Subject -> score, its bounds, coverage.
    method
        What of the way of computing differs from the release before (the words of
        :attr:`geo.reports.diff.law.Note.what`); empty of the first one.
    norms
        The standards whose norms do.
    """

    release: str
    on: str
    scores: dict[str, Row]
    method: list[str]
    norms: list[str]


def newest_of_each_day(releases: Iterable[Release]) -> list[Release]:
    """Return the last build of each day, by day."""
    by_day: dict[str, Release] = {}
    for one in sorted(releases, key=_order):
        by_day[one.on] = one
    return list(by_day.values())


def _order(release: Release) -> tuple[str, int]:
    return release.on, int(release.id.rpartition(".")[2])


def trend(releases: Sequence[Release], area: str) -> list[Step]:
    """Return the scores of an area in releases of one country.

    Parameters
    ----------
    releases
        By day, as :func:`newest_of_each_day` has them.
    area
        Id; a release that does not know it is left out.
    """
    steps: list[Step] = []
    before: Release | None = None
    for one in releases:
        rows: list[dict[str, Any]] = one.rows("area_scores", area, _COLUMNS)
        scores = {r.pop("subject"): r for r in rows if r.pop("subgroup") == "all"}
        if not scores:
            continue
        made = [] if before is None else notes(before, one)
        law = [] if before is None else norm_changes(before, one)
        steps.append(
            Step(
                one.id,
                one.on,
                scores,
                list(dict.fromkeys(note.what for note in made)),
                sorted({change.standard for change in law}),
            )
        )
        before = one
    return steps
