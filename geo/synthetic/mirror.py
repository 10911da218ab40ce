"""Writes the mirror of the demo country: everything in it is invented.

The files have the formats of the providers of a real country, so that the demo
passes through the same readers. The same seed and size give the same bytes.
"""

import hashlib
from pathlib import Path

from geo.disk.beside import Naming, beside, sweep
from geo.disk.faults import disk_faults
from geo.errors import DeclarationError, FetchError
from geo.sources.country import SyntheticSpec
from geo.synthetic.areas import (
    area_names,
    oblast_polygons,
    residents_of_areas,
    town_polygons,
)
from geo.synthetic.declared import FOLDER
from geo.synthetic.faults import faults_of
from geo.synthetic.listings import (
    census_list,
    kind_register,
    make_listing,
    place_list,
)
from geo.synthetic.mobile import cells, lte_distance, masts
from geo.synthetic.places import make_settlements
from geo.synthetic.road_parts import write_roads
from geo.synthetic.roads import make_roads
from geo.synthetic.statements import (
    ambulance,
    fixed_lines,
    mobile_speed,
    statements,
    unit_register,
)
from geo.synthetic.supply import post_codes, rail_stations, register, true_sites
from geo.synthetic.territory import make_territory
from geo.synthetic.timetable import make_timetable
from geo.synthetic.write import CHECKSUMS, intact, write_checksums, write_files

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
    listing = make_listing(settlements)
    places, doubles = place_list(settlements, listing)
    sites, mast_table = true_sites(settlements), masts(settlements)
    lte_km = lte_distance(settlements, mast_table)
    tables = {
        "places.csv": places,
        "census.csv": census_list(settlements, listing),
        "kinds.csv": kind_register(settlements, listing),
        "population.csv": residents_of_areas(settlements),
        "polygons.geojson": town_polygons(settlements, territory),
        "oblasts.geojson": oblast_polygons(settlements, territory),
        "area_names.xml": area_names(settlements),
        "facilities.csv": register(settlements, sites),
        "post_codes.tsv": post_codes(settlements, sites),
        "rail_stations.tsv": rail_stations(settlements),
        "cells.csv.gz": cells(settlements, mast_table),
        "ambulance.csv": ambulance(settlements, sites),
        "speed.csv": mobile_speed(settlements, lte_km),
        "fixed.csv": fixed_lines(settlements),
        **statements(settlements, sites),
        "units.csv": unit_register(settlements),
        **make_timetable(settlements).tables(),
    }
    write_files(folder, tables, [*doubles, *faults_of(count)])
    write_roads(folder / "roads.osm.pbf", make_roads(settlements))
