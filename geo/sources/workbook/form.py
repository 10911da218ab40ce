"""The form as ``data/forms/workbook.yaml`` declares it, with its words.

Titles are Russian, every explanation stands in Russian and Belarusian: all of them in
``data/texts`` under ``workbook``. The writer lays the form out, the reader checks
against it; this module only reads it.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Final, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo.errors import DeclarationError
from geo.settings import DECLARATIONS
from geo.sources.country import validation_sentence
from geo.texts import wording
from geo.yaml_file import read_mapping

FILE: Final = DECLARATIONS / "forms" / "workbook.yaml"
SETTLEMENTS: Final = "settlements"
Operators = tuple[tuple[str, str], ...]
_OPERATOR: Final = "{operator}"
#: the settlement of a row, among what two rows may not share
PLACE: Final = "place"


class Cell(StrEnum):
    """What a cell holds, and so how it is read."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    NUMBER = "number"
    DEGREES = "degrees"
    DATE = "date"
    DAY = "day"  # a date, or a year alone
    CHOICE = "choice"
    WEEKDAYS = "weekdays"
    TIMES = "times"
    CONFIRM = "confirm"  # a date, or "да"
    INFO = "info"  # written for the clerk, never read


class Unit(StrEnum):
    """What one touch of the clerk declares: see :func:`.content.declare`."""

    CELL = "cell"
    ROW = "row"
    SETTLEMENT = "settlement"
    SHEET = "sheet"


class Choice(NamedTuple):
    """One entry of a drop-down; both languages are accepted, Russian is written."""

    code: str
    ru: str
    be: str


class Words(NamedTuple):
    """Title and explanation of a sheet or column, Russian and Belarusian."""

    title: str
    help: str
    title_be: str
    help_be: str


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Part(_Entry):
    since: int = 1


class ColumnEntry(_Part):
    """One column as the file declares it; the head of the file explains each key."""

    cell: Cell
    width: Annotated[int, Field(gt=0, le=255)] = 14
    choices: str = ""
    only: tuple[str, ...] = ()
    feeds: str = ""
    indicator: str = ""
    required: bool = False
    locked: bool = False
    silent: bool = False
    maximum: float | None = None
    per_operator: bool = False

    @model_validator(mode="after")
    def _drop_down(self) -> Self:
        if (self.cell is Cell.CHOICE) != bool(self.choices):
            raise ValueError(
                "choices belong to a cell of kind choice, and each has them"
            )
        return self


class Column(ColumnEntry):
    """One column of a sheet, with its words and the entries of its drop-down."""

    key: str
    said: Words
    options: tuple[Choice, ...] = ()

    @property
    def title(self) -> str:
        """The header of the column."""
        return self.said.title

    @property
    def states(self) -> bool:
        """Tell whether a value here says something about the place itself."""
        return not self.silent and self.cell is not Cell.INFO


class _Rules(_Part):
    unit: Unit
    place: Literal["own", "any", "optional"] = "optional"
    row_key: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    table: Literal["", "places", "facilities", "fixed"] = ""


class SheetEntry(_Rules):
    """One sheet as the file declares it."""

    columns: dict[str, ColumnEntry | None]

    @model_validator(mode="after")
    def _named(self) -> Self:
        unknown = {*self.row_key, *self.once} - {*self.columns, PLACE}
        if unknown:
            raise ValueError(f"row_key and once name no column {min(unknown)!r}")
        feeding = [
            key for key, column in self.columns.items() if column and column.feeds
        ]
        if feeding and not self.table:
            raise ValueError(
                f"the column {feeding[0]!r} feeds a table, which is not named"
            )
        return self


class Sheet(_Rules):
    """One sheet: one layer."""

    key: str
    said: Words
    columns: tuple[Column, ...] = Field(repr=False)

    @property
    def title(self) -> str:
        """The name of the sheet."""
        return self.said.title

    def column(self, key: str) -> Column:
        """Return the column with this key."""
        return next(column for column in self.columns if column.key == key)


