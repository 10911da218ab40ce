"""Mobile cells of OpenCelliD (CSV without a header line).

``created`` and ``updated`` are the UTC days of the first and the last observation,
``range_m`` the provider's estimate in metres.
"""

import pandas as pd

from geo.sources.readers.base import Options, Reading
from geo.sources.readers.rules import count, filled, key, point, refuse_where, word
from geo.sources.readers.table import Table, same

#: The columns of https://wiki.opencellid.org, in order.
HEADER = (
    "radio", "mcc", "net", "area", "cell", "unit", "lon", "lat", "range", "samples",
    "changeable", "created", "updated", "average_signal",
)  # fmt: skip
GENERATIONS = {"GSM": 2, "CDMA": 2, "UMTS": 3, "LTE": 4, "NR": 5}
_KEY = ["radio", "mcc", "net", "area", "cell"]
_COUNTED = ("range", "samples", "created", "updated")


class CellOptions(Options):
    """``mcc``: mobile country codes of the country; cells of others are refused."""

    mcc: tuple[int, ...] | int

    @property
    def codes(self) -> list[str]:
        """The mobile country codes as text."""
        given = (self.mcc,) if isinstance(self.mcc, int) else self.mcc
        return [str(code) for code in given]


def _foreign(table: pd.DataFrame, at: Reading[CellOptions]) -> pd.Series:
    said = f"the country code is not {' or '.join(at.options.codes)}"
    known = table["mcc"].isin(at.options.codes)
    return pd.Series(said, index=table.index, dtype="str").mask(known)


def _named(table: pd.DataFrame, _: Reading[CellOptions]) -> pd.DataFrame:
    radio = table["radio"]
    return table.assign(
        cell_id=radio.str.cat(table[_KEY[1:]], sep="-"),
        generation=radio.map(GENERATIONS),
    )


def _seen(table: pd.DataFrame, _: Reading[CellOptions]) -> pd.DataFrame:
    return table.assign(
        range_m=table["range"],
        **{name: _day(table[name]) for name in ("created", "updated")},
    )


def _day(seconds: pd.Series) -> pd.Series:
    # 0 is how the provider writes "never", not a day of 1970.
    stamps = pd.to_datetime(seconds.where(seconds > 0), unit="s", errors="coerce")
    return stamps.dt.floor("D").astype("datetime64[s]")


read = Table(
    "cells",
    same(*_KEY, "lon", "lat", "range", "samples", "created", "updated"),
    header=HEADER,
    options=CellOptions,
    steps=(
        refuse_where("mcc", "the country code is not …", _foreign),
        *filled("radio"),
        word("radio", GENERATIONS, "radio"),
        point(),
        _named,
        *key("cell_id", "the cell"),
        *(count(column, keep=True) for column in _COUNTED),
        _seen,
    ),
)
