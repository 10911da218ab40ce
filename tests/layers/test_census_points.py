"""Points found for lost census rows of the toy country: proved or refused."""

import pandas as pd
import pytest

from tests.layers import toy

#: the lost row of raion B; the other place of its selsovet is Сосны at 27.60, 53.10
ELNYA = ("1208804000", "д", "Ельня", 27.65, 53.12)


def points(*rows):
    """Return a feed of candidates."""
    columns = ["code", "place_type", "name", "lon", "lat"]
    table = pd.DataFrame(rows, columns=columns).assign(
        remark="map", origin=[f"found.csv:{line + 2}" for line in range(len(rows))]
    )
    return toy.feeding("found", {"census_points": table}, "2026-01-01")


def row_of(layers, name, people):
    census = layers.census
    return census[(census["name"] == name) & (census["population"] == people)].iloc[0]


def refused(layers):
    rows = layers.rejected.query("source == 'found'")
    return rows[["row", "value", "reason"]].to_numpy().tolist()


def test_a_proved_point_that_no_list_names_is_a_settlement():
    layers = toy.layers(points(ELNYA))
    row = row_of(layers, "Ельня", 130)
    assert row[["outcome", "settlement_id", "note"]].tolist() == [
        "corrected",
        "census:2024-8",
        "point of found (map)",
    ]
    place = layers.settlements.loc["census:2024-8"]
    assert place[["name", "place_type", "raion_id", "population_census"]].tolist() == [
        "Ельня",
        "д",
        "soato:1208",
        130,
    ]
    assert place[["source", "selsovet_id"]].tolist() == ["found", "soato:1208804000"]
    assert place["kinds_possible"] == ("agrogorodok", "rural")
    assert refused(layers) == []
    # what the raion has lost it has found again: nothing is counted twice
    assert len(layers.settlements) == len(toy.whole().settlements) + 1


@pytest.mark.parametrize("name", ["Посёлок Ельня", "Елня"])
def test_a_free_place_of_the_name_that_stands_there_is_it(name):
    # 0.4 km from the point
    there = [*toy.PLACES, ("there", name, 27.656, 53.12)]
    layers = toy.layers(points(ELNYA), places=toy.places(there))
    assert row_of(layers, "Ельня", 130)["settlement_id"] == "ty:there"
    assert "census:2024-8" not in layers.settlements.index


def test_a_place_of_the_very_name_may_stand_farther_away():
    # 3.3 km: two sources seldom agree better on a long village. It lies more than
    # 10 km from the selsovet's middle, so the name alone did not find it
    there = [*toy.PLACES, ("there", "Ельня", 27.75, 53.15)]
    near = ("1208804000", "д", "Ельня", 27.70, 53.15)
    layers = toy.layers(points(near), places=toy.places(there))
    assert row_of(layers, "Ельня", 130)["settlement_id"] == "ty:there"


@pytest.mark.parametrize(
    ("point", "reason"),
    [
        (
            ("1208804000", "д", "Ельня", 27.45, 53.10),
            "the point does not lie in Белый р-н",
        ),
        (
            ("1208804000", "д", "Ельня", 27.90, 53.30),
            "30.0 km from the next place of its selsovet",
        ),
        (
            ("1208804000", "д", "Ельня", 27.601, 53.103),
            "ty:sosny of another name stands there, 0.3 km away",
        ),
        (
            ("1208804000", "д", "Ельня", 28.5, 53.1),
            "the point lies outside the country's areas",
        ),
        (
            ("1208804000", "п", "Ельня", 27.65, 53.12),
            "no one row of the census has this code, type and name",
        ),
        (
            ("1208804000", "д", "Сосны", 27.65, 53.12),
            "the row has a place without it",
        ),
        (
            ("1204808000", "д", "Криница", 27.23, 53.22),
            "the point lies inside the outline of г. Алый",
        ),
        (
            ("1204804000", "п", "Дубрава", 27.13, 53.10),
            "ty:dubrava bears this name 2.0 km away and has a census row of its own",
        ),
    ],
)
def test_a_point_that_is_not_proved_is_refused(point, reason):
    layers = toy.layers(points(point))
    assert refused(layers) == [["2", point[2], reason]]
    assert set(layers.settlements.index) == set(toy.whole().settlements.index)
    assert layers.census["outcome"].tolist() == toy.whole().census["outcome"].tolist()


def test_a_place_of_the_name_in_another_raion_is_not_it():
    there = [*toy.PLACES, ("there", "Ельня", 27.49, 53.12)]
    layers = toy.layers(
        points(("1208804000", "д", "Ельня", 27.51, 53.12)), places=toy.places(there)
    )
    assert row_of(layers, "Ельня", 130)["outcome"] == "unmatched"
    reason = "ty:there bears this name 1.3 km away, in another raion"
    assert refused(layers) == [["2", "Ельня", reason]]


def test_of_two_points_for_one_row_the_first_has_it():
    again = ("1208804000", "д", "Ельня", 27.66, 53.13)
    layers = toy.layers(points(ELNYA, again))
    assert refused(layers) == [["3", "Ельня", "the row has a place without it"]]


def test_without_candidates_nothing_changes():
    assert toy.whole().census["settlement_id"].notna().sum() == 4
