"""The words of every page, document and answer: ``data/texts/<language>.yaml``.

A language is one file, and all files have the same sections and keys. A section is
named with a dot: ``verdicts.word`` is the verdict in a table, ``verdicts.clause`` the
same as a clause of a sentence.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, NoReturn, TypeVar, get_args

from geo.errors import TextError
from geo.settings import DECLARATIONS
from geo.yaml_file import read_mapping

Spoken = Literal["ru", "be", "en"]
#: the languages that there are texts in, in the order in which readers are offered them
LANGUAGES: Final[tuple[Spoken, ...]] = get_args(Spoken)
FOLDER: Final = DECLARATIONS / "texts"
#: what kinds of facility are called stands with the rest that is said of them
FACILITY_KINDS: Final = DECLARATIONS / "facility_kinds.yaml"

T = TypeVar("T")
#: the forms of a counted noun by class of numbers: one, few, many, other
Forms = dict[str, str]


class Section(dict[str, T]):
    """What one section of one language says; a key that is not there is an error."""

    def __init__(self, content: dict[str, T], where: str) -> None:
        super().__init__(content)
        self.where = where

    def __missing__(self, key: str) -> NoReturn:
        """Say which word of which file is missing."""
        raise TextError(
            f"there is no word {key!r}", where=self.where, remedy="Add it to the file."
        )


def spoken(language: str) -> str:
    """Return the language of the documents; who has none of his own reads Russian.

    >>> spoken("be"), spoken("kk")
    ('be', 'ru')
    """
    return language if language in LANGUAGES else "ru"


@cache
def wording(section: str, language: str) -> Section[str]:
    """Return a section of words and sentences.

    Examples
    --------
    >>> wording("verdicts.word", "ru")["kept"]
    'выполнено'

    Raises
    ------
    TextError
        If the language, the section or (when it is asked for) the word is missing, or
        the section holds something else.
    """
    content, where = _section(section, language)
    for key, text in content.items():
        if not isinstance(text, str):
            raise _unlike(key, "a text", where)
    return Section(content, where)


@cache
def noun_forms(section: str, language: str) -> Section[Forms]:
    """Return a section of counted nouns: key -> class of numbers -> form.

    Examples
    --------
    >>> noun_forms("nouns", "ru")["villages"]["few"]
    'деревни'

    Raises
    ------
    TextError
        As :func:`wording`.
    """
    content, where = _section(section, language)
    for key, forms in content.items():
        if not isinstance(forms, dict) or not {"one", "other"} <= forms.keys():
            raise _unlike(key, "forms after numbers (one: …, other: …)", where)
    return Section(content, where)


@cache
def lexicon(language: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return all that the file of a language holds, and the words of facilities.

    Raises
    ------
    TextError
        If there is no such file.
    DeclarationError
        If it is no YAML.
    """
    path = folder / f"{language}.yaml"
    if not path.is_file():
        raise TextError(
            f"there are no texts in the language {language!r}",
            where=str(path),
            remedy=f"There are: {', '.join(LANGUAGES)}.",
        )
    kinds = read_mapping(FACILITY_KINDS)["facility_kinds"]
    words = {
        use: {kind["id"]: kind[use][language] for kind in kinds}
        for use in ("choice", "way")
    }
    return read_mapping(path) | {"facility_kinds": words}


def _section(section: str, language: str) -> tuple[dict[str, Any], str]:
    where = f"{FOLDER / language}.yaml, {section}"
    content: Any = lexicon(language)
    for part in section.split("."):
        content = content.get(part) if isinstance(content, dict) else None
    if not isinstance(content, dict):
        raise TextError("there is no such section", where=where, remedy="Add it.")
    return content, where


def _unlike(key: str, wanted: str, where: str) -> TextError:
    return TextError(f"{key!r} is not {wanted}", where=where, remedy="Mend the file.")
