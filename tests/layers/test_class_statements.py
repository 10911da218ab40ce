"""What becomes of each word on the class of a settlement of the toy country."""

import pandas as pd
import pytest

from geo.layers.class_statements import open_note
from geo.layers.inputs import stack
from tests.layers import toy

OPEN = ("agrogorodok", "rural")


def register(source, *rows, supplier="", day="2020-07-01"):
    """Return a feed of rows: place, kind, and what else is said."""
    table = pd.DataFrame(
        [{"place_id": f"ty:{place}", "kind": kind} | more for place, kind, more in rows]
    )
    feed = toy.feeding(source, {"places": table}, day)
    feed.supplier = supplier
    return feed


def built(*feeds, place, **replaced):
    """Return the row of a settlement, and what was said of its class with outcomes."""
    layers = toy.layers(*feeds, **replaced)
    said = layers.class_statements.query("settlement_id == @id", local_dict={
        "id": f"ty:{place}"
    })  # fmt: skip
    outcomes = list(zip(said["source"], said["kinds"], said["outcome"], strict=True))
    return layers.settlements.loc[f"ty:{place}"], outcomes, said["note"].tolist()


def test_a_register_settles_what_the_census_leaves_open():
    row, outcomes, _ = built(
        register("a", ("dubrava", "agrogorodok", {})), place="dubrava"
    )
    assert row["kind"] == "agrogorodok"
    assert row[["kind_status", "kind_source"]].tolist() == ["declared", "a"]
    # a status is rarely lost: it is kept with the day of its list
    assert str(row["kind_date"]) == "2020-07-01"
    assert outcomes == [
        ("toy-census", "agrogorodok|rural", "settles"),
        ("a", "agrogorodok", "settles"),
    ]


def test_two_sources_that_disagree_leave_the_class_open_and_are_both_named():
    feeds = (
        register("a", ("hutor", "agrogorodok", {})),
        register("b", ("hutor", "rural", {}), ("sosny", "rural", {})),
    )
    row, outcomes, notes = built(*feeds, place="hutor")
    assert row["kinds_possible"] == OPEN
    assert row[["kind_status", "kind_source"]].tolist() == ["unknown", "a,b"]
    assert [outcome for *_, outcome in outcomes] == ["disagrees"] * 2
    assert notes == ["also stated: rural (b)", "also stated: agrogorodok (a)"]
    [note] = open_note(toy.layers(*feeds).class_statements)
    assert note.startswith("classes: of 1 settlements two are stated, by a, b; ")
    assert open_note(toy.whole().class_statements) == ()
    assert built(*feeds, place="sosny")[0]["kind"] == "rural"


def test_two_kinds_for_one_place_in_one_register_leave_it_open():
    feed = register("a", ("hutor", "agrogorodok", {}), ("hutor", "rural", {}))
    row, _, notes = built(feed, place="hutor")
    assert row["kinds_possible"] == OPEN
    assert notes == ["also stated: rural (a)", "also stated: agrogorodok (a)"]


def test_the_raions_own_word_stands_before_all_others():
    feeds = (
        register("a", ("hutor", "agrogorodok", {})),
        register("raion", ("hutor", "rural", {}), supplier="Райисполком"),
        register("b", ("hutor", "agrogorodok", {})),
    )
    row, outcomes, notes = built(*feeds, place="hutor")
    assert row[["kind", "kind_source"]].tolist() == ["rural", "raion"]
    assert [outcome for *_, outcome in outcomes] == [
        "outweighed",
        "settles",
        "outweighed",
    ]
    assert notes[0] == "raion is the raion's own word"


def test_a_doubtful_word_leaves_the_class_open_whatever_others_say():
    doubtful = ("hutor", "agrogorodok", {"doubt": "weak 0.83"})
    for others in ((), (("hutor", "agrogorodok", {}),), (("hutor", "rural", {}),)):
        row, outcomes, notes = built(register("a", doubtful, *others), place="hutor")
        assert row["kinds_possible"] == OPEN
        assert ("a", "agrogorodok", "doubtful") in outcomes
        assert "weak 0.83" in notes


def test_a_doubtful_word_is_no_reason_to_doubt_the_census():
    row, outcomes, _ = built(
        register("a", ("town", "urban_settlement", {"doubt": "weak 0.83"})),
        place="town",
    )
    assert row["kind"] == "raion_city"
    assert outcomes[1] == ("a", "urban_settlement", "doubtful")


@pytest.mark.parametrize("kind", ["rural", "agrogorodok", "agrogorodok|rural"])
def test_a_village_inside_the_outline_of_a_town_is_a_namesake(kind):
    row, outcomes, notes = built(register("a", ("town", kind, {})), place="town")
    assert row["kind"] == "raion_city"
    assert outcomes[1] == ("a", kind, "refused")
    inside = "the place lies inside the outline of г. Алый: another one may be meant"
    assert notes[1] == inside


