"""Values that only somebody who knows can state: shares, vehicles, levels of care."""

import pandas as pd

from geo.indicators.context import Measuring
from geo.indicators.table import fill, observed, unknown


def declared(measuring: Measuring, *, indicator: str) -> pd.DataFrame:
    """Return what was measured or declared for settlements, unknown elsewhere.

    Parameters
    ----------
    measuring
        Layers of the country.
    indicator
        Code, such as ``utilities.water_share``; its observations are in its unit. A
        register says ``not_applicable`` where a settlement has nothing to be asked
        about, such as the telephones of health points where there is none.
    """
    layers = measuring.layers
    return fill(
        unknown(layers.settlements.index), observed(layers.observations, indicator)
    )
