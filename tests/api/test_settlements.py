import pytest
from starlette.testclient import TestClient

from api.models import Problem, SettlementPage
from api.models_card import Scorecard
from tests.api.tiny_manifest import AMBULANCE, BEDS, MOBILE, TRIPS


def ids(client: TestClient, query: str, path: str = "/v1/settlements") -> list[str]:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    page = SettlementPage.model_validate_json(answer.content)
    assert page.total == len(page.items) or page.links
    return [row.id.removeprefix("zz:") for row in page.items]


def refused(client: TestClient, query: str) -> str:
    answer = client.get(f"/v1/settlements?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    return Problem.model_validate_json(answer.content).detail


def test_all_settlements_in_the_order_of_ids(client):
    page = client.get("/v1/settlements").json()
    assert page["release"] == "zz/2026-11-22.1"
    assert (page["on"], page["synthetic"]) == ("2026-11-22", False)
    assert (page["total"], page["limit"], page["offset"]) == (12, 100, 0)
    assert [row["id"] for row in page["items"]] == [f"zz:{n:02}" for n in range(1, 13)]
    assert [link["rel"] for link in page["links"]] == ["self"]


def test_row_tells_unknown_from_zero(client):
    row = client.get("/v1/settlements").json()["items"][8]
    assert row["id"] == "zz:09"
    for key in ("kind", "population", "raion", "oblast", "lon", "lat"):
        assert row[key] is None, key
    assert row["kinds_possible"] == ["agrogorodok", "rural"]
    assert row["population_high"] == 99.0
    assert row["judgements"][TRIPS] == {
        "verdict": "unknown",
        "gap": None,
        "gap_low": 0.0,
        "gap_high": 1.0,
        "reason": "no_value",
    }
    assert row["judgements"][MOBILE]["verdict"] == "not_due"
    assert BEDS not in row["judgements"]  # a norm of raions
    assert row["score"] == {
        "overall": {"score": None, "low": 0.0, "high": 1.0, "coverage": 0.0},
        "transport": {"score": None, "low": 0.0, "high": 1.0, "coverage": 0.0},
    }


def test_row_has_its_names_and_areas(client):
    row = client.get("/v1/settlements").json()["items"][0]
    assert row["names"] == {"ru": "Берёзовка", "be": "Бярозаўка", "en": "Biarozauka"}
    assert row["raion"] == {"id": "zz:r1", "name": "Берёзовский район"}
    assert row["oblast"] == {"id": "zz:o1", "name": "Полесская область"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=agrogorodok", "02 07"),
        ("kind=agrogorodok&kind=raion_city", "01 02 07"),
        ("raion=zz:r2", "06 07 08 10 11"),
        ("raion=Зеленоборский", "06 07 08 10 11"),
        ("raion=зелёноборский район", "06 07 08 10 11"),
        ("raion=Бярозаўскі раён", "01 02 03 04 05 12"),
        ("raion=biaroza", "01 02 03 04 05 12"),
        ("oblast=палеская", "01 02 03 04 05 06 07 08 10 11 12"),
        ("oblast=zz:o1&raion=Берёзовский&kind=rural", "04 05 12"),
        ("bbox=25.1,52.1,25.3,52.3", "01 02 03"),
        ("bbox=25.1,52.1,0,25.3,52.3,100", "01 02 03"),
        ("bbox=26.4,50,25.1,60", "01 10 11"),
        (f"standard={TRIPS}&judgement=breached", "04 07 10 12"),
        (f"standard={TRIPS}&judgement=no_norm", "01 06 11"),
        (f"standard={MOBILE}&judgement=kept", ""),
        (f"standard={MOBILE}&judgement=not_due&kind=agrogorodok", "02 07"),
        ("judgement=breached", "04 06 07 10 12"),
        ("domain=health&judgement=breached", "06"),
        ("domain=health&judgement=kept", "01"),
        (f"standard={TRIPS}&min_gap=0.3", "04 10 12"),
        (f"standard={TRIPS}&min_gap=0.31", "04 10"),
        (f"standard={TRIPS}&min_gap=0.5", "04 10"),
        (f"standard={AMBULANCE}&min_gap=1", "06"),
        ("domain=transport&min_gap=0.5", "04 10"),
        ("domain=digital&min_gap=0", ""),
        ("min_gap=0.75", "10"),
        # No row falls out by naming a standard alone.
        (f"standard={TRIPS}", "01 02 03 04 05 06 07 08 09 10 11 12"),
    ],
)
def test_filters(client, query, expected):
    assert ids(client, query) == expected.split()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Names that begin with it come first, the larger place before the smaller.
        ("Берёз", "01 03 05"),
        ("БЕРЕЗ", "01 03 05"),
        ("елкино", "07 08"),
        ("Ёлкино", "07 08"),
        ("ўзгор", "10"),
        ("узгор", "10"),
        ("uzhor", "10"),
        ("бор", "02"),
        ("зяЛЁны", "02"),
        ("зялены", "02"),
        ("дубрава", "11 12"),
        ("вёска", "04"),
        ("нет такого", ""),
    ],
)
def test_search_by_name(client, name, expected):
    assert ids(client, f"name={name}") == expected.split()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("г. Березофка", "01"),
        ("бярозавко", "01"),
        ("дубрафа", "11 12"),
        ("елкина", "07 08"),
        ("нет такого", ""),
    ],
)
def test_slips_are_forgiven_where_nobody_bears_the_name(client, name, expected):
    found = ids(client, f"name={name}&slips=true")
    assert found[: len(expected.split()) or None] == expected.split()


