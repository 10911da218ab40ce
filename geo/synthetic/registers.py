"""Invented registers by settlement: ambulance arrivals, fixed lines, mobile speed."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Floats, Ints
from geo.types import FacilityKind, Kind, Status

Texts = npt.NDArray[np.object_]

OBSERVATION_COLUMNS = [
    "settlement",
    "indicator",
    "value",
    "low",
    "high",
    "status",
    "date",
    "supplier",
    "remark",
]
FIXED_COLUMNS = [
    "settlement",
    "available",
    "technology",
    "max_mbps",
    "date",
    "operator",
]

#: share of the settlements with a counted ambulance arrival, and with a speed test
AMBULANCE_SHARE = 0.70
SPEED_SHARE = 1 / 3
#: km/h of an ambulance along the straight line, and minutes until it leaves
_AMBULANCE_SPEED = 48.0
_LEAVING = 4.0
#: a town with a station this near is reached along its streets
_TOWN_KM = 8.0
#: smaller villages may lie behind a closed bridge
_CUT_OFF_BELOW = 200
#: sizes from which fixed lines are common, and nearly everywhere
_SOME_LINES, _MANY_LINES, _ALL_LINES = 100, 300, 2_000


def stale_raion(count: int) -> int:
    """Return the raion whose ambulance register is years old (of ``count``)."""
    return min(5, count - 1)


def silent_raion(count: int) -> int:
    """Return the raion of which no operator gave a list of fixed lines."""
    return count - 2


def ambulance(
    seed: int, settlements: Settlements, sites: pd.DataFrame, ids: pd.Series
) -> pd.DataFrame:
    """Return minutes from call to arrival, most counted, some as a range or a bound."""
    rng = random_stream(seed, Stream.AMBULANCE)
    places = settlements.places
    stations = sites[sites["kind"] == FacilityKind.AMBULANCE_STATION]
    away, _ = KDTree(stations[["x", "y"]].to_numpy()).query(settlements.points)
    town_way = rng.uniform(5, 19, len(places))
    minutes = _LEAVING + np.where(
        (places["selsovet"] < 0) & (away < _TOWN_KM),
        town_way,
        away / _AMBULANCE_SPEED * 60 * rng.uniform(0.85, 1.25, len(places)),
    )
    cut_off = drawn(rng, 0.02, len(places)) & (places["population"] < _CUT_OFF_BELOW)
    detour = np.where(cut_off, rng.uniform(2.5, 6, len(places)), 1.0)
    arrival = minutes * detour
    measured = drawn(rng, AMBULANCE_SHARE, len(places))
    table = _observations(ids, "health.ambulance_minutes", arrival, places)
    old = places["raion"] == stale_raion(len(settlements.raions))
    days = rng.integers(0, 500, len(places))
    table["date"] = _days("2024-06-01", days)
    table.loc[old, "date"] = _days("2018-02-01", days)[old.to_numpy()]
    table["supplier"] = "Станция скорой помощи (вымышленная)"
    plain, wide, upper = range(3)
    form = rng.choice([plain, wide, upper], len(places), p=[0.88, 0.08, 0.04])
    ranged, bounded = form == wide, form == upper
    table.loc[cut_off, "remark"] = "в объезд: мост закрыт"
    table.loc[ranged, "low"] = _text(arrival * 0.8)[ranged]
    table.loc[ranged, "high"] = _text(arrival * 1.25)[ranged]
    table.loc[ranged, "remark"] = "разброс по журналу вызовов"
    table.loc[bounded, ["value", "low"]] = ""
    table.loc[bounded, "high"] = _text(np.ceil(arrival / 5) * 5)[bounded]
    table.loc[bounded, "remark"] = "не более"
    table.loc[bounded, "status"] = Status.DECLARED.value
    return table[measured][OBSERVATION_COLUMNS].reset_index(drop=True)


def mobile_speed(
    seed: int, settlements: Settlements, lte_km: Floats, ids: pd.Series
) -> pd.DataFrame:
    """Return mean download speeds of a third of the settlements.

    Parameters
    ----------
    lte_km
        Distance of each settlement to the nearest LTE mast.
    """
    rng = random_stream(seed, Stream.SPEED)
    places = settlements.places
    towns = places["selsovet"].to_numpy() < 0
    best = np.where(towns, 65.0, 42.0) * np.exp(-lte_km / 9)
    speed = np.maximum(0.3, best * rng.lognormal(0, 0.35, len(places)))
    table = _observations(ids, "digital.mobile_mbps", speed, places)
    table["date"] = _days("2025-03-01", rng.integers(0, 270, len(places)))
    table["supplier"] = "Замеры оператора (вымышленные)"
    tested = drawn(rng, SPEED_SHARE, len(places)) | (places["kind"] == Kind.OBLAST_CITY)
    return table[tested][OBSERVATION_COLUMNS].reset_index(drop=True)


def fixed_lines(seed: int, settlements: Settlements, ids: pd.Series) -> pd.DataFrame:
    """Return where a fixed broadband line can be had; one raion is missing."""
    rng = random_stream(seed, Stream.FIXED)
    places = settlements.places
    people = places["population"].to_numpy()
    chance = np.select(
        [people >= _ALL_LINES, people >= _MANY_LINES, people >= _SOME_LINES],
        [1.0, 0.86, 0.4],
    )
    yes = drawn(rng, chance, len(places))
    chance_fibre = np.select(
        [people >= _ALL_LINES, people >= _MANY_LINES], [1.0, 0.8], 0.3
    )
    fibre = yes & drawn(rng, chance_fibre, len(places))
    speed = np.where(fibre, rng.choice([100, 200, 500], len(places)), 12)
    told = drawn(rng, np.where(people >= _MANY_LINES, 0.95, 0.35), len(places))
    told &= (places["raion"] != silent_raion(len(settlements.raions))).to_numpy()
    table = pd.DataFrame(
        {
            "settlement": ids,
            "available": np.where(yes, "yes", "no"),
            "technology": np.where(yes, np.where(fibre, "gpon", "adsl"), ""),
            "max_mbps": np.where(yes, speed.astype("str"), ""),
            "date": _days("2025-01-15", 30 * rng.integers(0, 10, len(places))),
            "operator": np.where(yes, "alfa", ""),
        }
    )
    return table[told][FIXED_COLUMNS].reset_index(drop=True)


def _observations(
    ids: pd.Series, indicator: str, values: Floats, places: pd.DataFrame
) -> pd.DataFrame:
    """Return exact measured values: low, high and value are the same."""
    text = _text(values)
    return pd.DataFrame(
        {
            "settlement": ids,
            "indicator": indicator,
            "value": text,
            "low": text,
            "high": text,
            "status": Status.MEASURED.value,
            "remark": "",
        },
        index=places.index,
    )


def _text(values: Floats) -> Texts:
    return np.array([f"{value:.1f}" for value in values], dtype=object)


def _days(first: str, offsets: Ints) -> pd.Index:
    start = np.datetime64(first)
    return pd.Index([str(start + np.timedelta64(int(day), "D")) for day in offsets])
