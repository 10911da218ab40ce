"""Spoil random cells of the demo's mirror and look what becomes of the verdicts.

    paritet bench fuzz [--json]        500 cells, about half an hour

Each time one cell of one file is spoilt (`bench/corrupt.py`) and the country is read,
measured and judged. What may come of it: a sentence that names the file; or verdicts as
before; or other verdicts, and the tables of refused rows and of the census say why. A
traceback, a loss that nothing tells of, or a norm found kept that was broken before (or
broken that was kept) is a fault. Exits with 1 if there is one.
"""

import json
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from bench.corrupt import Change, corrupt
from geo.errors import ParitetError
from geo.indicators.measure import measure
from geo.indicators.unit_values import UnitMeasuring, unit_values
from geo.layers.roads_build import fault_notes
from geo.pipeline.ready import Clock, ready
from geo.settings import Settings
from geo.sources.country import load_country
from geo.sources.declarations import declared_dirs
from geo.sources.indicators import indicators, unit_indicators
from geo.standards.country import law_of
from geo.standards.judge import judge
from geo.standards.units import judge_units
from geo.synthetic.mirror import cached_mirror

CELLS, SEED, DAY = 500, 2026, date(2026, 1, 15)
SMALL = "synthetic: {seed: 7, settlements: 200}\n"
CERTAIN = frozenset({"kept", "breached"})


@dataclass(frozen=True)
class Outcome:
    """What a run told: verdicts by settlement or unit and standard, and what was lost.

    ``told`` holds the refused rows, outcomes of census rows and notes.
    """

    verdicts: pd.Series
    told: Counter[tuple[str, ...]]


@dataclass
class Tried:
    """How many changes ended how, and the faults."""

    ends: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def outcome(settings: Settings, mirror: Path) -> Outcome:
    """Read, measure and judge the small demo country from a mirror.

    Raises
    ------
    ParitetError
        As the build does.
    """
    declared = load_country("demo", declared_dirs(settings))
    made = ready(declared, settings, str(mirror), DAY, Clock(None))
    country, layers = made.country, made.layers
    standards = list(law_of(country, declared_dirs(settings)).standards)
    judged_by = {standard.indicator for standard in standards}
    listed = [i for i in indicators(country) if i.code in judged_by]
    values = measure(made.measuring(lambda _: None), listed)
    windows = {i.code: i.freshness_years for i in listed}
    judged = judge(layers.settlements, values, standards, DAY, windows, layers.areas)
    of_units = unit_indicators(country)
    stated = unit_values(UnitMeasuring(layers, values, listed, DAY), of_units)
    windows = {i.code: i.freshness_years for i in of_units}
    units = judge_units(layers.units, stated, standards, DAY, windows, layers.areas)
    verdicts = pd.concat(
        [
            judged.set_index(["settlement_id", "standard"])["verdict"],
            units.set_index(["unit_id", "standard"])["verdict"],
        ]
    )
    rejected = layers.rejected.astype("str")
    told = Counter(rejected.itertuples(index=False, name=None))
    census = layers.census.astype("str")
    told.update(census.itertuples(index=False, name=None))
    told.update((note,) for note in (*made.gathered.notes, *fault_notes(layers.roads)))
    return Outcome(verdicts.sort_index(), told)


def fault(before: Outcome, after: Outcome) -> str:
    """Return what is wrong with what became of a spoilt cell, empty if nothing is."""
    both = pd.concat([before.verdicts, after.verdicts], axis=1, keys=["was", "is"])
    both = both.fillna("none")
    changed = both[both["was"] != both["is"]]
    if changed.empty:
        return ""
    first = f"{changed.index[0]}: {changed.iloc[0]['was']} -> {changed.iloc[0]['is']}"
    turned = changed["was"].isin(CERTAIN) & changed["is"].isin(CERTAIN)
    if turned.any():
        row = changed[turned].iloc[0]
        return f"{changed[turned].index[0]} turned from {row['was']} to {row['is']}"
    if not after.told - before.told:
        return f"{len(changed)} verdicts changed and nothing says why, first {first}"
    return ""


def tried(cells: int, seed: int, base: Path) -> Iterator[tuple[Change, str]]:
    """Spoil cells one after the other; yields each change and how it ended.

    Parameters
    ----------
    cells
        How many.
    seed
        Of the choice of files, cells and faults.
    base
        An empty folder for cache and mirrors.

    Yields
    ------
    Change, str
        The end is ``sentence``, ``same``, ``told``, or begins with ``FAULT``.
    """
    overlay = base / "data" / "countries" / "demo"
    overlay.mkdir(parents=True)
    (overlay / "country.yaml").write_text(SMALL, encoding="utf-8")
    settings = Settings(
        data=base / "data", cache=base / "cache", supplied=base / "supplied"
    )
    spec = load_country("demo", declared_dirs(settings)).synthetic
    assert spec is not None  # noqa: S101 - the demo is synthetic
    whole = cached_mirror(spec, settings.cache)
    before = outcome(settings, whole)
    files = sorted(
        path.relative_to(whole)
        for path in whole.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    )
    chance = random.Random(seed)  # noqa: S311 - no secret
    for number in range(cells):
        mirror = base / f"mirror-{number}"
        shutil.copytree(whole, mirror, copy_function=os.link)
        spoilt = mirror / chance.choice(files)
        shutil.copy(spoilt, aside := spoilt.with_name(f"copy-{spoilt.name}"))
        aside.replace(spoilt)  # a file of its own, no link to the whole one
        change = corrupt(spoilt, chance)
        yield change, _end(before, settings, mirror)
        shutil.rmtree(mirror)


def _end(before: Outcome, settings: Settings, mirror: Path) -> str:
    try:
        after = outcome(settings, mirror)
    except ParitetError as error:
        return "sentence" if "\n" not in str(error) else f"FAULT two lines: {error}"
    except Exception as error:  # noqa: BLE001 - any traceback is what is looked for
        return f"FAULT {type(error).__name__}: {error}"
    wrong = fault(before, after)
    if wrong:
        return f"FAULT {wrong}"
    return "same" if after.verdicts.equals(before.verdicts) else "told"


def main() -> None:
    """Print how all changes ended, and every fault."""
    found = Tried()
    with tempfile.TemporaryDirectory() as name:
        for number, (change, end) in enumerate(tried(CELLS, SEED, Path(name)), 1):
            found.ends[end.split(" ", 1)[0]] += 1
            if end.startswith("FAULT"):
                found.faults.append(f"{change}: {end}")
            sys.stderr.write(f"\r{number} of {CELLS}, {len(found.faults)} faults ")
    sys.stderr.write("\n")
    if "--json" in sys.argv:
        document = {"cells": CELLS, "seed": SEED, "ends": dict(found.ends)}
        print(json.dumps(document | {"faults": found.faults}, ensure_ascii=False))
    else:
        print(f"{CELLS} cells of the demo's mirror, seed {SEED}")
        print("\n".join(f"{n:5}  {end}" for end, n in found.ends.most_common()))
        print("\n".join(found.faults))
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
