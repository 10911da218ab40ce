"""Seconds of each road segment for one travel profile."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from geo.layers.geodesy import Floats, unit_vectors
from geo.layers.roads import Roads
from geo.travel.roads.graph import Bools
from geo.travel.roads.rules import NodeRule, Speed, WayRule
from geo.travel.roads.tags import TravelProfile

_MS = 3.6
_EARTH_KM = 6371.0088
#: nobody is faster than this in a segment, however short: a time is never 0
_LEAST_S = 1e-3
#: Tobler (1993): speed falls by exp(-3.5 |slope + 0.05|)
_TOBLER, _EASIEST, _STEEPEST = 3.5, 0.05, 0.6


@dataclass(frozen=True)
class Weights:
    """What segments cost one profile.

    Attributes
    ----------
    seconds, slow
        Typical and on a bad day, in and against the direction of drawing, shape
        (2, m); inf where closed. Slow is never less than typical, and open where it is.
    impassable
        Nodes that nobody of the profile passes, shape (n,).
    """

    seconds: Floats
    slow: Floats
    impassable: Bools


def weigh(roads: Roads, profile: TravelProfile, built_up: Bools) -> Weights:
    """Return the seconds of all segments for one profile.

    What passing a node costs is paid half on each side of it, so that both directions
    pay the same and one who starts there pays half.

    Parameters
    ----------
    roads
        m segments, n nodes.
    built_up
        Whether each segment lies in a built-up area, shape (m,); see
        :func:`built_up_segments`.
    """
    ways = _used(roads.way_tags, len(roads.tag_sets))
    rules = [
        profile.way(tags) if used else WayRule()
        for tags, used in zip(roads.tag_sets, ways, strict=True)
    ]
    at = roads.way_tags[roads.segment_way]
    nodes = _node_rules(roads, profile)
    slope = _slopes(roads) if profile.rules.walks else None
    way_m = np.bincount(roads.segment_way, roads.segment_m, minlength=len(roads.way_id))
    share = roads.segment_m / way_m[roads.segment_way]
    out = []
    for slow in (False, True):
        speeds = _speeds(rules, slow=slow)
        seconds = np.where(built_up, speeds[:, 1, at], speeds[:, 0, at])
        seconds = roads.segment_m * _MS / np.where(seconds > 0, seconds, np.nan)
        whole = _totals(rules, slow=slow)[at]
        told = np.isfinite(whole)
        seconds[:, told] = np.where(
            np.isnan(seconds[:, told]), np.nan, (whole * share)[told]
        )
        if slope is not None:
            seconds *= slope
        passing = nodes.slow if slow else nodes.seconds
        halves = passing[roads.segment_from] + passing[roads.segment_to]
        seconds += halves / 2
        least = np.maximum(roads.segment_m * _MS / profile.legal_kmh, _LEAST_S)
        out.append(np.where(np.isnan(seconds), np.inf, np.maximum(seconds, least)))
    return Weights(out[0], np.maximum(out[0], out[1]), ~nodes.passable)


def built_up_segments(
    roads: Roads, lon: Floats, lat: Floats, radius_km: Floats
) -> Bools:
    """Tell which segments have their middle inside a settlement.

    Parameters
    ----------
    lon, lat
        Degrees of the settlements, shape (s,).
    radius_km
        How far each reaches, shape (s,); NaN reaches nowhere.

    Returns
    -------
    array
        Shape (m,).
    """
    start, end = roads.segment_from, roads.segment_to
    middle = KDTree(
        unit_vectors(
            (roads.lon[start] + roads.lon[end]) / 2,
            (roads.lat[start] + roads.lat[end]) / 2,
        )
    )
    known = np.flatnonzero(radius_km > 0)
    chord = 2 * np.sin(radius_km[known] / (2 * _EARTH_KM))
    inside = np.zeros(len(start), bool)
    if len(start) and len(known):
        centres = unit_vectors(lon[known], lat[known])
        for rows in middle.query_ball_point(centres, chord):
            inside[rows] = True
    return inside


@dataclass(frozen=True)
class _Nodes:
    passable: Bools
    seconds: Floats
    slow: Floats


def _node_rules(roads: Roads, profile: TravelProfile) -> _Nodes:
    used = _used(roads.node_tags, len(roads.tag_sets))
    rules = [
        profile.node(tags) if here and tags else NodeRule()
        for tags, here in zip(roads.tag_sets, used, strict=True)
    ]

    def column(read: Callable[[NodeRule], float]) -> Floats:
        return np.array([read(rule) for rule in rules], float)[roads.node_tags]

    return _Nodes(
        column(lambda rule: rule.passable) > 0,
        column(lambda rule: rule.seconds),
        column(lambda rule: rule.seconds_slow),
    )


def _used(tags: np.ndarray, count: int) -> Bools:
    used = np.zeros(count, bool)
    used[tags] = True
    return used


def _speeds(rules: list[WayRule], *, slow: bool) -> Floats:
    """Return km/h, shape (direction, outside or inside, tag sets), 0 where closed."""

    def both(rule: WayRule) -> tuple[Speed, Speed]:
        if slow:
            return rule.slow_along, rule.slow_against
        return rule.along, rule.against

    return np.array([both(rule) for rule in rules], float).transpose(1, 2, 0)


def _totals(rules: list[WayRule], *, slow: bool) -> Floats:
    """Return the told seconds of whole ways, NaN where none are told."""
    told = [rule.total_seconds_slow if slow else rule.total_seconds for rule in rules]
    return np.array([np.nan if value is None else value for value in told], float)


def _slopes(roads: Roads) -> Floats | None:
    """Return the factor of walking time by slope, shape (2, m), after Tobler (1993).

    1 on bridges and in tunnels, whose heights are those of the ground, and in voids.
    """
    if roads.elevation is None:
        return None
    level = np.array(
        [
            tags.get("bridge", "no") != "no" or tags.get("tunnel", "no") != "no"
            for tags in roads.tag_sets
        ]
    )[roads.way_tags[roads.segment_way]]
    rise = roads.elevation[roads.segment_to] - roads.elevation[roads.segment_from]
    slope = np.where(level | np.isnan(rise), 0.0, rise) / roads.segment_m
    slope = np.clip(slope, -_STEEPEST, _STEEPEST)
    both = np.stack([slope, -slope])
    return np.asarray(np.exp(_TOBLER * (np.abs(both + _EASIEST) - _EASIEST)))
