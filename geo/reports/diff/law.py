"""What two releases declare differently: norms in force, parameters, indicators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.release.read import Release
from geo.reports.diff.grid import Bools, Reals, same

_NAN = float("nan")
#: parameters that follow from the data or name the declarations as a whole
_NO_METHOD = ("declarations", "population_model", "sources")


@dataclass(frozen=True)
class NormChange:
    """One row of a standard that says something else than before.

    Attributes
    ----------
    standard, id
        Of the standard and of the row.
    old, new
        The row as in the manifest; None where it was or is not in force.
    """

    standard: str
    id: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def limits(self) -> tuple[float, float]:
        """Limit before and after, NaN where there is none."""
        return _limit(self.old), _limit(self.new)


@dataclass(frozen=True)
class Note:
    """Why the two releases are not made alike: what differs, before and after."""

    what: str  # country, code, parameter, indicator, standard, assumption, completeness
    name: str
    before: Any
    after: Any


def norm_changes(before: Release, after: Release) -> list[NormChange]:
    """Return the rows of norms that came, went, or have another limit or class."""
    old, new = (_rows(release) for release in (before, after))
    found = []
    for standard, id_ in dict.fromkeys([*old, *new]):
        was, now = old.get((standard, id_)), new.get((standard, id_))
        if _terms(was) != _terms(now):
            found.append(NormChange(standard, id_, was, now))
    return found


def _rows(release: Release) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {
        (id_, norm["id"]): norm
        for id_, entry in release.standards.items()
        for norm in entry["norms"]
    }


def _terms(norm: Mapping[str, Any] | None) -> Any:
    if norm is None:
        return None
    return [norm.get(key) for key in ("op", "value", "applies", "due")]


def _limit(norm: Mapping[str, Any] | None) -> float:
    return _NAN if norm is None else float(norm["value"])


def follows(changes: Iterable[NormChange], old: Reals, new: Reals) -> Bools:
    """Return where a limit became what the law made of it, or stayed the same."""
    out = same(old, new)
    for change in changes:
        was, now = change.limits
        out = out | (same(old, was) & same(new, now))
    return np.asarray(out)


def moved_by(changes: Iterable[NormChange], old: Reals, new: Reals) -> Bools:
    """Return where a limit became another one exactly as the law changed it."""
    return follows(changes, old, new) & ~same(old, new)


def notes(before: Release, after: Release) -> list[Note]:
    """Return what makes two releases less than comparable; empty where nothing does."""
    one, two = before.manifest, after.manifest
    found = _one("code", "code_version", one.get("code_version"), two, "code_version")
    found += _mappings(
        "parameter", *(_flat(m.get("parameters", {})) for m in (one, two))
    )
    for what, key, name in (
        ("indicator", "indicators", "code"),
        ("assumption", "assumptions", "id"),
    ):
        listed = [_by(m.get(key, []), name, drop=("label",)) for m in (one, two)]
        found += _mappings(what, *listed)
    found += _mappings("completeness", *(_stated(m) for m in (one, two)))
    judged = [
        {e["id"]: e.get("indicator") for e in m.get("standards", [])}
        for m in (one, two)
    ]
    both = judged[0].keys() & judged[1].keys()
    found += [
        Note("standard", id_, judged[0][id_], judged[1][id_])
        for id_ in sorted(both)
        if judged[0][id_] != judged[1][id_]
    ]
    return found


def _one(
    what: str, name: str, old: Any, new: Mapping[str, Any], key: str
) -> list[Note]:
    now = new.get(key)
    return [] if old == now else [Note(what, name, old, now)]


def _mappings(what: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Note]:
    names = sorted({*old, *new})
    return [
        Note(what, name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _flat(parameters: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in parameters.items():
        if isinstance(value, Mapping) and name not in _NO_METHOD:
            out |= _flat(value, f"{prefix}{name}.")
        elif name not in _NO_METHOD:
            out[f"{prefix}{name}"] = value
    return out


def _by(
    entries: Iterable[Mapping[str, Any]], key: str, drop: Iterable[str] = ()
) -> dict[str, Any]:
    return {
        str(entry[key]): {k: v for k, v in entry.items() if k not in drop}
        for entry in entries
    }


def _stated(manifest: Mapping[str, Any]) -> dict[str, Any]:
    return {
        f"{one.get('layer')}:{one.get('kind')}:{one.get('area')}": dict(one)
        for one in manifest.get("completeness", [])
    }


def computed_alike(found: Iterable[Note]) -> bool:
    """Tell whether code, parameters and indicators are the same in both releases."""
    return not any(n.what in ("code", "parameter", "indicator") for n in found)


def same_bytes(before: Release, after: Release) -> set[str]:
    """Return the sources whose files are byte for byte the same in both releases."""
    old, new = (
        {
            entry["source"]: entry.get("sha256")
            for entry in release.manifest.get("inputs", [])
        }
        for release in (before, after)
    )
    return {
        source for source, digest in old.items() if digest and new.get(source) == digest
    }
