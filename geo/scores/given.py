"""What every table of scores starts from, and how every table ends."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.errors import LayerError
from geo.layers.counted import counted
from geo.layers.joint_people import JointPeople
from geo.layers.schema import TABLES
from geo.scores.groups import Groups, group_members
from geo.scores.levels import Level
from geo.scores.matrix import OVERALL, JudgementMatrix, judgement_matrix, weighted_mean
from geo.scores.poverty import People
from geo.standards.gaps import Better
from geo.standards.load import direction
from geo.standards.model import Standard
from geo.standards.values import Measured, measured

Reals = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Scoring:
    """Declared parameters of the scores.

    Attributes
    ----------
    floor
        Coverage below which there is no central figure.
    k
        The deprivation cutoff.
    bands
        Lower ends of the size bands.
    small_town
        People that a small town has fewer of.
    better, freshness
        Indicator (or pattern) -> which direction is better (one that is not there has
        none), and its window in years: a value beyond it is history.
    """

    floor: float
    k: float
    bands: Sequence[int]
    small_town: float
    better: Mapping[str, str]
    freshness: Mapping[str, float | None]


@dataclass(frozen=True)
class Given:
    """Judged settlements, and what is read off them; each part is made once.

    Attributes
    ----------
    settlements, values, judgements, areas
        Release tables; ``settlements`` indexed by id, one judgement of each settlement
        by each standard.
    standards
        As judged.
    on
        Day of the release.
    how
        Declared parameters.
    joint
        The people of all settlements together; None where they are not modelled.
    """

    settlements: pd.DataFrame
    values: pd.DataFrame
    judgements: pd.DataFrame
    areas: pd.DataFrame
    standards: Sequence[Standard]
    on: date
    how: Scoring
    joint: JointPeople | None = None

    @cached_property
    def places(self) -> pd.DataFrame:
        """Return the settlements sorted by id: the order of all arrays here."""
        return self.settlements.sort_index()

    @cached_property
    def matrix(self) -> JudgementMatrix:
        """Return verdicts and gaps.

        Raises
        ------
        LayerError
            If judgements and settlements are not of the same places.
        """
        looked_at = {one.id: one.indicator or "" for one in self.standards}
        matrix = judgement_matrix(self.judgements, looked_at)
        if not self.places.index.astype("str").equals(matrix.ids):
            raise LayerError(
                f"{len(self.places)} settlements but judgements of {len(matrix.ids)} "
                "places",
                where="area scores",
                remedy="Judge and sum the same settlements; report this as a bug.",
            )
        return matrix

    @cached_property
    def rows(self) -> dict[str, Ints]:
        """Return, by standard, its judgements' row numbers in the order of places."""
        place, _ = pd.factorize(self.judgements["settlement_id"], sort=True)
        standard, names = pd.factorize(self.judgements["standard"])
        order = np.lexsort((place, standard))
        ends = np.cumsum(np.bincount(standard, minlength=len(names)))
        return dict(zip(names, np.split(order, ends[:-1]), strict=True))

    @cached_property
    def people(self) -> Reals:
        """Return the people of each settlement that sums may use, else 0.

        Settlements of unknown population, and those that are not counted, have none.
        """
        people = self.places["population"].to_numpy(np.float64, na_value=np.nan)
        return np.where(np.isnan(people) | ~self.counted, 0.0, people)

    @cached_property
    def residents(self) -> People:
        """Return the people, and how many may live where that is not known."""
        low, high = (
            self.places[f"population_{end}"].to_numpy(np.float64, na_value=np.nan)
            for end in ("low", "high")
        )
        open_ = self.counted & self.places["population"].isna().to_numpy(bool)
        most = np.where(np.isnan(high), np.inf, high)
        return People(
            self.people,
            np.where(open_, np.nan_to_num(low), 0.0),
            np.where(open_, most, 0.0),
        )

    @cached_property
    def counted(self) -> Bools:
        """Return which settlements are counted."""
        return counted(self.places).to_numpy(bool)

    def drawn_people(self, draws: int, seed: int) -> NDArray[np.float32]:
        """Return people, draws by places; NaN where they are not modelled.

        Each draw sums to the official people of every raion.
        """
        out = np.full((draws, len(self.places)), np.nan, np.float32)
        if self.joint is not None:
            rows = self.places.index.get_indexer(self.joint.ids)
            out[:, rows] = self.joint.official(draws, seed)
        return out

    @cached_property
    def groups(self) -> Groups:
        """Return the members of every area and subgroup."""
        return group_members(
            self.places, self.counted, self.areas, self.how.bands, self.how.small_town
        )

    @cached_property
    def known(self) -> dict[str, Measured]:
        """Return the values of all indicators that are judged or have a direction."""
        judged = {one.indicator: one.better for one in self.standards if one.indicator}
        index, how = self.places.index, self.how
        return measured(self.values, index, judged | self._ways, self.on, how.freshness)

    @cached_property
    def units(self) -> dict[str, str]:
        """Return the unit of each indicator that has one."""
        named = self.values.dropna(subset="unit").drop_duplicates("indicator")
        return dict(zip(named["indicator"], named["unit"], strict=True))

    @cached_property
    def levels(self) -> dict[str, Level]:
        """Return what is known of each indicator that has a direction."""
        return {
            code: Level(self.known[code], way, self.units.get(code, ""))
            for code, way in sorted(self._ways.items())
        }

    @cached_property
    def _ways(self) -> dict[str, Better]:
        codes = self.values["indicator"].unique()
        found = {code: direction(self.how.better, code) for code in codes}
        return {
            code: "lower" if way == "lower" else "higher"
            for code, way in found.items()
            if way
        }

    @cached_property
    def counts(self) -> tuple[Reals, Reals, Reals]:
        """Return the weighted count of breaches: over known verdicts, least, largest.

        NaN where no verdict is known, or no norm applies.
        """
        matrix, weights = self.matrix, self.matrix.weights(OVERALL)
        applies = matrix.applicable & (weights > 0)
        breached = matrix.breached.astype(np.float64)
        possible = (matrix.breached | matrix.unknown).astype(np.float64)
        return (
            weighted_mean(breached, weights, matrix.known & applies),
            weighted_mean(breached, weights, applies),
            weighted_mean(possible, weights, applies),
        )

    @cached_property
    def coverage(self) -> Reals:
        """Return the share of each settlement's weight whose verdict is known."""
        matrix, weights = self.matrix, self.matrix.weights(OVERALL)
        applies = matrix.applicable & (weights > 0)
        return weighted_mean(matrix.known.astype(np.float64), weights, applies)

    def enough(self, coverage: Reals) -> Bools:
        """Return where a coverage reaches the floor, see :func:`enough`."""
        return enough(coverage, self.how.floor)

    def overall(self, scores: pd.DataFrame) -> pd.DataFrame:
        """Return the overall scores of all settlements, in their order."""
        mine = scores[scores["group"] == OVERALL].set_index("settlement_id")
        return mine.reindex(self.matrix.ids)


def enough(coverage: Reals, floor: float) -> Bools:
    """Return where coverage reaches the floor; a rounding error below it does too."""
    return np.where(np.isnan(coverage), -1.0, coverage) >= floor - 1e-9


def ended(name: str, blocks: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return blocks of rows as one release table.

    Parameters
    ----------
    name
        Of the release table.
    blocks
        Frames that have its columns, and may have more; there may be none.

    Returns
    -------
    DataFrame
        The table's columns in their order, texts as text, sorted by its key.
    """
    declared = TABLES[name]
    columns, parts = list(declared.schema.names), list(blocks)
    if not parts:
        return pd.DataFrame(columns=columns)
    table = pd.concat(parts, ignore_index=True)
    table = table.astype(
        {field.name: "str" for field in declared.schema if field.type == pa.string()}
    )
    table = table.sort_values(list(declared.key), kind="stable")
    return table[columns].reset_index(drop=True)
