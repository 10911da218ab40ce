"""The demo country as written, and the truth behind it, made once per run."""

from pathlib import Path

import pandas as pd
import pytest

from geo.synthetic.mirror import write_mirror
from geo.synthetic.places import make_settlements
from geo.synthetic.territory import make_territory

SEED, SIZE = 2026, 1200


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """Folder of the demo's files."""
    root = tmp_path_factory.mktemp("mirror")
    write_mirror(root, SEED, SIZE)
    return root / "demo"


@pytest.fixture(scope="session")
def truth():
    """What is true of the demo before the sources spoil it."""
    return make_settlements(SEED, SIZE, make_territory(SEED, SIZE))


@pytest.fixture(scope="session")
def table():
    """Read a delimited file as text, nothing turned into NA."""

    def read(path: Path, separator: str = ",", header: int | None = 0) -> pd.DataFrame:
        return pd.read_csv(
            path, sep=separator, header=header, dtype=str, keep_default_na=False
        )

    return read


@pytest.fixture(scope="session")
def ids(truth):
    """Settlement ids by row."""
    return "demo:" + truth.places["place_id"].astype("str")
