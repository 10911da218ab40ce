"""What a model looks at: its places, what is known of them, their covariates."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from geo.estimates.covariates import covariates, metric_km
from geo.estimates.declared import Estimates, Model
from geo.estimates.exposure import exposure_days, found, records_of
from geo.estimates.gate import Candidate, Estimate, Known
from geo.estimates.logistic import Fit, fit, spline_design
from geo.layers.counted import counted
from geo.layers.geodesy import Floats, Indices
from geo.layers.model import Layers
from geo.sources.country import Country

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """What all models of a country share.

    Attributes
    ----------
    places
        The settlements that are counted.
    columns
        Their covariates by name.
    flat
        East and north, km.
    size
        Number of the size band.
    told
        Where the population is known: elsewhere there is no estimate.
    records
        Of :func:`geo.estimates.exposure.records_of`.
    """

    places: pd.DataFrame
    columns: dict[str, Floats]
    flat: Floats
    size: Indices
    told: Bools
    records: pd.DataFrame


@dataclass(frozen=True)
class Subject:
    """One model on its ground; ``days`` is null where everywhere is looked at."""

    model: Model
    ground: Ground
    known: Known
    days: Indices | None
    design: Floats
    z: float

    def candidate(self) -> Candidate:
        """Return the model as the gate wants it."""
        start: Fit | None = None

        def learnt(rows: Bools, asked: Bools, block: Indices) -> Estimate:
            nonlocal start
            start = self.fitted(rows, self.known.found, block, start)
            return self.say(start, self.design[asked])

        return learnt

    def fitted(
        self, rows: Bools, outcome: Floats, block: Indices, start: Fit | None = None
    ) -> Fit:
        """Fit an outcome of some places."""
        _, near = np.unique(block[rows], return_inverse=True)
        penalty = self.model.penalty
        return fit(self.design[rows], outcome[rows], penalty, near, start)

    def say(self, learnt: Fit, design: Floats) -> Estimate:
        """Return probability, low and high by a fit."""
        return learnt.predict(design), *learnt.interval(design, self.z)


def ground_of(layers: Layers, country: Country, declared: Estimates) -> Ground:
    """Return what all models of a country share, worked out once."""
    places = layers.settlements[counted(layers.settlements)]
    wanted = sorted({name for model in declared.models for name in model.covariates})
    columns = covariates(places, wanted, country.crs_metric)
    people = places["population"].to_numpy(float)
    return Ground(
        places,
        dict(zip(wanted, columns.T, strict=True)),
        metric_km(places, country.crs_metric),
        np.digitize(np.nan_to_num(people), country.parameters.size_bands) - 1,
        np.isfinite(people),
        records_of(layers.cells),
    )


def subject_of(
    model: Model, ground: Ground, layers: Layers, interval: float
) -> Subject:
    """Return a model with what is known of its places."""
    places, days, looked = ground.places, None, ground.told
    if model.looked is not None:
        days = exposure_days(model, model.looked, ground.records, places)
        looked = ground.told & (days >= model.looked.days)
    seen = found(model, layers, places).astype(float)
    values = np.column_stack([ground.columns[name] for name in model.covariates])
    basis = looked if looked.any() else ground.told
    design = spline_design(np.nan_to_num(values), basis, model.knots)
    known = Known(seen, looked, ground.size, ground.flat)
    return Subject(model, ground, known, days, design, float(ndtri((1 + interval) / 2)))
