"""One cell of one file spoilt, as people and programs spoil them: what `fuzz` tries.

A cell is a field of a CSV or of a table in a zip, an attribute of an XML file, a number
or text of a GeoJSON, a tag of an OSM file.
"""

import csv
import gzip
import io
import json
import random
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import osmium

#: What nobody may take for another number, word or day. An empty cell and another
#: plausible value are not among them: they are no mistake that a reader could see.
SPOILT: dict[str, Callable[[str], str]] = {
    "thousands mark": lambda _: "1,000",
    "thousands dot": lambda _: "12.000",
    "blanks around": lambda old: f"  {old} ",
    "no-break space": lambda old: f"\u00a0{old}\u00a0",
    "decomposed letters": lambda old: unicodedata.normalize("NFD", old),
    "float of a code": lambda old: f"{old}.0" if old.isdecimal() else f"{old}.",
    "word": lambda _: "да",
    "other word": lambda _: "нет данных",
    "error of a spreadsheet": lambda _: "#REF!",
    "formula": lambda old: f"={old}",
    "not a number": lambda _: "NaN",
    "infinity": lambda _: "1e999",
    "below zero": lambda _: "-5",
    "minus of typography": lambda old: f"−{old}",
    "beyond int64": lambda _: "9" * 25,
    "impossible day": lambda _: "2026-02-30",
    "day of the future": lambda _: "2062-01-01",
    "day in another order": lambda _: "31.02.2026",
    "fraction": lambda _: "½",
    "unit behind": lambda old: f"{old} чел.",
    "control characters": lambda old: f"{old}\x1b[2J\x01",
    "markup": lambda _: "<script>{{ 7 * 7 }}</script>",
    "long": lambda old: old + "я" * 20_000,
    "mistyped": lambda old: old[:-1] + "ъ" if len(old) > 1 else "ъ",
}


@dataclass(frozen=True)
class Change:
    """What was done: file, place in it, kind of fault, the cell before and after."""

    file: str
    place: str
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return it on one line."""
        return (
            f"{self.file} {self.place}: {self.kind}, {self.before[:40]!r} -> "
            f"{self.after[:40]!r}"
        )


def corrupt(path: Path, chance: random.Random) -> Change:
    """Spoil one cell of a file in place.

    Parameters
    ----------
    path
        A file of the mirror, by whose ending the format is known.
    chance
        Decides cell and kind.
    """
    kind = chance.choice(list(SPOILT))
    place, before = _WRITERS[path.suffix](path, chance, SPOILT[kind])
    return Change(path.name, place, kind, before, SPOILT[kind](before))


Spoil = Callable[[str], str]
Spot = tuple[str, str]


def _of_table(text: str, chance: random.Random, spoil: Spoil) -> tuple[str, Spot]:
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    line = chance.randrange(1, len(rows))
    filled = [n for n, cell in enumerate(rows[line]) if cell]
    column = chance.choice(filled)
    before = rows[line][column]
    rows[line][column] = spoil(before)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    name = rows[0][column] if separator != "\t" or "lat" in rows[0] else str(column)
    return out.getvalue(), (f"line {line + 1}, {name}", before)


def _table(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    made, spot = _of_table(path.read_text(encoding="utf-8"), chance, spoil)
    path.write_text(made, encoding="utf-8", newline="")
    return spot


def _packed(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    made, spot = _of_table(text, chance, spoil)
    path.write_bytes(gzip.compress(made.encode("utf-8"), mtime=0))
    return spot


def _zipped(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = chance.choice([n for n, held in members.items() if held.count(b"\n") > 1])
    made, spot = _of_table(members[name].decode("utf-8"), chance, spoil)
    members[name] = made.encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return f"{name} {spot[0]}", spot[1]


def _xml(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    tree = ET.parse(path)  # noqa: S314 - our own synthetic file
    spots = [(item, key) for item in tree.iter() for key in item.attrib]
    item, key = chance.choice(spots)
    before = item.attrib[key]
    # XML holds no control characters; whoever writes one has no XML
    item.attrib[key] = "".join(c for c in spoil(before) if c.isprintable())
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return f"{item.tag} {key}", before


def _json(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    document = json.loads(path.read_bytes())
    spots = list(_leaves(document["features"], "features"))
    holder, key, place = chance.choice(spots)
    before = str(holder[key])
    holder[key] = spoil(before)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return place, before


def _leaves(part: Any, place: str) -> Any:
    held = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in held:
        if isinstance(value, dict | list):
            yield from _leaves(value, f"{place}/{key}")
        elif value is not None:
            yield part, key, f"{place}/{key}"


def _osm(path: Path, chance: random.Random, spoil: Spoil) -> Spot:
    items = list(_tagged(path))
    chosen, key, before = chance.choice(items)
    aside = path.with_name(f"spoilt-{path.name}")
    after = "".join(c for c in spoil(before) if c.isprintable())[:200]
    with osmium.SimpleWriter(str(aside)) as writer:
        for item in osmium.FileProcessor(str(path)):
            if (item.type_str(), item.id) == chosen:
                tags = {tag.k: tag.v for tag in item.tags} | {key: after}
                writer.add(item.replace(tags=tags))
            else:
                writer.add(item)
    aside.replace(path)
    return f"{chosen[0]}{chosen[1]} {key}", before


def _tagged(path: Path) -> Any:
    for item in osmium.FileProcessor(str(path)):
        for tag in item.tags:
            yield (item.type_str(), item.id), tag.k, tag.v


_WRITERS: dict[str, Callable[[Path, random.Random, Spoil], Spot]] = {
    ".csv": _table,
    ".tsv": _table,
    ".gz": _packed,
    ".zip": _zipped,
    ".xml": _xml,
    ".geojson": _json,
    ".pbf": _osm,
}
