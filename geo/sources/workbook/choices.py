"""The drop-downs of the form: code, Russian and Belarusian words."""

from collections.abc import Iterable

from geo.sources.workbook.model import Choice
from geo.texts import wording
from geo.types import FacilityKind, Kind, Tristate


def _worded(section: str, codes: Iterable[str] | None = None) -> tuple[Choice, ...]:
    """Return the entries in the order of the codes, else as the section has them."""
    ru, be = wording(section, "ru"), wording(section, "be")
    return tuple(Choice(code, ru[code], be[code]) for code in codes or ru)


YES_NO = _worded("tristate", ("yes", "no"))
TRISTATE = _worded("tristate", Tristate)
KINDS = _worded("settlement_kinds.choice", Kind)
FACILITY_KINDS = _worded("facility_kinds.choice", FacilityKind)
STATES = _worded("workbook.states")
DIRECTIONS = _worded("workbook.directions")
GENERATIONS = _worded("workbook.generations")
TECHNOLOGIES = _worded("workbook.technologies")
TOPICS = _worded("workbook.topics")
