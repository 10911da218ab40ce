"""References to settlements in registers: by id, by code, or by a unique name."""

from dataclasses import dataclass

import pandas as pd

from geo.layers.counted import counted
from geo.layers.names import name_key
from geo.sources.result import REJECTED_COLUMNS
from geo.sources.vocabulary import nearest

#: names like an unknown one are looked for so often: of more the whole file is wrong,
#: and each look at the names of a country takes a tenth of a second
_LOOKED_FOR = 50
_ALIKE = 0.6
_IDS = ("place_id", "cell_id")


@dataclass
class Places:
    """Looks settlements up; a name that several places bear is never guessed.

    ``names``: every name as it is written, for those that are like an unknown one.
    """

    by_id: frozenset[str]
    by_code: dict[str, str]
    by_name: dict[str, tuple[str, ...]]
    names: tuple[str, ...] = ()

    def resolve(
        self, rows: pd.DataFrame, *, layer: str
    ) -> tuple[pd.Series, pd.DataFrame]:
        """Return the settlement id of each row's ``place_ref`` and the refused rows.

        Parameters
        ----------
        rows
            Canonical rows with ``place_ref`` and ``_source``; where they have an
            ``origin``, the refusal names file and row.
        layer
            For the message.
        """
        wanted = rows["place_ref"]
        unique = wanted.dropna().unique()
        found: dict[str, str] = {}
        reasons: dict[str, str] = {}
        for ref in unique:
            hits = self.find(str(ref))
            if len(hits) == 1:
                found[ref] = hits[0]
            else:
                reasons[ref] = self._reason(str(ref), hits, len(reasons))
        bad = rows[wanted.isin(list(reasons))]
        file, row = written(bad, layer)
        rejected = pd.DataFrame(
            {
                "source": bad["_source"],
                "file": file,
                "row": row,
                "field": "settlement",
                "value": bad["place_ref"],
                "reason": bad["place_ref"].map(reasons),
            },
            columns=list(REJECTED_COLUMNS),
        )
        return wanted.map(found).astype("str"), rejected

    def _reason(self, reference: str, hits: tuple[str, ...], refused: int) -> str:
        if hits:
            return f"{len(hits)} settlements bear this name: {', '.join(hits[:5])}"
        reason = "no settlement has this id, code or name"
        if refused >= _LOOKED_FOR:
            return reason
        known = self.by_id if reference.partition(":")[2] else self.names
        like = nearest(reference, known, alike=_ALIKE)
        return f"{reason}; the nearest are {', '.join(like)}" if like else reason

    def find(self, reference: str) -> tuple[str, ...]:
        """Return the ids that an id, a code or a name may mean."""
        text = reference.strip()
        if text in self.by_id:
            return (text,)
        if text in self.by_code:
            return (self.by_code[text],)
        return self.by_name.get(name_key(text), ())


def place_index(settlements: pd.DataFrame, identifiers: pd.DataFrame) -> Places:
    """Build the look-up of a country's settlements (duplicates left out)."""
    own = settlements[counted(settlements)]
    names: dict[str, set[str]] = {}
    spellings: set[str] = set()
    for column in (name for name in own if str(name).startswith("name_")):
        known = own[column].dropna()
        spellings.update(known)
        for place, key in zip(
            own.loc[known.index, "id"], known.map(name_key), strict=True
        ):
            names.setdefault(key, set()).add(place)
    codes = identifiers[~identifiers["value"].duplicated(keep=False)]
    return Places(
        frozenset(settlements["id"]),
        dict(zip(codes["value"], codes["id"], strict=True)),
        {key: tuple(sorted(ids)) for key, ids in names.items() if key},
        tuple(sorted(spellings)),
    )


def written(rows: pd.DataFrame, layer: str) -> tuple[list[str], list[str]]:
    """Return file and row of each canonical row, for the table of refused rows.

    Where nobody noted them: the layer, and the row's id, else its position.
    """
    if {"file", "row"} <= set(rows):
        return rows["file"].tolist(), rows["row"].tolist()
    if "origin" in rows and rows["origin"].notna().all():
        spots = [str(origin).rpartition(":") for origin in rows["origin"]]
        return [file or layer for file, _, _ in spots], [row for _, _, row in spots]
    ids = next((rows[name] for name in _IDS if name in rows), rows.index)
    return [f"layer {layer}"] * len(rows), [str(own) for own in ids]
