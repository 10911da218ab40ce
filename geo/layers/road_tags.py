"""Combinations of tags, each once; nodes and ways point at theirs."""

import json
from collections.abc import Iterable

import numpy as np

from geo.layers.roads import Ints, TagSet

_NONE = "{}"


class TagSets:
    """Gives each combination of tags a position; 0 is the empty one.

    Examples
    --------
    >>> sets = TagSets()
    >>> sets.positions(['{"ford":"yes"}', '{}', '{"ford":"yes"}']).tolist()
    [1, 0, 1]
    >>> sets.listed
    ({}, {'ford': 'yes'})
    """

    def __init__(self) -> None:
        self._position: dict[str, int] = {_NONE: 0}

    def positions(self, texts: Iterable[str]) -> Ints:
        """Return the position of each text (JSON with sorted keys)."""
        known = self._position
        found = [known.setdefault(text, len(known)) for text in texts]
        return np.array(found, dtype=np.int32)

    @property
    def listed(self) -> tuple[TagSet, ...]:
        """All combinations met so far."""
        return tuple(json.loads(text) for text in self._position)


def united(texts: Iterable[str]) -> str:
    """Return the tags of nodes that stand for one; the first value of a key holds.

    Examples
    --------
    >>> united(['{"barrier":"gate"}', '{"barrier":"bollard","foot":"yes"}'])
    '{"barrier":"gate","foot":"yes"}'
    """
    tags: TagSet = {}
    for text in texts:
        tags = json.loads(text) | tags
    return json.dumps(tags, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
