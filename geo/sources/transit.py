"""How one travels by timetable in a country: ``transit.yaml``."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import model_validator as whole

from geo.sources.country import Country, Texts
from geo.sources.laid import load_laid
from geo.types import FacilityKind

FILE = Path("transit.yaml")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
#: a service day ends when the last bus does
_LATEST_HOUR = 36
#: 29 February is a day of the year
_LEAP_YEAR = 2000


def _clock(text: object) -> object:
    """Return HH:MM as seconds after midnight."""
    found = _CLOCK.fullmatch(text) if isinstance(text, str) else None
    if found is None or int(found[1]) > _LATEST_HOUR:
        raise ValueError('write a time as "07:30", in quotation marks')
    return int(found[1]) * 3600 + int(found[2]) * 60


def _day_of_year(text: object) -> object:
    """Return MM-DD as a pair of numbers."""
    found = _DAY_OF_YEAR.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise ValueError('write a day of the year as "06-01", in quotation marks')
    month, day = int(found[1]), int(found[2])
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError as error:
        raise ValueError(f"no year has the day {text}") from error
    return month, day


def clock_text(seconds: int) -> str:
    """Return seconds after midnight as HH:MM."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


Clock = Annotated[int, BeforeValidator(_clock)]
DayOfYear = Annotated[tuple[int, int], BeforeValidator(_day_of_year)]
Weekday = Annotated[int, Field(ge=1, le=7)]
Id = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Destination(_Strict):
    """Where people want to go, when it is open, and how long a visit takes.

    Exactly one of ``kind`` (facilities, whichever suits best) and ``centre`` (of one's
    own raion or oblast) is given. Hours are seconds after midnight and hold where the
    facility itself has none.
    """

    id: Id
    kind: FacilityKind | None = None
    centre: Literal["raion", "oblast"] | None = None
    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: Clock
    closes: Clock
    stay_minutes: Annotated[int, Field(ge=0)]
    label: Texts

    @whole(mode="after")
    def _one_target(self) -> Self:
        if (self.kind is None) == (self.centre is None):
            raise ValueError(f"destination {self.id}: give either kind or centre")
        if self.closes <= self.opens:
            raise ValueError(f"destination {self.id}: it closes before it opens")
        return self


class Season(_Strict):
    """A part of the year, both days included; it may pass the new year."""

    id: Id
    begins: Annotated[DayOfYear, Field(alias="from")]
    ends: Annotated[DayOfYear, Field(alias="to")]
    label: Texts


class CountedWeeks(_Strict):
    """Which weeks of a timetable count; all three are shares.

    ``stray_load``: weeks with less of the service of the fullest week are no part of
    the timetable, at its ends; ``low_load``: weeks, or days, with less of the usual
    service are unlike the others; ``rare``: at most so many of them do not count.
    """

    stray_load: Annotated[float, Field(ge=0, lt=1)]
    low_load: Annotated[float, Field(ge=0, lt=1)]
    rare: Annotated[float, Field(ge=0, lt=1)]


class Transit(_Strict):
    """Parameters of travel by timetable; times in seconds after midnight."""

    walk_kmh: Annotated[float, Field(gt=0, le=10)]
    walk_detour: Annotated[float, Field(ge=1)]
    walk_km: Annotated[float, Field(gt=0)]
    transfer_walk_minutes: Annotated[float, Field(ge=0)]
    change_minutes: Annotated[float, Field(ge=0)]
    window: tuple[Clock, Clock]
    working_days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    leave: Clock
    home: Clock
    weeks: CountedWeeks
    source: str
    destinations: tuple[Destination, ...]
    seasons: tuple[Season, ...] = ()

    def described(self) -> dict[str, Any]:
        """Return the parameters as they are written, times as HH:MM."""
        out = self.model_dump(mode="json", by_alias=True)
        for name in ("leave", "home"):
            out[name] = clock_text(out[name])
        out["window"] = [clock_text(at) for at in out["window"]]
        for one in out["destinations"]:
            one |= {name: clock_text(one[name]) for name in ("opens", "closes")}
        for one in out["seasons"]:
            for name in ("from", "to"):
                month, day = one[name]
                one[name] = f"{month:02}-{day:02}"
        return out

    @whole(mode="after")
    def _in_order(self) -> Self:
        if self.window[1] < self.window[0] or self.home <= self.leave:
            raise ValueError("window, leave and home must each go forward in time")
        for name in ("destinations", "seasons"):
            ids = [one.id for one in getattr(self, name)]
            if len(set(ids)) < len(ids):
                raise ValueError(f"{name}: an id stands twice")
        return self


def load_transit(country: Country) -> Transit:
    """Return how one travels by timetable in a country.

    Raises
    ------
    DeclarationError
        If a file does not say what it must; names file and key.
    """
    return load_laid(country, FILE, Transit, "See docs/timetables.md for every key.")
