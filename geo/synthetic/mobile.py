"""Invented radio cells as a crowd would have collected them (OpenCelliD format)."""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Flags, Floats, Ints, lon_lat
from geo.types import Kind

#: mobile country code for private use: no operator of any country has it
MCC = 999
#: network codes: three operators, and a wholesale LTE network that all of them use
OPERATOR_NETS = (1, 2, 4)
WHOLESALE_NET = 6
#: masts in a raion beside those of its town and its selsovet centres
OPEN_COUNTRY_MASTS = 13
_RADIO_SHARE = {"GSM": (0.95, 0.9, 0.72), "UMTS": (0.85, 0.8, 0.55)}
_OWN_LTE = 0.3
_RECENT = (1_704_067_200, 1_764_547_200)  # January 2024 to December 2025
_OLD = (1_454_284_800, 1_480_550_400)  # the year 2016


def old_raion(count: int) -> int:
    """Return the raion whose cells nobody has observed for years (of ``count``)."""
    return min(6, count - 1)


def masts(seed: int, settlements: Settlements) -> pd.DataFrame:
    """Return masts: ``x, y, raion, lte``; in towns, most centres, and open country."""
    rng = random_stream(seed, Stream.MASTS)
    places = settlements.places
    people = places["population"].to_numpy()
    towns = places["selsovet"].to_numpy() < 0
    several = np.where(towns, np.clip(people // 4_000, 1, 40), 0)
    centre = places["centre"].to_numpy(dtype=bool)
    agro = (places["kind"] == Kind.AGROGORODOK).to_numpy()
    several += (centre | agro) & drawn(rng, 0.9, len(places))
    open_country = ~towns & ~centre
    share = OPEN_COUNTRY_MASTS * len(settlements.raions) / open_country.sum()
    several += open_country & drawn(rng, share, len(places))
    rows = np.repeat(np.arange(len(places)), several)
    reach = np.array(
        [
            0.9 * np.sqrt(settlements.ground[row].area / np.pi)
            if row in settlements.ground
            else 0.6
            for row in rows.tolist()
        ]
    )
    shift = rng.uniform(-1, 1, (len(rows), 2)) * reach[:, None]
    in_town = towns[rows]
    lte = rng.random(len(rows)) < np.where(
        in_town, 0.9, np.where(agro[rows], 0.42, 0.12)
    )
    points = settlements.points[rows] + shift
    return pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "raion": places["raion"].to_numpy()[rows],
            "lte": lte,
        }
    )


def lte_distance(settlements: Settlements, mast_table: pd.DataFrame) -> Floats:
    """Return the distance (km) of each settlement to the nearest LTE mast."""
    points = mast_table.loc[mast_table["lte"], ["x", "y"]].to_numpy()
    return np.asarray(KDTree(points).query(settlements.points)[0], dtype="float64")


def cells(seed: int, mast_table: pd.DataFrame, raions: int) -> pd.DataFrame:
    """Return one row per observed cell; the file has no header.

    Columns: radio, mcc, net, area, cell, unit, lon, lat, range, samples, changeable,
    created, updated, averageSignal.
    """
    rng = random_stream(seed, Stream.CELLS)
    parts = [
        _observed(rng, mast_table, radio, net, share)
        for radio, shares in _RADIO_SHARE.items()
        for net, share in zip(OPERATOR_NETS, shares, strict=True)
    ]
    lte = mast_table[mast_table["lte"]]
    parts += [_observed(rng, lte, "LTE", net, _OWN_LTE) for net in OPERATOR_NETS[:2]]
    parts.append(_observed(rng, lte, "LTE", WHOLESALE_NET, 0.95))
    table = pd.concat(parts, ignore_index=True)
    degrees = lon_lat(table[["x", "y"]].to_numpy())
    size = len(table)
    old = (table["raion"] == old_raion(raions)).to_numpy()
    created, updated = _observed_times(rng, old)
    return pd.DataFrame(
        {
            "radio": table["radio"],
            "mcc": MCC,
            "net": table["net"],
            "area": 100 + table["raion"],
            "cell": 10_000 + np.arange(size),
            "unit": 0,
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
            "range": rng.integers(600, 6_000, size),
            "samples": 1 + rng.geometric(0.15, size),
            "changeable": 1,
            "created": created,
            "updated": updated,
            "averageSignal": 0,
        }
    ).pipe(_spoilt)


def _observed(
    rng: np.random.Generator,
    mast_table: pd.DataFrame,
    radio: str,
    net: int,
    share: float,
) -> pd.DataFrame:
    """Return the cells of one network and radio: one to three sectors per mast."""
    chosen = mast_table[drawn(rng, share, len(mast_table))]
    sectors = rng.integers(1, 4, len(chosen))
    out = chosen.loc[chosen.index.repeat(sectors), ["x", "y", "raion"]].copy()
    # a crowd places a sector off its mast
    out[["x", "y"]] += rng.normal(0, 0.25, (len(out), 2))
    return out.assign(radio=radio, net=net)


def _observed_times(rng: np.random.Generator, old: Flags) -> tuple[Ints, Ints]:
    updated = np.where(
        old, rng.integers(*_OLD, old.size), rng.integers(*_RECENT, old.size)
    )
    created = updated - rng.integers(0, 40_000_000, old.size)
    return created, updated


def _spoilt(table: pd.DataFrame) -> pd.DataFrame:
    """Put two cells outside the country, as crowds do."""
    out = table.copy()
    out.loc[[3, 11], ["lon", "lat"]] = [[0.0, 0.0], [13.4, 52.5]]
    return out
