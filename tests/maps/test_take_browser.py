"""What a reader takes away from the map: paper, pictures, a link, a frame."""

import re
import struct
from xml.etree import ElementTree as ET

import pytest

from maps.theme import LOOK
from tests.maps.country_places import ASSUMED, settlements, verdict_of
from tests.maps.pages import STANDARD, plain

pytestmark = pytest.mark.browser

PLACES = f"{STANDARD}&view=settlements"
SVG = "{http://www.w3.org/2000/svg}"
TITLE = "Проба zz: Норма: transport"
COLOURS = """() => {
  const canvas = document.querySelector('.sheet canvas')
  const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const found = new Set()
  for (let n = 0; n < data.length; n += 4)
    found.add('#' + [0, 1, 2].map(
      i => data[n + i].toString(16).padStart(2, '0')).join(''))
  return [...found]
}"""


def choose(reader, name):
    """Press what stands in the menu under a name."""
    if reader.page.locator("details.take[open]").count() == 0:
        reader.page.locator("details.take summary").click()
    reader.page.get_by_role("button", name=name).click()


def saved(reader, name, folder):
    with reader.page.expect_download() as started:
        choose(reader, name)
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def parsed(path):
    return ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - our own


def copied(reader, name):
    grant = ["clipboard-read", "clipboard-write"]
    reader.page.context.grant_permissions(grant)
    choose(reader, name)
    status = reader.page.locator(".take [role=status]", has_text="Скопировано")
    status.wait_for()
    return reader.page.evaluate("navigator.clipboard.readText()")


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


class TestPaper:
    @pytest.mark.parametrize("landscape", [False, True])
    def test_the_map_is_one_sheet(self, reader, landscape):
        reader.open(PLACES)
        assert pages(reader.page.pdf(format="A4", landscape=landscape)) == 1

    def test_the_sheet_has_all_that_its_picture_needs(self, reader):
        reader.open(PLACES)
        reader.page.locator(".promise").wait_for()
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        text = plain(reader.page.locator(".sheet").evaluate("e => e.textContent"))
        for said in (
            TITLE,
            "Состояние на 22.11.2026 · Выпуск данных zz/2026-11-22.1",
            "Синтетические данные",
            "Нарушен",
            "Где хуже всего",
            "Район 1",
            "Город и село",
            "© Места (CC-BY-4.0)",
            "country=zz&release=2026-11-22.1&lang=ru&view=settlements",
        ):
            assert said in text
        breached = LOOK["verdicts"]["breached"]["fill"]
        kept = LOOK["verdicts"]["kept"]["fill"]
        assert {breached, kept} <= set(reader.page.evaluate(COLOURS))
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.locator(".sheet").count() == 0
        assert reader.faults == []

    def test_a_table_is_printed_without_its_controls(self, reader):
        reader.open(f"{STANDARD}&show=table")
        reader.page.locator("tbody th").first.wait_for()
        reader.page.emulate_media(media="print")
        assert reader.page.locator("tbody th").first.is_visible()
        for name in ("paritet-app > header", "paritet-home"):
            assert not reader.page.locator(name).is_visible()


