"""The templates of a page: every text is escaped, and a missing name is an error."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def filled(name: str, **said: Any) -> str:
    """Return a template of this folder, filled in.

    Raises
    ------
    jinja2.UndefinedError
        If the template asks for a name that is not given.
    """
    return _environment().get_template(name).render(said)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
