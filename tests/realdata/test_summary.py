"""What the first page of Belarus says, counted once more from the tables."""

import pytest

from geo.release.read import open_release
from geo.reports.summary import summary
from geo.reports.topics import country_of, topics_of

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def release(by):
    return open_release(by.path)


def said(release, of, language="ru"):
    return summary(release, of, release.row("areas", country_of(release)), language)


def test_it_opens_with_the_promise_that_most_is_known_of(release):
    """No verdict is decided; of mobile service there is most that somebody promised."""
    found = topics_of(release)
    assert found["first"] == "indicator:digital.cell_km"
    assert [one["id"] for one in found["topics"]] == [
        *("mobile", "internet", "bus", "train", "doctor", "post", "utilities"),
        *("education", "people", "overall", "known"),
    ]


def test_it_counts_whom_no_known_cell_is_near(by, release):
    places = by["settlements"].set_index("id")
    own = places[places["duplicate_of"].isna() & places["foreign"].isna()]
    far = by.values("digital.cell_km")["value"].reindex(own.index) >= 5
    people = round(own.loc[far, "population"].sum())
    found = said(release, "value:digital.cell_km", "en")
    where = f"In {far.sum():,} settlements ({people:,} people)"
    first = found["headline"][0].replace("\u00a0", " ")
    assert first == f"{where} no known cell is within 5 km."
    due = release.standards["by.telecom.mobile_all_settlements_2026"]
    assert found["promise"]["standard"] == due["id"]
    assert found["promise"]["days_left"] == 39  # from 22 November
    worst = found["worst"]["items"]
    raions = own[far].groupby("raion_id")["population"].sum().sort_values()
    assert worst[0]["id"] == raions.index[-1]
    assert sum(one["people"] for one in found["ages"]) <= round(own["population"].sum())


def test_of_what_is_not_due_nothing_is_claimed(release):
    of = "verdict:by.telecom.mobile_all_settlements_2026"
    found = said(release, of)
    assert [one["id"] for one in found["classes"]] == ["not_due"]
    assert found["worst"]["of"] == "value:digital.cell_km"
    assert not any("наруш" in line for line in found["headline"])


def test_no_sentence_of_any_subject_is_empty_or_left_open(release):
    kinds = {"standard": "verdict", "indicator": "value", "estimate": "estimate"}
    for topic in topics_of(release)["topics"]:
        for subject in topic["subjects"]:
            kind, _, name = subject.partition(":")
            if kind not in kinds:
                continue
            for language in ("ru", "be", "en"):
                found = said(release, f"{kinds[kind]}:{name}", language)
                assert found["title"]
                assert found["headline"]
                assert not any(
                    sign in line for line in found["headline"] for sign in "{}"
                )
