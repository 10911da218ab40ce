"""What the API says of timetables."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from api.models import About, FacilityRef, Shape
from geo.types import Status

_CLOCK = "HH:MM of the service day; may pass 24:00."
_DAYS = "Digits, 1 is Monday."


class Service(Shape):
    """How often a bus comes in one part of the year."""

    period: str = Field(
        description="reference: as the norms are judged; else a season."
    )
    trips: float = Field(
        description="In the regular week with the fewest, by the country's counting "
        "rule."
    )
    days: int = Field(description="Of that week with at least one trip.")
    weekdays: str = Field(description=_DAYS)
    first_departure: str | None = Field(description=_CLOCK)
    last_departure: str | None = Field(description=_CLOCK)
    gap_day_minutes: float | None = Field(
        description="Longest time between two departures of one day."
    )
    gap_week_minutes: float | None = Field(
        description="Longest time from a departure to the next, week after week."
    )
    routes: str | None
    carriers: str | None
    stops: str | None
    week: date | None = Field(
        description="First day of that week; null where all weeks are alike."
    )
    complete: bool = Field(
        description="All carriers of the area are in; else these are lower bounds."
    )
    source: str
    date: date | None


class Journey(Shape):
    """Door to door by timetable to one destination, and home the same day."""

    destination: str = Field(description="Id in parameters.transit of the manifest.")
    label: dict[str, str]
    status: Status
    method: Literal["timetable", "on foot"]
    minutes: float | None = Field(
        description="Quickest journey of the morning on the best working day."
    )
    minutes_p50: float | None = Field(
        description="Median over every full minute of the window, with the waiting; "
        "null where more than half of them come too late."
    )
    minutes_p95: float | None
    missed: float = Field(description="Share of the window that comes too late.")
    morning: str | None = Field(description=f"That working day. {_DAYS}")
    mornings: int = Field(description="Working days on which one arrives.")
    return_days: int = Field(
        description="Days a week on which one arrives within the hours, stays long "
        "enough and is home the same day."
    )
    weekdays: str | None = Field(description=f"Those days. {_DAYS}")
    best_day: str | None = Field(description=f"Day of the longest stay. {_DAYS}")
    stay_minutes: float | None = Field(
        description="Longest stay within the hours on that day, long enough or not."
    )
    arrival: str | None = Field(description=f"Earliest, on that day. {_CLOCK}")
    latest_return: str | None = Field(
        description=f"When one must leave the place, on that day. {_CLOCK}"
    )
    hours: Literal["stated", "assumed"] | None
    facility_id: str | None
    facility: FacilityRef | None
    exact: bool = Field(
        description="No trip and no place can be missing, and all weeks are alike; "
        "else a lower bound."
    )
    source: str | None
    date: date | None


class TimetableFault(Shape):
    """What was wrong with one timetable, and how often."""

    source: str
    fault: str
    field: str
    count: int
    done: Literal["refused", "mended", "counted"]
    example: str


class TimetablesAnswer(About):
    """The faults of the timetables, and how journeys are searched."""

    items: list[TimetableFault]
    parameters: dict[str, Any] = Field(description="As in data/transit.yaml.")
