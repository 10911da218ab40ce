"""Places put on the map: each in its raion and, where it lies in one, in its town."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.layers.areas import Territory
from geo.layers.duplicates import checked_flags
from geo.layers.foreign import mark_foreign
from geo.layers.inputs import Inputs
from geo.layers.names import area_key
from geo.layers.registers import merged, refused_rows
from geo.layers.town_places import adopt_nearby, unlisted_towns
from geo.sources.country import Country


def placed(
    inputs: Inputs, territory: Territory, country: Country
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the places with their raion, oblast and town, and the refused rows.

    Parameters
    ----------
    inputs, territory, country
        Canonical tables, areas with town polygons, declarations.

    Returns
    -------
    tuple
        Places: the canonical columns with ``id`` for ``place_id``, and ``raion_id``,
        ``oblast_id``, ``city`` (the unit is a city beside the raions), ``town``
        (official name of the town polygon around the point), ``official_total``,
        ``official_year``, ``unit_key`` and ``raion_key`` (matching keys of the names
        of the unit, and of the unit with the raion around it), ``_declared`` (who
        states the population, NA: the lister), ``_from_polygon``, ``foreign``. Town
        polygons that no listed place stands for are added.
    """
    table, strange = merged(inputs.table("places"))
    table = table.rename(columns={"place_id": "id"})
    table["_from_polygon"] = False
    units = territory.areas[territory.areas["level"] == "raion"]
    units = units[units.geometry.notna()]
    refused = [strange]
    if units.empty:
        table, astray = checked_flags(_nowhere(table))
        table, strange = mark_foreign(table, country)
        return table, pd.concat([*refused, astray, strange], ignore_index=True)
    table["raion_id"] = _unit(table, units, territory.towns, country)
    outside = table[table["raion_id"].isna()]
    refused.append(
        refused_rows(
            outside.rename(columns={"id": "place_id"}),
            "lon, lat",
            outside["lon"].astype("str") + ", " + outside["lat"].astype("str"),
            "the point lies outside the country's areas",
        )
    )
    inside = table[table["raion_id"].notna()].reset_index(drop=True)
    inside, astray = checked_flags(inside)
    inside, strange = mark_foreign(inside, country)
    refused += [astray, strange]
    inside = _with_towns(inside, territory.towns, inputs, country)
    return _in_units(inside, units), pd.concat(refused, ignore_index=True)


def located(
    points: pd.DataFrame, territory: Territory, country: Country
) -> pd.DataFrame:
    """Return points with the columns that say where they lie, as of :func:`placed`.

    Parameters
    ----------
    points
        Columns ``lon``, ``lat``.
    territory, country
        Areas with town polygons, and declarations.
    """
    units = territory.areas[territory.areas["level"] == "raion"]
    units = units[units.geometry.notna()]
    if units.empty:
        return _nowhere(points)
    found = points.assign(raion_id=_unit(points, units, territory.towns, country))
    return _in_units(_in_towns(found, territory.towns), units)


def _nowhere(table: pd.DataFrame) -> pd.DataFrame:
    """Return places of a country without outlines of its units."""
    out = table.assign(city=False, raion_key=None, unit_key=None)
    for column in ("raion_id", "oblast_id", "town"):
        out[column] = pd.Series(None, index=out.index, dtype="str")
    for column in ("official_total", "official_year"):
        out[column] = pd.Series(pd.NA, index=out.index, dtype="Int64")
    return out


def _points(places: pd.DataFrame) -> NDArray[np.object_]:
    return np.asarray(
        shapely.points(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    )


def _unit(
    places: pd.DataFrame,
    units: gpd.GeoDataFrame,
    towns: gpd.GeoDataFrame,
    country: Country,
) -> pd.Series:
    """Return the raion-level unit of each point, NA outside all of them.

    A town polygon counts for the raion it was cut out of. A point just outside (the
    outlines are generalised) takes the nearest unit within the border tolerance.
    """
    own = towns[towns["raion_id"].notna()]
    shapes = gpd.GeoDataFrame(
        {"id": [*units["id"], *own["raion_id"]]},
        geometry=[*units.geometry, *own.geometry],
        crs="EPSG:4326",
    )
    ids = shapes["id"].to_numpy(object)
    points = _points(places)
    found = np.full(len(places), None, dtype=object)
    place, shape = shapes.sindex.query(points, predicate="intersects")
    # of several shapes around a point (a shared border) the first declared one counts
    order = np.lexsort((-shape, place))
    found[place[order]] = ids[shape[order]]
    open_ = np.flatnonzero(pd.isna(found))
    if len(open_) and country.border_tolerance_km > 0:
        metric = shapes.to_crs(country.crs_metric)
        lost = gpd.GeoSeries(points[open_], crs="EPSG:4326").to_crs(country.crs_metric)
        near = metric.sindex.nearest(
            lost.to_numpy(),
            return_all=False,
            max_distance=country.border_tolerance_km * 1000,
        )
        found[open_[near[0]]] = ids[near[1]]
    return pd.Series(found, index=places.index, dtype="str")


def _with_towns(
    places: pd.DataFrame, towns: gpd.GeoDataFrame, inputs: Inputs, country: Country
) -> pd.DataFrame:
    """Name the town around each place; add the towns that no list names."""
    known = adopt_nearby(_in_towns(places, towns), towns, country)
    missing = unlisted_towns(known, towns, inputs.table("census"), country)
    if missing.empty:
        return known
    added = _in_towns(missing, towns).reindex(columns=known.columns)
    added = added.astype(known.dtypes.to_dict())
    return pd.concat([known, added], ignore_index=True)


def _in_towns(places: pd.DataFrame, towns: gpd.GeoDataFrame) -> pd.DataFrame:
    """Name the town polygon around each place, with its official residents."""
    out = places.copy()
    out["town"] = pd.Series(None, index=out.index, dtype="str")
    for column in ("official_total", "official_year"):
        out[column] = pd.Series(pd.NA, index=out.index, dtype="Int64")
    if towns.empty or "official_name" not in towns:
        return out
    place, town = towns.sindex.query(_points(out), predicate="intersects")
    around = pd.DataFrame({"place": place, "town": town}).drop_duplicates("place")
    spot = out.index[around["place"]]
    for column, source in (
        ("town", "official_name"),
        ("official_total", "official_total"),
        ("official_year", "official_year"),
    ):
        out.loc[spot, column] = towns[source].to_numpy()[around["town"]]
    return out


def _in_units(places: pd.DataFrame, units: gpd.GeoDataFrame) -> pd.DataFrame:
    by_id = units.set_index("id")
    out = places.copy()
    out["oblast_id"] = out["raion_id"].map(by_id["oblast_id"]).astype("str")
    out["city"] = out["raion_id"].isin(by_id.index[by_id["city"].astype(bool)])
    keyed = {
        unit: frozenset(filter(None, (area_key(ru), area_key(be))))
        for unit, ru, be in zip(
            by_id.index, by_id["name_ru"], by_id["name_be"], strict=True
        )
    }
    out["unit_key"] = out["raion_id"].map(keyed)
    # a city grows over villages of the raion around it
    own_id = dict(zip(by_id["area_id"], by_id.index, strict=True))
    around = by_id["inside_id"].map(own_id)
    wide = {
        unit: own | keyed.get(around[unit], frozenset()) for unit, own in keyed.items()
    }
    out["raion_key"] = out["raion_id"].map(wide)
    return out
