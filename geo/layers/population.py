"""Population of each settlement: value, range, year and status.

What is known: a census value of every place above a floor, newer official totals of
raions and towns, and what a raion declares. The rest is modelled
(:mod:`geo.layers.rural_model`). The census value is published beside the estimate. A
range widens with the years since the value was counted.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geo.layers.census import LOST, TOWN_TYPES, raion_of_rows
from geo.layers.inputs import Inputs
from geo.layers.joint_people import JointPeople
from geo.layers.names import best_likeness, town_key
from geo.layers.rural_places import RuralModel, joint_people, rural_model
from geo.layers.town_places import ALIKE as TOWN_ALIKE
from geo.sources.country import Country
from geo.sources.result import Rejections
from geo.types import Status

#: the census list names every place of this many people and more
CENSUS_FLOOR = 100
COLUMNS = (
    "population",
    "population_low",
    "population_high",
    "population_year",
    "population_status",
    "population_source",
    "population_census",
    "population_census_year",
)


@dataclass(frozen=True)
class Peopled:
    """The people of all places.

    Attributes
    ----------
    columns
        :data:`COLUMNS`, on the index of the places.
    joint
        Of all places together; None where there is no fit.
    rejected
        Official totals that cannot be true.
    """

    columns: pd.DataFrame
    joint: JointPeople | None
    rejected: pd.DataFrame


@dataclass(frozen=True)
class Sources:
    """What the populations are made from.

    Attributes
    ----------
    census
        Release table ``census`` with outcomes.
    census_raion
        Raion of each census row.
    areas
        Areas with ``area_id``, ``inside_id``, ``oblast_id``, official residents.
    inputs
        Canonical tables, for the names of the sources.
    """

    census: pd.DataFrame
    census_raion: pd.Series
    areas: pd.DataFrame
    inputs: Inputs

    def named(self, layer: str) -> str | None:
        """Return the source of a layer."""
        sources = self.inputs.table(layer)["_source"]
        return str(sources.iloc[0]) if len(sources) else None


def populate(
    places: pd.DataFrame,
    census: pd.DataFrame,
    areas: pd.DataFrame,
    inputs: Inputs,
    country: Country,
    on: date,
) -> Peopled:
    """Return the population columns of the settlements table, and what is behind them.

    Parameters
    ----------
    places
        Settlements: ``id, raion_id, city, urban, town, official_total, official_year,
        duplicate_of, population, population_year, _source, _declared``.
    census
        Release table ``census`` with outcomes.
    areas
        Areas of the territory with official residents.
    inputs, country, on
        Sources, parameters and the day of the release (ranges widen until then).

    """
    raion = raion_of_rows(census, places, areas)
    sources = Sources(census, raion, areas, inputs)
    out = _listed(places, sources)
    _from_census(out, places, sources)
    official = _official_towns(out, places, sources)
    _widen(out, country, on)
    if census.empty:
        return Peopled(out[list(COLUMNS)], None, Rejections("", "").frame())
    _below_floor(out, places, sources, drift(country, _year(census), on))
    _inside_cities(out, places, official, sources)
    model = _model_rural(out, places, sources, country)
    newest = areas["population_official_year"].max()
    years = (_year(census), _year(census) if pd.isna(newest) else int(newest), on.year)
    per_year = 1 + country.parameters.population_drift_per_year
    joint = joint_people(places, out, model, per_year, CENSUS_FLOOR, years)
    return Peopled(out[list(COLUMNS)], joint, _refused(model, sources))


def _year(census: pd.DataFrame) -> int:
    return int(census["year"].to_numpy()[0])


def _listed(places: pd.DataFrame, sources: Sources) -> pd.DataFrame:
    """Take what the lister of the places says, or a raion declares of its own."""
    declared = places["_declared"].notna()
    value = places["population"].astype("Float64")
    if len(sources.census):
        # the provider's copy of the census is superseded by the census list itself
        value = value.where(declared)
    known = value.notna()
    out = pd.DataFrame(index=places.index)
    out["population"] = value.astype("float64")
    out["population_low"] = out["population_high"] = np.nan
    out["population_year"] = places["population_year"].where(known)
    status = pd.Series(Status.UNKNOWN.value, index=out.index, dtype="str")
    status[known] = Status.MEASURED.value
    status[known & declared] = Status.DECLARED.value
    out["population_status"] = status
    source = places["_declared"].fillna(places["_source"])
    out["population_source"] = source.where(known)
    for column in ("population_census", "population_census_year"):
        out[column] = pd.Series(pd.NA, index=out.index, dtype="Int64")
    return out


def _from_census(out: pd.DataFrame, places: pd.DataFrame, sources: Sources) -> None:
    """Take the census value; a declared one stays, with the census value beside it."""
    rows = sources.census[sources.census["settlement_id"].notna()]
    found = rows.set_index("settlement_id")[["population", "year"]]
    found = found.reindex(places["id"]).set_axis(places.index)
    out["population_census"] = found["population"].astype("Int64")
    out["population_census_year"] = found["year"].astype("Int64")
    counted = found["population"].notna() & out["population"].isna()
    out.loc[counted, "population"] = found.loc[counted, "population"].astype("float64")
    out.loc[counted, "population_year"] = found.loc[counted, "year"]
    out.loc[counted, "population_status"] = Status.MEASURED.value
    out.loc[counted, "population_source"] = sources.named("census")


def _official_towns(
    out: pd.DataFrame, places: pd.DataFrame, sources: Sources
) -> pd.Index:
    """Give a town the residents of the newer official table, by its polygon.

    Returns
    -------
    Index
        The places that stand for an official town.
    """
    towns = places[places["town"].notna() & places["urban"].eq("yes")]
    towns = towns[towns["duplicate_of"].isna() & towns["official_total"].notna()]
    alike = [
        best_likeness((ru, be), town)
        for ru, be, town in zip(
            towns["name_ru"], towns["name_be"], towns["town"], strict=True
        )
    ]
    ranked = towns.assign(_alike=alike, _people=out["population"].fillna(0.0))
    ranked = ranked[ranked["_alike"] >= TOWN_ALIKE].sort_values(
        ["_alike", "_people", "id"], ascending=[False, False, True]
    )
    chosen = ranked.drop_duplicates(["raion_id", "town"]).index
    year = places["official_year"]
    declared = out["population_status"].eq(Status.DECLARED.value)
    newer = chosen[
        (~declared | (out["population_year"] < year).fillna(value=True))[chosen]
    ]
    out.loc[newer, "population"] = places.loc[newer, "official_total"].astype("float64")
    out.loc[newer, "population_year"] = year[newer]
    out.loc[newer, "population_status"] = Status.MEASURED.value
    out.loc[newer, "population_source"] = sources.named("area_population")
    return chosen


def drift(country: Country, year: float, on: date) -> float:
    """Return the factor by which a population may have changed since ``year``."""
    rate = 1 + country.parameters.population_drift_per_year
    return float(rate ** (on.year - year))


def _widen(out: pd.DataFrame, country: Country, on: date) -> None:
    """Set the range of each known value: it widens with the years since the count."""
    years = out["population_year"].astype("Float64")
    for year in years.dropna().unique():
        factor = drift(country, float(year), on)
        then = years.eq(year).fillna(value=False) & out["population"].notna()
        value = out.loc[then, "population"]
        out.loc[then, "population_low"] = np.floor(value / factor)
        out.loc[then, "population_high"] = np.ceil(value * factor)


def _below_floor(
    out: pd.DataFrame, places: pd.DataFrame, sources: Sources, factor: float
) -> None:
    """Bound the places that the census list does not name.

    Only where every census place of the raion found its point is a place without a
    value one of 0–99 people; elsewhere it may be the largest of the lost rows. A place
    of a city may be a lost one of the raion around the city.
    """
    census = sources.census
    lost = census[census["outcome"].isin(LOST)]
    # a lost row of an official town is no village: the town's polygon stands for it
    official = set(places["town"].dropna().map(town_key))
    town = lost["place_type"].isin(TOWN_TYPES) & lost["name"].map(town_key).isin(
        official
    )
    lost = lost[~town]
    worst = lost["population"].groupby(sources.census_raion[lost.index]).max()
    units = sources.areas[sources.areas["level"] == "raion"]
    around = units["inside_id"].map(units.set_index("area_id")["id"])
    largest = pd.DataFrame({"own": units["id"].map(worst), "around": around.map(worst)})
    bound = largest.astype("float64").max(axis=1).clip(lower=CENSUS_FLOOR - 1.0)
    bound = bound.fillna(CENSUS_FLOOR - 1.0).set_axis(units["id"])
    open_ = out["population"].isna() & places["duplicate_of"].isna()
    high = places.loc[open_, "raion_id"].map(bound).astype("float64") * factor
    out.loc[open_, "population_low"] = 0.0
    out.loc[open_, "population_high"] = np.ceil(high)
    out.loc[open_, "population_year"] = _year(census)


def _inside_cities(
    out: pd.DataFrame, places: pd.DataFrame, official: pd.Index, sources: Sources
) -> None:
    """Leave the people of a village that a city has swallowed with the city.

    Where the newer count knows no rural people in a city beside the raions, the people
    of all places in it are in the city's total: of the single village only the range
    is known.
    """
    units = sources.areas[sources.areas["level"] == "raion"].set_index("id")
    rural = places["raion_id"].map(units["population_official_rural"])
    swallowed = places["city"] & rural.astype("Float64").eq(0).fillna(value=False)
    swallowed &= ~places.index.isin(official) & places["duplicate_of"].isna()
    swallowed &= out["population_status"].ne(Status.DECLARED.value)
    out.loc[swallowed, ["population", "population_low"]] = [np.nan, 0.0]
    out.loc[swallowed, "population_status"] = Status.UNKNOWN.value
    out.loc[swallowed, "population_source"] = None


def _model_rural(
    out: pd.DataFrame, places: pd.DataFrame, sources: Sources, country: Country
) -> RuralModel:
    """Model rural people of the newer year, scaled to each raion's official total."""
    units = sources.areas[sources.areas["level"] == "raion"].set_index("id")
    small = out["population"].isna() & places["duplicate_of"].isna()
    small &= places["urban"].ne("yes")
    years = units["population_official_year"].dropna()
    counted = date(int(years.max()) if len(years) else _year(sources.census), 1, 1)
    # the people of a village that a city has swallowed left the raion with it
    gone = out["population"].isna() & out["population_census"].notna()
    census = sources.census
    census = census[~census["settlement_id"].isin(places.loc[gone, "id"])]
    # a town of the census that newer lists call a village is among the rural people
    village = census["settlement_id"].isin(places.loc[places["urban"].ne("yes"), "id"])
    census = census.assign(place_type=census["place_type"].mask(village))
    model = rural_model(
        places.loc[small & ~gone, "raion_id"],
        census,
        sources.census_raion[census.index],
        units,
        CENSUS_FLOOR,
        drift(country, _year(sources.census), counted),
    )
    if model.fit is None:
        return model
    factor = places["raion_id"].map(model.factors).astype("float64")
    listed = out["population_census"].notna() & places["urban"].ne("yes")
    listed &= out["population_status"].eq(Status.MEASURED.value)
    size = out["population"].to_numpy(np.float64, na_value=np.nan)
    factor *= model.fit.by_size(size)
    estimate = (out["population"] * factor).where(listed)
    below = places["raion_id"].map(model.small).astype("float64")
    estimate = estimate.fillna(below.where(small))
    chosen = estimate.notna()
    bounded = estimate.clip(out["population_low"], out["population_high"])
    out.loc[chosen, "population"] = bounded[chosen].round(1)
    out.loc[chosen, "population_status"] = Status.MODELLED.value
    out.loc[chosen, "population_source"] = sources.named("area_population")
    out.loc[chosen, "population_year"] = int(years.to_numpy()[0])
    return model


def _refused(model: RuralModel, sources: Sources) -> pd.DataFrame:
    """Refuse the rural people of a raion that its census places cannot have left."""
    names = sources.areas.set_index("id")["name_ru"]
    refused = Rejections(sources.named("area_population") or "", "area_population")
    doubtful = model.table[~model.table["believed"]]
    for raion, rural, listed in doubtful[["rural", "listed"]].itertuples():
        refused.add(
            row=str(raion),
            field="rural",
            value=f"{rural:.0f}",
            reason=f"{names[raion]} has {listed:.0f} people in rural places of the "
            "census, more than could have gone since; the total is not used and its "
            "places decline as those of the country: check the total and its raion",
        )
    return refused.frame()
