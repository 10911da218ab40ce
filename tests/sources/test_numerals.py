"""Numbers as people write them: read in one way, or not at all."""

import math
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sources.numerals import NumeralError, NumeralFault, machine_numeral
from geo.sources.readers.fields import read_numbers
from geo.sources.readers.rules import count
from geo.sources.result import Rejections

NO, WHICH, E = NumeralFault.NO_NUMBER, NumeralFault.AMBIGUOUS, NumeralFault.EXPONENT

#: text, what it is where numbers run into thousands, what it is elsewhere
WRITTEN = [
    ("1200", 1200, 1200),
    ("1200.0", 1200, 1200),
    ("12,50", 12.5, 12.5),
    ("1,000", WHICH, 1),
    ("1.000", WHICH, 1),
    ("12.000", WHICH, 12),
    ("24,125", WHICH, 24.125),
    ("24.125", WHICH, 24.125),
    ("-1,000", WHICH, -1),
    ("0,125", 0.125, 0.125),
    ("1 200", 1200, 1200),
    ("1\u00a0200", 1200, 1200),
    ("1\u202f200,5", 1200.5, 1200.5),
    ("1'200", 1200, 1200),
    ("1’200’300", 1200300, 1200300),
    ("1 000,00", 1000, 1000),
    ("1 200,500", WHICH, 1200.5),
    ("1,234,567", 1234567, 1234567),
    ("1.234.567", 1234567, 1234567),
    ("1,234.5", 1234.5, 1234.5),
    ("1.234,5", 1234.5, 1234.5),
    ("1,234.500", 1234.5, 1234.5),
    ("\u22125", -5, -5),
    ("+5", 5, 5),
    (",5", 0.5, 0.5),
    ("-0", 0, 0),
    ("1 20", NO, NO),
    ("01 200", NO, NO),
    ("1,23,456", NO, NO),
    ("1 200 30", NO, NO),
    ("5.", NO, NO),
    ("-", NO, NO),
    ("1e3", E, E),
    ("1,2E+05", E, E),
    ("1e400", E, E),
    ("1_000", NO, NO),
    ("0x10", NO, NO),
    ("\u0665", NO, NO),  # an Arabic five
    ("\uff11\uff12", NO, NO),  # fullwidth
    ("½", NO, NO),
    ("~100", NO, NO),
    ("100 чел.", NO, NO),
    ("True", NO, NO),
    ("nan", NO, NO),
    ("inf", NO, NO),
]


@pytest.mark.parametrize("thousands", [True, False])
@pytest.mark.parametrize(("text", "counted", "measured"), WRITTEN)
def test_read_in_one_way_or_refused(text, counted, measured, thousands):
    wanted = counted if thousands else measured
    numbers, reasons = read_numbers(pd.Series([text]), thousands=thousands)
    if isinstance(wanted, NumeralFault):
        assert math.isnan(numbers[0])
        assert reasons[0] == wanted.value
    else:
        assert (numbers[0], math.copysign(1, numbers[0])) == (
            wanted,
            math.copysign(1, wanted),
        )
        assert pd.isna(reasons[0])


@given(st.integers(0, 10**12), st.sampled_from([" ", "\u00a0", "\u2009", "'"]))
def test_groups_of_three_are_read_back(number, mark):
    assert machine_numeral(f"{number:,}".replace(",", mark), thousands=True) == str(
        number
    )


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(",."))
def test_one_mark_before_three_figures_is_never_a_count(head, tail, mark):
    with pytest.raises(NumeralError) as caught:
        machine_numeral(f"{head}{mark}{tail:03}", thousands=True)
    assert caught.value.fault is NumeralFault.AMBIGUOUS


@given(st.floats(-1e6, 1e6).map(lambda number: round(number, 5)))
def test_what_a_program_writes_is_read_to_the_digit(number):
    text = f"{number:.5f}"
    assert read_numbers(pd.Series([text, text.replace(".", ",")]))[0].tolist() == [
        float(text),
        float(text),
    ]


def counted(*texts, **options):
    table = pd.DataFrame({"_row": range(2, len(texts) + 2), "people": [*texts]})
    refused = Rejections("s", "f")
    table["people"] = table["people"].astype("str")
    rule = count("people", **options)
    return rule(table, SimpleNamespace(refused=refused)), refused.frame()


def test_counts_beyond_reason_are_refused_one_by_one():
    huge = ["99999999999999999999", "9007199254740993", "9" * 400, "100000001"]
    out, refused = counted("12", *huge, "100000000", most=100_000_000, keep=True)
    assert out["people"].tolist() == [12, *[pd.NA] * 4, 100_000_000]
    assert refused["row"].astype(int).sort_values().tolist() == [3, 4, 5, 6]
    beyond = "more than there can be (100,000,000) (field left empty, row kept)"
    assert refused["reason"].tolist().count(beyond) == 3
    assert refused.set_index("row").loc["5", "reason"].startswith("not a number")


def test_a_count_is_whole_and_not_below_zero():
    out, refused = counted("1 200", "2,5", "-1", "1,200", None)
    assert out["people"].tolist() == [1200, pd.NA]
    assert refused.set_index("row")["reason"].to_dict() == {
        "3": "not a whole number (row refused)",
        "4": "a count below zero (row refused)",
        "5": f"{NumeralFault.AMBIGUOUS.value} (row refused)",
    }
