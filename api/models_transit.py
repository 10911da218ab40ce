"""What the API says of timetables."""

from typing import Any

from pydantic import Field

from api.columns import row_of
from api.models import About, FacilityRef, Shape, Texts


@row_of("service")
class Service(Shape):
    """How often a bus comes in one part of the year."""


@row_of("journeys")
class Journey(Shape):
    """Door to door by timetable to one destination, and home the same day."""

    label: Texts
    facility: FacilityRef | None


@row_of("timetable_faults")
class TimetableFault(Shape):
    """What was wrong with one timetable, and how often."""


class TimetablesAnswer(About):
    """The faults of the timetables, and how journeys are searched."""

    items: list[TimetableFault]
    parameters: dict[str, Any] = Field(description="As in data/transit.yaml.")
