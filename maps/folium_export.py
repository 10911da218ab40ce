"""The map of a release as one HTML file that opens from a USB stick.

Folium draws the page with the theme of the web app. Nothing is loaded from
elsewhere: Leaflet is written into the page, and the other libraries that folium
links by default are not needed. The same release gives the same bytes (folium's
random element ids are replaced by numbers).

Folium compiles what its elements have rendered once more as a template, so a name with
``{{ … }}`` in it would be run. Its elements therefore get numbers and shapes only; all
text of the release stands in one inert JSON script, which the page's own script shows
through ``textContent``.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, cast

import folium
import orjson
import shapely
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from geo.errors import ReleaseError
from geo.inert import json_script
from geo.release.read import Release, open_release
from geo.reports.export import default_name, write_whole
from geo.reports.workbook import find_raion
from geo.texts import LANGUAGES, wording
from maps.folium_data import area_features, drawn, settlement_columns, unlocated
from maps.folium_pictures import pictures
from maps.theme import text_language, theme

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"
#: All that the page needs of maps/static/vendor; the images of the style sheet
#: beside it are written into it.
VENDOR_SCRIPT = "leaflet/leaflet.js"
VENDOR_STYLE = "leaflet/leaflet.css"
CSS_URL = re.compile(r"""url\(["']?(?!data:|#)([^)"']+)["']?\)""")
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)

#: The browser itself sees to it that the page asks nobody.
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">"
)
#: Folium forbids to enlarge the page, which readers of poor sight need.
VIEWPORT = re.compile(r'(<meta name="viewport" content=")[^"]*"')


class Verbatim(Element):
    """Text that goes into the page as it is, whatever braces it holds."""

    def __init__(self, text: str) -> None:
        super().__init__(template="{{ this.text }}")
        self.text = text


class LastWord(MacroElement):
    """A line of script that runs after those of the map and of its layers."""

    _template = Template(
        "{% macro script(this, kwargs) %}{{ this.text }}{% endmacro %}"
    )

    def __init__(self, text: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's own
        self.text = text


class OfflineMap(folium.Map):
    """A folium map that links to no other host."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 (as folium declares it)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


def folium_page(
    release_path: Path, out: Path, *, area: str = "", vendor: Path = VENDOR
) -> Path:
    """Write the map of a release as one self-contained HTML file.

    Parameters
    ----------
    release_path
        Folder of the release.
    out
        The file, or an existing folder in which ``<cc>-<date>.<n>.html`` is made.
    area
        Name or id of the raion whose settlements alone are shown; all where empty.
    vendor
        Folder with ``leaflet/leaflet.js`` and ``leaflet/leaflet.css``, as the build
        of the web app leaves it.

    Raises
    ------
    ReleaseError
        If the release is not whole, Leaflet is not there, or the file cannot be
        written.
    NotFoundError
        If no raion is called so, or several are.
    """
    release = open_release(release_path)
    page = render(release, vendor, find_raion(release, area).id if area else "")
    return write_whole(
        out,
        default_name(release, ".html"),
        lambda path: path.write_bytes(page.encode()),
    )


def render(release: Release, vendor: Path = VENDOR, raion: str = "") -> str:
    """Return the page of one release, or of one raion of it, as text."""
    look = theme(release.manifest)
    areas = area_features(release, raion)
    canvas = OfflineMap(
        location=_centre(look["country"]["bounds"]),
        zoom_start=7,
        tiles=None,
        attributionControl=False,
        zoomControl=False,
        zoomSnap=0.25,
    )
    layers = [_area_layer(look, areas)] if areas else []
    for layer in layers:
        canvas.add_child(layer)
    figure = cast("Figure", canvas.get_root())
    figure.title = escape(f"{_own(look['country']['names'], look)}: {release.id}")
    _number([figure, canvas, canvas.global_switches, *layers])
    _furnish(figure, look, vendor)
    _add_data(figure, release, look, areas, raion)
    shapes = layers[0].get_name() if layers else "null"
    start = LastWord(f"paritetPage({canvas.get_name()}, {shapes});")
    _number([start])
    canvas.add_child(start)
    rendered: str = figure.render()
    return VIEWPORT.sub(r'\1width=device-width, initial-scale=1"', rendered)


