"""The words of the instruction sheet, Russian and Belarusian side by side."""

from geo.texts import wording


def _sender(key: str) -> str:
    return " / ".join(wording("workbook.sender", code)[key] for code in ("ru", "be"))


SENDER_OFFICE = _sender("office")
SENDER_POST = _sender("post")
SENDER_DATE = _sender("date")


def instruction() -> list[tuple[str, str]]:
    """Return the paragraphs of the instruction sheet: Russian, Belarusian.

    Examples
    --------
    >>> instruction()[0]
    ('Как заполнить форму', 'Як запоўніць форму')
    """
    return list(zip(_paragraphs("ru"), _paragraphs("be"), strict=True))


def _paragraphs(language: str) -> list[str]:
    said = wording("workbook.instruction", language)
    steps = [f"{n}. {said[str(n)]}" for n in range(1, len(said))]
    return [said["title"], *steps]