def test_a_town_outside_all_outlines_is_a_namesake():
    row, outcomes, _ = built(
        register("a", ("hutor", "urban_settlement", {})), place="hutor"
    )
    assert row["kinds_possible"] == OPEN
    assert outcomes == [("a", "urban_settlement", "refused")]


def test_a_place_of_another_raion_than_the_register_says_is_a_namesake():
    row, _, notes = built(
        register("a", ("lipki", "rural", {"raion_name": "Белый р-н"})), place="lipki"
    )
    assert row["kinds_possible"] == OPEN
    assert notes[-1] == "the place lies outside Белый р-н: another one may be meant"
    own = register("a", ("lipki", "rural", {"raion_name": "Алый р-н"}))
    assert built(own, place="lipki")[0]["kind"] == "rural"


def test_not_being_named_proves_nothing():
    row, outcomes, _ = built(register("a", ("hutor", "rural", {})), place="dalniy")
    assert row["kinds_possible"] == OPEN
    assert pd.isna(row["kind_source"])
    assert outcomes == []


def test_names_of_a_register_fill_gaps_and_belong_to_the_place():
    said = pd.DataFrame(
        {
            "place_id": ["ty:hutor", "ty:sosny"],
            "name_ru": ["Хутар", "Ёлки"],
            "name_be": ["Хутар", "Ёлкі"],
        }
    )
    layers = toy.layers(toy.feeding("book", {"places": said}))
    names = layers.settlements.loc[["ty:hutor", "ty:sosny"], ["name_ru", "name_be"]]
    assert names.to_numpy(object)[0].tolist() == ["Хутор", "Хутар"]
    assert names["name_ru"].tolist() == ["Хутор", "Сосны"]
    assert pd.isna(names["name_be"].iloc[1])
    refused = layers.rejected.query("source == 'book'")[["value", "reason"]]
    assert refused.to_numpy().tolist() == [
        ["Ёлки", "the place of this id is called otherwise: another one is meant"]
    ]


def test_a_flag_does_not_join_a_place_with_one_that_a_register_calls_otherwise():
    said = pd.DataFrame({"place_id": ["ty:sosny"], "name_ru": ["Соснянка"]})
    named = toy.places(name_be={"ty:sosny": "Саснянка"})
    layers = toy.layers(toy.feeding("book", {"places": said}), places=named)
    assert pd.isna(layers.settlements.loc["ty:sosny-again", "duplicate_of"])
    reason = "a register calls that place Соснянка (flag left out, row kept)"
    assert reason in set(layers.rejected["reason"])


def test_a_census_row_is_found_by_the_name_of_a_register():
    # the list calls the place otherwise than the census and the book of names do
    listed = toy.places(
        [
            row if row[0] != "dalniy" else ("dalniy", "Елня-1", 27.62, 53.12)
            for row in toy.PLACES
        ]
    )
    said = pd.DataFrame({"place_id": ["ty:dalniy"], "name_ru": ["Ельня"]})
    layers = toy.layers(toy.feeding("book", {"places": said}), places=listed)
    row = layers.census.set_index("name").loc["Ельня"]
    assert (row["outcome"], row["settlement_id"]) == ("corrected", "ty:dalniy")
    # census and book agree: the name of the list was a slip
    assert layers.settlements.loc["ty:dalniy", "name_ru"] == "Ельня"


def selsovet(name, place="hutor"):
    census = toy.census().assign(selsovet_name="Дубравский сельсовет")
    said = pd.DataFrame({"place_id": [f"ty:{place}"], "selsovet_name": [name]})
    return toy.layers(toy.feeding("book", {"places": said}), census=census)


def test_a_selsovet_is_joined_by_its_name_in_the_places_own_raion():
    # two codes of raion A bear the name in this census, one of raion B
    near = selsovet("Дубравский", "dalniy").settlements
    assert pd.isna(near.loc["ty:dalniy", "selsovet_id"])  # 37 km away
    one = [row for row in toy.CENSUS if row[0] != "1204808000" and row[2] != "г"]
    census = toy.census(one).assign(selsovet_name="Дубравский сельсовет")
    said = pd.DataFrame({"place_id": ["ty:lipki-b"], "selsovet_name": ["Дубравский"]})
    table = toy.layers(toy.feeding("book", {"places": said}), census=census).settlements
    assert table.loc["ty:lipki-b", "selsovet_id"] == "soato:1208804000"
    assert pd.isna(table.loc["ty:hutor", "selsovet_id"])


def test_a_selsovet_far_from_its_other_places_is_refused():
    rejected = selsovet("Дубравский", "dalniy").rejected
    reason = "more than 20 km from the other places of this selsovet"
    assert rejected["reason"].str.startswith(reason).sum() == 1


def test_a_centre_is_said_of_the_named_places_alone():
    said = pd.DataFrame({"place_id": ["ty:hutor"], "selsovet_centre": ["yes"]})
    table = toy.layers(toy.feeding("offices", {"places": said})).settlements
    assert table["selsovet_centre"].value_counts().to_dict() == {
        "unknown": len(table) - 1,
        "yes": 1,
    }
    assert stack([]).table("census_points").empty
