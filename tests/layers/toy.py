"""A country of two raions that can be checked on paper.

Raion A (Алый) lies west of 27.5° E, raion B (Белый) east of it, both from 53.0° to
53.5° N. In A lies the town Алый, cut out of the raion as in the real polygons. The
census is of 2024, the official totals of 2025, the day 1 January 2026; populations
may drift by half a year by year, so that a value of 2024 may be off by 1.5² = 2.25.
"""

from datetime import date
from functools import lru_cache

import geopandas as gpd
import pandas as pd
import shapely

from geo.indicators.context import Measuring
from geo.layers.harmonise import harmonise
from geo.layers.inputs import Inputs, stack
from geo.layers.model import Layers
from geo.sources.country import Country
from geo.sources.feeding import Feeding
from geo.sources.result import ReadResult, Rejections
from geo.travel.engine import StraightLine

ON = date(2026, 1, 1)
TOWN = shapely.box(27.20, 53.20, 27.26, 53.24)
RAION_A = shapely.box(27.0, 53.0, 27.5, 53.5).difference(TOWN)
RAION_B = shapely.box(27.5, 53.0, 28.0, 53.5)

#: id, name, lon, lat
PLACES = [
    ("town", "Алый", 27.23, 53.22),
    ("dubrava", "Дубрава", 27.10, 53.10),
    ("lipki", "Липки", 27.12, 53.12),
    ("hutor", "Хутор", 27.48, 53.30),
    ("sosny", "Сосны", 27.60, 53.10),
    ("lipki-b", "Липки", 27.70, 53.20),
    ("krinica-b", "Криница", 27.80, 53.20),
    ("dalniy", "Дальний", 27.90, 53.40),
    ("sosny-again", "Сосны", 27.601, 53.101),
    ("abroad", "Заграница", 29.0, 53.2),
]
#: code, raion, type, name, people, place of the provider's match
CENSUS = [
    ("1204501000", "Алый р-н", "г", "Алый", 1100, "town"),
    ("1204804000", "Алый р-н", "д", "Дубрава", 200, "dubrava"),
    ("1204804000", "Алый р-н", "п", "Дубрава", 120, "dubrava"),
    ("1204804000", "Алый р-н", "д", "Липки", 150, "lipki-b"),
    ("1204808000", "Алый р-н", "д", "Криница", 110, "krinica-b"),
    ("1208804000", "Белый р-н", "д", "Сосны", 300, "sosny"),
    ("1208804000", "Белый р-н", "д", "Ельня", 130, None),
    ("1401365000", "г. Большой", None, "Первый район", 9000, None),
]
#: level, raion, name, total, urban, rural
OFFICIAL = [
    ("country", None, "Страна", 1950, 1000, 950),
    ("oblast", None, "Первая область", 1950, 1000, 950),
    ("raion", None, "Алый район", 1500, 1000, 500),
    ("raion", None, "Белый район", 450, 0, 450),
    ("town", "Алый район", "г. Алый", 1000, 1000, 0),
]
TRAVEL = {
    "detour": 1.2,
    "speed_kmh": 60,
    "detour_slow": 2.0,
    "speed_slow_kmh": 30,
    "speed_legal_kmh": 120,
    "source": "toy",
}
DECLARED = {
    "code": "ty",
    "names": {"ru": "Страна", "en": "Toy"},
    "languages": ("ru", "en"),
    "timezone": "Europe/Minsk",
    "crs_metric": "EPSG:32635",
    "bounds": (26.0, 52.0, 30.0, 54.0),
    "id_scheme": "ty",
    "kinds": {
        "г": "city",
        "д": "agrogorodok|rural",
        "п": "agrogorodok|rural",
        "аг": "agrogorodok",
    },
    "feeds": (),
    "parameters": {"travel": TRAVEL, "population_drift_per_year": 0.5},
    "operators": (
        {"id": "one", "name": "One", "nets": ("1",), "shared": ("6",)},
        {"id": "two", "name": "Two", "nets": ("2",)},
    ),
}


def country(**changes: object) -> Country:
    """Return the declarations of the toy country."""
    return Country.model_validate(DECLARED | changes)


def places(rows=PLACES, **columns) -> pd.DataFrame:
    """Return canonical places; ``columns`` add values by id."""
    table = pd.DataFrame(rows, columns=["place_id", "name_ru", "lon", "lat"])
    table["place_id"] = "ty:" + table["place_id"]
    table["duplicate_of"] = table["place_id"].map({"ty:sosny-again": "ty:sosny"})
    for column, values in columns.items():
        table[column] = table["place_id"].map(values)
    return table


def census(rows=CENSUS) -> pd.DataFrame:
    """Return the canonical census list of 2024."""
    columns = ["code", "raion_name", "place_type", "name", "population", "place_id"]
    table = pd.DataFrame(rows, columns=columns)
    table["place_id"] = ("ty:" + table["place_id"]).where(table["place_id"].notna())
    return table.assign(row=range(2, len(table) + 2), year=2024)


def official(rows=OFFICIAL) -> pd.DataFrame:
    """Return the canonical official residents of 2025."""
    columns = ["level", "raion_name", "name", "total", "urban", "rural"]
    return pd.DataFrame(rows, columns=columns).assign(
        oblast_name="Первая область", year=2025
    )


def polygons() -> gpd.GeoDataFrame:
    """Return the canonical polygons of raions and town."""
    return gpd.GeoDataFrame(
        {
            "area_id": ["poly:a", "poly:b", "poly:town"],
            "area_kind": ["raion", "raion", "town"],
            "name_ru": ["Алый район", "Белый район", "Алый"],
            "parent_name": ["Первая область"] * 3,
        },
        geometry=[RAION_A, RAION_B, TOWN],
        crs="EPSG:4326",
    )


def basic() -> dict[str, pd.DataFrame]:
    """Return the tables that make settlements."""
    return {
        "places": places(),
        "census": census(),
        "area_population": official(),
        "areas": polygons(),
    }


def feeding(source: str, tables: dict[str, pd.DataFrame], day: str = "2025-06-01"):
    """Return what one feed brings."""
    return Feeding(source, day, ReadResult(tables, Rejections(source, "file").frame()))


def inputs(*more: Feeding, **replaced: pd.DataFrame) -> Inputs:
    """Stack the basic tables, some replaced, and further feeds."""
    tables = basic() | replaced
    kept = {layer: table for layer, table in tables.items() if table is not None}
    own = [feeding(f"toy-{layer}", {layer: table}) for layer, table in kept.items()]
    return stack([*own, *more])


def layers(*more: Feeding, declared: Country | None = None, **replaced) -> Layers:
    """Harmonise the toy country."""
    return harmonise(inputs(*more, **replaced), declared or country(), ON)


@lru_cache(maxsize=1)
def whole() -> Layers:
    """Return the plain toy country; tests only read it."""
    return layers()


def measuring(*more: Feeding, declared: Country | None = None, on=ON) -> Measuring:
    """Return the toy country ready to be measured."""
    chosen = declared or country()
    built = layers(*more, declared=chosen)
    return Measuring(built, chosen, on, StraightLine(chosen.parameters.travel))
