"""An invented register of whole units: raions, oblasts and operators, no settlement."""

import numpy as np
import pandas as pd

from geo.synthetic.area_files import CAPITAL_PREFIX, oblast_name
from geo.synthetic.places import Settlements
from geo.synthetic.registers import OBSERVATION_COLUMNS, silent_raion, stale_raion
from geo.synthetic.streams import Stream, drawn, random_stream
from geo.types import AssessedUnit, Kind, Status

_QUEUE = "digital.telephone_queue"
UNIT_COLUMNS = ["unit_of_assessment", "unit", *OBSERVATION_COLUMNS[1:]]
#: share of the raions in which somebody has waited for a telephone for over a year
WAITING_SHARE = 0.3
_DAY, _OLD_DAY = "2025-10-01", "2023-04-01"
#: operator -> indicator -> value; what the third one offers nobody has told
_OPERATORS = {
    "alfa": {
        "digital.base_tariff": "yes",
        "digital.lte_territory_share": "91.5",
        "digital.unlimited_volume": "30",
        "digital.unlimited_floor_mbps": "1",
    },
    "beta": {
        "digital.base_tariff": "no",
        "digital.lte_territory_share": "",
        "digital.unlimited_volume": "20",
        "digital.unlimited_floor_mbps": "0.5",
    },
}
_LTE_AT_LEAST = "84"


def unit_register(seed: int, settlements: Settlements) -> pd.DataFrame:
    """Return what offices state of raions, oblasts and operators.

    One raion is silent, one has sent nothing for years, one only an upper bound; one
    oblast has too few centres and the capital needs none; one operator is silent.
    """
    rows = [
        *_queues(seed, settlements),
        *_centres(settlements),
        *_operators(),
    ]
    table = pd.DataFrame(rows).reindex(columns=UNIT_COLUMNS)
    return table.fillna("")


def _row(
    unit: AssessedUnit, name: str, indicator: str, value: str, **rest: str
) -> dict[str, str]:
    return {
        "unit_of_assessment": unit.value,
        "unit": name,
        "indicator": indicator,
        "value": value,
        "status": Status.DECLARED.value,
        "date": _DAY,
        "supplier": "Оператор связи (вымышленный)",
    } | rest


def _queues(seed: int, settlements: Settlements) -> list[dict[str, str]]:
    """Return how many applications for a telephone are older than a year."""
    rng = random_stream(seed, Stream.UNITS)
    raions, places = settlements.raions, settlements.places
    count = len(raions)
    waiting = drawn(rng, WAITING_SHARE, count) * rng.integers(1, 12, count)
    waiting[0], waiting[1] = 0, 7
    cities = settlements.of_kind(Kind.CAPITAL, Kind.OBLAST_CITY)
    rows = [
        _row(AssessedUnit.RAION, f"{CAPITAL_PREFIX}{name}", _QUEUE, "0")
        for name in places["ru"].iloc[cities]
    ]
    special = {
        silent_raion(count): None,
        stale_raion(count): {"date": _OLD_DAY},
        count - 1: {"value": "", "low": "0", "high": "3", "remark": "не более трёх"},
    }
    for raion, (name, number) in enumerate(zip(raions["ru"], waiting, strict=True)):
        more = special.get(raion, {})
        if more is not None:
            row = _row(AssessedUnit.RAION, f"{name} район", _QUEUE, str(number))
            rows.append(row | more)
    return rows


def _centres(settlements: Settlements) -> list[dict[str, str]]:
    """Return the centres of specialised care of each oblast."""
    supplier = {"supplier": "Министерство здравоохранения (вымышленное)"}
    code = "health.interdistrict_centres"
    rows = [
        _row(
            AssessedUnit.OBLAST,
            oblast_name(int(number)),
            code,
            str(1 + int(number) % 3),
            **supplier,
        )
        for number in np.unique(settlements.raions["oblast"])
    ]
    capital = str(settlements.places["ru"].iloc[settlements.of_kind(Kind.CAPITAL)[0]])
    no_norm = supplier | {
        "status": Status.NOT_APPLICABLE.value,
        "remark": "город не область",
    }
    return [*rows, _row(AssessedUnit.OBLAST, capital, code, "", **no_norm)]


def _operators() -> list[dict[str, str]]:
    rows = [
        _row(AssessedUnit.OPERATOR, operator, indicator, value)
        for operator, offers in _OPERATORS.items()
        for indicator, value in offers.items()
    ]
    for row in rows:
        if not row["value"]:
            row |= {"low": _LTE_AT_LEAST, "remark": "не менее"}
    return rows
