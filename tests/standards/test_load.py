"""Standards as YAML: what is read, and the sentence for everything that is wrong."""

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from geo.errors import DeclarationError
from geo.standards.band import Band
from geo.standards.load import direction, load_standards, without_territory
from geo.types import Force
from tests.standards import toy

CATALOGUE_ROWS = {
    "by.transport.trips.selsovet_centre",
    "by.transport.trips.agrogorodok_1000",
    "by.transport.trips.village_over_50",
    "by.transport.trips.village_20_50",
}
WAITS = ("emergency", "urgent", "transport")
GOOD = """\
standards:
- id: xx.trips
  domain: transport
  indicator: transport.trips_per_week
  title: {en: Trips}
  responsible: {en: Ministry}
  unit_of_assessment: settlement
  force: law
  norms:
  - id: xx.trips.village
    applies: {kind: [rural], population: ">50"}
    op: ">="
    value: 8
    source: {act: Act 1, seen: 2020-01-01}
    confidence: reported
"""


@pytest.fixture
def folder(tmp_path):
    def write(text: str, name: str = "own.yaml", into: str = "standards") -> Path:
        place = tmp_path / into
        place.mkdir(exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
        return place

    return write


def _fault(place: Path) -> DeclarationError:
    with pytest.raises(DeclarationError) as caught:
        load_standards([place], toy.better())
    return caught.value


#: what is judged for a settlement: force, direction, unit
JUDGED = {
    "by.transport.trips": (Force.LAW, "higher", "settlement"),
    "by.transport.urban_vehicles": (Force.LAW, "lower", "city"),
    "by.health.ambulance.emergency_wait": (Force.LAW, "lower", "settlement"),
    "by.health.ambulance.urgent_wait": (Force.LAW, "lower", "settlement"),
    "by.health.ambulance.transport_wait": (Force.LAW, "lower", "settlement"),
    "by.health.telemedicine": (Force.LAW, "higher", "facility"),
    "by.telecom.broadband_300": (Force.LAW, "higher", "settlement"),
    "by.telecom.phones_in_health_points": (Force.LAW, "higher", "facility"),
    "by.telecom.mobile_all_settlements_2026": (Force.TARGET, "higher", "settlement"),
    "by.telecom.mobile_speed_2030": (Force.TARGET, "higher", "settlement"),
    "by.telecom.fibre_100_households": (Force.TARGET, "higher", "settlement"),
    "by.utilities.water_agrogorodok": (Force.LAW, "higher", "settlement"),
    "by.education.school_transport": (Force.LAW, "higher", "settlement"),
    "kz.health.network": (Force.BENCHMARK, "higher", "settlement"),
    "intl.health.two_hours": (Force.BENCHMARK, "lower", "settlement"),
}


def test_the_standards_that_are_judged_for_a_settlement():
    found = {s.id: s for s in toy.declared_standards() if s.for_settlements}
    assert {
        key: (s.force, s.better, s.unit_of_assessment) for key, s in found.items()
    } == JUDGED
    assert {n.id for n in found["by.transport.trips"].norms} == CATALOGUE_ROWS
    assert found["kz.health.network"].quantity == "ordinal"


def test_every_standard_names_the_responsible_body_its_act_and_class():
    for standard in toy.declared_standards():
        assert {"ru", "be", "en"} <= set(standard.title), standard.id
        assert {"ru", "be", "en"} <= set(standard.responsible), standard.id
        for norm in standard.norms:
            assert norm.confidence == "reported"
            assert norm.source.seen_at, norm.id
            assert {"ru", "be", "en"} <= set(norm.label or {}), norm.id


def test_our_readings_are_stated_in_words_that_pages_can_show():
    read = {n.id: n.reading for s in toy.declared_standards() for n in s.norms}
    village = read["by.transport.trips.village_over_50"] or {}
    assert "не более 1000 человек" in village["ru"]
    assert "8 или 4" in village["ru"]
    assert {"ru", "be", "en"} == set(village)
    told = {key for key, reading in read.items() if reading}
    assert told == {
        *(
            key
            for key in CATALOGUE_ROWS
            if key != "by.transport.trips.agrogorodok_1000"
        ),
        *(key for key in read if key.startswith("by.transport.urban_vehicles.")),
        *(key for key in read if key.startswith("kz.health.network.")),
        *(f"by.health.ambulance.{wait}_wait.town" for wait in WAITS),
    }


def test_a_standard_is_described_with_the_rows_in_force_on_the_day():
    trips = next(s for s in toy.declared_standards() if s.id == "by.transport.trips")
    for day, limit in ((date(2025, 12, 31), 16), (date(2026, 1, 1), 20)):
        entry = trips.describe(day)
        assert len(entry["norms"]) == 4
        assert entry["norms"][0]["value"] == limit
    row = entry["norms"][1]
    assert row["applies"] == {"kind": ["agrogorodok"], "population": ">1000"}
    assert row["valid_from"] is None
    assert entry["norms"][0]["valid_from"] == "2026-01-01"
    assert entry["better"] == "higher"
    assert yaml.safe_load(yaml.safe_dump(entry)) == entry  # plain data


def test_a_later_folder_replaces_a_standard_and_a_missing_one_holds_none(folder):
    own = folder(GOOD)
    overlay = folder(GOOD.replace("value: 8", "value: 12"), into="overlay")
    (only,) = load_standards([own, overlay, own / "nowhere"])
    assert only.norms[0].value == 12


FAULTS = {
    "a key that does not exist": (
        ("value: 8", "value: 8\n    minimum: 3"),
        "key 'norms.[xx.trips.village].minimum'",
    ),
    "no value": (("    value: 8\n", ""), "'norms.[xx.trips.village].value': Field req"),
    "a figure from memory": (
        ("confidence: reported", "confidence: recalled, unverified"),
        "only recalled is no norm",
    ),
    "a band without its operator": (
        ('">50"', "50"),
        'a band is written ">1000", ">=300", "<20"',
    ),
    "a band upside down": (('">50"', '"50-20"'), "stands above its upper end"),
    "a kind that does not exist": (("[rural]", "[village]"), "'raion_city'"),
    "an empty list": (("[rural]", "[]"), "kind is an empty list: leave it out"),
    "a flag that is neither": (
        ("kind: [rural]", "selsovet_centre: maybe"),
        "write yes or no",
    ),
    "an operator that does not exist": (('op: ">="', "op: '='"), "'>=', '<=' or 'has'"),
    "the wrong direction": (
        ('op: ">="', 'op: "<="'),
        "of transport.trips_per_week higher is better",
    ),
    "an indicator that does not exist": (
        ("transport.trips_per_week", "transport.trips"),
        "no indicator 'transport.trips'",
    ),
    "no indicator": (
        ("  indicator: transport.trips_per_week\n", ""),
        "needs an indicator",
    ),
    "a limit of zero": (("value: 8", "value: 0"), "must be above 0"),
    "a yes or no without has": (("value: 8", "value: true"), "is written op: has"),
    "has with a number": (('">="', "has"), "op 'has' takes value: true"),
    "a target without its day": (("force: law", "force: target"), "the day it is due"),
    "a law with a day due": (
        ("value: 8", "value: 8\n    due: 2030-12-31"),
        "due belongs to force: target only",
    ),
    "a period upside down": (
        ("value: 8", "value: 8\n    valid_from: 2026-01-01\n    valid_to: 2025-01-01"),
        "valid_to lies before valid_from",
    ),
    "the list of no oblast": (
        ("value: 8", "value: 8\n    list: oblast"),
        "names its oblast under applies.territory",
    ),
    "a list that does not exist": (
        ("value: 8", "value: 8\n    list: raion"),
        "'national' or 'oblast'",
    ),
    "a city that is a village": (
        ("unit_of_assessment: settlement", "unit_of_assessment: city"),
        "the unit city names town kinds only",
    ),
    "no day since which it holds": (
        (", seen: 2020-01-01", ""),
        "neither valid_from nor source.seen says since when the row holds",
    ),
    "a stretch that is not read with a figure": (
        ("  norms:", "  unread:\n  - {id: xx.old, value: 4}\n  norms:"),
        "key 'unread.0.value': Extra inputs are not permitted",
    ),
    "a kind that counts as none": (
        ("  norms:", "  may_count_as: {rural: [hamlet]}\n  norms:"),
        "key 'may_count_as.rural.0'",
    ),
    "a reading without words": (
        ("value: 8", "value: 8\n    reading: our"),
        "dictionary",
    ),
    "a level that is none": (
        ("force: law", "force: law\n  quantity: ordinal"),
        "the indicator 'transport.trips_per_week' is no level",
    ),
    "verified by nobody": (
        ("confidence: reported", "confidence: verified"),
        "goes together with verified: {by, date}",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_said_with_file_entry_and_remedy(fault, folder):
    (old, new), words = FAULTS[fault]
    assert old in GOOD
    found = _fault(folder(GOOD.replace(old, new)))
    assert words in found.what
    assert found.where.endswith("own.yaml, standard xx.trips")
    assert found.remedy


def test_the_indicator_says_that_its_values_are_levels(folder):
    text = GOOD.replace("transport.trips_per_week", "health.care_level")
    (standard,) = load_standards([folder(text)], toy.better(), toy.ordinal())
    assert standard.quantity == "ordinal"
    assert standard.describe(toy.ON)["quantity"] == "ordinal"
    text = text.replace("force: law", "force: law\n  quantity: number")
    with pytest.raises(DeclarationError, match=r"'health\.care_level' is a level"):
        load_standards([folder(text)], toy.better(), toy.ordinal())


def test_a_borrowed_standard_leaves_the_rows_for_an_oblast_behind(folder):
    row = GOOD[GOOD.index("  - id: xx.trips.village") :]
    oblast = row.replace("xx.trips.village", "xx.trips.oblast").replace(
        "kind: [rural]", "territory: [o1]"
    )
    (whole,) = load_standards([folder(GOOD + oblast)])
    assert len(whole.norms) == 2
    (borrowed,) = without_territory([whole])
    assert [norm.id for norm in borrowed.norms] == ["xx.trips.village"]
    only = load_standards([folder(GOOD.replace("kind: [rural]", "territory: [o1]"))])
    assert without_territory(only) == []


def test_all_faults_of_an_entry_are_said_at_once(folder):
    bad = GOOD.replace("value: 8", "value: -1").replace("force: law", "force: wish")
    found = _fault(folder(bad))
    assert "key 'force'" in found.what
    assert "'law', 'target' or 'benchmark'" in found.what
    assert "must be above 0" in found.what


def test_a_second_row_or_standard_of_the_same_id_is_refused(folder):
    place = folder(GOOD)
    folder(GOOD, "copy.yaml")
    assert "standard 'xx.trips' is declared twice" in _fault(place).what
    folder(GOOD.replace("id: xx.trips\n", "id: xx.other\n"), "copy.yaml")
    found = _fault(place)
    assert "row 'xx.trips.village' is declared twice for the same days" in found.what
    assert "xx.other" in found.where


def test_revisions_of_a_row_may_not_overlap(folder):
    row = GOOD[GOOD.index("  - id: xx.trips.village") :]
    one = GOOD.replace("value: 8", "value: 8\n    valid_to: 2025-12-31")
    later = row.replace("value: 8", "value: 9\n    valid_from: 2026-01-01")
    (standard,) = load_standards([folder(one + later)])
    assert [norm.value for norm in standard.norms] == [8, 9]
    sooner = later.replace("2026-01-01", "2025-12-31")
    assert "declared twice for the same days" in _fault(folder(one + sooner)).what


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("standards: {}", "one key 'standards' with a list"),
        ("norms: []", "one key 'standards' with a list"),
        ("- 3", "one key 'standards' with a list"),
        ("standards: [3]", "valid dictionary"),
        ("standards:\n\t- id: x", "not valid YAML"),
        (
            GOOD.replace("value: 8", "value: 8\n    valid_from: 2026-02-30"),
            "key 'valid_from': '2026-02-30' is no day of the calendar",
        ),
        (
            GOOD.replace("value: 8", "value: 8\n    value: 4"),
            "key 'value' stands twice, first in line 13",
        ),
        (GOOD.replace("value: 8", "value: 010"), "is the number 8 in YAML (base 8)"),
        (GOOD.replace("value: 8", "value: .nan"), "key 'value': '.nan' is no number"),
    ],
)
def test_files_that_are_no_list_of_standards(text, words, folder):
    found = _fault(folder(text))
    assert words in found.what
    assert "own.yaml" in found.where
    assert found.remedy


def test_the_files_are_read_with_cyrillic_intact(tmp_path):
    shutil.copytree(toy.BY, tmp_path / "by")
    trips = next(
        s for s in load_standards([tmp_path / "by"]) if s.id == "by.transport.trips"
    )
    assert trips.title["be"] == "Мінімум рэйсаў грамадскага транспарту на тыдзень"


def test_norms_of_an_oblast_are_held_and_need_no_indicator(folder):
    text = GOOD.replace("  indicator: transport.trips_per_week\n", "")
    text = text.replace("unit_of_assessment: settlement", "unit_of_assessment: oblast")
    text = text.replace("kind: [rural], ", "")
    (held,) = load_standards([folder(text)], toy.better())
    assert held.indicator is None
    assert not held.for_settlements
    assert not held.for_units


@pytest.mark.parametrize(
    ("unit", "applies", "words"),
    [
        ("raion", "{kind: [rural]}", "such a row may name population and territory"),
        ("country", "{territory: [x]}", "such a row may name population"),
        ("operator", '{population: ">5"}', "such a row may name nothing"),
    ],
)  # fmt: skip
def test_a_unit_has_no_class_of_a_settlement(folder, unit, applies, words):
    text = GOOD.replace("unit_of_assessment: settlement", f"unit_of_assessment: {unit}")
    text = text.replace('{kind: [rural], population: ">50"}', applies)
    said = _fault(folder(text)).what
    assert words in said
    assert f"says nothing of a unit '{unit}'" in said


def test_a_limit_of_zero_is_a_norm_where_lower_is_better(folder):
    text = GOOD.replace('op: ">="', 'op: "<="').replace("value: 8", "value: 0")
    (held,) = load_standards([folder(text)], None)
    assert held.norms[0].value == 0
    negative = text.replace("value: 0", "value: -1")
    assert "must be above 0 (or 0 with <=" in _fault(folder(negative)).what


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        (">1000", [1001, 1e9], [0, 1000]),
        (">=300", [300], [299]),
        ("<20", [0, 19], [20]),
        ("<=50", [0, 50], [51]),
        ("20-50", [20, 50], [19, 51]),
        ("20 – 50", [20, 50], [19, 51]),
        ("[50, 500)", [50, 499], [49, 500]),
        ("(50; 500]", [51, 500], [50, 501]),
    ],
)
def test_the_ends_of_a_band_are_open_or_closed_as_written(text, inside, outside):
    band = Band.parse(text)
    assert all(band.holds(count) for count in inside)
    assert not any(band.holds(count) for count in outside)


@pytest.mark.parametrize("text", ["1000", "", "> 1 000", "20..50", "many", None, 50])
def test_a_band_is_never_guessed(text):
    with pytest.raises(ValueError, match="a band is written"):
        Band.parse(text)


def test_direction_of_an_indicator_by_code_or_pattern():
    ways = {"digital.generation.*": "higher", "digital.cell_km": "lower"}
    assert direction(ways, "digital.cell_km") == "lower"
    assert direction(ways, "digital.generation.a1") == "higher"
    assert direction(ways, "health.beds") is None
