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
from geo.sources.indicators import workbook_columns
from geo.sources.workbook.cells import Value
from geo.sources.workbook.choices import FACILITY_KINDS, GENERATIONS
from geo.sources.workbook.form import GENERATION_PREFIX, completeness_lists
from geo.texts import wording
from geo.types import Status, Tristate

Record = dict[str, Value]

_KNOWN = (Status.MEASURED.value, Status.DECLARED.value)
_REGISTER = "register"
_KINDS = frozenset(choice.code for choice in FACILITY_KINDS)
_GENERATIONS = frozenset(choice.code for choice in GENERATIONS)


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
    operators = [str(said["id"]) for said in release.manifest.get("operators", [])]
    return {
        "settlements": [_settlement(place, areas) for place in places],
        "facilities": _facilities(release, raion_id, settlements),
        "trips": [_trips(place, known) for place in places],
        "timetable": [],
        "mobile": [_mobile(place, known, operators) for place in places],
        "fixed": [_fixed(place, known) for place in places],
        "completeness": [
            {"key": key, "title": title} for key, title in completeness_lists().items()
        ],
        "remarks": [],
    }


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
        "settlement_id": place["id"],
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
    if place["population"] is not None:
        parts.append(
            f"население {place['population']:.0f} "
            f"({_status(place['population_status'])}, "
            f"{_whole(place['population_year']) or 'год неизвестен'})"
        )
    elif place["population_high"] is not None:
        low = place["population_low"] or 0
        parts.append(f"население от {low:.0f} до {place['population_high']:.0f}")
    if place["kind"] is not None:
        parts.append(f"вид: {_status(place['kind_status'])}")
    if place["duplicate_of"] is not None:
        parts.append(f"возможный повтор пункта {place['duplicate_of']}")
    return "; ".join(parts) or "ничего"


def _facilities(
    release: Release, raion_id: str, settlements: pd.DataFrame
) -> list[Record]:
    names = settlements.set_index("id")["name"].to_dict()
    listed = frame(release, "facilities")
    listed = listed[listed["kind"].isin(_KINDS)]
    listed = listed.assign(near=_near(listed, settlements))
    raions = settlements.set_index("id")["raion_id"]
    where = listed["raion_id"].fillna(listed["near"].map(raions))
    own = listed[where == raion_id]
    own = own.sort_values(["kind", "name", "id"], kind="stable")
    return [_facility(_clean(row), names) for row in own.to_dict("records")]


def _near(listed: pd.DataFrame, settlements: pd.DataFrame) -> pd.Series:
    """Return the settlement nearest to each facility; a hint, not a statement."""
    points = shapely.from_wkb(listed["geometry"].to_numpy(dtype=object))
    found, _km = nearest(
        (shapely.get_x(points), shapely.get_y(points)),
        (settlements["lon"].to_numpy(float), settlements["lat"].to_numpy(float)),
    )
    ids = settlements["id"].to_numpy(dtype=object)
    return pd.Series([ids[place] for place in found], index=listed.index, dtype="str")


def _facility(row: dict[str, Any], names: Mapping[Any, Any]) -> Record:
    point = shapely.from_wkb(row["geometry"])
    # the point of its settlement is not where it stands: that is asked, not prefilled
    own = row["placed"] != "settlement"
    shown = point is not None and bool(row["located"]) and own
    about = ", ".join(
        str(part)
        for part in (
            _status(row["status"]),
            row["source"],
            row["supplier"],
            row["date"],
        )
        if part is not None
    )
    if row["settlement_id"] is None:
        about += f"; ближайший пункт {names.get(row['near'])} ({row['near']})"
    closed = is_closed(row["hours"])
    return {
        "facility_id": row["id"],
        "kind": row["kind"],
        "name": row["name"],
        "settlement_id": row["settlement_id"],
        "settlement": names.get(row["settlement_id"]),
        "lon": float(point.x) if shown else None,
        "lat": float(point.y) if shown else None,
        "hours": None if closed else row["hours"],
        "staff_days": row["staff_days"],
        "services": row["services"],
        "state": "closed" if closed else None,
        "remark": row["remark"],
        "info": about,
    }


Known = Mapping[tuple[str, str], dict[str, Any]]


def _named(place: dict[str, Any]) -> Record:
    return {"settlement_id": place["id"], "settlement": place["name"]}


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


def _trips(place: dict[str, Any], known: Known) -> Record:
    record = _named(place)
    columns = workbook_columns("trips")
    for key, code in columns.items():
        row = _declared(known, place["id"], code)
        if row is not None:
            record[key] = int(_number(row))
            if row["value"] is not None:
                record["all_carriers"] = "yes"
    return record | {"info": _about(known, place["id"], list(columns.values()))}


def _mobile(place: dict[str, Any], known: Known, operators: list[str]) -> Record:
    record = _named(place)
    codes = [f"digital.generation.{operator}" for operator in operators]
    for operator, code in zip(operators, codes, strict=True):
        row = _declared(known, place["id"], code)
        text = "" if row is None else f"{_number(row):.0f}"
        if text in _GENERATIONS:
            record[f"{GENERATION_PREFIX}{operator}"] = text
    return record | {"info": _about(known, place["id"], codes)}


def _fixed(place: dict[str, Any], known: Known) -> Record:
    record = _named(place)
    code = "digital.fixed_broadband"
    row = _declared(known, place["id"], code)
    if row is not None:
        record["available"] = "yes" if _number(row) > 0 else "no"
        record["date"] = row["date"]
    return record | {"info": _about(known, place["id"], (code,))}


def _about(known: Known, place: str, indicators: tuple[str, ...] | list[str]) -> str:
    """Return what is known of these indicators in words a clerk can read."""
    parts = []
    for code in indicators:
        row = known.get((place, code))
        if row is None or row["status"] == Status.UNKNOWN.value:
            continue
        bound = row["high"] is None and row["low"] is not None
        number = row["value"] if row["value"] is not None else row["low"]
        shown = "" if number is None else f"{'не менее ' if bound else ''}{number:g} "
        origin = ", ".join(
            str(part)
            for part in (_status(row["status"]), row["source"], row["date"])
            if part is not None
        )
        parts.append(f"{row['label']}: {shown}({origin})")
    return "; ".join(parts) or "ничего"


def _status(code: str | None) -> str:
    return wording("statuses.word", "ru").get(str(code), str(code))


def _whole(number: object) -> int | None:
    return None if number is None else int(str(number).partition(".")[0])
