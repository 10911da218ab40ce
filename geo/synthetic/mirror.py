"""Writes the mirror of the demo country: everything in it is invented.

The files have the formats of the providers of a real country, so that the demo
passes through the same readers. The same seed and size give the same bytes.
"""

import hashlib
from pathlib import Path

import pandas as pd

from geo.disk.beside import Naming, beside, sweep
from geo.disk.faults import disk_faults
from geo.errors import DeclarationError, FetchError
from geo.sources.country import SyntheticSpec
from geo.synthetic.area_files import area_names, oblast_collection, raion_collection
from geo.synthetic.declared import declared_tables
from geo.synthetic.gtfs_files import gtfs_members
from geo.synthetic.listings import census_list, make_listing, place_list
from geo.synthetic.mobile import cells, lte_distance, masts
from geo.synthetic.places import Settlements, make_settlements
from geo.synthetic.post_and_rail import post_codes, rail_stations
from geo.synthetic.registers import ambulance, fixed_lines, mobile_speed
from geo.synthetic.residents import population_table
from geo.synthetic.road_file import write_roads
from geo.synthetic.roads import make_roads
from geo.synthetic.supply import register, true_sites
from geo.synthetic.territory import Territory, make_territory
from geo.synthetic.timetable import make_timetable
from geo.synthetic.town_buses import add_town_buses
from geo.synthetic.unit_register import unit_register
from geo.synthetic.write import (
    CHECKSUMS,
    intact,
    table_text,
    write_checksums,
    write_geojson,
    write_gzip,
    write_text,
    write_xml,
    write_zip,
)

FOLDER = "demo"
_HALF_MADE = Naming(f".{FOLDER}.", ".part")
_HINT = "PARITET_CACHE names the folder of the cache."
#: below this a country has too few villages for every class of the norms
FEWEST_SETTLEMENTS = 200
MOST_SETTLEMENTS = 100_000


def write_mirror(directory: Path, seed: int, settlements: int) -> None:
    """Write the mirror of the demo country under ``directory/demo``.

    The folder is written beside and renamed, so that it is there whole or not at all.

    Parameters
    ----------
    directory
        Root of the mirror; made if absent. An older ``demo`` in it is replaced.
    seed
        Seed of all random streams.
    settlements
        How many settlements there are, 200 to 100,000; some faulty rows come on top.

    Raises
    ------
    DeclarationError
        If ``settlements`` is too small or too large or ``seed`` is negative.
    FetchError
        If the files cannot be written.
    """
    _check(seed, settlements)
    with disk_faults(
        "the mirror of the demo country cannot be written",
        directory,
        hint=_HINT,
        kind=FetchError,
    ):
        directory.mkdir(parents=True, exist_ok=True)
        with beside(directory, _HALF_MADE) as staging:
            made = staging / FOLDER
            made.mkdir()
            _write_all(made, seed, settlements)
            write_checksums(made)
            _replace(made, directory / FOLDER)


def cached_mirror(spec: SyntheticSpec, cache: Path) -> Path:
    """Return a mirror of the demo country, made once per seed, size and generator.

    Parameters
    ----------
    spec
        Seed and size, from ``country.yaml``.
    cache
        Folder for what can be made again; the mirror comes under ``synthetic`` in it.

    Returns
    -------
    Path
        Root of the mirror. A mirror whose checksums do not agree is made anew; two
        processes that make it at once end with one of the two equal results.
    """
    name = f"{spec.seed}-{spec.settlements}-{_generator_hash()}"
    made = cache / "synthetic"
    for folder in made.glob("*/"):
        sweep(folder, _HALF_MADE)
    with disk_faults("the cache cannot be used", made, hint=_HINT, kind=FetchError):
        whole = intact(made / name / FOLDER)
    if not whole:
        write_mirror(made / name, spec.seed, spec.settlements)
    return made / name


