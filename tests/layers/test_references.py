"""References of registers to settlements: found, or refused with what may be meant."""

import pandas as pd

from geo.layers.references import Places
from tests.layers import toy

PLACES = Places(
    by_id=frozenset({"ty:1001", "ty:1002", "ty:2002"}),
    by_code={"7": "ty:1001"},
    by_name={"дубрава": ("ty:1001",), "липки": ("ty:1002", "ty:2002")},
    names=("Дубрава", "Липки"),
)


def refused(*references, **columns):
    rows = pd.DataFrame({"place_ref": [*references], "_source": "s"}).assign(**columns)
    found, lost = PLACES.resolve(rows, layer="observations")
    return found.tolist(), lost.to_dict("records")


def test_found_by_id_code_and_name():
    found, lost = refused("ty:1001", "7", "ДУБРАВА", "Ду\u00adбрава")
    assert found == ["ty:1001"] * 4
    assert lost == []


def test_refused_with_file_row_and_the_nearest_names():
    _, lost = refused("Дубава", "Липки", origin=["r.csv:7", "b.xlsx:Рейсы!4"])
    assert [(one["file"], one["row"]) for one in lost] == [
        ("r.csv", "7"),
        ("b.xlsx", "Рейсы!4"),
    ]
    assert [one["reason"] for one in lost] == [
        "no settlement has this id, code or name; the nearest are Дубрава",
        "2 settlements bear this name: ty:1002, ty:2002",
    ]


def test_an_id_with_a_wrong_figure():
    _, lost = refused("ty:1003")
    assert lost[0]["reason"].endswith("the nearest are ty:1002, ty:1001, ty:2002")
    assert (lost[0]["file"], lost[0]["row"]) == ("layer observations", "0")


def test_nothing_like_it():
    _, lost = refused("xyz")
    assert lost[0]["reason"] == "no settlement has this id, code or name"


def test_of_a_wrong_file_only_the_first_names_are_looked_for():
    _, lost = refused(*[f"Дубава{n}" for n in range(60)])
    told = ["the nearest" in one["reason"] for one in lost]
    assert told == [True] * 50 + [False] * 10


def test_a_facility_of_an_unknown_settlement_is_refused_where_it_stands():
    table = pd.DataFrame(
        {"facility_id": ["f:1"], "kind": ["shop"], "status": "declared",
         "place_ref": ["Дубава"], "origin": ["shops.csv:9"]}
    )  # fmt: skip
    built = toy.layers(toy.feeding("shops", {"facilities": table}))
    row = built.rejected[built.rejected["source"] == "shops"].iloc[0]
    assert (row["file"], row["row"], row["value"]) == ("shops.csv", "9", "Дубава")
    assert "the nearest are Дубрава" in row["reason"]
