"""The header of a table: where a column stands twice, nobody knows which one holds."""

from collections.abc import Sequence

from geo.sources.text import clean_text


def repeated_names(header: Sequence[str | None]) -> list[str]:
    """Return the names that stand again, each as it is written the second time.

    Names that differ only by case, blanks or letters that are not seen are one name to
    whoever writes the table. Columns without a name may be many.

    Examples
    --------
    >>> repeated_names(["value", "", "Value ", "date", ""])
    ['Value ']
    """
    seen: set[str] = set()
    again = []
    for name in header:
        key = clean_text(name or "").casefold()
        if key and key in seen:
            again.append(str(name))
        seen.add(key)
    return again
