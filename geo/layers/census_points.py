"""Points of lost census rows that somebody has found: proved, or refused with a reason.

A census row without a place has a name, a raion and a selsovet. A point that bears its
name is its place only in the right raion, near the other places of its selsovet, and
where no other place of ours stands; what stands there and bears the name is it.
"""

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from geo.layers.areas import Territory
from geo.layers.census import LOST, NEAR_KM, may_be_of
from geo.layers.census_corrections import give
from geo.layers.geodesy import Floats, geodesic_km
from geo.layers.inputs import Inputs
from geo.layers.names import NAME_COLUMNS, name_key, same_place_name
from geo.layers.placing import located
from geo.sources.country import Country
from geo.sources.result import Rejections

Point = dict[Hashable, Any]
#: points of two sources nearer than this may be of one place
SAME_KM = 0.7
#: so far the points of two sources for one place may lie apart
APART_KM = 5.0
#: degrees of latitude, and half of those of longitude, that hold APART_KM up to 77° N
_BOX = 0.09
#: likeness of names from which a place that stands there is the census's
ALIKE = 0.8


def proved(
    census: pd.DataFrame,
    places: pd.DataFrame,
    inputs: Inputs,
    territory: Territory,
    country: Country,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give lost census rows the points that are proved to be theirs.

    Parameters
    ----------
    census, places
        As :func:`geo.layers.census.account` leaves and takes them.
    inputs, territory, country
        Canonical table ``census_points``, areas and declarations.

    Returns
    -------
    tuple
        The census, the places with those that no list names, and refused candidates.
    """
    points = inputs.table("census_points")
    if points.empty or census.empty:
        return census, places, Rejections("", "").frame()
    here = located(points, territory, country)
    rows = census.copy()
    proof = _Proof(rows, places)
    rejected, new = [], []
    key = ["code", "place_type", "name"]
    listed = rows.reset_index().drop_duplicates(key, keep=False).set_index(key)["index"]
    records: list[Point] = here.to_dict("records")
    for point in records:
        called = tuple(point[one] for one in key)
        if called not in listed.index:
            reason = "no one row of the census has this code, type and name"
            rejected.append((point, reason))
            continue
        index = int(listed[called])
        row = rows.iloc[index]
        reason, stands = proof.of(point, row)
        if reason:
            rejected.append((point, reason))
            continue
        said = f"point of {point['_source']} ({point['remark']})"
        if stands is None:
            stands = f"census:{row['year']}-{row['row']}"
            new.append(point | {"id": stands, "name_ru": point["name"]})
            proof.add(stands, point)
        else:
            said = f"place of this name at the {said}"
        proof.taken.add(stands)
        give(rows, index, stands, said)
    return rows, _with(places, pd.DataFrame(new)), _refused(rejected)


class _Proof:
    """What a candidate is held against."""

    def __init__(self, rows: pd.DataFrame, places: pd.DataFrame) -> None:
        own = places[places["duplicate_of"].isna()]
        columns = ["id", "lon", "lat", "raion_key", *NAME_COLUMNS, "_name_said"]
        self.places = own[columns]
        self.taken = set(rows["settlement_id"].dropna())
        found = rows[rows["settlement_id"].notna()]
        point = own.set_index("id")[["lon", "lat"]].reindex(found["settlement_id"])
        self.members = point.set_axis(found["code"]).dropna()
        keys = [one for one in places["raion_key"] if isinstance(one, frozenset)]
        self.known: set[str] = set().union(*keys)

    def add(self, place: str, point: Point) -> None:
        """Take up a place that was proved."""
        row = {name: point[name] for name in ("lon", "lat", "raion_key")}
        row |= {"id": place, "name_ru": point["name"]}
        self.places = pd.concat([self.places, pd.DataFrame([row])], ignore_index=True)

    def of(self, point: Point, row: pd.Series) -> tuple[str, str | None]:
        """Return why a point is not the row's, else the place that stands there."""
        if row["outcome"] not in LOST:
            return "the row has a place without it", None
        if not isinstance(point["raion_key"], frozenset):
            return "the point lies outside the country's areas", None
        if not may_be_of(row["raion_name"], point["raion_key"], self.known):
            return f"the point does not lie in {row['raion_name']}", None
        if isinstance(point["town"], str):
            return f"the point lies inside the outline of {point['town']}", None
        if row["code"] in self.members.index:
            km = _km(point, self.members.loc[[row["code"]]]).min()
            if km > NEAR_KM:
                return f"{km:.1f} km from the next place of its selsovet", None
        return self._stands(point, row)

    def _stands(self, point: Point, row: pd.Series) -> tuple[str, str | None]:
        around = self.places[
            self.places["lat"].sub(point["lat"]).abs().le(_BOX)
            & self.places["lon"].sub(point["lon"]).abs().le(2 * _BOX)
        ]
        around = around.assign(_km=_km(point, around))
        near = around[around["_km"] <= APART_KM].sort_values("_km")
        names = near[[*NAME_COLUMNS, "_name_said"]].to_numpy(object)
        key = name_key(row["name"])
        same = [any(name_key(name) == key for name in own) for own in names]
        for place, far, keys in near.loc[same, ["id", "_km", "raion_key"]].to_numpy():
            inside = isinstance(keys, frozenset)
            if inside and not may_be_of(row["raion_name"], keys, self.known):
                said = f"bears this name {far:.1f} km away, in another raion"
                return f"{place} {said}", None
            if place not in self.taken:
                return "", str(place)
            said = f"bears this name {far:.1f} km away and has a census row of its own"
            return f"{place} {said}", None
        for (place, far), own in zip(
            near[["id", "_km"]].to_numpy(), names, strict=True
        ):
            if far > SAME_KM:
                break
            named = any(same_place_name(name, row["name"], ALIKE) for name in own)
            if named and place not in self.taken:
                return "", str(place)
            return f"{place} of another name stands there, {far:.1f} km away", None
        return "", None


def _km(point: Point, others: pd.DataFrame) -> Floats:
    lon, lat = (others[name].to_numpy(float) for name in ("lon", "lat"))
    from_lon, from_lat = (np.full(len(others), point[name]) for name in ("lon", "lat"))
    return geodesic_km(from_lon, from_lat, lon, lat)


def _with(places: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Add settlements that no list of places names."""
    if new.empty:
        return places
    added = new.assign(_selsovet_declared=False, _from_polygon=False)
    added = added.reindex(columns=places.columns).astype(places.dtypes.to_dict())
    return pd.concat([places, added], ignore_index=True)


def _refused(rejected: list[tuple[Point, str]]) -> pd.DataFrame:
    parts = []
    for point, reason in rejected:
        file, _, row = point["origin"].rpartition(":")
        one = Rejections(point["_source"], file)
        one.add(row=row, field="place", value=point["name"], reason=reason)
        parts.append(one.frame())
    return pd.concat(parts, ignore_index=True) if parts else Rejections("", "").frame()
