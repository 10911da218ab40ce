"""What may be changed in a timetable, as a file of edits says it."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from geo.errors import TimetableError
from geo.sources.country import validation_sentence
from geo.sources.readers.day_words import days_of_week
from geo.sources.transit import Clock
from geo.sources.workbook.faults import CellError
from geo.yaml_file import read_yaml

_DAILY = 127


def _mask(days: object) -> object:
    """Return days in words, or figures from 1, as a mask, Monday = 1."""
    text = ", ".join(map(str, days)) if isinstance(days, list | tuple) else str(days)
    try:
        return days_of_week(text)
    except CellError as error:
        raise ValueError(str(error)) from error


def _rising(calls: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    times = [at for _, at in calls]
    if sorted(times) != times:
        raise ValueError("the times of a trip must not fall; go on past 24:00")
    return calls


Days = Annotated[int, BeforeValidator(_mask)]
#: stop and time of each call
Calls = Annotated[
    tuple[tuple[str, Clock], ...], Field(min_length=2), AfterValidator(_rising)
]


class _Edit(BaseModel):
    """``source``: the timetable that is meant, where an id alone does not tell."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    source: str | None = None


class AddStop(_Edit):
    """A new stop."""

    stop_id: str
    name: str = ""
    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]


class AddTrip(_Edit):
    """A new trip that runs in the whole period of the timetable."""

    trip_id: str
    calls: Calls
    days: Days = _DAILY
    route: str = ""
    carrier: str | None = None


class RemoveTrip(_Edit):
    """A trip that goes no more."""

    trip_id: str


class RetimeTrip(_Edit):
    """A trip that goes earlier (negative) or later."""

    trip_id: str
    minutes: float


class RerouteTrip(_Edit):
    """A trip that calls elsewhere, or at other times, on the same days."""

    trip_id: str
    calls: Calls


class OnDemandZone(_Edit):
    """A vehicle that comes when called and takes people between the stops of a zone.

    Who calls at time t is picked up after ``wait_minutes`` and rides geodesic km x
    ``detour`` / ``kmh``. Calls are taken at full ``step_minutes`` from ``first`` to
    ``last``, so nobody arrives earlier than in truth, or more than a step later.
    """

    zone_id: str
    stops: Annotated[tuple[str, ...], Field(min_length=2)]
    days: Days = _DAILY
    first: Clock
    last: Clock
    wait_minutes: Annotated[float, Field(ge=0)]
    kmh: Annotated[float, Field(gt=0)]
    detour: Annotated[float, Field(ge=1)]
    step_minutes: Annotated[float, Field(gt=0)] = 1


Edit = AddStop | AddTrip | RemoveTrip | RetimeTrip | RerouteTrip | OnDemandZone
KINDS: dict[str, type[Edit]] = {
    "add_stop": AddStop,
    "add_trip": AddTrip,
    "remove_trip": RemoveTrip,
    "retime_trip": RetimeTrip,
    "reroute_trip": RerouteTrip,
    "on_demand_zone": OnDemandZone,
}


def read_edits(path: Path) -> tuple[Edit, ...]:
    """Read a YAML list of edits, each a mapping with one key of :data:`KINDS`.

    Raises
    ------
    TimetableError
        If the file is no such list; names the entry, the key and the value.
    DeclarationError
        If it is no YAML.
    """
    if not path.is_file():
        raise TimetableError(
            "there is no such file", where=str(path), remedy="Name a file of edits."
        )
    content = read_yaml(path)
    if not isinstance(content, list) or not content:
        raise TimetableError(
            "the file must be a list of edits",
            where=str(path),
            remedy="Begin each with a dash, as in docs/timetables.md.",
        )
    return tuple(
        _edit(entry, f"{path}, edit {number}")
        for number, entry in enumerate(content, start=1)
    )


def _edit(entry: Any, where: str) -> Edit:
    kind = next(iter(entry)) if isinstance(entry, dict) and len(entry) == 1 else None
    if kind not in KINDS:
        shown = ", ".join(map(str, entry)) if isinstance(entry, dict) else str(entry)
        raise TimetableError(
            f"unknown edit {shown!r:.80}",
            where=where,
            remedy=f"It must be one of {', '.join(KINDS)}.",
        )
    try:
        return KINDS[kind].model_validate(entry[kind])
    except ValidationError as error:
        raise TimetableError(
            validation_sentence(error),
            where=f"{where} ({kind})",
            remedy="See docs/timetables.md for the keys of each edit.",
        ) from error
