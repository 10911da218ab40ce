"""The explicit list of readers: its module is its name in ``country.yaml``."""

from geo.errors import DeclarationError
from geo.sources.readers import (
    area_names_xml,
    area_population,
    census_list,
    census_points,
    elevation,
    facility_register,
    fixed_register,
    gtfs,
    observations,
    opencellid,
    osm_file,
    osm_nodes,
    osm_roads,
    place_register,
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
    module.__name__.rsplit(".", 1)[-1]: module.read
    for module in (
        area_names_xml, area_population, census_list, census_points, elevation,
        facility_register, fixed_register, gtfs, observations, opencellid, osm_file,
        osm_nodes, osm_roads, place_register, polygons, postal_codes, rail_stops,
        termini, timetable_table, unit_observations, wof_places,
    )
}  # fmt: skip
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
