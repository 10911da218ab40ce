"""A table of OpenStreetMap nodes (CSV): one row per node with one key and value."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from geo.sources.country import Country
from geo.sources.readers.base import (
    Options,
    SourceInfo,
    parse_options,
    read_rows,
    refusals,
)
from geo.sources.readers.fields import points, unique
from geo.sources.readers.osm_lifecycle import LAST_DAY, gone, refuse
from geo.sources.readers.osm_living import DELETED, several_versions
from geo.sources.readers.osm_tags import (
    FACILITY_TAGS,
    SETTLEMENTS,
    TOWER_REMARK,
    facility_kinds,
    populations,
    serving,
)
from geo.sources.result import ReadResult, Rejections, canonical, origins
from geo.types import Status

#: What every such table has; further columns are tags, such as opening_hours.
NEEDED = ("osm_node", "lat", "lon", "name", "key", "value", "population")


class NodesOptions(Options):
    """``places``: values of place=* that are settlements.

    ``population_year``: year of the populations, None where nobody says.
    """

    places: tuple[str, ...] = SETTLEMENTS
    population_year: int | None = None


def read(
    path: Path, source: SourceInfo, country: Country, options: Mapping[str, Any]
) -> ReadResult:
    """Read a table of OSM nodes into ``places`` and ``facilities`` (measured).

    A population of 0 means unknown here: mappers write it for want of a number. Other
    keys and other values of place=* are counted in the notes. Refused are settlements
    and facilities without usable point, second rows of a node, and what another column
    or row of the node says is not in use. Deleted nodes (columns ``action``,
    ``visible``) are counted in a note.

    Raises
    ------
    SourceFormatError
        If the file as a whole is unusable, or holds several versions of a node.
    """
    chosen = parse_options(NodesOptions, options)
    refused = refusals(path, source)
    raw = read_rows(path, refused, needed=NEEDED)
    _require_one_version(path, raw)
    table = raw[~_deleted(raw)]
    first = country.languages[0]
    table = table.rename(columns={"name": f"name_{first}"})
    is_place = (table["key"] == "place") & table["value"].isin(chosen.places)
    kinds = _kinds(table)
    table["_kind"] = kinds
    wanted = unique(
        table[is_place | kinds.notna()],
        "osm_node",
        refused,
        what="the node",
    )
    wanted = points(wanted, country, refused)
    wanted = _in_use(wanted, table, source.date or LAST_DAY, refused)
    places = wanted[wanted["key"] == "place"]
    places, notes = _places(places, refused, chosen.population_year)
    facilities = _facilities(wanted[wanted["_kind"].notna()], f"name_{first}")
    facilities = facilities.assign(origin=origins(path.name, facilities["_row"]))
    return ReadResult(
        {
            "places": canonical("places", places),
            "facilities": canonical("facilities", facilities),
        },
        refused.frame(),
        notes=(
            *(f"{count} {DELETED}" for count in [len(raw) - len(table)] if count),
            *notes,
            *_others(table[~is_place & kinds.isna()]),
        ),
    )


def _require_one_version(path: Path, table: pd.DataFrame) -> None:
    """Refuse the rows of a history: nodes that stand in several versions."""
    if "version" not in table:
        return
    each = table[["osm_node", "version"]].dropna().drop_duplicates()
    again = each[each.duplicated("osm_node", keep=False)]
    for node, rows in again.groupby("osm_node", sort=False):
        raise several_versions(path, "node", node, *rows["version"].iloc[:2])


def _deleted(table: pd.DataFrame) -> pd.Series:
    """Tell which nodes an editor has deleted."""
    out = pd.Series(data=False, index=table.index)
    for column, word in (("action", "delete"), ("visible", "false")):
        if column in table:
            out |= table[column].str.lower().eq(word).fillna(value=False)
    return out


def _in_use(
    wanted: pd.DataFrame, table: pd.DataFrame, day: str, refused: Rejections
) -> pd.DataFrame:
    """Refuse settlements and facilities that are not in use, by all tags of a node."""
    tags = _tags(table[table["osm_node"].isin(wanted["osm_node"])])
    keep = [
        _is_in_use(row, tags[row["osm_node"]], day, refused)
        for row in wanted.to_dict("records")
    ]
    return wanted[pd.Series(keep, index=wanted.index, dtype=bool)]


def _tags(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the tags of each node: of all its rows, and of the further columns."""
    known = (*NEEDED, *(name for name in table if str(name).startswith(("_", "name_"))))
    columns = [name for name in table if name not in known]
    tags: dict[str, dict[str, str]] = {}
    for row in table.to_dict("records"):
        said = {name: row[name] for name in columns} | {row["key"]: row["value"]}
        own = tags.setdefault(row["osm_node"], {})
        own |= {
            key: value for key, value in said.items() if pd.notna([key, value]).all()
        }
    return tags


def _is_in_use(
    row: dict[Hashable, Any], tags: dict[str, str], day: str, refused: Rejections
) -> bool:
    kind, number = row["_kind"], row["_row"]
    if pd.isna(kind):
        ceased = gone(tags, "place", day)
        if ceased:
            refuse(refused, number, ceased)
        return ceased is None
    if kind not in facility_kinds(tags):  # the tower of a church, the stop of a tram
        reason = "of another kind by its other tags"
        refused.add(row=number, field=row["key"], value=row["value"], reason=reason)
        return False
    return kind in serving(tags, day, number, refused)


def _kinds(table: pd.DataFrame) -> pd.Series:
    pairs = zip(table["key"], table["value"], strict=True)
    kinds = [FACILITY_TAGS.get(pair) for pair in pairs]
    values = [None if kind is None else kind.value for kind in kinds]
    return pd.Series(values, index=table.index, dtype="str")


def _places(
    table: pd.DataFrame, refused: Rejections, year: int | None
) -> tuple[pd.DataFrame, list[str]]:
    out, notes = populations(table, refused, year)
    return out.assign(
        place_id="osm:n" + out["osm_node"], place_type=out["value"]
    ), notes


def _facilities(table: pd.DataFrame, name_column: str) -> pd.DataFrame:
    tower = (table["key"] == "man_made") & (table["value"] == "tower")
    remark = pd.Series(pd.NA, index=table.index, dtype="str")
    return table.assign(
        facility_id="osm:n" + table["osm_node"],
        kind=table["_kind"],
        name=table[name_column],
        status=Status.MEASURED.value,
        located=True,
        remark=remark.mask(tower, TOWER_REMARK),
        hours=table.get("opening_hours"),
    )


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
