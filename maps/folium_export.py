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
from branca.element import Element, Figure, MacroElement
from jinja2 import Template

from geo.errors import ReleaseError
from geo.inert import json_script
from geo.release.read import Release, open_release
from geo.reports.export import default_name, write_whole
from geo.texts import LANGUAGES, wording
from maps.folium_data import (
    AREA_VIEWS,
    area_features,
    area_style,
    settlement_columns,
    unlocated,
    value_signs,
)
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


def folium_page(release_path: Path, out: Path, *, vendor: Path = VENDOR) -> Path:
    """Write the map of a release as one self-contained HTML file.

    Parameters
    ----------
    release_path
        Folder of the release.
    out
        The file, or an existing folder in which ``<cc>-<date>.<n>.html`` is made.
    vendor
        Folder with ``leaflet/leaflet.js`` and ``leaflet/leaflet.css``, as the build
        of the web app leaves it.

    Raises
    ------
    ReleaseError
        If the release is not whole, Leaflet is not there, or the file cannot be
        written.
    """
    release = open_release(release_path)
    page = render(release, vendor)
    return write_whole(
        out,
        default_name(release, ".html"),
        lambda path: path.write_bytes(page.encode()),
    )


def render(release: Release, vendor: Path = VENDOR) -> str:
    """Return the page of one release as text."""
    look = theme(release.manifest)
    areas = area_features(release)
    canvas = OfflineMap(
        location=_centre(look["country"]["bounds"]),
        zoom_start=7,
        tiles=None,
        min_zoom=3,
        max_zoom=15,
        attributionControl=False,
        zoomControl=False,
        zoomSnap=0.25,
    )
    shown = {view: _area_layer(look, areas, view) for view in AREA_VIEWS if areas}
    for layer in shown.values():
        canvas.add_child(layer)
    figure = cast("Figure", canvas.get_root())
    figure.title = escape(f"{_own(look['country']['names'], look)}: {release.id}")
    _number([figure, canvas, canvas.global_switches, *shown.values()])
    _furnish(figure, look, vendor)
    _add_data(figure, release, look, areas)
    names = {view: layer.get_name() for view, layer in shown.items()}
    areas_of = ", ".join(f"{view}: {name}" for view, name in names.items())
    start = LastWord(f"paritetPage({canvas.get_name()}, {{ {areas_of} }});")
    _number([start])
    canvas.add_child(start)
    rendered: str = figure.render()
    return rendered


def _area_layer(
    look: dict[str, Any], areas: list[dict[str, Any]], view: str
) -> folium.GeoJson:
    """Return the coloured shapes of the areas, each known by its place in the list."""
    bare = [
        {"type": "Feature", "id": n, "properties": {}, "geometry": area["geometry"]}
        for n, area in enumerate(areas)
    ]

    def style(feature: Mapping[str, Any]) -> dict[str, Any]:
        return area_style(look, view, areas[feature["id"]]["properties"])

    return folium.GeoJson(
        {"type": "FeatureCollection", "features": bare},
        name=view,
        control=False,
        show=False,
        style_function=style,
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
    figure: Figure, release: Release, look: dict[str, Any], areas: list[dict[str, Any]]
) -> None:
    standards = {row["id"]: row["indicator"] for row in look["standards"]}
    verdicts = [row["id"] for row in (*look["verdicts"], *look["assumed_verdicts"])]
    places = settlement_columns(release, standards, verdicts)
    document = {
        "language": _language(look),
        "theme": look,
        "without_point": {
            language: wording("map.page", language)["without_point"]
            for language in LANGUAGES
        },
        "settlements": places | {"value": value_signs(release, places["id"], look)},
        "areas": [area["properties"] for area in areas],
        "unlocated": unlocated(release),
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
