"""An invented timetable: buses from the raion town through the selsovets, and in towns.

Buses follow straight lines. In the raions whose timetable is incomplete some routes
are left out of the file although they run: a reader must treat what is there as a
lower bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from geo.synthetic import declared
from geo.synthetic.declared import Frequency
from geo.synthetic.places import Settlements
from geo.synthetic.streams import Floats, Geometries, Ints, Stream, drawn
from geo.synthetic.territory import lon_lat, radius_km
from geo.types import Kind

#: km/h along the straight line, and seconds at each stop
_SPEED, _DWELL = 38.0, 45
#: a stop farther than this from its village does not serve it
_STOP_REACH_KM = 1.0
_BRANCH_LENGTH = 5
#: a bus leaves its straight line by so much for a village on its way
_DETOUR_KM = 1.6
#: residents below which a branch often passes a village by
_WORTH_A_STOP = 20
#: hours at which the first bus of a day, the second and the third leave
_HOURS = (5.6, 16.5, 11.5)
#: a town has one line per so many residents, within these limits
_RESIDENTS_PER_LINE, _MOST_LINES, _STOP_SPACING_KM = 5_500, 14, 0.7
#: departures of a town's bus per direction, between these hours
_TOWN_DAYS, _TOWN_HOURS = {"workdays": 30, "weekend": 20}, (5.5, 23.6)
_REMOVED, _ADDED = 2, 1
_WEEKDAYS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("saturday", "sunday"),
)


@dataclass
class Timetable:
    """Stops and trips being collected.

    Attributes
    ----------
    stops
        Name and point (km) of each stop.
    routes
        Agency, short and long name of each route.
    trips
        Route and service of each trip, and whether it leads back (0 or 1).
    calls
        Per trip: stop numbers, and seconds after midnight at each of them.
    """

    stops: list[tuple[str, float, float]] = field(default_factory=list)
    routes: list[tuple[str, str, str]] = field(default_factory=list)
    trips: list[tuple[int, str, int]] = field(default_factory=list)
    calls: list[tuple[Ints, Ints]] = field(default_factory=list)

    def add_stops(self, names: list[str], points: Floats) -> Ints:
        """Add stops and return their numbers."""
        first = len(self.stops)
        rows = zip(names, *points.T.tolist(), strict=True)
        self.stops += list(rows)
        return np.arange(first, len(self.stops))

    def add_trips(self, service: str, stops: Ints, leaves: int, later: int) -> None:
        """Add a trip of the last route along ``stops``, and one back.

        Parameters
        ----------
        service
            When both run.
        stops
            Their numbers.
        leaves
            When the one along ``stops`` leaves, or with a negative ``later`` the one
            back (seconds after midnight).
        later
            How much later the other one leaves.
        """
        for back in (0, 1) if later > 0 else (1, 0):
            path = stops[::-1] if back else stops
            self.trips.append((len(self.routes), service, back))
            self.calls.append((path, leaves + self._run(path)))
            leaves += abs(later)

    def _run(self, path: Ints) -> Ints:
        points = np.array([self.stops[stop][1:] for stop in path.tolist()])
        legs = np.hypot(*np.diff(points, axis=0).T) / _SPEED * 3600 + _DWELL
        seconds = np.r_[0, np.cumsum(legs)]
        whole: Ints = np.round(seconds / 60).astype(np.int64) * 60
        return whole

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the canonical tables by the name of their files."""
        stops = pd.DataFrame(self.stops, columns=["name", "x", "y"])
        routes = pd.DataFrame(self.routes, columns=["agency_id", "short", "long"])
        names = ["route", "service_id", "direction_id"]
        trips = pd.DataFrame(self.trips, columns=names)
        lengths = np.array([len(path) for path, _ in self.calls])
        called = np.concatenate([path for path, _ in self.calls])
        minutes = np.concatenate([seconds for _, seconds in self.calls]) // 60
        # times go on past 24:00 after midnight
        clock = [f"{m // 60:02}:{m % 60:02}:00" for m in range(minutes.max() + 1)]
        stop_id, route_id = _ids("s", 5, len(stops)), _ids("r", 5, len(routes))
        trip_id, ends = _ids("t", 6, len(trips)), np.cumsum(lengths)
        before = np.repeat(ends - lengths, lengths)
        calls = {
            "trip_id": np.repeat(trip_id, lengths),
            "clock": np.array(clock, dtype=object)[minutes],
            "stop_id": stop_id[called],
            "stop_sequence": np.arange(len(called)) - before + 1,
        }
        lon, lat = lon_lat(stops[["x", "y"]].to_numpy()).T
        return _declared_tables() | {
            "timetable.zip/routes.txt": routes.assign(route_id=route_id),
            "timetable.zip/stops.txt": stops.assign(stop_id=stop_id, lon=lon, lat=lat),
            "timetable.zip/stop_times.txt": pd.DataFrame(calls),
            "timetable.zip/trips.txt": trips.assign(
                trip_id=trip_id,
                route_id=route_id[trips["route"] - 1],
                headsign=stops["name"].to_numpy()[called[ends - 1]],
            ),
        }


