"""The areas of the invented country as their providers publish them."""

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from geo.synthetic.names import with_stress
from geo.synthetic.places import Settlements
from geo.synthetic.territory import Geometries, Territory, to_degrees
from geo.types import Kind

CAPITAL_PREFIX = "г. "
COUNTRY_RU = "Демонстрация (вымышленная страна)"
COUNTRY_BE = "Дэманстрацыя (выдуманая краіна)"
#: user-assigned code of ISO 3166: belongs to no country
ISO_CODE = "XD"
_OBLAST_ID = 9_900_000_001
_OSM_BASE = 99_000_000_000
_ADULTS = 0.81


def oblast_name(number: int) -> str:
    """Return the Russian name of an oblast.

    Examples
    --------
    >>> oblast_name(0), oblast_name(1)
    ('Демонстрационная область', 'Демонстрационная-2 область')
    """
    return f"Демонстрационная{_suffix(number)} область"


def _suffix(number: int) -> str:
    return f"-{number + 1}" if number else ""


def town_polygons(settlements: Settlements, territory: Territory) -> dict[int, Any]:
    """Return the ground of each town in degrees, by row in ``places``."""
    rows = list(settlements.ground)
    shapes = np.array([settlements.ground[row] for row in rows], dtype=object)
    cut = to_degrees(shapely.intersection(shapes, territory.outline))
    return dict(zip(rows, cut, strict=True))


def raion_collection(settlements: Settlements, territory: Territory) -> dict[str, Any]:
    """Return raions without their towns, and the towns, as one GeoJSON collection."""
    places = settlements.places
    towns = town_polygons(settlements, territory)
    built = shapely.union_all(list(settlements.ground.values()))
    rest = to_degrees(shapely.difference(territory.raions, built))
    people = places["population"].where(places["selsovet"] >= 0, 0)
    rural = people.groupby(places["raion"]).sum()
    features = []
    for row, shape in towns.items():
        residents = int(places["population"].iloc[row] * _ADULTS)
        name = places[["be", "ru"]].iloc[row].tolist()
        features.append(_town_or_raion(name, residents, "urban_settlement", shape))
    for raion, shape in zip(settlements.raions.itertuples(), rest, strict=True):
        names = [f"{raion.be} раён", f"{raion.ru} район"]
        residents = int(rural.get(raion.Index, 0) * _ADULTS)
        features.append(_town_or_raion(names, residents, "raion_rest", shape))
    return _collection("raions_towns_2019", features)


def _town_or_raion(
    names: Sequence[str], residents: int, kind: str, shape: shapely.Geometry
) -> dict[str, Any]:
    properties = {
        "name_be": names[0],
        "name_ru": names[1],
        "residents_18_plus_2019": residents,
        "kind": kind,
    }
    return _feature(properties, shape)


def oblast_collection(settlements: Settlements, territory: Territory) -> dict[str, Any]:
    """Return the oblasts and the capital as a GeoJSON collection."""
    capital = settlements.of_kind(Kind.CAPITAL)[0]
    ground = settlements.ground[int(capital)]
    features = []
    for number in np.unique(territory.oblast).tolist():
        merged = shapely.union_all(territory.raions[territory.oblast == number])
        shape = to_degrees(np.array([shapely.difference(merged, ground)]))[0]
        properties = {
            "wof_id": _OBLAST_ID + number,
            "name_en": f"Demonstration{_suffix(number)}",
            "name_ru": oblast_name(number),
        }
        features.append(_feature(properties, shape))
    place = settlements.places.iloc[capital]
    features.append(
        _feature(
            {
                "wof_id": _OBLAST_ID + 90,
                "name_en": place["en"],
                "name_ru": place["ru"],
            },
            to_degrees(np.array([ground], dtype=object))[0],
        )
    )
    return _collection("oblasts_wof", features)


def _collection(name: str, features: list[dict[str, Any]]) -> dict[str, Any]:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    return {
        "type": "FeatureCollection",
        "name": name,
        "crs": crs,
        "features": features,
    }


def _feature(properties: dict[str, Any], shape: shapely.Geometry) -> dict[str, Any]:
    polygons: Geometries = shapely.get_parts(shapely.orient_polygons(shape))
    rings = [
        [
            np.round(shapely.get_coordinates(ring), 5).tolist()
            for ring in shapely.get_rings(polygon)
        ]
        for polygon in polygons
    ]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "MultiPolygon", "coordinates": rings},
    }


def area_names(settlements: Settlements) -> ET.Element:
    """Return the names of oblasts, raions and selsovets, stress marks inside."""
    country = ET.Element(
        "Kraina",
        {
            "osmID": f"r{_OSM_BASE}",
            "name_be": COUNTRY_BE,
            "name_ru": COUNTRY_RU,
            "int_name": "Demonland",
            "iso3166-1": ISO_CODE,
        },
    )
    for number, raions in settlements.raions.groupby("oblast"):
        suffix = _suffix(int(str(number)))
        oblast = ET.SubElement(
            country,
            "Voblasc",
            {
                "osmID": f"r{_OSM_BASE + 1 + int(str(number))}",
                "name_be": f"Дэманстрацыйная{suffix} вобласць",
                "name_ru": oblast_name(int(str(number))),
                "iso3166-2": f"{ISO_CODE}-D{number}",
            },
        )
        for raion in raions.itertuples():
            _add_raion(oblast, settlements, raion)
    ET.SubElement(country, "Horad", {"osmID": f"r{_OSM_BASE + 900}"})
    ET.indent(country, space="    ")
    return country


def _add_raion(oblast: ET.Element, settlements: Settlements, raion: Any) -> None:
    node = ET.SubElement(
        oblast,
        "Rajon",
        {
            "osmID": f"r{_OSM_BASE + 1_000 + raion.Index}",
            "name_be": f"{raion.be} раён",
            "name_ru": f"{raion.ru} район",
        },
    )
    selsovets = settlements.selsovets
    for selsovet in selsovets[selsovets["raion"] == raion.Index].itertuples():
        marked = str(selsovet.marked)
        ET.SubElement(
            node,
            "Vojtaustva",
            {
                "name_be": f"{with_stress(marked, str(selsovet.be))} с/с",
                "name_ru": f"{with_stress(marked, str(selsovet.ru))} с/с",
            },
        )
