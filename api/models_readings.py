"""Shape of ``/v1/readings`` and ``/v1/places``: what the map joins to its tiles."""

from pydantic import Field

from api.models import About


class PlacesAnswer(About):
    """Ids, names and raions of all settlements."""

    ids: list[str] = Field(description="By the number of the feature in the tiles.")
    names: list[str | None] = Field(description="In the same order.")
    raions: list[str] = Field(description="Ids of the raions that have settlements.")
    raion: list[int | None] = Field(description="Numbers of the raions, as the names.")


class ReadingAnswer(About):
    """One thing that is said of all settlements, by the number of the feature."""

    of: str
    words: list[str] | None = Field(None, description="The words that are said.")
    coded: list[int | None] | None = Field(None, description="Numbers of the words.")
    values: list[float | None] | None = Field(
        None, description="In the unit of the indicator; of a score its mean gap."
    )
    bound: list[int] | None = Field(
        None, description="0: it is the value; 1: there may be more; 2: or less."
    )
    days: list[str] | None = Field(None, description="The days of the values.")
    day: list[int | None] | None = Field(None, description="Numbers of the days.")
