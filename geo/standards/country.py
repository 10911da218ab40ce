"""All that a country's declarations say of norms: what is judged, what is context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import DeclarationError
from geo.settings import declaration_dirs
from geo.sources.country import Country, load_country
from geo.sources.indicators import declared
from geo.standards.context import ContextEntry, load_context
from geo.standards.ledger import Checked, read_ledgers, with_checks
from geo.standards.load import check_row_ids, load_standards, without_territory
from geo.standards.model import Standard
from geo.standards.units import check_levels


@dataclass(frozen=True)
class Law:
    """Standards of a country, the norms that are never judged, and remarks.

    Attributes
    ----------
    standards
        Sorted by id; rows that the ledger says were compared with the act are
        ``verified``.
    context
        Sorted by id: history, foreign benchmarks, facts, figures that were not read.
    remarks
        Sentences on checks of the ledger that no longer hold.
    """

    standards: tuple[Standard, ...]
    context: tuple[ContextEntry, ...]
    remarks: tuple[str, ...]


def law_of(country: Country, dirs: Sequence[Path] | None = None) -> Law:
    """Gather standards and context of a country: its own, borrowed, international.

    A synthetic country borrows another's (``standards_from``), without the rows for
    that country's oblasts and raions. Of equal ids the country's own standard wins, and
    of its folders the overlay's. Context is the country's, the borrowed one's and the
    international.

    Parameters
    ----------
    country
        Declarations of the country.
    dirs
        Declarations folders, the overlay last; by default the process's own.

    Raises
    ------
    DeclarationError
        If a file does not say what it must, or an id is both judged and context.
    """
    bases = tuple(dirs or declaration_dirs())
    world = [base / "international" for base in bases]
    lent = [
        folder
        for other in country.standards_from
        for folder in load_country(other, bases).folders
    ]
    own = list(country.folders)
    listed = declared(country)
    better = {i.code: i.better for i in listed}
    ordinal = [i.code for i in listed if i.quantity == "ordinal"]

    def load(folders: Iterable[Path]) -> dict[str, Standard]:
        found = [folder for folder in folders if folder.is_dir()]
        return {s.id: s for s in load_standards(found, better, ordinal)}

    borrowed = without_territory(load(f / "standards" for f in lent).values())
    merged = (
        (load(world) if country.benchmarks else {})
        | {standard.id: standard for standard in borrowed}
        | load(f / "standards" for f in own)
    )
    check_row_ids(merged)
    levels = {i.code: i.unit_of_assessment for i in listed if i.unit_of_assessment}
    check_levels(list(merged.values()), levels)
    context = load_context([*world, *lent, *own])
    _check_apart(merged, context)
    checks: list[Checked] = read_ledgers([*world, *lent, *own])
    standards, remarks = with_checks([merged[key] for key in sorted(merged)], checks)
    return Law(tuple(standards), tuple(context), tuple(remarks))


def _check_apart(
    standards: dict[str, Standard], context: Iterable[ContextEntry]
) -> None:
    """Refuse an id that is judged and context at once."""
    judged = {norm.id for standard in standards.values() for norm in standard.norms}
    judged |= set(standards)
    for entry in context:
        if entry.id in judged:
            raise DeclarationError(
                f"{entry.id!r} is judged as a standard and kept as context too",
                where="standards/*.yaml and context.yaml",
                remedy="Keep it in one of them: context is never judged.",
            )
