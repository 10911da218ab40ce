"""Texts that somebody, somewhere, would obey; and a release whose every name is one."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa

from geo.layers.schema import LANGUAGES, TABLES
from geo.release.content import content_id, manifest_bytes
from geo.release.geoparquet import write_parquet
from geo.release.read import MANIFEST, open_release

#: What shows that a template was compiled: 7919 * 7907.
COMPUTED = "62615533"
PAYLOADS = (
    # templates
    "{{ 7919 * 7907 }}",
    "{% for x in ().__class__.__mro__ %}{{ 7919 * 7907 }}{% endfor %}",
    "{{ this.__init__.__globals__ }}",
    "{# {% raw %}",
    "${7919 * 7907}`#{7919 * 7907}",
    "%s%n%(name)s{0.__class__}{name}",
    # pages
    "<script>window.ran = 1</script>",
    "</script><script>window.ran = 2</script>",
    "</title></style></textarea><img src=x onerror='window.ran = 3'>",
    '"><svg onload=window.ran=4>',
    "' autofocus onfocus='window.ran = 5",
    "<!--<script>",
    "]]></w:t><w:t>&lt;b&gt;&#60;",
    "javascript:window.ran=6//https://",
    "';window.ran = 7;//\\",
    # spreadsheets
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;2)",
    "=cmd|' /C calc'!A0",
    'село;=HYPERLINK("http://x.example")',
    "＝1+1",
    "_x003D_1&L&F&D",
    # terminals, logs, headers
    "\x1b[2J\x1b]0;ran\x07\x1b]8;;http://x.example\x1b\\",
    "\x9b2J\x7f",
    "один\r\nSet-Cookie: ran=1\r\n\r\n✗ всё хорошо",
    "\u202eодвоз\u2066 \u2028",
    "[bold]x[/bold][/][link=http://x.example]",
    "\x01\x0b\ufffe\uffff",
    "до\x00после",
    # shells, paths, databases
    "'; DROP TABLE settlements; --",
    "../../../etc/passwd",
    "$(id)`id`;|&",
    "долгое " * 6000,
)  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Columns with the words of our own vocabularies, our codes and formatted times.
CLOSED = _words(
    """
    kind kind_status kinds kinds_possible selsovet_centre selsovet_centre_status
    raion_centre
    oblast_centre urban population_status scheme level status method placed
    indicator unit outcome standard domain force verdict norm_id norms_possible
    verdict_if_fresh group
    subgroup subject rung reference order_of_magnitude age foreign
    model operator band baseline part assumption
    unit_of_assessment period weekdays first_departure last_departure destination
    morning best_day arrival latest_return reason services staff_days responsible
    """
)
#: Columns that name a settlement, an area or a facility by its id.
KEYS = _words(
    """
    id settlement_id area_id facility_id unit_id selsovet_id raion_id oblast_id
    country_id grid_id duplicate_of parent centre
    """
)
#: Columns with a text that some source fills.
OPEN = _words(
    """
    name name_ru name_be name_en name_kk name_lt name_de place_type kind_source
    population_source
    source value supplier hours remark origin sources note code raion_name selsovet_name
    file row field revision routes carriers stops fault done example
    """
)
#: Texts of the manifest that a source, a norm or a country fills.
_TOLD = frozenset({*LANGUAGES, "title", "note", "url", "item", "act", "version"})
_OF_ID = "'\"><i>{{ 7919 * 7907 }}"
_OF_COUNTRY = "</title><script>window.ran = 8</script>{{ 7919 * 7907 }}"


def hostile_release(source: Path, root: Path) -> Path:
    """Copy a release to ``root/<cc>/<name>``, every open text of it replaced.

    The copy is whole: keys still meet, checksums and content id are its own.
    """
    release = open_release(source)
    folder = root / release.country / source.name
    shutil.copytree(source, folder)
    (folder.parent / "latest").write_text(source.name)
    texts = cycle(PAYLOADS)
    for name, table in TABLES.items():
        rows = release.table(name)
        for position, field in enumerate(rows.schema):
            change = _change(field.name, texts)
            if change is not None and _is_text(field.type):
                cells = [change(cell) for cell in rows.column(position).to_pylist()]
                changed = pa.array(cells, type=field.type)
                rows = rows.set_column(position, field, changed)
        write_parquet(rows, folder / f"{name}.parquet", geo=table.geo)
    manifest = _told(release.manifest, texts)
    country = manifest["country"]
    country["names"] = dict.fromkeys(country["names"], _OF_COUNTRY)
    manifest["checksums"] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in manifest["checksums"]
    }
    manifest["content_id"] = content_id(manifest, manifest["checksums"])
    (folder / MANIFEST).write_bytes(manifest_bytes(manifest))
    return folder


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or (
        pa.types.is_list(kind) and pa.types.is_string(kind.value_type)
    )


def _change(column: str, texts: Iterator[str]) -> Callable[[Any], Any] | None:
    """Return what replaces a cell; a null stays one."""

    def replaced(cell: Any) -> Any:
        if isinstance(cell, list):
            return [next(texts) for _ in cell]
        return cell and next(texts)

    def renamed(cell: Any) -> Any:
        # the ids of standards' groups and of the country are ours
        return f"{cell}{_OF_ID}" if cell and ":" in cell else cell

    return {**dict.fromkeys(OPEN, replaced), **dict.fromkeys(KEYS, renamed)}.get(column)


def _told(part: Any, texts: Iterator[str], key: str = "") -> Any:
    if isinstance(part, dict):
        return {name: _told(one, texts, name) for name, one in part.items()}
    if isinstance(part, list):
        return [_told(one, texts, key) for one in part]
    return next(texts) if isinstance(part, str) and key in _TOLD else part
