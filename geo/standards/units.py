"""Judge whole units: selsovets, raions, oblasts, the country, operators.

The engine is the one of the settlements (:func:`geo.standards.judge.verdicts`): the
same norms by date, ranges, staleness, targets and gaps. Each standard is judged at its
own level and at no other, so nothing of it ever reaches a village or a score.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import pyarrow as pa

from geo.errors import DeclarationError
from geo.layers.schema import TABLES
from geo.standards.judge import verdicts
from geo.standards.model import Standard

_SCHEMA = TABLES["unit_judgements"].schema
COLUMNS = tuple(_SCHEMA.names)


def judge_units(
    units: pd.DataFrame,
    unit_values: pd.DataFrame,
    standards: Sequence[Standard],
    on: date,
    freshness: Mapping[str, float | None],
    areas: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Judge every unit by every standard of its level.

    Parameters
    ----------
    units
        From :func:`geo.layers.units.assessed_units`.
    unit_values
        Release table ``unit_values``.
    standards
        Those of settlements, and those without an indicator, are left out.
    on, freshness
        As for :func:`geo.standards.judge.judge`.
    areas
        Needed only where a norm names its territory by name.

    Returns
    -------
    DataFrame
        Exactly the columns of the release table ``unit_judgements``, sorted by level,
        unit and standard.

    Raises
    ------
    LayerError
        As :func:`geo.standards.judge.judge`.
    """
    parts = [_empty()]
    for level in sorted(units["unit_of_assessment"].unique()):
        own = units[units["unit_of_assessment"] == level].set_index("unit_id")
        chosen = [s for s in standards if s.for_units and s.unit_of_assessment == level]
        stated = unit_values[unit_values["unit_id"].isin(own.index)]
        stated = stated[stated["unit_of_assessment"] == level]
        judged = verdicts(
            own,
            stated.rename(columns={"unit_id": "settlement_id"}),
            chosen,
            on,
            freshness,
            areas,
        ).rename(columns={"settlement_id": "unit_id"})
        parts.append(judged.assign(unit_of_assessment=level))
    whole = pd.concat([part for part in parts if len(part)] or parts[:1])
    return _typed(whole).reset_index(drop=True)


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=list(COLUMNS))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of the schema; one that says nothing here is null."""
    out = table.reindex(columns=list(COLUMNS))
    for field in _SCHEMA:
        if pa.types.is_string(field.type):
            out[field.name] = out[field.name].astype("str")
        elif pa.types.is_date(field.type):
            out[field.name] = pd.to_datetime(out[field.name]).astype("datetime64[s]")
        elif pa.types.is_list(field.type):
            out[field.name] = out[field.name].astype(object)
        else:
            out[field.name] = out[field.name].astype("float64")
    return out


def check_levels(
    standards: Sequence[Standard], levels: Mapping[str, Sequence[str]]
) -> None:
    """Refuse a standard whose indicator has no value at the level where it is judged.

    Parameters
    ----------
    standards
        Of one country.
    levels
        Indicator of units -> the levels that have such a value.

    Raises
    ------
    DeclarationError
        Naming the standard and the levels that there are.
    """
    for standard in standards:
        known = levels.get(standard.indicator or "")
        unit = standard.unit_of_assessment
        if known is None and standard.for_units:
            raise DeclarationError(
                f"key 'indicator': {standard.indicator} is no value of a {unit}",
                where=f"standard {standard.id}",
                remedy="Name an indicator of data/indicators.yaml with "
                f"unit_of_assessment: [{unit}], or none: then it is only listed.",
            )
        if known is not None and unit not in known:
            raise DeclarationError(
                f"key 'unit_of_assessment': {unit!r}, but {standard.indicator} is a "
                f"value of {' or '.join(known)}",
                where=f"standard {standard.id}",
                remedy="Judge it at the level that has the value.",
            )
