"""The small tables that a country declares: corrections, centres."""

import csv
from collections.abc import Sequence
from pathlib import Path

from geo.errors import DeclarationError
from geo.sources.table_header import repeated_names
from geo.sources.text import clean_text


def read_table(path: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Read a small declared CSV with these columns.

    Returns
    -------
    list
        Row number as an editor counts it (the header is 1) and cells by column.

    Raises
    ------
    DeclarationError
        If a column is missing or stands twice, a row has too many or too few cells, a
        quotation mark is not closed, or the file is no UTF-8.
    """
    header, *rows = _rows(path) or [(1, [])]
    names = [clean_text(name) for name in header[1]]
    words = [f"column {name!r} is missing" for name in columns if name not in names]
    words += [f"column {name!r} stands twice" for name in repeated_names(names)]
    words += [
        f"row {number} has {len(cells)} cells where the header has {len(names)}"
        for number, cells in rows
        if len(cells) != len(names)
    ]
    if words:
        raise DeclarationError(
            words[0],
            where=str(path),
            remedy=f"The header must be: {','.join(columns)}.",
        )
    return [
        (number, dict(zip(names, map(clean_text, cells), strict=True)))
        for number, cells in rows
    ]


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    rows, before = [], 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            for cells in lines:
                if cells:
                    rows.append((before + 1, cells))
                before = lines.line_num
    except UnicodeDecodeError as error:
        raise DeclarationError(
            "not UTF-8 text", where=str(path), remedy="Save the file as UTF-8."
        ) from error
    except OSError as error:
        raise DeclarationError(
            f"the file cannot be opened ({error.strerror})",
            where=str(path),
            remedy="Check who may read it.",
        ) from error
    except csv.Error as error:
        raise DeclarationError(
            f"not a readable CSV ({error})",
            where=f"{path}, row {before + 1}",
            remedy="Check the quotation marks of this row.",
        ) from error
    return rows
