"""A flag of a duplicate hides a place, so it must lead to one that is counted."""

import pandas as pd
import pytest

from geo.layers.duplicates import checked_flags
from tests.layers import toy


@pytest.mark.parametrize(
    ("flags", "kept", "words"),
    [
        ({"a": "b"}, {"a": "b"}, {}),
        ({"a": "b", "b": "c"}, {"a": "b", "b": "c"}, {}),
        ({"a": "z"}, {}, {"a": "no settlement has this id"}),
        ({"a": "a"}, {}, {"a": "repeat each other"}),
        ({"a": "b", "b": "a"}, {}, {"a": "repeat each other", "b": "repeat each"}),
        ({"a": "b", "b": "z"}, {}, {"a": "no settlement", "b": "no settlement"}),
    ],
)
def test_flags(flags, kept, words):
    places = pd.DataFrame({"id": ["a", "b", "c"], "_source": "s"})
    places["duplicate_of"] = places["id"].map(flags).astype("str")
    out, refused = checked_flags(places)
    assert out.set_index("id")["duplicate_of"].dropna().to_dict() == kept
    assert dict(zip(refused["row"], refused["value"], strict=True)) == {
        own: flags[own] for own in words
    }
    for own, reason in zip(refused["row"], refused["reason"], strict=True):
        assert words[own] in reason


def test_a_mistyped_flag_hides_nobody():
    places = toy.places()
    places["duplicate_of"] = places["place_id"].map({"ty:dubrava": "ty:typo"})
    built = toy.layers(places=places)
    assert built.settlements["duplicate_of"].isna().all()
    row = built.rejected[built.rejected["field"] == "duplicate_of"].iloc[0]
    assert (row["row"], row["value"]) == ("ty:dubrava", "ty:typo")
