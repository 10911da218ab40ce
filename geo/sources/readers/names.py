"""Puts place names into the language whose script they are written in.

Open gazetteers fill ``name_be`` with transliterations, ``name_ru`` with Belarusian
forms and ``name_en`` with Cyrillic. A name is moved to its own language where that is
still empty; otherwise it stays findable in ``name_alias``. ё is kept as it is.
"""

import pandas as pd

from geo.sources.text import MIXED_SCRIPTS, one_script

#: Kazakh is not among them: its Latin script is an official one.
CYRILLIC_LANGUAGES = ("ru", "be")
_CYRILLIC = r"[Ѐ-ӿ]"
_LATIN = r"[A-Za-zÀ-ɏ]"
_BELARUSIAN_ONLY = r"[ІіЎў]"
_STRESS = r"[\u0301\u00B4]"  # combining and spacing acute: marks in reference books
#: Class words before a proper name; the class has its own column.
_PREFIXES = {
    "be": r"^(?:Горад|Аграгарадок|Гарадскі пасёлак|Вёска)\s+(?=[А-ЯЁІЎ])",
    "ru": r"^(?:Город|Агрогородок)\s+(?=[А-ЯЁ])",
    "en": r"^Horad\s+(?=[A-Z])",
}


def without_stress(column: pd.Series) -> pd.Series:
    """Return names without the acute that marks the stress.

    Examples
    --------
    >>> without_stress(pd.Series(["Во´льновский", "Пары́ж"])).tolist()
    ['Вольновский', 'Парыж']
    """
    return column.astype("str").str.replace(_STRESS, "", regex=True)


def tidy_names(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Move every name to the language of its script and strip class words.

    Parameters
    ----------
    table
        May hold ``name_ru``, ``name_be``, ``name_kk`` and ``name_en``.

    Returns
    -------
    tuple
        The table with tidy names and ``name_alias``, and sentences for the report.
    """
    out = table.copy()
    out["name_alias"] = pd.Series(pd.NA, index=out.index, dtype="str")
    notes: list[str] = []
    for column in [name for name in out if str(name).startswith("name_")]:
        cleaned = without_stress(out[column]).str.replace("_", " ", regex=False)
        out[column] = cleaned.str.replace(r"\s+", " ", regex=True).str.strip()
    for language in CYRILLIC_LANGUAGES:
        if f"name_{language}" in out:
            out[f"name_{language}"] = _one_script(out[f"name_{language}"])
        latin = _has(out, language, _LATIN) & ~_has(out, language, _CYRILLIC)
        _move(out, latin, f"name_{language}", "name_en", notes, "in Latin script")
    cyrillic = _has(out, "en", _CYRILLIC)
    _move(out, cyrillic, "name_en", "name_ru", notes, "in Cyrillic")
    if "name_be" in out:
        belarusian = _has(out, "ru", _BELARUSIAN_ONLY)
        _move(out, belarusian, "name_ru", "name_be", notes, "with Belarusian letters")
    for language, prefix in _PREFIXES.items():
        if f"name_{language}" in out:
            bare = out[f"name_{language}"].str.replace(prefix, "", regex=True)
            out[f"name_{language}"] = bare
    return out, notes


def _one_script(names: pd.Series) -> pd.Series:
    """Turn Latin look-alikes inside Cyrillic words into the letters that are meant."""
    mixed = names.str.contains(MIXED_SCRIPTS, regex=True, na=False)
    if not mixed.any():
        return names
    out = names.copy()
    out[mixed] = [one_script(name) for name in names[mixed]]
    return out


def _has(table: pd.DataFrame, language: str, pattern: str) -> pd.Series:
    column = f"name_{language}"
    if column not in table:
        return pd.Series(data=False, index=table.index)
    return table[column].str.contains(pattern, regex=True, na=False)


def _move(
    table: pd.DataFrame,
    rows: pd.Series,
    origin: str,
    target: str,
    notes: list[str],
    what: str,
) -> None:
    if not rows.any():
        return
    empty = (
        table[target].isna()
        if target in table
        else pd.Series(data=False, index=table.index)
    )
    moved = rows & empty
    if moved.any():
        table.loc[moved, target] = table.loc[moved, origin]
    kept = rows & ~empty
    differs = kept if target not in table else kept & (table[origin] != table[target])
    table.loc[differs, "name_alias"] = table.loc[differs, origin]
    table[origin] = table[origin].mask(rows)
    notes.append(
        f"{int(rows.sum())} values of {origin} are {what}: {int(moved.sum())} moved to "
        f"{target}, {int(differs.sum())} kept as name_alias"
    )
