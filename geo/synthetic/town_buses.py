"""Invented buses inside the towns: short lines through the middle, many trips."""

import math

import numpy as np
import shapely

from geo.synthetic.places import Settlements
from geo.synthetic.streams import Stream, random_stream
from geo.synthetic.territory import Floats
from geo.synthetic.timetable import Timetable

#: one line per so many residents, within these limits
RESIDENTS_PER_LINE = 5_500
MOST_LINES = 14
STOP_SPACING_KM = 0.7
#: (service, departures per direction)
DAYS = (("workdays", 30), ("weekend", 20))
_FIRST_BUS, _LAST_BUS = 5.5, 23.6


def add_town_buses(seed: int, settlements: Settlements, timetable: Timetable) -> None:
    """Add lines with stops through every town that has ground of its own."""
    rng = random_stream(seed, Stream.TOWN_BUSES)
    places = settlements.places
    for row, ground in settlements.ground.items():
        people = int(places["population"].iloc[row])
        lines = min(MOST_LINES, round(people / RESIDENTS_PER_LINE))
        for number in range(1, lines + 1):
            spots = _line(rng, ground)
            stops = np.array(
                [
                    timetable.add_stop(
                        f"{places['ru'].iloc[row]}, {number}-{at}", float(x), float(y)
                    )
                    for at, (x, y) in enumerate(spots, start=1)
                ]
            )
            route = timetable.add_route(
                "demo-city", str(number), f"{places['ru'].iloc[row]}, маршрут {number}"
            )
            for service, trips in DAYS:
                for hour in np.linspace(_FIRST_BUS, _LAST_BUS, trips):
                    leaves = int(hour * 60) * 60
                    timetable.add_trip(route, service, stops, leaves, back=False)
                    timetable.add_trip(route, service, stops, leaves + 300, back=True)


def _line(rng: np.random.Generator, ground: shapely.Polygon) -> Floats:
    """Return stops on a line through the town, from edge to edge."""
    middle = shapely.get_coordinates(ground.centroid)[0]
    angle = rng.uniform(0, math.pi)
    heading = np.array([math.cos(angle), math.sin(angle)])
    reach = math.sqrt(ground.area / math.pi) * 0.9
    aside = heading[::-1] * [1, -1] * rng.uniform(-0.3, 0.3) * reach
    count = max(3, round(2 * reach / STOP_SPACING_KM))
    along = np.linspace(-reach, reach, count)[:, None]
    spots: Floats = middle + aside + along * heading
    return spots
