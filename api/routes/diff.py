"""``/v1/diff``: what changed between two releases, for whom, and why."""

from dataclasses import asdict
from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.answer import answer, page_links, served
from api.comparing import compared
from api.models_diff import DiffAnswer, DiffPlaces
from api.parameters import Limit, Offset
from api.query import one_of
from geo.reports.diff.compare import DIRECTIONS, Diff
from geo.reports.diff.news import changelog
from geo.reports.diff.records import head, records, sum_record
from geo.texts import Spoken

router = APIRouter(prefix="/v1", tags=["releases"])
Cause = Literal[
    "value", "norm", "population", "class", "source", "method", "new", "gone"
]
Compared = Annotated[Diff, Depends(compared)]


class _Part:
    """Which part of a comparison is asked for."""

    def __init__(
        self,
        diff: Compared,
        area: Annotated[
            str | None,
            Query(description="Id of a country, oblast, raion or selsovet."),
        ] = None,
        standard: Annotated[str | None, Query(description="Id of a standard.")] = None,
        cause: Annotated[
            Cause | None, Query(description="Only rows with this cause.")
        ] = None,
    ) -> None:
        one_of("standard", standard, diff.grid.standards)
        self.diff, self.area, self.standard = diff, area, standard
        self.cause = cause


@router.get("/diff/places", response_model=DiffPlaces, summary="Where it changed")
def places(request: Request, part: Annotated[_Part, Depends()]) -> Response:
    """Say of all settlements which way they went: of what the map draws.

    `worse` and `better` are service alone; a norm, a source or a method that
    changed is `other`, and so is a service of which only one end is known.
    """
    found, after = part.diff, part.diff.grid.after
    went = found.directions(part.area, part.standard, part.cause)
    coded = np.full(after.places.num_rows, -1)
    coded[after.row[after.here]] = went[after.here]
    coded = coded[served(request).store(release=found.after.id).numbered]
    return answer(
        request,
        {
            "release": found.after.id,
            "on": found.after.on,
            "synthetic": found.after.synthetic,
            "from": found.before.id,
            "to": found.after.id,
            "words": DIRECTIONS,
            "coded": [one if one >= 0 else None for one in coded.tolist()],
            "gone": int((went[~after.here] >= 0).sum()),
        },
    )


@router.get("/diff", response_model=DiffAnswer, summary="What changed, and why")
def diff(
    request: Request,
    part: Annotated[_Part, Depends()],
    language: Annotated[Spoken, Query(description="Of the changelog.")] = "ru",
    level: Annotated[
        Literal["country", "oblast", "raion"] | None,
        Query(description="Sums and scores of areas of this level alone."),
    ] = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """Compare two releases: rows, sums by area and cause, and a changelog.

    Rows come with most people first. `sums`, `scores` and `changelog` hold for the
    area and standard; `cause` filters the rows alone.
    """
    found, area, standard = part.diff, part.area, part.standard
    spots = found.select(area, standard, part.cause)
    both = {"from": found.before.id, "to": found.after.id}
    body = head(found) | {
        "release": found.after.id,
        "on": found.after.on,
        "changelog": changelog(found, language, area, standard),
        "bounds_only": found.count_bounds_only(area, standard),
        "sums": [
            sum_record(line)
            for line in found.sums(area, standard)
            if level in {None, line.level}
        ],
        "scores": [
            asdict(split)
            for split in found.scores(area)
            if level in {None, split.level}
        ],
        "total": len(spots),
        "limit": limit,
        "offset": offset,
        "items": records(found, spots[offset : offset + limit].tolist()),
        "links": page_links(request, len(spots), limit, offset, both),
    }
    return answer(request, body)
