"""Write the workbook of a raion, prefilled from a release."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.errors import NotFoundError
from geo.layers.names import area_key, likeness
from geo.release.read import Release, open_release
from geo.reports.about import SYNTHETIC_NOTICE
from geo.reports.prefill import Record, frame, operators, prefill
from geo.sources.workbook.cells import Value
from geo.sources.workbook.content import CONFIRM, Meta, Row, WorkbookContent
from geo.sources.workbook.faults import listed, sentences
from geo.sources.workbook.form import Sheet, Unit, declared
from geo.sources.workbook.store import SuppliedWorkbook, read_as_sent
from geo.sources.workbook.tables import subject
from geo.sources.workbook.write import write_form

_SHOWN = 12
_ALIKE = 0.6


@dataclass(frozen=True)
class Raion:
    """A raion of a release: id, name, and its oblast's name."""

    id: str
    name: str
    oblast: str = ""

    def __str__(self) -> str:
        """Return name, oblast and id, as a message names a candidate."""
        return f"{', '.join(filter(None, (self.name, self.oblast)))} ({self.id})"


def write_workbook(
    release_path: Path,
    raion: str,
    out: Path,
    supplied: Sequence[SuppliedWorkbook] = (),
) -> Path:
    """Write the form of one raion.

    Parameters
    ----------
    release_path
        Folder of the release.
    raion
        Id of the raion, or its name in any language.
    out
        XLSX file to write, or an existing folder; it appears whole or not at all.
    supplied
        Stored workbooks of the country: what this raion has sent is written back as
        it was sent, newest last.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    NotFoundError
        If no raion, or more than one, has this name; names the candidates.
    ReleaseError
        If the release cannot be opened, or the file cannot be written.
    """
    release = open_release(release_path)
    found = find_raion(release, raion)
    records = prefill(release, found.id)
    sent = [item for item in supplied if item.raion_id == found.id]
    for item in sent:
        overlay(records, read_as_sent(item))
    told = (release.country, found.id, found.name, release.id, operators(release))
    return write_form(
        out,
        Meta(*told, declared().version),
        records,
        date.fromisoformat(release.on),
        sender={"office": sent[-1].supplier} if sent else None,
        notice=SYNTHETIC_NOTICE if release.synthetic else "",
    )


def raions(release: Release) -> list[Raion]:
    """Return the raions of a release, by name."""
    areas = frame(release, "areas")
    names = areas.set_index("id")["name"].to_dict()
    found = [
        Raion(row["id"], row["name"], str(names.get(row["parent"]) or ""))
        for row in areas[areas["level"] == "raion"].to_dict("records")
    ]
    return sorted(found, key=lambda unit: (unit.name, unit.id))


def find_raion(release: Release, wanted: str) -> Raion:
    """Return the raion with this id, or with this name in any language.

    Raises
    ------
    NotFoundError
        If none or several fit; names the candidates, or those alike.
    """
    units = raions(release)
    for unit in units:
        if unit.id == wanted.strip():
            return unit
    called = _names(release)
    key = area_key(wanted)
    hits = [unit for unit in units if key and key in called[unit.id]]
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise _not_found("raion_namesakes", release, wanted, hits)
    near = [unit for unit in units if likeness(unit.name, wanted) >= _ALIKE]
    near.sort(key=lambda unit: -likeness(unit.name, wanted))
    if near:
        raise _not_found("no_raion_like", release, wanted[:60], near)
    fault = "no_raion_of" if units else "no_raions"
    raise _not_found(fault, release, wanted[:60], units)


def _not_found(
    fault: str, release: Release, name: str, units: Sequence[Raion]
) -> NotFoundError:
    shown = listed([str(unit) for unit in units], _SHOWN)
    what, remedy = sentences(fault, name=name, listed=shown)
    return NotFoundError(what, where=release.id, remedy=remedy)


def _names(release: Release) -> dict[str, set[str]]:
    areas = frame(release, "areas")
    columns = ["name", *(name for name in areas if str(name).startswith("name_"))]
    return {
        str(row["id"]): {area_key(row[column]) for column in columns} - {""}
        for row in areas.to_dict("records")
    }


def overlay(records: dict[str, list[Record]], content: WorkbookContent) -> None:
    """Write what a raion has sent over the prefilled rows, cell for cell.

    Cells that it left as they were prefilled keep what the release knows now.
    """
    for key, sheet in content.sheets.items():
        said = [row for row in content.rows.get(key, ()) if _said(sheet, row)]
        if sheet.unit is Unit.SHEET:
            if said or key in content.emptied:
                records[key] = [dict(row.cells) for row in content.rows.get(key, ())]
        elif sheet.unit is Unit.SETTLEMENT:
            _by_settlement(records[key], content.rows.get(key, ()), said)
        else:
            _by_row(sheet, records[key], said)
            _in_order(records[key], content.rows.get(key, ()))


def _said(sheet: Sheet, row: Row) -> frozenset[str]:
    """Return the keys that the clerk wrote: declared ones, remark, confirmation."""
    known = {column.key for column in sheet.columns}
    return row.declared | row.touched({"remark", CONFIRM} & known)


def _by_row(sheet: Sheet, records: list[Record], said: Iterable[Row]) -> None:
    known = {_subject(record): record for record in records}
    for row in said:
        identity = subject(row)
        record = known.get(identity)
        if record is None:
            record = known[identity] = {}
            records.append(record)
        written = row.cells if row.original is None else _said(sheet, row)
        record.update({key: row.cells.get(key) for key in written})
        if row.sheet == "facilities":
            record["facility_id"] = identity


def _in_order(records: list[Record], rows: Iterable[Row]) -> None:
    """Put the rows into the order in which the raion sent them, new ones last."""
    places: dict[Value, int] = {}
    for place, row in enumerate(rows):
        places.setdefault(subject(row), place)
    records.sort(key=lambda record: places.get(_subject(record), len(places)))


def _subject(record: Record) -> Value:
    for key in ("facility_id", "key"):
        if key in record:
            return record[key]
    return record.get("settlement_id")


def _by_settlement(
    records: list[Record], rows: Iterable[Row], said: Sequence[Row]
) -> None:
    """Take all lines of a settlement from the raion where it touched one of them."""
    stated = {row.place_id for row in said}
    left: dict[Value, list[Record]] = {}
    for record in records:
        left.setdefault(record.get("settlement_id"), []).append(record)
    about = {place: lines[0].get("info") for place, lines in left.items()}
    ordered: list[Record] = []
    for row in rows:
        if row.place_id in stated:
            ordered.append({**row.cells, "info": about.get(row.place_id)})
        elif left.get(row.place_id):
            ordered.append(left[row.place_id].pop(0))
    for place, lines in left.items():
        if place not in stated:
            ordered.extend(lines)
    records[:] = ordered
