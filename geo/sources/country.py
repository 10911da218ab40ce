"""A country is a folder of declarations: this module reads and checks it.

``data/countries/<cc>/country.yaml`` says which source feeds which layer through
which reader, how complete each supply layer is, and the parameters of the
indicators. The overlay folder (``--data DIR``) wins key by key at the top level.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)
from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.codes import COUNTRY_CODE, is_country_code
from geo.errors import DeclarationError, UnknownCountryError
from geo.settings import declaration_dirs
from geo.sources.robustness_parameters import RobustnessParameters
from geo.sources.vocabulary import nearest
from geo.types import Kind
from geo.yaml_file import read_mapping, read_yaml

Texts = dict[str, str]


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError) as error:
        raise ValueError("no time zone of the IANA list") from error
    return name


def _metric_crs(name: str) -> str:
    try:
        crs = CRS.from_user_input(name)
    except CRSError as error:
        raise ValueError("no coordinate system that PROJ knows") from error
    if not crs.is_projected or crs.axis_info[0].unit_name != "metre":
        raise ValueError("the coordinate system does not measure in metres")
    return name


def _bounds(
    corners: tuple[float, float, float, float],
) -> tuple[float, float, float, float]:
    west, south, east, north = corners
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004
        raise ValueError("must be west, south, east, north in degrees")
    return corners


def _rising(numbers: tuple[float, ...]) -> tuple[float, ...]:
    if not numbers or numbers[0] != 0:
        raise ValueError("the first number must be 0")
    if any(later <= one for one, later in pairwise(numbers)):
        raise ValueError("the numbers must rise, each once")
    return numbers


def classes_of(classes: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the classes that a text names (``a|b``), sorted.

    Raises
    ------
    ValueError
        If a class is not known; names the nearest.
    """
    named, words = classes.split("|"), [*known]
    for kind in named:
        if kind not in words:
            like = ", ".join(nearest(kind, words))
            raise ValueError(f"no class is called {kind!r}; the nearest are {like}")
    return tuple(sorted(named))


def _classes(kinds: dict[str, str]) -> dict[str, str]:
    for classes in kinds.values():
        classes_of(classes, (*Kind, "city"))
    return kinds