def _area_layer(look: dict[str, Any], areas: list[dict[str, Any]]) -> folium.GeoJson:
    """Return the shapes of the areas, each known by its place in the list."""
    bare = [
        {"type": "Feature", "id": n, "properties": {}, "geometry": area["geometry"]}
        for n, area in enumerate(areas)
    ]
    border = {"color": look["colours"]["area_border"], "weight": 1}
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": bare},
        name="areas",
        control=False,
        show=False,
        style_function=lambda _: border,
    )


def _furnish(figure: Figure, look: dict[str, Any], vendor: Path) -> None:
    """Put libraries, styles and the frame of the page in their places."""
    colours = "".join(f"--{name}:{value};" for name, value in look["colours"].items())
    head = {
        "policy": POLICY,
        "leaflet_css": f"<style>{_style(vendor / VENDOR_STYLE)}</style>",
        "colours": f"<style>:root{{{colours}}}</style>",
        "page_css": f"<style>{_own_file('folium_page.css')}</style>",
        "leaflet": f"<script>{_script(vendor / VENDOR_SCRIPT)}</script>",
    }
    for name, text in head.items():
        figure.header.add_child(Verbatim(text), name=name)
    figure.html.add_child(Verbatim(_own_file("folium_page.html")), name="frame")
    figure.script.add_child(Verbatim(_own_file("folium_page.js")), name="page")


def _add_data(
    figure: Figure,
    release: Release,
    look: dict[str, Any],
    areas: list[dict[str, Any]],
    raion: str,
) -> None:
    at = drawn(release, raion)
    standards = [row["id"] for row in look["standards"]]
    places = settlement_columns(release, at, standards)
    document = {
        "language": _language(look),
        "theme": look,
        "without_point": {
            language: wording("map.page", language)["without_point"]
            for language in LANGUAGES
        },
        "settlements": places,
        "pictures": pictures(release, at, look),
        "areas": [area["properties"] for area in areas],
        "bounds": _bounds(areas, places) if raion else look["country"]["bounds"],
        "raion": raion,
        "unlocated": 0 if raion else unlocated(release),
    }
    text = json_script(document)
    figure.html.add_child(
        Verbatim(f'<script type="application/json" id="paritet-data">{text}</script>'),
        name="data",
    )


def _language(look: dict[str, Any]) -> str:
    spoken = look["country"]["languages"] or ["en"]
    return text_language(spoken[0])


def _own(texts: dict[str, str], look: dict[str, Any]) -> str:
    return texts[_language(look)]


def _centre(bounds: list[float]) -> list[float]:
    west, south, east, north = bounds or [-180.0, -60.0, 180.0, 75.0]
    return [(south + north) / 2, (west + east) / 2]


def _bounds(areas: list[dict[str, Any]], places: Mapping[str, Any]) -> list[float]:
    """Return west, south, east, north of the shapes; of the settlements without any."""
    if areas:
        shapes = [shapely.from_geojson(orjson.dumps(one["geometry"])) for one in areas]
        return [float(one) for one in shapely.total_bounds(shapes)]
    lon, lat = places["lon"], places["lat"]
    return [min(lon), min(lat), max(lon), max(lat)] if lon else []


def _number(elements: Iterable[Element]) -> None:
    """Give the elements ids that are the same in every run."""
    for number, element in enumerate(elements):
        element._id = f"paritet{number}"  # noqa: SLF001 (folium has no setter)


def _own_file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _vendored(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReleaseError(
            "the map library of the page is not there",
            where=str(path),
            remedy="Build the web app first: ./run.sh does it.",
        ) from error


def _script(path: Path) -> str:
    text = SOURCE_MAP.sub("", _vendored(path).decode())
    return text.replace("</script", "<\\/script")


def _style(path: Path) -> str:
    """Return a style sheet with its images written into it."""

    def inlined(found: re.Match[str]) -> str:
        image = base64.b64encode(_vendored(path.parent / found[1])).decode()
        return f"url(data:image/png;base64,{image})"

    return CSS_URL.sub(inlined, _vendored(path).decode())
