"""What each method behind a value means, in one clause for people."""

from geo.texts import wording


def method_text(method: str | None, language: str) -> str:
    """Return the clause of a method; one without words here stands for itself."""
    if method is None:
        return ""
    return wording("methods", language).get(method, method)