class Form(_Entry):
    """All that the file declares; its comments explain each key."""

    version: int
    shared: dict[str, ColumnEntry]
    sheets: dict[str, SheetEntry]
    confirmed: Annotated[tuple[str, ...], Field(min_length=1)]
    place_words: tuple[str, ...]
    weekdays: Annotated[tuple[tuple[str, ...], ...], Field(min_length=7, max_length=7)]
    day_words: dict[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _shared(self) -> Self:
        for name, sheet in self.sheets.items():
            told: list[_Part] = [sheet, *filter(None, sheet.columns.values())]
            if max(part.since for part in told) > self.version:
                raise ValueError(f"the sheet {name!r} is of a later version than all")
            bare = [key for key, column in sheet.columns.items() if column is None]
            if missing := [key for key in bare if key not in self.shared]:
                raise ValueError(
                    f"column {missing[0]!r} of the sheet {name!r} says nothing and is "
                    "not among shared"
                )
        return self


@cache
def declared(path: Path = FILE) -> Form:
    """Read the declaration of the form.

    Raises
    ------
    DeclarationError
        If the file does not say what it must; names file and key.
    """
    try:
        return Form.model_validate(read_mapping(path))
    except ValidationError as error:
        raise DeclarationError(
            validation_sentence(error),
            where=str(path),
            remedy="The comment at the head of the file explains every key.",
        ) from error


@cache
def form(
    operators: Operators, version: int | None = None, path: Path = FILE
) -> Mapping[str, Sheet]:
    """Return the data sheets of the form, in their order, by key.

    Parameters
    ----------
    operators
        Id and name of each mobile operator of the country: one column each.
    version
        Leave out what is not in forms of this version; None: leave out nothing.
    path
        The declaration.

    Raises
    ------
    DeclarationError
        As :func:`declared`.
    TextError
        If a sheet, a column or a drop-down has no words; names file and section.

    Examples
    --------
    >>> [sheet.title for sheet in form((("a1", "A1"),)).values()][:3]
    ['Населённые пункты', 'Объекты', 'Рейсы']
    """
    read = declared(path)
    latest = read.version if version is None else version
    sheets = {}
    for key, entry in read.sheets.items():
        if entry.since > latest:
            continue
        columns: list[Column] = []
        for name, own in entry.columns.items():
            column = own or read.shared[name]
            section = f"workbook.columns.{key if own else 'shared'}.{name}"
            if column.since <= latest:
                columns += _columns(column, name, section, operators)
        rules = entry.model_dump(exclude={"columns"})
        said = _words(f"workbook.sheets.{key}")
        sheets[key] = Sheet(key=key, said=said, columns=tuple(columns), **rules)
    return sheets


def _columns(
    entry: ColumnEntry, name: str, section: str, operators: Operators
) -> list[Column]:
    """Return a column with its words; where there is one per operator, all of them."""
    options = _options(entry.choices, entry.only) if entry.choices else ()
    rules = entry.model_dump()
    if not entry.per_operator:
        return [Column(key=name, said=_words(section), options=options, **rules)]
    return [
        Column(
            key=f"{name}.{code}",
            said=_words(section, operator),
            options=options,
            **rules | {"indicator": f"{entry.indicator}.{code}"},
        )
        for code, operator in operators
    ]


def _words(section: str, operator: str = "") -> Words:
    ru, be = (wording(section, language) for language in ("ru", "be"))
    texts = (ru["title"], ru["help"], be["title"], be["help"])
    return Words(*(text.replace(_OPERATOR, operator) for text in texts))


def _options(section: str, only: tuple[str, ...]) -> tuple[Choice, ...]:
    ru, be = (wording(section, language) for language in ("ru", "be"))
    return tuple(Choice(code, ru[code], be[code]) for code in only or ru)


def completeness_lists() -> dict[str, str]:
    """Return code -> Russian title of every list that may be declared complete."""
    titles = wording("workbook.lists", "ru")
    kinds = form(())["facilities"].column("kind").options
    facilities = titles["facilities"]
    return {
        f"facilities:{kind.code}": facilities.format(kind=kind.ru) for kind in kinds
    } | {code: title for code, title in titles.items() if code != "facilities"}


def part(key: str) -> str:
    """Return the name of a sheet that holds no data.

    Of these ``lists`` (the drop-downs), ``meta`` (where the form comes from) and
    ``originals`` (what was filled in) are hidden.
    """
    return wording("workbook.parts", "ru")[key]


def sender_label(key: str) -> str:
    """Return what the sheet about the sender asks: ``office``, ``post`` or ``date``.

    >>> sender_label("office")
    'Учреждение / Установа'
    """
    return " / ".join(wording("workbook.sender", code)[key] for code in ("ru", "be"))
