"""An address, a click and a text, as the tests of the map in Chromium share them."""

import re

from tests.maps.country_places import TRIPS

STANDARD = f"country=zz&lang=ru&subject=standard:{TRIPS}"


def plain(text):
    """Return a text with its narrow and no-break spaces as plain ones."""
    return re.sub(r"\s+", " ", text).strip()


def click_settlement(reader, identity):
    """Click where the map draws a settlement."""
    x, y = reader.page.evaluate(
        """id => {
          const found = window.paritetMap
            .querySourceFeatures('settlements', {sourceLayer: 'settlements'})
            .find(f => f.properties.id === id)
          const at = window.paritetMap.project(found.geometry.coordinates)
          const box = window.paritetMap.getCanvas().getBoundingClientRect()
          return [at.x + box.left, at.y + box.top]
        }""",
        identity,
    )
    reader.page.mouse.click(x, y)
