"""What an office sends of a whole raion, an oblast or an operator."""

import pandas as pd
import pytest

from geo.errors import DeclarationError, SourceFormatError
from tests.sources.readers.conftest import refused

HEAD = "unit_of_assessment,unit,indicator,value,low,high,status,date,supplier,remark\n"
QUEUE = "digital.telephone_queue"


def test_a_row_in_full(read):
    text = HEAD + (
        f"Raion,Алый район,{QUEUE},3,,,declared,2026-07-01,Узел связи,три заявления\n"
    )
    table = read("unit_observations", text, name="units.csv").tables[
        "unit_observations"
    ]
    assert table.iloc[0].to_dict() == {
        "unit_of_assessment": "raion",
        "unit_ref": "Алый район",
        "indicator": QUEUE,
        "value": 3.0,
        "low": 3.0,
        "high": 3.0,
        "status": "declared",
        "date": pd.Timestamp("2026-07-01"),
        "supplier": "Узел связи",
        "remark": "три заявления",
        "file": "units.csv",
        "row": "2",
    }


def test_bounds_yes_no_and_who_sent_it(read):
    text = HEAD + (
        f"raion,a,{QUEUE},,0,5,declared,,,\n"
        "operator,one,digital.base_tariff,да,,,declared,,,\n"
        f"raion,b,{QUEUE},,,,unknown,,,\n"
    )
    table = read("unit_observations", text, supplier="Минсвязи").tables[
        "unit_observations"
    ]
    assert table["low"].tolist()[:2] == [0, 1]
    assert table["high"].tolist()[:2] == [5, 1]
    assert pd.isna(table["value"][0])
    assert table.loc[2, ["value", "low", "high"]].isna().all()
    assert set(table["supplier"]) == {"Минсвязи"}


def test_rows_are_refused_one_by_one_with_their_line(read):
    text = HEAD + (
        f"village,a,{QUEUE},0,,,declared,,,\n"
        f"raion,,{QUEUE},0,,,declared,,,\n"
        f"raion,a,{QUEUE},много,,,declared,,,\n"
        f"raion,a,{QUEUE},,,,declared,,,\n"
        f"raion,a,{QUEUE},0,,,said,,,\n"
        f"raion,a,{QUEUE},0,,,declared,01.07.2026,,\n"
        f"raion,a,{QUEUE},1,,,declared,,,\n"
    )
    result = read("unit_observations", text)
    assert len(result.tables["unit_observations"]) == 1
    assert sorted(refused(result)) == [
        ("2", "unit_of_assessment", "village", ("must be one of selsovet, raion,"
         " oblast, country, operator")),
        ("3", "unit", "", "the unit is missing"),
        ("4", "value", "много", ("not a number (digital.telephone_queue is in"
         " applications)")),
        ("5", "value", "", ("a value or a bound is missing; write status unknown if it"
         " is not known")),
        ("6", "status", "said", ("must be one of measured, declared, modelled, assumed,"
         " unknown, unreachable, not_applicable")),
        ("7", "date", "01.07.2026", "not a day of the form YYYY-MM-DD"),
    ]  # fmt: skip


def test_a_file_without_a_needed_column_is_refused_as_a_whole(read):
    with pytest.raises(SourceFormatError, match="unit_of_assessment"):
        read("unit_observations", "unit,indicator,value,status\na,b,1,declared\n")


def test_an_unknown_option_is_named(read):
    with pytest.raises(DeclarationError, match="reader unit_observations"):
        read("unit_observations", HEAD + "raion,a,b,1,,,declared,,,\n", who="x")
