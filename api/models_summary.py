"""Shape of ``/v1/summary``: what one reading says of the country or an area."""

from pydantic import Field

from api.models import About, Ref, Shape, Texts
from geo.types import Force


class Promise(Shape):
    """The standard that a reading is about."""

    standard: str
    title: str
    force: Force
    norm: str = Field(description="Its rows in force on the day, in words.")
    due: str | None = Field(description="Day by which a target must be kept.")
    days_left: int | None = Field(
        description="From the day of the release; below 0 where it has passed."
    )
    act: str
    responsible: str


class Count(Shape):
    """People, and settlements; those of unknown residents are among the latter."""

    people: int
    settlements: int


class ClassCount(Count):
    """One class of a reading, and who is in it."""

    id: str = Field(description='A word, or the number of a class by limits ("0", …).')
    label: str
    old_people: int = Field(
        description="Of the people, where the value is out of date."
    )
    towns: Count
    small_towns: Count = Field(description="Of the towns, those that certainly are.")
    villages: Count


class WorstItem(Count):
    """A raion, or a settlement, by the people in the bad classes."""

    id: str
    name: str
    names: Texts
    share: float | None = Field(
        description="Of its people in classes other than no norm; null of a settlement."
    )
    said: str | None = Field(description="Of a settlement what is said of it.")


class Worst(Shape):
    """Where it is worst."""

    of: str = Field(
        description="The reading whose classes are counted: of a standard that is not "
        "due, the values that say most of it."
    )
    bad: list[str] = Field(description="Ids of the classes that are counted.")
    only_unknown: bool = Field(
        description="Whether these say no more than that nothing is known."
    )
    what: str = Field(description="Who is counted, in words; empty where nobody is.")
    level: str = Field(description="raion, grid or settlement.")
    items: list[WorstItem]


class Side(Shape):
    """Towns, small towns or villages, counted as the worst places are."""

    side: str = Field(description="town, small_town or village.")
    label: str
    people: int = Field(description="All of whom the reading could speak.")
    bad: int = Field(description="Of these in the bad classes.")
    unknown: int = Field(description="Of these of whom nothing is known.")
    share: float | None = Field(
        description="Bad of all, at least; null where nothing is known of anybody."
    )
    unknown_share: float | None


class Age(Count):
    """Whose values are of one year."""

    year: int


class Supply(Shape):
    """Who could tell what is missing."""

    indicator: str
    label: str
    supplier: str
    people: int = Field(description="Of whom it is not known, or out of date.")


class SummaryAnswer(About):
    """What one reading says of the country or an area, to be read aloud."""

    of: str
    area: Ref
    language: str
    title: str
    topic: str
    caption: str = Field(description="What the picture does not prove; may be empty.")
    promise: Promise | None
    headline: list[str] = Field(description="Sentences.")
    classes: list[ClassCount]
    worst: Worst
    parity: list[Side]
    ages: list[Age]
    out_of_date: int = Field(description="People whose value is out of date.")
    sources: list[str]
    suppliers: list[Supply]
