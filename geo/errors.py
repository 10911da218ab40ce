"""Named errors that say what is wrong, where, and what to do next.

Every error a user can meet is a :class:`ParitetError`. Its message is one sentence
in three parts; the command line prints it and exits with 2, the API turns it into
RFC 9457 problem+json.
"""


class ParitetError(Exception):
    """What is wrong, where it is, and the next step.

    Parameters
    ----------
    what
        The fault, with the bad value quoted.
    where
        File, row and column, key, or address; empty where there is none.
    remedy
        What the reader of the message can do about it.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the one sentence that a user sees."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head.rstrip('.')}. {self.remedy}".strip() if self.remedy else head


class DeclarationError(ParitetError):
    """A file under ``data/`` (country, source, standard) does not say what it must."""


class TextError(DeclarationError):
    """A word, a section or a language is missing under ``data/texts``."""


class UnknownCountryError(DeclarationError):
    """No folder ``data/countries/<cc>`` for this country code."""


class FetchError(ParitetError):
    """A source could not be brought from the mirror or the publisher."""


class HashMismatchError(FetchError):
    """The bytes that arrived are not the bytes that ``sources.csv`` promises."""


class SourceFormatError(ParitetError):
    """A source file as a whole cannot be read (one bad row is only rejected)."""


class LayerError(ParitetError):
    """Sources that cannot be joined into a layer."""


class RoadError(ParitetError):
    """Roads, times or points from which no road graph or way can be made."""


class TimetableError(ParitetError):
    """A timetable cannot be edited or searched as asked."""


class WorkbookError(ParitetError):
    """A raion workbook with faults; nothing of it was taken."""


class ReleaseError(ParitetError):
    """A release that is missing, half-written or of an unknown schema version."""


class BuildLockedError(ReleaseError):
    """Another build of the same country is running."""


class NotFoundError(ParitetError):
    """An id or name that the release does not hold."""


class DependencyError(ParitetError):
    """A package or program that is not installed, where only some need it."""


class ComparisonError(ParitetError):
    """Two releases that cannot be compared as they were asked to be."""


class ServeError(ParitetError):
    """The server cannot start, for example because the port is taken."""