def _ids(letter: str, digits: int, count: int) -> Geometries:
    numbers = range(1, count + 1)
    return np.array([f"{letter}{one:0{digits}}" for one in numbers], dtype=object)


def _declared_tables() -> dict[str, pd.DataFrame]:
    """Return who drives, on which days, and what runs on holidays instead."""
    weeks = [(service, *days) for service, days in declared.WEEKS.items()]
    calendar = pd.DataFrame(weeks, columns=["service_id", *_WEEKDAYS])
    swapped = [
        (service, day, kind)
        for day in declared.HOLIDAYS
        for service, kind in (("workdays", _REMOVED), ("weekend", _ADDED))
    ]
    agencies = declared.AGENCIES.items()
    return {
        "timetable.zip/agency.txt": pd.DataFrame(agencies, columns=["id", "name"]),
        "timetable.zip/calendar.txt": calendar.assign(
            first=declared.FIRST_DAY, last=declared.LAST_DAY
        ),
        "timetable.zip/calendar_dates.txt": pd.DataFrame(
            swapped, columns=["service_id", "date", "kind"]
        ),
    }


def make_timetable(settlements: Settlements) -> Timetable:
    """Draw the country buses of all raions, then those of the towns."""
    rng = settlements.stream(Stream.TIMETABLE)
    timetable = Timetable()
    stops = _village_stops(rng, settlements, timetable)
    shares = np.array([level.share for level in declared.LEVELS])
    count = len(settlements.selsovets)
    levels = rng.choice(len(declared.LEVELS), count, p=shares / shares.sum())
    missing = set(declared.incomplete_raions(len(settlements.raions)).tolist())
    for selsovet, level in enumerate(levels.tolist()):
        raion = settlements.selsovets["raion"].iloc[selsovet]
        lines = _lines(rng, settlements, selsovet, declared.LEVELS[level])
        for path, frequency in lines:
            if raion in missing and rng.random() < declared.MISSING_ROUTES:
                continue
            first, last = settlements.places["ru"].iloc[[path[0], path[-1]]]
            number = str(200 + len(timetable.routes))
            timetable.routes.append(("demo-bus", number, f"{first} – {last}"))
            _run_line(rng, timetable, stops[path], frequency)
    _add_town_buses(settlements.stream(Stream.TOWN_BUSES), settlements, timetable)
    return timetable


def _village_stops(
    rng: np.random.Generator, settlements: Settlements, timetable: Timetable
) -> Ints:
    """Give each place a stop: most in it, one in thirty too far away to count."""
    places = settlements.places
    angle = rng.uniform(0, 2 * np.pi, len(places))
    away = rng.uniform(0.05, 0.7, len(places))
    far = drawn(rng, 1 / 30, len(places)) & settlements.is_kind(Kind.RURAL)
    away = np.where(far, _STOP_REACH_KM + 0.6, away)
    shift = np.column_stack([away * np.cos(angle), away * np.sin(angle)])
    names = places["ru"] + np.where(places["urban"], ", автостанция", "")
    return timetable.add_stops(names.tolist(), settlements.points + shift)


