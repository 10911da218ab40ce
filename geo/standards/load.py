"""Reads the folders of standards and says in words what is wrong with them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from geo.errors import DeclarationError
from geo.standards.model import Norm, Standard
from geo.yaml_file import read_yaml

_HELP = "See docs/standards.md for every key."
#: what a folder holds beside standards: norms that are never judged
CONTEXT_FILE = "context.yaml"


def direction(better: Mapping[str, str], code: str) -> str | None:
    """Return which direction is better for an indicator code, or None.

    Parameters
    ----------
    better
        Code, or pattern such as ``digital.generation.*`` -> ``lower`` or ``higher``.
    """
    if code in better:
        return better[code]
    found = [way for pattern, way in better.items() if fnmatchcase(code, pattern)]
    return found[0] if found else None


def load_standards(
    folders: Sequence[Path],
    better: Mapping[str, str] | None = None,
    ordinal: Collection[str] = (),
) -> list[Standard]:
    """Read every ``*.yaml`` of the folders; a later folder replaces equal ids.

    Parameters
    ----------
    folders
        For example ``data/countries/by/standards`` and an overlay's; a folder that
        does not exist holds no standards.
    better
        Indicator code (or pattern) -> ``lower`` or ``higher``; where given, codes
        and operators are checked against it.
    ordinal
        Codes (or patterns) of the indicators whose values are levels.

    Returns
    -------
    list of Standard
        Sorted by id.

    Raises
    ------
    DeclarationError
        If a file does not say what it must; names file, entry and key.
    """
    loaded: dict[str, Standard] = {}
    for folder in folders:
        own: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.name == CONTEXT_FILE:
                continue
            for standard in read_standards(path, better, ordinal):
                if standard.id in own:
                    raise DeclarationError(
                        f"standard {standard.id!r} is declared twice",
                        where=f"{path} and {own[standard.id]}",
                        remedy="Keep one; further rows go under its norms.",
                    )
                own[standard.id] = path
                loaded[standard.id] = standard
    check_row_ids(loaded)
    return [loaded[key] for key in sorted(loaded)]


def read_standards(
    path: Path, better: Mapping[str, str] | None, ordinal: Collection[str] = ()
) -> list[Standard]:
    """Read one file of standards.

    Raises
    ------
    DeclarationError
        As :func:`load_standards`.
    """
    content = read_yaml(path)
    entries = content.get("standards") if isinstance(content, dict) else None
    if not isinstance(entries, list) or set(content) != {"standards"}:
        raise DeclarationError(
            "the file must hold one key 'standards' with a list",
            where=str(path),
            remedy=_HELP,
        )
    standards = [_parse(entry, number, path) for number, entry in enumerate(entries, 1)]
    if better is None:
        return standards
    for standard in standards:
        _check_indicator(standard, better, path)
    return [_with_quantity(standard, ordinal, path) for standard in standards]


def _with_quantity(
    standard: Standard, ordinal: Collection[str], path: Path
) -> Standard:
    """Give the standard the quantity of its indicator, which alone may say it."""
    code = standard.indicator or ""
    level = any(fnmatchcase(code, pattern) for pattern in ordinal)
    said = "quantity" in standard.model_fields_set
    if said and (standard.quantity == "ordinal") != level:
        raise DeclarationError(
            f"key 'quantity': {standard.quantity!r}, but the indicator {code!r} is "
            f"{'a level' if level else 'no level'}",
            where=f"{path}, standard {standard.id}",
            remedy="Leave the key out: data/indicators.yaml says what is measured.",
        )
    return standard.model_copy(update={"quantity": "ordinal"}) if level else standard


def _parse(entry: Any, number: int, path: Path) -> Standard:
    name = entry.get("id") if isinstance(entry, dict) else None
    try:
        return Standard.model_validate(entry)
    except ValidationError as error:
        raise DeclarationError(
            sentence(error, entry),
            where=f"{path}, standard {name or f'number {number}'}",
            remedy=_HELP,
        ) from error


def sentence(error: ValidationError, entry: Any) -> str:
    """Return all faults of one entry, each with the key path in the file's words.

    Parameters
    ----------
    error
        What pydantic found.
    entry
        The entry as it was read from YAML.
    """
    parts = []
    for fault in error.errors():
        key = ".".join(
            _step(step, fault["loc"][:i], entry) for i, step in _steps(fault)
        )
        message = fault["msg"].removeprefix("Value error, ")
        got = (
            "" if isinstance(fault["input"], dict) else f", got {fault['input']!r:.60}"
        )
        parts.append(f"key {key!r}: {message}{got}" if key else f"{message}{got}")
    return "; ".join(parts)


def _steps(fault: Any) -> list[tuple[int, Any]]:
    return list(enumerate(fault["loc"]))


def _step(step: Any, before: tuple[Any, ...], entry: Any) -> str:
    """Return a list position as the row's own id where it has one."""
    if before and before[-1] == "norms" and isinstance(step, int):
        row = entry["norms"][step]
        name = row.get("id") if isinstance(row, dict) else None
        return f"[{name or step + 1}]"
    return str(step)


def _check_indicator(standard: Standard, better: Mapping[str, str], path: Path) -> None:
    if standard.indicator is None:
        return
    way = direction(better, standard.indicator)
    where = f"{path}, standard {standard.id}"
    if way is None:
        raise DeclarationError(
            f"key 'indicator': no indicator {standard.indicator!r}",
            where=where,
            remedy=f"data/indicators.yaml knows: {', '.join(sorted(better))}.",
        )
    if way != standard.better:
        op = standard.norms[0].op
        raise DeclarationError(
            f"key 'op': {op!r} but of {standard.indicator} {way} is better",
            where=where,
            remedy="Use >= or has where more is better and <= where less is.",
        )


def without_territory(standards: Iterable[Standard]) -> list[Standard]:
    """Return the standards as another country may borrow them.

    A row for an oblast or a raion of their own country binds nobody elsewhere, so it is
    left out, and with its last row a standard.
    """
    out = []
    for standard in standards:
        rows = tuple(n for n in standard.norms if n.applies.territory is None)
        if rows:
            out.append(standard.model_copy(update={"norms": rows}))
    return out


def check_row_ids(loaded: Mapping[str, Standard]) -> None:
    """Refuse an id in two standards, and revisions of a row that overlap in time.

    Raises
    ------
    DeclarationError
        Names the row and both standards.
    """
    owner: dict[str, str] = {}
    for standard in loaded.values():
        for number, norm in enumerate(standard.norms):
            twin = owner.setdefault(norm.id, standard.id) != standard.id
            if twin or any(_overlap(norm, other) for other in standard.norms[:number]):
                raise DeclarationError(
                    f"row {norm.id!r} is declared twice for the same days",
                    where=f"standards {owner[norm.id]} and {standard.id}",
                    remedy="Rows share an id only as revisions of one norm whose "
                    "periods (valid_from, valid_to) do not overlap.",
                )


def _overlap(one: Norm, other: Norm) -> bool:
    if one.id != other.id:
        return False
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (
        other.valid_from or date.min
    ) <= (one.valid_to or date.max)
