"""Which OpenStreetMap tags of roads, and of nodes on them, matter to any profile."""

import json
from collections.abc import Iterable, Iterator, Mapping

from geo.sources.readers.osm_lifecycle import NO_LONGER, NOT_YET, words_of

#: Values of highway=* that nobody can travel on: not yet there, or no longer.
NOT_THERE = NO_LONGER | NOT_YET | {"no"}
#: Tags that are kept of a way as they are.
WAY_KEYS = words_of("""
    access area barrier bridge duration emergency ferry foot footway ford highway
    ice_road incline junction living_street locked maxspeed maxspeed:backward
    maxspeed:forward maxspeed:type motor_vehicle motorcar motorroad oneway route
    sac_scale seasonal service sidewalk smoothness source:maxspeed surface tracktype
    traffic_zone tunnel vehicle winter_road zone:maxspeed zone:traffic
    """)
#: Tags that are kept of a node on a road.
NODE_KEYS = words_of("""
    access barrier crossing emergency foot ford highway locked motor_vehicle
    motorcar railway traffic_calming vehicle
    """)
_ACCESS = frozenset({"access", "vehicle", "motor_vehicle", "motorcar", "foot"})

_WHO = words_of("""
    yes no permissive designated destination delivery customers official permit private
    agricultural forestry emergency military bus psv taxi residents unknown public
    use_sidepath discouraged limited variable dismount restricted employees
    agricultural;forestry
    """)
#: Values that the wiki or the profiles know, of the keys whose mistyped value would
#: close a road or open one unnoticed. Of other keys an odd value is as good as none.
KNOWN_VALUES = {
    "highway": words_of("""
        motorway motorway_link trunk trunk_link primary primary_link secondary
        secondary_link tertiary tertiary_link unclassified residential living_street
        service road track path footway cycleway bridleway pedestrian steps busway
        bus_guideway escape raceway emergency_bay via_ferrata ladder corridor elevator
        platform bus_stop services rest_area crossing passing_place
        turning_circle trailhead ice_road winter_road
        """),
    "oneway": words_of(
        "yes true 1 no false 0 -1 reverse alternating reversible unknown"
    ),
    "junction": words_of(
        "yes no roundabout circular jughandle filter intersection spui approach"
    ),
    **dict.fromkeys(sorted(_ACCESS), _WHO),
}
_ONEWAY = "oneway:"
_DIRECTIONS = frozenset({"forward", "backward"})
_CONDITIONAL = ":conditional"


def matters_to_way(key: str) -> bool:
    """Tell whether a tag of a way can matter to a profile.

    Examples
    --------
    >>> [matters_to_way(key) for key in ("oneway:foot", "motor_vehicle:forward")]
    [True, True]
    >>> [matters_to_way(key) for key in ("name", "oneway:conditional")]
    [False, False]
    """
    if key in WAY_KEYS:
        return True
    if key.endswith(_CONDITIONAL):
        return False
    base, _, direction = key.partition(":")
    return key.startswith(_ONEWAY) or (base in _ACCESS and direction in _DIRECTIONS)


def unknown_values(tags: Mapping[str, str]) -> Iterator[str]:
    """Yield what is strange about the tags of a road, as faults.

    Examples
    --------
    >>> list(unknown_values({"highway": "tertiery", "oneway": "yes"}))
    ['roads with a highway that is no class of road: not travelled']
    >>> list(unknown_values({"highway": "track", "oneway": "да"}))
    ['roads with an unknown value of oneway: taken as if it were not there']
    """
    for key, known in KNOWN_VALUES.items():
        if key not in tags or tags[key] in known:
            continue
        if key == "highway":
            yield "roads with a highway that is no class of road: not travelled"
        else:
            yield f"roads with an unknown value of {key}: taken as if it were not there"


def is_conditional(key: str) -> bool:
    """Tell whether a tag holds only at times and would matter if it always held.

    Examples
    --------
    >>> [is_conditional(k) for k in ("maxspeed:conditional", "parking:conditional")]
    [True, False]
    """
    base = key.removesuffix(_CONDITIONAL)
    return base != key and matters_to_way(base)


def as_text(tags: Iterable[tuple[str, str]]) -> str:
    """Return tags as one text, the same for the same tags in any order.

    Examples
    --------
    >>> as_text([("surface", "mud"), ("highway", "track")])
    '{"highway":"track","surface":"mud"}'
    """
    return json.dumps(
        dict(sorted(tags)), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
