"""A table of OpenStreetMap nodes (CSV): one row per node with one key and value.

Further columns, such as ``opening_hours``, and other rows of a node are its tags too.
Other keys and other values of place=* are counted in the notes, and so are deleted
nodes (columns ``action``, ``visible``).
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pandas as pd

from geo.sources.readers.base import ROW, Options, Reading
from geo.sources.readers.fields import INHABITANTS
from geo.sources.readers.osm_lifecycle import LAST_DAY, NOT_IN_USE, gone, refuse
from geo.sources.readers.osm_living import DELETED, several_versions
from geo.sources.readers.osm_tags import (
    OTHER_SERVICES,
    SETTLEMENTS,
    TOWER_REMARK,
    facility_kinds,
    named_kinds,
    populations,
    serving,
)
from geo.sources.readers.rules import Refusals, count, key, point, refuses
from geo.sources.readers.table import Table, same
from geo.sources.result import ReadResult
from geo.types import FacilityKind, Status

COLUMNS = same("osm_node", "lat", "lon", "name", "key", "value", "population")
_OTHER_KIND = "of another kind by its other tags"
_DELETED = (("action", "delete"), ("visible", "false"))


class NodesOptions(Options):
    """``places``: values of place=* that are settlements.

    ``population_year``: year of the populations, None where nobody says.
    """

    places: tuple[str, ...] = SETTLEMENTS
    population_year: int | None = None


def _living(table: pd.DataFrame, at: Reading[NodesOptions]) -> pd.DataFrame:
    """Leave out what an editor has deleted; refuse a history as a whole."""
    _require_one_version(at.path, table)
    deleted = pd.Series(data=False, index=table.index)
    for column, said in _DELETED:
        if column in table:
            deleted |= table[column].str.lower().eq(said).fillna(value=False)
    if deleted.any():
        at.notes.append(f"{int(deleted.sum())} {DELETED}")
    return table[~deleted]


def _require_one_version(path: Path, table: pd.DataFrame) -> None:
    if "version" not in table:
        return
    each = table[["osm_node", "version"]].dropna().drop_duplicates()
    again = each[each.duplicated("osm_node", keep=False)]
    for node, rows in again.groupby("osm_node", sort=False):
        raise several_versions(path, "node", node, *rows["version"].iloc[:2])


def _wanted(table: pd.DataFrame, at: Reading[NodesOptions]) -> pd.DataFrame:
    """Keep settlements and facilities, with all tags of their nodes."""
    tags = _tags(table)
    pairs = zip(table["key"], table["value"], strict=True)
    kinds = [
        [] if pd.isna(value) else named_kinds({key: value}) for key, value in pairs
    ]
    out = table.assign(
        _tags=table["osm_node"].map(tags.get),
        _kinds=pd.Series(kinds, index=table.index, dtype="object"),
        _place=(table["key"] == "place") & table["value"].isin(at.options.places),
    )
    ours = out["_place"] | out["_kinds"].map(bool)
    at.notes += _others(out[~ours])
    return out[ours]


def _tags(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the tags of each node: of all its rows, and of the further columns."""
    columns = [name for name in table if name not in (*COLUMNS, ROW)]
    tags: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        said = {name: row[name] for name in columns} | {row["key"]: row["value"]}
        own = tags.setdefault(row["osm_node"], {})
        own |= {
            key: value for key, value in said.items() if pd.notna([key, value]).all()
        }
    return tags


def _others(table: pd.DataFrame) -> list[str]:
    """Count what is neither a settlement nor a facility of ours."""
    places = table.loc[table["key"] == "place", "value"].value_counts()
    rest = int((table["key"] != "place").sum())
    notes = [f"{rest} nodes are no facilities of a kind that is judged"] if rest else []
    if len(places):
        listed = ", ".join(
            f"{count} {value}" for value, count in sorted(places.to_dict().items())
        )
        notes.append(f"not taken for settlements: {listed}")
    return notes


@refuses(
    {
        "…": (
            NOT_IN_USE,
            _OTHER_KIND,
            *dict.fromkeys(one.reason for one in OTHER_SERVICES),
        )
    }
)
def _in_use(table: pd.DataFrame, at: Reading[NodesOptions]) -> pd.DataFrame:
    """Refuse settlements and facilities that are not in use, by all tags of a node."""
    kinds = [_still(row, at) for row in table.to_dict("records")]
    out = table.assign(_kinds=pd.Series(kinds, index=table.index, dtype="object"))
    return out[out["_kinds"].notna()]


def _still(
    row: dict[Hashable, Any], at: Reading[NodesOptions]
) -> list[FacilityKind] | None:
    """Return the kinds of facility that a row is in use as, None where it is not."""
    tags, number, day = row["_tags"], row[ROW], at.source.date or LAST_DAY
    if row["_place"]:
        ceased = gone(tags, "place", day)
        if ceased:
            refuse(at.refused, number, ceased)
        return None if ceased else []
    own = [kind for kind in row["_kinds"] if kind in facility_kinds(tags)]
    if not own:  # the tower of a church, the stop of a tram
        field, value = row["key"], row["value"]
        at.refused.add(row=number, field=field, value=value, reason=_OTHER_KIND)
        return None
    served = serving(tags, day, number, at.refused)
    return [kind for kind in own if kind in served] or None


def _layers(table: pd.DataFrame, at: Reading[NodesOptions]) -> ReadResult:
    name = f"name_{at.country.languages[0]}"
    named = table.assign(**{name: table["name"]})
    places = populations(named[named["_place"]], at, at.options.population_year)
    places = places.assign(
        place_id="osm:n" + places["osm_node"], place_type=places["value"]
    )
    return at.result({"places": places, "facilities": _facilities(named)})


def _facilities(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per facility; a node may be several."""
    each = table.explode("_kinds").dropna(subset="_kinds")
    node, kind = "osm:n" + each["osm_node"], each["_kinds"].astype("str")
    tower = (each["key"] == "man_made") & (each["value"] == "tower")
    remark = pd.Series(TOWER_REMARK, index=each.index, dtype="str").where(tower)
    return each.assign(
        facility_id=node.mask(node.duplicated(), node + "#" + kind),
        kind=kind,
        status=Status.MEASURED.value,
        located=True,
        remark=remark,
        hours=each.get("opening_hours"),
    )


read = Table(
    "places",
    COLUMNS,
    also=("",),
    options=NodesOptions,
    steps=(
        _living,
        _wanted,
        *key("osm_node", "the node"),
        point(),
        _in_use,
    ),
    ends=Refusals(count("population", most=INHABITANTS, keep=True).sentences, _layers),
)
