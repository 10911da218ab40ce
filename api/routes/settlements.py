"""``/v1/settlements`` and ``/v1/agrogorodoks``: lists and scorecards."""

from dataclasses import replace
from typing import Annotated

import orjson
import shapely
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.answer import about, answer, page_links, pinned
from api.listed import listed_rows, parse_shown
from api.models import AccessAnswer, SettlementPage
from api.models_card import Scorecard
from api.models_diff import Explanation
from api.order import ordered
from api.parameters import AreaName, Bbox, Chosen, Limit, NamePart, Offset, People
from api.query import Wanted, known, one_of, parse_bbox, parse_people, select
from api.rows import scorecard, ways
from api.store import Store
from geo.errors import NotFoundError
from geo.release.columns import Positions
from geo.reports.explain.story import explain as tell
from geo.reports.facts import settlement_facts
from geo.reports.listed import Shown
from geo.texts import Spoken
from geo.types import Kind, Verdict

router = APIRouter(prefix="/v1", tags=["settlements"])


def _place(
    oblast: AreaName = None,
    raion: AreaName = None,
    bbox: Bbox = None,
    people: People = None,
) -> Wanted:
    box = None if bbox is None else parse_bbox(bbox)
    span = None if people is None else parse_people(people)
    return Wanted(oblast=oblast, raion=raion, bbox=box, people=span)


def _judged(
    domain: Annotated[
        str | None,
        Query(description="Which score `min_gap` and `sort` speak of."),
    ] = None,
    standard: Annotated[
        str | None,
        Query(description="Which standard `judgement`, `min_gap`, `sort` speak of."),
    ] = None,
    judgement: Annotated[
        Verdict | None,
        Query(
            description="This verdict by `standard`; without one, by any standard "
            "(of `domain`)."
        ),
    ] = None,
    min_gap: Annotated[
        float | None,
        Query(
            ge=0,
            le=1,
            description="Gap of `standard` (else score of `domain`, else overall) that "
            "is certainly at least this much.",
        ),
    ] = None,
    tier: Annotated[
        int | None,
        Query(ge=1, le=5, description="Fifth of the median rank, 1 the worst."),
    ] = None,
) -> Wanted:
    return Wanted(
        domain=domain,
        standard=standard,
        judgement=judgement,
        min_gap=min_gap,
        tier=tier,
    )


def _wanted(
    place: Annotated[Wanted, Depends(_place)],
    judged: Annotated[Wanted, Depends(_judged)],
    name: NamePart = None,
    *,
    slips: Annotated[
        bool,
        Query(description="Where no name holds `name`: those that are most like it."),
    ] = False,
    uncounted: Annotated[
        bool,
        Query(
            description="True lists also what is counted nowhere: second points of "
            "other settlements, and places of other countries."
        ),
    ] = False,
) -> Wanted:
    return replace(
        judged,
        uncounted=uncounted,
        oblast=place.oblast,
        raion=place.raion,
        bbox=place.bbox,
        people=place.people,
        name=name,
        slips=slips,
    )


Filters = Annotated[Wanted, Depends(_wanted)]
Kinds = Annotated[
    list[Kind] | None,
    Query(description="Certainly of this class; may be given several times."),
]
Order = Annotated[
    str | None,
    Query(
        description="`name`, `population`, `gap`, `score`, `coverage`, "
        "`value:<indicator>` or `estimate:<what is estimated>`; `-` turns the order "
        "round; ties by id, unknown last both ways, what is unreachable beyond all "
        "values. By default by id, and with `name` the nearest names first.",
        examples=["-gap"],
    ),
]


class Listing:
    """What a list tells beside each name, and in which order."""

    def __init__(
        self,
        values: Annotated[
            str | None,
            Query(
                description="Codes of indicators, by comma.",
                examples=["health.hospital_minutes"],
            ),
        ] = None,
        estimates: Annotated[
            str | None, Query(description="Codes of what is estimated, by comma.")
        ] = None,
        sort: Order = None,
    ) -> None:
        self.values = values
        self.estimates = estimates
        self.sort = sort

    def rows(self, store: Store, wanted: Wanted) -> tuple[Positions, Shown]:
        """Return the rows that match in their order, and what is told of them.

        Raises
        ------
        ParameterError
            If the release does not hold what is asked for.
        """
        rows = select(store, wanted)
        if self.sort is not None:
            rows = ordered(store, rows, self.sort, wanted)
        return rows, parse_shown(store, wanted, self.values, self.estimates)


Listed = Annotated[Listing, Depends()]


