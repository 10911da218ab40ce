"""The workbooks that raions have sent: kept byte for byte, dated, never changed."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from geo.codes import check_country_code
from geo.disk.faults import disk_faults
from geo.disk.whole import write_bytes_whole
from geo.errors import WorkbookError
from geo.sources.country import Completeness, Country
from geo.sources.result import ReadResult
from geo.sources.workbook.content import WorkbookContent
from geo.sources.workbook.faults import refusal
from geo.sources.workbook.places import Place
from geo.sources.workbook.read import read_with_places
from geo.sources.workbook.tables import (
    completeness,
    to_read_result,
    without_superseded,
)

_WORLD = (-180.0, -90.0, 180.0, 90.0)
_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")


@dataclass(frozen=True)
class SuppliedWorkbook:
    """One stored workbook.

    Attributes
    ----------
    raion, raion_id
        Name and area id of the raion.
    supplier, date
        Who stated it and for which day.
    release
        Release that the form was made from.
    newer
        Later workbooks of the same raion: their statements take the place of its.
    """

    path: Path
    country: str
    raion_id: str
    raion: str
    supplier: str
    date: date
    sha256: str
    release: str
    number: int
    places: tuple[Place, ...]
    newer: tuple["SuppliedWorkbook", ...] = ()

    @property
    def source(self) -> str:
        """Name of the source in the release."""
        return f"workbook:{self.raion_id}"


def store(
    path: Path,
    content: WorkbookContent,
    supplied_dir: Path,
    *,
    supplier: str | None = None,
    stated: date | None = None,
    today: date | None = None,
) -> Path:
    """Keep a checked workbook as a dated source; the same bytes are kept once.

    Parameters
    ----------
    path
        The file as it was sent.
    content
        What :func:`geo.sources.workbook.read.read_workbook` made of it.
    supplied_dir
        Folder of supplied sources; the file goes into ``<country>/``.
    supplier, stated
        Who sent it and for which day; by default what the workbook itself says.
    today
        The day may not lie ahead of it; by default it is not looked at.

    Returns
    -------
    Path
        The stored file; beside it lies the ``.json`` that names supplier and hash.

    Raises
    ------
    WorkbookError
        If neither caller nor workbook says who sent it, or when; if that day lies
        ahead; if the disk refuses.
    NotFoundError
        If the workbook names no country code.
    """
    who = (supplier or content.supplier).strip()
    when = stated or content.filled_on
    if not who or when is None:
        raise refusal("no_supplier" if not who else "no_day_stated", path.name)
    if today is not None and when > today:
        raise refusal("stated_ahead", path.name, day=f"{when:%d.%m.%Y}")
    with disk_faults("the workbook cannot be read", path, kind=WorkbookError):
        data = path.read_bytes()
    digest = sha256(data).hexdigest()
    kept = supplied(content.country, supplied_dir)
    for known in kept:
        if known.sha256 == digest:
            return known.path
    sidecar = _sidecar(content, who, when, digest) | {
        "number": 1 + max((known.number for known in kept), default=0),
    }
    text = json.dumps(sidecar, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    raion = _UNSAFE.sub("_", content.raion_id)
    folder = _folder(supplied_dir, content.country)
    target = folder / f"{when.isoformat()}-{raion}-{digest[:8]}.xlsx"
    with disk_faults("the workbook cannot be kept", target, kind=WorkbookError):
        folder.mkdir(parents=True, exist_ok=True)
        # The sidecar comes last: a workbook without one was never taken.
        write_bytes_whole(target, data)
        write_bytes_whole(target.with_suffix(".json"), text.encode())
    return target


def _folder(supplied_dir: Path, country: str) -> Path:
    return supplied_dir / check_country_code(country, where=str(supplied_dir))


def _sidecar(
    content: WorkbookContent, who: str, when: date, digest: str
) -> dict[str, Any]:
    """Return what is kept beside a workbook, without its number."""
    return {
        "country": content.country,
        "raion_id": content.raion_id,
        "raion": content.raion_name,
        "supplier": who,
        "date": when.isoformat(),
        "sha256": digest,
        "release": content.release,
        "form_version": content.version,
        "places": [
            [place.id, list(place.names), place.raion_id, place.lon, place.lat]
            for place in content.places.values()
        ],
    }


def supplied(country: str, supplied_dir: Path) -> list[SuppliedWorkbook]:
    """Return the stored workbooks of a country, oldest first, each verified.

    Raises
    ------
    WorkbookError
        If a file is missing, is not what was taken, or its sidecar is damaged; if the
        disk refuses.
    NotFoundError
        If ``country`` is no country code.
    """
    folder = _folder(supplied_dir, country)
    with disk_faults("a workbook cannot be read", folder, kind=WorkbookError):
        found = [_stored(path) for path in sorted(folder.glob("*.json"))]
    found.sort(key=lambda item: (item.date, item.number))
    return [
        replace(
            item,
            newer=tuple(
                later for later in found[place:] if later.raion_id == item.raion_id
            ),
        )
        for place, item in enumerate(found, start=1)
    ]


def _stored(sidecar: Path) -> SuppliedWorkbook:
    path = sidecar.with_suffix(".xlsx")
    try:
        said: dict[str, Any] = json.loads(sidecar.read_text(encoding="utf-8"))
        item = SuppliedWorkbook(
            path=path,
            country=said["country"],
            raion_id=said["raion_id"],
            raion=said["raion"],
            supplier=said["supplier"],
            date=date.fromisoformat(said["date"]),
            sha256=said["sha256"],
            release=said["release"],
            number=int(said["number"]),
            places=tuple(
                Place(id_, tuple(names), raion, lon, lat)
                for id_, names, raion, lon, lat in said["places"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        kind = type(error).__name__
        raise refusal("sidecar_damaged", sidecar, kind=kind) from error
    try:
        digest = sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError as error:
        raise refusal("workbook_gone", path) from error
    if digest != item.sha256:
        raise refusal(
            "workbook_changed", path, found=digest[:12], kept=item.sha256[:12]
        )
    return item


def read_content(workbook: SuppliedWorkbook) -> WorkbookContent:
    """Return a stored workbook's content with what newer ones say again left out."""
    newer = [read_as_sent(later) for later in workbook.newer]
    return without_superseded(read_as_sent(workbook), newer)


def read_as_sent(workbook: SuppliedWorkbook) -> WorkbookContent:
    """Return a stored workbook's content as it was sent."""
    # It was checked against the country when it was taken; the settlements that it
    # named then are kept beside it, so that a later list cannot change its meaning.
    return read_with_places(
        workbook.path, list(workbook.places), bounds=_WORLD, today=date.max
    )


def read_supplied(
    workbook: SuppliedWorkbook, country: Country, *, on: date | None = None
) -> ReadResult:
    """Return the canonical tables that a stored workbook declares.

    Parameters
    ----------
    workbook
        One of :func:`supplied`.
    country
        The country that is built.
    on
        Day of the release; statements that are not in force on it are refused.

    Raises
    ------
    WorkbookError
        If the workbook is of another country.
    """
    if workbook.country != country.code:
        path, of = workbook.path, workbook.country
        raise refusal("of_other_country", path, of=of, country=country.code)
    return to_read_result(
        read_content(workbook),
        source=workbook.source,
        file=workbook.path.name,
        supplier=workbook.supplier,
        stated=workbook.date,
        on=on,
    )


def stated_completeness(workbook: SuppliedWorkbook) -> tuple[Completeness, ...]:
    """Return the lists that a stored workbook declares to be whole for its raion."""
    return completeness(
        read_content(workbook), source=workbook.source, stated=workbook.date
    )
