"""All layers of one country: what the indicators measure."""

from dataclasses import dataclass, field

import geopandas as gpd
import pandas as pd

from geo.layers.joint_people import JointPeople
from geo.layers.roads import Roads


@dataclass
class Layers:
    """Harmonised layers, each row with its source and date.

    Attributes
    ----------
    settlements
        Release table, indexed by id.
    areas, facilities, identifiers, census, class_statements
        Release tables.
    lost_facilities
        What refused rows may stand for, see
        :func:`geo.layers.facilities.lost_supply`.
    cells, stops, calls, exceptions, lost_calls, fixed, observations
        Canonical tables; ``settlement_id`` is resolved where they name a place.
    fed
        Names of the layers that any source feeds.
    rejected
        Refused rows of all sources and joins.
    people
        The people of all settlements together, where the population model was used.
    roads
        All ways anybody may travel on; None where no source feeds them.
    units, unit_observations
        What is judged beside the settlements (:mod:`geo.layers.units`), and the
        canonical table with ``unit_id`` resolved.
    """

    settlements: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    facilities: gpd.GeoDataFrame
    lost_facilities: pd.DataFrame
    identifiers: pd.DataFrame
    census: pd.DataFrame
    cells: pd.DataFrame
    stops: pd.DataFrame
    calls: pd.DataFrame
    exceptions: pd.DataFrame
    lost_calls: pd.DataFrame
    fixed: pd.DataFrame
    observations: pd.DataFrame
    fed: frozenset[str]
    rejected: pd.DataFrame
    people: JointPeople | None
    roads: Roads | None = None
    units: pd.DataFrame = field(default_factory=pd.DataFrame)
    unit_observations: pd.DataFrame = field(default_factory=pd.DataFrame)
    class_statements: pd.DataFrame = field(default_factory=pd.DataFrame)
