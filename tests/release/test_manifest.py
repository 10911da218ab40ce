"""The manifest: counted from the tables, plain, and its content id."""

from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from geo.errors import ReleaseError
from geo.release.content import content_id, manifest_bytes
from geo.release.manifest import (
    build_manifest,
    country_sections,
    default_view,
    plain_data,
)
from geo.sources.country import Country
from geo.types import Status
from tests.release import toy

FLOOR = {"coverage_floor": 0.6}


def test_counts_verdicts_and_statuses_come_from_the_tables():
    made = toy.manifest()
    assert made["counts"]["settlements"] == 6
    assert made["counts"]["census"] == 0
    assert made["verdicts"][toy.TRIPS] == {
        "kept": 1, "breached": 1, "unknown": 2, "no_norm": 1, "not_due": 1,
    }  # fmt: skip
    assert made["statuses"]["transport.trips_per_week"] == {
        "measured": 5, "declared": 0, "modelled": 0, "assumed": 0, "unknown": 0,
        "unreachable": 1, "unsnapped": 0, "at_home": 0, "not_applicable": 0,
    }  # fmt: skip
    assert made["code_version"] == version("paritet")
    assert made["on"] == "2026-11-22"
    assert made["inputs"][0]["date"] == "2026-01-01"


def test_inputs_are_sorted_whatever_order_they_were_read_in():
    one = toy.inputs().inputs[0]
    two = {**one, "source": "a-first"}
    made = build_manifest(replace(toy.inputs(), inputs=[one, two]), toy.tables())
    assert [row["source"] for row in made["inputs"]] == ["a-first", "toy-places"]


@pytest.mark.parametrize(
    ("coverage", "view"),
    [(0.6, "scores"), (0.59, "evidence"), (None, "evidence"), (0.0, "evidence")],
)
def test_the_first_picture_is_evidence_where_too_little_is_known(coverage, view):
    row = {"area_id": "ty", "level": "country", "subgroup": "all"}
    scores = toy.frame(
        "area_scores", [{**row, "subject": "overall", "coverage": coverage}]
    )
    assert default_view(scores.astype({"coverage": "float64"}), FLOOR) == view


def test_a_country_without_a_score_begins_with_evidence():
    assert default_view(toy.frame("area_scores", []), FLOOR) == "evidence"


def test_a_path_of_this_machine_is_refused_with_its_key():
    declared = replace(toy.inputs(), parameters={**FLOOR, "mirror": Path("/srv/x")})
    with pytest.raises(ReleaseError) as caught:
        build_manifest(declared, toy.tables())
    assert str(caught.value) == (
        "manifest.parameters.mirror: PosixPath('/srv/x') is no plain data. "
        "Give text or a number."
    )


def test_a_number_that_json_lacks_is_refused():
    with pytest.raises(ReleaseError, match=r"manifest\[1\]: nan is no plain data"):
        plain_data([1.0, float("nan")])


def test_sets_enums_and_tuples_become_plain():
    assert plain_data({Status.UNKNOWN: {"b", "a"}, "t": (True, None)}) == {
        "unknown": ["a", "b"],
        "t": [True, None],
    }


def test_the_content_id_knows_what_is_said_but_not_what_it_is_called():
    said = {"on": "2026-11-22", "inputs": []}
    base = content_id(said, {"a": "1", "b": "2"})
    assert content_id({**said, "release": "ty/x.2"}, {"b": "2", "a": "1"}) == base
    assert content_id({**said, "inputs": ["corrected"]}, {"a": "1", "b": "2"}) != base
    assert content_id(said, {"a": "1", "b": "3"}) != base


def test_manifest_bytes_are_sorted_utf8():
    assert manifest_bytes({"б": 1, "a": "Ў"}) == '{\n "a": "Ў",\n "б": 1\n}\n'.encode()


def test_the_sections_of_a_country_hold_no_folder():
    country = Country(
        code="ty",
        names={"en": "Toy"},
        languages=("en",),
        timezone="Europe/Minsk",
        crs_metric="EPSG:32635",
        bounds=(25, 53, 27, 54),
        id_scheme="toy",
        feeds=(),
        parameters={
            "travel": {
                "detour": 1.3, "speed_kmh": 50, "detour_slow": 1.6,
                "speed_slow_kmh": 30, "speed_legal_kmh": 90, "source": "toy",
            }
        },
        folders=(Path("/srv/data/countries/ty"),),
    )  # fmt: skip
    sections = country_sections(country)
    assert sections["country"] == {
        "code": "ty", "names": {"en": "Toy"}, "languages": ["en"],
        "synthetic": False, "bounds": [25.0, 53.0, 27.0, 54.0], "level_names": {},
    }  # fmt: skip
    assert sections["parameters"]["travel"]["detour"] == 1.3
    assert "/srv" not in str(sections)
    build_manifest(replace(toy.inputs(), **sections), toy.tables())
