"""References to settlements in registers: by id, by code, or by a unique name."""

from dataclasses import dataclass

import pandas as pd

from geo.layers.names import name_key
from geo.sources.result import REJECTED_COLUMNS


@dataclass
class Places:
    """Looks settlements up; a name that several places bear is never guessed."""

    by_id: frozenset[str]
    by_code: dict[str, str]
    by_name: dict[str, tuple[str, ...]]

    def resolve(
        self, rows: pd.DataFrame, *, layer: str
    ) -> tuple[pd.Series, pd.DataFrame]:
        """Return the settlement id of each row's ``place_ref`` and the refused rows.

        Parameters
        ----------
        rows
            Canonical rows with ``place_ref`` and ``_source``.
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
            elif hits:
                named = ", ".join(hits[:5])
                reasons[ref] = f"{len(hits)} settlements bear this name: {named}"
            else:
                reasons[ref] = "no settlement has this id, code or name"
        bad = rows[wanted.isin(list(reasons))]
        rejected = pd.DataFrame(
            {
                "source": bad["_source"],
                "file": layer,
                "row": bad.index.astype("str"),
                "field": "settlement",
                "value": bad["place_ref"],
                "reason": bad["place_ref"].map(reasons),
            },
            columns=list(REJECTED_COLUMNS),
        )
        return wanted.map(found).astype("str"), rejected

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
    own = settlements[settlements["duplicate_of"].isna()]
    names: dict[str, set[str]] = {}
    for column in (name for name in own if str(name).startswith("name_")):
        known = own[column].dropna()
        for place, key in zip(
            own.loc[known.index, "id"], known.map(name_key), strict=True
        ):
            names.setdefault(key, set()).add(place)
    codes = identifiers[~identifiers["value"].duplicated(keep=False)]
    return Places(
        frozenset(settlements["id"]),
        dict(zip(codes["value"], codes["id"], strict=True)),
        {key: tuple(sorted(ids)) for key, ids in names.items() if key},
    )
