"""The colours of ``theme.yaml``, and those of classes by their limits."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.reports.limits import LIMITS
from geo.reports.words import each_figure
from geo.texts import LANGUAGES
from geo.types import WITHOUT_VALUE
from geo.yaml_file import read_mapping

LOOK = read_mapping(Path(__file__).with_name("theme.yaml"))


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping with the entries of another in the place of its own.

    >>> _laid_over({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    {'a': {'b': 3, 'c': 2}}
    """
    return dict(below) | {
        key: _laid_over(below[key], value) if isinstance(value, Mapping) else value
        for key, value in above.items()
    }


#: The look where the reader's system is dark.
DARK = _laid_over(LOOK, LOOK["dark"])


def classes_by_limits(
    look: Mapping[str, Any] = LOOK,
) -> dict[str, dict[str, list[Any]]]:
    """Return limits and colours of what has no entry among the indicators."""
    return {
        name: {"breaks": LIMITS[name], "colours": colours}
        for name, colours in look["classes"].items()
    }


def value_classes(
    indicator: Mapping[str, Any], statuses: Mapping[str, int]
) -> dict[str, Any] | None:
    """Return limits, colours and words of an indicator's values; None without any.

    Parameters
    ----------
    indicator
        Its entry in the manifest.
    statuses
        Status -> settlements.
    """
    breaks = indicator.get("classes") or []
    found = {status for status, settlements in statuses.items() if settlements}
    if not breaks or found <= set(WITHOUT_VALUE):
        return None
    palette: list[str] = LOOK["classes"]["gap"]
    step = (len(palette) - 1) / len(breaks)
    colours = [palette[round(i * step)] for i in range(len(breaks) + 1)]
    if indicator["better"] == "higher":
        colours.reverse()
    classes = {"breaks": breaks, "colours": colours}
    words = [each_figure(indicator, language) for language in LANGUAGES]
    labels = [
        dict(zip(LANGUAGES, one, strict=True)) for one in zip(*words, strict=True)
    ]
    return classes | ({"labels": labels} if len(labels) == len(colours) else {})
