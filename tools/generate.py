"""Write the files that are made from declarations; a test fails where one drifts.

Run ``.venv/bin/python -m tools.generate`` in the checkout after a column of
``geo/layers/tables_*.py`` or a model of ``api/models*.py`` was changed, or the app
imports another type.
"""

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from api.app import create_app
from tools.tables import tables_document
from tools.typescript import interfaces

ROOT = Path(__file__).parents[1]


def _typescript() -> str:
    with tempfile.TemporaryDirectory() as empty:
        return interfaces(create_app(Path(empty)).openapi(), _imported())


def _imported() -> set[str]:
    """Return the names of types that the app imports from what is generated."""
    sources = (ROOT / "maps/app/src").rglob("*.ts")
    lists = [
        names
        for path in sources
        for names in re.findall(
            r"import type \{([^}]*)\} from '[./\w]*/generated'", path.read_text("utf-8")
        )
    ]
    return {name.split(" as ")[0].strip() for one in lists for name in one.split(",")}


GENERATED: dict[str, Callable[[], str]] = {
    "docs/tables.md": tables_document,
    "maps/app/src/api/generated.ts": _typescript,
}

if __name__ == "__main__":
    for name, made in GENERATED.items():
        (ROOT / name).write_text(made(), encoding="utf-8")
