"""Populations of the toy country, each number worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from geo.layers.reconcile import reconcile
from geo.layers.rural_model import TYPICAL, Sizes, fit_rural, fit_sizes
from tests.layers import toy

COLUMNS = ["population", "population_low", "population_high", "population_status"]

# Listed villages: A 200 + 120 + 150 + 110 = 580, B 300 + 130 = 430 people in 2024.
# Places below the floor: A has one (Хутор) and two lost villages, so none; B has three
# (Липки, Криница, Дальний) and one lost village, so two.
# Sizes 110 120 130 150 200 300, median 140; z0 = z(2/8) = -0.67449,
# z1 = z(5/8) = 0.31864; sigma = ln 1.4 / 0.99313 = 0.33880, mu = ln 100 + 0.67449 sigma
# = 4.83369; mean below 100 = exp(mu + sigma²/2) Phi(z0 - sigma) / 0.25 = 82.8.
SMALL_2024 = 82.77
# Both raions shrank, but the one of larger villages more, so the exponent is at its
# least, 0; each raion has its own total: A 500 of 580, B 450 of 430 + 2 x 82.77.
A_FACTOR = 500 / 580
B_FACTOR = 450 / (430 + 2 * SMALL_2024)


def test_the_fit():
    fit = toy.whole().people.fit
    assert fit.exponent == pytest.approx(0, abs=1e-3)
    assert B_FACTOR < fit.decline < A_FACTOR
    assert fit.raions == 2
    apart = np.log([A_FACTOR / fit.decline, B_FACTOR / fit.decline])
    assert fit.apart == pytest.approx(apart.std(), rel=0.01)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        # official total of 2025; floor(1000 / 1.5), ceil(1000 x 1.5)
        ("town", [1000, 666, 1500, "measured"]),
        # 200 x 500/580; floor(200 / 2.25), ceil(200 x 2.25)
        ("dubrava", [172.4, 88, 450, "modelled"]),
        ("lipki", [129.3, 66, 338, "modelled"]),
        # A lost rows of 120 and 110 people: it may be either; ceil(120 x 2.25)
        # 82.77 x 500/580
        ("hutor", [71.3, 0, 270, "modelled"]),
        # 300 x 450 / (430 + 2 x 82.77)
        ("sosny", [226.7, 133, 675, "modelled"]),
        # B lost a row of 130 people; ceil(130 x 2.25)
        ("dalniy", [62.5, 0, 293, "modelled"]),
        ("krinica-b", [62.5, 0, 293, "modelled"]),
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
    # B: 226.7 + 3 x 62.5; its lost village counts as one of the three places
    assert table["soato:1208"] == pytest.approx(226.7 + 3 * 62.55, abs=0.2)
    # A: 172.4 + 129.3 + 71.3 of the modelled 500 + 71.3; 230 people have no point
    assert table["soato:1204"] == pytest.approx(1000 + 172.4 + 129.3 + 71.3, abs=0.1)


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
    assert a[["official_population", "difference"]].tolist() == [1500, 1373 - 1500]
    b = table.loc["soato:1208"]
    assert b[["settlements", "settlements_unknown"]].tolist() == [4, 3]  # no twin


def test_too_few_places_say_nothing_of_the_sizes():
    few = pd.Series([150.0, 200.0, 300.0, 400.0])
    assert fit_sizes(few, 10, 100) is None
    assert fit_sizes(pd.Series([150.0] * 9), 0, 100) is None
    assert fit_sizes(pd.Series([100.0] * 9), 10, 100) is None


def test_the_mean_below_the_floor_weighed_by_size():
    sizes = Sizes(mu=3.0, sigma=1.2, z0=0.8)
    drawn = sizes.below((np.arange(100_000) + 0.5) / 100_000)
    assert drawn.max() < np.exp(3.0 + 1.2 * 0.8)
    for exponent in (0.0, 0.3):
        weighed = drawn * (drawn / TYPICAL) ** exponent
        assert sizes.mean(exponent) == pytest.approx(weighed.mean(), rel=1e-3)


def places_of(*listed: tuple[str, float]):
    """Return what `fit_rural` asks of places: sums by exponent."""
    table = pd.DataFrame(listed, columns=["raion", "people"])

    def weighed(exponent: float) -> pd.Series:
        own = table["people"] * (table["people"] / TYPICAL) ** exponent
        return own.groupby(table["raion"]).sum()

    return weighed


def test_the_fit_scales_each_raion_to_its_own_total():
    weighed = places_of(("a", 1000), ("b", 400), ("city", 200), ("suburb", 1000))
    rural = pd.Series({"a": 900.0, "b": 450.0, "city": 0.0, "suburb": 2000.0})
    fit, factors = fit_rural(rural, weighed, rural >= 0)
    assert fit.raions == 3
    people = weighed(fit.exponent) * factors
    assert people[["a", "b", "suburb"]].tolist() == pytest.approx([900, 450, 2000])
    assert np.isnan(factors["city"])


def test_a_raion_that_is_not_believed_declines_as_the_country():
    weighed = places_of(("a", 1000), ("b", 400), ("c", 900))
    rural = pd.Series({"a": 800.0, "b": 320.0, "c": 9.0})
    fit, factors = fit_rural(rural, weighed, rural > 9)
    assert fit.raions == 2
    assert factors["c"] == fit.decline == pytest.approx(0.8, abs=1e-3)


def test_larger_places_decline_less():
    # places of 300 people keep 0.8, of 1,200 0.8 x 4^0.2, of 75 0.8 / 4^0.2; the
    # parabola is off by a thousandth
    raions = [f"r{number:02}" for number in range(24)]
    weighed = places_of(
        *(
            (raion, people)
            for number, raion in enumerate(raions)
            for people, many in (
                (75.0, 1 + number),
                (300.0, 1 + number % 5),
                (1200.0, 3),
            )
            for _ in range(many)
        )
    )
    rural = 0.8 * weighed(0.2)
    fit, factors = fit_rural(rural, weighed, rural > 0)
    assert (fit.decline, fit.exponent) == pytest.approx((0.8, 0.2), abs=2e-3)
    assert fit.resampled == pytest.approx(np.tile([0.8, 0.2], (100, 1)), abs=4e-3)
    assert (weighed(fit.exponent) * factors).tolist() == pytest.approx(rural.tolist())
    assert fit.by_size(np.array([1200.0])) == pytest.approx(4**fit.exponent)


def test_one_raion_fits_nothing():
    rural = pd.Series({"a": 900.0})
    assert fit_rural(rural, places_of(("a", 1000)), rural > 0) is None
