"""Text as it is stored and compared: one spelling, and nothing that is not seen.

macOS writes й as и with a breve, a web page brings blanks that do not break, a hostile
source brings escapes of the terminal and marks that turn the direction of writing. All
texts of all readers pass here: cell by cell where a table is read, and once more in
:func:`geo.sources.result.canonical`, behind which nothing of this is left.
"""

import re
import unicodedata

import pandas as pd

#: what tells a terminal to change colours, move the cursor, rename the window
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_]"
)
#: controls that are no blanks, soft hyphens, marks of zero width or of direction. The
#: joiners (U+200C, U+200D) go too: no language of the countries here needs them
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BLANKS = re.compile(r"\s+")
_LATIN, _CYRILLIC = r"[A-Za-z]", r"[\u0400-\u04ff]"
#: where a hand on the wrong keyboard layout has changed the script within a word
MIXED_SCRIPTS = f"{_LATIN}{_CYRILLIC}|{_CYRILLIC}{_LATIN}"
_LOOKALIKES = ("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху")
_TO_CYRILLIC = str.maketrans(*_LOOKALIKES)
_TO_LATIN = str.maketrans(*_LOOKALIKES[::-1])
#: a letter that may need a look: all but ASCII, the rest of Latin, and Cyrillic
_SUSPECT = (
    "[^\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027№]"
    "|^ | $|  "
)


def clean_text(text: str) -> str:
    r"""Return a text in NFC, on one line, without what is not seen.

    Examples
    --------
    >>> clean_text(" Малые\u00a0\u00a0Ляды\n")
    'Малые Ляды'
    >>> clean_text("За\u00adреч\u200bный")
    'Заречный'
    >>> clean_text("\x1b[31mБор\x1b[0m \u202eдоро\u202c")
    'Бор доро'
    """
    seen = _UNSEEN.sub("", _ESCAPES.sub("", text))
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", seen)).strip()


def one_script(text: str) -> str:
    """Return a text with each word in one script, where look-alikes mix two.

    Cyrillic comes first; a word that has letters of only one script stays as it is, and
    so does one that holds letters of both without a look-alike.

    Examples
    --------
    >>> [one_script(name) == "Сосны Vilnius" for name in ("Cосны Vilnius", "Cocны")]
    [True, False]
    >>> one_script("Vilniuѕ"), one_script("Pесk") == "Peck"
    ('Vilniuѕ', True)
    """
    if not re.search(MIXED_SCRIPTS, text):
        return text
    return " ".join(_word_in_one_script(word) for word in text.split(" "))


def _word_in_one_script(word: str) -> str:
    if re.search(MIXED_SCRIPTS, word):
        for table, other in ((_TO_CYRILLIC, _LATIN), (_TO_LATIN, _CYRILLIC)):
            if not re.search(other, mended := word.translate(table)):
                return mended
    return word


def clean_column(column: pd.Series) -> pd.Series:
    r"""Return a text column with every text clean; one of which nothing is left is NA.

    Examples
    --------
    >>> clean_column(pd.Series(["Бор ", "Бор", "\u200b", None], dtype="str")).tolist()
    ['Бор', 'Бор', nan, nan]
    """
    suspect = column.str.contains(_SUSPECT, regex=True, na=False)
    if not suspect.any():
        return column
    out = column.copy()
    out[suspect] = [clean_text(text) or None for text in column[suspect]]
    return out
