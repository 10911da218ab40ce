"""Turn restriction relations of OpenStreetMap: what is taken, and what is counted."""

from typing import Any, NamedTuple

#: Keys whose restriction binds cars; that of buses, lorries or bicycles does not.
_BINDING = ("restriction", "restriction:motor_vehicle", "restriction:motorcar")
_KINDS = ("no_", "only_")

NOT_ONE_NODE = "turn restrictions not through one node: not modelled"
AT_TIMES = "turn restrictions that hold only at times: not modelled"
OTHERS = "turn restrictions for other vehicles only: left out"
UNREADABLE = "turn restrictions that do not say what they forbid: left out"
_TIMES = ("day_on", "day_off", "hour_on", "hour_off")


class Turn(NamedTuple):
    """One restriction: ways and node by their OSM numbers."""

    kind: str
    from_way: int
    via_node: int
    to_way: int
    exempt: str


def turn_of(relation: Any) -> Turn | str:
    """Return the restriction, or the fault to count it under.

    Parameters
    ----------
    relation
        An osmium relation with type=restriction.
    """
    kind = _kind(relation.tags)
    if not kind.startswith(_KINDS):
        return kind
    members: dict[str, list[tuple[str, int]]] = {"from": [], "via": [], "to": []}
    for member in relation.members:
        if member.role in members:
            members[member.role].append((member.type, member.ref))
    shape = [[kind for kind, _ in members[role]] for role in members]
    if shape != [["w"], ["n"], ["w"]]:
        return NOT_ONE_NODE
    start, via, end = (members[role][0][1] for role in members)
    words = (word.strip() for word in relation.tags.get("except", "").split(";"))
    return Turn(kind, start, via, end, ";".join(word for word in words if word))


def _kind(tags: Any) -> str:
    """Return what is forbidden, or the fault to count."""
    for key in _BINDING:
        if key in tags:
            if any(time in tags for time in _TIMES):
                return AT_TIMES
            return tags[key] if tags[key].startswith(_KINDS) else UNREADABLE
    if any(f"{key}:conditional" in tags for key in _BINDING):
        return AT_TIMES
    if any(tag.k.startswith("restriction:") for tag in tags):
        return OTHERS
    return UNREADABLE
