"""What is wrong with the mirror on purpose, as things are wrong in real files.

Each fault is one row of one file and what a build says of it; all else that a build
refuses would be a fault of the program. What whole sources lack (a raion that is
silent, lists that are not complete) is declared in :mod:`geo.synthetic.declared`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from geo.synthetic.territory import bounds

_ZERO = "coordinates 0,0 stand for unknown"
_ABROAD = "outside the bounds of demo"
#: columns of the place list that are empty where the census does not know the place
UNLISTED = dict.fromkeys(
    (
        *("type", "selsovet", "soato_selsovet", "pop2009", "match"),
        *("match_candidates", "gn_population", "selsovet_centre"),
    ),
    "",
)


@dataclass(frozen=True)
class Fault:
    """One row that is wrong.

    Attributes
    ----------
    file
        File of the mirror; a member of an archive stands behind a slash.
    what
        What is wrong, in words.
    said
        The reason that the release gives, or how it begins; empty: the row itself says
        it, and stays.
    put
        What stands in the provider's columns in place of what is right. ``{south}``
        and ``{west}`` are degrees of the corner of the country's bounds.
    row
        Position of the sound row from which the bad one is made.
    spoils
        The sound row itself is spoilt; else a bad copy of it is added at the end.
    said_of
        What the release names in place of the file where it is not the file's reader
        that refuses the row.
    """

    file: str
    what: str
    said: str
    put: dict[str, str]
    row: int = 0
    spoils: bool = False
    said_of: str = ""


def _nowhere(number: int, lat: str, lon: str) -> dict[str, str]:
    names = {"name_en": f"Nowhere {number}", "name_ru": f"Нигде {number}"}
    put = {"wof_id": f"980009001{number - 1}", "name_be": "", "lat": lat, "lon": lon}
    return UNLISTED | names | put


def _facility(number: int, **put: str) -> dict[str, str]:
    return put | {"id": f"demo-f9000{number}", "remark": "строка с ошибкой"}


FAULTS = (
    Fault(
        "places.csv",
        "a place at longitude and latitude 0",
        said=_ZERO,
        put=_nowhere(1, "0", "0"),
        row=-1,
    ),
    Fault(
        "places.csv",
        "a place in Berlin",
        said=_ABROAD,
        put=_nowhere(2, "52.52", "13.405"),
        row=-1,
    ),
    Fault(
        "places.csv",
        "a place without coordinates",
        said="coordinates missing",
        put=_nowhere(3, "", ""),
        row=-1,
    ),
    Fault(
        "places.csv",
        "a place in the corner of the bounds, outside all areas",
        said="the point lies outside the country's areas",
        put=_nowhere(4, "{south}", "{west}"),
        row=-1,
        said_of="layer places",
    ),
    Fault(
        "census.csv",
        "residents below zero",
        said="a count below zero",
        put={"pop2009": "-5", "name": "Нигде", "wof_id": "", "match": ""},
    ),
    Fault(
        "kinds.csv",
        "a kind that nobody knows",
        said="must be one of аг, д",
        put={"kind": "хутор?"},
    ),
    Fault(
        "kinds.csv",
        "the kind of a place that no list names",
        said="no feed lists a place of this id",
        put={"wof_id": "9800090099"},
        said_of="layer places",
    ),
    Fault(
        "area_names.xml",
        "a city without a name",
        said="the element has no name",
        put={"element": "Horad", "osmID": "r99000000900"}
        | dict.fromkeys(("name_be", "name_ru", "int_name", "iso3166-1"), ""),
    ),
    Fault(
        "facilities.csv",
        "a hospital at longitude and latitude 0; only its settlement says where",
        said=_ZERO,
        put=_facility(1, lon="0", lat="0"),
    ),
    Fault(
        "facilities.csv",
        "a kind of facility that nobody knows",
        said="must be one of hospital, primary_care, pharmacy",
        put=_facility(2, kind="поликлиника?"),
        row=1,
    ),
    Fault(
        "facilities.csv",
        "a hospital in Germany",
        said=_ABROAD,
        put=_facility(3, lon="7.5", lat="51.2"),
        row=2,
    ),
    Fault(
        "facilities.csv",
        "days of reception that nobody can read: the hospital stays, its hours do not",
        said="",
        put={"staff_days": "по графику"},
        spoils=True,
    ),
    Fault(
        "cells.csv.gz",
        "a cell at longitude and latitude 0",
        said=_ZERO,
        put={"lon": "0.0", "lat": "0.0"},
        row=3,
        spoils=True,
    ),
    Fault(
        "cells.csv.gz",
        "a cell in Berlin",
        said=_ABROAD,
        put={"lon": "13.4", "lat": "52.5"},
        row=11,
        spoils=True,
    ),
    Fault(
        "rail_stations.tsv",
        "a station at longitude and latitude 0",
        said=_ZERO,
        put={"lat": "0", "lon": "0"},
        row=1,
        spoils=True,
    ),
    Fault(
        "timetable.zip/stops.txt",
        "a stop that no trip calls at, at longitude and latitude 0",
        said=_ZERO,
        put={"stop_id": "s99999x", "stop_name": "Остановка без координат"}
        | {"stop_lat": "0.0", "stop_lon": "0.0"},
    ),
)


def faults_of(settlements: int) -> list[Fault]:
    """Return the faults of a country of so many settlements, the corner filled in."""
    west, south, _, _ = bounds(settlements)
    corner = {"{south}": f"{south + 0.02:.5f}", "{west}": f"{west + 0.02:.5f}"}
    return [
        replace(one, put={key: corner.get(text, text) for key, text in one.put.items()})
        for one in FAULTS
    ]


def spoilt(rows: pd.DataFrame, faults: Iterable[Fault]) -> pd.DataFrame:
    """Return the rows of a file with its faults.

    Parameters
    ----------
    rows
        The sound rows, in the provider's columns.
    faults
        Those of this file, in the order in which the bad rows stand at its end.
    """
    out, added = rows, []
    for fault in faults:
        if fault.spoils:
            out = out.astype(dict.fromkeys(fault.put, "object"))
            out.loc[fault.row, list(fault.put)] = list(fault.put.values())
        else:
            sound = rows.iloc[[fault.row]].astype("object")
            added.append(sound.assign(**fault.put))
    return pd.concat([out, *added], ignore_index=True) if added else out
