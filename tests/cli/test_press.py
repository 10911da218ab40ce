"""What is printed, served or exported names the act, and never where it was seen."""

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from geo.settings import declaration_dirs
from geo.sources.country import country_codes, load_country
from geo.standards.country import law_of

#: hosts that publish acts, conventions and tariffs of their own
OFFICIAL = {
    "etalonline.by",
    "tambov-gov.ru",
    "worldbank.github.io",
    "oecd.org",
    "www.broadbandcommission.org",
    "imda.gov.sg",
    "www23.statcan.gc.ca",
    "www.gov.uk",
    "www.beltelecom.by",
}
LAWS = {
    code: law_of(load_country(code, declaration_dirs()))
    for code in country_codes(declaration_dirs())
}


def _sources():
    for law in LAWS.values():
        for standard in law.standards:
            yield from (norm.source for norm in standard.norms)
        yield from (entry.source for entry in law.context)


SEEN_AT = {address for source in _sources() for address in source.seen_at}
PRESS = {urlsplit(address).hostname for address in SEEN_AT} - OFFICIAL


def named(text):
    """Return the hosts in a text that only somebody who verifies asks for."""
    return {host for host in PRESS if re.search(rf"(?<![\w.-]){re.escape(host)}", text)}


def test_the_official_address_of_an_act_is_that_of_who_publishes_acts():
    assert {urlsplit(s.url).hostname for s in _sources() if s.url} <= OFFICIAL
    assert {"charter97.org", "tass.ru", "m.ok.ru", "dzen.ru"} <= PRESS
    assert named("см. https://tass.ru/x") == {"tass.ru"}


@pytest.mark.parametrize("code", LAWS)
def test_a_manifest_holds_no_address_where_a_figure_was_seen(code):
    law = LAWS[code]
    for day in (date(2019, 1, 1), date(2025, 12, 31), date(2026, 11, 30)):
        told = [standard.describe(day) for standard in law.standards]
        told += [entry.described() for entry in law.context]
        text = json.dumps(told, ensure_ascii=False)
        assert "seen_at" not in text
        assert named(text) == set()


def test_no_page_no_answer_and_no_export_names_the_press(paritet, kitchen, tmp_path):
    words = ["--releases", kitchen.releases]
    raion = ("--raion", "Демоградский")
    said = ""
    for command in (
        ("show", "Примеровск"),
        ("explain", "Примеровск", "urgent_wait"),
        ("passport", "demo", "Примеровск", "-o", "town.html"),
        ("passport", "demo", *raion, "-o", "raion.html"),
        ("report", "demo", *raion, "-o", "report.html"),
        ("export", "demo", "--format", "csv", "-o", "csv"),
    ):
        code, out, _ = paritet(*command, *words)
        assert code == 0, command
        said += out
    pages = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(pages) == 4
    said += "".join(path.read_text("utf-8") for path in pages)
    with TestClient(create_app(kitchen.releases)) as client:
        town = client.get("/v1/settlements", params={"name": "Примеровск"}).json()
        of_town = f"/v1/settlements/{town['items'][0]['id']}"
        for path in ("/v1/standards", "/v1/theme", of_town):
            answer = client.get(path)
            assert answer.status_code == 200
            said += answer.text
    assert "Постановление Министерства здравоохранения от 04.11.2025 № 179" in said
    assert "seen_at" not in said
    assert named(said) == set()