class TestPictures:
    def test_the_picture_in_vectors_is_what_the_map_shows(self, reader, tmp_path):
        reader.open(PLACES)
        reader.page.locator(".promise").wait_for()
        path = saved(reader, "SVG", tmp_path)
        assert path.name == "paritet-zz-2026-11-22.1-standard-zz.transport.trips.svg"
        root = parsed(path)
        assert root.find(f"{SVG}title").text == TITLE
        inner = root.find(f"{SVG}svg")
        triangles = inner.findall(f"{SVG}polygon")
        breached = [row for row in settlements() if verdict_of(row) == "breached"]
        assert len(triangles) == len(breached)
        assert {one.get("fill") for one in triangles} == {
            LOOK["verdicts"]["breached"]["fill"]
        }
        circles = inner.findall(f"{SVG}circle")
        fills = [one.get("fill") for one in circles]
        kept = [row["id"] for row in settlements() if verdict_of(row) == "kept"]
        assert fills.count(LOOK["verdicts"]["kept"]["fill"]) == len(kept) - 1
        assert fills.count(LOOK["assumed_verdicts"]["kept:assumed"]["fill"]) == 1
        assert ASSUMED in kept
        said = {plain(one.text) for one in root.iter(f"{SVG}text")}
        for text in (TITLE, "Нарушен", "© Места (CC-BY-4.0)", " км"):
            assert any(text in line for line in said), text
        address = "".join(line for line in said if "release=2026-11-22.1" in line)
        assert address.startswith("http://127.0.0.1")

    def test_the_names_of_the_map_are_on_it(self, reader, tmp_path):
        reader.open(f"{PLACES}&at=7.80/53.3000/25.3000")
        path = saved(reader, "SVG", tmp_path)
        root = parsed(path)
        assert "Город 0" in {one.text for one in root.iter(f"{SVG}text")}

    def test_the_picture_in_pixels_is_twice_as_fine_as_the_screen(
        self, reader, tmp_path
    ):
        reader.open(PLACES)
        path = saved(reader, "PNG", tmp_path)
        head = path.read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", head[16:24])
        drawn = reader.page.evaluate(
            """async bytes => {
              const blob = new Blob([new Uint8Array(bytes)], {type: 'image/png'})
              const image = await createImageBitmap(blob)
              const canvas = document.createElement('canvas')
              canvas.width = image.width
              canvas.height = image.height
              const pen = canvas.getContext('2d')
              pen.drawImage(image, 0, 0)
              const {data} = pen.getImageData(0, 0, canvas.width, canvas.height)
              const count = {}
              for (let n = 0; n < data.length; n += 4) {
                const key = '#' + [0, 1, 2].map(
                  i => data[n + i].toString(16).padStart(2, '0')).join('')
                count[key] = (count[key] ?? 0) + 1
              }
              const box = window.paritetMap.getContainer()
              return [count, box.clientHeight]
            }""",
            list(path.read_bytes()),
        )
        counts, on_screen = drawn
        assert height > 2 * on_screen
        assert width > height
        # The mark in the legend alone, a triangle of 12 by 12, has some 300 pixels.
        assert counts[LOOK["verdicts"]["breached"]["fill"]] > 600
        assert counts[LOOK["colours"]["ground"]] > 10_000
        assert reader.faults == []
        assert reader.foreign() == []


class TestLink:
    def test_it_pins_what_is_shown(self, reader):
        reader.open(f"{PLACES}&at=8.00/53.9000/26.1000")
        link = copied(reader, "Скопировать ссылку")
        assert link == (
            f"{reader.address}#country=zz&release=2026-11-22.1&lang=ru"
            "&view=settlements&subject=standard:zz.transport.trips"
            "&at=8.00/53.9000/26.1000"
        )

    def test_it_can_be_copied_by_hand_where_the_browser_forbids_it(self, reader):
        reader.page.add_init_script(
            "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
        )
        reader.open(PLACES)
        choose(reader, "Скопировать ссылку")
        field = reader.page.get_by_role("textbox", name="Скопируйте сами")
        field.wait_for()
        assert field.input_value().startswith(f"{reader.address}#country=zz&release=")
        assert field.evaluate("e => e === document.activeElement")
        assert reader.faults == []

    def test_escape_gives_the_focus_back(self, reader):
        reader.open(PLACES)
        reader.page.locator("details.take summary").focus()
        reader.page.keyboard.press("Enter")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Escape")
        active = "document.activeElement.textContent"
        assert reader.page.evaluate(active) == "Взять с собой"


class TestFrame:
    def test_its_code_shows_the_slim_page_in_another_one(self, reader):
        reader.open(PLACES)
        code = copied(reader, "Скопировать код")
        assert code.startswith(f'<iframe src="{reader.address}#country=zz&amp;release=')
        assert f'title="{TITLE}"' in code
        page = reader.page.context.new_page()
        page.set_content(f"<h1>Министерство</h1>{code}")
        frame = page.frame_locator("iframe")
        frame.locator("canvas.maplibregl-canvas").wait_for()
        assert frame.locator("h1").inner_text() == TITLE
        assert "Синтетические данные" in frame.locator(".banner").inner_text()
        assert frame.locator(".legend .key").first.is_visible()
        assert "© Места" in frame.locator("footer").inner_text()
        for absent in ("header:not(.frame-head)", "nav", ".toolbar", "paritet-search"):
            assert frame.locator(absent).count() == 0
        link = frame.get_by_role("link", name="Открыть в «Паритете»")
        whole = link.get_attribute("href")
        assert whole.startswith(f"{reader.address}#country=zz&release=2026-11-22.1")
        assert "embed" not in whole

    def test_the_map_has_most_of_it(self, reader):
        reader.page.set_viewport_size({"width": 600, "height": 500})
        reader.open(f"{PLACES}&embed=1")
        high = reader.page.locator("paritet-map").bounding_box()["height"]
        assert high > 200
        page = "document.documentElement"
        assert reader.page.evaluate(f"{page}.scrollHeight <= {page}.clientHeight")