#: Lower ends of the bands of people.
Bands = Annotated[tuple[int, ...], AfterValidator(_rising)]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
MetricCrs = Annotated[str, AfterValidator(_metric_crs)]
Bounds = Annotated[tuple[float, float, float, float], AfterValidator(_bounds)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Feed(_Strict):
    """One source read by one reader; the reader's tables say which layers it feeds."""

    source: str
    reader: str
    options: dict[str, Any] = Field(default_factory=dict)
    optional: bool = False


class Operator(_Strict):
    """A mobile operator and the network codes that carry its service.

    ``shared`` lists wholesale networks of others that this operator's customers use.
    """

    id: str
    name: str
    nets: tuple[str, ...]
    shared: tuple[str, ...] = ()
    source: str = ""


class Carrier(_Strict):
    """Who runs buses in some raions; all that serve a raion must be declared."""

    name: str
    areas: tuple[str, ...] = ("*",)
    source: str


class Completeness(_Strict):
    """A statement that a supply list is whole for an area, a kind and a period.

    What nobody has stated to be complete is incomplete. The kind of a timetable is the
    name of its carrier.
    """

    layer: Literal["facilities", "timetable", "cells", "fixed", "roads"]
    kind: str = "*"
    area: str = "*"
    source: str = "*"
    valid_from: date | None = None
    valid_to: date | None = None
    stated_by: str
    note: str = ""


class Assumption(_Strict):
    """One stated, switchable assumption about facilities."""

    id: str
    enabled: bool
    statement: Texts
    kinds: tuple[str, ...]
    at: Literal["raion_centre"]
    stated_by: str


class TravelParameters(_Strict):
    """Straight-line travel: minutes = geodesic km x detour / speed x 60.

    The low bound uses detour 1 and the highest legal speed, the high bound the
    slow detour and the slow speed, from the far edge of the settlement: a disc of its
    people at the density that towns and villages have at least. ``extent_km`` is how
    far a settlement of a class reaches from its point at most, where nothing is known
    of its people.
    """

    detour: Annotated[float, Field(ge=1)]
    speed_kmh: Annotated[float, Field(gt=0)]
    detour_slow: Annotated[float, Field(ge=1)]
    speed_slow_kmh: Annotated[float, Field(gt=0)]
    speed_legal_kmh: Annotated[float, Field(gt=0)]
    density_town_per_km2: Annotated[float, Field(gt=0)] | None = None
    density_village_per_km2: Annotated[float, Field(gt=0)] | None = None
    extent_km: dict[Kind, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)
    source: str


class Parameters(_Strict):
    """Parameters of the indicators, each with its origin in ``sources``."""

    travel: TravelParameters
    ambulance_call_minutes: Annotated[float, Field(ge=0)] = 4.0
    ambulance_call_minutes_low: Annotated[float, Field(ge=0)] = 0.0
    ambulance_call_minutes_high: Annotated[float, Field(ge=0)] = 10.0
    ambulance_speed_legal_kmh: Annotated[float, Field(gt=0)] = 160.0
    cell_radius_km: Annotated[float, Field(gt=0)] = 5.0
    stop_radius_km: Annotated[float, Field(gt=0)] = 1.0
    trip_counting: Literal["directions", "round_trips"] = "directions"
    population_drift_per_year: Annotated[float, Field(ge=0, lt=1)] = 0.03
    settled_level: Annotated[float, Field(gt=0.5, lt=1)] = 0.99
    coverage_floor: Annotated[float, Field(ge=0, le=1)] = 0.6
    deprivation_cutoff: Annotated[float, Field(gt=0, le=1)] = 0.34
    size_bands: Bands = (0, 20, 50, 100, 300, 1000, 5000)
    small_town_people: Annotated[float, Field(gt=0)] = 20_000
    robustness: RobustnessParameters = Field(default_factory=RobustnessParameters)
    sources: Texts = Field(default_factory=dict)


class LevelNames(_Strict):
    """What a level of areas is called here: one of them, and many."""

    one: Texts
    many: Texts


class SyntheticSpec(_Strict):
    """Marks a made-up country: its mirror comes from the generator."""

    seed: int
    settlements: int


class Country(_Strict):
    """Everything that is declared about one country.

    ``freshness_years`` gives, per indicator, how long a value may carry a verdict;
    an indicator that is not named there has no window.
    """

    code: Annotated[str, Field(pattern=f"^{COUNTRY_CODE}$")]
    names: Texts
    languages: tuple[str, ...]
    timezone: TimeZone
    crs_metric: MetricCrs
    bounds: Bounds
    id_scheme: str
    feeds: tuple[Feed, ...]
    parameters: Parameters
    synthetic: SyntheticSpec | None = None
    on: date | None = None
    benchmarks: bool = False
    kinds: Annotated[dict[str, str], AfterValidator(_classes)] = Field(
        default_factory=dict
    )
    kind_default: tuple[Kind, ...] = (Kind.AGROGORODOK, Kind.RURAL)
    level_names: dict[str, LevelNames] = Field(default_factory=dict)
    grid_km: float | None = None
    capital: str = ""
    area_codes: dict[str, str] = Field(default_factory=dict)
    code_scheme: str = "soato"
    standards_from: tuple[str, ...] = ()
    border_tolerance_km: Annotated[float, Field(ge=0)] = 0.0
    operators: tuple[Operator, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    freshness_years: dict[str, float] = Field(default_factory=dict)
    suppliers: dict[str, Texts] = Field(default_factory=dict)
    assumptions: tuple[Assumption, ...] = ()
    folders: tuple[Path, ...] = ()

    def files(self, pattern: str) -> list[Path]:
        """Return this country's declaration files, the overlay's last."""
        return [
            path for folder in self.folders for path in sorted(folder.glob(pattern))
        ]


def country_codes(dirs: Sequence[Path] | None = None) -> list[str]:
    """Return the codes of all declared countries."""
    found = {
        path.parent.name
        for base in dirs or declaration_dirs()
        for path in base.glob("countries/*/country.yaml")
    }
    return sorted(found)


def read_laid(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the keys of several YAML files, those of the later ones winning.

    Raises
    ------
    DeclarationError
        If a file is no YAML, or no mapping.
    """
    declared: dict[str, Any] = {}
    for path in paths:
        declared |= read_mapping(path)
    return declared


def validation_sentence(error: ValidationError) -> str:
    """Return the first faults of a pydantic error as plain words."""
    parts = []
    for fault in error.errors()[:3]:
        key = ".".join(str(part) for part in fault["loc"])
        said = fault["msg"].removeprefix("Value error, ")
        said = said[:1].lower() + said[1:]
        parts.append(f"key {key!r}: {said}, got {fault['input']!r:.60}")
    return "; ".join(parts)


def load_country(code: str, dirs: Sequence[Path] | None = None) -> Country:
    """Read and check ``country.yaml`` and ``assumptions.yaml`` of one country.

    Parameters
    ----------
    code
        Folder name under ``data/countries``, such as ``by``.
    dirs
        Declarations folders, the overlay last; by default the process's own.

    Raises
    ------
    UnknownCountryError
        If no folder has this name; names the known ones.
    DeclarationError
        If a file does not say what it must; names file and key.
    """
    bases = dirs or declaration_dirs()
    folders = tuple(
        base / "countries" / code
        for base in bases
        if is_country_code(code) and (base / "countries" / code).is_dir()
    )
    files = [f / "country.yaml" for f in folders if (f / "country.yaml").is_file()]
    if not files:
        raise UnknownCountryError(
            f"unknown country code {code[:60]!r}",
            where=str(bases[-1] / "countries"),
            remedy=f"Known codes: {', '.join(country_codes(bases)) or 'none'}; "
            "a new country is one more folder with a country.yaml.",
        )
    declared = read_laid(files)
    for folder in folders:
        path = folder / "assumptions.yaml"
        if path.is_file():
            # all of them may be commented out
            stated = {} if read_yaml(path) is None else read_mapping(path)
            declared["assumptions"] = stated.get("assumptions") or []
    try:
        return Country.model_validate(declared | {"code": code, "folders": folders})
    except ValidationError as error:
        raise DeclarationError(
            validation_sentence(error),
            where=str(files[-1]),
            remedy="See docs/countries.md for every key.",
        ) from error
