"""The explicit list of readers: name in ``country.yaml`` -> function."""

from geo.errors import DeclarationError
from geo.sources.readers import (
    area_names_xml,
    area_population,
    census_list,
    elevation,
    facility_register,
    fixed_register,
    gtfs,
    observations,
    opencellid,
    osm_file,
    osm_nodes,
    osm_roads,
    polygons,
    postal_codes,
    rail_stops,
    termini,
    timetable_table,
    unit_observations,
    wof_places,
)
from geo.sources.readers.base import Reader

READERS: dict[str, Reader] = {
    "area_names_xml": area_names_xml.read,
    "area_population": area_population.read,
    "census_list": census_list.read,
    "elevation": elevation.read,
    "facility_register": facility_register.read,
    "fixed_register": fixed_register.read,
    "gtfs": gtfs.read,
    "observations": observations.read,
    "opencellid": opencellid.read,
    "osm_file": osm_file.read,
    "osm_nodes": osm_nodes.read,
    "osm_roads": osm_roads.read,
    "polygons": polygons.read,
    "postal_codes": postal_codes.read,
    "rail_stops": rail_stops.read,
    "termini": termini.read,
    "timetable_table": timetable_table.read,
    "unit_observations": unit_observations.read,
    "wof_places": wof_places.read,
}
#: Readers so slow that what they made of a file is kept in the cache. Such a reader
#: asks nothing of the country: two countries with one extract read it once.
KEPT = frozenset({"osm_roads"})


def reader_named(name: str, *, where: str) -> Reader:
    """Return the reader of this name.

    Parameters
    ----------
    name
        As in the feed.
    where
        Who asks, for the message.

    Raises
    ------
    DeclarationError
        If there is none; names the known ones.
    """
    if name not in READERS:
        raise DeclarationError(
            f"unknown reader {name!r}",
            where=where,
            remedy=f"Known readers: {', '.join(READERS)}.",
        )
    return READERS[name]
