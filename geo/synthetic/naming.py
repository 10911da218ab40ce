"""Gives the invented places their names and SOATO-like codes."""

import numpy as np
import pandas as pd

from geo.synthetic.names import (
    CAPITAL,
    RAION_TOWNS,
    Name,
    NameMaker,
    adjective,
    spelled,
)
from geo.synthetic.streams import drawn
from geo.synthetic.territory import Geometries, Ints, Territory
from geo.types import Kind

#: first digit of an oblast's code; 5 is the capital's
OBLAST_DIGITS = "98764321"
CAPITAL_CODE = "5000000000"
_TOWNS = (Kind.OBLAST_CITY, Kind.RAION_CITY)


def coded(places: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Give each place the ten-digit code of its selsovet or, in towns, its own."""
    raion_codes = raion_code_of(territory.oblast)
    out = places.copy()
    head = raion_codes[out["raion"].to_numpy()]
    rank = out.groupby("raion")["selsovet"].transform(
        lambda numbers: numbers.rank(method="dense") - 1
    )
    towns = {"г": "501000", "гп": "555000"}
    tail = (
        out["type"]
        .map(towns)
        .fillna("8" + (rank * 3 + 1).astype("int64").astype("str").str.zfill(2) + "000")
    )
    out["code"] = pd.Series(head, index=out.index) + tail
    city = out["kind"] == Kind.OBLAST_CITY
    out.loc[city, "code"] = pd.Series(head, index=out.index).str[0] + "401000000"
    out.loc[out["kind"] == Kind.CAPITAL, "code"] = CAPITAL_CODE
    return out


def raion_code_of(oblast: Ints) -> Geometries:
    """Return the four-digit codes of raions, numbered within their oblast.

    Examples
    --------
    >>> raion_code_of(np.array([0, 0, 1])).tolist()
    ['9204', '9206', '8204']
    """
    within = pd.Series(oblast).groupby(oblast).cumcount()
    codes = [
        f"{OBLAST_DIGITS[number]}2{4 + 2 * position:02}"
        for number, position in zip(oblast, within, strict=True)
    ]
    return np.array(codes, dtype=object)


def place_names(rng: np.random.Generator, places: pd.DataFrame) -> list[Name]:
    """Name all places in order; some villages repeat a name, even in their raion."""
    maker = NameMaker(rng)
    written = iter(RAION_TOWNS)
    named: list[Name] = []
    villages: dict[int, list[Name]] = {}
    for kind, centre, raion in zip(
        places["kind"], places["centre"], places["raion"], strict=True
    ):
        earlier = villages.setdefault(int(raion), [])
        if kind == Kind.CAPITAL:
            named.append(spelled(CAPITAL))
        elif kind in _TOWNS:
            known = next(written, None)
            named.append(spelled(known) if known else maker.town())
        elif centre or kind != Kind.RURAL:
            named.append(maker.centre())
        else:
            same, elsewhere = drawn(rng, 0.03, 1)[0], drawn(rng, 0.06, 1)[0]
            pool = earlier if same else villages[int(rng.integers(raion + 1))]
            again = (same or elsewhere) and len(pool) > 0
            name = pool[int(rng.integers(len(pool)))] if again else maker.village()
            earlier.append(name)
            named.append(name)
    return named


def adjectives(names: list[Name]) -> pd.DataFrame:
    """Return the adjectives of places, one column per form."""
    made = [adjective(name) for name in names]
    return pd.DataFrame(
        {
            form: [getattr(n, form) for n in made]
            for form in ("marked", "ru", "be", "en")
        }
    )
