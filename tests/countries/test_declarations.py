"""Every country and every norm that the project declares is whole and consistent."""

from fnmatch import fnmatchcase

import pytest

from geo.indicators.measure import function_of
from geo.pipeline import standards_of
from geo.settings import DECLARATIONS
from geo.sources.country import country_codes, load_country
from geo.sources.indicators import (
    domains,
    entries,
    indicators,
    suppliers,
    unit_indicators,
)
from geo.sources.readers.catalog import READERS
from geo.sources.registry import load_registry
from geo.sources.workbook.form import form
from geo.standards.ledger import LEDGER
from geo.standards.load import CONTEXT_FILE, read_standards
from geo.types import FacilityKind, Force

CODES = country_codes([DECLARATIONS])
LANGUAGES = ("ru", "be", "en")
INTERNATIONAL = sorted(
    path
    for path in (DECLARATIONS / "international").glob("*.yaml")
    if path.name != CONTEXT_FILE
)


def test_the_countries_of_the_project():
    assert CODES == ["by", "demo", "kz", "li", "lt"]
    folders = (DECLARATIONS / "countries").iterdir()
    assert sorted(folder.name for folder in folders) == CODES


@pytest.mark.parametrize("code", CODES)
def test_feeds_name_readers_and_sources_that_exist(code):
    registry = load_registry([DECLARATIONS])
    country = load_country(code, [DECLARATIONS])
    assert country.feeds
    for feed in country.feeds:
        assert feed.reader in READERS, feed
        assert feed.source in registry or feed.optional, feed


@pytest.mark.parametrize("code", CODES)
def test_names_and_languages(code):
    country = load_country(code, [DECLARATIONS])
    assert country.names.keys() >= {*country.languages, "en"}
    assert country.parameters.travel.source
    for assumption in country.assumptions:
        assert set(LANGUAGES) <= set(assumption.statement), assumption.id
        assert set(assumption.kinds) <= set(FacilityKind), assumption.id
        assert assumption.stated_by


@pytest.mark.parametrize("code", CODES)
def test_indicators_have_words_and_suppliers_name_indicators(code):
    country = load_country(code, [DECLARATIONS])
    of_units = unit_indicators(country)
    every = [*indicators(country), *of_units]
    listed = {indicator.code: indicator for indicator in every}
    assert len(listed) == len(every), "an indicator of units is none of settlements"
    known = {domain.id for domain in domains()}
    for indicator in listed.values():
        assert all(indicator.label.get(lang) for lang in LANGUAGES), indicator.code
        assert indicator.domain in known
        assert indicator.unit
        assert indicator.sheet is None or indicator.function, indicator.code
        assert not indicator.function or callable(function_of(indicator))
    assert set(suppliers(country)) <= set(listed)
    assert set(country.freshness_years) <= set(listed)
    for key, texts in country.suppliers.items():
        assert any(fnmatchcase(code, key) for code in listed), key
        assert all(texts.get(lang) for lang in country.languages), key


def test_sheets_of_the_workbook_are_those_of_the_form():
    assert {one.sheet for one in entries()} <= {None, *form(())}


@pytest.mark.parametrize("code", CODES)
def test_standards_load_and_say_what_they_are(code):
    country = load_country(code, [DECLARATIONS])
    standards = standards_of(country, [DECLARATIONS])
    assert standards
    for standard in standards:
        assert all(standard.title.get(lang) for lang in LANGUAGES), standard.id
        own = standard.id.startswith(tuple(f"{code}." for code in CODES))
        assert own or standard.force == Force.BENCHMARK, standard.id


@pytest.mark.parametrize("path", INTERNATIONAL, ids=lambda path: path.stem)
def test_international_conventions_are_benchmarks(path):
    assert {s.force for s in read_standards(path, None)} == {Force.BENCHMARK}


@pytest.mark.parametrize("code", CODES)
def test_small_tables_of_a_country_cite_their_source(code):
    for path in (DECLARATIONS / "countries" / code).glob("*.csv"):
        if path.name == LEDGER:  # its lines cite a copy and its hash
            continue
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        assert "source" in header.split(","), path
        assert rows, path


def test_every_domain_has_words():
    for domain in domains():
        assert all(domain.label.get(lang) for lang in LANGUAGES), domain.id
