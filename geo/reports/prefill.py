"""What a release knows of a raion, as the rows of its workbook.

Facts about the list (settlements, facilities) are shown with their status; a service
is only shown where somebody has declared it. Nothing modelled or assumed about a
settlement is written into a cell that the raion is asked to fill.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import shapely

from geo.layers.geodesy import nearest
from geo.layers.opening_hours import is_closed
from geo.release.read import Release
from geo.sources.workbook.cells import Value
from geo.sources.workbook.form import (
    SETTLEMENTS,
    Cell,
    Column,
    Operators,
    Sheet,
    Unit,
    completeness_lists,
    form,
)
from geo.texts import wording
from geo.types import Status, Tristate

Record = dict[str, Value]

_KNOWN = (Status.MEASURED.value, Status.DECLARED.value)
_REGISTER = "register"
Known = Mapping[tuple[str, str], dict[str, Any]]


def frame(release: Release, table: str) -> pd.DataFrame:
    """Return one table of a release with null as None or NaN."""
    return pd.DataFrame(release.table(table).to_pandas())


def prefill(release: Release, raion_id: str) -> dict[str, list[Record]]:
    """Return sheet key -> prefilled rows of one raion.

    Parameters
    ----------
    release
        An opened release.
    raion_id
        Id of an area of level ``raion``.
    """
    settlements = frame(release, "settlements")
    own = settlements[settlements["raion_id"] == raion_id]
    # a place without a Russian name is a name to be supplied: last, not first
    own = own.assign(_nameless=own["name_ru"].isna())
    own = own.sort_values(["_nameless", "name", "id"], kind="stable")
    places = [_clean(row) for row in own.to_dict("records")]
    values = frame(release, "values")
    values = values[values["settlement_id"].isin(own["id"])]
    labels = {
        said["code"]: said["label"].get("ru") or said["code"]
        for said in release.manifest["indicators"]
    }
    values = values.assign(label=values["indicator"].map(labels))
    known = {
        (row["settlement_id"], row["indicator"]): _clean(row)
        for row in values.to_dict("records")
    }
    areas = frame(release, "areas").set_index("id")["name"].to_dict()
    rows = {
        key: [_of_place(sheet, place, known) for place in places]
        if sheet.row_key == ("settlement_id",)
        else []
        for key, sheet in form(operators(release)).items()
    }
    facts = [_settlement(place, areas) for place in places]
    rows[SETTLEMENTS] = [a | b for a, b in zip(rows[SETTLEMENTS], facts, strict=True)]
    rows["facilities"] = _facilities(release, raion_id, settlements)
    lists = completeness_lists().items()
    rows["completeness"] = [{"key": key, "title": title} for key, title in lists]
    return rows


def operators(release: Release) -> Operators:
    """Return id and name of the mobile operators of a release."""
    listed = release.manifest.get("operators", [])
    return tuple((str(said["id"]), str(said["name"])) for said in listed)


def _clean(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the row with every kind of missing value as None."""
    return {
        str(key): None if pd.api.types.is_scalar(value) and pd.isna(value) else value
        for key, value in row.items()
    }


def _settlement(place: dict[str, Any], areas: Mapping[Any, Any]) -> Record:
    said = place["population_status"] in _KNOWN
    counted = place["population"] if said else None
    kind = place["kind"] if place["kind_status"] in _KNOWN else None
    centre = place["selsovet_centre"]
    return {
        "list_name": place["name"],
        "name_ru": place["name_ru"],
        "name_be": place["name_be"],
        "selsovet": areas.get(place["selsovet_id"]),
        "kind": kind,
        "selsovet_centre": None if centre == Tristate.UNKNOWN.value else centre,
        "population": None if counted is None else int(counted),
        "population_date": (
            None if counted is None else _whole(place["population_year"])
        ),
        "info": _about_settlement(place),
    }


def _about_settlement(place: dict[str, Any]) -> str:
    parts = []
    year = _whole(place["population_year"]) or _said("no_year")
    low, high = place["population_low"] or 0, place["population_high"]
    if place["population"] is not None:
        status, people = _status(place["population_status"]), place["population"]
        told = {"population": people, "status": status, "year": year}
        parts.append(_said("population", **told))
    elif high is not None:
        parts.append(_said("population_between", low=low, high=high))
    if place["kind"] is not None:
        parts.append(_said("kind", status=_status(place["kind_status"])))
    if place["duplicate_of"] is not None:
        parts.append(_said("duplicate", id=place["duplicate_of"]))
    if place["foreign"] is not None:
        parts.append(_said("foreign", country=place["foreign"].upper()))
    return "; ".join(parts) or _said("nothing")


