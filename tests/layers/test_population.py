"""Populations of the toy country, each number worked out by hand."""

import pandas as pd
import pytest

from geo.layers.reconcile import reconcile
from geo.layers.rural_model import fit_rural, fit_sizes
from tests.layers import toy

COLUMNS = ["population", "population_low", "population_high", "population_status"]

# Listed villages: A 200 + 120 + 150 + 110 = 580, B 300 + 130 = 430 people in 2024.
# Places below the floor: A has one (Хутор) and two lost villages, so none; B has three
# (Липки, Криница, Дальний) and one lost village, so two.
# Sizes 110 120 130 150 200 300, median 140; z0 = z(2/8) = -0.67449,
# z1 = z(5/8) = 0.31864; sigma = ln 1.4 / 0.99313 = 0.33880, mu = ln 100 + 0.67449 sigma
# = 4.83369; mean below 100 = exp(mu + sigma²/2) Phi(z0 - sigma) / 0.25 = 82.8.
SMALL_2024 = 82.77
# Two raions, two unknowns, so the fit is exact: 580 d = 500, 430 d + 2 x 82.77 s = 450.
DECLINE = 500 / 580
DECLINE_SMALL = (450 - 430 * DECLINE) / (2 * SMALL_2024)
SMALL_2025 = DECLINE_SMALL * SMALL_2024  # 39.7


def test_the_fit():
    fit = toy.whole().people.fit
    assert fit.decline == pytest.approx(0.862069, abs=2e-6)
    assert fit.decline_small == pytest.approx(DECLINE_SMALL, abs=2e-4)
    assert fit.raions == 2
    # two of two places that the fit knows
    assert fit.small == pytest.approx(39.66, abs=0.01)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        # official total of 2025; floor(1000 / 1.5), ceil(1000 x 1.5)
        ("town", [1000, 666, 1500, "measured"]),
        # 200 x 500/580; floor(200 / 2.25), ceil(200 x 2.25)
        ("dubrava", [172.4, 88, 450, "modelled"]),
        ("lipki", [129.3, 66, 338, "modelled"]),
        # A lost rows of 120 and 110 people: it may be either; ceil(120 x 2.25)
        ("hutor", [39.7, 0, 270, "modelled"]),
        ("sosny", [258.6, 133, 675, "modelled"]),
        # B lost a row of 130 people; ceil(130 x 2.25)
        ("dalniy", [39.7, 0, 293, "modelled"]),
        ("krinica-b", [39.7, 0, 293, "modelled"]),
    ],
)
def test_value_range_and_status(place, expected):
    assert toy.whole().settlements.loc[f"ty:{place}", COLUMNS].tolist() == expected


def test_a_duplicate_stays_without_people():
    again = toy.whole().settlements.loc["ty:sosny-again"]
    assert again["duplicate_of"] == "ty:sosny"
    assert pd.isna(again["population"])
    assert again["population_status"] == "unknown"


def test_where_no_row_is_lost_a_place_without_a_value_is_below_the_floor():
    rows = [row for row in toy.CENSUS if row[3] != "Ельня"]
    table = toy.layers(census=toy.census(rows)).settlements
    # 0-99 in 2024: ceil(99 x 2.25)
    assert table.loc["ty:dalniy", "population_high"] == 223
    assert table.loc["ty:hutor", "population_high"] == 270


def test_ranges_contain_their_values():
    table = toy.whole().settlements
    known = table[table["population"].notna()]
    assert (known["population_low"] <= known["population"]).all()
    assert (known["population"] <= known["population_high"]).all()


def test_the_raion_totals_are_reproduced():
    table = toy.whole().settlements.groupby("raion_id")["population"].sum()
    # B: 258.6 + 3 x 39.66; its lost village counts as one of the three places
    assert table["soato:1208"] == pytest.approx(258.6 + 3 * 39.66, abs=0.2)
    # A: 172.4 + 129.3 + 39.7 of the modelled 500 + 39.7; 230 people have no point
    assert table["soato:1204"] == pytest.approx(1000 + 172.4 + 129.3 + 39.7, abs=0.1)


def test_without_official_totals_the_census_stands():
    table = toy.layers(area_population=None).settlements
    assert table.loc["ty:dubrava", COLUMNS].tolist() == [200, 88, 450, "measured"]
    village = table.loc["ty:dalniy"]
    assert pd.isna(village["population"])
    assert village["population_status"] == "unknown"
    assert village[["population_low", "population_high"]].tolist() == [0, 293]


def test_a_village_inside_a_city_is_counted_with_the_city():
    rows = [
        (*row[:4], 0, 0) if row[2] == "Алый район" else row
        for row in toy.OFFICIAL
        if row[0] != "town"
    ]
    rows.append(("city", None, "г. Алый", 1000, 1000, 0))
    inside = [*toy.PLACES, ("swallowed", "Окраина", 27.21, 53.21)]
    census = [*toy.CENSUS, ("1204804000", "Алый р-н", "д", "Окраина", 140, "swallowed")]
    built = toy.layers(
        area_population=toy.official(rows),
        places=toy.places(inside),
        census=toy.census(census),
    )
    village = built.settlements.loc["ty:swallowed"]
    assert built.settlements.loc["ty:town", "population"] == 1000
    assert pd.isna(village["population"])
    # from none to the census value with its drift: ceil(140 x 2.25)
    assert village[["population_low", "population_high"]].tolist() == [0, 315]
    assert village[["population_status", "population_census"]].tolist() == [
        "unknown",
        140,
    ]


def test_reconciliation():
    built = toy.whole()
    table = reconcile(built.settlements, built.census, built.areas).set_index("area_id")
    a = table.loc["soato:1204"]
    assert a["settlements"] == 4
    assert a["settlements_with_census"] == 3
    assert a["census_rows"] == 5
    assert a["census_rows_unmatched"] == 2
    assert a["census_population_unmatched"] == 230
    assert a[["official_population", "difference"]].tolist() == [1500, 1341 - 1500]
    b = table.loc["soato:1208"]
    assert b[["settlements", "settlements_unknown"]].tolist() == [4, 3]  # no twin


def test_too_few_places_say_nothing_of_the_sizes():
    few = pd.Series([150.0, 200.0, 300.0, 400.0])
    assert fit_sizes(few, 10, 100) is None
    assert fit_sizes(pd.Series([150.0] * 9), 0, 100) is None
    assert fit_sizes(pd.Series([100.0] * 9), 10, 100) is None


def test_the_fit_scales_each_raion_to_its_own_total():
    table = pd.DataFrame(
        {
            "rural": [900.0, 450.0, 2000.0, 0.0],
            "listed": [1000.0, 400.0, 1000.0, 0.0],
            "places": [10.0, 20.0, 10.0, 5.0],
            "mean_small": 20.0,
            "believed": True,
        },
        index=["a", "b", "suburb", "city"],
    )
    fit, factors = fit_rural(table)
    assert fit.raions == 3
    people = table["listed"] * factors["listed"] + table["places"] * factors["small"]
    assert people[:3].tolist() == pytest.approx([900, 450, 2000])
    assert factors.loc["city"].isna().all()


def test_one_raion_fits_nothing():
    table = pd.DataFrame(
        {"rural": [900.0], "listed": [1000.0], "places": [1.0], "mean_small": [20.0]}
    )
    assert fit_rural(table.assign(believed=True)) is None
