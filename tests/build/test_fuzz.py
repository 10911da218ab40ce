"""A sample of `paritet bench fuzz`: a spoilt cell is told, or changes nothing."""

from collections import Counter

import pandas as pd
import pytest

from bench.fuzz import Outcome, fault, tried

CELLS, SEED = 15, 7
SILENT = "1 verdicts changed and nothing says why, first ('toy:1', 'clinic'):"
ROW = ("file", "row", "refused")


def outcome(told=(), **verdicts):
    keys = pd.MultiIndex.from_product([["toy:1"], verdicts], names=["id", "standard"])
    return Outcome(pd.Series(list(verdicts.values()), keys), Counter(told))


BEFORE = outcome(trips="breached", clinic="kept")


@pytest.mark.parametrize(
    ("after", "wrong"),
    [
        (BEFORE, ""),
        (outcome([ROW], trips="breached", clinic="kept"), ""),
        (outcome([ROW], trips="breached", clinic="unknown"), ""),
        (
            outcome(trips="breached", clinic="unknown"),
            f"{SILENT} kept -> unknown",
        ),
        (
            outcome(trips="breached"),
            f"{SILENT} kept -> none",
        ),
        (
            outcome([ROW], trips="kept", clinic="kept"),
            "('toy:1', 'trips') turned from breached to kept",
        ),
    ],
)
def test_what_is_a_fault(after, wrong):
    assert fault(BEFORE, after) == wrong


def test_a_spoilt_cell_is_told_or_changes_nothing(tmp_path):
    ends = [(str(change), end) for change, end in tried(CELLS, SEED, tmp_path)]
    assert [one for one in ends if one[1].startswith("FAULT")] == []
    assert len(ends) == CELLS
    assert {end for _, end in ends} <= {"sentence", "told", "same"}
    assert len({change for change, _ in ends}) == CELLS
