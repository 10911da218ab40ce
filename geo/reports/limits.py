"""Limits of the classes of what is no value of an indicator (``data/classes.yaml``)."""

from geo.settings import DECLARATIONS
from geo.yaml_file import read_mapping

#: ``gap``, ``share_known`` and ``people`` -> limits, ascending.
LIMITS: dict[str, list[float]] = read_mapping(DECLARATIONS / "classes.yaml")
