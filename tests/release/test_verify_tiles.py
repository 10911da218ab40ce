"""Tiles that are damaged are named before they are served."""

import gzip

from pmtiles.tile import (
    Entry,
    deserialize_header,
    serialize_directory,
    serialize_header,
)

from geo.release.verify import verify_release
from tests.release.damaged import fault, sign


def test_tiles_that_are_cut_short_or_garbled(folder):
    path = folder / "tiles" / "settlements.pmtiles"
    whole = path.read_bytes()
    for content, words in (
        (b"", "the header cannot be read"),
        (b"x" * 127, "the header cannot be read"),
        (whole[:7] + b"\x02" + whole[8:], "the header cannot be read"),
        (whole[:130], "the directory cannot be read"),
        (whole[:-1], "cannot be read (byte "),
        (whole[:-20] + b"x" * 20, "the tile "),
    ):
        path.write_bytes(content)
        sign(folder)
        said = fault(folder)
        assert said.startswith("tiles/settlements.pmtiles: the "), said
        if words != "the directory cannot be read":
            assert words in said


def test_tiles_whose_directories_never_end(folder):
    """A directory that points at itself would be read for ever."""
    path = folder / "tiles" / "settlements.pmtiles"
    header = deserialize_header(path.read_bytes()[:127])
    root = serialize_directory([Entry(0, 0, 100, 0)])
    for _ in range(5):  # the length of a directory is part of itself
        root = serialize_directory([Entry(0, 0, len(root), 0)])
    metadata = gzip.compress(b"{}", mtime=0)
    header |= {
        "root_offset": 127,
        "root_length": len(root),
        "leaf_directory_offset": 127,
        "metadata_offset": 127 + len(root),
        "metadata_length": len(metadata),
    }
    path.write_bytes(serialize_header(header) + root + metadata)
    sign(folder)
    assert fault(folder).startswith(
        "tiles/settlements.pmtiles: the directory cannot be read (two entries point at "
        "one directory)"
    )


def test_tiles_in_directories_below_the_first(folder):
    """A large archive has leaf directories; each is read, and its tiles too."""
    path = folder / "tiles" / "settlements.pmtiles"
    header = deserialize_header(path.read_bytes()[:127])
    tile = gzip.compress(b"a tile", mtime=0)
    leaves = [serialize_directory([Entry(n, 0, len(tile), 1)]) for n in (5, 9)]
    root = serialize_directory(
        [Entry(5, 0, len(leaves[0]), 0), Entry(9, len(leaves[0]), len(leaves[1]), 0)]
    )
    metadata = gzip.compress(b"{}", mtime=0)
    parts = [root, metadata, *leaves, tile]
    starts = [127 + sum(map(len, parts[:n])) for n in range(len(parts))]
    header |= {
        "root_offset": starts[0],
        "root_length": len(root),
        "metadata_offset": starts[1],
        "metadata_length": len(metadata),
        "leaf_directory_offset": starts[2],
        "tile_data_offset": starts[4],
    }
    path.write_bytes(serialize_header(header) + b"".join(parts))
    sign(folder)
    assert verify_release(folder)
    path.write_bytes(path.read_bytes()[:-1])
    sign(folder)
    assert "the tile 9 cannot be read" in fault(folder)