def test_a_filter_forgives_no_slip(client):
    assert ids(client, "name=Береска") == []


def test_prefix_comes_before_substring(client):
    assert ids(client, "name=б") == ["01", "09", "11", "02", "03", "12", "05"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=population", "06 12 08 04 10 03 07 02 11 01 05 09"),
        ("sort=-population", "01 11 02 07 03 10 04 08 12 06 05 09"),
        (f"sort=-gap&standard={TRIPS}", "10 04 12 07 03 05 09 02 08 01 06 11"),
        (f"sort=gap&standard={TRIPS}", "02 08 03 05 09 07 12 04 10 01 06 11"),
        ("sort=-score", "10 04 07 02 08 01 03 05 06 09 11 12"),
        ("sort=-gap&domain=transport&limit=2", "10 04"),
        ("sort=-coverage&limit=6", "02 04 07 08 10 01"),
        ("sort=name", "09 01 04 11 12 07 08 02 05 03 10 06"),
        ("sort=-name", "06 10 03 05 02 07 08 11 12 04 01 09"),
        ("sort=name&name=елк", "07 08"),
        ("sort=score&domain=digital&limit=3", "01 02 03"),
    ],
)
def test_order_is_stable_with_nothing_last(client, query, expected):
    assert ids(client, query) == expected.split()


def test_a_list_by_class_says_of_how_many_the_class_is_open(client):
    def may_be(query):
        return client.get(f"/v1/settlements?{query}").json()["may_be"]

    # 03 and 09 may be an agrogorodok or a village; 09 lies in no raion
    assert may_be("kind=agrogorodok") == 2
    assert may_be("kind=agrogorodok&raion=zz:r1") == 1
    assert may_be("kind=agrogorodok&raion=zz:r2") == 0
    assert may_be("kind=capital") == 0
    assert may_be("kind=agrogorodok&kind=rural") == 2
    assert may_be("") is None


def test_agrogorodoks_are_certain_or_possible(client):
    assert ids(client, "", "/v1/agrogorodoks") == ["02", "03", "07", "09"]
    assert ids(client, "certain=true", "/v1/agrogorodoks") == ["02", "07"]
    query = f"standard={TRIPS}&judgement=breached"
    assert ids(client, query, "/v1/agrogorodoks") == ["07"]


def test_pages_keep_their_filters(client):
    page = client.get("/v1/settlements?raion=Берёзовский&limit=2&offset=2").json()
    assert page["total"] == 6
    assert [row["id"] for row in page["items"]] == ["zz:03", "zz:04"]
    links = {link["rel"]: link["href"] for link in page["links"]}
    assert sorted(links) == ["next", "prev", "self"]
    after = client.get(links["next"]).json()
    assert [row["id"] for row in after["items"]] == ["zz:05", "zz:12"]
    assert [link["rel"] for link in after["links"]] == ["self", "prev"]
    before = client.get(links["prev"]).json()
    assert [row["id"] for row in before["items"]] == ["zz:01", "zz:02"]