def _facilities(
    release: Release, raion_id: str, settlements: pd.DataFrame
) -> list[Record]:
    names = settlements.set_index("id")["name"].to_dict()
    listed = frame(release, "facilities")
    kinds = {kind.code for kind in form(())["facilities"].column("kind").options}
    listed = listed[listed["kind"].isin(kinds)]
    listed = listed.assign(near=_near(listed, settlements))
    raions = settlements.set_index("id")["raion_id"]
    where = listed["raion_id"].fillna(listed["near"].map(raions))
    own = listed[where == raion_id]
    own = own.sort_values(["kind", "name", "id"], kind="stable")
    return [_facility(_clean(row), names) for row in own.to_dict("records")]


def _near(listed: pd.DataFrame, settlements: pd.DataFrame) -> pd.Series:
    """Return the settlement nearest to each facility; a hint, not a statement.

    What has no point is near nothing, and nothing is near it.
    """
    there = listed[listed["geometry"].notna()]
    placed = settlements.dropna(subset=["lon", "lat"])
    points = shapely.from_wkb(there["geometry"].to_numpy(dtype=object))
    found, _km = nearest(
        (shapely.get_x(points), shapely.get_y(points)),
        (placed["lon"].to_numpy(float), placed["lat"].to_numpy(float)),
    )
    ids = placed["id"].to_numpy(dtype=object)
    near = [None if place < 0 else ids[place] for place in found]
    return pd.Series(near, index=there.index, dtype="str").reindex(listed.index)


def _facility(row: dict[str, Any], names: Mapping[Any, Any]) -> Record:
    point = shapely.from_wkb(row["geometry"])
    # the point of its settlement is not where it stands: that is asked, not prefilled
    own = row["placed"] != "settlement"
    shown = point is not None and bool(row["located"]) and own
    about = _origin(row, "source", "supplier", "date")
    if row["settlement_id"] is None and row["near"] is not None:
        near = row["near"]
        about += _said("near", name=names.get(near), id=near)
    closed = is_closed(row["hours"])
    fed = {c.key: row.get(c.feeds) for c in form(())["facilities"].columns if c.feeds}
    return fed | {
        "facility_id": row["id"],
        "settlement_id": row["settlement_id"],
        "settlement": names.get(row["settlement_id"]),
        "lon": float(point.x) if shown else None,
        "lat": float(point.y) if shown else None,
        "hours": None if closed else row["hours"],
        "state": "closed" if closed else None,
        "remark": row["remark"],
        "info": about,
    }


def _of_place(sheet: Sheet, place: dict[str, Any], known: Known) -> Record:
    """Return the row of a settlement, filled with what somebody has declared of it."""
    record: Record = {"settlement_id": place["id"], "settlement": place["name"]}
    asked = [column for column in sheet.columns if column.indicator]
    for column in asked:
        row = _declared(known, place["id"], column.indicator)
        if row is None:
            continue
        record[column.key] = _filled(column, _number(row))
        if sheet.key == "trips" and row["value"] is not None:
            record["all_carriers"] = "yes"
        if sheet.unit is Unit.SETTLEMENT:
            record["date"] = row["date"]
    codes = [column.indicator for column in asked]
    return record | {"info": _about(known, place["id"], codes)}


def _declared(known: Known, place: str, indicator: str) -> dict[str, Any] | None:
    """Return a value that somebody declared for the settlement itself."""
    row = known.get((place, indicator))
    if row is None or row["status"] != Status.DECLARED.value:
        return None
    # a count of timetable stops near by is derived, not declared
    exact = row["high"] is not None and row["value"] is not None
    return row if exact or row["method"] == _REGISTER else None


def _number(row: dict[str, Any]) -> float:
    return float(row["value"] if row["value"] is not None else row["low"])


def _filled(column: Column, number: float) -> Value:
    """Return a number as the column holds it: a count, yes or no, a code."""
    if column.cell is not Cell.CHOICE:
        return int(number) if column.cell is Cell.COUNT else number
    codes = {choice.code for choice in column.options}
    text = ("yes" if number > 0 else "no") if "yes" in codes else f"{number:.0f}"
    return text if text in codes else None


def _about(known: Known, place: str, indicators: list[str]) -> str:
    """Return what is known of these indicators in words a clerk can read."""
    parts = []
    for code in indicators:
        row = known.get((place, code))
        if row is None or row["status"] == Status.UNKNOWN.value:
            continue
        number = row["value"] if row["value"] is not None else row["low"]
        told = {"label": row["label"], "origin": _origin(row, "source", "date")}
        bound = row["high"] is None and row["low"] is not None
        said = "no_number" if number is None else "at_least" if bound else "value"
        parts.append(_said(said, number=number, **told))
    return "; ".join(parts) or _said("nothing")


def _origin(row: Mapping[str, Any], *columns: str) -> str:
    told = [_status(row["status"]), *(row[column] for column in columns)]
    return ", ".join(str(part) for part in told if part is not None)


def _status(code: str | None) -> str:
    return wording("statuses.word", "ru").get(str(code), str(code))


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number).partition(".")[0])


def _said(key: str, /, **told: Any) -> str:
    return wording("workbook.known", "ru")[key].format(**told)
