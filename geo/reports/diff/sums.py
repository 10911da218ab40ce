"""People and settlements by area, by verdict before and after, and by cause."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo.reports.diff.causes import CAUSES, Causes, Signs
from geo.reports.diff.grid import Bools, Codes, Grid, Reals


@dataclass(frozen=True)
class Sum:
    """One line: so many people whose verdict went this way for these causes.

    Attributes
    ----------
    area, level, standard
        Where, and by which standard.
    before, after
        Verdicts; None where the settlement or standard is new or gone.
    causes
        All causes at work, in the order of ``CAUSES``; each settlement and standard is
        in exactly one line of an area.
    service, strictness, gap
        1 better, stricter, larger; -1 worse, looser, smaller; 0 neither.
    people
        Residents by the newer release (the older one where a place is gone), over
        settlements of known population.
    settlements, villages, towns
        All of them; those known to be rural and urban.
    unknown_people
        Settlements whose population is unknown; they are in ``settlements`` only.
    """

    area: str
    level: str
    standard: str
    before: str | None
    after: str | None
    causes: tuple[str, ...]
    service: int
    strictness: int
    gap: int
    people: float
    settlements: int
    villages: int
    towns: int
    unknown_people: int


def sums(
    pair: Grid,
    found: Causes,
    part: Bools,
    people: Reals,
    members: Mapping[str, list[str | None]],
) -> list[Sum]:
    """Count the changed rows of a part of the grid, most people first.

    Parameters
    ----------
    pair, found
        The releases and their causes.
    part
        Settlement x standard: what to count.
    people
        Residents per settlement, NaN where unknown.
    members
        Level -> area id of each settlement.
    """
    spots = np.flatnonzero((found.rows & part).ravel())
    keys = _keys(pair, found)
    urban = _urban(pair)
    out: list[Sum] = []
    for level, areas in members.items():
        names = sorted({area for area in areas if area is not None})
        place = {area: number for number, area in enumerate(names)}
        at = np.array([-1 if a is None else place[a] for a in areas], np.int64)
        out += _level(
            pair, spots, np.column_stack([at[spots // part.shape[1]], keys[spots]]),
            people, urban, level, names,
        )  # fmt: skip
    return out


def _keys(pair: Grid, found: Causes) -> Codes:
    """Return per place of the grid: standard, verdicts, mask of causes, directions."""
    shape = found.rows.shape
    mask = np.zeros(shape, np.int64)
    for number, name in enumerate(CAUSES):
        mask |= found.flags[name].astype(np.int64) << number
    standard = np.broadcast_to(np.arange(shape[1]), shape)
    verdicts = [side.texts["verdict"] for side in pair.sides]
    columns: list[Codes] = [standard, *verdicts, mask]
    columns += [found.service.astype(np.int64), found.strictness.astype(np.int64)]
    columns.append(np.sign(np.nan_to_num(found.gap_change)).astype(np.int64))
    return np.stack([column.ravel() for column in columns], axis=1)


def _urban(pair: Grid) -> Signs:
    """Return 1 for a town, -1 for a village, 0 where nobody knows."""
    words = {"yes": 1, "no": -1}
    out = np.zeros(len(pair.ids), np.int8)
    for side in pair.sides:  # the newer release has the last word
        column = [words.get(text or "", 0) for text in side.places["urban"].to_pylist()]
        out[side.here] = np.array(column, np.int8)[side.row[side.here]]
    return out


def _level(  # noqa: PLR0913, PLR0917 (one level of :func:`sums`)
    pair: Grid,
    spots: Codes,
    keys: Codes,
    people: Reals,
    urban: Signs,
    level: str,
    names: list[str],
) -> list[Sum]:
    inside = keys[:, 0] >= 0
    keys, rows = keys[inside], spots[inside] // max(len(pair.standards), 1)
    if not len(keys):
        return []
    groups, place = np.unique(keys, axis=0, return_inverse=True)
    place = place.ravel()

    def count(weight: Reals | Bools) -> Reals:
        return np.bincount(place, weight.astype(np.float64), len(groups)).astype(float)

    one = count(np.ones(len(rows), bool))
    souls = count(np.nan_to_num(people[rows]))
    lost = count(np.isnan(people[rows]))
    villages, towns = count(urban[rows] < 0), count(urban[rows] > 0)
    order = np.lexsort((np.arange(len(groups)), -one, -souls))
    texts = pair.words.texts
    return [
        Sum(
            names[groups[g, 0]], level, pair.standards[groups[g, 1]],
            texts[groups[g, 2]], texts[groups[g, 3]],
            tuple(n for b, n in enumerate(CAUSES) if groups[g, 4] >> b & 1),
            int(groups[g, 5]), int(groups[g, 6]), int(groups[g, 7]),
            round(float(souls[g]), 1), int(one[g]), int(villages[g]), int(towns[g]),
            int(lost[g]),
        )
        for g in order.tolist()
    ]  # fmt: skip
