"""What may be wrong with a release, each with what its refusal says."""

import shutil
from pathlib import Path

import shapely

from tests.api.damage import Damage, bytes_of, edited, rows, sealed

TILES = "tiles/areas.pmtiles"
#: A circular string, which GEOS reads and nothing else here.
CURVE = bytes.fromhex("0108000000" + "03000000" + "00" * 48)
NO_HEADER = b"PMTiles\x03" + bytes(92)


def change(**keys):
    """Set keys of the manifest, and give it the content id of what it says now."""
    return edited(lambda document: document.update(keys), seals=True)


def point(lon: float) -> bytes:
    return shapely.to_wkb(shapely.Point(lon, 52.0))


DAMAGES: dict[str, tuple[Damage, str]] = {
    "another table": (
        lambda folder: shutil.copy(folder / "parity.parquet", folder / "ranks.parquet"),
        "ranks.parquet: SHA-256 is ",
    ),
    "a word of the law": (
        edited(
            lambda document: document["standards"][0]["norms"][0].update(value=1.0),
            seals=False,
        ),
        "manifest.json: changed after it was published: its content id is ",
    ),
    "a list of checksums": (
        edited(lambda document: document.update(checksums=["x"]), seals=False),
        "manifest.json: checksums: Input should be a valid dictionary, got ['x']",
    ),
    "no checksums": (
        edited(lambda document: document.update(checksums=None), seals=False),
        "manifest.json: checksums: Input should be a valid dictionary, got None",
    ),
    "a standard of nothing": (
        change(standards=[{"foo": 1}]),
        "manifest.json: standards[0].id: Field required",
    ),
    "two standards of one id": (
        edited(
            lambda document: document["standards"].append(document["standards"][0]),
            seals=True,
        ),
        "standards: two entries have the id 'zz.transport.trips'",
    ),
    "a country without a code": (
        change(country={"names": {}}),
        "manifest.json: country.code: Field required",
    ),
    "a country of text": (
        change(country="zz"),
        "manifest.json: country: Input should be a valid dictionary",
    ),
    "another country": (
        edited(lambda document: document["country"].update(code="by"), seals=True),
        "the manifest says 'zz/2026-11-22.2' of 'by', the folder 'zz/2026-11-22.2'",
    ),
    "another name": (
        change(release="zz/2026-11-22.3"),
        "the manifest says 'zz/2026-11-22.3' of 'zz', the folder 'zz/2026-11-22.2'",
    ),
    "a name with a line break": (
        change(release="zz/2026-11-22.2\r\nSet-Cookie: a=b"),
        "manifest.json: release: no release id such as by/2026-11-22.1, got 'zz/2026",
    ),
    "bounds of text": (
        edited(lambda document: document["country"].update(bounds=["a"]), seals=True),
        "manifest.json: country.bounds",
    ),
    "a level of one name": (
        edited(
            lambda document: document["country"].update(
                level_names={"raion": {"one": {"ru": "округ"}}}
            ),
            seals=True,
        ),
        "cannot be used (KeyError: 'many')",
    ),
    "no day": (change(on="yesterday"), "manifest.json: on: Invalid isoformat"),
    "a torn manifest": (bytes_of("manifest.json", b'{"release": '), "not valid JSON"),
    "a manifest of bytes": (bytes_of("manifest.json", b"\xff\xfe"), "not valid JSON"),
    "a deep manifest": (bytes_of("manifest.json", b"[" * 100_000), "not valid JSON"),
    "a settlement twice": (
        rows("settlements", lambda held: held.append(held[4])),
        "settlements.parquet: row 13: the key 'zz:05' stands there twice",
    ),
    "a judgement twice": (
        rows("judgements", lambda held: held.append(held[0])),
        "the key 'zz:01', 'zz.transport.trips' stands there twice",
    ),
    "a settlement without an id": (
        rows("settlements", lambda held: held[0].update(id=None)),
        "settlements.parquet: row 1: id is null, and may not be",
    ),
    "a standard without a name": (
        rows("judgements", lambda held: held[2].update(standard=None)),
        "judgements.parquet: row 3: standard is null, and may not be",
    ),
    "a score of nobody": (
        rows("scores", lambda held: held[1].update(settlement_id="zz:99")),
        "scores.parquet: row 2: settlement_id is 'zz:99', which settlements do not",
    ),
    "a raion that is not there": (
        rows("settlements", lambda held: held[3].update(raion_id="zz:r7")),
        "settlements.parquet: row 4: raion_id is 'zz:r7', which areas do not hold",
    ),
    "scores of no area": (
        rows("area_scores", lambda held: held[0].update(area_id="zz:q")),
        "area_scores.parquet: row 1: area_id is 'zz:q', which areas do not hold",
    ),
    "a torn shape": (
        rows("areas", lambda held: held[2].update(geometry=b"\x01\x03\0\0\0\xff")),
        "areas.parquet: row 3: the geometry of 'zz:r1' is damaged",
    ),
    "a shape of nothing": (
        rows("facilities", lambda held: held[0].update(geometry=b"")),
        "facilities.parquet: row 1: the geometry of 'zz:f1' is damaged",
    ),
    "a shape that is no number": (
        rows("facilities", lambda held: held[1].update(geometry=point(float("nan")))),
        "facilities.parquet: row 2: the geometry of 'zz:f2' is damaged",
    ),
    "a curve": (
        rows("areas", lambda held: held[2].update(geometry=CURVE)),
        "areas.parquet: row 3: the geometry of 'zz:r1' is damaged",
    ),
    "a shape in metres": (
        rows("areas", lambda held: held[2].update(geometry=point(512_000.0))),
        "areas.parquet: row 3: the geometry of 'zz:r1' is damaged",
    ),
    "a point in metres": (
        rows("settlements", lambda held: held[1].update(lat=5_800_000.0)),
        "settlements.parquet: row 2: lat is 5800000.0, which are no degrees",
    ),
    "a point at infinity": (
        rows("settlements", lambda held: held[1].update(lon=float("inf"))),
        "settlements.parquet: row 2: lon is inf, which are no degrees",
    ),
    "no table": (sealed("values.parquet", b"PAR1PAR1"), "cannot be read as parquet"),
    "an empty table": (sealed("values.parquet", b""), "cannot be read as parquet"),
    "a hundred bytes of tiles": (sealed(TILES, NO_HEADER), "cannot be used (IndexErr"),
    "empty tiles": (sealed(TILES, b""), "cannot be used (ValueError: "),
    "tiles that are a picture": (
        sealed(TILES, b"\x89PNG\r\n\x1a\n" + bytes(200)),
        "cannot be used (",
    ),
}


def cut(folder: Path) -> None:
    """Cut the tiles short, as a full disk does."""
    path = folder / TILES
    sealed(TILES, path.read_bytes()[:-1])(folder)


def torn_directory(folder: Path) -> None:
    """Overwrite the directory of the tiles, and leave their header."""
    content = bytearray((folder / TILES).read_bytes())
    content[127:140] = bytes(13)
    sealed(TILES, bytes(content))(folder)


DAMAGES["tiles cut short"] = (cut, f"{TILES}: ends after ")


DAMAGES["a torn directory of tiles"] = (torn_directory, "cannot be used (")
