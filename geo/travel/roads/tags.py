"""What a travel profile makes of the tags of ways and nodes.

The meaning of the tags is that of the OpenStreetMap wiki: Key:oneway, Key:maxspeed,
Key:access, Key:barrier, Tag:route=ferry. Conditional tags are not read.
"""

from dataclasses import dataclass

from geo.layers.roads import TagSet
from geo.travel.roads.maxspeed import duration_seconds, limit_kmh
from geo.travel.roads.profiles import ClassSpeed, Limits, Profile
from geo.travel.roads.rules import CLOSED, NodeRule, Speed, WayRule

_ALONG = frozenset({"yes", "true", "1"})
_AGAINST = frozenset({"-1", "reverse"})
_BOTH = frozenset({"no", "false", "0", "alternating", "reversible"})
_ROUND = frozenset({"roundabout", "circular"})
_ANY = "*"
#: keys that speak of all vehicles or all people at once
_EVERYBODY = frozenset({"access", "vehicle"})
#: classes that are no way for a vehicle, whatever other tags say
_NO_WAY = frozenset({"steps", "platform", "elevator", "corridor"})


@dataclass(frozen=True)
class TravelProfile:
    """One way of travelling in one country.

    Attributes
    ----------
    name
        car, ambulance or foot.
    rules
        What is declared of it.
    limits
        Legal limits where no sign stands.
    legal_kmh
        What nobody exceeds.
    """

    name: str
    rules: Profile
    limits: Limits
    legal_kmh: float

    @property
    def turn_words(self) -> tuple[str, ...]:
        """Words of ``except`` that free this profile from a turn restriction."""
        return self.rules.turns

    def way(self, tags: TagSet) -> WayRule:
        """Return how a way is travelled."""
        if tags.get("route") == "ferry" or tags.get("ferry") in self.rules.classes:
            return self._ferry(tags)
        kind = self._class(tags)
        if kind is None:
            return WayRule()
        typical, slow = self._speeds(tags, kind)
        open_ = self._directions(tags)
        if not (typical[0][0] and any(open_)):
            return WayRule()
        return WayRule(
            along=typical[0] if open_[0] else CLOSED,
            against=typical[1] if open_[1] else CLOSED,
            slow_along=slow[0] if open_[0] else CLOSED,
            slow_against=slow[1] if open_[1] else CLOSED,
        )

    def node(self, tags: TagSet) -> NodeRule:
        """Return how a node is passed."""
        barrier = tags.get("barrier", "no")
        told = _access(tags, self.rules)
        passed = self.rules.barriers_passed
        if told is None:
            told = barrier in passed or _ANY in passed
            # a locked gate keeps out whom no tag lets in
            told = told and (tags.get("locked") != "yes" or _ANY in passed)
        if "highway" in tags and "barrier" not in tags and told is False:
            # access of a crossing or a stop is no barrier
            told = True
        if not told:
            return NodeRule(passable=False)
        seconds = self.rules.node_seconds
        kinds = (barrier, tags.get("highway"), tags.get("railway"))
        cost = max((seconds.get(kind or "", 0.0) for kind in kinds), default=0.0)
        return NodeRule(seconds=cost, seconds_slow=cost / self.rules.winter)

    def _class(self, tags: TagSet) -> str | None:
        """Return the class of a way, None where this profile may not use it."""
        kind = tags.get("highway", "")
        told = _access(tags, self.rules)
        if told is False:
            return None
        if self.rules.walks and tags.get("motorroad") == "yes" and "foot" not in tags:
            return None
        if kind in self.rules.classes:
            return kind
        # only a tag for this very way of travelling opens a path to it
        own = [key for key in self.rules.access if key not in _EVERYBODY]
        special = any(tags.get(key) in self.rules.allowed for key in own)
        if kind and told and special and kind not in _NO_WAY:
            return self.rules.by_special_permit
        return None

    def _speeds(
        self, tags: TagSet, kind: str
    ) -> tuple[tuple[Speed, Speed], tuple[Speed, Speed]]:
        """Return typical and slow km/h, along and against, outside and inside."""
        rules = self.rules
        own: ClassSpeed = rules.classes[kind]
        factor, bad = self._factors(tags, own)
        typical, slow = [], []
        for way in ("forward", "backward"):
            limit = None if rules.walks else self._limit(tags, way)
            both = [
                min(self._base(speed, limit, kind) * factor, self.legal_kmh)
                for speed in (own.rural, own.urban)
            ]
            typical.append((both[0], both[1]))
            share = bad / factor * rules.winter if factor else 0.0
            slow.append((both[0] * share, both[1] * share))
        return (typical[0], typical[1]), (slow[0], slow[1])

    def _base(self, speed: float, limit: float | None, kind: str) -> float:
        rules = self.rules
        if rules.walks:
            return speed
        if kind == "living_street" and limit is None:
            limit = self.limits.living_street
        return (speed if limit is None else limit * rules.limit_share) * rules.faster

    def _limit(self, tags: TagSet, way: str) -> float | None:
        """Return the told limit of a direction in km/h."""
        keys = (
            f"maxspeed:{way}", "maxspeed", "maxspeed:type", "source:maxspeed",
            "zone:maxspeed", "zone:traffic", "traffic_zone",
        )  # fmt: skip
        found = (limit_kmh(tags.get(key, ""), self.limits) for key in keys)
        return next((limit for limit in found if limit is not None), None)

    def _factors(self, tags: TagSet, own: ClassSpeed) -> tuple[float, float]:
        """Return the share of the speed that the state of the road leaves; bad day."""
        rules = self.rules
        surface = tags.get("surface", "")
        parts = [
            rules.tracktypes.get(tags.get("tracktype", ""), 1.0),
            rules.smoothness.get(tags.get("smoothness", ""), 1.0),
            rules.surfaces.get(surface, 1.0),
        ]
        wide = rules.services.get(tags.get("service", ""), 1.0)
        ford = rules.ford if tags.get("ford", "no") not in {"no", ""} else 1.0
        typical = min(*parts, wide, ford)
        told = surface in rules.surfaces or tags.get("tracktype") in rules.tracktypes
        bad = rules.surfaces_bad.get(surface, 1.0 if told else own.untold)
        return typical, min(typical, bad)

    def _directions(self, tags: TagSet) -> tuple[bool, bool]:
        """Return whether the way is open along and against its drawing."""
        along, against = True, True
        keys = self.rules.oneway
        if not self.rules.walks:
            implied = (
                tags.get("junction") in _ROUND or tags.get("highway") == "motorway"
            )
            along, against = True, not implied
        for key in keys:
            value = tags.get(key)
            if value in _ALONG:
                along, against = True, False
            elif value in _AGAINST:
                along, against = False, True
            elif value in _BOTH:
                along, against = True, True
        for key in self.rules.access:
            one, other = tags.get(f"{key}:forward"), tags.get(f"{key}:backward")
            along = along and one not in self.rules.barred
            against = against and other not in self.rules.barred
        return along, against

    def _ferry(self, tags: TagSet) -> WayRule:
        """Return how a ferry is taken: its duration and the wait for it."""
        if _access(tags, self.rules) is False:
            return WayRule()
        ferry = self.rules.ferry
        along, against = self._directions(tags)
        speed = min(ferry.kmh, self.legal_kmh)
        both = (speed, speed)
        took = duration_seconds(tags.get("duration", ""))
        return WayRule(
            along=both if along else CLOSED,
            against=both if against else CLOSED,
            slow_along=both if along else CLOSED,
            slow_against=both if against else CLOSED,
            total_seconds=None if took is None else took + ferry.wait_minutes * 60,
            total_seconds_slow=None
            if took is None
            else took + ferry.wait_slow_minutes * 60,
        )


def _access(tags: TagSet, rules: Profile) -> bool | None:
    """Return whether tags let the profile in; None where they say nothing of it."""
    told = None
    for key in rules.access:
        value = tags.get(key)
        if value in rules.barred:
            told = False
        elif value in rules.allowed:
            told = True
    return told