def test_page_after_the_end_is_empty(client):
    page = client.get("/v1/settlements?offset=50").json()
    assert (page["total"], page["items"]) == (12, [])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("limit=1001", "The parameter 'limit' is '1001'. It must be at most 1000."),
        ("limit=0", "The parameter 'limit' is '0'. It must be at least 1."),
        ("limit=x", "The parameter 'limit' is 'x'. It must be a whole number."),
        ("offset=-1", "The parameter 'offset' is '-1'. It must be at least 0."),
        ("min_gap=2", "The parameter 'min_gap' is '2'. It must be at most 1."),
        ("min_gap=nan", "The parameter 'min_gap' is 'nan'. It must be"),
        ("min_gap=viel", "The parameter 'min_gap' is 'viel'. It must be a number."),
        ("kind=village", "'village'. It must be one of 'capital', 'oblast_city',"),
        ("judgement=bad", "'bad'. It must be one of 'kept', 'breached', 'unknown',"),
        ("sort=gaps", "'gaps'. It must be one of gap, name, population, score"),
        ("name=", "The parameter 'name' is ''. It must be at least 1 character long."),
        ("name=%20", "the parameter 'name' is ' '. It must be a part of a name."),
        (
            "standard=zz.transport.trip",
            f"'zz.transport.trip'. It must be one of {TRIPS}, {AMBULANCE}, {MOBILE}.",
        ),
        (
            "domain=helth",
            "'domain' is 'helth'. It must be one of health, transport, digital.",
        ),
        (
            f"domain=health&standard={TRIPS}",
            f"'{TRIPS}'. It must be one of {AMBULANCE}.",
        ),
        (
            "raion=Кобринский",
            "one of Берёзовский район, Зеленоборский район.",
        ),
        ("oblast=zz:r1", "'oblast' is 'zz:r1'. It must be one of Полесская область."),
        ("standrd=x", "there is no parameter 'standrd' here. It must be one of stand"),
        ("bbox=1,2,3", "'bbox' is '1,2,3'. It must be west,south,east,north in degre"),
        ("bbox=a,b,c,d", "'bbox' is 'a,b,c,d'. It must be west,south,east,north"),
        ("bbox=3000000,6000000,3100000,6100000", "longitude comes first"),
        ("bbox=25,53,26,52", "south must not exceed north"),
        ("bbox=nan,1,2,3", "'bbox' is 'nan,1,2,3'."),
        ("country=qq", "no country 'qq' is served. Known: zz."),
    ],
)
def test_bad_parameters_are_named(client, query, words):
    if query.startswith("country"):
        answer = client.get(f"/v1/settlements?{query}")
        assert answer.status_code == 404
        assert words in answer.json()["detail"]
    else:
        assert words in refused(client, query)


def test_several_faults_at_once(client):
    faults = client.get("/v1/settlements?limit=0&kind=x").json()["errors"]
    assert {fault["parameter"] for fault in faults} == {"limit", "kind"}
    assert {fault["value"] for fault in faults} == {"0", "x"}


def test_scorecard(client):
    answer = client.get("/v1/settlements/zz:04")
    card = Scorecard.model_validate_json(answer.content)
    assert card.settlement.name == "Вёска"
    assert card.settlement.country is not None
    assert [value.indicator for value in card.values] == [
        "health.ambulance_minutes",
        "transport.trips_per_week",
    ]
    trips = next(row for row in card.judgements if row.standard == TRIPS)
    assert (trips.verdict, trips.gap, trips.norm) == ("breached", 0.5, 8.0)
    assert (trips.op, trips.confidence) == (">=", "reported")
    assert [source.act for source in trips.sources] == ["act-8"]
    assert trips.responsible == {"ru": "Минтранс"}
    assert len(card.judgements) == 3
    assert [row.group for row in card.scores] == ["overall", "transport"]


def test_scorecard_names_what_lifts_most_first(client):
    rows = client.get("/v1/settlements/zz:03").json()["measures"]
    assert [(row["standard"], row["rank"]) for row in rows] == [
        (TRIPS, 1),
        (AMBULANCE, None),
    ]
    assert rows[0]["change"] == 16.0
    assert rows[0]["score_change_overall"] == -0.4
    assert client.get("/v1/settlements/zz:01").json()["measures"] == []


def test_scorecard_sets_the_three_gaps_side_by_side(client):
    rows = client.get("/v1/settlements/zz:03").json()["judgements"]
    trips = next(row for row in rows if row["standard"] == TRIPS)
    assert (trips["parity_gap"], trips["norm_gap"]) == (0.75, 0.6)


def test_scorecard_of_an_undecided_norm_names_every_act(client):
    card = client.get("/v1/settlements/zz:03").json()
    trips = next(row for row in card["judgements"] if row["standard"] == TRIPS)
    assert trips["norm_id"] is None
    assert [source["act"] for source in trips["sources"]] == ["act-8", "act-20"]


def test_scorecard_tells_unreachable_from_unknown(client):
    def minutes(number: str) -> dict[str, object]:
        card = client.get(f"/v1/settlements/zz:{number}").json()
        return next(v for v in card["values"] if v["unit"] == "min")

    far, unknown, known = minutes("06"), minutes("02"), minutes("01")
    assert (far["status"], far["value"], far["low"]) == ("unreachable", None, None)
    assert (unknown["status"], unknown["value"]) == ("unknown", None)
    assert (known["status"], known["value"]) == ("measured", 10.0)
    assert known["date"] == "2026-05-01"
    assert known["facility"] == {
        "id": "zz:f1",
        "kind": "ambulance_station",
        "name": "Станция скорой",
    }


def test_scorecard_has_dated_identifiers(client):
    card = client.get("/v1/settlements/zz%3A01").json()
    assert card["identifiers"] == [
        {
            "scheme": "soato",
            "value": "1204500000",
            "valid_from": "2009-01-01",
            "valid_to": None,
            "source": "hand",
        }
    ]


def test_unknown_settlement(client):
    answer = client.get("/v1/settlements/zz:99")
    assert answer.status_code == 404
    assert (
        "no settlement 'zz:99' in zz/2026-11-22.1. An id is" in answer.json()["detail"]
    )
