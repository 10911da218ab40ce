"""The small tables that are declared: sources, corrections, centres."""

import csv
from collections.abc import Collection, Sequence
from pathlib import Path

from geo.errors import DeclarationError
from geo.sources.table_header import repeated_names
from geo.sources.text import clean_text

_SHOWN = 60


def read_table(
    path: Path,
    columns: Sequence[str],
    *,
    only: Collection[str] = (),
    exact: Collection[str] = (),
) -> list[tuple[int, dict[str, str]]]:
    """Read a small declared CSV.

    Parameters
    ----------
    path
        The file.
    columns
        That it must have.
    only
        If any, all that it may have.
    exact
        Columns of paths and addresses, which are what they are.

    Returns
    -------
    list
        Row number as an editor counts it (the header is 1) and clean cells by column.

    Raises
    ------
    DeclarationError
        If a column is missing, unknown or stands twice, a row has too many or too few
        cells, a quotation mark is not closed, or the file is no UTF-8.
    """
    (_, header), *rows = _rows(path) or [(1, [])]
    names = [clean_text(name) for name in header]
    words = [f"column {name!r} is missing" for name in columns if name not in names]
    words += [
        f"column {name!r} is unknown" for name in names if only and name not in only
    ]
    words += [f"column {name!r} stands twice" for name in repeated_names(names)]
    if words:
        raise DeclarationError(
            "; ".join(words),
            where=f"{path}, row 1",
            remedy=f"The header must be: {','.join(columns)}.",
        )
    for number, cells in rows:
        if len(cells) != len(names):
            raise DeclarationError(
                f"{len(cells)} cells where the header has {len(names)}: "
                f"{','.join(cells)[:_SHOWN]!r}",
                where=f"{path}, row {number}",
                remedy="Put quotation marks around a text that holds a comma.",
            )
    return [
        (
            number,
            {
                name: cell.strip() if name in exact else clean_text(cell)
                for name, cell in zip(names, cells, strict=True)
            },
        )
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