def _lines(
    rng: np.random.Generator,
    settlements: Settlements,
    selsovet: int,
    level: declared.Level,
) -> Iterator[tuple[Ints, Frequency]]:
    """Yield the main line of a selsovet and its branches, as rows of places."""
    points = settlements.points
    centre, raion = settlements.selsovets[["centre", "raion"]].iloc[selsovet]
    town = settlements.raions["town"].iloc[raion]
    inside = np.flatnonzero(settlements.places["selsovet"] == selsovet)
    villages = inside[inside != centre]
    along, aside = _along(points[town], points[centre], points[villages])
    on_way = (along > 0) & (along < 1) & (aside < _DETOUR_KM)
    order = np.argsort(along[on_way], kind="stable")
    passed = villages[on_way][order][:4]
    if level.main:
        yield np.r_[town, passed, centre], level.main
    rest = np.setdiff1d(villages, passed)
    turn = np.arctan2(*(points[rest] - points[centre]).T)
    rest = rest[np.argsort(turn, kind="stable")]
    for start in range(0, len(rest), _BRANCH_LENGTH):
        frequency = level.branches[int(rng.integers(len(level.branches)))]
        group = rest[start : start + _BRANCH_LENGTH]
        # small villages are passed by
        chance = np.where(settlements.people[group] >= _WORTH_A_STOP, 0.93, 0.6)
        group = group[drawn(rng, chance, len(group))]
        if frequency and len(group):
            yield np.r_[town, centre, _chain(points, centre, group)], frequency


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
    stops: Ints,
    frequency: Frequency,
) -> None:
    """Let the buses of a route run: to the town, and back an hour and a half later."""
    service, round_trips = frequency or ("daily", 0)
    for turn in range(round_trips):
        hour = _HOURS[turn] + rng.uniform(0, 2)
        if turn == 1 and drawn(rng, 0.08, 1)[0]:
            hour = 23.4  # the last bus arrives after midnight of the same day
        timetable.add_trips(service, stops, int(hour * 12) * 300, -5400)


def _add_town_buses(
    rng: np.random.Generator, settlements: Settlements, timetable: Timetable
) -> None:
    """Add lines through every town: short ones, with many trips."""
    for row, ground in settlements.ground.items():
        town = settlements.places["ru"].iloc[row]
        lines = round(settlements.people[row] / _RESIDENTS_PER_LINE)
        for number in range(1, min(_MOST_LINES, lines) + 1):
            spots = _across(rng, ground)
            names = [f"{town}, {number}-{at}" for at in range(1, len(spots) + 1)]
            stops = timetable.add_stops(names, spots)
            long_name = f"{town}, маршрут {number}"
            timetable.routes.append(("demo-city", str(number), long_name))
            for service, trips in _TOWN_DAYS.items():
                for hour in np.linspace(*_TOWN_HOURS, trips):
                    timetable.add_trips(service, stops, int(hour * 60) * 60, 300)


def _across(rng: np.random.Generator, ground: shapely.Polygon) -> Floats:
    """Return stops on a line through the town, from edge to edge."""
    middle = shapely.get_coordinates(ground.centroid)[0]
    angle = rng.uniform(0, np.pi)
    heading = np.array([np.cos(angle), np.sin(angle)])
    reach = radius_km(ground) * 0.9
    aside = heading[::-1] * [1, -1] * rng.uniform(-0.3, 0.3) * reach
    count = max(3, round(2 * reach / _STOP_SPACING_KM))
    along = np.linspace(-reach, reach, count)[:, None]
    spots: Floats = middle + aside + along * heading
    return spots
