"""Settlements of the invented country: where they lie, how large they are.

The hierarchy follows the classes of the Belarusian norms: a capital, a city in
each oblast, a town in each raion, some urban settlements, and per selsovet a
centre that is mostly an agrogorodok, with a long tail of small villages.
"""

from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from geo.synthetic.naming import adjectives, coded, place_names, raion_code_of
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.synthetic.territory import Floats, Ints, Territory, blob
from geo.types import Kind

FIRST_ID = 9_100_000_007
ID_STEP = 13

_VILLAGES_PER_SELSOVET = 12.5
#: km from a town: beyond it an urban settlement, below it larger villages
_APART_KM, _NEAR_KM = 8.0, 9.0
_TOWN_KINDS = (Kind.CAPITAL, Kind.OBLAST_CITY, Kind.RAION_CITY)


@dataclass(frozen=True)
class Settlements:
    """What is true of the invented country, before any source spoils it.

    Attributes
    ----------
    places
        One row per settlement: ``place_id``, ``marked, ru, be, en``, ``x, y`` (km),
        ``raion``, ``selsovet`` (number, -1 in towns), ``kind``, ``type``,
        ``centre`` (of a selsovet), ``population``, ``code`` of its selsovet or town.
    selsovets
        One row per selsovet: ``raion``, ``centre`` (row in ``places``), ``code``,
        and its adjective ``marked, ru, be, en``.
    raions
        One row per raion: ``oblast``, ``town`` (row in ``places``), ``code`` (four
        digits), adjective ``marked, ru, be, en``.
    ground
        Ground of the towns and urban settlements (plane, km), by row in ``places``.
    """

    places: pd.DataFrame
    selsovets: pd.DataFrame
    raions: pd.DataFrame
    ground: dict[int, shapely.Polygon]

    @property
    def points(self) -> Floats:
        """Points of all settlements, km."""
        return self.places[["x", "y"]].to_numpy()

    def of_kind(self, *kinds: Kind) -> Ints:
        """Return the rows of the settlements of these kinds."""
        return np.flatnonzero(self.places["kind"].isin(kinds))


def make_settlements(seed: int, settlements: int, territory: Territory) -> Settlements:
    """Place, size and name ``settlements`` settlements."""
    rng = random_stream(seed, Stream.PLACES)
    towns = _towns(rng, territory)
    ground = [
        blob(rng, np.array([x, y]), _radius(people))
        for x, y, people in zip(
            towns["x"], towns["y"], towns["population"], strict=True
        )
    ]
    rural = _rural_points(rng, territory, ground, settlements - len(towns))
    rural = _with_selsovets(rng, rural, territory)
    rural = _with_urban(rng, rural, towns)
    rural["population"] = _populations(rng, rural, towns)
    places = pd.concat([towns, rural], ignore_index=True)
    places["place_id"] = FIRST_ID + ID_STEP * np.arange(len(places))
    places["type"] = _types(rng, places["kind"])
    small_towns = places[places["kind"] == Kind.URBAN_SETTLEMENT]
    ground += [
        blob(rng, np.array([x, y]), _radius(people))
        for x, y, people in zip(
            small_towns["x"], small_towns["y"], small_towns["population"], strict=True
        )
    ]
    urban = places["kind"].isin([*_TOWN_KINDS, Kind.URBAN_SETTLEMENT])
    rows = dict(zip(np.flatnonzero(urban).tolist(), ground, strict=True))
    return _named(seed, coded(places, territory), territory, rows)


def _radius(population: float) -> float:
    """Radius (km) of the ground of a town of so many people."""
    return float(0.26 * np.sqrt(population / 1000))


