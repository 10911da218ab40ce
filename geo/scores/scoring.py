"""All tables of scores of one release, in the order in which they need each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from geo.scores.areas import area_scores
from geo.scores.decomposition import decomposition
from geo.scores.deprivation import deprivation, deprivation_curve
from geo.scores.grouped import grouped
from geo.scores.inequality import inequality
from geo.scores.ladder import ladder
from geo.scores.levels import read_levels
from geo.scores.measures import measures
from geo.scores.parity import parity
from geo.standards.model import Standard


@dataclass(frozen=True)
class Scoring:
    """Parameters of the measures over people.

    Attributes
    ----------
    floor
        Coverage below which there is no central figure.
    k, curve
        The deprivation cutoff, and those of the curve (``k`` is always one of them).
    bands
        Lower ends of the size bands.
    better, freshness
        Indicator -> which direction is better, and its window in years.
    """

    floor: float
    k: float
    curve: Sequence[float]
    bands: Sequence[int]
    better: Mapping[str, str]
    freshness: Mapping[str, float | None]


def score_tables(  # noqa: PLR0913 - the tables that are scored
    settlements: pd.DataFrame,
    values: pd.DataFrame,
    judgements: pd.DataFrame,
    scores: pd.DataFrame,
    areas: pd.DataFrame,
    standards: Sequence[Standard],
    *,
    on: date,
    how: Scoring,
) -> dict[str, pd.DataFrame]:
    """Return the release tables that sum up settlements, and what would lift them.

    Parameters
    ----------
    settlements, values, judgements, scores, areas
        Release tables; ``settlements`` indexed by id.
    standards
        As judged.
    on
        Day of the release.
    how
        Parameters.

    Raises
    ------
    LayerError
        If judgements and settlements are not of the same places.
    """
    given = grouped(settlements, judgements, areas, how.bands)
    dated = (how.better, on, how.freshness)
    towns = parity(settlements, values, areas, *dated, floor=how.floor)
    levels = read_levels(values, given.settlements.index, *dated)
    return {
        "area_scores": area_scores(given, scores, how.k, how.floor),
        "parity": towns,
        "ladder": ladder(given, levels, how.floor),
        "inequality": inequality(given, levels, scores, towns, standards, how.floor),
        "deprivation_curve": deprivation_curve(given, (*how.curve, how.k), how.floor),
        "deprivation": deprivation(given, how.k, how.floor),
        "decomposition": decomposition(
            given, scores, areas, how.k, how.floor, how.bands
        ),
        "measures": measures(judgements, values, standards, how.floor),
    }