def _generator_hash() -> str:
    """Hash the generator's own text: another generator makes another mirror."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _check(seed: int, settlements: int) -> None:
    if settlements < FEWEST_SETTLEMENTS:
        raise DeclarationError(
            f"a synthetic country of {settlements} settlements is too small",
            where="country.yaml, key 'synthetic.settlements'",
            remedy=f"Give at least {FEWEST_SETTLEMENTS}.",
        )
    if settlements > MOST_SETTLEMENTS:
        raise DeclarationError(
            f"a synthetic country of {settlements} settlements is too large",
            where="country.yaml, key 'synthetic.settlements'",
            remedy=f"Give at most {MOST_SETTLEMENTS}: its codes have no room for more.",
        )
    if seed < 0:
        raise DeclarationError(
            f"the seed {seed} is negative",
            where="country.yaml, key 'synthetic.seed'",
            remedy="Give a whole number from 0 up.",
        )


def _replace(staging: Path, target: Path) -> None:
    """Put the finished folder into its place, an older one out of the way first.

    Where another process was quicker its folder stays, if it holds the same files.
    """
    wanted = (staging / CHECKSUMS).read_bytes()
    if intact(target) and (target / CHECKSUMS).read_bytes() == wanted:
        return
    if target.exists():
        target.rename(staging.with_name("older"))
    staging.rename(target)


def _write_all(folder: Path, seed: int, count: int) -> None:
    territory = make_territory(seed, count)
    settlements = make_settlements(seed, count, territory)
    ids = FOLDER + ":" + settlements.places["place_id"].astype("str")
    _write_settlements(folder, seed, settlements)
    _write_areas(folder, settlements, territory)
    _write_supply(folder, seed, settlements, ids)
    _write_connectivity(folder, seed, settlements, ids)
    write_roads(folder / "roads.osm.pbf", make_roads(seed, settlements))
    timetable = make_timetable(seed, settlements)
    add_town_buses(seed, settlements, timetable)
    write_zip(folder / "timetable.zip", gtfs_members(timetable))


def _write_settlements(folder: Path, seed: int, settlements: Settlements) -> None:
    listing = make_listing(seed, settlements)
    places = place_list(seed, settlements, listing)
    write_text(folder / "places.csv", table_text(places))
    census = census_list(seed, settlements, listing)
    write_text(folder / "census.csv", table_text(census))
    write_text(folder / "population.csv", table_text(population_table(settlements)))


def _write_areas(folder: Path, settlements: Settlements, territory: Territory) -> None:
    write_geojson(folder / "polygons.geojson", raion_collection(settlements, territory))
    write_geojson(folder / "oblasts.geojson", oblast_collection(settlements, territory))
    write_xml(folder / "area_names.xml", area_names(settlements))


def _write_supply(
    folder: Path, seed: int, settlements: Settlements, ids: pd.Series
) -> None:
    sites = true_sites(seed, settlements)
    facilities = register(seed, settlements, sites, ids)
    write_text(folder / "facilities.csv", table_text(facilities))
    codes = post_codes(seed, settlements, sites)
    codes_text = table_text(codes, separator="\t", header=False)
    write_text(folder / "post_codes.tsv", codes_text)
    stations = rail_stations(seed, settlements)
    write_text(folder / "rail_stations.tsv", table_text(stations, separator="\t"))
    arrivals = ambulance(seed, settlements, sites, ids)
    write_text(folder / "ambulance.csv", table_text(arrivals))
    for name, table in declared_tables(seed, settlements, sites, ids).items():
        write_text(folder / f"{name}.csv", table_text(table))


def _write_connectivity(
    folder: Path, seed: int, settlements: Settlements, ids: pd.Series
) -> None:
    mast_table = masts(seed, settlements)
    observed = cells(seed, mast_table, len(settlements.raions))
    write_gzip(folder / "cells.csv.gz", table_text(observed, header=False))
    speeds = mobile_speed(seed, settlements, lte_distance(settlements, mast_table), ids)
    write_text(folder / "speed.csv", table_text(speeds))
    write_text(folder / "fixed.csv", table_text(fixed_lines(seed, settlements, ids)))
    write_text(folder / "units.csv", table_text(unit_register(seed, settlements)))