def _towns(rng: np.random.Generator, territory: Territory) -> pd.DataFrame:
    """Return the capital (in the second raion) and the town of each raion."""
    count_raions = len(territory.seeds)
    spots = territory.seeds + rng.uniform(-1.5, 1.5, (count_raions, 2))
    sizes = np.clip(rng.lognormal(np.log(14_000), 0.55, count_raions), 6_100, 39_500)
    first = np.r_[True, np.diff(territory.oblast) > 0]
    sizes[first] = rng.uniform(90_000, 300_000, first.sum())
    sizes[0] = 250_000 + rng.uniform(-8_000, 8_000)
    capital = _capital_spot(rng, territory.raions[1], spots[1])
    return pd.DataFrame(
        {
            "x": np.r_[capital[0], spots[:, 0]],
            "y": np.r_[capital[1], spots[:, 1]],
            "raion": np.r_[1, np.arange(count_raions)],
            "selsovet": -1,
            "kind": [Kind.CAPITAL, *np.where(first, *_TOWN_KINDS[1:])],
            "centre": False,
            "population": np.r_[610_000, np.round(sizes)].astype("int64"),
        }
    )


def _capital_spot(
    rng: np.random.Generator, raion: shapely.Polygon, town: Floats
) -> Floats:
    """Return the roomiest spot of a raion well away from its town."""
    west, south, east, north = raion.bounds
    cloud = rng.uniform((west, south), (east, north), (600, 2))
    cloud = cloud[shapely.contains_xy(raion, cloud)]
    room = shapely.distance(shapely.points(cloud), raion.exterior)
    away = np.hypot(*(cloud - town).T)
    spot: Floats = cloud[np.argmax(np.minimum(room, away - 5))]
    return spot


def _rural_points(
    rng: np.random.Generator,
    territory: Territory,
    ground: list[shapely.Polygon],
    wanted: int,
) -> pd.DataFrame:
    """Return ``wanted`` points on a shaken grid, off the towns and raion borders."""
    west, south, east, north = territory.outline.bounds
    borders = shapely.STRtree(
        shapely.boundary(np.array(territory.raions, dtype=object))
    )
    built = shapely.STRtree(shapely.buffer(np.array(ground, dtype=object), 0.6))
    step = np.sqrt(territory.outline.area / (1.25 * wanted))
    while True:
        x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
        grid = np.column_stack([x.ravel(), y.ravel()])
        grid = grid + rng.uniform(-0.38 * step, 0.38 * step, grid.shape)
        points = shapely.points(grid)
        inside = shapely.STRtree(territory.raions).query(points, "within")
        raion = np.full(len(grid), -1)
        raion[inside[0]] = inside[1]
        raion[built.query(points, "within")[0]] = -1
        raion[borders.query(points, "dwithin", distance=0.3)[0]] = -1
        free = np.flatnonzero(raion >= 0)
        if len(free) >= wanted:
            break
        step *= 0.96
    chosen = np.sort(rng.permutation(free)[:wanted])
    return pd.DataFrame(
        {"x": grid[chosen, 0], "y": grid[chosen, 1], "raion": raion[chosen]}
    ).sort_values("raion", kind="stable", ignore_index=True)


def _with_selsovets(
    rng: np.random.Generator, rural: pd.DataFrame, territory: Territory
) -> pd.DataFrame:
    """Choose selsovet centres far from each other; a place belongs to the nearest."""
    out = rural.assign(
        selsovet=-1, centre=False, kind=pd.Series(Kind.RURAL, rural.index)
    )
    number = count()
    for raion in range(len(territory.seeds)):
        rows = np.flatnonzero(rural["raion"] == raion)
        points = rural.loc[rows, ["x", "y"]].to_numpy()
        wanted = int(np.clip(round(len(rows) / _VILLAGES_PER_SELSOVET), 3, 12))
        centres = _far_apart(points, wanted)
        _, nearest = KDTree(points[centres]).query(points)
        numbers = np.array([next(number) for _ in centres])
        out.loc[rows, "selsovet"] = numbers[nearest]
        out.loc[rows[centres], "centre"] = True
    flagged = out["centre"] & drawn(rng, 0.86, len(out))
    out.loc[flagged, "kind"] = Kind.AGROGORODOK
    # where there are agrogorodki, the centre is one of them: a second one only there
    second = out.index[out["selsovet"].isin(out.loc[flagged, "selsovet"])]
    extra = second[drawn(rng, 0.014, len(second)) & ~out.loc[second, "centre"]]
    out.loc[extra, "kind"] = Kind.AGROGORODOK
    return out.sort_values("selsovet", kind="stable", ignore_index=True)


