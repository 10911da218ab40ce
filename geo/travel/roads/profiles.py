"""What ``data/roads.yaml`` and a country's ``speeds.yaml`` may say."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Speed = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Factors = dict[str, Share]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Snap(_Strict):
    """How far from a road a place may lie, and how one walks there.

    Beyond ``beyond_km`` from any road the extract is taken to have ended.
    """

    max_m: Annotated[float, Field(gt=0)]
    beyond_km: Annotated[float, Field(gt=0)]
    walk_kmh: Speed
    walk_slow_kmh: Speed
    island_km: Annotated[float, Field(gt=0)]
    source: str


class Limits(_Strict):
    """Speed limits in km/h where no sign stands; the words of ``XX:urban``."""

    urban: Speed
    rural: Speed
    motorway: Speed
    living_street: Speed
    walk: Speed
    source: str


class ClassSpeed(_Strict):
    """Typical km/h of a class of roads, on the surface that such roads mostly have.

    ``untold``: share of the speed on a bad day where no surface is told.
    """

    rural: Speed
    urban: Speed
    untold: Share = 1.0


class Ferry(_Strict):
    """A ferry: its speed where no duration is told, and the wait for it."""

    kmh: Speed
    wait_minutes: Annotated[float, Field(ge=0)]
    wait_slow_minutes: Annotated[float, Field(ge=0)]


class Profile(_Strict):
    """How one way of travelling uses the roads: docs/road-profiles.md."""

    source: str
    access: tuple[str, ...]
    allowed: frozenset[str]
    barred: frozenset[str]
    oneway: tuple[str, ...]
    turns: tuple[str, ...]
    walks: bool = False
    faster: Annotated[float, Field(ge=1)] = 1.0
    limit_share: Annotated[float, Field(gt=0, le=1)]
    winter: Annotated[float, Field(gt=0, le=1)]
    classes: dict[str, ClassSpeed]
    by_special_permit: str
    services: Factors
    surfaces: Factors
    surfaces_bad: Factors
    tracktypes: Factors
    smoothness: Factors
    ford: Share
    barriers_passed: frozenset[str]
    node_seconds: dict[str, Annotated[float, Field(ge=0)]]
    ferry: Ferry


class Journey(_Strict):
    """Who travels for a kind of facility.

    ``towards``: from the settlement to the facility; else the other way.
    """

    profile: str
    towards: bool = True


class RoadRules(_Strict):
    """Everything that is declared about travel on the roads of one country."""

    snap: Snap
    journeys: dict[str, Journey]
    limits: Limits
    profiles: dict[str, Profile]


def with_likes(profiles: dict[str, Any]) -> dict[str, Any]:
    """Return profiles in which those that are ``like`` another one are written out.

    What is no mapping stays as it is: the model says what is wrong with it.
    """
    whole: dict[str, Any] = {}
    for name, own in profiles.items():
        if not isinstance(own, dict):
            whole[name] = own
            continue
        rest = {key: value for key, value in own.items() if key != "like"}
        like = own.get("like")
        model = profiles.get(like) if isinstance(like, str) else None
        whole[name] = laid_over(model, rest) if isinstance(model, dict) else rest
    return whole


def laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return two nested mappings as one; of two values the second one wins."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            merged[key] = laid_over(below, value)
        else:
            merged[key] = value
    return merged
