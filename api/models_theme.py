"""Shape of ``/v1/theme``: what the map draws with."""

from typing import Any

from pydantic import Field

from api.models import About, NormSource, Pair, Shape, Texts
from geo.types import Force


class Classes(Shape):
    """Limits between classes, and one colour more than limits."""

    breaks: list[float]
    colours: list[str]


class ValueClasses(Classes):
    """Those of an indicator."""

    labels: list[Texts] | None = Field(
        None,
        description="What each is called, where each is one figure: yes, 4G, a level.",
    )


class EstimatedInfo(Shape):
    """A probability that the release holds estimates of."""

    indicator: str
    label: Texts
    meaning: Texts


class AllClasses(Shape):
    """The classes of what is no value of an indicator."""

    gap: Classes
    share_known: Classes
    people: Classes


class Fill(Shape):
    """How what is unknown is drawn."""

    fill: str
    stroke: str
    pattern: str


class Mark(Fill):
    """How a verdict or a status is drawn and called."""

    id: str
    label: Texts


class HexagonInfo(Shape):
    """A size of hexagons: layer `hexagons_<resolution>` of the tiles `hexagons`."""

    resolution: int = Field(description="Of H3.")
    from_: int = Field(alias="from", description="First zoom of the map.")
    to: int = Field(description="Zoom from which they are no longer drawn.")


class Size(Shape):
    """Radius of a settlement by its population, and by zoom."""

    population: list[float]
    radius: list[float]
    unknown: float
    zoom_factor: list[Pair]


class DomainInfo(Shape):
    """A domain."""

    id: str
    label: Texts


class IndicatorInfo(Shape):
    """An indicator."""

    code: str
    domain: str
    unit: str
    better: str
    freshness_years: float | None
    derived: bool = Field(
        description="Worked out from what others are worked out from: it does not "
        "count twice."
    )
    quantity: str = Field(description="number, count (of things) or ordinal.")
    classes: ValueClasses | None = Field(
        description="How maps draw its values, the worse the stronger; null where they "
        "do not, or where it has no value."
    )
    label: Texts
    supplier: Texts


class FacilityInfo(Shape):
    """A kind of facility of which the release lists some."""

    kind: str
    count: int


class StandardInfo(Shape):
    """A standard."""

    id: str
    domain: str
    indicator: str
    unit: str
    title: Texts
    responsible: Texts
    force: Force
    unit_of_assessment: str
    acts: list[NormSource]
    act: str
    revision: str
    confidence: str
    assumed: list[str] = Field(
        description="Marks of its verdicts that may rest on assumed values."
    )


class SourceInfo(Shape):
    """A source; an assumption has no more than words."""

    title: str
    attribution: Texts
    version: str | None = None
    date: str | None = None
    licence: str | None = None
    url: str | None = None


class Attribution(Shape):
    """A line of attribution."""

    text: Texts
    url: str | None
    licences: list[str]


class ThemeCountry(Shape):
    """The country."""

    code: str
    names: Texts
    languages: list[str]
    bounds: list[float]


class Colours(Shape):
    """Whatever of the theme has a colour, but the classes of indicators."""

    colours: Texts
    verdicts: list[Mark]
    assumed_verdicts: list[Mark] = Field(
        description="Marks of verdicts on assumed values, such as kept:assumed."
    )
    statuses: list[Mark]
    estimates: list[Mark] = Field(
        description="How what a model says is drawn: found, or a band, or none."
    )
    unknown: Fill
    stale: Mark = Field(description="A value that is out of date.")
    classes: AllClasses


class Topic(Shape):
    """A heading of the first page."""

    id: str
    label: Texts
    subjects: list[str] = Field(description="The one that says most stands first.")


class Theme(About, Colours):
    """Texts, colours, breaks and labels of the map."""

    dark: Colours = Field(
        description="The same where the reader's system is dark. The classes of "
        "indicators have the colours of `classes.gap`."
    )
    default_view: str
    numbered_tiles: bool = Field(
        description="Whether the features of the settlement tiles bear the numbers of "
        "/v1/readings; before version 7 of the tables they bear ids."
    )
    archives: list[str] = Field(description="Names of the tile archives.")
    country: ThemeCountry
    languages: list[str]
    text_fallback: Texts
    texts: dict[str, dict[str, dict[str, str | Texts]]] = Field(
        description="Language, section, key; a counted noun has one text per class of "
        "numbers."
    )
    known_statuses: list[str]
    estimated: list[EstimatedInfo]
    without_value: list[str] = Field(description="Statuses that have no value.")
    size: Size
    topics: list[Topic] = Field(
        description="Headings of the first page that have subjects, in their order."
    )
    first: str = Field(description="The subject with which the page opens.")
    hexagons: list[HexagonInfo] = Field(
        description="Coarsest first; none where a country is small, or the release "
        "has no tiles of them."
    )
    domains: list[DomainInfo]
    indicators: list[IndicatorInfo]
    standards: list[StandardInfo]
    operators: list[dict[str, Any]]
    facilities: list[FacilityInfo]
    sources: dict[str, SourceInfo]
    attributions: list[Attribution]
