"""`paritet roads`: look into a road file, ask for ways, times and areas."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.common import put, say
from geo.errors import RoadError

if TYPE_CHECKING:
    from geo.layers.roads import Roads
    from geo.travel.roads.network import RoadNetwork

_SPOT_HELP = "Longitude,latitude in degrees, such as 9.52,47.14."
_MOST_CLASSES = 12
_PAIR = 2

File = Annotated[
    Path | None, typer.Argument(help="OSM file: PBF or XML, plain, gzip or bzip2.")
]
Country = Annotated[
    str, typer.Option("--country", help="Whose speed limits hold, such as by.")
]
Profile = Annotated[str, typer.Option(help="car, ambulance or foot.")]
Place = Annotated[
    str | None,
    typer.Option(help="Bring the roads of a named place from the Internet instead."),
]

roads = typer.Typer(
    name="roads",
    help="Look into roads: check, route, isochrones.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(roads)


@roads.command()
def check(
    file: File = None,
    country: Country = "by",
    place: Place = None,
) -> None:
    """Print what is in a road file, and what each profile may use of it.

    Example: `paritet roads check liechtenstein.osm.pbf --country li`
    """
    import numpy as np

    held = _roads(file, place)
    profiles = ("car", "ambulance", "foot")
    # a fault of the declarations is told before anything is printed
    networks = [_network(held, country, name) for name in profiles]
    _say_roads(held)
    for name, network in zip(profiles, networks, strict=True):
        graph = network.ground.graph
        km = held.segment_m.sum() / 1000
        used = (
            held.segment_m[np.isfinite(graph.segment_seconds).any(axis=0)].sum() / 1000
        )
        cut_off = held.segment_m[network.index.islands].sum() / 1000
        _print(
            f"{name:<10} {used:.1f} km of {km:.1f} open, {cut_off:.1f} km cut off,"
            f" {graph.nodes} nodes and {graph.edges} edges after contraction"
        )


@roads.command()
def route(
    start: Annotated[str, typer.Option("--from", help=_SPOT_HELP)],
    end: Annotated[str, typer.Option("--to", help=_SPOT_HELP)],
    file: File = None,
    country: Country = "by",
    profile: Profile = "car",
    place: Place = None,
) -> None:
    """Print the quickest way as a GeoJSON feature, with km and minutes.

    Example: `paritet roads route x.osm.pbf --country li --from 9.5,47.1 --to 9.6,47.1`
    """
    spots = _spot(start), _spot(end)
    found = _network(_roads(file, place), country, profile).route(*spots)
    if found is None:
        raise RoadError(
            "there is no way, or a point lies too far from any road that is joined to"
            " the others (pieces shorter than island_km are not)",
            where=f"{start} to {end}",
            remedy="Choose points near roads that this profile may use, and try the"
            " other direction",
        )
    properties = {"km": round(found.km, 3), "minutes": round(found.seconds / 60, 2)}
    _print_feature(found.line, properties)


@roads.command()
def isochrones(  # noqa: PLR0913 - options of the command line
    at: Annotated[str, typer.Option("--at", help=_SPOT_HELP)],
    minutes: Annotated[str, typer.Option(help="Such as 10,20,30.")] = "15,30,60",
    file: File = None,
    country: Country = "by",
    profile: Profile = "car",
    place: Place = None,
    *,
    towards: Annotated[
        bool, typer.Option("--towards", help="From where one gets to the point.")
    ] = False,
) -> None:
    """Print the areas within some minutes of a point as GeoJSON.

    Example: `paritet roads isochrones x.osm.pbf --country li --at 9.52,47.14`
    """
    spot, times = _spot(at), _numbers(minutes, "--minutes")
    network = _network(_roads(file, place), country, profile)
    table = network.isochrones(spot, times, towards=towards)
    if table.geometry.isna().all():
        raise RoadError(
            "the point lies too far from any road",
            where=at,
            remedy=f"Choose one within {network.snap.max_m:g} m of a road",
        )
    _print(table.to_json())


def _roads(file: Path | None, place: str | None) -> "Roads":
    if (file is None) == (place is None):
        raise RoadError(
            "give either a file or --place",
            where="paritet roads",
            remedy="`paritet roads check file.osm.pbf`, or `--place 'Vaduz'`",
        )
    if file is not None:
        from geo.layers.roads_build import read_roads

        return read_roads(file)
    from geo.travel.roads.osmnx_bridge import of_place

    say(f"bringing the roads of {place}")
    return of_place(str(place))


def _network(held: "Roads", country: str, profile: str) -> "RoadNetwork":
    import numpy as np

    from geo.sources.country import load_country
    from geo.travel.roads.network import RoadNetwork
    from geo.travel.roads.speeds import load_speeds

    declared = load_country(country)
    speeds = load_speeds(declared)
    nothing = np.zeros(len(held.segment_m), bool)
    return RoadNetwork.of(
        held, speeds.profile(profile), speeds.snap, declared.crs_metric, nothing
    )


def _say_roads(held: "Roads") -> None:
    import numpy as np

    km = np.bincount(
        held.way_tags[held.segment_way], held.segment_m, len(held.tag_sets)
    )
    classes: dict[str, float] = {}
    for tags, length in zip(held.tag_sets, km / 1000, strict=True):
        kind = tags.get("highway") or tags.get("route") or "other"
        classes[kind] = classes.get(kind, 0.0) + float(length)
    _print(
        f"{len(held.node_id)} nodes, {len(held.way_id)} ways,"
        f" {len(held.segment_m)} segments, {sum(classes.values()):.1f} km,"
        f" {len(held.restrictions)} turn restrictions"
    )
    largest = sorted(classes.items(), key=lambda one: -one[1])
    for kind, length in largest[:_MOST_CLASSES]:
        if length > 0:
            _print(f"  {kind:<20} {length:9.1f} km")
    for what, count in sorted(held.faults.items()):
        _print(f"  {count} {what}")


def _spot(text: str) -> tuple[float, float]:
    numbers = _numbers(text, "a point")
    if len(numbers) != _PAIR:
        raise RoadError(
            f"{text!r} is no point", where="paritet roads", remedy=_SPOT_HELP
        )
    return numbers[0], numbers[1]


def _numbers(text: str, what: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise RoadError(
            f"{text!r} is no list of numbers",
            where=what,
            remedy="Give them with commas",
        ) from None


def _print_feature(line: Any, properties: dict[str, float]) -> None:
    from shapely.geometry import mapping

    feature = {"type": "Feature", "geometry": mapping(line), "properties": properties}
    _print(json.dumps(feature))


def _print(text: str) -> None:
    put(f"{text}\n")
