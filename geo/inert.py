"""Text from data on its way out: shown, never obeyed.

A name comes from a file that anybody may edit. A terminal, a log, a spreadsheet or a
browser would obey some characters of it; what leaves passes here or through a library
that escapes for its own format.
"""

import re
from typing import Any

import orjson

#: Control characters, bidirectional controls (they reorder what stands beside them),
#: line separators, halves of characters, and what XML 1.0 may not hold.
_OBEYED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
#: A spreadsheet computes a cell that begins so. Half the world's Excel parts a CSV at
#: semicolons, so that a cell may begin inside ours; East Asian ones take wide signs.
FORMULA = r"(^|[;\t\r\n])(\s*)([=+\-@＝＋－＠])"
UNFORMULA = r"\1\2'\3"
_FORMULA = re.compile(FORMULA)


def visible(text: str, *, keep: str = "") -> str:
    r"""Return a text whose control characters are written out.

    Parameters
    ----------
    text
        Any text.
    keep
        Characters that stay, such as line breaks of a report.

    Examples
    --------
    >>> visible("Новая\x1b[2J\r\n✗ all is well")
    'Новая\\u001b[2J\\u000d\\u000a✗ all is well'
    >>> visible("one\ntwo", keep="\n")
    'one\ntwo'
    """
    return _OBEYED.sub(
        lambda found: found[0] if found[0] in keep else f"\\u{ord(found[0]):04x}", text
    )


def no_formula(cell: Any) -> Any:
    """Return a cell of a CSV that no spreadsheet takes for a formula.

    An apostrophe goes before the sign, as OWASP's "CSV Injection" advises; in a file
    that programs read as well nothing else can. What is no text stays as it is.

    Examples
    --------
    >>> no_formula("=1+1"), no_formula("Ёлка;-1"), no_formula("по-над"), no_formula(-1)
    ("'=1+1", "Ёлка;'-1", 'по-над', -1)
    """
    return _FORMULA.sub(UNFORMULA, cell) if isinstance(cell, str) else cell


def json_script(document: Any) -> str:
    """Return JSON for a ``<script type="application/json">``.

    No text of it can end the element or begin a comment, for it holds no ``<``.
    """
    return orjson.dumps(document).decode().replace("<", "\\u003c")
