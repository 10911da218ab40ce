"""Units that are judged as a whole: selsovets, raions, oblasts, the country, operators.

Settlements are judged by themselves; a norm of one of these units is never spread
over its villages. The table here says which units there are and what a norm may ask
of them: their territory and their residents.
"""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

import numpy as np
import pandas as pd

from geo.layers.names import NAME_COLUMNS, area_key, name_key
from geo.layers.population import drift
from geo.sources.country import Country
from geo.sources.result import REJECTED_COLUMNS
from geo.types import AssessedUnit, Level

OPERATOR = AssessedUnit.OPERATOR.value
COLUMNS = (
    "unit_of_assessment",
    "unit_id",
    "name",
    *NAME_COLUMNS,
    "oblast_id",
    "raion_id",
    "population_low",
    "population_high",
)
_SHOWN = 5


def assessed_units(areas: pd.DataFrame, country: Country, on: date) -> pd.DataFrame:
    """List the units of a country.

    Parameters
    ----------
    areas
        Release table ``areas``; analytic cells are no unit.
    country
        Its operators, and by how much a population may drift.
    on
        Day of the release: the official residents are of another year.

    Returns
    -------
    DataFrame
        :data:`COLUMNS`, sorted by level and id. The range of population is that of
        the official residents, wider with each year since; null: not known. An
        operator has neither residents nor a territory.
    """
    own = areas[~areas["analytic"].eq(other=True)]
    own = own[own["level"].isin([unit.value for unit in AssessedUnit])]
    out = own.rename(columns={"id": "unit_id", "level": "unit_of_assessment"})
    raions = own[own["level"] == Level.RAION.value].set_index("id")["parent"]
    level, parent = own["level"], own["parent"].astype("object")
    is_raion, is_selsovet = (
        level == one.value for one in (Level.RAION, Level.SELSOVET)
    )
    raion = parent.where(is_selsovet, own["id"].where(is_raion))
    oblast = parent.where(is_raion, own["id"].where(level == Level.OBLAST.value))
    oblast = oblast.where(~is_selsovet, parent.map(raions))
    low, high = _residents(own, country, on)
    table = pd.DataFrame(out).assign(
        raion_id=raion, oblast_id=oblast, population_low=low, population_high=high
    )
    table = pd.concat([table, _operators(country)], ignore_index=True)
    texts = [name for name in COLUMNS if not name.startswith("population")]
    table = table.reindex(columns=list(COLUMNS)).astype(dict.fromkeys(texts, "str"))
    return table.sort_values(["unit_of_assessment", "unit_id"], ignore_index=True)


def _residents(
    areas: pd.DataFrame, country: Country, on: date
) -> tuple[pd.Series, pd.Series]:
    """Return the least and the most residents that each area may have today."""
    counted = areas["population_official"].astype("Float64").astype("float64")
    then = areas["population_official_year"].astype("Float64").astype("float64")
    changed = {year: drift(country, float(year), on) for year in then.dropna().unique()}
    # a count after the day of the release is uncertain in the same way
    factor = then.map({year: max(by, 1 / by) for year, by in changed.items()})
    return np.floor(counted / factor), np.ceil(counted * factor)


def _operators(country: Country) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit_of_assessment": OPERATOR,
            "unit_id": [one.id for one in country.operators],
            "name": [one.name for one in country.operators],
        },
        dtype="str",
    )


def resolve_units(
    stated: pd.DataFrame, units: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the unit that each stated value is of.

    Parameters
    ----------
    stated
        Canonical table ``unit_observations`` with ``_source``.
    units
        From :func:`assessed_units`.

    Returns
    -------
    tuple
        The rows with ``unit_id``, and the refused rows. A name that two units of the
        level bear is never guessed; for one that none bears, names like it are shown.
    """
    found, reasons = {}, {}
    pairs = stated[["unit_of_assessment", "unit_ref"]].drop_duplicates()
    for level, reference in pairs.itertuples(index=False):
        own = units[units["unit_of_assessment"] == level]
        hits = _hits(own, str(reference))
        if len(hits) == 1:
            found[level, reference] = hits[0]
        else:
            reasons[level, reference] = _reason(own, level, str(reference), hits)
    keys = list(zip(stated["unit_of_assessment"], stated["unit_ref"], strict=True))
    ids = pd.Series([found.get(key) for key in keys], index=stated.index, dtype="str")
    good = ids.notna()
    lost = [key for key, known in zip(keys, good, strict=True) if not known]
    return (
        stated[good].assign(unit_id=ids[good]).reset_index(drop=True),
        refused_rows(stated[~good], "unit", "unit_ref", [reasons[key] for key in lost]),
    )


def refused_rows(
    rows: pd.DataFrame, field: str, column: str, reasons: Iterable[str]
) -> pd.DataFrame:
    """Return rows of a register as the table ``rejected`` shows them."""
    return pd.DataFrame(
        {
            "source": rows["_source"],
            "file": rows["file"],
            "row": rows["row"],
            "field": field,
            "value": rows[column].astype("str"),
            "reason": list(reasons),
        },
        columns=list(REJECTED_COLUMNS),
    ).astype("str")


def _hits(own: pd.DataFrame, reference: str) -> list[str]:
    """Return the ids that an id, a code without its scheme, or a full name may mean."""
    text = reference.strip()
    for exact in (own["unit_id"], own["unit_id"].str.split(":", n=1).str[-1]):
        if (chosen := exact == text).any():
            return sorted(own.loc[chosen, "unit_id"])
    for key in (name_key, area_key):
        if not (sought := key(text)):
            continue
        columns = ("name", *NAME_COLUMNS)
        alike = pd.concat([own[name].map(key) == sought for name in columns], axis=1)
        if (chosen := alike.any(axis=1)).any():
            return sorted(own.loc[chosen, "unit_id"])
    return []


def _reason(own: pd.DataFrame, level: str, reference: str, hits: list[str]) -> str:
    if hits:
        several = ", ".join(hits[:_SHOWN])
        return (
            f"{len(hits)} units of level {level} bear this name: {several}; give one id"
        )
    names = sorted(own["name"].dropna())
    like = get_close_matches(reference, names, n=3, cutoff=0.5) or names[:3]
    known = f"such as {', '.join(like)}" if like else "there is none here"
    return f"no {level} has this id or name; {known}"
