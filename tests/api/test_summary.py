"""``/v1/summary``, and the topics of ``/v1/theme``."""

import pytest

from tests.api.tiny_estimates import LTE
from tests.api.tiny_manifest import AMBULANCE, TRIPS


def get(client, **query):
    return client.get("/v1/summary", params=query)


def test_it_names_release_area_and_language(client):
    told = get(client, of=f"verdict:{TRIPS}").json()
    assert (told["release"], told["language"]) == ("zz/2026-11-22.1", "ru")
    assert told["area"] == {"id": "zz:country", "name": "Тестландия"}
    assert told["title"] == "Рейсы"
    assert told["topic"] == "bus"
    # 60 + 800 + 90 + 15 people, 1,200 + 40 people
    assert (
        told["headline"][0]
        .replace("\u00a0", " ")
        .startswith(
            "Стандарт нарушен: 965 человек в 4 населённых пунктах; возможно, нарушен: "
            "300 человек в 2 населённых пунктах; соблюдён: 1 240 человек в 2"
        )
    )


def test_an_area_is_its_own(client):
    told = get(client, of=f"verdict:{TRIPS}", area="zz:r2", language="en").json()
    assert told["area"] == {"id": "zz:r2", "name": "Зеленоборский район"}
    assert [one["name"] for one in told["worst"]["items"]] == ["Uzhorak", "Ёлкино"]
    assert sum(one["settlements"] for one in told["classes"]) == 5
    # the same again, and the country is not taken for it
    assert get(client, of=f"verdict:{TRIPS}", language="en").json()["area"]["id"] == (
        "zz:country"
    )


def test_an_estimate_says_that_it_is_none_of_the_norm(client):
    told = get(client, of=f"estimate:{LTE}", language="en").json()
    assert told["caption"].startswith("An estimate by a model, no judgement of a norm.")
    assert told["headline"][0].startswith("LTE: on record or probably there for 800")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"of": "value:miles"}, 422, "'of' is 'value:miles'. It must be one of "),
        ({}, 422, "The parameter 'of' is missing."),
        ({"of": "people", "area": "zz:r9"}, 404, "no area 'zz:r9' in zz/2026-11-22.1"),
        ({"of": "people", "language": "kk"}, 422, "must be one of 'ru', 'be' or 'en'."),
        ({"of": "people", "level": "raion"}, 422, "no parameter 'level' here"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(client, query, status, words):
    answer = get(client, **query)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_every_subject_of_the_theme_has_a_summary(client):
    theme = client.get("/v1/theme").json()
    subjects = [one for topic in theme["topics"] for one in topic["subjects"]]
    assert theme["first"] == "overall"
    assert {f"standard:{TRIPS}", f"standard:{AMBULANCE}", "people"} <= set(subjects)
    assert len(subjects) == len(set(subjects))
    kinds = {
        "standard": "verdict",
        "indicator": "value",
        "known": "status",
        "domain": "score",
        "estimate": "estimate",
    }
    for subject in subjects:
        kind, _, name = subject.partition(":")
        of = f"{kinds[kind]}:{name}" if name else "score:overall"
        for language in ("ru", "be", "en"):
            answer = get(client, of=of, language=language)
            assert answer.status_code == 200, answer.text


def test_topics_have_a_label_in_each_language(client):
    topics = client.get("/v1/theme").json()["topics"]
    assert all(one["label"].keys() == {"ru", "be", "en"} for one in topics)
    assert [one["id"] for one in topics][-3:] == ["people", "overall", "known"]
