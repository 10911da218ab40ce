"""Population of each settlement: value, range, year and status.

What is known: a census value of every place above a floor, newer official totals of
raions and towns. What is modelled: the rest. For the raions together, rural people
of the newer year are explained as

    rural_r = decline x (census people of r) + small x (places of r below the floor)

with both coefficients from 0 up, by robust least squares on relative errors (a few
raions around large cities grow while the rest decline); then each raion's estimates
are scaled to its own official total. The census value is published beside the estimate.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.optimize import least_squares

from geo.layers.inputs import Inputs
from geo.layers.census import STEM, TOWN_TYPES
from geo.layers.names import area_key, likeness, town_key
from geo.layers.towns import ALIKE as TOWN_ALIKE
from geo.sources.country import Country
from geo.types import Status

#: the census list names every place of this many people and more
CENSUS_FLOOR = 100


@dataclass
class Fit:
    """The two coefficients of the rural model, for the manifest."""

    decline: float
    small: float
    raions: int


def populate(
    places: pd.DataFrame,
    census: pd.DataFrame,
    areas: pd.DataFrame,
    inputs: Inputs,
    country: Country,
    on: date,
) -> tuple[pd.DataFrame, Fit | None]:
    """Return the population columns of the settlements table.

    Parameters
    ----------
    places
        Settlements: ``id, raion_id, urban, town, official_total, official_year,
        duplicate_of, population, population_year, _source``.
    census
        Release table ``census`` with outcomes.
    areas
        Release table ``areas`` with official residents.
    inputs, country, on
        Sources, parameters and the day of the release (ranges widen until then).
    """
    out = _from_places(places, inputs)
    matched = census[census["settlement_id"].notna()].set_index("settlement_id")
    rows = out.index[out["id"].isin(matched.index)]
    values = matched["population"].reindex(out.loc[rows, "id"]).to_numpy()
    years = matched["year"].reindex(out.loc[rows, "id"]).to_numpy()
    out.loc[rows, "population_census"] = values
    out.loc[rows, "population_census_year"] = years
    out.loc[rows, "population"] = values.astype(float)
    out.loc[rows, "population_year"] = years
    out.loc[rows, "population_status"] = Status.MEASURED.value
    census_source = inputs.table("census")["_source"]
    if len(census_source):
        out.loc[rows, "population_source"] = census_source.iloc[0]
    _range(out, country, on)
    if len(census):
        _below_floor(out, places, census, areas, country, on)
    _official_towns(out, places, inputs, country, on)
    fit = _model_rural(out, census, areas, country) if len(census) else None
    return out.drop(columns=["id", "raion_id"]), fit


def _from_places(places: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    out = pd.DataFrame(index=places.index)
    out["id"], out["raion_id"] = places["id"], places["raion_id"]
    listed = len(inputs.table("census")) > 0
    value = places["population"].astype("Float64")
    if listed:
        # the provider's copy of the census is superseded by the census list itself
        value = value.where(places["_override"], pd.NA)
    out["population"] = value.astype("float64")
    out["population_year"] = places["population_year"].where(value.notna())
    known = value.notna()
    status = np.where(places["_override"], Status.DECLARED, Status.MEASURED)
    out["population_status"] = pd.Series(status, index=out.index, dtype="str").where(
        known, Status.UNKNOWN.value
    )
    out["population_source"] = places["_source"].where(known).astype("str")
    for column in ("population_census", "population_census_year"):
        out[column] = pd.Series(pd.NA, index=out.index, dtype="Int64")
    for column in ("population_low", "population_high"):
        out[column] = np.nan
    out["_duplicate"] = places["duplicate_of"].notna()
    out["_urban"] = places["urban"]
    return out


def drift(country: Country, year: "pd.Series | float", on: date) -> "pd.Series | float":
    """Return the factor by which a population may have grown since ``year``."""
    years = on.year - year
    return (1 + country.parameters.population_drift_per_year) ** years


def _range(out: pd.DataFrame, country: Country, on: date) -> None:
    known = out["population"].notna() & out["population_year"].notna()
    factor = drift(country, out.loc[known, "population_year"].astype(float), on)
    out.loc[known, "population_low"] = np.floor(out.loc[known, "population"] / factor)
    out.loc[known, "population_high"] = np.ceil(out.loc[known, "population"] * factor)


def _below_floor(
    out: pd.DataFrame,
    places: pd.DataFrame,
    census: pd.DataFrame,
    areas: pd.DataFrame,
    country: Country,
    on: date,
) -> None:
    """Bound the places that the census list does not name.

    Only where every census place of the raion found its point is a place without a
    value one of 0–99 people; elsewhere it may be one of the unmatched rows.
    """
    year = int(census["year"].iloc[0])
    lost = census[census["outcome"].isin(["unmatched", "misplaced", "contested"])]
    # a lost row of an official town is no village: the town's polygon stands for it
    official = set(places["town"].dropna().map(town_key))
    town = lost["place_type"].isin(TOWN_TYPES) & lost["name"].map(town_key).isin(
        official
    )
    lost = lost[~town]
    raion_of = raion_of_rows(census, out, areas).reindex(lost.index)
    worst = lost["population"].groupby(raion_of).max()
    open_ = out["population"].isna() & ~out["_duplicate"]
    largest = out.loc[open_, "raion_id"].map(worst).astype("float64").fillna(0.0)
    bound = np.maximum(largest, CENSUS_FLOOR - 1.0)
    out.loc[open_, "population_low"] = 0.0
    factor = float(drift(country, float(year), on))
    out.loc[open_, "population_high"] = np.ceil(bound * factor)
    out.loc[open_, "population_year"] = year


def raion_of_rows(
    census: pd.DataFrame, settlements: pd.DataFrame, areas: pd.DataFrame
) -> pd.Series:
    """Return the raion of each census row.

    Where the matched rows of its code's raion lie, else the raion (or, for a city
    council, the city) of that name.
    """
    raion = pd.Series(
        settlements["raion_id"].to_numpy(), index=settlements["id"].to_numpy()
    )
    found = census["settlement_id"].map(raion[~raion.index.duplicated()])
    prefix = census["code"].str[:4]
    usual = found.groupby(prefix).agg(
        lambda ids: ids.value_counts().index[0] if ids.notna().any() else None
    )
    units = areas[areas["level"] == "raion"].drop_duplicates("name_ru")
    named = {area_key(n): i for n, i in zip(units["name_ru"], units["id"], strict=True)}
    stems = {key[:STEM]: place for key, place in named.items()}
    by_name = [
        stems.get(area_key(name)[:STEM])
        if isinstance(name, str) and "горсовет" in name
        else named.get(area_key(name))
        for name in census["raion_name"]
    ]
    fallback = pd.Series(by_name, index=census.index, dtype="str")
    return prefix.map(usual).astype("str").fillna(fallback)


def _official_towns(
    out: pd.DataFrame,
    places: pd.DataFrame,
    inputs: Inputs,
    country: Country,
    on: date,
) -> None:
    """Give a town the residents of the newer official table, by its polygon."""
    official = inputs.table("area_population")
    if official.empty:
        return
    towns = places[places["town"].notna() & places["urban"].eq("yes")]
    towns = towns[towns["duplicate_of"].isna()]
    for town, group in towns.groupby(["raion_id", "town"]):
        alike = [max(likeness(r.name_ru, town[1]), likeness(r.name_be, town[1]))
                 for r in group.itertuples()]  # fmt: skip
        if max(alike) < TOWN_ALIKE:
            continue
        ranked = sorted(
            zip(alike, group["population"].fillna(0), group.index, strict=True),
            key=lambda item: (-item[0], -item[1], item[2]),
        )
        index = ranked[0][2]
        out.loc[index, "population"] = float(group.at[index, "official_total"])
        out.loc[index, "population_year"] = int(group.at[index, "official_year"])
        out.loc[index, "population_status"] = Status.MEASURED.value
        out.loc[index, "population_source"] = official["_source"].iloc[0]
        one = out.loc[[index]].copy()
        _range(one, country, on)
        out.loc[index, ["population_low", "population_high"]] = one.loc[
            index, ["population_low", "population_high"]
        ]


def _model_rural(
    out: pd.DataFrame, census: pd.DataFrame, areas: pd.DataFrame, country: Country
) -> Fit | None:
    """Model rural people of the newer year; scale to each raion's official total."""
    units = areas[areas["level"] == "raion"].set_index("id")
    rural_total = units["population_official_rural"].dropna().astype(float)
    if rural_total.empty:
        return None
    raion_of = raion_of_rows(census, out, areas)
    village = ~census["place_type"].isin(TOWN_TYPES) & census["outcome"].ne(
        "part_of_city"
    )
    people = census.loc[village, "population"].groupby(raion_of[village]).sum()
    declared = out["population_status"].eq(Status.DECLARED.value)
    small = out["population"].isna() & ~out["_duplicate"] & ~declared
    lost = (
        census.loc[village & census["settlement_id"].isna(), "population"]
        .groupby(raion_of)
        .size()
    )
    counts = out[small].groupby("raion_id").size()
    counts = counts.sub(lost, fill_value=0).clip(lower=0)
    table = pd.DataFrame(
        {
            "rural": rural_total,
            "census": people.reindex(rural_total.index).fillna(0).astype(float),
            "small": counts.reindex(rural_total.index).fillna(0).astype(float),
        }
    )
    fitted = table[(table["census"] > 0) & (table["rural"] > 0)]
    if len(fitted) < 2:  # noqa: PLR2004 - two unknowns
        return None
    share = fitted[["census", "small"]].to_numpy() / fitted[["rural"]].to_numpy()
    solution = least_squares(
        lambda x: share @ x - 1.0,
        x0=(1.0, 10.0),
        bounds=(0.0, np.inf),
        loss="soft_l1",
        f_scale=0.1,
        x_scale=(0.1, 1.0),
    ).x
    decline, mean_small = round(float(solution[0]), 6), round(float(solution[1]), 6)
    expected = decline * table["census"] + mean_small * table["small"]
    scale = (table["rural"] / expected).where(expected > 0).fillna(1.0)
    year = int(units["population_official_year"].dropna().iloc[0])
    _apply(out, scale, decline, mean_small, year)
    return Fit(decline, mean_small, len(fitted))


def _apply(
    out: pd.DataFrame, scale: pd.Series, decline: float, small: float, year: int
) -> None:
    factor = out["raion_id"].map(scale).astype("float64")
    rural = out["population_census"].notna() & out["_urban"].ne("yes")
    rural &= out["population_status"].eq(Status.MEASURED.value) & factor.notna()
    low = out["population"].isna() & ~out["_duplicate"] & factor.notna()
    out.loc[rural, "population"] = (
        out.loc[rural, "population_census"].astype(float) * decline * factor[rural]
    )
    out.loc[low, "population"] = small * factor[low]
    for chosen in (rural, low):
        bounded = out.loc[chosen, "population"].clip(
            out.loc[chosen, "population_low"], out.loc[chosen, "population_high"]
        )
        out.loc[chosen, "population"] = bounded.round(1)
        out.loc[chosen, "population_status"] = Status.MODELLED.value
        out.loc[chosen, "population_year"] = year