class _Paging:
    def __init__(self, limit: Limit = 100, offset: Offset = 0) -> None:
        self.limit = limit
        self.offset = offset


Paging = Annotated[_Paging, Depends()]


def _page(
    request: Request, store: Store, wanted: Wanted, listing: Listing, paging: _Paging
) -> Response:
    rows, shown = listing.rows(store, wanted)
    limit, offset = paging.limit, paging.offset
    body = about(store) | {
        "total": len(rows),
        "limit": limit,
        "offset": offset,
        "items": listed_rows(store, rows[offset : offset + limit], shown),
        "may_be": _may_be(store, wanted),
        "links": page_links(request, len(rows), limit, offset, pinned(store)),
    }
    return answer(request, body)


def _may_be(store: Store, wanted: Wanted) -> int | None:
    """Return of how many the class is open, and one of those that are asked for."""
    if not wanted.kinds:
        return None
    open_ = replace(wanted, kinds=(), unsettled=wanted.kinds)
    return len(select(store, open_))


@router.get("/settlements", response_model=SettlementPage, summary="Settlements")
def settlements(
    request: Request,
    store: Chosen,
    wanted: Filters,
    listing: Listed,
    paging: Paging,
    kind: Kinds = None,
) -> Response:
    """List settlements with their scores and judgements."""
    asked = replace(wanted, kinds=tuple(kind or ()))
    return _page(request, store, asked, listing, paging)


@router.get("/agrogorodoks", response_model=SettlementPage, summary="Agrogorodoks")
def agrogorodoks(
    request: Request,
    store: Chosen,
    wanted: Filters,
    listing: Listed,
    paging: Paging,
    *,
    certain: Annotated[
        bool, Query(description="True leaves out those that only may be one.")
    ] = False,
) -> Response:
    """List what is, or by all that is known may be, an agrogorodok."""
    asked = (
        replace(wanted, kinds=(Kind.AGROGORODOK,))
        if certain
        else replace(wanted, may_be=Kind.AGROGORODOK)
    )
    return _page(request, store, asked, listing, paging)


@router.get(
    "/settlements/{id:path}/explain",
    response_model=Explanation,
    summary="The story of one verdict",
)
def explain(
    request: Request,
    store: Chosen,
    id: str,  # noqa: A002 - its name in the address
    standard: Annotated[str, Query(description="Id of a standard.")],
    language: Annotated[Spoken, Query(description="Of the text.")] = "ru",
) -> Response:
    """Tell in one paragraph what a verdict rests on; the same as fields."""
    check_settlement(store, id)
    one_of("standard", standard, store.judged)
    told = tell(store, id, standard, language)
    return answer(request, about(store) | {"standard": standard} | told)


@router.get(
    "/settlements/{id:path}/access",
    response_model=AccessAnswer,
    summary="The ways of one settlement",
)
def access(
    request: Request,
    store: Chosen,
    id: str,  # noqa: A002 - its name in the address
    kind: Annotated[
        str | None, Query(description="Only to this kind of facility.")
    ] = None,
) -> Response:
    """Tell the way to the nearest facility of each kind, with its line."""
    check_settlement(store, id)
    found = ways(settlement_facts(store, id))
    lines = [row["geometry"] for row in store.rows("access", id, ["geometry"])]
    held = store.table("access")["kind"].unique().to_pylist()
    if held:  # an older release has no ways: the answer is empty, no kind is wrong
        one_of("kind", kind, sorted(held))
    shown = [
        one | {"geometry": line and _geojson(line)}
        for one, line in zip(found, lines, strict=True)
        if kind in (None, one["kind"])
    ]
    return answer(request, about(store) | {"settlement_id": id, "items": shown})


def _geojson(line: bytes) -> orjson.Fragment:
    return orjson.Fragment(shapely.to_geojson(shapely.from_wkb(line)))


# After the story: `{id:path}` takes everything that follows.
@router.get(
    "/settlements/{id:path}", response_model=Scorecard, summary="One settlement"
)
def settlement(request: Request, store: Chosen, id: str) -> Response:  # noqa: A002 - its name in the address
    """Show every value, status, source, date, norm, act and gap of one settlement."""
    check_settlement(store, id)
    return answer(request, about(store) | scorecard(store, id))


def check_settlement(store: Store, id_: str) -> None:
    """Check that the release holds a settlement.

    Raises
    ------
    NotFoundError
        If it does not; names ids that look alike.
    """
    if id_ not in store.position:
        like = known(store.position, id_).partition(" … ")[0]
        raise NotFoundError(
            f"no settlement {id_[:60]!r} in {store.id}", remedy=f"An id is {like}."
        )
