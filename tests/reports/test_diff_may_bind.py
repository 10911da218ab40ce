"""Whom a changed norm may bind is what the judge recorded, row by row."""

from datetime import date

import pyarrow as pa
import pytest

from geo.reports.diff.compare import compare
from geo.reports.diff.news import changelog
from tests.release.pair import known, norm, place, release, trips

BUS = "transport.trips_per_week"
BANDS = {"small": "<=50", "middle": "(50, 100]", "large": ">100"}


def rows(*limits):
    return trips(
        *(
            norm(
                f"ty.trips.{name}",
                limit,
                applies={"population": band},
                label={"en": name},
            )
            for (name, band), limit in zip(BANDS.items(), limits, strict=True)
        )
    )


def between(low, high):
    return place(population=None, population_low=low, population_high=high)


@pytest.fixture
def pair():
    places = {"toy:0": between(40, 60), "toy:1": between(90, 110), "toy:2": place()}
    values = {BUS: dict.fromkeys(places, known(10))}
    return [
        release(places, values, [rows(*limits)], on)
        for limits, on in (
            ((4, 8, 12), date(2025, 12, 31)),
            ((5, 9, 13), date(2026, 2, 1)),
        )
    ]


def said(pair, label):
    text = " ".join(changelog(compare(*pair), "en")).replace("\u00a0", " ")
    return text.split(f"({label}) is ")[1].split("Now")[0].split("“")[0]


def test_a_row_may_bind_only_where_it_is_possible(pair):
    assert "For 1 settlement, with" in said(pair, "small")
    assert "For 1 settlement, with" in said(pair, "large")
    middle = said(pair, "middle")
    assert "It certainly binds 1 settlement: 100 people." in middle
    assert "For 2 settlements more, with" in middle


def test_of_an_older_release_whose_norm_is_open_may_be_meant(pair):
    judged = pair[1].held["judgements"]
    column = judged.schema.get_field_index("norms_possible")
    field = judged.schema.field(column)
    blank = pa.nulls(judged.num_rows, field.type)
    pair[1].held["judgements"] = judged.set_column(column, field, blank)
    assert "For 2 settlements, with" in said(pair, "small")
