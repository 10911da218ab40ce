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


class GroupedAnswer(About):
    """One reading by hexagon (in the order of the cells' numbers) or by area."""

    of: str
    by: str = Field(description="hexagon, or the level of the areas.")
    ids: list[str] | None = Field(None, description="Of the areas.")
    values: list[float | None] | None = Field(
        None,
        description="Of the areas: by score or verdict the mean gap, by status and "
        "known the share of the people whose value is known.",
    )
    classes: list[str] = Field(
        description='"0", "1", … by the limits of the reading, then words; none of '
        "known."
    )
    class_: list[int | None] = Field(
        alias="class",
        description="Number of the class of each: that of the resident in the middle, "
        "or the word of most; null where no settlement is counted.",
    )
    old: list[int] = Field(
        description="1 where most of those in its class are out of date."
    )
    people: list[list[int]] = Field(description="By class, then by cell or area.")
    settlements: list[list[int]] = Field(description="In the same way.")
