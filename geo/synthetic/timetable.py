"""An invented timetable: buses from the raion town through the selsovets.

Buses follow straight lines. In the raions whose timetable is incomplete some routes
are left out of the file although they run: a reader must treat what is there as a
lower bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geo.synthetic.places import Settlements
from geo.synthetic.services import LEVELS, Frequency, Level, draw_levels
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Floats, Ints, lon_lat
from geo.types import Kind

#: km/h along the straight line, and seconds at each stop
SPEED = 38.0
DWELL = 45
#: share of the raions (the last ones) whose timetable misses some routes
INCOMPLETE_SHARE = 1 / 3
MISSING_ROUTES = 0.35
#: a stop farther than this from its village does not serve it
STOP_REACH_KM = 1.0

_BRANCH_LENGTH = 5
#: a bus leaves its straight line by so much for a village on its way
_DETOUR_KM = 1.6
#: residents below which a branch often passes a village by
_WORTH_A_STOP = 20
_HOUR = 3600


def incomplete_raions(count: int) -> Ints:
    """Return the numbers of the raions whose timetable is not complete.

    Examples
    --------
    >>> incomplete_raions(12).tolist()
    [8, 9, 10, 11]
    """
    numbers: Ints = np.arange(count - round(count * INCOMPLETE_SHARE), count)
    return numbers


@dataclass
class Timetable:
    """Stops and trips being collected.

    Attributes
    ----------
    stops
        ``stop_id, stop_name, x, y`` of each stop.
    routes, trips
        Rows of the GTFS files of these names.
    calls
        Per trip: stop numbers, and seconds after midnight at each of them.
    """

    stops: list[tuple[str, str, float, float]] = field(default_factory=list)
    routes: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    trips: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    calls: list[tuple[Ints, Ints]] = field(default_factory=list)

    def add_stop(self, name: str, x: float, y: float) -> int:
        """Add a stop and return its number."""
        self.stops.append((f"s{len(self.stops) + 1:05}", name, x, y))
        return len(self.stops) - 1

    def add_route(self, agency: str, short: str, long: str) -> str:
        """Add a bus route and return its id."""
        route = f"r{len(self.routes) + 1:05}"
        self.routes.append((route, agency, short, long, 3))
        return route

    def add_trip(
        self, route: str, service: str, stops: Ints, departure: int, *, back: bool
    ) -> None:
        """Add one trip along ``stops`` that leaves at ``departure`` (seconds)."""
        path = stops[::-1] if back else stops
        number = len(self.trips) + 1
        head = self.stops[int(path[-1])][1]
        self.trips.append((route, service, f"t{number:06}", head, int(back)))
        self.calls.append((path, departure + self._run(path)))

    def _run(self, path: Ints) -> Ints:
        points = np.array([self.stops[int(stop)][2:] for stop in path])
        legs = np.hypot(*np.diff(points, axis=0).T) / SPEED * _HOUR + DWELL
        seconds = np.r_[0, np.cumsum(legs)]
        whole: Ints = np.round(seconds / 60).astype(np.int64) * 60
        return whole

    def stop_table(self) -> pd.DataFrame:
        """Return the rows of ``stops.txt``."""
        table = pd.DataFrame(self.stops, columns=["stop_id", "stop_name", "x", "y"])
        degrees = lon_lat(table[["x", "y"]].to_numpy())
        return table[["stop_id", "stop_name"]].assign(
            stop_lat=degrees[:, 1], stop_lon=degrees[:, 0]
        )


def make_timetable(seed: int, settlements: Settlements) -> Timetable:
    """Draw the country buses of all raions."""
    rng = random_stream(seed, Stream.TIMETABLE)
    timetable = Timetable()
    stops = _village_stops(rng, settlements, timetable)
    levels = draw_levels(rng, len(settlements.selsovets))
    missing = set(incomplete_raions(len(settlements.raions)).tolist())
    towns = settlements.raions["town"].to_numpy()
    for number, raion in enumerate(settlements.selsovets["raion"].to_numpy()):
        town = int(towns[raion])
        lines = _lines(rng, settlements, number, town, LEVELS[levels[number]])
        for path, frequency in lines:
            if raion in missing and rng.random() < MISSING_ROUTES:
                continue
            _run_line(rng, timetable, settlements, stops[path], path, frequency)
    return timetable


def _village_stops(
    rng: np.random.Generator, settlements: Settlements, timetable: Timetable
) -> Ints:
    """Give each place a stop: most in it, one in thirty too far away to count."""
    places = settlements.places
    angle = rng.uniform(0, 2 * np.pi, len(places))
    away = rng.uniform(0.05, 0.7, len(places))
    far = drawn(rng, 1 / 30, len(places))
    away = np.where(far & (places["kind"] == Kind.RURAL), STOP_REACH_KM + 0.6, away)
    shifted = settlements.points + np.column_stack(
        [away * np.cos(angle), away * np.sin(angle)]
    )
    names = places["ru"] + np.where(places["selsovet"] < 0, ", автостанция", "")
    return np.array(
        [
            timetable.add_stop(name, float(x), float(y))
            for name, (x, y) in zip(names, shifted, strict=True)
        ]
    )


def _lines(
    rng: np.random.Generator,
    settlements: Settlements,
    number: int,
    town: int,
    level: Level,
) -> Iterator[tuple[Ints, tuple[Frequency, ...]]]:
    """Yield the main line of a selsovet and its branches, as rows of places."""
    points = settlements.points
    centre = int(settlements.selsovets["centre"].iloc[number])
    inside = np.flatnonzero(settlements.places["selsovet"] == number)
    villages = inside[inside != centre]
    along, aside = _along(points[town], points[centre], points[villages])
    on_way = (along > 0) & (along < 1) & (aside < _DETOUR_KM)
    order = np.argsort(along[on_way], kind="stable")
    passed = villages[on_way][order][:4]
    main = np.r_[town, passed, centre]
    if level.main:
        yield main, level.main
    rest = np.setdiff1d(villages, passed)
    turn = np.arctan2(*(points[rest] - points[centre]).T)
    rest = rest[np.argsort(turn, kind="stable")]
    for start in range(0, len(rest), _BRANCH_LENGTH):
        frequency = level.branches[int(rng.integers(len(level.branches)))]
        group = rest[start : start + _BRANCH_LENGTH]
        group = group[rng.random(len(group)) < _served(settlements, group)]
        if frequency and len(group):
            yield np.r_[town, centre, _chain(points, centre, group)], frequency


def _served(settlements: Settlements, rows: Ints) -> Floats:
    """Return the chance that a branch calls at a village: small ones are passed by."""
    people = settlements.places["population"].to_numpy()[rows]
    return np.where(people >= _WORTH_A_STOP, 0.93, 0.6)


def _along(start: Floats, end: Floats, points: Floats) -> tuple[Floats, Floats]:
    """Return how far along the line (0…1) and how far beside it (km) points lie."""
    line = end - start
    length = max(float(np.hypot(*line)), 0.1)
    away = points - start
    return away @ line / length**2, np.abs(away @ (line[::-1] * [1, -1])) / length


def _chain(points: Floats, start: int, rows: Ints) -> Ints:
    """Order places by always going on to the nearest."""
    path: list[int] = []
    left = rows.tolist()
    here = start
    while left:
        away = np.hypot(*(points[left] - points[here]).T)
        here = left.pop(int(np.argmin(away)))
        path.append(here)
    return np.array(path)


def _run_line(
    rng: np.random.Generator,
    timetable: Timetable,
    settlements: Settlements,
    stops: Ints,
    path: Ints,
    frequencies: tuple[Frequency, ...],
) -> None:
    names = settlements.places["ru"]
    first, last = names.iloc[int(path[0])], names.iloc[int(path[-1])]
    number = str(200 + len(timetable.routes))
    route = timetable.add_route("demo-bus", number, f"{first} – {last}")
    for frequency in frequencies:
        for turn in range(frequency.round_trips):
            hour = (5.6, 16.5, 11.5)[turn] + rng.uniform(0, 2)
            if turn == 1 and drawn(rng, 0.08, 1)[0]:
                hour = 23.4  # the last bus arrives after midnight of the same day
            leaves = int(hour * 12) * 300
            timetable.add_trip(route, frequency.service, stops, leaves, back=True)
            timetable.add_trip(
                route, frequency.service, stops, leaves + 5400, back=False
            )