def _far_apart(points: Floats, wanted: int) -> Ints:
    """Return rows of points that keep away from each other and from the rim."""
    middle = points.mean(axis=0)
    rim = 0.35 * np.hypot(*(points - middle).T)
    chosen = [int(np.argmin(rim))]
    away = np.full(len(points), np.inf)
    while len(chosen) < min(wanted, len(points)):
        away = np.minimum(away, np.hypot(*(points - points[chosen[-1]]).T))
        away[chosen[-1]] = -np.inf
        chosen.append(int(np.argmax(away - rim)))
    return np.array(chosen)


def _with_urban(
    rng: np.random.Generator, rural: pd.DataFrame, towns: pd.DataFrame
) -> pd.DataFrame:
    """Make villages far from the towns urban settlements, in two raions of three."""
    out = rural.copy()
    away, _ = KDTree(towns[["x", "y"]].to_numpy()).query(out[["x", "y"]].to_numpy())
    for raion in np.unique(out["raion"]):
        fit = np.flatnonzero(
            (out["raion"] == raion) & ~out["centre"] & (away > _APART_KM)
        )
        if len(fit) and (raion % 3 or drawn(rng, 0.1, 1)[0]):
            row = int(rng.choice(fit))
            out.loc[row, "kind"] = Kind.URBAN_SETTLEMENT
            out.loc[row, "selsovet"] = -1
    return out


def _populations(
    rng: np.random.Generator, rural: pd.DataFrame, towns: pd.DataFrame
) -> Ints:
    """Return residents: lognormal villages, larger ones near a town, some empty."""
    size = len(rural)
    village = np.clip(rng.lognormal(np.log(22), 1.25, size), 0, 470)
    near, _ = KDTree(towns[["x", "y"]].to_numpy()).query(rural[["x", "y"]].to_numpy())
    village = np.where(near < _NEAR_KM, village * 2.2, village)
    village[drawn(rng, 0.04, size)] = 0
    agro = np.clip(rng.lognormal(np.log(640), 0.5, size), 300, 1_890)
    plain_centre = np.clip(rng.lognormal(np.log(280), 0.5, size), 90, 900)
    urban = np.clip(rng.lognormal(np.log(3_200), 0.4, size), 2_010, 7_500)
    out = np.where(rural["centre"], plain_centre, village)
    out = np.where(rural["kind"] == Kind.AGROGORODOK, agro, out)
    out = np.where(rural["kind"] == Kind.URBAN_SETTLEMENT, urban, out)
    return np.round(out).astype(np.int64)


def _types(rng: np.random.Generator, kinds: pd.Series) -> pd.Series:
    """Return the type prefixes of the census: г, гп, аг, and four sorts of village."""
    village = pd.Series(
        rng.choice(["д", "п", "х", "с"], len(kinds), p=[0.91, 0.06, 0.02, 0.01]),
        index=kinds.index,
    )
    fixed = dict.fromkeys(_TOWN_KINDS, "г")
    fixed |= {Kind.URBAN_SETTLEMENT: "гп", Kind.AGROGORODOK: "аг"}
    return kinds.map(fixed).fillna(village)


def _named(
    seed: int,
    places: pd.DataFrame,
    territory: Territory,
    ground: dict[int, shapely.Polygon],
) -> Settlements:
    """Name the places, and the raions and selsovets after their centres."""
    names = place_names(random_stream(seed, Stream.NAMES), places)
    forms = ["marked", "ru", "be", "en"]
    places = places.assign(
        **{form: [getattr(name, form) for name in names] for form in forms}
    )
    towns = np.flatnonzero(places["kind"].isin(_TOWN_KINDS[1:]))
    raions = adjectives([names[row] for row in towns]).assign(
        oblast=territory.oblast, town=towns, code=raion_code_of(territory.oblast)
    )
    centres = np.flatnonzero(places["centre"])
    centres = centres[np.argsort(places["selsovet"].to_numpy()[centres])]
    selsovets = adjectives([names[row] for row in centres]).assign(
        raion=places["raion"].to_numpy()[centres],
        centre=centres,
        code=places["code"].to_numpy()[centres],
    )
    return Settlements(places, selsovets, raions, ground)
