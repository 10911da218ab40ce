"""Settlements of the invented country: where they lie, how large they are.

The hierarchy follows the classes of the Belarusian norms: a capital, a city in
each oblast, a town in each raion, some urban settlements, and per selsovet a
centre that is mostly an agrogorodok, with a long tail of small villages.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import KDTree

from geo.synthetic.declared import FOLDER, TOWNS, TYPES, VILLAGE_TYPES
from geo.synthetic.names import adjective, place_names
from geo.synthetic.streams import (
    Flags,
    Floats,
    Ints,
    Stream,
    drawn,
    random_stream,
)
from geo.synthetic.territory import Territory, blob, lon_lat, radius_km
from geo.types import Kind

_FIRST_ID, _ID_STEP = 9_100_000_007, 13
#: first digit of an oblast's code; 5 is the capital's
_OBLAST_DIGITS, _CAPITAL_CODE = "98764321", "5000000000"
_VILLAGES_PER_SELSOVET = 12.5
#: km from a town: beyond it an urban settlement, below it larger villages
_APART_KM, _NEAR_KM = 8.0, 9.0


@dataclass(frozen=True)
class Settlements:
    """What is true of the invented country, before any source spoils it.

    Attributes
    ----------
    seed
        Seed of all that is drawn.
    places
        One row per settlement: ``id`` (``demo:…``) and ``place_id``, its number;
        ``marked, ru, be, en``; ``x, y`` (km), ``lon, lat``; ``oblast``, ``raion``,
        ``selsovet`` (numbers, -1 in towns), ``urban``; ``kind``, ``type``; ``centre``
        (of a selsovet); ``population``; ``code`` of its selsovet or town.
    selsovets
        One row per selsovet: ``raion``, ``centre`` (row in ``places``), and its
        adjective ``marked, ru, be, en``.
    raions
        One row per raion: ``oblast``, ``town`` (row in ``places``), and adjective.
    ground
        Ground of the towns and urban settlements (plane, km), by row in ``places``.
    """

    seed: int
    places: pd.DataFrame
    selsovets: pd.DataFrame
    raions: pd.DataFrame
    ground: dict[int, shapely.Polygon]

    def stream(self, stream: Stream) -> np.random.Generator:
        """Return the random numbers of one theme."""
        return random_stream(self.seed, stream)

    @property
    def count(self) -> int:
        """How many settlements there are."""
        return len(self.places)

    @property
    def points(self) -> Floats:
        """Points of all settlements, km."""
        return self.places[["x", "y"]].to_numpy()

    @property
    def people(self) -> Floats:
        """Residents of all settlements."""
        return self.places["population"].to_numpy("float64")

    @property
    def radii(self) -> Floats:
        """Radius (km) of the ground of each settlement, 0 where it has none."""
        out = np.zeros(self.count)
        out[list(self.ground)] = [radius_km(one) for one in self.ground.values()]
        return out

    def is_kind(self, *kinds: Kind) -> Flags:
        """Tell which settlements are of these kinds."""
        return self.places["kind"].isin(kinds).to_numpy()

    def of_kind(self, *kinds: Kind) -> Ints:
        """Return the rows of the settlements of these kinds."""
        return np.flatnonzero(self.is_kind(*kinds))

    def in_raion(self, *raions: int) -> Flags:
        """Tell which settlements lie in these raions."""
        return self.places["raion"].isin(raions).to_numpy()


def make_settlements(seed: int, settlements: int, territory: Territory) -> Settlements:
    """Place, size and name ``settlements`` settlements."""
    rng = random_stream(seed, Stream.PLACES)
    towns = _towns(rng, territory)
    ground = _grounds(rng, towns)
    rural = _rural_points(rng, territory, ground, settlements - len(towns))
    rural = _with_selsovets(rng, rural, territory)
    rural = _with_urban(rng, rural, towns)
    rural["population"] = _populations(rng, rural, towns)
    places = pd.concat([towns, rural], ignore_index=True)
    places["type"] = _types(rng, places["kind"])
    ground += _grounds(rng, places[places["kind"] == Kind.URBAN_SETTLEMENT])
    rows = np.flatnonzero(places["kind"].isin([*TOWNS, Kind.URBAN_SETTLEMENT]))
    number = _FIRST_ID + _ID_STEP * np.arange(len(places))
    degrees = lon_lat(places[["x", "y"]].to_numpy())
    places = places.assign(
        place_id=number,
        id=[f"{FOLDER}:{one}" for one in number],
        lon=degrees[:, 0],
        lat=degrees[:, 1],
        oblast=territory.oblast[places["raion"]],
        urban=places["selsovet"] < 0,
        code=_codes(places, territory),
    )
    by_row = dict(zip(rows.tolist(), ground, strict=True))
    return _named(seed, places, territory, by_row)


def _grounds(rng: np.random.Generator, towns: pd.DataFrame) -> list[shapely.Polygon]:
    """Return ground for towns, as large as their residents need."""
    rows = zip(towns["x"], towns["y"], towns["population"], strict=True)
    return [
        blob(rng, np.array([x, y]), float(0.26 * np.sqrt(people / 1000)))
        for x, y, people in rows
    ]


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
            "kind": [Kind.CAPITAL, *np.where(first, *TOWNS[1:])],
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
    borders = shapely.STRtree(shapely.boundary(territory.raions))
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
    known = 0
    for raion in range(len(territory.seeds)):
        rows = np.flatnonzero(rural["raion"] == raion)
        points = rural.loc[rows, ["x", "y"]].to_numpy()
        wanted = int(np.clip(round(len(rows) / _VILLAGES_PER_SELSOVET), 3, 12))
        centres = _far_apart(points, wanted)
        _, nearest = KDTree(points[centres]).query(points)
        out.loc[rows, "selsovet"] = known + nearest
        known += len(centres)
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
    far = (_from_towns(out, towns) > _APART_KM) & ~out["centre"]
    for raion in np.unique(out["raion"]):
        fit = np.flatnonzero((out["raion"] == raion) & far)
        if len(fit) and (raion % 3 or drawn(rng, 0.1, 1)[0]):
            row = int(rng.choice(fit))
            out.loc[row, "kind"] = Kind.URBAN_SETTLEMENT
            out.loc[row, "selsovet"] = -1
    return out


def _from_towns(places: pd.DataFrame, towns: pd.DataFrame) -> Floats:
    """Return the distance (km) of places to the nearest town."""
    away, _ = KDTree(towns[["x", "y"]].to_numpy()).query(places[["x", "y"]].to_numpy())
    return np.asarray(away, dtype="float64")


def _populations(
    rng: np.random.Generator, rural: pd.DataFrame, towns: pd.DataFrame
) -> Ints:
    """Return residents: lognormal villages, larger ones near a town, some empty."""
    size = len(rural)

    def sizes(middle: int, spread: float, least: int, most: int) -> Floats:
        return np.clip(rng.lognormal(np.log(middle), spread, size), least, most)

    village = sizes(22, 1.25, 0, 470)
    village = np.where(_from_towns(rural, towns) < _NEAR_KM, village * 2.2, village)
    village[drawn(rng, 0.04, size)] = 0
    agro, centre = sizes(640, 0.5, 300, 1_890), sizes(280, 0.5, 90, 900)
    urban = sizes(3_200, 0.4, 2_010, 7_500)
    is_urban, is_agro = (
        rural["kind"] == kind for kind in (Kind.URBAN_SETTLEMENT, Kind.AGROGORODOK)
    )
    wanted = [is_urban, is_agro, rural["centre"].astype(bool)]
    return np.round(np.select(wanted, [urban, agro, centre], village)).astype(np.int64)


def _types(rng: np.random.Generator, kinds: pd.Series) -> pd.Series:
    """Return the type prefixes of the census, drawn for villages."""
    sorts, shares = list(VILLAGE_TYPES), list(VILLAGE_TYPES.values())
    village = pd.Series(rng.choice(sorts, len(kinds), p=shares), index=kinds.index)
    return kinds.map(TYPES).fillna(village)


def _codes(places: pd.DataFrame, territory: Territory) -> pd.Series:
    """Return the ten-digit code of each place's selsovet or, in towns, its own."""
    within = pd.Series(territory.oblast).groupby(territory.oblast).cumcount()
    raions = [
        f"{_OBLAST_DIGITS[oblast]}2{4 + 2 * number:02}"
        for oblast, number in zip(territory.oblast, within, strict=True)
    ]
    head = pd.Series(raions).loc[places["raion"]].reset_index(drop=True)
    rank = places.groupby("raion")["selsovet"].rank(method="dense").astype("int64") - 1
    tail = places["type"].map({"г": "501000", "гп": "555000"})
    code = head + tail.fillna("8" + (rank * 3 + 1).map("{:02}000".format))
    code = code.mask(places["kind"] == Kind.OBLAST_CITY, head.str[0] + "401000000")
    return code.mask(places["kind"] == Kind.CAPITAL, _CAPITAL_CODE)


def _named(
    seed: int,
    places: pd.DataFrame,
    territory: Territory,
    ground: dict[int, shapely.Polygon],
) -> Settlements:
    """Name the places, and the raions and selsovets after their centres."""
    names = place_names(random_stream(seed, Stream.NAMES), places)
    towns = np.flatnonzero(places["kind"].isin(TOWNS[1:]))
    centres = np.flatnonzero(places["centre"])
    centres = centres[np.argsort(places["selsovet"].to_numpy()[centres])]
    raions, selsovets = (
        pd.DataFrame([adjective(names[row]) for row in rows])
        for rows in (towns, centres)
    )
    raions = raions.assign(oblast=territory.oblast, town=towns)
    raion_of = places["raion"].to_numpy()[centres]
    selsovets = selsovets.assign(raion=raion_of, centre=centres)
    places = places.join(pd.DataFrame(names))
    return Settlements(seed, places, selsovets, raions, ground)
