"""An address, a click and a text, as the tests of the map in Chromium share them."""

import re
from operator import itemgetter

import pyarrow as pa

from geo.layers.counted import MARKS
from geo.release.hexagons import numbered
from tests.maps.country_places import TRIPS, settlements

STANDARD = f"country=zz&lang=ru&subject=standard:{TRIPS}"


def plain(text):
    """Return a text with its narrow and no-break spaces as plain ones."""
    return re.sub(r"\s+", " ", text).strip()


def numbers():
    """Return the ids of the settlements: their places are the numbers in the tiles."""
    rows = sorted(settlements(), key=itemgetter("id"))
    columns = ("lon", "lat", *MARKS)
    table = pa.table({name: [row.get(name) for row in rows] for name in columns})
    return [rows[place]["id"] for place in numbered(table)]


def click_settlement(reader, identity):
    """Click where the map draws a settlement."""
    x, y = reader.page.evaluate(
        """n => {
          const found = window.paritetMap
            .querySourceFeatures('settlements', {sourceLayer: 'settlements'})
            .find(f => f.id === n)
          const at = window.paritetMap.project(found.geometry.coordinates)
          const box = window.paritetMap.getCanvas().getBoundingClientRect()
          return [at.x + box.left, at.y + box.top]
        }""",
        numbers().index(identity),
    )
    reader.page.mouse.click(x, y)
