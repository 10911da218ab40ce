"""All tables of scores of one release, in the order in which they need each other."""

from collections.abc import Sequence

import pandas as pd

from geo.scores.ages import age_gaps
from geo.scores.areas import area_scores
from geo.scores.comparison import compare
from geo.scores.given import Given
from geo.scores.inequality import inequality
from geo.scores.ladder import ladder
from geo.scores.measures import measures
from geo.scores.parity import parity
from geo.scores.scores import settlement_scores


def score_tables(given: Given, domains: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the judgements with their comparisons, and the tables that sum them up.

    Parameters
    ----------
    given
        What was judged, and the parameters.
    domains
        All domains that get a score, with or without standards.

    Raises
    ------
    LayerError
        If judgements and settlements are not of the same places.
    """
    compared = compare(given)
    scores = settlement_scores(given, compared, domains)
    return {
        "judgements": compared,
        "scores": scores,
        "area_scores": area_scores(given, domains),
        "age_gaps": age_gaps(given, domains),
        "parity": parity(given),
        "ladder": ladder(given),
        "inequality": inequality(given, scores),
        "measures": measures(given),
    }
