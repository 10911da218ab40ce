"""What a register says of places that another source lists (CSV).

Their class, their selsovet, whether they are the centre of one, their names. A register
names each place by its id and gives no point. What a row leaves open stays as it is:
not being named proves nothing. Of two kinds for one place none is dropped: the layer
sees both, and the class stays open.
"""

from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, Field

from geo.sources.country import classes_of
from geo.sources.readers.base import Reading
from geo.sources.readers.doubt import DOUBTFUL, doubt
from geo.sources.readers.fields import plain_codes
from geo.sources.readers.names import tidy_names
from geo.sources.readers.rules import (
    Found,
    filled,
    refuse_where,
    rule,
    yes_no_unknown,
)
from geo.sources.readers.table import ColumnOptions, Table, same
from geo.sources.vocabulary import strange_word
from geo.types import Kind

_FACTS = ("name_ru", "name_be", "name_en", "selsovet_name", "selsovet_centre")
_COLUMNS = ("kind", "raion_name", "match", *_FACTS)
_STRANGE = "must be one of … | no kind is called so; …"
_OWN_WORDS = {kind.value: kind.value for kind in Kind}


def _known(kinds: dict[str, str]) -> dict[str, str]:
    for classes in filter(None, kinds.values()):
        classes_of(classes, Kind)
    return kinds


class PlaceRegisterOptions(ColumnOptions):
    """Options of this reader.

    Attributes
    ----------
    kinds
        Word of the file -> class, or several of which it may be one (``a|b``), or
        nothing where the word says nothing of the class. By default the classes' own
        names.
    between
        What stands between several kinds in one cell.
    says
        Our column -> what every row says of it by being in the register.
    doubtful
        What may stand in ``match`` (``*`` for any text) where the row may be of another
        place of that name: its kind then settles nothing, and all else is refused.
    """

    kinds: Annotated[dict[str, str], AfterValidator(_known)] = _OWN_WORDS
    between: str = ""
    says: dict[str, str] = Field(default_factory=dict)
    doubtful: tuple[str, ...] = ()


_At = Reading[PlaceRegisterOptions]


def _said(table: pd.DataFrame, at: _At) -> pd.DataFrame:
    coded = table.assign(place_id=plain_codes(table["place_id"]))
    return coded.assign(**at.options.says)


def _kinds(table: pd.DataFrame, at: _At) -> Found:
    """Return the classes that each cell states, one text for each of its words."""
    words = at.options.kinds
    stated: dict[object, list[str]] = {}
    strange: dict[object, str] = {}
    for index, cell in table["kind"].dropna().items():
        between = at.options.between
        parts = [part.strip() for part in (cell.split(between) if between else [cell])]
        unknown = [part for part in parts if part not in words]
        if unknown:
            strange[index] = strange_word(unknown[0], words, what="kind")
        found = [words[part] for part in parts if words.get(part)]
        stated[index] = list(dict.fromkeys(found))
    cells = pd.Series(stated, dtype="object").reindex(table.index)
    return cells, pd.Series(strange, dtype="str").reindex(table.index)


def _one_statement_a_row(table: pd.DataFrame, _: _At) -> pd.DataFrame:
    return table.explode("kind", ignore_index=True)


def _contested(table: pd.DataFrame, _: _At) -> pd.Series:
    facts = table[["place_id", *_FACTS]].drop_duplicates()
    twice = facts.loc[facts["place_id"].duplicated(keep=False), "place_id"]
    return table["place_id"].isin(twice)


def _places(table: pd.DataFrame, at: _At) -> pd.DataFrame:
    scheme = f"{at.country.id_scheme}:"
    out = table.assign(doubt=doubt(table, at), place_id=scheme + table["place_id"])
    for column in _FACTS:
        out[column] = out[column].mask(out["doubt"].notna())
    out, notes = tidy_names(out)
    at.notes += notes
    return out


read = Table(
    "places",
    same("place_id", *_COLUMNS),
    must=("place_id",),
    optional=_COLUMNS,
    options=PlaceRegisterOptions,
    steps=(
        *filled(place_id="the id of a listed place"),
        _said,
        yes_no_unknown("selsovet_centre"),
        rule("kind", [_STRANGE], _kinds),
        _one_statement_a_row,
        refuse_where(
            "match",
            DOUBTFUL,
            lambda table, at: doubt(table, at).where(table["kind"].isna()),
        ),
        refuse_where(
            "place_id",
            "another row of the register says something else of this place",
            _contested,
        ),
        _places,
    ),
)
