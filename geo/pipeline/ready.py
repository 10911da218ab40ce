"""The first steps of every run: fetch, read, harmonise; and the clock of all steps."""

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from geo.indicators.context import Measuring
from geo.layers.harmonise import harmonise
from geo.layers.inputs import stack
from geo.layers.model import Layers
from geo.settings import Settings
from geo.sources.country import Country
from geo.sources.declarations import declared_dirs
from geo.sources.feeding import Gathered, gather
from geo.sources.registry import load_registry
from geo.synthetic.mirror import cached_mirror
from geo.travel.road_engine import engine_for

STAGES = (
    *("fetch", "read", "harmonise", "measure"),
    *("estimate", "judge", "score", "publish"),
)
Progress = Callable[[str, str], None]


class Clock:
    """Times the stages, and tells of them: ``progress(stage, detail)``.

    ``seconds`` is what the clock on the wall says, ``cpu_seconds`` what the processors
    worked for this process and its children (tippecanoe): the same on a busy machine.
    """

    def __init__(self, progress: Progress | None) -> None:
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time one stage; yields what tells its details."""

        def tell(detail: str) -> None:
            if self._progress:
                self._progress(name, detail)

        started, worked = time.perf_counter(), _cpu_seconds()
        _give_back()
        tell("")
        yield tell
        self.seconds[name] = round(time.perf_counter() - started, 2)
        self.cpu_seconds[name] = round(_cpu_seconds() - worked, 2)


def _give_back() -> None:
    """Return freed memory to the system: glibc keeps what one stage leaves behind."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def _cpu_seconds() -> float:
    """Return user and system seconds of this process and of its ended children."""
    return sum(os.times()[:4])


@dataclass(frozen=True)
class Ready:
    """A country that has been read and harmonised, as of a day."""

    country: Country
    day: date
    gathered: Gathered
    layers: Layers

    def measuring(self, tell: Callable[[str], None]) -> Measuring:
        """Return what the indicators look at."""
        engine = engine_for(self.layers, self.country, tell)
        return Measuring(self.layers, self.country, self.day, engine)


def civil_today(country: Country) -> date:
    """Return the day that it is now in the country's time zone."""
    return datetime.now(ZoneInfo(country.timezone)).date()


def ready(
    country: Country,
    settings: Settings,
    mirror: str | None,
    day: date,
    clock: Clock,
    *,
    public: bool = False,
) -> Ready:
    """Fetch, read and harmonise; if ``public``, only what may be redistributed."""
    dirs = declared_dirs(settings)
    with clock.stage("fetch") as tell:
        if country.synthetic and mirror is None:
            tell("making the synthetic mirror")
            mirror = str(cached_mirror(country.synthetic, settings.cache))
    with clock.stage("read") as tell:
        registry, origin = load_registry(dirs), mirror or settings.mirror
        gathered = gather(country, registry, settings, origin, day, tell, public=public)
        country = gathered.country
    with clock.stage("harmonise"):
        stacked = stack(gathered.feedings)
        gathered.feedings.clear()  # their tables are in the stack
        layers = harmonise(stacked, country, day)
    return Ready(country, day, gathered, layers)
