"""The rural model on the census list: its table by raion, and the joint people."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.layers.census import TOWN_TYPES
from geo.layers.change import Spread, fit_spread
from geo.layers.joint_people import JointPeople, Lone, RaionPeople
from geo.layers.rural_model import TYPICAL, Fit, Sizes, fit_rural, fit_sizes
from geo.types import Status

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class RuralModel:
    """The fitted rural model.

    Attributes
    ----------
    table
        One row per raion with official rural people: ``rural`` (official, newer year),
        ``listed`` (census people of listed rural places), ``places`` (number of the
        others), and whether the official total is ``believed``.
    sizes
        Of each of these raions, unless too few places are listed.
    lost
        Village rows of the census that found no place, by raion: their people, the
        largest first.
    fit, factors
        From :func:`.rural_model.fit_rural`; the fit is None where there is none.
    small
        People of a place below the floor in the newer year, by raion.
    """

    table: pd.DataFrame
    sizes: dict[str, Sizes]
    lost: dict[str, NDArray[np.float64]]
    fit: Fit | None
    factors: pd.Series
    small: pd.Series


def rural_model(
    small: pd.Series,
    census: pd.DataFrame,
    census_raion: pd.Series,
    units: pd.DataFrame,
    floor: float,
    drift: float,
) -> RuralModel:
    """Fit the rural model to the raions that have official rural people.

    Parameters
    ----------
    small
        Raion of each rural place without a value.
    census, census_raion
        Release table ``census`` with outcomes, and the raion of each row.
    units
        Raions by id, with official residents.
    floor
        People from which the census lists a place.
    drift
        Factor by which a population may have changed until the official count. A
        raion whose official total is below its census places by more is not believed,
        and its places keep the declines of the country.
    """
    village = ~census["place_type"].isin(TOWN_TYPES)
    village &= census["outcome"].ne("part_of_city")
    rural = units["population_official_rural"].astype("float64")
    rural = rural[rural > 0]
    people, raion = census.loc[village, "population"], census_raion[village]
    lost = census.loc[village, "settlement_id"].isna()
    unnamed = small.value_counts()
    # a lost village is one of the places without a value
    places = unnamed - raion[lost].value_counts().reindex(unnamed.index, fill_value=0)
    table = pd.DataFrame(
        {
            "rural": rural,
            "listed": people.groupby(raion).sum().reindex(rural.index),
            "places": places.clip(lower=0).reindex(rural.index),
        }
    )
    table = table.astype("float64").fillna(0.0)
    sizes = _sizes(people, raion, table, units, floor)
    table["believed"] = table["rural"] * drift >= table["listed"]
    own = people.astype("float64")

    def mean(exponent: float) -> pd.Series:
        means = {name: one.mean(exponent) for name, one in sizes.items()}
        return table.index.to_series().map(means).astype("float64")

    def weighed(exponent: float) -> pd.Series:
        listed = (own * (own / TYPICAL) ** exponent).groupby(raion).sum()
        below = table["places"] * mean(exponent).fillna(0.0)
        return listed.reindex(table.index).fillna(0.0) + below

    fitted = fit_rural(table["rural"], weighed, table["believed"])
    fit, factors = fitted or (None, pd.Series(dtype="float64"))
    unlisted = factors * mean(fit.exponent) if fit else factors
    rows = people[lost].astype("float64").sort_values(ascending=False, kind="stable")
    of_raion = {
        str(name): np.asarray(own, np.float64)
        for name, own in rows.groupby(raion[lost])
    }
    return RuralModel(table, sizes, of_raion, fit, factors, unlisted)


def _sizes(
    people: pd.Series,
    raion: pd.Series,
    table: pd.DataFrame,
    units: pd.DataFrame,
    floor: float,
) -> dict[str, Sizes]:
    """Return the sizes below the floor in each raion's oblast, or in the country."""
    # a census may list some places below the floor too
    tall = people >= floor
    few = raion[~tall].value_counts().reindex(table.index, fill_value=0)
    places = table["places"] + few
    whole = fit_sizes(people[tall], places.sum(), floor)
    oblast = units["oblast_id"].reindex(table.index).fillna("")
    found: dict[str, Sizes | None] = dict.fromkeys(table.index, whole)
    for _, group in oblast.groupby(oblast):
        own = people[tall & raion.isin(group.index)]
        below = places[group.index].sum()
        found |= dict.fromkeys(group.index, fit_sizes(own, below, floor) or whole)
    return {str(name): one for name, one in found.items() if one}


