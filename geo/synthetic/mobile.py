"""Invented radio cells as a crowd would have collected them."""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geo.synthetic import declared
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Floats, Stream, drawn
from geo.synthetic.territory import lon_lat
from geo.types import Kind

_RECENT = (1_704_067_200, 1_764_547_200)  # January 2024 to December 2025
_OLD = (1_454_284_800, 1_480_550_400)  # the year 2016


def masts(settlements: Settlements) -> pd.DataFrame:
    """Return masts: ``x, y, raion, lte``; in towns, most centres, and open country."""
    rng = settlements.stream(Stream.MASTS)
    places, count = settlements.places, settlements.count
    town, centre = places["urban"].to_numpy(), places["centre"].to_numpy(dtype=bool)
    agro = settlements.is_kind(Kind.AGROGORODOK)
    several = np.where(town, np.clip(places["population"] // 4_000, 1, 40), 0)
    several += (centre | agro) & drawn(rng, 0.9, count)
    open_country = ~town & ~centre
    share = declared.OPEN_COUNTRY_MASTS * len(settlements.raions) / open_country.sum()
    several += open_country & drawn(rng, share, count)
    rows = np.repeat(np.arange(count), several)
    reach = np.where(town, 0.9 * settlements.radii, 0.6)
    shift = rng.uniform(-1, 1, (len(rows), 2)) * reach[rows, None]
    chance = np.select([town, agro], [0.9, 0.42], 0.12)
    points = settlements.points[rows] + shift
    return pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "raion": places["raion"].to_numpy()[rows],
            "lte": rng.random(len(rows)) < chance[rows],
        }
    )


def lte_distance(settlements: Settlements, mast_table: pd.DataFrame) -> Floats:
    """Return the distance (km) of each settlement to the nearest LTE mast."""
    points = mast_table.loc[mast_table["lte"], ["x", "y"]].to_numpy()
    return np.asarray(KDTree(points).query(settlements.points)[0], dtype="float64")


def cells(settlements: Settlements, mast_table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per observed cell; those of one raion are years old."""
    rng = settlements.stream(Stream.CELLS)
    networks = [
        (radio, net, share)
        for radio, shares in declared.RADIO_SHARES.items()
        for net, share in zip(declared.OPERATOR_NETS, shares, strict=True)
    ]
    networks += [("LTE", net, declared.OWN_LTE) for net in declared.OPERATOR_NETS[:2]]
    networks.append(("LTE", declared.WHOLESALE_NET, declared.WHOLESALE_LTE))
    lte = mast_table[mast_table["lte"]]
    table = pd.concat(
        [
            _observed(rng, lte if radio == "LTE" else mast_table, share).assign(
                radio=radio, net=net
            )
            for radio, net, share in networks
        ],
        ignore_index=True,
    )
    degrees, size = lon_lat(table[["x", "y"]].to_numpy()), len(table)
    old = declared.old_raion(len(settlements.raions))
    long_ago, lately = rng.integers(*_OLD, size), rng.integers(*_RECENT, size)
    updated = np.where(table["raion"] == old, long_ago, lately)
    created = updated - rng.integers(0, 40_000_000, size)
    return table.assign(
        area=100 + table["raion"],
        cell=10_000 + np.arange(size),
        lon=degrees[:, 0],
        lat=degrees[:, 1],
        range=rng.integers(600, 6_000, size),
        samples=1 + rng.geometric(0.15, size),
        created=created,
        updated=updated,
    )


def _observed(
    rng: np.random.Generator, mast_table: pd.DataFrame, share: float
) -> pd.DataFrame:
    """Return the cells on a share of the masts: one to three sectors on each."""
    chosen = mast_table[drawn(rng, share, len(mast_table))]
    sectors = rng.integers(1, 4, len(chosen))
    out = chosen.loc[chosen.index.repeat(sectors), ["x", "y", "raion"]].copy()
    # a crowd places a sector off its mast
    out[["x", "y"]] += rng.normal(0, 0.25, (len(out), 2))
    return out
