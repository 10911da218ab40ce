"""Places of another country whose point lies inside our outlines."""

from collections.abc import Mapping

import pandas as pd

from geo.sources.country import Country
from geo.sources.declared_csv import read_table
from geo.sources.result import Rejections
from geo.sources.vocabulary import strange_word

FOREIGN_COLUMNS = ("id", "country", "reason", "source")
_CODE_LETTERS = 2


def mark_foreign(
    places: pd.DataFrame, country: Country
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add the column ``foreign``: the country of a place that is not of this one.

    ``foreign.csv`` of the country names such places; an outline cannot tell them, as
    a wrong point may lie well inside.

    Parameters
    ----------
    places
        Column ``id``.

    Returns
    -------
    tuple
        The places, and the declared lines that name no place or no other country.
    """
    refused = Rejections("declared", "foreign.csv")
    known = dict.fromkeys(places["id"])
    said: dict[str, str] = {}
    for path in country.files("foreign.csv"):
        for number, line in read_table(path, FOREIGN_COLUMNS):
            fault = _fault(line, known, country)
            if fault:
                field, reason = fault
                refused.add(row=number, field=field, value=line[field], reason=reason)
            else:
                said[line["id"]] = line["country"]
    return places.assign(foreign=places["id"].map(said).astype("str")), refused.frame()


def _fault(
    line: Mapping[str, str], known: Mapping[str, None], country: Country
) -> tuple[str, str] | None:
    """Return the column of a line that is wrong, and why; None where it is right."""
    if line["id"] not in known:
        return "id", strange_word(line["id"], known, what="settlement")
    code = line["country"]
    plain = code.isascii() and code.isalpha() and code.islower()
    if not plain or len(code) != _CODE_LETTERS or code == country.code:
        return "country", "must be the code of another country, two letters, as pl"
    return None
