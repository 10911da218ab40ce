"""Declared corrections of the census: rows given to places by hand."""

import pandas as pd

from geo.sources.country import Country
from geo.sources.declared_csv import read_table
from geo.sources.result import Rejections
from geo.sources.vocabulary import strange_word

CORRECTION_COLUMNS = ("table", "key", "field", "value", "reason", "source")
#: what stands in the columns of a correction
_WHAT = {"table": "table", "field": "field", "key": "census row", "value": "settlement"}


def give(rows: pd.DataFrame, index: int, place: str, note: str) -> None:
    """Give a census row to a place that is not the provider's match."""
    rows.at[index, "settlement_id"] = place
    rows.at[index, "outcome"] = "corrected"
    rows.at[index, "note"] = note


def corrected(
    rows: pd.DataFrame, country: Country, places: pd.DataFrame
) -> pd.DataFrame:
    """Apply the declared corrections; return those that found no row or place."""
    key = rows["code"].astype("str") + "|" + rows["name"].astype("str")
    known: dict[str, dict[str, None]] = {
        name: dict.fromkeys(words)
        for name, words in (
            ("table", ["census"]),
            ("field", ["settlement_id"]),
            ("key", key),
            ("value", places["id"]),
        )
    }
    refused = Rejections("declared", "corrections.csv")
    for path in country.files("corrections.csv"):
        for number, line in read_table(path, CORRECTION_COLUMNS):
            field = next(
                (name for name, own in known.items() if line[name] not in own), ""
            )
            if field:
                reason = strange_word(line[field], known[field], what=_WHAT[field])
                refused.add(row=number, field=field, value=line[field], reason=reason)
                continue
            note = f"{line['reason']} ({line['source']})"
            for index in rows.index[key == line["key"]]:
                give(rows, index, line["value"], note)
    return refused.frame()