def joint_people(
    places: pd.DataFrame,
    people: pd.DataFrame,
    model: RuralModel,
    drift: float,
    floor: float,
    years: tuple[int, int, int],
) -> JointPeople | None:
    """Return the people of all places together, None where there is no fit.

    Parameters
    ----------
    places
        Settlements: ``id, raion_id, duplicate_of``.
    people
        Their population columns. Places whose own number a raion has declared, and
        those of which nothing but a range is known, are left out.
    model
        The fitted model.
    drift
        Factor by which a population may have changed per year, for the spread where
        too few places were counted twice.
    floor
        As for :func:`rural_model`.
    years
        Of the census, of the official totals, and of the day.
    """
    fit, (census, official, day) = model.fit, years
    if fit is None:
        return None
    until, since = float(official - census), float(max(day - official, 0))
    known = pd.DataFrame(
        {
            "raion": places["raion_id"].to_numpy(object),
            "status": people["population_status"].to_numpy(object),
            "then": people["population_census"].to_numpy(float, na_value=np.nan),
            "now": people["population"].to_numpy(float, na_value=np.nan),
            "year": people["population_year"].to_numpy(float, na_value=np.nan),
        }
    )
    counted = known["status"].eq(Status.MEASURED.value) & known["now"].gt(0)
    counted &= places["duplicate_of"].isna().to_numpy()
    lone, spread = _lone(known[counted], census, day)
    modelled = known[known["status"] == Status.MODELLED.value]
    whole = until + since
    return JointPeople(
        ids=pd.Index(places["id"].astype("str")),
        raions=tuple(
            _raion_people(own, model, fit, str(name), until)
            for name, own in modelled.groupby("raion")
        ),
        lone=lone,
        fit=fit,
        spread=spread or Spread.assumed(drift**whole, whole),
        until=until,
        since=since,
        floor=floor,
    )


def _lone(known: pd.DataFrame, census: int, day: int) -> tuple[Lone, Spread | None]:
    """Return the places that are counted by themselves, and how those differ."""
    then, now = known["then"].to_numpy(float), known["now"].to_numpy(float)
    year = known["year"].to_numpy(float)
    twice = (then > 0) & (year > census)
    yearly = np.zeros(len(known))
    yearly[twice] = np.log(now[twice] / then[twice]) / (year[twice] - census)
    between = float(np.median(year[twice])) - census if twice.any() else 0.0
    spread = fit_spread(then[twice], now[twice], between)
    rows = known.index.to_numpy(np.int64)
    return Lone(rows, now, np.maximum(day - year, 0.0), yearly), spread


def _raion_people(
    own: pd.DataFrame, model: RuralModel, fit: Fit, raion: str, until: float
) -> RaionPeople:
    sizes = model.sizes.get(raion)
    listed, below = float(model.factors[raion]), float(model.small[raion])
    named, small = own[own["then"].notna()], own[own["then"].isna()]
    lost = model.lost.get(raion, np.empty(0))[: len(small)]
    counted = named["then"].to_numpy(float)
    then = np.concatenate([counted, lost])
    people = listed * float((then * fit.by_size(then)).sum())
    if sizes:
        people += below * (len(small) - len(lost))
    return RaionPeople(
        listed=named.index.to_numpy(np.int64),
        counted=counted,
        small=small.index.to_numpy(np.int64),
        lost=lost,
        sizes=sizes,
        people=float(people),
        yearly=_yearly(listed * fit.by_size(counted), until),
        yearly_lost=_yearly(listed * fit.by_size(lost), until),
        yearly_small=float(_yearly(below / sizes.mean(), until)) if sizes else 0.0,
    )


def _yearly(factor: Reals | float, years: float) -> Reals:
    """Return the logarithm of factors per year; of nobody nobody can go."""
    return np.log(np.where(np.asarray(factor) > 0, factor, 1.0)) / max(years, 1.0)
